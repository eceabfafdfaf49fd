//! As much of a PDF's syntax as the door needs: dictionaries, without recursion (ISO 32000-1, 7.2
//! and 7.3).

/// The maximum depth of a value that is passed over.
const DEPTH: usize = 200;

/// The value of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A name, with its escapes resolved.
    Name(Vec<u8>),
    /// A whole number.
    Number(i64),
    /// A reference to an object.
    Reference(u32),
    /// The inside of an array.
    Array(&'a [u8]),
    /// Anything else, as written.
    Other(&'a [u8]),
}

/// A dictionary: its keys, with escapes resolved, and values.
pub type Dictionary<'a> = Vec<(Vec<u8>, Value<'a>)>;

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

pub(crate) fn is_delimiter(byte: u8) -> bool {
    is_space(byte) || b"()<>[]{}/%".contains(&byte)
}

/// Returns where the next token begins.
pub(crate) fn skip(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            at += bytes[at..].iter().position(|b| matches!(b, 10 | 13)).unwrap_or(bytes.len() - at);
        } else if is_space(byte) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Returns where a string in round brackets ends.
pub(crate) fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut depth, mut at) = (0usize, from);
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Reads a dictionary at a place; returns it with the place of its end.
pub fn dictionary(bytes: &[u8], from: usize) -> Option<(Dictionary<'_>, usize)> {
    let mut at = skip(bytes, from);
    if !bytes[at.min(bytes.len())..].starts_with(b"<<") {
        return None;
    }
    at += 2;
    let mut out = Dictionary::new();
    loop {
        at = skip(bytes, at);
        match bytes.get(at)? {
            b'>' if bytes.get(at + 1) == Some(&b'>') => return Some((out, at + 2)),
            b'/' => {
                let (key, end) = name(bytes, at);
                let (value, end) = value(bytes, skip(bytes, end))?;
                out.push((key, value));
                at = end;
            }
            // What is no key is passed over, as readers do.
            _ => at = pass(bytes, at)?,
        }
    }
}

/// The names in an array, or the one name that stands in its place.
pub(crate) fn names(value: &Value<'_>) -> Vec<Vec<u8>> {
    match value {
        Value::Name(name) => vec![name.clone()],
        Value::Array(inside) => {
            let (mut at, mut out) = (skip(inside, 0), vec![]);
            while at < inside.len() {
                if inside[at] == b'/' {
                    let (found, end) = name(inside, at);
                    out.push(found);
                    at = skip(inside, end);
                } else {
                    let Some(end) = pass(inside, at) else { break };
                    at = skip(inside, end);
                }
            }
            out
        }
        _ => vec![],
    }
}

/// Reads a value at a place.
pub(crate) fn value(bytes: &[u8], at: usize) -> Option<(Value<'_>, usize)> {
    match bytes.get(at)? {
        b'/' => {
            let (name, end) = name(bytes, at);
            Some((Value::Name(name), end))
        }
        b'[' => {
            let end = pass(bytes, at)?;
            Some((Value::Array(&bytes[at + 1..end - 1]), end))
        }
        b'0'..=b'9' | b'+' | b'-' => {
            let (first, end) = number(bytes, at);
            let Some(first) = first else { return Some((Value::Other(&bytes[at..end]), end)) };
            // `12 0 R`
            let second = skip(bytes, end);
            if let (Some(_), after) = number(bytes, second) {
                let word = skip(bytes, after);
                if after > second
                    && bytes.get(word) == Some(&b'R')
                    && bytes.get(word + 1).is_none_or(|b| is_delimiter(*b))
                    && let Ok(number) = u32::try_from(first)
                {
                    return Some((Value::Reference(number), word + 1));
                }
            }
            Some((Value::Number(first), end))
        }
        _ => {
            let end = pass(bytes, at)?;
            Some((Value::Other(&bytes[at..end]), end))
        }
    }
}

pub(crate) fn number(bytes: &[u8], at: usize) -> (Option<i64>, usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    let end = at + rest.iter().position(|b| is_delimiter(*b)).unwrap_or(rest.len());
    let text = std::str::from_utf8(bytes.get(at..end).unwrap_or_default()).ok();
    (text.and_then(|text| text.parse().ok()), end)
}

/// Reads a name, `#63` being `c`.
pub(crate) fn name(bytes: &[u8], from: usize) -> (Vec<u8>, usize) {
    let (mut out, mut at) = (vec![], from + 1);
    while let Some(&byte) = bytes.get(at).filter(|b| !is_delimiter(**b)) {
        let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    (out, at)
}

/// Returns where a value of any kind ends.
pub(crate) fn pass(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut at, mut depth) = (from, 0usize);
    loop {
        at = skip(bytes, at);
        match bytes.get(at)? {
            b'(' => at = string_end(bytes, at)?,
            b'[' => (depth, at) = (depth + 1, at + 1),
            b'<' if bytes.get(at + 1) == Some(&b'<') => (depth, at) = (depth + 1, at + 2),
            b'<' => at += bytes[at..].iter().position(|b| *b == b'>')? + 1,
            b']' | b'}' => (depth, at) = (depth.saturating_sub(1), at + 1),
            b'>' => {
                let double = bytes.get(at + 1) == Some(&b'>');
                (depth, at) = (depth.saturating_sub(1), at + if double { 2 } else { 1 });
            }
            b'{' | b')' => at += 1,
            _ => {
                let rest = &bytes[at + 1..];
                at += 1 + rest.iter().position(|b| is_delimiter(*b)).unwrap_or(rest.len());
            }
        }
        if depth == 0 {
            return Some(at);
        }
        if depth > DEPTH {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_every_kind_are_read() {
        let text =
            b"<< /A 1 /B#31 [/Fl 2] % note >>\n /C 3 0 R /D (a \\) >>) /E <</X /Y>> /F -5>> x";
        let (found, end) = dictionary(text, 0).expect("a dictionary");
        let get = |key: &[u8]| found.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
        assert_eq!(get(b"A"), Some(Value::Number(1)));
        assert_eq!(get(b"B1"), Some(Value::Array(b"/Fl 2")));
        assert_eq!(get(b"C"), Some(Value::Reference(3)));
        assert_eq!(get(b"D"), Some(Value::Other(b"(a \\) >>)")));
        assert_eq!(get(b"E"), Some(Value::Other(b"<</X /Y>>")));
        assert_eq!(get(b"F"), Some(Value::Number(-5)));
        assert_eq!(&text[end..], b" x");
        assert_eq!(names(&Value::Array(b"/F#6c 9 /LZW")), [b"Fl".to_vec(), b"LZW".to_vec()]);
        for broken in [&b"<< /A"[..], b"<<", b"x", b"<< /A (", b"<< /A [ >>"] {
            assert_eq!(dictionary(broken, 0), None);
        }
    }
}
