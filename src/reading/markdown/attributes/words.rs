//! The words between the braces of attributes.

use std::ops::Range;

/// The quotes around a value: those of the keyboard, and those that are typed for them.
const QUOTES: &[char] = &['"', '\'', '“', '”', '＂', '「', '」'];

/// A value without the pair of quotes around it; a quote behind a backslash is one of its own.
pub(super) fn unquoted(value: &str) -> String {
    let mut ends = value.chars();
    let (first, last) = (ends.next(), ends.next_back());
    match (first, last) {
        (Some(open), Some(close)) if QUOTES.contains(&open) && counterpart(open) == close => {
            let inner = &value[open.len_utf8()..value.len() - close.len_utf8()];
            inner.replace("\\\"", "\"").replace("\\'", "'")
        }
        _ => value.to_owned(),
    }
}

/// Whether a quote at a place is kept by a backslash.
fn is_kept(text: &str, at: usize) -> bool {
    text[at..].starts_with(['"', '\'']) && text[..at].ends_with('\\')
}

/// Where the brace closes, outside of quotes and on the same line.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut quoted: Option<char> = None;
    // The braces of a variable, `{{name}}`, close nothing.
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from {
            continue;
        }
        if let Some(end) = text[at..].strip_prefix("{{").and_then(end_of_name) {
            from = at + end + 4;
            continue;
        }
        match (quoted, c) {
            (_, '\n') => return None,
            (None, '}') => return Some(at),
            // No word of theirs holds a brace.
            (None, '{') => return None,
            (None, '"' | '\'' | '“' | '＂' | '「') => quoted = Some(counterpart(c)),
            (Some(close), c) if c == close && !is_kept(text, at) => quoted = None,
            _ => {}
        }
    }
    None
}

/// Where the name of a variable ends: it holds no brace itself.
fn end_of_name(rest: &str) -> Option<usize> {
    let end = rest.find(['{', '}', '\n'])?;
    rest[end..].starts_with("}}").then_some(end)
}

fn counterpart(c: char) -> char {
    match c {
        '“' => '”',
        '「' => '」',
        other => other,
    }
}

/// The words between braces: white space within quotes parts none.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut out = vec![];
    let (mut start, mut quoted): (Option<usize>, Option<char>) = (None, None);
    for (at, c) in text.char_indices() {
        match quoted {
            Some(close) if c == close && !is_kept(text, at) => quoted = None,
            Some(_) => {}
            None if c.is_whitespace() => out.extend(start.take().map(|start| start..at)),
            None => {
                start = start.or(Some(at));
                if QUOTES.contains(&c) {
                    quoted = Some(counterpart(c));
                }
            }
        }
    }
    out.extend(start.map(|start| start..text.len()));
    out
}
