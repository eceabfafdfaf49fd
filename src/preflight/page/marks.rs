//! A mark: one thing that is painted, in the page's own points.

use std::rc::Rc;

use kurbo::{Affine, BezPath, Rect};

use super::{Gradient, Grid, Inks, Picture, Space, Width};

/// What kind of thing is painted.
#[derive(Debug, Clone)]
pub(in crate::preflight) enum Kind {
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
pub(in crate::preflight) enum Paint {
    /// One colour.
    Flat { space: Rc<Space>, inks: Inks },
    /// A shading.
    Gradient(Rc<Gradient>),
    /// The image's own colours.
    Picture(Rc<Picture>),
}

impl Paint {
    /// The colour space that it is in.
    pub(in crate::preflight) fn space(&self) -> &Space {
        match self {
            Self::Flat { space, .. } => space,
            Self::Gradient(gradient) => &gradient.space,
            Self::Picture(picture) => &picture.space,
        }
    }

    /// Its inks, where they are the same all over.
    pub(in crate::preflight) fn flat(&self) -> Option<&Inks> {
        match self {
            Self::Flat { inks, .. } => Some(inks),
            _ => None,
        }
    }
}

/// How a mark mixes with what is under it, as far as inks are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::preflight) enum Blend {
    /// It covers.
    Cover,
    /// Inks add up as light is filtered twice.
    Multiply,
    /// Of each ink, the greater amount.
    Darken,
}

/// A clip: a path, and the clip within which it holds.
#[derive(Debug)]
pub(in crate::preflight) struct Clip {
    pub(in crate::preflight) path: BezPath,
    pub(in crate::preflight) even_odd: bool,
    pub(in crate::preflight) outer: Option<Rc<Clip>>,
}

/// One thing that is painted.
#[derive(Debug, Clone)]
pub(in crate::preflight) struct Mark {
    pub(in crate::preflight) kind: Kind,
    pub(in crate::preflight) paint: Paint,
    /// What is covered: fills, strokes made to fills, glyphs; the outline of an image.
    pub(in crate::preflight) shape: BezPath,
    pub(in crate::preflight) even_odd: bool,
    /// The shape's box within the clip's.
    pub(in crate::preflight) bounds: Rect,
    pub(in crate::preflight) clip: Option<Rc<Clip>>,
    /// From 0 to 1.
    pub(in crate::preflight) alpha: f32,
    pub(in crate::preflight) blend: Blend,
    /// The soft mask that the sink was given, by its number.
    pub(in crate::preflight) mask: Option<usize>,
    pub(in crate::preflight) overprint: bool,
    /// Overprint mode 1: an ink of which there is none leaves what is under it.
    pub(in crate::preflight) keep_zero: bool,
    /// Whether it is part of a tiled pattern.
    pub(in crate::preflight) in_pattern: bool,
}

/// Takes what a page paints, in order.
pub(in crate::preflight) trait Sink {
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
