//! A version of a report as its readers have it: pages, and on them words and figures with their places.

use std::sync::Arc;

use kurbo::Rect;

use crate::sources::Sources;

/// A version, read from its PDF.
#[derive(Debug)]
pub struct Version {
    /// What it was called on the command line.
    pub name: String,
    /// The text's language, a BCP 47 tag; empty where the PDF names none.
    pub lang: String,
    /// The pages in their order.
    pub pages: Vec<Page>,
    /// The parts in the order of pages, by the PDF's bookmarks; the first begins on the first page.
    pub parts: Vec<Part>,
    /// Paragraphs, headings, cells and figures in the order of reading.
    pub blocks: Vec<Block>,
    /// Whether the blocks are those that the PDF's tags name.
    pub(super) tagged: bool,
    /// Where running heads and folios stand, glyph by glyph.
    pub(super) running: Vec<At>,
    /// The PDF.
    pub(super) bytes: Arc<Vec<u8>>,
    /// The content, where the version was made from it.
    pub(super) sources: Sources,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its label, such as `p04`; its number where the PDF has no labels.
    pub label: String,
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
}

/// A part: what a bookmark of the first level leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The bookmark's words; empty for what stands before the first.
    pub title: String,
    /// Its first page, from 0.
    pub first: usize,
    /// How many pages it takes.
    pub count: usize,
}

/// A paragraph, heading, cell or figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// What it says: white space is one blank, none between Han characters.
    pub text: Vec<char>,
    /// Where each character stands.
    pub places: Vec<At>,
    /// For a figure, where it stands and what is drawn there.
    pub figure: Option<Figure>,
}

/// A rectangle on a page, in points from the upper left corner of what the page shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The page, from 0.
    pub page: usize,
    /// The rectangle.
    pub rect: Rect,
}

/// What a figure shows beside its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its alternative text; empty where it has none.
    pub alt: String,
    /// Its place.
    pub at: At,
    /// What is drawn there, from the bottom up; coordinates are the page's.
    pub shapes: Vec<Shape>,
}

/// A path or an image on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it covers.
    pub rect: Rect,
    /// How it is painted.
    pub paint: Paint,
    /// Its colour on the screen: red, green, blue, opacity; nothing for an image or a pattern.
    pub colour: [u8; 4],
    /// A path's points, without which two rectangles' content would look alike.
    pub points: Vec<(f64, f64)>,
    /// A sum over an image's pixels; 0 for a path.
    pub pixels: u64,
}

/// How a shape is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A path is filled.
    Fill,
    /// A path is drawn as a line.
    Stroke,
    /// Pixels are put there.
    Image,
}

impl Version {
    /// The part that a page belongs to, as an index.
    pub fn part_of(&self, page: usize) -> usize {
        self.parts.iter().rposition(|part| part.first <= page).unwrap_or(0)
    }
}

impl Block {
    /// The page on which it begins, from 0.
    pub fn page(&self) -> usize {
        let first = self.places.first().copied();
        self.figure.as_ref().map(|figure| figure.at).or(first).map_or(0, |at| at.page)
    }
}

impl Figure {
    /// Whether another shows the same, wherever it stands and in whatever colours; one that is larger or smaller does not.
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

    /// Whether another has the same drawn larger or smaller, as far as its kinds, colours and pixels tell.
    pub fn resized(&self, other: &Self) -> bool {
        !self.same_size(other)
            && self.shapes.len() == other.shapes.len()
            && self.shapes.iter().zip(&other.shapes).all(|(a, b)| a.alike(b))
    }

    /// Whether another shows the same in other colours.
    pub fn recoloured(&self, other: &Self) -> bool {
        let colours = |figure: &Self| figure.shapes.iter().map(|shape| shape.colour).collect::<Vec<_>>();
        self.equals(other) && colours(self) != colours(other)
    }

    fn same_size(&self, other: &Self) -> bool {
        let (own, its) = (self.at.rect.size(), other.at.rect.size());
        (own.width - its.width).abs() < NEAR && (own.height - its.height).abs() < NEAR
    }
}

/// What rounding may do to a place, in points.
const NEAR: f64 = 0.5;

impl Shape {
    fn alike(&self, other: &Self) -> bool {
        self.paint == other.paint && self.pixels == other.pixels && self.points.len() == other.points.len()
    }
}
