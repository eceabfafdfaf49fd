//! Footnote marks within the caption of a picture.
//!
//! The parser takes `![题[^1]](a.svg)` for text: to it a link holds no other, and a footnote's mark
//! is one. So it is shown the caption without the mark's brackets, and the mark is put back.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Spanned;
use super::emphasis::is_escaped;

/// Returns the places of the brackets of all footnote marks within captions.
pub(super) fn brackets(text: &str, options: Options) -> Vec<usize> {
    if !(text.contains("![") && text.contains("[^")) {
        return vec![];
    }
    let events: Vec<Spanned> = Parser::new_ext(text, options).into_offset_iter().collect();
    let mut out = vec![];
    for (event, range) in &events {
        let Event::Text(shown) = event else { continue };
        // The parser splits text at brackets: what precedes them is looked at in the text.
        if !shown.ends_with('[')
            || !text[..range.end].ends_with("![")
            || is_escaped(text, range.end - 2)
        {
            continue;
        }
        let Some(end) = caption_end(text, range.end) else { continue };
        for (event, mark) in &events {
            let is_mark = matches!(event, Event::FootnoteReference(_));
            if is_mark && mark.start >= range.end && mark.end <= end {
                out.extend([mark.start, mark.end - 1]);
            }
        }
    }
    out
}

/// Returns where the caption that begins at `start` ends, if an address follows it.
fn caption_end(text: &str, start: usize) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text[start..].char_indices() {
        let at = start + at;
        match c {
            '[' if !is_escaped(text, at) => depth += 1,
            ']' if !is_escaped(text, at) => depth -= 1,
            '\n' if text[at + 1..].starts_with('\n') => return None,
            _ => {}
        }
        if depth == 0 {
            return text[at + 1..].starts_with('(').then_some(at);
        }
    }
    None
}

/// Puts the marks within captions back.
pub(super) fn notes<'t>(text: &'t str, events: Vec<Spanned<'t>>) -> Vec<Spanned<'t>> {
    let mut out = Vec::with_capacity(events.len());
    let mut pictures = 0;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Text(shown) if pictures > 0 && **shown == text[range.clone()] => {
                split(text, range, &mut out);
                continue;
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

fn split<'t>(text: &'t str, range: Range<usize>, out: &mut Vec<Spanned<'t>>) {
    let mut at = range.start;
    while let Some((mark, label)) = next_mark(text, at..range.end) {
        if at < mark.start {
            out.push((Event::Text(text[at..mark.start].into()), at..mark.start));
        }
        at = mark.end;
        out.push((Event::FootnoteReference(label.into()), mark));
    }
    if at < range.end {
        out.push((Event::Text(text[at..range.end].into()), at..range.end));
    }
}

fn next_mark(text: &str, range: Range<usize>) -> Option<(Range<usize>, &str)> {
    let inner = &text[range.clone()];
    let open = inner.find("[^")?;
    let length = inner[open + 2..].find(']')?;
    let label = &inner[open + 2..open + 2 + length];
    let mark = range.start + open..range.start + open + length + 3;
    (!is_escaped(text, mark.start)).then_some((mark, label))
}
