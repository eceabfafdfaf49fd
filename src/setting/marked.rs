//! The content between the template's marks on the finished pages: its position and text.

use std::hash::{DefaultHasher, Hash, Hasher};

use typst::foundations::{Content, Label, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{FrameItem, Point};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::area::Area;
use super::frames::{self, Stance};

/// The source of an element, as given by its mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    /// A line of the part's file, from 1.
    Line(usize),
    /// A key of its front matter or of the settings.
    Key(String),
}

/// The kind of marks around an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// `<text-from>` and `<text-to>`: a paragraph, recorded line by line.
    Text,
    /// `<figure-from>` and `<figure-to>`.
    Figure,
    /// `<written-from>` and `<written-to>`: titles, headings, quotes, entries.
    Other,
}

/// A line of a paragraph, or the part of any other element that is on one page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The page, from 1.
    pub page: usize,
    /// Its position.
    pub area: Area,
    /// Its text.
    pub text: String,
}

/// The content between two marks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// Its source.
    pub from: Written,
    /// The kind of its marks.
    pub marks: Marks,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// A hash of its visible content: the characters of text, and for other elements their drawing
    /// too.
    pub look: u64,
}

/// All that is marked, in the order of the pages; what stands between `<aside-from>` and
/// `<aside-to>` is no part of it. `ascent` is how far a line's box reaches above its baseline, in
/// ems.
pub(super) fn read(document: &PagedDocument, ascent: f64) -> Vec<Stretch> {
    let label = |name: &str| Label::new(PicoStr::intern(name));
    let pairs = [("text", Marks::Text), ("figure", Marks::Figure), ("written", Marks::Other)];
    let begins = pairs
        .iter()
        .filter_map(|&(name, marks)| Some((label(&format!("{name}-from"))?, marks)))
        .collect();
    let ends = pairs.iter().filter_map(|(name, _)| label(&format!("{name}-to"))).collect();
    let (aside, back) = (label("aside-from"), label("aside-to"));
    let mut reader =
        Reader { ascent, begins, ends, aside, back, open: None, away: false, page: 0, out: vec![] };
    for (index, page) in document.pages().iter().enumerate() {
        reader.page = index + 1;
        frames::visit(&page.frame, &mut |item, stance| reader.item(item, stance));
    }
    reader.close();
    reader.out
}

struct Reader {
    ascent: f64,
    begins: Vec<(Label, Marks)>,
    ends: Vec<Label>,
    aside: Option<Label>,
    back: Option<Label>,
    open: Option<Open>,
    /// Whether a head or a folio currently interrupts a paragraph.
    away: bool,
    page: usize,
    out: Vec<Stretch>,
}

struct Open {
    stretch: Stretch,
    hasher: DefaultHasher,
    /// The current line's baseline.
    baseline: f64,
}

impl Reader {
    fn item(&mut self, item: &FrameItem, stance: Stance) {
        match item {
            FrameItem::Group(group) => {
                if group.clip.is_some() && !stance.is_clipped() {
                    let turned = Stance {
                        transform: stance.transform.pre_concat(group.transform),
                        ..stance
                    };
                    self.whole(turned.area(Point::zero(), group.frame.size()));
                }
            }
            FrameItem::Tag(Tag::Start(content, _)) => self.mark(content),
            FrameItem::Text(text) => self.text(text, stance),
            FrameItem::Shape(shape, _) => {
                if !stance.is_clipped() {
                    let extent = shape.bbox(false);
                    self.whole(stance.area(extent.min, extent.size().to_point().to_size()));
                }
                self.note(|hasher| shape.hash(hasher));
            }
            FrameItem::Image(image, size, _) => {
                if !stance.is_clipped() {
                    self.whole(stance.area(Point::zero(), *size));
                }
                self.note(|hasher| (image, size).hash(hasher));
            }
            FrameItem::Tag(Tag::End(..)) | FrameItem::Link(..) => {}
        }
    }

    fn mark(&mut self, content: &Content) {
        let (Some(metadata), Some(label)) = (content.to_packed::<MetadataElem>(), content.label())
        else {
            return;
        };
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

    /// Returns the open element, unless it is a paragraph.
    fn other(&mut self) -> Option<&mut Open> {
        self.open.as_mut().filter(|open| !self.away && open.stretch.marks != Marks::Text)
    }

    fn note(&mut self, add: impl FnOnce(&mut DefaultHasher)) {
        if let Some(open) = self.other() {
            add(&mut open.hasher);
        }
    }

    /// Adds a rectangle to an element other than a paragraph.
    fn whole(&mut self, area: Area) {
        let page = self.page;
        let Some(open) = self.other() else { return };
        match open.stretch.pieces.last_mut().filter(|piece| piece.page == page) {
            Some(piece) => piece.area = piece.area.with(&area),
            None => open.stretch.pieces.push(Piece { page, area, text: String::new() }),
        }
    }

    fn text(&mut self, item: &TextItem, stance: Stance) {
        let area = frames::text_box(item, stance, self.ascent);
        if !stance.is_clipped() {
            self.whole(area);
        }
        let (page, y) = (self.page, stance.at().y.to_pt());
        let Some(open) = self.open.as_mut().filter(|_| !self.away) else { return };
        if open.stretch.marks == Marks::Text {
            let baseline = open.baseline;
            let same = |line: &&mut Piece| {
                let size = area.height.max(line.area.height);
                line.page == page
                    && frames::goes_on(line.area.x + line.area.width, baseline, area.x, y, size)
            };
            match open.stretch.pieces.last_mut().filter(same) {
                Some(line) => line.area.width = area.x + area.width - line.area.x,
                None => {
                    open.baseline = y;
                    open.stretch.pieces.push(Piece { page, area, text: String::new() });
                }
            }
        }
        for c in cjk::visible(&item.text) {
            c.hash(&mut open.hasher);
            if let Some(piece) = open.stretch.pieces.last_mut() {
                piece.text.push(c);
            }
        }
    }
}
