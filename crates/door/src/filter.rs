//! Filters as readers: nothing is unpacked further than it is read.

use std::io::{self, Read};

use crate::lex::{Dictionary, Value, dictionary, names, skip};
use crate::packed::{Flate, Lzw};
use crate::predict::{Predicted, Predictor};
use crate::text::{Base85, Hex, Runs};

/// A filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// ASCIIHexDecode.
    Hex,
    /// ASCII85Decode.
    Base85,
    /// RunLengthDecode.
    Runs,
    /// FlateDecode.
    Flate(Predictor),
    /// LZWDecode; whether codes grow one early.
    Lzw {
        /// `EarlyChange`.
        early: bool,
        /// How rows were predicted.
        predictor: Predictor,
    },
    /// DCTDecode, JPXDecode, CCITTFaxDecode, JBIG2Decode: a picture, which is not unpacked here.
    Picture,
    /// Crypt, or a name that is none.
    Other,
}

impl Filter {
    /// Returns the filter with a name, long or short, and its parameters.
    pub fn named(name: &[u8], parameters: &Dictionary<'_>) -> Self {
        let number = |key: &[u8], default| match parameters
            .iter()
            .rev()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value)
        {
            Some(Value::Number(number)) => *number,
            _ => default,
        };
        let predictor = Predictor {
            kind: number(b"Predictor", 1),
            colours: number(b"Colors", 1),
            bits: number(b"BitsPerComponent", 8),
            columns: number(b"Columns", 1),
        };
        match name {
            b"ASCIIHexDecode" | b"AHx" => Self::Hex,
            b"ASCII85Decode" | b"A85" => Self::Base85,
            b"RunLengthDecode" | b"RL" => Self::Runs,
            b"FlateDecode" | b"Fl" => Self::Flate(predictor),
            b"LZWDecode" | b"LZW" => Self::Lzw { early: number(b"EarlyChange", 1) != 0, predictor },
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => {
                Self::Picture
            }
            _ => Self::Other,
        }
    }

    /// Returns the filters of a stream by its dictionary; a reference is looked up by `find`.
    pub(crate) fn of<'a>(
        dict: &Dictionary<'a>,
        find: &dyn Fn(u32) -> Option<Value<'a>>,
    ) -> Vec<Self> {
        let get = |long: &[u8], short: &[u8]| {
            let found = dict.iter().rev().find(|(key, _)| key == long || key == short);
            match found.map(|(_, value)| value.clone()) {
                Some(Value::Reference(number)) => find(number),
                value => value,
            }
        };
        let parameters = get(b"DecodeParms", b"DP");
        let filters = get(b"Filter", b"F").map(|value| names(&value)).unwrap_or_default();
        filters
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let own = match &parameters {
                    Some(Value::Other(text)) if at == 0 => dictionary(text, 0),
                    Some(Value::Array(inside)) => nth(inside, at),
                    _ => None,
                };
                Self::named(name, &own.map(|(dict, _)| dict).unwrap_or_default())
            })
            .collect()
    }

    /// Returns by how much data can grow, at most.
    pub(crate) fn growth(self) -> u64 {
        match self {
            Self::Flate(_) => 1032,
            Self::Lzw { .. } => 2740,
            Self::Runs => 64,
            Self::Hex | Self::Base85 | Self::Other => 4,
            // Readers bound pictures by their own size.
            Self::Picture => 1,
        }
    }
}

fn nth(inside: &[u8], index: usize) -> Option<(Dictionary<'_>, usize)> {
    let mut at = skip(inside, 0);
    for _ in 0..index {
        at = skip(inside, crate::lex::value(inside, at)?.1);
    }
    dictionary(inside, at)
}

/// How unpacking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With the end of the data.
    Whole,
    /// Before it: the data are cut off, or are none of the filter's.
    Damaged,
    /// At the bound.
    Limit,
}

/// What was unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes, as far as they could be read.
    pub bytes: Vec<u8>,
    /// How they end.
    pub end: End,
}

/// Unpacks to `limit` bytes at most.
pub fn unpack(data: &[u8], filters: &[Filter], limit: usize) -> Unpacked {
    let (mut bytes, mut buffer) = (vec![], [0; 1 << 14]);
    let mut source = reader(data, filters);
    let end = loop {
        match source.read(&mut buffer) {
            Ok(0) => break End::Whole,
            Ok(read) if bytes.len() + read > limit => break End::Limit,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
            Err(_) => break End::Damaged,
        }
    };
    Unpacked { bytes, end }
}

/// Returns a reader of the unpacked data; a picture's are handed on as they are.
///
/// Where data are damaged, what comes before is read, then an error.
pub fn reader<'a>(data: &'a [u8], filters: &[Filter]) -> Box<dyn Read + 'a> {
    filters.iter().fold(Box::new(data), |source: Box<dyn Read + 'a>, filter| match *filter {
        Filter::Hex => Box::new(Hex::new(source)),
        Filter::Base85 => Box::new(Base85::new(source)),
        Filter::Runs => Box::new(Runs::new(source)),
        Filter::Flate(predictor) => Predicted::around(Flate::new(source), predictor),
        Filter::Lzw { early, predictor } => Predicted::around(Lzw::new(source, early), predictor),
        Filter::Picture => source,
        Filter::Other => Box::new(Refused),
    })
}

/// A filter that no one knows: nothing can be read.
struct Refused;

impl Read for Refused {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::InvalidData.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    const FLATE: Filter = Filter::Flate(Predictor { kind: 1, colours: 1, bits: 8, columns: 1 });

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut out = ZlibEncoder::new(vec![], Compression::best());
        out.write_all(data).expect("memory");
        out.finish().expect("memory")
    }

    #[test]
    fn what_is_cut_off_or_no_data_at_all_is_known() {
        let text: Vec<u8> = (0..5000u32).flat_map(|n| n.to_string().into_bytes()).collect();
        let whole = packed(&text);
        let end = |data: &[u8], filters: &[Filter]| {
            let found = unpack(data, filters, 1 << 20);
            (found.end, found.bytes.len())
        };
        assert_eq!(end(&whole, &[FLATE]), (End::Whole, text.len()));
        // The checksum may be wrong, or missing.
        assert_eq!(end(&whole[..whole.len() - 4], &[FLATE]).0, End::Whole);
        for part in [1, 4, 7] {
            let (how, length) = end(&whole[..whole.len() * part / 8], &[FLATE]);
            assert!(
                how == End::Damaged && (part == 1 || length > 100),
                "{part}/8: {how:?} {length}"
            );
        }
        assert_eq!(end(b"\x78\x9c garbage of some kind", &[FLATE]).0, End::Damaged);
        assert_eq!(end(b"", &[FLATE]).0, End::Damaged);
        assert_eq!(end(b"abc", &[Filter::Other]).0, End::Damaged);
        assert_eq!(end(b"4G", &[Filter::Hex]).0, End::Damaged);
        assert_eq!(end(b"\x05ab", &[Filter::Runs]).0, End::Damaged);
        assert_eq!(unpack(&whole, &[FLATE], 1000).end, End::Limit);
        assert_eq!(end(&packed(&whole), &[FLATE, FLATE]), (End::Whole, text.len()));
    }

    #[test]
    fn letters_and_runs_are_read() {
        let read = |data: &[u8], filter| unpack(data, &[filter], 100).bytes;
        assert_eq!(read(b"61 6\n2 7>zz", Filter::Hex), b"abp");
        assert_eq!(read(b"87cURD]i,\"Ebo80~>", Filter::Base85), b"Hello World!");
        assert_eq!(read(b"z!!~>", Filter::Base85), b"\0\0\0\0\0");
        assert_eq!(read(b"\x01ab\xfec\x80", Filter::Runs), b"abccc");
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        let filter = Filter::Lzw { early: true, predictor: Predictor::default() };
        assert_eq!(read(&lzw, filter), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn predictions_are_undone() {
        let png = Predictor { kind: 12, columns: 3, ..Predictor::default() };
        let rows = packed(&[1, 5, 1, 1, 2, 1, 1, 1]);
        assert_eq!(unpack(&rows, &[Filter::Flate(png)], 99).bytes, [5, 6, 7, 6, 7, 8]);
        let tiff = Predictor { kind: 2, columns: 4, bits: 4, ..Predictor::default() };
        let rows = packed(&[0x11, 0x1F]);
        assert_eq!(unpack(&rows, &[Filter::Flate(tiff)], 99).bytes, [0x12, 0x32]);
    }
}
