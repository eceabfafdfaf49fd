//! Which parts lose something where a block goes on on the next page.
//!
//! Typst lays a block out once more on each page that it reaches, with the room that this one has.
//! Less room there may leave a line on the page before that was not there when that page was made: it
//! is on neither.

use std::collections::{BTreeMap, BTreeSet};

use typst::introspection::Tag;
use typst::layout::FrameItem;
use typst_layout::PagedDocument;

use super::{fit, frames};
use crate::reading::model::Report;
use source::Diagnostic;

/// The parts that lose something, as is told of them, or that mark the beginning of something on a page and its end on none.
pub(super) fn parts(
    document: &PagedDocument,
    report: &Report,
    lost: &[Diagnostic],
) -> BTreeSet<String> {
    let pages = fit::pages(document);
    let files = || {
        report.parts.iter().flat_map(|part| part.files.iter().map(|file| (part.id.clone(), file)))
    };
    let told = lost.iter().filter_map(|lost| lost.place.as_ref());
    let mut out: BTreeSet<String> = told
        .filter_map(|place| files().find(|(_, own)| own.file.path == place.file.path))
        .map(|(id, _)| id)
        .collect();
    for page in unclosed(document) {
        let holds = |own: &&fit::PartPages| (own.first..own.first + own.count).contains(&page);
        out.extend(pages.iter().find(holds).map(|own| own.id.clone()));
    }
    out
}

/// The pages on which something begins that ends nowhere, or ends that began nowhere.
fn unclosed(document: &PagedDocument) -> BTreeSet<usize> {
    let mut open = BTreeMap::new();
    for (index, page) in document.pages().iter().enumerate() {
        frames::visit(&page.frame, &mut |item, _| {
            let FrameItem::Tag(tag) = item else { return };
            let change = if matches!(tag, Tag::Start(..)) { 1 } else { -1 };
            let entry = open.entry(tag.location().hash()).or_insert((0, index + 1));
            entry.0 += change;
        });
    }
    open.into_values().filter(|(count, _)| *count != 0).map(|(_, page)| page).collect()
}
