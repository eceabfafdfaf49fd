//! Turns glyphs into text: spaces between words but not between Han characters, and hyphens at
//! line ends made soft.

use cjk::{is_invisible, is_wide};
use kurbo::Rect;

use super::ink::Glyph;
use crate::version::{At, Passage};

/// A hyphen introduced at a line end, which another layout may not need.
pub(crate) const SOFT: char = '\u{AD}';

/// Builds a block from glyphs in order, each with its page.
pub(super) fn block(glyphs: &[(usize, &Glyph)]) -> Passage {
    let mut out = Passage::default();
    let mut before: Option<(usize, &Glyph)> = None;
    for &(page, glyph) in glyphs {
        if let Some((last, from)) = before {
            let line = last != page
                || (glyph.origin.y - from.origin.y).abs() > 0.6 * from.size.max(glyph.size)
                || glyph.origin.x < from.origin.x;
            let gap = glyph.rect.x0 - from.rect.x1 > 0.2 * glyph.size;
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
