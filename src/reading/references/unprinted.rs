//! What an entry says and the list that a style has made of it does not show.

use std::collections::BTreeSet;

use hayagriva::Entry;
use hayagriva::types::EntryType;

use super::{References, guard};
use crate::reading::model::ReferenceEntry;
use crate::reading::text;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Problems};

impl References {
    /// Tells the notes, series and versions of entries that their style does not print.
    pub fn unprinted(&self, list: &[ReferenceEntry], problems: &mut Problems) {
        for printed in list {
            let Some(entry) = self.library.get(&printed.key) else { continue };
            let body = text::plain(&printed.body);
            let letters = bare(&body);
            let mut told = BTreeSet::new();
            for (said, what) in said(entry) {
                let known = bare(&said);
                // Of a version the marks are part: `2.0` is not in `2003`.
                let is_there = match what {
                    What::Version => body.contains(&said),
                    _ => letters.contains(&known),
                };
                if known.is_empty() || is_there || !told.insert(known) {
                    continue;
                }
                let aside = self.asides.get(&printed.key);
                let written = aside.and_then(|it| it.printed.iter().find(|it| it.text == said));
                // Whoever writes YAML writes the whole record, for any style.
                let of_entry =
                    || self.place(&printed.key).filter(|_| !matches!(what, What::Series));
                let place = written.map(|it| &it.place).or_else(of_entry);
                let Some(place) = place.cloned() else { continue };
                let (message, hint) = match what {
                    What::Note => (
                        say!("the note `{note}` is not printed", note = said),
                        say!("add it to the title, or to `publisher`"),
                    ),
                    What::Series => (
                        say!("the series `{series}` is not printed", series = said),
                        say!(
                            "this citation style has no place for it: add it to the title, or choose another style"
                        ),
                    ),
                    What::Version => (
                        say!("the version `{version}` is not printed", version = said),
                        say!("add it to the title"),
                    ),
                };
                problems.push(Diagnostic::of(&rules::READ_REFERENCE, place, message).hint(hint));
            }
        }
    }
}

/// What of an entry some styles print, and others do not.
enum What {
    Note,
    Series,
    Version,
}

fn said(entry: &Entry) -> Vec<(String, What)> {
    let mut out = vec![];
    if let Some(note) = entry.note() {
        let note = guard::plain(&note.to_string());
        out.extend((!is_of_program(&note)).then_some((note, What::Note)));
    }
    if let Some(version) = entry.serial_number().and_then(|serial| serial.0.get("version")) {
        out.push((guard::plain(version), What::Version));
    }
    // A journal with its entry's own parent, a book with the series that it is in.
    let own = |of: &Entry| matches!(of.entry_type(), EntryType::Book | EntryType::Anthology);
    let held = entry.parents().iter().filter(|_| own(entry));
    let beyond = entry.parents().iter().flat_map(|parent| parent.parents());
    let series = held.chain(beyond).filter(|it| *it.entry_type() != EntryType::Conference);
    for title in series.filter_map(Entry::title) {
        out.push((guard::plain(&title.to_string()), What::Series));
    }
    out
}

/// Whether a note is what a program keeps in it, as Zotero does with what it has no field for.
fn is_of_program(note: &str) -> bool {
    const KEYS: [&str; 22] = [
        "publisher",
        "section",
        "number",
        "issue",
        "pages",
        "volume",
        "place",
        "_eprint",
        "arxiv",
        "ads bibcode",
        "company",
        "conference name",
        "distributor",
        "edition",
        "issn",
        "isbn",
        "doi",
        "pmid",
        "pmcid",
        "citation key",
        "library catalog",
        "backup publisher",
    ];
    let mut lines = note.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            let head = line.split([':', '=']).next().unwrap_or_default().trim().to_lowercase();
            head.len() < line.len() && (KEYS.contains(&&*head) || head.starts_with("tex."))
        })
}

/// The letters and figures of a text, in one case: a style chooses its marks and capitals.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_keep_in_notes_is_theirs() {
        for note in
            ["arXiv:2302.04567 [cs]", "Publisher: Some Press", "Section: A\nISSN: 0000-0001"]
        {
            assert!(is_of_program(note), "{note}");
        }
        for note in ["网络首发", "In Chinese", "Reprint: first 1950", "section", ""] {
            assert!(!is_of_program(note), "{note}");
        }
    }
}
