//! Content and resources of pages: what is added to them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::MendError;

/// The maximum size of a page's content, in bytes.
pub(crate) const LIMIT: usize = 1 << 28;

/// Returns the content streams of a page.
pub(crate) fn parts(document: &Document, page: &Dictionary) -> Vec<Object> {
    let Ok(contents) = page.get(b"Contents") else { return vec![] };
    match document.dereference(contents) {
        Ok((_, Object::Array(parts))) => parts.clone(),
        Ok((_, Object::Stream(_))) => vec![contents.clone()],
        _ => vec![],
    }
}

/// Returns the content of a page as one; `None` where a part of it cannot be unpacked.
pub(crate) fn whole(document: &Document, page: &Dictionary) -> Option<Vec<u8>> {
    let mut whole = vec![];
    for part in parts(document, page) {
        let stream = document.dereference(&part).ok()?.1.as_stream().ok()?;
        whole.extend(stream.get_plain_content_with_limit(LIMIT.saturating_sub(whole.len())).ok()?);
        whole.push(b'\n');
    }
    Some(whole)
}

/// Returns the resources of a page, its own or inherited ones.
pub(crate) fn resources(document: &Document, page: &Dictionary) -> Dictionary {
    impose::inherited(document, page, b"Resources")
        .and_then(|object| document.dereference(object).ok())
        .and_then(|(_, object)| object.as_dict().ok())
        .cloned()
        .unwrap_or_default()
}

/// Returns a kind of resources, such as `XObject`.
pub(crate) fn kind(document: &Document, resources: &Dictionary, kind: &[u8]) -> Dictionary {
    resources.get_deref(kind, document).and_then(Object::as_dict).cloned().unwrap_or_default()
}

/// Returns a name that nothing has yet.
pub(crate) fn free(named: &Dictionary, stem: &str) -> String {
    let mut name = stem.to_owned();
    let mut number = 1;
    while named.has(name.as_bytes()) {
        number += 1;
        name = format!("{stem}.{number}");
    }
    name
}

/// Replaces the content and the resources of a page.
pub(crate) fn replace(
    document: &mut Document,
    id: ObjectId,
    content: Vec<u8>,
    resources: Dictionary,
) -> Result<(), MendError> {
    let stream = packed(content)?;
    let stream = document.try_add_object(stream)?;
    let page = document.get_dictionary_mut(id)?;
    page.set("Contents", stream);
    page.set("Resources", resources);
    Ok(())
}

fn packed(content: Vec<u8>) -> Result<Stream, MendError> {
    let mut stream = Stream::new(Dictionary::new(), content);
    stream.compress()?;
    Ok(stream)
}
