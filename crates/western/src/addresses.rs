//! Addresses typed as plain text, whose marks are their own.

use std::ops::Range;

use super::{OBJECT, is_blank};

/// Returns a text with its addresses as objects; `None` if it has none.
pub(crate) fn masked(text: &[char]) -> Option<Vec<char>> {
    let found = addresses(text);
    if found.is_empty() {
        return None;
    }
    let mut out = text.to_vec();
    found.into_iter().for_each(|range| out[range].fill(OBJECT));
    Some(out)
}

fn addresses(text: &[char]) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut at = 0;
    while at < text.len() {
        let length = text[at..].iter().take_while(|c| !is_blank(**c)).count();
        let word = &text[at..at + length];
        if let Some(start) = start(word) {
            let end = word.iter().rposition(|c| !".,;:!?)]}>\"'”’…".contains(*c));
            out.extend(end.filter(|end| *end > start).map(|end| at + start..at + end + 1));
        }
        at += length.max(1);
    }
    out
}

/// Returns where the address in a word begins: its scheme, `www.`, or the name before an `@`.
fn start(word: &[char]) -> Option<usize> {
    let find = |needle: &str| {
        let needle: Vec<char> = needle.chars().collect();
        word.windows(needle.len()).position(|piece| piece == needle)
    };
    let back = |from: usize, inside: fn(&char) -> bool| {
        from - word[..from].iter().rev().take_while(|c| inside(c)).count()
    };
    if let Some(at) = find("://") {
        return Some(back(at, char::is_ascii_alphabetic)).filter(|start| *start < at);
    }
    if let Some(at) = find("www.") {
        return (at == 0 || !word[at - 1].is_alphanumeric()).then_some(at);
    }
    let at = word.iter().position(|c| *c == '@')?;
    let start = back(at, |c| c.is_ascii_alphanumeric() || "._+-".contains(*c));
    let dotted = word[at..].windows(2).any(|pair| pair[0] == '.' && pair[1].is_ascii_alphabetic());
    (start < at && dotted).then_some(start)
}

#[cfg(test)]
mod tests {
    use crate::set;

    #[test]
    fn addresses_are_left_alone() {
        for (typed, right) in [
            ("see https://a.org/b--c...d, it's \"x\"", "see https://a.org/b--c...d, it’s “x”"),
            ("\"http://a.org/x--y\" is", "“http://a.org/x--y” is"),
            ("(www.a.org/b--c) -- o'b--c@a.org", "(www.a.org/b--c) – o’b--c@a.org"),
            ("an @ sign -- so", "an @ sign – so"),
        ] {
            assert_eq!(set(typed), right);
        }
    }
}
