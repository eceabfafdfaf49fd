//! Maps a position on a page to the content, and the content to its positions on the pages.

use std::sync::Arc;

use serde::Serialize;
use typst_layout::PagedDocument;

use super::area::Area;
use super::marked::{self, Marks, Stretch, Written};
use crate::reading::model::{Part, PartContent, Report};
use crate::setting::fit::PartPages;
use source::{Place, SourceFile};

/// The kind of a block on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacedKind {
    /// A paragraph.
    Text,
    /// A heading within the text.
    Heading,
    /// An image, a chart or a table.
    Figure,
    /// An entry in the list of references.
    Reference,
    /// A field of the front matter or of the settings, such as the title.
    Field,
}

/// A line of a paragraph, or the part of any other block that is on one page.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The page, from 1.
    pub page: usize,
    /// Its position.
    pub area: Area,
    /// The byte offset of its text in the content's file.
    pub offset: usize,
}

/// A block on the pages, with its source.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its kind.
    pub kind: PlacedKind,
    /// Its source: the first line.
    pub place: Place,
    /// Its positions, in reading order.
    pub spots: Vec<Spot>,
    /// Its text.
    pub text: String,
    /// A hash of its visible content, independent of its position.
    pub look: u64,
}

/// The sources of the content on the pages.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    blocks: Vec<Placed>,
    /// Each part's pages, with the location that requested the part, and the starts of its other
    /// files.
    parts: Vec<(std::ops::Range<usize>, Vec<Place>)>,
}

impl Origins {
    pub(super) fn of_pages(
        document: &PagedDocument,
        report: &Report,
        pages: &[PartPages],
        ascent: f64,
    ) -> Self {
        let mut out = Self::default();
        let stretches = marked::read(document, ascent);
        for place in pages {
            let Some(part) = report.parts.iter().find(|part| part.id == place.id) else { continue };
            let within = place.first..place.first + place.count;
            let references = matches!(part.content, PartContent::References);
            // The list of references is no file's own part: its entries are written in the
            // references' file.
            let entries = report
                .references
                .iter()
                .find_map(|entry| entry.place.as_ref())
                .filter(|_| references);
            let source = Source { part, entries: entries.map(|place| &place.file) };
            let own = stretches.iter().filter(|stretch| within.contains(&stretch.pieces[0].page));
            out.blocks.extend(own.map(|stretch| source.block(stretch)));
            let mut places = vec![part.place.clone()];
            // A part of several files is found by each.
            places.extend(part.files.iter().skip(1).map(|file| Place::new(&file.file, 0..0)));
            out.parts.push((within, places));
        }
        out
    }

    /// Returns all blocks in page order.
    pub fn blocks(&self) -> &[Placed] {
        &self.blocks
    }

    /// Returns the source nearest to a position on a page, in points from the trim's upper left
    /// corner; on a page without text, the part itself.
    pub fn at(&self, page: usize, place: Option<(f64, f64)>) -> Option<Place> {
        let (x, y) = place.unwrap_or_default();
        // Across a page, height counts more.
        let distance = |area: &Area| {
            let (across, down) = area.distance(x, y);
            down + 0.2 * across
        };
        let spots =
            self.blocks.iter().flat_map(|block| block.spots.iter().map(move |spot| (block, spot)));
        let here = spots.filter(|(_, spot)| spot.page == page && place.is_some());
        let nearest = here.min_by(|(_, a), (_, b)| distance(&a.area).total_cmp(&distance(&b.area)));
        let part = || {
            self.parts
                .iter()
                .find(|(pages, _)| pages.contains(&page))
                .and_then(|(_, places)| places.first().cloned())
        };
        nearest.map(|(block, _)| block.place.clone()).or_else(part)
    }

    /// Returns the block that stands at a position on a page, in points from the trim's upper left
    /// corner.
    pub fn on(&self, page: usize, (x, y): (f64, f64)) -> Option<&Placed> {
        let holds = |spot: &Spot| spot.page == page && spot.area.distance(x, y) == (0.0, 0.0);
        self.blocks.iter().find(|block| block.spots.iter().any(holds))
    }

    /// As [`Self::at`], of what may stand in the running head, above all that is written on its page: that
    /// is of no block, but of the part.
    pub fn under_head(&self, page: usize, place: Option<(f64, f64)>) -> Option<Place> {
        /// The least space below a running head.
        const BELOW: f64 = 12.0;
        let spots = self.blocks.iter().flat_map(|block| &block.spots);
        let tops = spots.filter(|spot| spot.page == page).map(|spot| spot.area.y);
        let first = tops.fold(f64::INFINITY, f64::min);
        let head = place.is_some_and(|(_, y)| y < first - BELOW);
        self.at(page, place.filter(|_| !head))
    }

    /// Returns the block for a line of the content, from 1: the last one that begins on or before
    /// it.
    pub fn of(&self, file: &str, line: usize) -> Option<&Placed> {
        let begins = |block: &Placed| block.place.line_column().0;
        let own = self
            .blocks
            .iter()
            .filter(|block| block.place.file.path == file && begins(block) <= line);
        own.max_by_key(|block| begins(block))
    }

    /// Returns the first page of the part in a file.
    pub fn first_page(&self, file: &str) -> Option<usize> {
        let is_in = |places: &[Place]| places.iter().any(|place| place.file.path == file);
        self.parts.iter().find(|(_, places)| is_in(places)).map(|(pages, _)| pages.start)
    }
}

/// Where the blocks of a part were written.
struct Source<'a> {
    part: &'a Part,
    /// The file of the entries, in the list of references.
    entries: Option<&'a Arc<SourceFile>>,
}

impl Source<'_> {
    fn block(&self, stretch: &Stretch) -> Placed {
        let place = match (&stretch.from, self.entries) {
            (Written::Line(line), Some(file)) => Place::of_line(file, *line),
            (Written::Line(line), None) => self.part.line(*line),
            (Written::Key(key), _) => {
                let file = &self.part.place.file;
                Place::rest_of_line(file, key_start(&file.text, key).unwrap_or(0))
            }
        };
        let kind = match (stretch.marks, &stretch.from) {
            (Marks::Text, _) => PlacedKind::Text,
            (Marks::Figure, _) => PlacedKind::Figure,
            (Marks::Other, Written::Line(_)) if self.entries.is_some() => PlacedKind::Reference,
            (Marks::Other, Written::Line(_)) => PlacedKind::Heading,
            (Marks::Other, Written::Key(_)) => PlacedKind::Field,
        };
        let text = &place.file.text;
        // Each line of a paragraph is sought behind the one before it.
        let mut offset = place.range.start;
        let spots = stretch.pieces.iter().map(|piece| {
            if stretch.marks == Marks::Text {
                offset = sought(text, offset, &piece.text).unwrap_or(offset);
            }
            Spot { page: piece.page, area: piece.area, offset }
        });
        let spots = spots.collect();
        let text = stretch.pieces.iter().map(|piece| piece.text.as_str()).collect();
        Placed { kind, place, spots, text, look: stretch.look }
    }
}

/// Returns the start of the line that begins with a key.
pub(super) fn key_start(text: &str, key: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// Returns the source of a typeset line, searching from `from` to the end of the paragraph. Only
/// its first few characters are compared, since Markdown's marks and spaces may intervene.
fn sought(text: &str, from: usize, line: &str) -> Option<usize> {
    let rest = &text[from..];
    let rest = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
    [16, 8, 5, 3].into_iter().find_map(|count| {
        let end = line.char_indices().nth(count).map_or(line.len(), |(at, _)| at);
        let words = line[..end].trim();
        (!words.is_empty()).then(|| rest.find(words)).flatten().map(|at| from + at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_line_is_sought_in_its_paragraph() {
        let text = "一二三四五，**六七**八九十\n\n八九十";
        assert_eq!(sought(text, 0, "四五，六七八"), text.find("四五，"));
        assert_eq!(sought(text, 0, "八九十"), text.find("八九十"));
        assert_eq!(sought("一二三\n\n四五六", 0, "四五六"), None);
    }

    #[test]
    fn keys_begin_where_they_stand() {
        let text = "---\ntitle-lines: [a]\ntitle: b\n---\n";
        assert_eq!(key_start(text, "title"), Some(text.find("title: b").expect("it is there")));
        assert_eq!(key_start(text, "quote"), None);
    }
}
