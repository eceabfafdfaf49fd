//! Inline images (ISO 32000-1, 8.9.7): nothing marks where their data end but two letters, which
//! the data may have too.
//!
//! The end is where the length says, where it is known: of samples that are not packed by their
//! numbers, of packed ones by their filter. Else it is where operators follow.

use std::borrow::Cow;
use std::ops::Range;

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use crate::filter::Filter;
use crate::lex::{Value, is_delimiter, is_space, name, names, pass, skip, value};

/// The most entries that an inline image has.
const ENTRIES: usize = 64;
/// The most bytes that are unpacked to find where one ends.
const UNPACKED: u64 = 1 << 22;
/// The most inline images without an end that are passed over.
const FAILED: usize = 50;
/// How far behind an image operators are looked for, in bytes.
const AHEAD: usize = 200;

/// The operators (annex A).
const OPERATORS: [&[u8]; 74] = [
    b"b", b"B", b"b*", b"B*", b"BDC", b"BI", b"BMC", b"BT", b"BX", b"c", b"cm", b"CS", b"cs", b"d",
    b"d0", b"d1", b"Do", b"DP", b"EMC", b"ET", b"EX", b"f", b"F", b"f*", b"G", b"g", b"gs", b"h",
    b"i", b"j", b"J", b"K", b"k", b"l", b"m", b"M", b"MP", b"n", b"q", b"Q", b"re", b"RG", b"rg",
    b"ri", b"s", b"S", b"SC", b"sc", b"SCN", b"scn", b"sh", b"T*", b"Tc", b"Td", b"TD", b"Tf",
    b"Tj", b"TJ", b"TL", b"Tm", b"Tr", b"Ts", b"Tw", b"Tz", b"v", b"w", b"W", b"W*", b"y", b"'",
    b"\"", b"true", b"false", b"null",
];

/// An inline image.
pub(crate) struct Inline<'a> {
    /// What is between `BI` and `ID`: keys, values, and where both stand.
    entries: Vec<(Vec<u8>, Value<'a>, Range<usize>)>,
    /// The samples.
    data: Range<usize>,
    /// Behind its `EI`.
    pub(crate) end: usize,
}

/// Reads an inline image whose `BI` ends at a place.
pub(crate) fn read(bytes: &[u8], from: usize) -> Option<Inline<'_>> {
    let (mut at, mut entries) = (skip(bytes, from), vec![]);
    while bytes.get(at) == Some(&b'/') && entries.len() < ENTRIES {
        let (key, end) = name(bytes, at);
        let (value, end) = value(bytes, skip(bytes, end))?;
        entries.push((key, value, at..end));
        at = skip(bytes, end);
    }
    bytes.get(at..)?.starts_with(b"ID").then_some(())?;
    let mut image = Inline { entries, data: at + 2..at + 2, end: 0 };
    // One white space; who writes lines of DOS has two.
    let start = at + 2 + usize::from(bytes.get(at + 2).is_some_and(|byte| is_space(*byte)));
    let is_line = bytes.get(at + 2..at + 4) == Some(b"\r\n");
    for start in [is_line.then_some(start + 1), Some(start)].into_iter().flatten() {
        let known = image.lengths(bytes.get(start..)?).into_iter().find_map(|length| {
            let end = start.checked_add(length)?;
            Some((end, closed(bytes, end)?))
        });
        if let Some((end, behind)) = known {
            image.data = start..end;
            image.end = behind;
            return Some(image);
        }
    }
    let end = marked(bytes, start)?;
    image.data = start..end;
    image.end = end + 2;
    Some(image)
}

/// Returns where an inline image ends whose `BI` ends at a place: behind its `EI`.
pub fn inline_image(bytes: &[u8], from: usize) -> Option<usize> {
    read(bytes, from).map(|image| image.end)
}

/// Returns a content stream in pieces, which any reader understands one after the other: inline
/// images stand by themselves, and none has the letters `EI` in its data.
pub fn pieces(bytes: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let (mut out, mut at, mut from, mut failed) = (vec![], 0, 0, 0);
    // Nearly all content is cleared by the quick look.
    while memmem::find(&bytes[at..], b"BI").is_some() {
        let Some(begin) = next_image(bytes, at) else { break };
        let Some(image) = read(bytes, begin + 2) else {
            // Looking for the end of each that has none would take as long as the square.
            failed += 1;
            at = begin + 2;
            if failed > FAILED {
                break;
            }
            continue;
        };
        if begin > from {
            out.push(Cow::Borrowed(&bytes[from..begin]));
        }
        out.push(match memmem::find(&bytes[image.data.clone()], b"EI") {
            Some(_) => Cow::Owned(image.in_letters(bytes)),
            None => Cow::Borrowed(&bytes[begin..image.end]),
        });
        (at, from) = (image.end, image.end);
    }
    if from < bytes.len() || out.is_empty() {
        out.push(Cow::Borrowed(&bytes[from..]));
    }
    out
}

/// Returns where the next `BI` stands that is an operator.
fn next_image(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = skip(bytes, from);
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'/' | b'(' | b'<' | b'[' => pass(bytes, at)?,
            byte if is_delimiter(byte) => at + 1,
            _ => word_end(bytes, at),
        };
        if &bytes[at..end] == b"BI" {
            return Some(at);
        }
        at = skip(bytes, end);
    }
    None
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().position(|byte| is_delimiter(*byte)).unwrap_or(bytes.len() - at)
}

/// Returns where an `EI` ends that stands at a place, behind a white space or none.
fn closed(bytes: &[u8], at: usize) -> Option<usize> {
    let spaces = bytes.get(at..)?.iter().take(3).take_while(|byte| is_space(**byte)).count();
    let end = at + spaces + 2;
    let is_alone = bytes.get(end).is_none_or(|byte| is_delimiter(*byte));
    (bytes.get(end - 2..end) == Some(b"EI") && is_alone).then_some(end)
}

/// Returns where the data end by their marks: at the first `EI` behind which operators follow, or
/// else at the first that stands alone.
fn marked(bytes: &[u8], from: usize) -> Option<usize> {
    let mut alone = None;
    for at in memmem::find_iter(bytes.get(from..)?, b"EI").map(|at| from + at) {
        if bytes.get(at + 2).is_some_and(|next| !is_space(*next)) {
            continue;
        }
        let parted = at == from || is_space(bytes[at - 1]) || bytes[at - 1] == b'>';
        if parted && is_followed(bytes, at + 2) {
            return Some(at);
        }
        alone = alone.or(Some(at));
    }
    alone
}

/// Returns whether operators with their operands follow.
fn is_followed(bytes: &[u8], from: usize) -> bool {
    let mut at = skip(bytes, from);
    while let Some(&byte) = bytes.get(at).filter(|_| at < from + AHEAD) {
        let end = match byte {
            b'/' | b'(' | b'<' | b'[' => match pass(bytes, at) {
                Some(end) => end,
                None => return false,
            },
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                let end = word_end(bytes, at);
                let digits = &bytes[at + 1..end];
                if !digits.iter().all(|byte| byte.is_ascii_digit() || b".-".contains(byte)) {
                    return false;
                }
                end
            }
            _ => {
                let end = word_end(bytes, at);
                if !OPERATORS.contains(&&bytes[at..end]) {
                    return false;
                }
                if &bytes[at..end] == b"BI" {
                    return true;
                }
                end
            }
        };
        at = skip(bytes, end);
    }
    true
}

impl Inline<'_> {
    fn get(&self, long: &[u8], short: &[u8]) -> Option<&Value<'_>> {
        let found = self.entries.iter().rev().find(|(key, ..)| key == long || key == short);
        found.map(|(_, value, _)| value)
    }

    fn number(&self, long: &[u8], short: &[u8]) -> Option<usize> {
        match self.get(long, short) {
            Some(Value::Number(number)) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    /// Returns how long the data can be that begin the bytes.
    fn lengths(&self, data: &[u8]) -> Vec<usize> {
        // As PDF 2.0 has it.
        let mut out: Vec<usize> = self.number(b"Length", b"L").into_iter().collect();
        let filters = self.get(b"Filter", b"F").map(names).unwrap_or_default();
        match filters.first() {
            Some(first) => out.extend(packed(first, data)),
            None => out.extend(self.plain()),
        }
        out
    }

    /// Returns how long samples are that are not packed. How many a pixel has is not told by a
    /// colour space of the resources.
    fn plain(&self) -> Vec<usize> {
        let size = self.number(b"Width", b"W").zip(self.number(b"Height", b"H"));
        let Some((width, height)) = size else { return vec![] };
        let stencil = matches!(self.get(b"ImageMask", b"IM"), Some(Value::Other(b"true")));
        let bits = match self.number(b"BitsPerComponent", b"BPC") {
            _ if stencil => 1,
            Some(bits) => bits,
            None => return vec![],
        };
        let components: &[usize] = match self.get(b"ColorSpace", b"CS") {
            _ if stencil => &[1],
            Some(Value::Array(_)) => &[1],
            Some(Value::Name(space)) => match space.as_slice() {
                b"G" | b"DeviceGray" => &[1],
                b"RGB" | b"DeviceRGB" => &[3],
                b"CMYK" | b"DeviceCMYK" => &[4],
                _ => &[1, 3, 4],
            },
            _ => return vec![],
        };
        let length = |n: &usize| {
            let row = width.checked_mul(*n)?.checked_mul(bits)?.div_ceil(8);
            row.checked_mul(height)
        };
        components.iter().filter_map(length).collect()
    }

    /// Returns the image with its data in letters, none of which is an `E` beside an `I`.
    fn in_letters(&self, bytes: &[u8]) -> Vec<u8> {
        const ANEW: [&[u8]; 6] = [b"Filter", b"F", b"DecodeParms", b"DP", b"Length", b"L"];
        let mut out = b"BI ".to_vec();
        for (_, _, place) in self.entries.iter().filter(|(key, ..)| !ANEW.contains(&&key[..])) {
            out.extend_from_slice(&bytes[place.clone()]);
            out.push(b' ');
        }
        let filters = self.get(b"Filter", b"F").map(names).unwrap_or_default();
        out.extend_from_slice(b"/F [/AHx");
        for filter in &filters {
            out.extend_from_slice(b" /");
            out.extend_from_slice(filter);
        }
        out.extend_from_slice(b"]");
        match self.get(b"DecodeParms", b"DP") {
            Some(Value::Array(list)) => out.extend([b" /DP [null ", *list, b"]"].concat()),
            Some(Value::Other(own)) => out.extend([b" /DP [null ", *own, b"]"].concat()),
            _ => {}
        }
        out.extend_from_slice(b" ID ");
        for byte in &bytes[self.data.clone()] {
            let digit = |value: u8| b"0123456789abcdef"[usize::from(value)];
            out.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        out.extend_from_slice(b"> EI\n");
        out
    }
}

/// Returns how long data are that a filter has packed, where they say so.
fn packed(filter: &[u8], data: &[u8]) -> Option<usize> {
    match Filter::named(filter, &vec![]) {
        Filter::Hex => Some(memchr::memchr(b'>', data)? + 1),
        Filter::Base85 => Some(memmem::find(data, b"~>")? + 2),
        Filter::Flate(_) => deflated(data),
        _ => None,
    }
}

/// Returns how long a Flate stream is.
fn deflated(data: &[u8]) -> Option<usize> {
    let (mut state, mut room) = (Decompress::new(true), vec![0; 1 << 14]);
    while state.total_out() < UNPACKED {
        let (read, made) = (state.total_in(), state.total_out());
        let rest = data.get(usize::try_from(read).ok()?..)?;
        let status = state.decompress(rest, &mut room, FlushDecompress::None).ok()?;
        if status == Status::StreamEnd {
            return usize::try_from(state.total_in()).ok();
        }
        if (state.total_in(), state.total_out()) == (read, made) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// Reads the image in a content stream; returns its data and what follows it.
    fn parts(content: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let image = read(content, 2).expect("an image");
        (content[image.data].to_vec(), content[image.end..].to_vec())
    }

    #[test]
    fn data_end_where_their_length_says() {
        for (head, data) in [
            ("/W 4 /H 2 /BPC 8 /CS /G", &b"ab EI Q "[..]),
            ("/W 64 /H 1 /IM true", b" EI q EI"),
            ("/Width 1 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceCMYK", b"\nEI\nQ q "),
            ("/W 3 /H 3 /BPC 8 /CS [/I /RGB 255 (x)]", b"1 EI Q BT"),
            ("/W 1 /H 3 /BPC 8 /CS /Cs1", b"1 EI 1 EI"),
            ("/W 9 /H 9 /L 7", b"1 EI Q "),
            ("/W 4 /H 1 /F /A85", b"z EI ~>"),
        ] {
            for (between, close) in [(" ", " EI Q"), ("\r\n", "\nEI\nQ"), (" ", "EI Q")] {
                let head = format!("BI {head} ID{between}");
                let text = [head.as_bytes(), data, close.as_bytes()];
                let (found, rest) = parts(&text.concat());
                assert_eq!((&found[..], &rest[rest.len() - 1..]), (data, &b"Q"[..]), "{head}");
                assert_eq!(rest.len(), 2, "{head}");
            }
        }
    }

    #[test]
    fn a_flate_stream_ends_where_it_ends() {
        let mut out = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::none());
        out.write_all(b"1 EI Q q 1 EI Q").expect("memory");
        let packed = out.finish().expect("memory");
        let text = [b"BI /W 5 /H 3 /BPC 8 /CS /G /F /Fl ID ", &packed[..], b" EI Q"].concat();
        assert_eq!(parts(&text), (packed, b" Q".to_vec()));
    }

    #[test]
    fn what_has_no_known_length_ends_where_operators_follow() {
        for data in [&b"\x01 EI \xff\xfe"[..], b"x EI yz", b"EIEI EI 12x"] {
            let text =
                [b"BI /W 9 /H 9 /F /LZW ID ", data, b" EI\nQ 0 0 9 9 re f (EI ) Tj"].concat();
            let (found, rest) = parts(&text);
            assert_eq!(found.trim_ascii_end(), data);
            assert!(rest.starts_with(b"\nQ"));
        }
        assert!(read(b"BI /W 1 ID xx", 2).is_none() && read(b"BI /W 1 /H", 2).is_none());
    }

    #[test]
    fn pieces_are_the_same_content() {
        let whole = b"q (BI ID EI) Tj Q";
        assert_eq!(pieces(whole), [Cow::Borrowed(&whole[..])]);
        let text =
            b"q BI /W 2 /H 1 /BPC 8 /CS /G ID xy EI Q /EI0 Do BI /W 4/H 1/BPC 8/CS/G ID  EI  EI n";
        let found = pieces(text);
        let told: Vec<_> = found.iter().map(|one| String::from_utf8_lossy(one)).collect();
        assert_eq!(told[0], "q ");
        assert_eq!(told[1], "BI /W 2 /H 1 /BPC 8 /CS /G ID xy EI");
        assert_eq!(told[2], " Q /EI0 Do ");
        assert_eq!(told[3], "BI /W 4 /H 1 /BPC 8 /CS/G /F [/AHx] ID 20454920> EI\n");
        assert_eq!(told[4], " n");
        assert!(matches!(found[3], Cow::Owned(_)) && found.len() == 5);
        // One that is broken does not join those behind it.
        let found = pieces(b"BI /W 1 Q BI /W 1 /H 1 /CS /G ID x EI q");
        assert_eq!(found[0], &b"BI /W 1 Q "[..]);
        assert!(found.len() == 3 && found[1].ends_with(b"x EI"));
        assert_eq!(pieces(b""), [Cow::Borrowed(&b""[..])]);
        assert_eq!(pieces(b"BI /W"), [Cow::Borrowed(&b"BI /W"[..])]);
    }
}
