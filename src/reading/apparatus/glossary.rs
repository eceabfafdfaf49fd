//! The file of a report's terms.

use l10n::say;
use source::{Diagnostic, Place, schema};

use super::order::Order;
use crate::reading::model::{Term, TermEntry, Terms};
use crate::reading::variables::document;
use crate::reading::{Project, Texts, text};
use source::Problems;
use variables::Variables;

/// The terms of a report, in the order of their file.
#[derive(Debug, Default)]
pub(in crate::reading) struct Glossary {
    pub(super) terms: Vec<Known>,
    /// Where the settings name the file.
    pub(super) place: Option<Place>,
    /// Whether the file could not be read.
    pub(super) is_broken: bool,
}

/// A term of the file.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) term: Term,
    pub(super) place: Place,
    /// Whether the text has used it, and whether links lead to it.
    pub(super) used: bool,
    pub(super) linked: bool,
}

impl Known {
    /// Whether a word of the text is this term.
    pub(super) fn is_called(&self, words: &str) -> bool {
        self.term.term == words || self.term.abbr.as_deref() == Some(words)
    }

    /// Whether a word is this term at the beginning of a sentence, or in its middle: with another case
    /// of its first letter.
    pub(super) fn is_begun(&self, words: &str) -> bool {
        let parted = |text: &str| {
            let mut rest = text.chars();
            let first =
                rest.next().map(char::to_lowercase).into_iter().flatten().collect::<String>();
            (first, rest.as_str().to_owned())
        };
        parted(&self.term.term) == parted(words)
    }

    /// The name of links to it.
    pub(super) fn name(&self, lang: &str) -> String {
        let term = &self.term.term;
        if lang.starts_with("zh") {
            format!("术语“{term}”")
        } else {
            format!("term “{term}”")
        }
    }
}

impl Glossary {
    /// Reads the file that the settings name; `asked` is where.
    pub(in crate::reading) fn read(
        project: &Project,
        (name, asked): (&str, Place),
        (lang, variables): (&str, &Variables),
        problems: &mut Problems,
        texts: &mut Texts,
    ) -> Self {
        let mut out = Self { place: Some(asked.clone()), is_broken: true, ..Self::default() };
        let file = match project.text(name, &asked) {
            Ok(file) => file,
            Err(problem) => {
                problems.push(problem);
                return out;
            }
        };
        let range = 0..file.text.len();
        let Some(document) = document(&file, range.clone(), variables, problems) else {
            return out;
        };
        texts.add_yaml(&document, range, problems);
        let Some(Terms(terms)) = schema::read(&document, problems) else { return out };
        out.is_broken = false;
        for (at, mut term) in terms.into_iter().enumerate() {
            let place = document.place(&format!("/{at}/term"));
            let tidied = |text: &mut String| *text = text::tidy_plain(text, lang);
            tidied(&mut term.term);
            [&mut term.abbr, &mut term.full, &mut term.definition]
                .into_iter()
                .flatten()
                .for_each(tidied);
            let words = [Some(&term.term), term.abbr.as_ref()];
            let twice = words
                .into_iter()
                .flatten()
                .find(|words| out.terms.iter().any(|known| known.is_called(words)));
            if let Some(words) = twice {
                problems.push(
                    Diagnostic::error(place, say!("the term `{words}` is given twice", words))
                        .hint(say!("join the two entries")),
                );
                continue;
            }
            out.terms.push(Known { term, place, used: false, linked: false });
        }
        out
    }

    /// The list of terms, in its order.
    pub(super) fn entries(&self, order: &Order, lang: &str) -> Vec<TermEntry> {
        let keyed = |Known { term, .. }: &Known| order.key(&term.term, term.sort.as_deref());
        let mut known: Vec<(String, &Known)> =
            self.terms.iter().map(|known| (keyed(known), known)).collect();
        known.sort_by(|(a, one), (b, other)| {
            order.compare(a, b).then_with(|| one.term.term.cmp(&other.term.term))
        });
        let entry = |(key, known): (String, &Known)| TermEntry {
            term: known.term.clone(),
            group: order.group(&key),
            target: known.linked.then(|| known.name(lang)),
            place: known.place.clone(),
        };
        known.into_iter().map(entry).collect()
    }
}
