//! The page's content, interpreted as marks, each with its shape, inks and state.
//!
//! The rules and the ink plates both stand on these marks. Glyph outlines, encodings and shading
//! functions come from hayro-interpret; colours stay in their own components, which it hides.

mod colour;
mod glyphs;
mod gradient;
mod marks;
mod operators;
mod picture;
mod resources;
mod state;
mod walk;
mod widths;

pub(super) use colour::{Inks, Space};
pub(super) use gradient::Gradient;
pub(super) use marks::{Blend, Clip, Kind, Mark, Paint, Sink};
pub(super) use picture::{Grid, Picture};
pub(super) use walk::{Budget, walk};
pub(super) use widths::Width;
