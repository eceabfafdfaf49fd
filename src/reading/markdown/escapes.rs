//! `^\[1\]^` and `^\*\*\*^`, as converters write what is raised: the text between two marks comes in
//! pieces, one for each character behind a backslash.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Spanned;
use crate::reading::raised;

/// What stands for text that is raised in several pieces, and that is lowered: tags that no option asks for.
pub(super) const RAISED: Tag<'static> = Tag::Strikethrough;
pub(super) const LOWERED: Tag<'static> = Tag::Subscript;

/// How many pieces what is raised may have.
const MOST: usize = 16;

/// Where a mark stands: the piece, and the byte in it.
type At = (usize, usize);

/// Puts what is raised or lowered across several pieces of text between its tags; `file` is the text
/// that the ranges are in.
pub(super) fn gathered<'e>(events: Vec<Spanned<'e>>, file: &str) -> Vec<Spanned<'e>> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        if !is_as_written(&event) {
            out.push(event);
            continue;
        }
        let mut pieces = vec![event];
        while let Some(next) = events.next_if(is_as_written) {
            pieces.push(next);
        }
        if pieces.len() > 2 {
            split(pieces, file, &mut out);
        } else {
            out.append(&mut pieces);
        }
    }
    out
}

/// Whether an event is text with as many bytes as its file has there: entities, and characters that the
/// parser replaces, have others, and no place in them is one in the file.
fn is_as_written(event: &Spanned) -> bool {
    matches!(&event.0, Event::Text(text) if text.len() == event.1.len())
}

fn text<'a>(piece: &'a Spanned) -> &'a str {
    match &piece.0 {
        Event::Text(text) => text,
        _ => "",
    }
}

/// Whether the piece begins behind a backslash.
fn is_escaped(piece: &Spanned, file: &str) -> bool {
    file[..piece.1.start].ends_with('\\')
}

fn split<'e>(mut pieces: Vec<Spanned<'e>>, file: &str, out: &mut Vec<Spanned<'e>>) {
    while let Some((open, close, mark)) = next(&pieces, file) {
        // From the end, so that places before it stay.
        let tag = if mark == '^' { RAISED } else { LOWERED };
        let at = |at: At| pieces[at.0].1.start + at.1;
        let (start, end) = (at(open), at(close));
        let mut rest = cut(&mut pieces, close);
        let inner = cut(&mut pieces, open);
        out.append(&mut pieces);
        out.push((Event::Start(tag.clone()), start..start + 1));
        out.extend(inner.into_iter().enumerate().filter_map(|(at, piece)| without(piece, at == 0)));
        out.push((Event::End(tag.to_end()), end..end + 1));
        let first = rest.remove(0);
        pieces = without(first, true).into_iter().chain(rest).collect();
    }
    out.append(&mut pieces);
}

/// A piece without the mark that begins it, if it has one; `None` where nothing is left.
fn without(piece: Spanned, begins: bool) -> Option<Spanned> {
    let cut = usize::from(begins);
    let (rest, Range { start, end }) = (text(&piece)[cut..].to_owned(), piece.1.clone());
    (!rest.is_empty()).then(|| (Event::Text(rest.into()), start + cut..end))
}

/// Cuts pieces at a place; returns those behind it.
fn cut<'e>(pieces: &mut Vec<Spanned<'e>>, at: At) -> Vec<Spanned<'e>> {
    let mut rest = pieces.split_off(at.0);
    if at.1 > 0 {
        let piece = rest.remove(0);
        let (before, after) = text(&piece).split_at(at.1);
        let middle = piece.1.start + at.1;
        pieces.push((Event::Text(before.to_owned().into()), piece.1.start..middle));
        rest.insert(0, (Event::Text(after.to_owned().into()), middle..piece.1.end));
    }
    rest
}

/// The next two marks with several pieces between them, and which marks they are.
fn next(pieces: &[Spanned], file: &str) -> Option<(At, At, char)> {
    for (index, piece) in pieces.iter().enumerate() {
        let own = text(piece);
        // Of one piece the last mark can have its partner in another.
        let Some(open) = own.rfind(['^', '~']).filter(|at| *at > 0 || !is_escaped(piece, file))
        else {
            continue;
        };
        let mark = own[open..].chars().next()?;
        let mut inner = own[open + 1..].to_owned();
        for (offset, other) in pieces[index + 1..].iter().take(MOST).enumerate() {
            let own = text(other);
            let close = own.find(mark).filter(|at| *at > 0 || !is_escaped(other, file));
            let Some(close) = close else {
                inner.push_str(own);
                continue;
            };
            inner.push_str(&own[..close]);
            let from = index.saturating_sub(MOST);
            let before: String = pieces[from..index].iter().map(text).collect();
            let before = before + &text(piece)[..open];
            if raised::is_script(mark, &before, &inner, &own[close + 1..]) {
                return Some(((index, open), (index + 1 + offset, close), mark));
            }
            break;
        }
    }
    None
}
