//! From a drawing's bytes to text: compression, encodings, entities.

use std::collections::BTreeMap;
use std::io::Read;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::GzDecoder;
use l10n::say;

use super::Why;

/// The most bytes of a drawing's text.
const MAX_TEXT: u64 = 100_000_000;
/// The most characters that the entities of a document may stand for.
const MAX_ENTITIES: u64 = 1_000_000;
/// How deep entities may hold each other.
const DEPTH: usize = 8;

/// Returns a drawing's text, and whether its bytes are that text in UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<(String, bool), Why> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return decoded(bytes);
    }
    let mut plain = vec![];
    GzDecoder::new(bytes)
        .take(MAX_TEXT + 1)
        .read_to_end(&mut plain)
        .map_err(|error| Why::broken(error.to_string()))?;
    if plain.len() as u64 > MAX_TEXT {
        return Err(Why::broken(say!("it is too large")));
    }
    Ok((decoded(&plain)?.0, false))
}

fn decoded(bytes: &[u8]) -> Result<(String, bool), Why> {
    let encoding = encoding_of(bytes)?;
    let (text, _, faulty) = encoding.decode(bytes);
    if faulty {
        return Err(Why {
            refused: false,
            message: say!("it is not text in {encoding}", encoding = encoding.name()),
            hint: say!("export it again as plain SVG in UTF-8"),
        });
    }
    Ok((text.into_owned(), encoding == UTF_8))
}

/// Returns the encoding: by the byte order mark, by the zeros of UTF-16, by the XML declaration.
fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, Why> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(256)];
    let head = String::from_utf8_lossy(head);
    let declared = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let Some(name) = declared else { return Ok(UTF_8) };
    let Some(encoding) = Encoding::for_label(name.as_bytes()) else {
        return Err(Why {
            refused: false,
            message: say!("its encoding `{name}` is not known", name),
            hint: say!("export it again as plain SVG in UTF-8"),
        });
    };
    // Text without zeros is not UTF-16, whatever a program wrote at its head.
    Ok(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// Refuses a document whose entities stand for more text than any drawing has.
pub(super) fn bound_entities(text: &str) -> Result<(), Why> {
    let Some(start) = text.find("<!DOCTYPE") else { return Ok(()) };
    let mut declared = BTreeMap::new();
    for entity in text[start..].split("<!ENTITY").skip(1) {
        let mut words = entity.trim_start().splitn(2, char::is_whitespace);
        let (Some(name), Some(rest)) = (words.next(), words.next()) else { continue };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        let value = rest[1..].split(quote).next().unwrap_or_default();
        declared.entry(name).or_insert(value);
    }
    if length(&text[start..], &declared, DEPTH) > MAX_ENTITIES.max(2 * text.len() as u64) {
        return Err(Why {
            refused: true,
            message: say!("its entities stand for more text than a drawing has"),
            hint: say!("export it again as plain SVG, without a document type"),
        });
    }
    Ok(())
}

/// The length of a text once its entities are put in.
fn length(text: &str, declared: &BTreeMap<&str, &str>, depth: usize) -> u64 {
    let mut known: BTreeMap<&str, u64> = BTreeMap::new();
    let mut total = text.len() as u64;
    for part in text.split('&').skip(1) {
        let name = part.split(';').next().unwrap_or_default();
        let Some((name, value)) = declared.get_key_value(name) else { continue };
        let Some(below) = depth.checked_sub(1) else { return u64::MAX };
        let one = *known.entry(name).or_insert_with(|| length(value, declared, below));
        total = total.saturating_add(one);
    }
    total
}
