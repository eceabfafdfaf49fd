//! What the finished pages tell of each part that stands in columns: how many lines its text takes,
//! and how high the things are that span the columns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use typst::foundations::{Content, Label, NativeElement, Value};
use typst::introspection::{Introspector, Location, MetadataElem, Tag};
use typst::layout::FrameItem;
use typst::model::{FootnoteElem, FootnoteEntry};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::told::{BarrierFacts, Facts};
pub(super) use super::told::{FOOT, Setting};
use crate::setting::frames::{self, Stance};
use crate::setting::notes::{self, Declared};

/// Where something begins in the text that no thing written before it may pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Barrier {
    /// Whether it is a section; a box otherwise.
    pub(super) section: bool,
    /// Its number among those of its kind, from 1.
    pub(super) number: usize,
    /// Its page within the part, from 0.
    pub(super) page: usize,
    /// From the upper edge of the page's text, in points.
    pub(super) top: f64,
}

/// A thing that spans the columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thing {
    pub(super) key: String,
    /// Its page within the part, from 0.
    pub(super) page: usize,
    /// From the upper edge of the page's text to its own, in points.
    pub(super) top: f64,
    /// Its height in points.
    pub(super) height: f64,
    /// The fewest lines, its own, and the most, if its height may vary.
    pub(super) bounds: Option<[usize; 3]>,
    /// How many forms it has, the best first, and which of them it was seen in.
    pub(super) forms: usize,
    pub(super) form: usize,
    /// The height in points of the form behind it, where the template told it.
    pub(super) next: Option<f64>,
    /// Whether a gap parts it from the text.
    pub(super) gapped: bool,
    /// Whether it stands before the part's text.
    pub(super) head: bool,
    /// Whether it can stand in the columns instead.
    pub(super) breaks: bool,
    /// Where its rows begin, from its upper edge, if it may be parted between them.
    pub(super) rows: Vec<f64>,
    /// The section that it must not leave, and the number of boxes before the one that it must not
    /// pass.
    pub(super) section: Option<usize>,
    pub(super) boxes: Option<usize>,
    /// Whether it stands in the text.
    pub(super) inline: bool,
}

/// A paragraph in the columns; widths are in ems.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paragraph {
    /// The line of the content on which it begins.
    pub(super) line: usize,
    /// The number of its characters, and the width of all its text.
    pub(super) characters: usize,
    pub(super) width: f64,
    /// The width of its last line.
    pub(super) last: f64,
    /// Its number of lines.
    pub(super) lines: usize,
    /// The page on which it ends, within the part, from 0.
    pub(super) page: usize,
}

/// A part as it came out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) setting: Setting,
    /// Its first page, from 1.
    pub(super) first: usize,
    /// Its number of pages.
    pub(super) pages: usize,
    /// The lines of text and notes in each column of each page.
    pub(super) columns: Vec<Vec<usize>>,
    /// Its things, in the order in which they were written.
    pub(super) things: Vec<Thing>,
    /// The paragraphs in its columns.
    pub(super) paragraphs: Vec<Paragraph>,
    /// The lines of the content on which paragraphs begin whose notes are on other pages than their
    /// marks.
    pub(super) astray: Vec<usize>,
    /// What stands in the columns and does not break: its page, from 0, and its height in points.
    pub(super) unbroken: Vec<(usize, f64)>,
    /// What things must not pass, in its order.
    pub(super) barriers: Vec<Barrier>,
    /// How far down the text of each page reaches, from its upper edge in points; notes left out.
    pub(super) reach: Vec<f64>,
}

impl Seen {
    /// The last page that has text, from 0, and the lines of its columns.
    pub(super) fn last_text(&self) -> Option<(usize, &[usize])> {
        let at = self.columns.iter().rposition(|page| page.iter().any(|lines| *lines > 0))?;
        Some((at, &self.columns[at]))
    }

    /// By how many lines the columns end apart on the last page that has text.
    pub(super) fn apart(&self) -> usize {
        let last = self.last_text().map_or(&[][..], |(_, columns)| columns);
        last.iter().max().unwrap_or(&0) - last.iter().min().unwrap_or(&0)
    }

    /// Whether the part is made of the same as in other pages of it, wherever they break: the same
    /// lines of paragraphs, things of the same heights.
    pub(super) fn has_same_matter(&self, other: &Self) -> bool {
        let paragraphs = |seen: &Self| -> Vec<Paragraph> {
            seen.paragraphs.iter().map(|own| Paragraph { page: 0, ..*own }).collect()
        };
        // What may vary has the height that is planned for it.
        let thing = |thing: &Thing| {
            let height =
                if thing.bounds.is_some() || thing.key == FOOT { 0.0 } else { thing.height };
            (thing.key.clone(), height.round() as i64, thing.bounds, thing.gapped, thing.head)
        };
        let unbroken = |seen: &Self| -> Vec<i64> {
            seen.unbroken.iter().map(|(_, height)| height.round() as i64).collect()
        };
        paragraphs(self) == paragraphs(other)
            && self.things.iter().map(thing).eq(other.things.iter().map(thing))
            && unbroken(self) == unbroken(other)
            && self.barriers.len() == other.barriers.len()
    }

    /// The height of the highest thing in the columns of these pages that does not break.
    pub(super) fn highest(&self, from: usize) -> f64 {
        let heights = self.unbroken.iter().filter(|(page, _)| *page >= from);
        heights.map(|(_, height)| *height).fold(0.0, f64::max)
    }

    /// Whether nothing stands on these pages.
    pub(super) fn is_bare(&self, from: usize) -> bool {
        let text = self.columns.iter().skip(from).flatten().any(|lines| *lines > 0);
        let things = self.things.iter().any(|thing| thing.page >= from);
        !text && !things && self.unbroken.iter().all(|(page, _)| *page < from)
    }

    /// The lines that its text takes in all columns together.
    pub(super) fn text(&self) -> usize {
        self.columns.iter().flatten().sum()
    }
}

/// The pages on which footnotes stand, from 1.
fn pages_with_notes(document: &PagedDocument) -> BTreeSet<usize> {
    let introspector = document.introspector();
    let entries = introspector.query(&FootnoteEntry::ELEM.select());
    let page = |entry: &Content| Some(introspector.page(entry.location()?)?.get());
    entries.iter().filter_map(page).collect()
}

/// Reads every part that declares how it is set.
pub(super) fn read(document: &PagedDocument, declared: &Declared) -> Vec<Seen> {
    let settings: Vec<(Setting, usize)> = notes::placed(document, "flow");
    let ends = notes::marks(document, "part-end");
    let begins = notes::marks(document, "part");
    let noted = pages_with_notes(document);
    let mut out = vec![];
    for (setting, first) in settings {
        // What closes the part may stand behind its text.
        let last = ends.iter().filter(|(id, _)| *id == setting.part).map(|(_, page)| *page).max();
        let mut last = last.unwrap_or(first).max(first);
        // Notes that had no room stand on a page behind it.
        let is_own = |page: &usize| begins.iter().all(|(_, begin)| begin != page);
        while noted.contains(&(last + 1)) && is_own(&(last + 1)) {
            last += 1;
        }
        let pages = last - first + 1;
        let mut reader = Reader::new(&setting, declared, first);
        for page in first..first + pages {
            reader.page(document, page);
        }
        let paragraphs = std::mem::take(&mut reader.paragraphs);
        let astray = reader.astray();
        let unbroken = std::mem::take(&mut reader.unbroken);
        let barriers = std::mem::take(&mut reader.barriers);
        let reach = reader.reach_of_pages(pages);
        let (columns, things) = reader.done();
        out.push(Seen {
            setting,
            first,
            pages,
            columns,
            things,
            paragraphs,
            astray,
            unbroken,
            barriers,
            reach,
        });
    }
    out
}

/// Where the rows of a thing begin, and how high it is, where its template tells them in one note.
fn told(value: &Value) -> Option<(Vec<f64>, f64)> {
    let Value::Array(told) = value else { return None };
    let number = |value: &Value| match value {
        Value::Float(number) => Some(*number),
        Value::Int(number) => Some(*number as f64),
        _ => None,
    };
    let mut rows: Vec<f64> = told.iter().filter_map(number).collect();
    let height = rows.pop()?;
    Some((rows, height))
}

/// The uppermost and the lowest baseline of a column, and the upper edge of its notes.
#[derive(Clone, Copy)]
struct Extent {
    top: f64,
    bottom: f64,
    note: f64,
    note_bottom: f64,
}

impl Extent {
    const NONE: Self = Self {
        top: f64::INFINITY,
        bottom: f64::NEG_INFINITY,
        note: f64::INFINITY,
        note_bottom: f64::NEG_INFINITY,
    };
}

struct Reader<'a> {
    setting: &'a Setting,
    declared: &'a Declared,
    labels: [Option<Label>; 9],
    first: usize,
    page: usize,
    columns: BTreeMap<(usize, usize), Extent>,
    things: Vec<Thing>,
    /// The upper edge of the thing that is open, and how high it is where that is told: one that is higher
    /// than a page is cut off.
    open: Option<f64>,
    reached: f64,
    away: bool,
    note: Option<Location>,
    paragraphs: Vec<Paragraph>,
    /// The marks of notes: the note, its page, and the line on which its paragraph begins.
    marks: Vec<(Location, usize, usize)>,
    /// The note whose text comes next.
    begins: Option<Location>,
    /// On which page each began.
    began: HashMap<Location, usize>,
    unbroken: Vec<(usize, f64)>,
    barriers: Vec<Barrier>,
    /// The heights in points that things take within the text of columns.
    inline: BTreeMap<(usize, usize), f64>,
    around: f64,
    /// Whether a paragraph is open, and the height of its last line.
    inside: bool,
    line: Option<f64>,
}

impl<'a> Reader<'a> {
    fn new(setting: &'a Setting, declared: &'a Declared, first: usize) -> Self {
        let names = [
            "thing",
            "thing-end",
            "row",
            "aside-from",
            "aside-to",
            "text-from",
            "text-to",
            "unbroken",
            "barrier",
        ];
        Self {
            setting,
            declared,
            labels: names.map(|name| Label::new(PicoStr::intern(name))),
            first,
            page: 0,
            columns: BTreeMap::new(),
            things: vec![],
            open: None,
            reached: 0.0,
            away: false,
            note: None,
            paragraphs: vec![],
            marks: vec![],
            begins: None,
            began: HashMap::new(),
            unbroken: vec![],
            barriers: vec![],
            inline: BTreeMap::new(),
            around: 0.0,
            inside: false,
            line: None,
        }
    }

    fn page(&mut self, document: &PagedDocument, page: usize) {
        let Some(found) = document.pages().get(page - 1) else { return };
        self.page = page;
        frames::visit(&found.frame, &mut |item, stance| match item {
            FrameItem::Text(text) => self.text(text, stance),
            FrameItem::Tag(Tag::Start(content, _)) => {
                if let Some(entry) = content.to_packed::<FootnoteEntry>() {
                    self.note = content.location();
                    self.begins = entry.note.location();
                } else if content.is::<FootnoteElem>() {
                    let line = self.paragraphs.last().filter(|_| self.inside).map(|p| p.line);
                    self.marks
                        .extend(content.location().zip(line).map(|(at, line)| (at, page, line)));
                } else if let Some(metadata) = content.to_packed::<MetadataElem>() {
                    self.mark(content.label(), &metadata.value, stance);
                }
            }
            FrameItem::Tag(Tag::End(location, ..)) if self.note == Some(*location) => {
                self.note = None;
            }
            _ => {}
        });
    }

    fn mark(&mut self, label: Option<Label>, value: &Value, stance: Stance) {
        let y = stance.at().y.to_pt();
        let [thing, end, row, aside, back, from, to, unbroken, barrier] = self.labels;
        let margin = self.declared.margins.map_or(0.0, |margins| margins.top);
        match label {
            None => {}
            label if label == thing => {
                let facts = serde_json::to_value(value)
                    .ok()
                    .and_then(|value| serde_json::from_value::<Facts>(value).ok())
                    .unwrap_or_default();
                (self.open, self.reached) = (Some(y), 0.0);
                let bounds = facts.ideal.map(|ideal| {
                    [facts.least.unwrap_or(ideal), ideal, facts.most.unwrap_or(ideal)]
                });
                self.things.push(Thing {
                    key: facts.key,
                    page: self.page - self.first,
                    top: y - margin,
                    height: 0.0,
                    bounds,
                    forms: facts.forms,
                    form: facts.form,
                    next: facts.next,
                    gapped: facts.gapped,
                    head: facts.head,
                    breaks: facts.breaks,
                    rows: vec![],
                    section: facts.section,
                    boxes: facts.boxes,
                    inline: facts.inline,
                });
                self.around = facts.around;
            }
            label if label == end => {
                if let (Some(top), Some(thing)) = (self.open.take(), self.things.last_mut()) {
                    thing.height = (y - top).max(self.reached);
                    if thing.inline {
                        self.within_text(stance, y - top);
                    }
                }
            }
            label if label == row => {
                if let (Some(top), Some(thing)) = (self.open, self.things.last_mut()) {
                    match told(value) {
                        Some((rows, reached)) => (thing.rows, self.reached) = (rows, reached),
                        None => thing.rows.push(y - top),
                    }
                }
            }
            label if label == from => {
                if let (Value::Int(line), true) = (value, self.open.is_none()) {
                    let line = usize::try_from(*line).unwrap_or(0);
                    let page = self.page - self.first;
                    self.paragraphs.push(Paragraph {
                        line,
                        characters: 0,
                        width: 0.0,
                        last: 0.0,
                        lines: 0,
                        page,
                    });
                    self.line = None;
                    self.inside = true;
                }
            }
            label if label == to => self.inside = false,
            label if label == unbroken => {
                if let (Value::Float(height), true) = (value, self.open.is_none()) {
                    self.unbroken.push((self.page - self.first, *height));
                    self.reach(stance, *height);
                }
            }
            label if label == barrier => {
                let facts = serde_json::to_value(value)
                    .ok()
                    .and_then(|value| serde_json::from_value::<BarrierFacts>(value).ok());
                self.barriers.extend(facts.map(|BarrierFacts { section, number }| Barrier {
                    section,
                    number,
                    page: self.page - self.first,
                    top: y - margin,
                }));
            }
            label if label == aside => self.away = true,
            label if label == back => self.away = false,
            _ => {}
        }
    }

    /// Takes what is so high and does not break for lines of its column: its words alone may end above
    /// its foot.
    fn reach(&mut self, stance: Stance, height: f64) {
        let Some(column) = self.column_at(stance) else { return };
        let (top, size) = (stance.at().y.to_pt(), self.setting.size);
        let extent = self.columns.entry((self.page - self.first, column)).or_insert(Extent::NONE);
        extent.top = extent.top.min(top + size);
        extent.bottom = extent.bottom.max(top + height);
    }

    /// Takes a thing of this height, which ends here, for none of the lines of the text around it.
    fn within_text(&mut self, stance: Stance, height: f64) {
        let Some(column) = self.column_at(stance) else { return };
        let key = (self.page - self.first, column);
        let bottom = stance.at().y.to_pt();
        let extent = self.columns.entry(key).or_insert(Extent::NONE);
        extent.top = extent.top.min(bottom - height + self.setting.size);
        extent.bottom = extent.bottom.max(bottom);
        *self.inline.entry(key).or_default() += height + self.around;
    }

    fn reach_of_pages(&self, pages: usize) -> Vec<f64> {
        let margin = self.declared.margins.map_or(0.0, |margins| margins.top);
        let of = |page: usize| {
            let columns = self.columns.range((page, 0)..(page + 1, 0));
            columns.map(|(_, extent)| extent.bottom - margin).fold(0.0, f64::max)
        };
        (0..pages).map(of).collect()
    }

    /// The column in which something stands, from 0.
    fn column_at(&self, stance: Stance) -> Option<usize> {
        let margins = self.declared.margins?;
        let left = if self.page.is_multiple_of(2) { margins.outside } else { margins.inside };
        let Setting { column, gutter, columns, .. } = self.setting;
        let index = ((stance.at().x.to_pt() - left + gutter / 2.0) / (column + gutter)).floor();
        (index >= 0.0 && index < *columns as f64).then_some(index as usize)
    }

    fn text(&mut self, text: &TextItem, stance: Stance) {
        if self.open.is_some() || self.away {
            return;
        }
        if self.note.is_some()
            && let Some(note) = self.begins.take()
        {
            self.began.entry(note).or_insert(self.page);
        }
        let Some(margins) = self.declared.margins else { return };
        let Some(column) = self.column_at(stance) else { return };
        let key = (self.page - self.first, column);
        let (y, size) = (stance.at().y.to_pt(), text.size.to_pt());
        // What stands beyond the text's area, such as a proof's slug, is no line of it.
        let area = margins.top..margins.top + self.setting.lines as f64 * self.setting.pitch + size;
        if !area.contains(&y) {
            return;
        }
        let extent = self.columns.entry(key).or_insert(Extent::NONE);
        if self.note.is_some() {
            extent.note = extent.note.min(y - size);
            extent.note_bottom = extent.note_bottom.max(y);
        } else {
            extent.top = extent.top.min(y);
            extent.bottom = extent.bottom.max(y);
            self.within_paragraph(text, y);
        }
    }

    fn within_paragraph(&mut self, text: &TextItem, y: f64) {
        let size = self.setting.size;
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.inside) else { return };
        // What is raised or lowered is on its line.
        if self.line.is_none_or(|line| (line - y).abs() > 0.7 * size) {
            (paragraph.last, self.line) = (0.0, Some(y));
            paragraph.lines += 1;
            paragraph.page = self.page - self.first;
        }
        let width = text.width().to_pt() / size;
        paragraph.characters += text.text.chars().count();
        paragraph.width += width;
        paragraph.last += width;
    }

    /// The lines of the paragraphs with a mark on another page than its note: the note may come first.
    fn astray(&self) -> Vec<usize> {
        let is_astray = |(note, page, _): &&(Location, usize, usize)| {
            self.began.get(note).is_some_and(|began| began != page)
        };
        self.marks.iter().filter(is_astray).map(|(.., line)| *line).collect()
    }

    fn done(self) -> (Vec<Vec<usize>>, Vec<Thing>) {
        let pitch = self.setting.pitch;
        let pages = self.page + 1 - self.first.min(self.page + 1);
        let mut columns = vec![vec![0; self.setting.columns]; pages];
        for ((page, column), extent) in &self.columns {
            // All columns of a page begin alike: one that opens within a box has a line above it.
            let others = self.columns.range((*page, 0)..(*page + 1, 0));
            let top = others.map(|(_, other)| other.top).fold(extent.top, f64::min);
            let text = if extent.top.is_finite() {
                // A raised character alone does not make a line.
                ((extent.bottom - top) / pitch).round() as usize + 1
            } else {
                0
            };
            let inline = self.inline.get(&(*page, *column)).map_or(0.0, |height| height / pitch);
            let text = text.saturating_sub(inline.round() as usize);
            let notes = if extent.note.is_finite() {
                ((extent.note_bottom - extent.note) / pitch + 0.7).ceil() as usize
            } else {
                0
            };
            columns[*page][*column] = text + notes;
        }
        (columns, self.things)
    }
}
