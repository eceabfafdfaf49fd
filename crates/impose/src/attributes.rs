//! Attributes of pages and fields, which ancestors may have for them.

use lopdf::{Dictionary, Document, Object};

/// The maximum depth of a page tree (7.7.3); a deeper one is circular.
const DEPTH: usize = 64;

/// Returns an attribute of a page, or of the nearest ancestor (7.7.3.4).
pub fn inherited<'a>(
    document: &'a Document,
    page: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let above =
        |node: &&'a Dictionary| node.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    std::iter::successors(Some(page), above).take(DEPTH).find_map(|node| node.get(key).ok())
}

/// Returns by how many quarter turns a page is turned clockwise, from 0 to 3.
pub(crate) fn quarter_turns(document: &Document, page: &Dictionary) -> i64 {
    let turn = inherited(document, page, b"Rotate");
    let turn = turn.and_then(|turn| document.dereference(turn).ok()?.1.as_float().ok());
    (turn.unwrap_or(0.0) as i64).rem_euclid(360) / 90
}
