//! The fonts that a page uses.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use crate::refusal::Refusal;
use crate::scan;
use crate::walk::{LIMIT, is_content};

/// Returns the name of a font that text is set in and that is not embedded.
pub(crate) fn missing(document: &Document) -> Result<Option<String>, Refusal> {
    let missing = used(document)?.into_iter().find(|font| !is_embedded(document, font));
    Ok(missing.map(name))
}

/// Returns the fonts that text is set in.
pub(crate) fn used(document: &Document) -> Result<Vec<&Dictionary>, Refusal> {
    let mut out: BTreeMap<*const Dictionary, &Dictionary> = BTreeMap::new();
    let mut found = vec![];
    for object in document.objects.values() {
        let Ok(stream) = object.as_stream() else { continue };
        if !is_content(&stream.dict) {
            continue;
        }
        let resources = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict);
        let fonts = resources.and_then(|own| own.get_deref(b"Font", document)?.as_dict());
        let Ok(fonts) = fonts else { continue };
        let data = stream.get_plain_content_with_limit(LIMIT).map_err(|_| Refusal::Damaged)?;
        for operation in scan::operations(&data) {
            let name = operation.name.filter(|_| operation.operator == b"Tf");
            let font = name.and_then(|name| fonts.get_deref(&plain(name), document).ok());
            if let Some(font) = font.and_then(|font| font.as_dict().ok())
                && out.insert(font, font).is_none()
            {
                found.push(font);
            }
        }
    }
    Ok(found)
}

/// A name without its escapes (7.3.5).
fn plain(name: &[u8]) -> Vec<u8> {
    let mut out = vec![];
    let mut at = 0;
    while let Some(&byte) = name.get(at) {
        let digits = name.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code =
            digits.filter(|_| byte == b'#').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    out
}

/// The font that has the program: a composite font's descendant.
pub(crate) fn with_program<'a>(document: &'a Document, font: &'a Dictionary) -> &'a Dictionary {
    let below = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let below = below.and_then(|list| document.dereference(list.first()?).ok()?.1.as_dict().ok());
    below.unwrap_or(font)
}

fn is_embedded(document: &Document, font: &Dictionary) -> bool {
    if kind(font) == b"Type3" {
        return true;
    }
    let descriptor = with_program(document, font)
        .get_deref(b"FontDescriptor", document)
        .and_then(Object::as_dict);
    descriptor.is_ok_and(|descriptor| {
        let has = |key: &&[u8]| {
            descriptor.get_deref(key, document).is_ok_and(|file| file.as_stream().is_ok())
        };
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(has)
    })
}

/// The kind of a font.
pub(crate) fn kind(font: &Dictionary) -> &[u8] {
    font.get(b"Subtype").and_then(Object::as_name).unwrap_or_default()
}

/// The name of a font, without the mark of a subset.
pub(crate) fn name(font: &Dictionary) -> String {
    let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"?");
    let name = String::from_utf8_lossy(name).into_owned();
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest.to_owned(),
        _ => name,
    }
}
