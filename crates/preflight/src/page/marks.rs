//! A mark: one thing that is painted, in the page's own points.

use std::rc::Rc;

use kurbo::{Affine, BezPath, Rect};

use super::{Gradient, Grid, Inks, Picture, Space, Width};

/// What kind of thing is painted.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A filled shape, or a shading that fills the clip.
    Fill,
    /// A line: its width as printed, in points.
    Line { width: f64 },
    /// Text: its size as printed, in points, its font, and the widths that are not the font's.
    Text { size: f64, font: Rc<str>, embedded: bool, wrong: Rc<[Width]> },
    /// An image: its matrix, its size in pixels, and how much of it shows.
    Image { matrix: Affine, width: u32, height: u32, bitmap: bool, alpha: Option<Rc<Grid<u8>>> },
}

/// What it is painted with.
#[derive(Debug, Clone)]
pub(crate) enum Paint {
    /// One colour.
    Flat { space: Rc<Space>, inks: Inks },
    /// A shading.
    Gradient(Rc<Gradient>),
    /// The image's own colours.
    Picture(Rc<Picture>),
}

impl Paint {
    /// The colour space that it is in.
    pub(crate) fn space(&self) -> &Space {
        match self {
            Self::Flat { space, .. } => space,
            Self::Gradient(gradient) => &gradient.space,
            Self::Picture(picture) => &picture.space,
        }
    }

    /// Its inks, where they are the same all over.
    pub(crate) fn flat(&self) -> Option<&Inks> {
        match self {
            Self::Flat { inks, .. } => Some(inks),
            _ => None,
        }
    }
}

/// How a mark mixes with what is under it, as far as inks are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blend {
    /// It covers.
    Cover,
    /// Inks add up as light is filtered twice.
    Multiply,
    /// Of each ink, the greater amount.
    Darken,
}

/// A clip: a path, and the clip within which it holds.
#[derive(Debug)]
pub(crate) struct Clip {
    pub(crate) path: BezPath,
    pub(crate) even_odd: bool,
    pub(crate) outer: Option<Rc<Clip>>,
}

/// One thing that is painted.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) kind: Kind,
    pub(crate) paint: Paint,
    /// What is covered: fills, strokes made to fills, glyphs; the outline of an image.
    pub(crate) shape: BezPath,
    pub(crate) even_odd: bool,
    /// The shape's box within the clip's.
    pub(crate) bounds: Rect,
    pub(crate) clip: Option<Rc<Clip>>,
    /// From 0 to 1.
    pub(crate) alpha: f32,
    pub(crate) blend: Blend,
    /// The soft mask that the sink was given, by its number.
    pub(crate) mask: Option<usize>,
    pub(crate) overprint: bool,
    /// Overprint mode 1: an ink of which there is none leaves what is under it.
    pub(crate) keep_zero: bool,
    /// Whether it is part of a tiled pattern.
    pub(crate) in_pattern: bool,
}

/// Takes what a page paints, in order.
pub(crate) trait Sink {
    /// Takes a mark.
    fn mark(&mut self, mark: &Mark);
    /// A transparency group begins, with its colour space where it says one; `place` is its box.
    fn group(&mut self, space: Option<&Space>, place: Rect);
    /// What follows is a soft mask's content, until its end.
    fn begin_mask(&mut self);
    /// A soft mask ends: it is made from the content's lightness, or its shape. Gives its number.
    fn end_mask(&mut self, lightness: bool) -> usize;
    /// The content names a resource that is not there.
    fn missing(&mut self, kind: String, name: &str);
    /// The content goes on beyond the limits of work, and was left there.
    fn exhausted(&mut self);
}
