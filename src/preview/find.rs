//! Text search on the pages, with the positions of the matches.

use serde::Serialize;
use typst::layout::{FrameItem, Point, Size};
use typst_layout::PagedDocument;

use crate::setting::Area;
use crate::setting::frames::{self, Stance};

/// The maximum number of matches.
const MOST: usize = 500;
/// The number of characters of context on each side of a match.
const AROUND: usize = 14;

/// A match of the search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The page, from 1.
    pub page: usize,
    /// The rectangles of the match, one per line.
    pub areas: Vec<Area>,
    /// The text before it.
    pub before: String,
    /// The matched words as typeset.
    pub words: String,
    /// The text after it.
    pub after: String,
}

/// Seeks words on all pages: spaces, the ends of lines, and capitals make no difference. `ascent`
/// is how far a line's box reaches above its baseline, in ems.
pub fn find(document: &PagedDocument, ascent: f64, words: &str) -> Vec<Hit> {
    let wanted: Vec<char> = words.chars().filter_map(folded).collect();
    if wanted.is_empty() {
        return vec![];
    }
    let mut hits = vec![];
    for (index, page) in document.pages().iter().enumerate() {
        let mut set = vec![];
        frames::visit(&page.frame, &mut |item, stance| read(item, stance, ascent, &mut set));
        let mut at = 0;
        while at + wanted.len() <= set.len() && hits.len() < MOST {
            let end = at + wanted.len();
            if set[at..end].iter().map(|c| c.folded).eq(wanted.iter().copied()) {
                hits.push(hit(index + 1, &set, at, end));
                at = end;
            } else {
                at += 1;
            }
        }
    }
    hits
}

/// A character as typeset.
struct Set {
    c: char,
    folded: char,
    area: Area,
}

/// Folds a character for comparison; returns `None` if it is to be skipped.
fn folded(c: char) -> Option<char> {
    (!cjk::is_invisible(c)).then(|| c.to_lowercase().next().unwrap_or(c))
}

fn read(item: &FrameItem, stance: Stance, ascent: f64, out: &mut Vec<Set>) {
    let FrameItem::Text(text) = item else { return };
    let mut corner = Point::with_y(-text.size * ascent);
    for glyph in &text.glyphs {
        let advance = glyph.x_advance.at(text.size);
        let characters: Vec<(char, char)> =
            text.text[glyph.range()].chars().filter_map(|c| Some((c, folded(c)?))).collect();
        // A ligature's characters share its width.
        let width = advance / characters.len().max(1) as f64;
        for (i, (c, folded)) in characters.into_iter().enumerate() {
            let corner = Point::new(corner.x + width * i as f64, corner.y);
            out.push(Set { c, folded, area: stance.area(corner, Size::new(width, text.size)) });
        }
        corner.x += advance;
    }
}

fn hit(page: usize, set: &[Set], start: usize, end: usize) -> Hit {
    let text = |from: usize, to: usize| set[from..to].iter().map(|c| c.c).collect::<String>();
    let mut areas: Vec<Area> = vec![];
    for c in &set[start..end] {
        match areas.last_mut() {
            Some(line) if (line.y - c.area.y).abs() < line.height / 2.0 && c.area.x >= line.x => {
                *line = line.with(&c.area);
            }
            _ => areas.push(c.area),
        }
    }
    let before = text(start.saturating_sub(AROUND), start);
    let after = text(end, (end + AROUND).min(set.len()));
    Hit { page, areas, before, words: text(start, end), after }
}
