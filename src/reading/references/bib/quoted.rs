//! Quotation marks in braces within a value in quotation marks: `title = "The {"}big{"} one"`; and
//! entries in round brackets, `@string(a = "b")`, which the parser does not know.
//!
//! In BibTeX only a mark outside all braces ends such a value; the parser ends it at any. So it is
//! shown another character of one byte in the place of those within braces.

use std::borrow::Cow;

/// What stands for a mark: no text has it, but for one that is refused for it.
const MASK: char = '\u{1}';

/// Returns a file's text with the marks in braces masked; `None` if there are none.
pub(super) fn masked(text: &str) -> Option<String> {
    let places = places(text);
    if places.is_empty() || text.contains(MASK) {
        return None;
    }
    let mut places = places.into_iter().peekable();
    let mask = |(at, c)| if places.next_if_eq(&at).is_some() { MASK } else { c };
    Some(text.char_indices().map(mask).collect())
}

/// Returns a file's text with the round brackets of entries as braces; `None` if there are none.
pub(super) fn braced(text: &str) -> Option<String> {
    let mut out: Option<Vec<u8>> = None;
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices('@') {
        // An entry begins a line.
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let name = text[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let behind = &text[at + 1 + name..];
        let open = at + 1 + name + behind.len() - behind.trim_start().len();
        if !line.trim().is_empty() || name == 0 || bytes.get(open) != Some(&b'(') {
            continue;
        }
        let Some(close) = closing(&bytes[open + 1..]) else { continue };
        let out = out.get_or_insert_with(|| bytes.to_vec());
        out[open] = b'{';
        out[open + 1 + close] = b'}';
    }
    String::from_utf8(out?).ok()
}

/// Where the round bracket stands that closes an entry: outside of braces and quotation marks.
fn closing(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut quoted) = (0usize, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' if depth == 0 => quoted = !quoted,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b')' if depth == 0 && !quoted => return Some(at),
            // The next entry: this one is not closed.
            b'@' if depth == 0 && !quoted => return None,
            _ => {}
        }
    }
    None
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
    fn entries_in_round_brackets_have_braces() {
        for (text, right) in [
            (
                "@string(n = \"a) b\")\n@book(k, title = {x (y)})",
                Some("@string{n = \"a) b\"}\n@book{k, title = {x (y)}}"),
            ),
            ("@book (k, title = {x})", Some("@book {k, title = {x}}")),
            ("@book{k, note = {@x(y)}}", None),
            ("@book(k, title = {x}", None),
        ] {
            assert_eq!(braced(text).as_deref(), right, "{text}");
        }
    }

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
