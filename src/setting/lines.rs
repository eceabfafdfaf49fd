//! The lines of running text on the finished pages, and the gaps in them.

use cjk::is_ideograph;
use typst::foundations::{Label, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, FrameItem};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::frames::{self, Stance};

/// A line of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The line of the content's file on which its paragraph begins.
    pub from: usize,
    /// The page, from 1.
    pub page: usize,
    /// Its text.
    pub text: String,
    /// The number of characters other than punctuation.
    pub characters: usize,
    /// The widest gap between two Han characters, in ems; negative infinity if none are adjacent.
    pub widest: f64,
    /// The narrowest gap between two Han characters, in ems; infinity if none are adjacent.
    pub closest: f64,
    /// Whether it is the last of its paragraph.
    pub last: bool,
    /// Whether it fills the measure.
    pub justified: bool,
    /// Its start, in points from the page's left edge.
    pub x: f64,
    /// Its baseline, in points from the page's upper edge.
    pub y: f64,
    end: f64,
}

/// Returns the lines between the template's marks `<text-from>` and `<text-to>`, in page order,
/// without those between `<aside-from>` and `<aside-to>`.
pub(super) fn read(document: &PagedDocument) -> Vec<Line> {
    let label = |name| Label::new(PicoStr::intern(name));
    let (Some(from), Some(to)) = (label("text-from"), label("text-to")) else { return vec![] };
    let (Some(aside), Some(back)) = (label("aside-from"), label("aside-to")) else { return vec![] };
    let mut reader =
        Reader { from, to, aside, back, open: None, away: false, lines: vec![], paragraph: 0 };
    for (index, page) in document.pages().iter().enumerate() {
        frames::visit(&page.frame, &mut |item, stance| reader.item(item, stance, index + 1));
    }
    reader.lines
}

struct Reader {
    from: Label,
    to: Label,
    aside: Label,
    back: Label,
    /// The source line of the paragraph, while inside one.
    open: Option<usize>,
    /// Whether a head or a folio currently interrupts a paragraph.
    away: bool,
    lines: Vec<Line>,
    /// The index of the current paragraph's first line.
    paragraph: usize,
}

impl Reader {
    fn item(&mut self, item: &FrameItem, stance: Stance, page: usize) {
        match item {
            FrameItem::Text(text) => self.text(text, stance, page),
            FrameItem::Tag(Tag::Start(content, _)) => {
                let Some(metadata) = content.to_packed::<MetadataElem>() else { return };
                match (&metadata.value, content.label()) {
                    (Value::Int(line), Some(label)) if label == self.from => {
                        self.open = usize::try_from(*line).ok();
                        self.paragraph = self.lines.len();
                    }
                    (_, Some(label)) if label == self.to => self.close(),
                    (_, Some(label)) if label == self.aside => self.away = true,
                    (_, Some(label)) if label == self.back => self.away = false,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        self.open = None;
        if let Some(line) = self.lines[self.paragraph..].last_mut() {
            line.last = true;
            line.justified = false;
        }
    }

    fn text(&mut self, item: &TextItem, stance: Stance, page: usize) {
        let Some(from) = self.open.filter(|_| !self.away) else { return };
        let (at, (wide, high)) = (stance.at(), stance.scale());
        let (size, x, y) = (item.size.to_pt() * high, at.x.to_pt(), at.y.to_pt());
        let same = |line: &Line| line.page == page && frames::goes_on(line.end, line.y, x, y, size);
        if !self.lines[self.paragraph..].last().is_some_and(same) {
            let (text, widest, closest) = (String::new(), f64::NEG_INFINITY, f64::INFINITY);
            let (characters, last, justified) = (0, false, true);
            self.lines.push(Line {
                from,
                page,
                text,
                characters,
                widest,
                closest,
                last,
                justified,
                x,
                y,
                end: x,
            });
        }
        if let Some(line) = self.lines.last_mut() {
            line.append(item);
            line.end = x + item.width().to_pt() * wide;
        }
    }
}

impl Line {
    fn append(&mut self, item: &TextItem) {
        let size = item.size;
        let mut cursor = Abs::zero();
        let mut before: Option<Abs> = None;
        for glyph in &item.glyphs {
            let text = item.text.get(glyph.range()).unwrap_or_default();
            let start = cursor + glyph.x_offset.at(size);
            let han = text.chars().next().is_some_and(is_ideograph);
            if let (Some(end), true) = (before, han) {
                let gap = (start - end) / size;
                self.widest = self.widest.max(gap);
                self.closest = self.closest.min(gap);
            }
            // Where the character would end if nothing were added to it.
            let own = item.font.x_advance(glyph.id).unwrap_or(glyph.x_advance);
            before = han.then(|| start + own.at(size));
            self.characters +=
                text.chars().filter(|&c| is_ideograph(c) || c.is_alphanumeric()).count();
            cursor += glyph.x_advance.at(size);
        }
        self.text.extend(cjk::visible(&item.text));
    }
}

/// Returns stranded lines: single characters that end a paragraph, and first or last lines of a
/// paragraph that have a column to themselves.
pub(super) fn lone(lines: &[Line]) -> (Vec<&Line>, Vec<&Line>) {
    let (mut runts, mut strays) = (vec![], vec![]);
    for paragraph in lines.split_inclusive(|line| line.last) {
        let Some(last) = paragraph.last().filter(|line| line.last && paragraph.len() > 1) else {
            continue;
        };
        if last.characters <= 1 {
            runts.push(last);
        }
        // A new column begins where a line stands higher, or on another page.
        let columns: Vec<&[Line]> =
            paragraph.chunk_by(|line, next| line.page == next.page && line.y < next.y).collect();
        if columns.len() > 1 {
            let ends = [columns[0], columns[columns.len() - 1]];
            strays.extend(
                ends.into_iter().filter(|column| column.len() == 1).map(|column| &column[0]),
            );
        }
    }
    (runts, strays)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a paragraph of lines at the given heights, the last of which has some characters.
    fn paragraph(heights: &[f64], characters: usize) -> Vec<Line> {
        let line = |(at, &y): (usize, &f64)| Line {
            from: 1,
            page: 1,
            text: String::new(),
            characters: if at + 1 == heights.len() { characters } else { 20 },
            widest: 0.0,
            closest: 0.0,
            last: at + 1 == heights.len(),
            justified: at + 1 < heights.len(),
            x: 0.0,
            y,
            end: 0.0,
        };
        heights.iter().enumerate().map(line).collect()
    }

    #[test]
    fn lines_alone_are_told_from_lines_in_company() {
        let count = |heights: &[f64], characters| {
            let lines = paragraph(heights, characters);
            let (runts, strays) = lone(&lines);
            (runts.len(), strays.len())
        };
        assert_eq!(count(&[10.0, 20.0, 30.0], 5), (0, 0));
        assert_eq!(count(&[10.0, 20.0, 30.0], 1), (1, 0));
        assert_eq!(count(&[10.0], 1), (0, 0), "a paragraph of one character");
        assert_eq!(count(&[90.0, 10.0, 20.0], 5), (0, 1), "the first line at a column's foot");
        assert_eq!(count(&[80.0, 90.0, 10.0], 5), (0, 1), "the last line at a column's head");
        assert_eq!(count(&[80.0, 90.0, 10.0, 20.0], 5), (0, 0));
    }
}
