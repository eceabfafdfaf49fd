//! Layers (ISO 32000-1, 8.11.4): a form has none, so all that a file has must be shown.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Returns the names of the layers that a file hides.
pub(crate) fn hidden(document: &Document) -> Option<String> {
    let layers =
        document.catalog().ok()?.get_deref(b"OCProperties", document).ok()?.as_dict().ok()?;
    let shown = layers.get_deref(b"D", document).and_then(Object::as_dict).ok()?;
    let mut off = list(document, shown, b"OFF");
    let base = shown.get_deref(b"BaseState", document).and_then(Object::as_name);
    if base.is_ok_and(|state| state == b"OFF") {
        let on = list(document, shown, b"ON");
        off.extend(list(document, layers, b"OCGs").difference(&on));
    }
    let names: Vec<String> = off.into_iter().take(5).map(|id| name(document, id)).collect();
    (!names.is_empty()).then(|| names.join("`, `"))
}

fn list(document: &Document, dict: &Dictionary, key: &[u8]) -> BTreeSet<ObjectId> {
    let list = dict.get_deref(key, document).and_then(Object::as_array).ok();
    list.into_iter().flatten().filter_map(|item| item.as_reference().ok()).collect()
}

fn name(document: &Document, id: ObjectId) -> String {
    let name = document.get_dictionary(id).and_then(|layer| layer.get(b"Name"));
    name.and_then(lopdf::decode_text_string).unwrap_or_else(|_| id.0.to_string())
}
