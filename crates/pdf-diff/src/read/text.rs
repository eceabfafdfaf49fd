//! Turns glyphs into text: spaces between words but not between Han characters, and hyphens at
//! line ends made soft.

use cjk::{is_invisible, is_wide};
use kurbo::Rect;

use super::ink::Glyph;
use crate::version::{At, Passage};

/// A hyphen introduced at a line end, which another layout may not need.
pub(crate) const SOFT: char = '\u{AD}';

/// The gap between words, in sizes, beyond that between the letters of the line: fonts have a blank
/// of about a quarter, and lines may be set tighter.
const WORDS: f64 = 0.13;
/// The gap between letters that are set wide, at most.
const WIDE: f64 = 0.1;

/// Returns whether a glyph stands on another line than the one before it.
fn breaks(before: (usize, &Glyph), page: usize, glyph: &Glyph) -> bool {
    let (last, from) = before;
    last != page
        || (glyph.origin.y - from.origin.y).abs() > 0.6 * from.size.max(glyph.size)
        || glyph.origin.x < from.origin.x
}

/// Returns for each glyph the gap, in sizes, that begins a word on its line: letters may be set
/// apart, or close to each other.
fn gaps(glyphs: &[(usize, &Glyph)]) -> Vec<f64> {
    let gap = |from: &Glyph, to: &Glyph| (to.rect.x0 - from.rect.x1) / to.size.max(1e-3);
    let mut out = Vec::with_capacity(glyphs.len());
    let lines = glyphs.chunk_by(|one, next| !breaks(*one, next.0, next.1));
    for line in lines {
        let mut all: Vec<f64> = line.windows(2).map(|pair| gap(pair[0].1, pair[1].1)).collect();
        all.sort_by(f64::total_cmp);
        let middle = all.get(all.len() / 2).copied().unwrap_or(0.0).clamp(0.0, WIDE);
        out.extend(std::iter::repeat_n(middle + WORDS, line.len()));
    }
    out
}

/// Builds a block from glyphs in order, each with its page.
pub(super) fn block(glyphs: &[(usize, &Glyph)]) -> Passage {
    let mut out = Passage::default();
    let mut before: Option<(usize, &Glyph)> = None;
    let gaps = gaps(glyphs);
    for (&(page, glyph), least) in glyphs.iter().zip(gaps) {
        if let Some((last, from)) = before {
            let line = breaks((last, from), page, glyph);
            let gap = glyph.rect.x0 - from.rect.x1 > least * glyph.size;
            if line && matches!(out.text.last(), Some('-' | '\u{2010}')) && out.text.len() > 1 {
                out.text.pop();
                out.text.push(SOFT);
            } else if line || gap {
                push(&mut out, ' ', page, glyph.rect);
            }
        }
        // Marks without width, such as joiners, are no part of what is read.
        let seen = |c: &char| c.is_whitespace() || !is_invisible(*c) && *c != '\0';
        for c in glyph.text.chars().filter(seen) {
            push(&mut out, if c.is_whitespace() { ' ' } else { c }, page, glyph.rect);
        }
        before = Some((page, glyph));
    }
    if out.text.last() == Some(&' ') {
        out.text.pop();
        out.places.pop();
    }
    out
}

/// Adds a character; spaces are kept only between words of letters.
fn push(out: &mut Passage, c: char, page: usize, rect: Rect) {
    let last = out.text.last().copied();
    match (last, c) {
        (None | Some(' ' | SOFT), ' ') => return,
        (Some(last), ' ') if is_wide(last) => return,
        (Some(' '), c) if is_wide(c) => {
            out.text.pop();
            out.places.pop();
        }
        _ => {}
    }
    out.text.push(c);
    out.places.push(At { page, rect });
}
