//! The page's content, interpreted as marks, each with its shape, inks and state.
//!
//! The rules and the ink plates both stand on these marks. Glyph outlines, encodings and shading
//! functions come from hayro-interpret; colours stay in their own components, which it hides.

mod colour;
mod data;
mod drawn;
mod fonts;
mod glyphs;
mod gradient;
mod heights;
mod jpeg;
mod marks;
mod operators;
mod picture;
mod pictures;
mod resources;
mod samples;
mod show;
mod spaces;
mod state;
mod stroke;
mod walk;
mod widths;

pub(super) use colour::{Inks, Space};
pub(super) use data::unpacked;
pub(super) use fonts::Fonts;
pub(super) use gradient::{Gradient, Raster};
pub(super) use heights::{Run, runs};
pub(super) use marks::{Blend, Bound, Clip, Kind, Mark, Paint, Shown, Sink, SoftMask};
pub(super) use picture::{Grid, Picture};
pub(super) use walk::{Budget, Means, walk};
pub(super) use widths::Width;
