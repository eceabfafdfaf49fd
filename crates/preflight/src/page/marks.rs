//! A mark: a single painted object, in the page's own points.

use std::any::Any;
use std::rc::Rc;

use kurbo::{Affine, BezPath, Rect};

use super::{Gradient, Grid, Inks, Picture, Space, Width};

/// The kind of painted object.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A filled shape, or a shading that fills the clip.
    Fill,
    /// A line: its width as printed, in points.
    Line { width: f64 },
    /// Text: its size as printed, in points.
    Text { size: f64 },
    /// An image: its matrix, its size in pixels, and its opacity.
    Image {
        matrix: Affine,
        width: u32,
        height: u32,
        bitmap: bool,
        alpha: Option<Rc<Grid<u8>>>,
        /// The size of its soft mask, in pixels.
        mask: Option<(u32, u32)>,
    },
}

/// The paint of a mark.
#[derive(Debug, Clone)]
pub(crate) enum Paint {
    /// A single colour.
    Flat { space: Rc<Space>, inks: Inks },
    /// A shading.
    Gradient(Rc<Gradient>),
    /// The image's own colours.
    Picture(Rc<Picture>),
}

impl Paint {
    /// Returns its colour space.
    pub(crate) fn space(&self) -> &Space {
        match self {
            Self::Flat { space, .. } => space,
            Self::Gradient(gradient) => &gradient.space,
            Self::Picture(picture) => &picture.space,
        }
    }

    /// Returns its inks, if they are uniform.
    pub(crate) fn flat(&self) -> Option<&Inks> {
        match self {
            Self::Flat { inks, .. } => Some(inks),
            _ => None,
        }
    }
}

/// The blending of a mark with what is beneath it, as far as inks are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blend {
    /// The mark covers what is beneath it.
    Cover,
    /// The inks combine as two filters of light.
    Multiply,
    /// The greater amount of each ink remains.
    Darken,
}

/// A soft mask as its sink keeps it: the walk only hands it on.
pub(crate) type SoftMask = Rc<dyn Any>;

/// A clip: a path, and the enclosing clip.
#[derive(Debug)]
pub(crate) struct Clip {
    pub(crate) path: BezPath,
    pub(crate) even_odd: bool,
    pub(crate) outer: Option<Rc<Clip>>,
    /// The number of those around it.
    pub(crate) depth: usize,
}

/// A single painted object.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) kind: Kind,
    pub(crate) paint: Paint,
    /// The area covered: fills, strokes converted to fills, glyphs; the outline of an image.
    pub(crate) shape: BezPath,
    pub(crate) even_odd: bool,
    /// The bounding box of the shape within that of the clip.
    pub(crate) bounds: Rect,
    pub(crate) clip: Option<Rc<Clip>>,
    /// The opacity, from 0 to 1.
    pub(crate) alpha: f32,
    pub(crate) blend: Blend,
    /// The soft mask, as returned by the sink.
    pub(crate) mask: Option<SoftMask>,
    pub(crate) overprint: bool,
    /// Overprint mode 1: an ink with an amount of zero leaves what is beneath it.
    pub(crate) keep_zero: bool,
    /// Whether it is part of a tiled pattern.
    pub(crate) in_pattern: bool,
}

/// A string that is shown, and what is known of its font.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'s> {
    /// The font's name.
    pub(crate) font: &'s str,
    /// Whether the font is embedded.
    pub(crate) embedded: bool,
    /// Whether its embedded program cannot be read.
    pub(crate) broken: bool,
    /// Whether glyphs are shown that the font does not have.
    pub(crate) missing: bool,
    /// Whether `.notdef` is shown, and can be seen.
    pub(crate) undefined: bool,
    /// The widths that differ from the font's.
    pub(crate) wrong: &'s [Width],
    /// Where it stands.
    pub(crate) place: Rect,
}

/// A bound on work, memory or depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bound {
    /// Steps on the page's content.
    Steps,
    /// Pixels that are painted.
    Pixels,
    /// Forms, patterns and glyphs within each other.
    Depth,
    /// Arrays and dictionaries within each other.
    Brackets,
    /// Soft masks within each other.
    Masks,
    /// Tiles of a pattern.
    Tiles,
    /// Bytes of a stream.
    Bytes,
}

/// Receives the content that a page paints, in order.
pub(crate) trait Sink {
    /// Receives a mark.
    fn mark(&mut self, mark: &Mark);
    /// Receives a string that is shown, before its marks.
    fn text(&mut self, shown: &Shown<'_>);
    /// Receives a font that the content chooses: its name, the kind of its program, and whether it is
    /// embedded.
    fn font(&mut self, name: &str, kind: &'static str, embedded: bool);
    /// Receives the area that a tiled pattern fills.
    fn tiled(&mut self, area: Rect);
    /// Begins a transparency group, with its colour space if given; `place` is its bounding box.
    fn group(&mut self, space: Option<&Space>, place: Rect);
    /// Begins a knock-out group: each mark in it is composed with what lies beneath the group.
    fn begin_knockout(&mut self);
    /// Ends a knock-out group.
    fn end_knockout(&mut self);
    /// Begins a soft mask within an area: all that follows is its content, until its end.
    fn begin_mask(&mut self, area: Rect);
    /// Ends a soft mask, made from the content's luminosity or its shape; returns the mask.
    fn end_mask(&mut self, lightness: bool) -> SoftMask;
    /// Reports that the content names a missing resource.
    fn missing(&mut self, kind: String, name: &str);
    /// Reports that the data of something are damaged: `how`, if more is known.
    fn damaged(&mut self, kind: String, name: &str, how: Option<String>);
    /// Reports that a form is within itself.
    fn ring(&mut self);
    /// Reports that a bound was reached, and something left out.
    fn bounded(&mut self, bound: Bound);
}
