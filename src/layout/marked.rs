//! What stands between the template's marks on the finished pages: where, and what it says.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;
use typst::foundations::{Content, Label, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// How far a line's box reaches above its baseline, in ems.
const ASCENT: f64 = 0.88;

/// A rectangle of a page, in points from the trim's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Area {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
    /// How far a point lies from it across and down; 0 within.
    pub fn distance(&self, x: f64, y: f64) -> (f64, f64) {
        let away = |value: f64, from: f64, length: f64| (from - value).max(value - from - length).max(0.0);
        (away(x, self.x, self.width), away(y, self.y, self.height))
    }

    /// The smallest rectangle around both.
    pub fn with(&self, other: &Area) -> Area {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let foot = (self.y + self.height).max(other.y + other.height);
        Area { x, y, width: right - x, height: foot - y }
    }
}

/// What a mark says of where a thing was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// On a line of the part's file, from 1.
    Line(usize),
    /// At a key of its front matter or of the settings.
    Key(String),
}

/// Which marks a thing stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// `<text-from>` and `<text-to>`: a paragraph, taken line by line.
    Text,
    /// `<figure-from>` and `<figure-to>`.
    Figure,
    /// `<written-from>` and `<written-to>`: titles, headings, quotes, entries.
    Other,
}

/// A line of a paragraph, or the whole of another thing as far as it is on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The page, from 1.
    pub page: usize,
    /// Where it is.
    pub area: Area,
    /// What it says.
    pub text: String,
}

/// What stands between two marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Where it was written.
    pub from: Written,
    /// Which marks.
    pub marks: Marks,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// Differs where what it shows differs: of text, the characters; of others, their drawing too.
    pub look: u64,
}

/// All that is marked, in the order of the pages; what stands between `<aside-from>` and `<aside-to>` is no part of it.
pub fn read(document: &PagedDocument) -> Vec<Stretch> {
    let label = |name: &str| Label::new(PicoStr::intern(name));
    let pairs = [("text", Marks::Text), ("figure", Marks::Figure), ("written", Marks::Other)];
    let begins = pairs.iter().filter_map(|&(name, marks)| Some((label(&format!("{name}-from"))?, marks))).collect();
    let ends = pairs.iter().filter_map(|(name, _)| label(&format!("{name}-to"))).collect();
    let (aside, back) = (label("aside-from"), label("aside-to"));
    let mut reader = Reader { begins, ends, aside, back, open: None, away: false, page: 0, out: vec![] };
    for (index, page) in document.pages().iter().enumerate() {
        reader.page = index + 1;
        reader.frame(&page.frame, Point::zero(), false);
    }
    reader.close();
    reader.out
}

struct Reader {
    begins: Vec<(Label, Marks)>,
    ends: Vec<Label>,
    aside: Option<Label>,
    back: Option<Label>,
    open: Option<Open>,
    /// Whether a head or a folio stands between a paragraph's halves.
    away: bool,
    page: usize,
    out: Vec<Stretch>,
}

struct Open {
    stretch: Stretch,
    hasher: DefaultHasher,
    /// The present line's baseline.
    baseline: f64,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, at: Point, clipped: bool) {
        for (offset, item) in frame.items() {
            let at = at + *offset;
            match item {
                FrameItem::Group(group) => {
                    let at = at + Point::new(group.transform.tx, group.transform.ty);
                    let clips = group.clip.is_some();
                    if clips && !clipped {
                        self.whole(at, group.frame.width().to_pt(), group.frame.height().to_pt());
                    }
                    self.frame(&group.frame, at, clipped || clips);
                }
                FrameItem::Tag(Tag::Start(content, _)) => self.mark(content),
                FrameItem::Text(text) => self.text(text, at, clipped),
                FrameItem::Shape(shape, _) => {
                    let area = shape.bbox(false);
                    let size = area.size();
                    if !clipped {
                        self.whole(at + area.min, size.x.to_pt(), size.y.to_pt());
                    }
                    self.note(|hasher| shape.hash(hasher));
                }
                FrameItem::Image(image, size, _) => {
                    if !clipped {
                        self.whole(at, size.x.to_pt(), size.y.to_pt());
                    }
                    self.note(|hasher| (image, size).hash(hasher));
                }
                FrameItem::Tag(Tag::End(..)) | FrameItem::Link(..) => {}
            }
        }
    }

    fn mark(&mut self, content: &Content) {
        let (Some(metadata), Some(label)) = (content.to_packed::<MetadataElem>(), content.label()) else { return };
        if Some(label) == self.aside || Some(label) == self.back {
            self.away = Some(label) == self.aside;
        } else if self.ends.contains(&label) {
            self.close();
        } else if let Some(&(_, marks)) = self.begins.iter().find(|(begin, _)| *begin == label) {
            self.close();
            let from = match &metadata.value {
                Value::Int(line) => usize::try_from(*line).ok().map(Written::Line),
                Value::Str(key) => Some(Written::Key(key.to_string())),
                _ => None,
            };
            self.open = from.map(|from| Open {
                stretch: Stretch { from, marks, pieces: vec![], look: 0 },
                hasher: DefaultHasher::new(),
                baseline: 0.0,
            });
        }
    }

    fn close(&mut self) {
        if let Some(Open { mut stretch, hasher, .. }) = self.open.take()
            && !stretch.pieces.is_empty()
        {
            stretch.look = hasher.finish();
            self.out.push(stretch);
        }
    }

    /// The open thing, where it is no paragraph.
    fn other(&mut self) -> Option<&mut Open> {
        self.open.as_mut().filter(|open| !self.away && open.stretch.marks != Marks::Text)
    }

    fn note(&mut self, add: impl FnOnce(&mut DefaultHasher)) {
        if let Some(open) = self.other() {
            add(&mut open.hasher);
        }
    }

    /// Adds a rectangle to a thing that is no paragraph.
    fn whole(&mut self, at: Point, width: f64, height: f64) {
        let page = self.page;
        let Some(open) = self.other() else { return };
        let area = Area { x: at.x.to_pt(), y: at.y.to_pt(), width, height };
        match open.stretch.pieces.last_mut().filter(|piece| piece.page == page) {
            Some(piece) => piece.area = piece.area.with(&area),
            None => open.stretch.pieces.push(Piece { page, area, text: String::new() }),
        }
    }

    fn text(&mut self, item: &TextItem, at: Point, clipped: bool) {
        let (size, width) = (item.size.to_pt(), item.width().to_pt());
        let area = Area { x: at.x.to_pt(), y: at.y.to_pt() - ASCENT * size, width, height: size };
        if !clipped {
            self.whole(Point::new(at.x, at.y - item.size * ASCENT), width, size);
        }
        let (page, y) = (self.page, at.y.to_pt());
        let Some(open) = self.open.as_mut().filter(|_| !self.away) else { return };
        let said = item.text.chars().filter(|c| !matches!(c, '\u{2060}' | '\u{200b}'));
        if open.stretch.marks == Marks::Text {
            // Raised and lowered text is on its line; another line is further down, or in another column.
            let baseline = open.baseline;
            let same = |line: &&mut Piece| {
                let end = line.area.x + line.area.width;
                line.page == page
                    && (baseline - y).abs() < 0.7 * size.max(line.area.height)
                    && (area.x - end).abs() < size
            };
            match open.stretch.pieces.last_mut().filter(same) {
                Some(line) => line.area.width = area.x + width - line.area.x,
                None => {
                    open.baseline = y;
                    open.stretch.pieces.push(Piece { page, area, text: String::new() });
                }
            }
        }
        for c in said {
            c.hash(&mut open.hasher);
            if let Some(piece) = open.stretch.pieces.last_mut() {
                piece.text.push(c);
            }
        }
    }
}
