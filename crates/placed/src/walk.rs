//! The objects that a page draws with.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::refusal::Refusal;
use crate::scan;

/// How deep forms may lie in each other.
const DEPTH: usize = 64;

/// The most bytes of a content stream.
pub(crate) const LIMIT: usize = 192 << 20;

/// Entries that say nothing of what is drawn, and may lead to the whole file.
const ASIDE: [&[u8]; 9] = [
    b"Parent",
    b"StructParent",
    b"StructParents",
    b"OC",
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"AF",
    b"Properties",
];

/// Marks of structure and of layers: the page that a form is placed on has its own.
const MARKS: [&[u8]; 5] = [b"BMC", b"BDC", b"EMC", b"MP", b"DP"];

/// Returns the objects that one draws with, itself among them.
pub(crate) fn reached(document: &Document, from: ObjectId) -> BTreeSet<ObjectId> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Ok(object) = document.get_object(id) else { continue };
        references(object, &mut open);
    }
    seen
}

/// Collects the references in an object.
fn references(object: &Object, out: &mut Vec<ObjectId>) {
    let mut open = vec![object];
    while let Some(object) = open.pop() {
        match object {
            Object::Reference(id) => out.push(*id),
            Object::Array(list) => open.extend(list),
            Object::Dictionary(dict) => open.extend(kept(dict)),
            Object::Stream(stream) => open.extend(kept(&stream.dict)),
            _ => {}
        }
    }
}

fn kept(dict: &Dictionary) -> impl Iterator<Item = &Object> {
    dict.iter().filter(|(key, _)| !ASIDE.contains(&key.as_slice())).map(|(_, value)| value)
}

/// Returns whether forms or patterns draw themselves, or lie too deep in each other.
pub(crate) fn is_circular(document: &Document, from: ObjectId) -> bool {
    // How deep what each draws lies; `None` while it is being looked at.
    let mut known: BTreeMap<ObjectId, Option<usize>> = BTreeMap::new();
    fn depth(
        document: &Document,
        id: ObjectId,
        level: usize,
        known: &mut BTreeMap<ObjectId, Option<usize>>,
    ) -> Option<usize> {
        match known.get(&id) {
            Some(depth) => return *depth,
            None if level > DEPTH => return None,
            None => known.insert(id, None),
        };
        let mut most = 0;
        for drawn in draws(document, id) {
            most = most.max(depth(document, drawn, level + 1, known)? + 1);
        }
        known.insert(id, Some(most));
        Some(most)
    }
    depth(document, from, 0, &mut known).is_none()
}

/// The streams with content that an object draws: forms, patterns, glyphs, masks.
fn draws(document: &Document, id: ObjectId) -> BTreeSet<ObjectId> {
    let mut out = BTreeSet::new();
    let mut seen = BTreeSet::from([id]);
    let mut open = vec![];
    if let Ok(object) = document.get_object(id) {
        references(object, &mut open);
    }
    while let Some(next) = open.pop() {
        if has_content(document, next) {
            out.insert(next);
        } else if seen.insert(next)
            && let Ok(object) = document.get_object(next)
        {
            references(object, &mut open);
        }
    }
    out
}

fn has_content(document: &Document, id: ObjectId) -> bool {
    document
        .get_object(id)
        .is_ok_and(|object| object.as_stream().is_ok_and(|stream| is_content(&stream.dict)))
}

/// Whether a stream holds operators: a form or a tiling pattern.
pub(crate) fn is_content(dict: &Dictionary) -> bool {
    let is = |key: &[u8], name: &[u8]| {
        dict.get(key).and_then(Object::as_name).is_ok_and(|it| it == name)
    };
    is(b"Subtype", b"Form")
        || dict.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|kind| kind == 1)
}

/// Takes the marks of structure and of layers out of all that is drawn, and what belongs to them.
pub(crate) fn unmark(document: &mut Document) -> Result<(), Refusal> {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && is_content(&stream.dict)
        {
            let data = stream.get_plain_content_with_limit(LIMIT).map_err(|_| Refusal::Damaged)?;
            if let Some(rest) = scan::without(&data, &MARKS) {
                stream.dict.remove(b"Filter");
                stream.dict.remove(b"DecodeParms");
                stream.set_content(rest);
                stream.compress().map_err(|_| Refusal::Damaged)?;
            }
        }
        each_dictionary(object, &mut |dict| {
            for key in ASIDE {
                dict.remove(key);
            }
        });
    }
    Ok(())
}

/// Changes each dictionary in an object, the outer ones first.
pub(crate) fn each_dictionary(object: &mut Object, change: &mut impl FnMut(&mut Dictionary)) {
    let mut open = vec![object];
    while let Some(object) = open.pop() {
        let dict = match object {
            Object::Array(list) => {
                open.extend(list);
                continue;
            }
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        change(dict);
        open.extend(dict.iter_mut().map(|(_, value)| value));
    }
}
