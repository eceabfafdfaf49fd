//! The proof that each footnote begins on the page of its mark, for every template that leaves
//! footnotes to Typst.

use std::collections::HashSet;

use typst::introspection::Introspector;
use typst_layout::PagedDocument;

use super::expected::{Expected, Kind};
use super::owned::Owned;
use crate::rules;
use l10n::say;
use source::Diagnostic;

/// Reports the footnotes that begin on another page than their marks.
pub(super) fn check(document: &PagedDocument, text: &Owned) -> Vec<Diagnostic> {
    let introspector = document.introspector();
    let mut seen = HashSet::new();
    let mut out = vec![];
    for (at, item) in text.items.iter().enumerate() {
        // Its number is the template's: what is looked at is its first words. Which of two equal
        // formulas a sign belongs to, nobody knows.
        let is_words = |run: &&Expected| run.kind == Kind::Note && !run.formula;
        let Some(run) = text.run(at).filter(is_words) else { continue };
        let Some(note) = item.note.filter(|note| seen.insert(*note)) else { continue };
        let mark = introspector.page(note).map_or(item.page, |page| page.get());
        if mark == item.page || text.lost.contains(&run.whole()) {
            continue;
        }
        let (page, text) = (item.page, text.shown(at));
        let message = say!(
            "this footnote begins on page {page} at `{text}`, and its mark is on page {mark}",
            page,
            text,
            mark
        );
        out.push(Diagnostic::of(&rules::NOTE_ASTRAY, run.place.clone(), message).hint(say!(
            "shorten the footnote, or put its mark further up or down; where the mark is in a table or a quotation, split that"
        )));
    }
    out
}
