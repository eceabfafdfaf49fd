//! Cross-reference tables and streams (7.5.4 and 7.5.8): where each object is.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use crate::filter::{End, Filter, unpack};
use crate::lex::{Dictionary, Value, dictionary, number, skip};
use crate::scan::stream;

/// The maximum number of sections: each change of a file adds one.
const SECTIONS: usize = 1000;
/// The maximum size of a section, in bytes.
const SECTION: usize = 64 << 20;

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Nowhere.
    Free,
    /// In the file, at a byte; its generation.
    Plain(usize, u16),
    /// In an object stream, at a place among its objects.
    Packed(u32, usize),
}

/// Where all objects are, and the newest trailer.
pub(crate) struct Table<'a> {
    pub(crate) entries: BTreeMap<u32, Entry>,
    pub(crate) trailer: Dictionary<'a>,
}

impl<'a> Table<'a> {
    /// Reads the tables of a sound file, the newest first; `None` where anything is amiss.
    pub(crate) fn read(bytes: &'a [u8], ends: &[usize]) -> Option<Self> {
        let last = memmem::rfind(bytes, b"startxref")?;
        let (start, _) = number(bytes, skip(bytes, last + 9));
        let mut waiting = vec![usize::try_from(start?).ok()?];
        let (mut seen, mut entries, mut newest) = (BTreeSet::new(), BTreeMap::new(), None);
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            if seen.len() > SECTIONS {
                return None;
            }
            let at = skip(bytes, at);
            let rest = bytes.get(at..)?;
            let trailer = if rest.starts_with(b"xref") {
                classic(bytes, at + 4, &mut entries)?
            } else {
                packed(bytes, ends, at, &mut entries)?
            };
            let place = |key: &[u8]| match get(&trailer, key) {
                Some(Value::Number(at)) => usize::try_from(*at).ok(),
                _ => None,
            };
            // What stands in a stream beside a table comes before older tables.
            waiting.extend(place(b"Prev"));
            waiting.extend(place(b"XRefStm"));
            newest.get_or_insert(trailer);
        }
        Some(Self { entries, trailer: newest? })
    }
}

/// Returns an entry of a dictionary.
pub(crate) fn get<'d, 'a>(dict: &'d Dictionary<'a>, key: &[u8]) -> Option<&'d Value<'a>> {
    dict.iter().rev().find(|(own, _)| own == key).map(|(_, value)| value)
}

fn whole(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let (found, end) = number(bytes, skip(bytes, *at));
    *at = end;
    usize::try_from(found?).ok()
}

fn classic<'a>(
    bytes: &'a [u8],
    mut at: usize,
    entries: &mut BTreeMap<u32, Entry>,
) -> Option<Dictionary<'a>> {
    loop {
        at = skip(bytes, at);
        if bytes.get(at..)?.starts_with(b"trailer") {
            return Some(dictionary(bytes, at + 7)?.0);
        }
        let (first, count) = (whole(bytes, &mut at)?, whole(bytes, &mut at)?);
        for index in 0..count {
            let (offset, generation) = (whole(bytes, &mut at)?, whole(bytes, &mut at)?);
            at = skip(bytes, at);
            let entry = match bytes.get(at)? {
                b'n' => Entry::Plain(offset, u16::try_from(generation).ok()?),
                b'f' => Entry::Free,
                _ => return None,
            };
            at += 1;
            entries.entry(u32::try_from(first.checked_add(index)?).ok()?).or_insert(entry);
        }
    }
}

fn packed<'a>(
    bytes: &'a [u8],
    ends: &[usize],
    mut at: usize,
    entries: &mut BTreeMap<u32, Entry>,
) -> Option<Dictionary<'a>> {
    whole(bytes, &mut at)?;
    whole(bytes, &mut at)?;
    at = skip(bytes, at);
    bytes.get(at..)?.starts_with(b"obj").then_some(())?;
    let stream = stream(bytes, ends, at + 3)?;
    let filters = Filter::of(&stream.dict, &|_| None);
    let data = unpack(&bytes[stream.data.clone()], &filters, SECTION);
    if data.end != End::Whole {
        return None;
    }
    let list = |key: &[u8]| match stream.get(key) {
        Some(Value::Array(inside)) => {
            let (mut at, mut out) = (0, vec![]);
            while let Some(number) = whole(inside, &mut at) {
                out.push(number);
            }
            Some(out)
        }
        _ => None,
    };
    let widths = <[usize; 3]>::try_from(list(b"W")?).ok()?;
    let length: usize = widths.iter().sum();
    if length == 0 || widths.iter().any(|width| *width > 8) {
        return None;
    }
    let size = match stream.get(b"Size") {
        Some(Value::Number(size)) => usize::try_from(*size).ok()?,
        _ => return None,
    };
    let sections = list(b"Index").unwrap_or_else(|| vec![0, size]);
    let mut rows = data.bytes.chunks_exact(length);
    for section in sections.chunks_exact(2) {
        for index in 0..section[1] {
            let Some(row) = rows.next() else { break };
            let mut at = 0;
            let fields = widths.map(|width| {
                let field = &row[at..at + width];
                at += width;
                field.iter().fold(0u64, |all, byte| all << 8 | u64::from(*byte))
            });
            let kind = if widths[0] == 0 { 1 } else { fields[0] };
            let entry = match kind {
                0 => Entry::Free,
                1 => Entry::Plain(usize::try_from(fields[1]).ok()?, fields[2] as u16),
                2 => {
                    Entry::Packed(u32::try_from(fields[1]).ok()?, usize::try_from(fields[2]).ok()?)
                }
                _ => continue,
            };
            let number = u32::try_from(section[0].checked_add(index)?).ok()?;
            entries.entry(number).or_insert(entry);
        }
    }
    Some(stream.dict)
}
