//! The words between the braces of attributes.

use std::ops::Range;

/// The quotes around a value: those of the keyboard, and those that are typed for them.
const QUOTES: &[char] = &['"', '\'', '“', '”', '＂', '「', '」'];

/// A value without the pair of quotes around it.
pub(super) fn unquoted(value: &str) -> &str {
    let mut ends = value.chars();
    let (first, last) = (ends.next(), ends.next_back());
    match (first, last) {
        (Some(open), Some(close)) if QUOTES.contains(&open) && counterpart(open) == close => {
            &value[open.len_utf8()..value.len() - close.len_utf8()]
        }
        _ => value,
    }
}

/// Where the brace closes, outside of quotes and on the same line.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut quoted: Option<char> = None;
    for (at, c) in text.char_indices() {
        match (quoted, c) {
            (_, '\n') => return None,
            (None, '}') => return Some(at),
            (None, '"' | '\'' | '“' | '＂' | '「') => quoted = Some(counterpart(c)),
            (Some(close), c) if c == close => quoted = None,
            _ => {}
        }
    }
    None
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
            Some(close) if c == close => quoted = None,
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
