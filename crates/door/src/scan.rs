//! The look at a file before it is read.

use std::collections::HashMap;
use std::io::Read;
use std::ops::Range;

use memchr::memmem;

use crate::filter::{End, Filter, reader, unpack};
use crate::lex::{Dictionary, Value, dictionary, skip, value};
use crate::nesting::nested;
use crate::refusal::Refusal;

/// The length of a dictionary that is looked at, in bytes.
const DICTIONARY: usize = 1 << 16;

/// How far a file may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes that one stream may unpack to.
    pub stream: u64,
    /// The bytes that all object streams together may unpack to: readers keep them.
    pub objects: u64,
    /// The bytes that are unpacked to find that out.
    pub work: u64,
    /// The nesting of arrays and dictionaries.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { stream: 192 << 20, objects: 256 << 20, work: 4 << 30, nesting: 50_000 }
    }
}

impl Limits {
    /// Returns the limits on memory and work, so many times over; nesting is bounded by the stack.
    #[must_use]
    pub fn times(self, effort: u32) -> Self {
        let effort = u64::from(effort.max(1));
        Self {
            stream: self.stream.saturating_mul(effort),
            objects: self.objects.saturating_mul(effort),
            work: self.work.saturating_mul(effort),
            nesting: self.nesting,
        }
    }
}

/// Looks at a PDF's bytes: refuses what no reader could hold.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let streams = streams(bytes);
    if deep(bytes, &streams, limits.nesting) {
        return Err(Refusal::Nested);
    }
    let mut look = Look { bytes, limits, objects: 0, work: 0, places: None };
    streams.iter().try_for_each(|stream| look.stream(stream))
}

/// A stream: its dictionary and the place of its data.
pub(crate) struct Stream<'a> {
    pub(crate) dict: Dictionary<'a>,
    pub(crate) data: Range<usize>,
}

impl<'a> Stream<'a> {
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Value<'a>> {
        self.dict.iter().rev().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// Whether it holds objects: whatever it says of its type, these keys are what a reader needs.
    fn has_objects(&self) -> bool {
        self.get(b"N").is_some() && self.get(b"First").is_some()
    }
}

/// Returns all streams, also those that stand within others: a table may lead there.
fn streams(bytes: &[u8]) -> Vec<Stream<'_>> {
    let ends = ends(bytes);
    memmem::find_iter(bytes, b"obj")
        .filter(|at| !bytes[..*at].ends_with(b"end"))
        .filter_map(|at| stream(bytes, &ends, at + 3))
        .collect()
}

/// Returns where data of streams may end.
pub(crate) fn ends(bytes: &[u8]) -> Vec<usize> {
    memmem::find_iter(bytes, b"endstream").collect()
}

/// Reads a stream whose dictionary stands at a place.
pub(crate) fn stream<'a>(bytes: &'a [u8], ends: &[usize], at: usize) -> Option<Stream<'a>> {
    let near = &bytes[..bytes.len().min(at + DICTIONARY)];
    let (dict, end) = dictionary(near, at)?;
    let word = skip(bytes, end);
    bytes[word..].starts_with(b"stream").then_some(())?;
    let start = word + 6;
    // One line's end; readers differ in what else they forgive.
    let start = start
        + match bytes[start..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
    let length = dict.iter().rev().find(|(key, _)| key == b"Length");
    let said = match length {
        Some((_, Value::Number(length))) => usize::try_from(*length).ok(),
        _ => None,
    };
    let end = said
        .and_then(|length| start.checked_add(length))
        .filter(|end| {
            let after = skip(bytes, *end);
            bytes.get(after..).is_some_and(|rest| rest.starts_with(b"endstream"))
        })
        .or_else(|| ends.get(ends.partition_point(|end| *end < start)).copied())
        .unwrap_or(bytes.len());
    Some(Stream { dict, data: start..end })
}

/// Returns whether objects are nested too deeply: brackets in the data of a stream count only
/// where an object could begin.
fn deep(bytes: &[u8], streams: &[Stream<'_>], limit: usize) -> bool {
    if !nested(bytes, limit) {
        return false;
    }
    let mut at = 0;
    let mut outside = Vec::new();
    for stream in streams {
        if stream.data.start < at {
            continue;
        }
        outside.extend_from_slice(&bytes[at..stream.data.start]);
        let data = &bytes[stream.data.clone()];
        if let Some(first) = memmem::find(data, b"obj")
            && nested(&data[first..], limit)
        {
            return true;
        }
        at = stream.data.end;
    }
    outside.extend_from_slice(&bytes[at.min(bytes.len())..]);
    nested(&outside, limit)
}

struct Look<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    objects: u64,
    work: u64,
    /// Where objects begin, by their numbers; made when a filter is written elsewhere.
    places: Option<HashMap<u32, usize>>,
}

impl<'a> Look<'a> {
    fn stream(&mut self, stream: &Stream<'a>) -> Result<(), Refusal> {
        let data = &self.bytes[stream.data.clone()];
        let refers = |key: &[u8]| matches!(stream.get(key), Some(Value::Reference(_)));
        if self.places.is_none() && (refers(b"Filter") || refers(b"DecodeParms")) {
            self.places = Some(places(self.bytes));
        }
        let bytes = self.bytes;
        let places = self.places.as_ref();
        let find = |number: u32| {
            let at = skip(bytes, *places?.get(&number)?);
            value(bytes, at).map(|(value, _)| value)
        };
        let filters = Filter::of(&stream.dict, &find);
        let grown = filters
            .iter()
            .fold(data.len() as u64, |all, filter| all.saturating_mul(filter.growth()));
        if stream.has_objects() {
            let left = self.limits.objects.saturating_sub(self.objects);
            let own = unpack(data, &filters, usize::try_from(left).unwrap_or(usize::MAX));
            if own.end == End::Limit {
                return Err(Refusal::Objects(stream.data.start));
            }
            self.objects += own.bytes.len() as u64;
            self.work += own.bytes.len() as u64;
            if nested(&own.bytes, self.limits.nesting) {
                return Err(Refusal::Nested);
            }
            return Ok(());
        }
        // Most streams could not unpack to too much if they tried.
        if grown <= self.limits.stream {
            return Ok(());
        }
        // What each filter of a chain unpacks to is held by readers, not the last alone.
        for count in 1..=filters.len() {
            let mut source = reader(data, &filters[..count]);
            let (mut all, mut buffer) = (0u64, [0; 1 << 14]);
            while let Ok(read @ 1..) = source.read(&mut buffer) {
                all += read as u64;
                self.work += read as u64;
                if all > self.limits.stream {
                    return Err(Refusal::Stream(stream.data.start));
                }
                if self.work > self.limits.work {
                    return Err(Refusal::Work(stream.data.start));
                }
            }
        }
        Ok(())
    }
}

/// Returns where objects begin that stand in the file itself: behind the word.
fn places(bytes: &[u8]) -> HashMap<u32, usize> {
    heads(bytes).map(|head| (head.number, head.body)).collect()
}

/// The beginning of an object.
pub(crate) struct Head {
    pub(crate) number: u32,
    pub(crate) generation: u16,
    /// Where its number stands.
    pub(crate) at: usize,
    /// Where what it is begins.
    pub(crate) body: usize,
}

/// Returns the beginnings of objects, in the order of the file.
pub(crate) fn heads(bytes: &[u8]) -> impl Iterator<Item = Head> {
    let back = |mut at: usize, test: fn(&u8) -> bool| {
        while at > 0 && test(&bytes[at - 1]) {
            at -= 1;
        }
        at
    };
    let space = |byte: &u8| byte.is_ascii_whitespace();
    memmem::find_iter(bytes, b"obj").filter_map(move |word| {
        let last = back(word, space);
        let generation = back(last, u8::is_ascii_digit);
        let end = back(generation, space);
        let at = back(end, u8::is_ascii_digit);
        let text = |range: Range<usize>| std::str::from_utf8(&bytes[range]).ok();
        Some(Head {
            number: text(at..end)?.parse().ok()?,
            generation: text(generation..last)?.parse().ok()?,
            at,
            body: word + 3,
        })
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut out = ZlibEncoder::new(vec![], Compression::best());
        out.write_all(data).expect("memory");
        out.finish().expect("memory")
    }

    /// A file with one stream.
    fn file(dict: &str, data: &[u8], more: &str) -> Vec<u8> {
        let head = format!("%PDF-1.5\n1 0 obj\n<<{dict} /Length {}>>\nstream\n", data.len());
        [head.as_bytes(), data, format!("\nendstream endobj\n{more}").as_bytes()].concat()
    }

    const SMALL: Limits = Limits { stream: 1 << 20, objects: 1 << 20, work: 1 << 24, nesting: 100 };

    #[test]
    fn what_unpacks_to_too_much_is_refused_however_it_is_spelled() {
        let zeros = packed(&packed(&packed(&vec![0; 4 << 20])));
        assert!(zeros.len() < 1000);
        let look = |dict: &str, more: &str| inspect(&file(dict, &zeros, more), &SMALL);
        for dict in [
            "/Filter [/FlateDecode /FlateDecode /FlateDecode]",
            "/Filter [/Fl /Fl /Fl]",
            "/Filter [/F#6cateDecode /#46#6C /Fl#61teDecode]",
            "/F#69lter[/Fl/Fl/Fl]",
            "/Filter 7 0 R",
        ] {
            let told = look(dict, "7 0 obj [/Fl /Fl /Fl] endobj");
            assert!(matches!(told, Err(Refusal::Stream(_))), "{dict}: {told:?}");
        }
        // Packed twice is no fault by itself.
        assert_eq!(look("/Filter [/Fl /Fl]", ""), Ok(()));
        let raised = Limits { stream: 1 << 23, ..SMALL };
        assert_eq!(inspect(&file("/Filter [/Fl /Fl /Fl]", &zeros, ""), &raised), Ok(()));
    }

    #[test]
    fn object_streams_are_counted_together_and_looked_into() {
        let objects = packed(&vec![b' '; 700_000]);
        let one = file("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &objects, "");
        assert_eq!(inspect(&one, &SMALL), Ok(()));
        assert!(matches!(inspect(&one.repeat(2), &SMALL), Err(Refusal::Objects(_))));
        let deep = packed("[".repeat(200).as_bytes());
        let deep = file("/N 1 /First 4 /Filter /FlateDecode", &deep, "");
        assert_eq!(inspect(&deep, &SMALL), Err(Refusal::Nested));
    }

    #[test]
    fn brackets_in_data_are_none_unless_an_object_could_begin_there() {
        for byte in [b'<', b'['] {
            let gray = vec![byte; 300];
            assert_eq!(inspect(&file("/Width 30", &gray, ""), &SMALL), Ok(()));
            let hidden = [b"9 0 obj ", &gray[..]].concat();
            assert_eq!(inspect(&file("", &hidden, ""), &SMALL), Err(Refusal::Nested));
            let plain = String::from_utf8(gray).expect("text");
            assert_eq!(inspect(&file("", b"", &plain), &SMALL), Err(Refusal::Nested));
        }
    }
}
