//! The operators of a content stream (ISO 32000-1, 7.8.2), byte by byte: what stays is not written
//! anew.

use std::ops::Range;

/// An operator with what stands before it.
pub(crate) struct Operation<'a> {
    /// The operator.
    pub operator: &'a [u8],
    /// Its operands and itself, in the stream.
    pub range: Range<usize>,
    /// The first of its operands that is a name.
    pub name: Option<&'a [u8]>,
}

/// Returns the operators of a stream.
pub(crate) fn operations(data: &[u8]) -> Vec<Operation<'_>> {
    let (mut out, mut at, mut from, mut name) = (vec![], 0, 0, None);
    while let Some(&byte) = data.get(at) {
        let start = at;
        at = match byte {
            b'(' => string(data, at),
            b'<' if data.get(at + 1) != Some(&b'<') => until(data, at, |byte| byte == b'>') + 1,
            b'%' => until(data, at, |byte| byte == b'\n' || byte == b'\r'),
            b'/' => {
                let end = until(data, at + 1, is_end);
                name = name.or(Some(&data[at + 1..end]));
                end
            }
            byte if is_end(byte) => at + 1,
            _ => until(data, at, is_end),
        };
        at = at.min(data.len());
        let word = &data[start..at];
        let is_operator = byte.is_ascii_alphabetic() || byte == b'\'' || byte == b'"';
        if !is_operator || matches!(word, b"true" | b"false" | b"null") {
            continue;
        }
        if word == b"BI" {
            at = door::inline_image(data, at).unwrap_or(data.len());
        }
        out.push(Operation { operator: word, range: from..at, name: name.take() });
        from = at;
    }
    out
}

/// Returns a stream without its operators of some names.
pub(crate) fn without(data: &[u8], operators: &[&[u8]]) -> Option<Vec<u8>> {
    let found = operations(data);
    let gone = |operation: &&Operation| operators.contains(&operation.operator);
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    for operation in found.iter().filter(gone) {
        out.extend_from_slice(&data[at..operation.range.start]);
        out.push(b'\n');
        at = operation.range.end;
    }
    if at == 0 {
        return None;
    }
    out.extend_from_slice(&data[at..]);
    Some(out)
}

/// Whether a byte ends a name, a number or an operator (7.2.2).
fn is_end(byte: u8) -> bool {
    matches!(
        byte,
        0 | b'\t'
            | b'\n'
            | 12
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

fn until(data: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    data.iter().skip(from).position(|byte| stop(*byte)).map_or(data.len(), |found| from + found)
}

/// The end of a string in brackets, which may hold others.
fn string(data: &[u8], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while let Some(byte) = data.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_nothing_else() {
        let text = b"/P <</MCID 0 /A [(x EMC)]>> BDC BT /F1 9 Tf (a\\) BDC) Tj ET EMC\nBI /W 1 /H 1 ID \x00EI\x80 EI Q";
        let out = without(text, &[b"BDC", b"EMC"]).expect("a change");
        assert_eq!(out, b"\n BT /F1 9 Tf (a\\) BDC) Tj ET\n\nBI /W 1 /H 1 ID \x00EI\x80 EI Q");
        assert!(without(b"0 0 9 9 re f", &[b"BDC"]).is_none());
    }

    #[test]
    fn fonts_are_named() {
        let found = operations(b"BT /F1 9 Tf [(x) 3 <41>] TJ ET");
        let fonts = found.iter().filter(|one| one.operator == b"Tf");
        assert_eq!(fonts.map(|one| one.name).collect::<Vec<_>>(), [Some(&b"F1"[..])]);
    }

    #[test]
    fn what_has_no_end_ends_with_the_stream() {
        for text in [&b"(a (b"[..], b"<41", b"BI ID \x01\x02", b"% x", b"/", b"\\", b"(\\"] {
            assert!(operations(text).len() <= 2);
        }
    }
}
