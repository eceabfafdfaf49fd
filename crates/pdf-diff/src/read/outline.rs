//! First-level bookmarks: a report's parts.

use std::collections::HashMap;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{
    Array, Dict, MaybeRef, Object, ObjectIdentifier, String as PdfString,
};

use crate::version::Section;
use preflight::decode;

/// The maximum number of bookmarks read, to guard against circular lists.
const MOST: usize = 10_000;
/// The maximum depth of the tree of named destinations.
const DEEPEST: usize = 20;

/// Returns the parts of a PDF of `count` pages; pages before the first bookmark form a part
/// without a title.
pub(super) fn of(pdf: &Pdf, catalog: &Dict<'_>, count: usize) -> Vec<Section> {
    let id = |(at, page): (usize, &hayro_syntax::page::Page<'_>)| Some((page.raw().obj_id()?, at));
    let pages: HashMap<ObjectIdentifier, usize> =
        pdf.pages().iter().enumerate().filter_map(id).collect();
    let mut parts: Vec<(String, usize)> = vec![];
    let mut next =
        catalog.get::<Dict<'_>>("Outlines").and_then(|outlines| outlines.get::<Dict<'_>>("First"));
    for _ in 0..MOST {
        let Some(mark) = next else { break };
        let title = mark
            .get::<PdfString<'_>>("Title")
            .map(|title| decode(title.as_bytes()))
            .unwrap_or_default();
        let target = mark.get::<Object<'_>>("Dest");
        let target = target.or_else(|| mark.get::<Dict<'_>>("A")?.get::<Object<'_>>("D"));
        if let Some(page) = target.and_then(|target| page_of(target, catalog, &pages, 0)) {
            parts.push((title, page));
        }
        next = mark.get::<Dict<'_>>("Next");
    }
    parts.sort_by_key(|(_, first)| *first);
    if parts.first().is_none_or(|(_, first)| *first > 0) {
        parts.insert(0, (String::new(), 0));
    }
    let ends: Vec<usize> = parts.iter().skip(1).map(|(_, first)| *first).chain([count]).collect();
    let part = |((title, first), end): ((String, usize), usize)| Section {
        title,
        first,
        count: (end - first).max(1),
    };
    parts.into_iter().zip(ends).map(part).collect()
}

/// Returns the page that a destination leads to, from 0.
fn page_of(
    target: Object<'_>,
    catalog: &Dict<'_>,
    pages: &HashMap<ObjectIdentifier, usize>,
    depth: usize,
) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    match target {
        Object::Array(list) => match list.raw_iter().next()? {
            MaybeRef::Ref(page) => pages.get(&page.into()).copied(),
            MaybeRef::NotRef(_) => None,
        },
        Object::Dict(dict) => page_of(dict.get::<Object<'_>>("D")?, catalog, pages, depth + 1),
        Object::Name(name) => {
            let old = catalog.get::<Dict<'_>>("Dests")?.get::<Object<'_>>(name.as_str().as_bytes());
            page_of(old?, catalog, pages, depth + 1)
        }
        Object::String(name) => {
            let tree = catalog.get::<Dict<'_>>("Names")?.get::<Dict<'_>>("Dests")?;
            page_of(named(&tree, name.as_bytes(), 0)?, catalog, pages, depth + 1)
        }
        _ => None,
    }
}

fn named<'a>(node: &Dict<'a>, name: &[u8], depth: usize) -> Option<Object<'a>> {
    if depth > DEEPEST {
        return None;
    }
    if let Some(list) = node.get::<Array<'a>>("Names") {
        let entries: Vec<Object<'a>> = list.iter::<Object<'a>>().collect();
        for pair in entries.chunks_exact(2) {
            if matches!(&pair[0], Object::String(key) if key.as_bytes() == name) {
                return Some(pair[1].clone());
            }
        }
    }
    let kids = node.get::<Array<'a>>("Kids")?;
    kids.iter::<Dict<'a>>().find_map(|kid| named(&kid, name, depth + 1))
}
