//! Content streams operator by operator, each with its place (ISO 32000-1, 7.8.2): for whoever
//! changes a word of one and leaves the rest, byte for byte.

use crate::inline::inline_image;
use crate::lex::{is_delimiter, name, pass, skip};

/// An operator with its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation<'a> {
    /// The operator, such as `re`; an inline image as a whole is `BI`.
    pub operator: &'a [u8],
    /// The operands as written, or what is between `BI` and `EI`.
    pub operands: &'a [u8],
    /// Where the operands begin.
    pub start: usize,
    /// Where the operator ends.
    pub end: usize,
}

impl Operation<'_> {
    /// Returns the numbers among the operands.
    pub fn numbers(&self) -> Vec<f32> {
        let words = self.operands.split(|&byte| is_delimiter(byte));
        words.filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok()).collect()
    }

    /// Returns the last operand, if it is a name, with its escapes resolved.
    pub fn name(&self) -> Option<Vec<u8>> {
        let at = self.operands.iter().rposition(|&byte| byte == b'/')?;
        let (name, end) = name(self.operands, at);
        (skip(self.operands, end) >= self.operands.len()).then_some(name)
    }
}

/// Returns the operations of a content stream; `None` if it cannot be told where one of them ends.
pub fn operations(bytes: &[u8]) -> Option<Vec<Operation<'_>>> {
    let (mut out, mut at) = (vec![], skip(bytes, 0));
    let mut start = at;
    while let Some(&byte) = bytes.get(at) {
        if is_operand(byte) {
            at = skip(bytes, pass(bytes, at)?);
            continue;
        }
        if is_delimiter(byte) {
            return None;
        }
        let end =
            at + bytes[at..].iter().position(|b| is_delimiter(*b)).unwrap_or(bytes.len() - at);
        let word = &bytes[at..end];
        if matches!(word, b"true" | b"false" | b"null") {
            at = skip(bytes, end);
            continue;
        }
        let (operands, end) = if word == b"BI" {
            let inside = inline_image(bytes, end)?;
            (&bytes[end..inside - 2], inside)
        } else {
            (&bytes[start..at], end)
        };
        out.push(Operation { operator: word, operands, start, end });
        at = skip(bytes, end);
        start = at;
    }
    Some(out)
}

fn is_operand(byte: u8) -> bool {
    matches!(byte, b'/' | b'(' | b'<' | b'[' | b'0'..=b'9' | b'+' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_have_their_places() {
        let text = b"q 1 0 0 1 2.5 -3 cm% note ( \n/A#31 gs (a \\) Tj) Tj [(x)-2<00>]TJ\
            /Span <</E (f)>> BDC BI /W 1 /H 1 ID \x28EI( EI Q true x";
        let found = operations(text).expect("operations");
        let told: Vec<&str> =
            found.iter().map(|one| std::str::from_utf8(one.operator).expect("a word")).collect();
        assert_eq!(told, ["q", "cm", "gs", "Tj", "TJ", "BDC", "BI", "Q", "x"]);
        assert_eq!(found[1].numbers(), [1.0, 0.0, 0.0, 1.0, 2.5, -3.0]);
        assert_eq!(found[2].name(), Some(b"A1".to_vec()));
        assert_eq!(&text[found[3].start..found[3].end], b"(a \\) Tj) Tj");
        assert!(text[found[6].start..found[6].end].ends_with(b" EI"));
        assert_eq!(found[5].name(), None);
        for broken in [&b"q (a"[..], b"[1 2", b"BI /W 1 ID xx", b") x", b"q } Q"] {
            assert_eq!(operations(broken), None, "{}", String::from_utf8_lossy(broken));
        }
    }
}
