//! A mark: a single painted object, in the page's own points.

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
    /// Text: its size as printed, in points, its font, and the widths that differ from the font's.
    Text { size: f64, font: Rc<str>, embedded: bool, wrong: Rc<[Width]> },
    /// An image: its matrix, its size in pixels, and its opacity.
    Image { matrix: Affine, width: u32, height: u32, bitmap: bool, alpha: Option<Rc<Grid<u8>>> },
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

/// A clip: a path, and the enclosing clip.
#[derive(Debug)]
pub(crate) struct Clip {
    pub(crate) path: BezPath,
    pub(crate) even_odd: bool,
    pub(crate) outer: Option<Rc<Clip>>,
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
    /// The index of the soft mask, as returned by the sink.
    pub(crate) mask: Option<usize>,
    pub(crate) overprint: bool,
    /// Overprint mode 1: an ink with an amount of zero leaves what is beneath it.
    pub(crate) keep_zero: bool,
    /// Whether it is part of a tiled pattern.
    pub(crate) in_pattern: bool,
}

/// Receives the content that a page paints, in order.
pub(crate) trait Sink {
    /// Receives a mark.
    fn mark(&mut self, mark: &Mark);
    /// Begins a transparency group, with its colour space if given; `place` is its bounding box.
    fn group(&mut self, space: Option<&Space>, place: Rect);
    /// Begins a soft mask: all that follows is its content, until its end.
    fn begin_mask(&mut self);
    /// Ends a soft mask, made from the content's luminosity or its shape; returns the mask's index.
    fn end_mask(&mut self, lightness: bool) -> usize;
    /// Reports that the content names a missing resource.
    fn missing(&mut self, kind: String, name: &str);
    /// Reports that the content exceeds the limits of work and was abandoned.
    fn exhausted(&mut self);
}
