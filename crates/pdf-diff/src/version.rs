//! A version of a report as readers see it: pages, and the words and figures on them with their
//! positions.

use std::sync::Arc;

use kurbo::Rect;

use crate::sources::Sources;

/// A version, read from its PDF.
#[derive(Debug)]
pub struct Version {
    /// Its name, as given on the command line.
    pub name: String,
    /// The text's language, a BCP 47 tag; empty if the PDF names none.
    pub lang: String,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The parts in page order, from the PDF's bookmarks; the first begins on the first page.
    pub parts: Vec<Section>,
    /// Paragraphs, headings, cells and figures in reading order.
    pub blocks: Vec<Passage>,
    /// Whether the blocks come from the PDF's tags.
    pub(super) tagged: bool,
    /// The locations of running heads and folios, glyph by glyph.
    pub(super) running: Vec<At>,
    /// The PDF.
    pub(super) bytes: Arc<Vec<u8>>,
    /// How many times as high as usual the limits are that it is read within.
    pub(super) effort: u32,
    /// The content, if the version was made from it.
    pub(super) sources: Sources,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its label, such as `p04`; its number if the PDF has no labels.
    pub label: String,
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// What is cut of it, in points from its upper left corner; all of it where no box says so.
    pub trim: Rect,
    /// The length of a unit of it, in points.
    pub unit: f64,
    /// By how many quarter turns clockwise its text stands turned: it is read, and shown, with the
    /// text upright.
    pub turns: usize,
    /// The names of its spot colours, in alphabetical order.
    pub spots: Vec<String>,
    /// Whether it can be drawn in good time: lines with specks of curves cannot.
    pub drawable: bool,
}

/// A part: the target of a first-level bookmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The bookmark's text; empty for the part before the first.
    pub title: String,
    /// Its first page, from 0.
    pub first: usize,
    /// Its number of pages.
    pub count: usize,
}

/// A paragraph, heading, cell or figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Passage {
    /// Its text: white space is one space, with none between Han characters.
    pub text: Vec<char>,
    /// The location of each character.
    pub places: Vec<At>,
    /// For a figure, its location and drawing.
    pub figure: Option<Drawing>,
}

/// A rectangle on a page, in points from the upper left corner of the visible page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The page, from 0.
    pub page: usize,
    /// The rectangle.
    pub rect: Rect,
}

/// A figure apart from its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Its alternative text; empty if it has none.
    pub alt: String,
    /// Its location.
    pub at: At,
    /// The shapes drawn there, from the bottom up, in page coordinates.
    pub shapes: Vec<Shape>,
}

/// A path or an image on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its bounding rectangle.
    pub rect: Rect,
    /// The way it is painted.
    pub paint: Paint,
    /// Its colour on screen: red, green, blue, opacity; all 0 for a raster image or a pattern.
    pub colour: [u8; 4],
    /// A path's points, needed to tell the content of two rectangles apart.
    pub points: Vec<(f64, f64)>,
    /// A hash of an image's pixels; 0 for a path.
    pub pixels: u64,
}

/// The way a shape is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A filled path.
    Fill,
    /// A stroked path.
    Stroke,
    /// An image.
    Image,
}

impl Version {
    /// Returns the index of the part that a page belongs to.
    pub fn part_of(&self, page: usize) -> usize {
        self.parts.iter().rposition(|part| part.first <= page).unwrap_or(0)
    }
}

impl Passage {
    /// Returns the page on which it begins, from 0.
    pub fn page(&self) -> usize {
        let first = self.places.first().copied();
        self.figure.as_ref().map(|figure| figure.at).or(first).map_or(0, |at| at.page)
    }
}

impl Drawing {
    /// Returns whether another figure shows the same, regardless of position and colours; an
    /// enlarged or reduced one does not.
    pub fn equals(&self, other: &Self) -> bool {
        self.same_size(other) && self.shapes.len() == other.shapes.len() && {
            let (own, its) = (self.at.rect.origin(), other.at.rect.origin());
            let near = |a: &(f64, f64), b: &(f64, f64)| {
                (a.0 - own.x - b.0 + its.x).abs() < NEAR && (a.1 - own.y - b.1 + its.y).abs() < NEAR
            };
            self.shapes
                .iter()
                .zip(&other.shapes)
                .all(|(a, b)| a.alike(b) && a.points.iter().zip(&b.points).all(|(a, b)| near(a, b)))
        }
    }

    /// Returns whether another figure has the same drawing at another size, judging by the kinds of
    /// shapes, their number of points and their pixels.
    pub fn resized(&self, other: &Self) -> bool {
        !self.same_size(other)
            && self.shapes.len() == other.shapes.len()
            && self.shapes.iter().zip(&other.shapes).all(|(a, b)| a.alike(b))
    }

    /// Returns whether another figure shows the same in other colours.
    pub fn recoloured(&self, other: &Self) -> bool {
        let colours =
            |figure: &Self| figure.shapes.iter().map(|shape| shape.colour).collect::<Vec<_>>();
        self.equals(other) && colours(self) != colours(other)
    }

    fn same_size(&self, other: &Self) -> bool {
        let (own, its) = (self.at.rect.size(), other.at.rect.size());
        (own.width - its.width).abs() < NEAR && (own.height - its.height).abs() < NEAR
    }
}

/// The tolerance for positions, in points.
const NEAR: f64 = 0.5;

impl Shape {
    fn alike(&self, other: &Self) -> bool {
        self.paint == other.paint
            && self.pixels == other.pixels
            && self.points.len() == other.points.len()
    }
}
