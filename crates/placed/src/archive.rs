//! What keeps a page out of an archive file (ISO 19005-2) with tags (ISO 14289-1).

use lopdf::{Dictionary, Document, Object};

use crate::fonts;
use crate::refusal::Refusal;

/// What keeps a page out of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// A font, by its name, that does not say which characters its glyphs are.
    NoUnicode(String),
    /// Data are packed in a way that archives forbid (LZW).
    Packed,
}

/// Returns what keeps a page out of an archive.
pub(crate) fn unfit(document: &Document) -> Result<Option<Unfit>, Refusal> {
    let is_lzw = |stream: &lopdf::Stream| {
        stream.filters().is_ok_and(|filters| filters.contains(&&b"LZWDecode"[..]))
    };
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    if streams.into_iter().any(is_lzw) {
        return Ok(Some(Unfit::Packed));
    }
    let font = fonts::used(document)?.into_iter().find(|font| !says_characters(document, font));
    Ok(font.map(|font| Unfit::NoUnicode(fonts::name(font))))
}

/// Whether a font tells which characters its glyphs are (ISO 19005-2, 6.2.11.7.2).
fn says_characters(document: &Document, font: &Dictionary) -> bool {
    if font.get_deref(b"ToUnicode", document).is_ok_and(|map| map.as_stream().is_ok()) {
        return true;
    }
    let encoding = font.get_deref(b"Encoding", document).ok();
    let named = encoding.and_then(|encoding| encoding.as_name().ok());
    if fonts::kind(font) == b"Type0" {
        // Character maps of Chinese, Japanese and Korean are known.
        return named.is_some_and(|name| !name.starts_with(b"Identity"));
    }
    let standard =
        [&b"WinAnsiEncoding"[..], b"MacRomanEncoding", b"MacExpertEncoding", b"StandardEncoding"];
    match encoding {
        Some(Object::Dictionary(own)) => !own.has(b"Differences") || has_known_names(document, own),
        _ => named.is_some_and(|name| standard.contains(&name)),
    }
}

/// Whether the glyphs that an encoding names have names that everyone knows: letters that a program
/// made up (`g12`) are none.
fn has_known_names(document: &Document, encoding: &Dictionary) -> bool {
    let list = encoding.get_deref(b"Differences", document).and_then(Object::as_array).ok();
    let names = list.into_iter().flatten().filter_map(|item| item.as_name().ok());
    names.into_iter().all(|name| {
        let digits = name.iter().filter(|byte| byte.is_ascii_digit()).count();
        name.starts_with(b"uni") || digits == 0
    })
}
