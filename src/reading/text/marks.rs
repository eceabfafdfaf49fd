//! Sets adjacent marks together: moves them out of styled runs, and into runs of their own where
//! needed.

use super::merge;
use crate::reading::model::{Inline, Inlines};
use cjk::{WORD_JOINER, is_closing, is_half_empty, is_latin, is_opening, is_shared, partner};

/// Moves marks out of a styled run where they touch other marks, so that all share their space
/// (rule 5).
///
/// A pair of brackets goes whole: what opens a run leaves it together with what closes it.
pub(super) fn unite(inlines: &mut Inlines) {
    let mut out: Inlines = Vec::with_capacity(inlines.len());
    let mut rest = std::mem::take(inlines).into_iter().peekable();
    while let Some(mut inline) = rest.next() {
        let Some(body) = styled(&mut inline) else {
            out.push(inline);
            continue;
        };
        unite(body);
        let touches = |c: Option<char>| c.is_some_and(is_half_empty);
        let (first, last) = (first_char(body), last_char(body));
        let (before, after) = (
            out.last().and_then(|run| edge_char(run, last_char)),
            rest.peek().and_then(|run| edge_char(run, first_char)),
        );
        let leading = touches(first) && touches(before);
        let trailing = touches(last) && touches(after);
        let pair = first.is_some() && first.and_then(partner) == last;
        let head = if leading || trailing && pair { take(body, true) } else { String::new() };
        let tail = if trailing || leading && pair { take(body, false) } else { String::new() };
        merge(body);
        let empty = body.is_empty();
        out.push(Inline::Text { v: head });
        if !empty {
            out.push(inline);
        }
        out.push(Inline::Text { v: tail });
    }
    *inlines = out;
}

/// Gives the marks at the start of a paragraph a run of their own: the template trims it there,
/// where an indent keeps Typst from doing so (rule 7).
pub(crate) fn open(inlines: &mut Inlines) {
    let Some(first) = inlines.first_mut() else { return };
    if let Inline::Text { v } = first {
        let end = v.find(|c| !is_opening(c)).unwrap_or(v.len());
        if end > 0 {
            let rest = v.split_off(end);
            let marks = Inline::Marks { v: std::mem::take(v) };
            inlines.splice(..1, [marks, Inline::Text { v: rest }]);
            merge(inlines);
        }
    } else if let Some(body) = styled(first) {
        open(body);
    }
}

/// Gives apostrophes (rule 9) and `？！` (rule 30) runs of their own.
pub(super) fn split(inlines: &mut Inlines) {
    let mut out: Inlines = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        if let Inline::Text { v } = &inline {
            pieces(v, &mut out);
            continue;
        }
        if let Inline::Footnote { body, .. } | Inline::Sup { body } | Inline::Sub { body } =
            &mut inline
        {
            split(body);
        } else if let Some(body) = styled(&mut inline) {
            split(body);
        }
        out.push(inline);
    }
    *inlines = out;
}

/// Gives the quotes of western text among Chinese runs of their own, in which they are narrow.
pub(super) fn latin(inlines: &mut Inlines) {
    let mut out: Inlines = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        if let Inline::Text { v } = &inline {
            let mut rest = v.as_str();
            while let Some(at) = rest.find(is_shared) {
                let (before, from) = rest.split_at(at);
                let marks = &from[..from.find(|c| !is_shared(c)).unwrap_or(from.len())];
                out.push(Inline::text(before));
                out.push(Inline::Latin { v: marks.to_owned() });
                rest = &from[marks.len()..];
            }
            out.push(Inline::text(rest));
            continue;
        }
        if !matches!(inline, Inline::Footnote { .. } | Inline::Cite { .. })
            && let Some(body) = inline.body_mut()
        {
            latin(body);
        }
        out.push(inline);
    }
    *inlines = out;
}

fn pieces(text: &str, out: &mut Inlines) {
    let chars: Vec<char> = text.chars().collect();
    let mut plain = String::new();
    let mut quoted = false;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rows = chars[at..].iter().take_while(|c| matches!(c, '？' | '！')).count();
        if rows > 1 {
            // Marks before the two belong to their row, so that all share their space.
            let head = plain.trim_end_matches(is_closing).len();
            let marks: String =
                plain.split_off(head).chars().chain(chars[at..at + rows].iter().copied()).collect();
            if !plain.is_empty() {
                plain.push(WORD_JOINER);
            }
            out.push(Inline::text(std::mem::take(&mut plain)));
            out.push(Inline::Marks { v: marks });
            at += rows;
            continue;
        }
        let letter = |c: Option<&char>| c.is_some_and(|&c| is_latin(c));
        let apostrophe = c == '’'
            && at > 0
            && letter(chars.get(at - 1))
            && (letter(chars.get(at + 1)) || !quoted);
        quoted = c == '‘' || quoted && (c != '’' || apostrophe);
        if apostrophe {
            out.push(Inline::text(std::mem::take(&mut plain)));
            out.push(Inline::Latin { v: c.to_string() });
        } else {
            plain.push(c);
        }
        at += 1;
    }
    out.push(Inline::text(plain));
}

/// Returns the runs within a run that only changes the look of its text.
fn styled(inline: &mut Inline) -> Option<&mut Inlines> {
    match inline {
        Inline::Emph { body }
        | Inline::Strong { body }
        | Inline::Dots { body }
        | Inline::Link { body, .. } => Some(body),
        _ => None,
    }
}

fn edge_char(inline: &Inline, of: fn(&[Inline]) -> Option<char>) -> Option<char> {
    of(std::slice::from_ref(inline))
}

fn first_char(inlines: &[Inline]) -> Option<char> {
    match inlines.first()? {
        Inline::Text { v } => v.chars().next(),
        Inline::Emph { body }
        | Inline::Strong { body }
        | Inline::Dots { body }
        | Inline::Link { body, .. } => first_char(body),
        _ => None,
    }
}

fn last_char(inlines: &[Inline]) -> Option<char> {
    match inlines.last()? {
        Inline::Text { v } => v.chars().next_back(),
        Inline::Emph { body }
        | Inline::Strong { body }
        | Inline::Dots { body }
        | Inline::Link { body, .. } => last_char(body),
        _ => None,
    }
}

/// Removes and returns all marks at one edge of runs.
fn take(inlines: &mut Inlines, head: bool) -> String {
    let edge = if head { inlines.first_mut() } else { inlines.last_mut() };
    let Some(edge) = edge else { return String::new() };
    if let Inline::Text { v } = edge {
        return if head {
            let rest = v.split_off(v.find(|c| !is_half_empty(c)).unwrap_or(v.len()));
            std::mem::replace(v, rest)
        } else {
            v.split_off(v.trim_end_matches(is_half_empty).len())
        };
    }
    styled(edge).map(|body| take(body, head)).unwrap_or_default()
}
