//! Text sought on the pages, with the places where it stands.

use serde::Serialize;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::layout::Area;

/// How many places are told at most.
const MOST: usize = 500;
/// How many characters around a place are told on each side.
const AROUND: usize = 14;

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The page, from 1.
    pub page: usize,
    /// A rectangle a line.
    pub areas: Vec<Area>,
    /// What stands before them.
    pub before: String,
    /// The words as they are set.
    pub words: String,
    /// What stands behind them.
    pub after: String,
}

/// Seeks words on all pages: spaces, the ends of lines, and capitals make no difference.
pub fn find(document: &PagedDocument, words: &str) -> Vec<Hit> {
    let wanted: Vec<char> = words.chars().filter_map(folded).collect();
    if wanted.is_empty() {
        return vec![];
    }
    let mut hits = vec![];
    for (index, page) in document.pages().iter().enumerate() {
        let mut set = vec![];
        read(&page.frame, Point::zero(), &mut set);
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

/// A character as it is set.
struct Set {
    c: char,
    folded: char,
    area: Area,
}

/// A character as it is compared; `None` for one that is passed over.
fn folded(c: char) -> Option<char> {
    let invisible = c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    (!invisible).then(|| c.to_lowercase().next().unwrap_or(c))
}

fn read(frame: &Frame, at: Point, out: &mut Vec<Set>) {
    for (offset, item) in frame.items() {
        let at = at + *offset;
        match item {
            FrameItem::Group(group) => read(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), out),
            FrameItem::Text(text) => {
                let (size, y) = (text.size.to_pt(), at.y.to_pt());
                let mut x = at.x;
                for glyph in &text.glyphs {
                    let advance = glyph.x_advance.at(text.size);
                    let characters: Vec<(char, char)> =
                        text.text[glyph.range()].chars().filter_map(|c| Some((c, folded(c)?))).collect();
                    // A ligature's characters share its width.
                    let width = advance.to_pt() / characters.len().max(1) as f64;
                    for (i, (c, folded)) in characters.into_iter().enumerate() {
                        let x = x.to_pt() + width * i as f64;
                        out.push(Set { c, folded, area: Area { x, y: y - 0.88 * size, width, height: size } });
                    }
                    x += advance;
                }
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
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
