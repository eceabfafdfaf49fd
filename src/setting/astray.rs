//! The proof that each footnote begins on the page of its mark, for every template that leaves
//! footnotes to Typst.

use std::collections::{BTreeMap, HashSet};

use typst::introspection::Introspector;
use typst_layout::PagedDocument;

use super::expected::{Expected, Kind};
use super::notes;
use super::owned::Owned;
use crate::reading::model::{Inline, Part, Report};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place};

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

/// Reports marks of footnotes that stand on another page than the footnote, where its number would be
/// that of another: numbers begin anew on each page.
pub(super) fn check_marks(document: &PagedDocument, report: &Report) -> Vec<Diagnostic> {
    let pages: BTreeMap<String, usize> =
        notes::marks(document, "noted").into_iter().rev().collect();
    let mut out = vec![];
    if pages.is_empty() {
        return out;
    }
    for part in &report.parts {
        let mut marks = Marks::default();
        part.content.runs().into_iter().for_each(|runs| marks.collect(runs));
        for (note, others) in marks.others {
            let Some(first) = marks.first.get(note).and_then(|id| pages.get(*id)) else { continue };
            for (count, id) in others.into_iter().enumerate() {
                let Some(page) = pages.get(id).filter(|page| *page != first) else { continue };
                let message = say!(
                    "this mark is on page {page}, and its footnote on page {first}: numbers begin anew on each page",
                    page,
                    first
                );
                out.push(
                    Diagnostic::of(&rules::NOTE_ASTRAY, place(part, note, count + 1), message)
                        .hint(say!("give this mark a footnote of its own")),
                );
            }
        }
    }
    out
}

/// The names of the marks of notes, by the names of the notes.
#[derive(Default)]
struct Marks<'a> {
    first: BTreeMap<&'a str, &'a str>,
    others: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Marks<'a> {
    fn collect(&mut self, runs: &'a [Inline]) {
        for run in runs {
            match run {
                Inline::Footnote { note: Some(note), mark, .. } => {
                    self.first.extend(mark.id.as_deref().map(|id| (note.as_str(), id)));
                }
                Inline::NoteAgain { note, mark } => {
                    if let Some(id) = &mark.id {
                        self.others.entry(note).or_default().push(id);
                    }
                }
                run => self.collect(run.body()),
            }
        }
    }
}

/// The place of a mark of a note, which is called by its file and its name; `before`: the marks of it
/// before this one.
fn place(part: &Part, note: &str, before: usize) -> Place {
    for file in part.files.iter().map(|part| &part.file) {
        let Some(label) = note.strip_prefix(&*file.path).and_then(|rest| rest.strip_prefix(':'))
        else {
            continue;
        };
        let mark = format!("[^{label}]");
        let marks = file.text.match_indices(&mark).map(|(at, _)| at..at + mark.len());
        let found = marks.filter(|at| !file.text[at.end..].starts_with(':')).nth(before);
        if let Some(found) = found {
            return Place::new(file, found);
        }
    }
    part.place.clone()
}
