//! Quotation marks in braces within a value in quotation marks: `title = "The {"}big{"} one"`.
//!
//! In BibTeX only a mark outside all braces ends such a value; the parser ends it at any. So it is
//! shown another character of one byte in the place of those within braces.

use std::borrow::Cow;

/// What stands for a mark: no text has it, but for one that is refused for it.
const MASK: char = '\u{1}';

/// Returns a file's text with the marks in braces masked, and in braces what stands in round brackets;
/// `None` if there is neither.
pub(super) fn masked(text: &str) -> Option<String> {
    let Some(braced) = braced(text) else { return quotes_masked(text) };
    quotes_masked(&braced).or(Some(braced))
}

/// Returns a text whose entries in round brackets, `@string(a = "b")`, stand in braces.
fn braced(text: &str) -> Option<String> {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(found) = text[at..].find('@') {
        at += found + 1;
        let name = text[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let start = at + name + text[at + name..].len() - text[at + name..].trim_start().len();
        // Within a value it is a sign of the text.
        let first = text[..at - 1].rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
        if name == 0 || !first || !text[start..].starts_with('(') {
            continue;
        }
        let (mut depth, mut quoted) = (0usize, false);
        let close = text[start + 1..].char_indices().find(|(_, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '"' if depth == 0 => quoted = !quoted,
                ')' => return depth == 0 && !quoted,
                _ => {}
            }
            false
        });
        if let Some((length, _)) = close {
            out[start] = b'{';
            out[start + 1 + length] = b'}';
            at = start + 1 + length;
        }
    }
    String::from_utf8(out).ok().filter(|out| out != text)
}

fn quotes_masked(text: &str) -> Option<String> {
    let places = places(text);
    if places.is_empty() || text.contains(MASK) {
        return None;
    }
    let mut places = places.into_iter().peekable();
    let mask = |(at, c)| if places.next_if_eq(&at).is_some() { MASK } else { c };
    Some(text.char_indices().map(mask).collect())
}

/// Returns a value with the marks that were masked.
pub(super) fn unmasked(value: &str) -> Cow<'_, str> {
    match value.contains(MASK) {
        true => value.replace(MASK, "\"").into(),
        false => value.into(),
    }
}

/// The places of all marks in braces within values in quotation marks.
fn places(text: &str) -> Vec<usize> {
    let mut out = vec![];
    // The character before, but for blanks: a value begins behind `=` or `#`.
    let mut last = ' ';
    // How deep the braces are within the value that is open, and where its marks are.
    let mut open: Option<(usize, Vec<usize>)> = None;
    for (at, c) in text.char_indices() {
        match (&mut open, c) {
            (None, '"') if matches!(last, '=' | '#') => open = Some((0, vec![])),
            (Some((0, _)), '"') => {
                out.extend(open.take().into_iter().flat_map(|(_, marks)| marks));
            }
            (Some((_, marks)), '"') => marks.push(at),
            (Some((depth, _)), '{') => *depth += 1,
            // A brace too many closes the entry: the value is broken.
            (Some((0, _)), '}') => open = None,
            (Some((depth, _)), '}') => *depth -= 1,
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_braces_are_masked_and_come_back() {
        for (text, right) in [
            (r#"title = "The {"}big{"} one", year = "2020""#, Some(2)),
            (r#"author = "G{\"o}del, K.""#, Some(1)),
            (r#"title = "a" # "{"b"}""#, Some(2)),
            (r#"title = "plain", note = {a "b" = "c"}"#, None),
            (r#"title = {He said {"}so{"}}"#, None),
            (r#"title = "open {" }"#, None),
        ] {
            let found = masked(text);
            let count = found.as_ref().map(|found| found.matches(MASK).count());
            assert_eq!(count, right, "{text}");
            if let Some(found) = found {
                assert_eq!(found.len(), text.len());
                assert_eq!(unmasked(&found), text);
            }
        }
    }
}
