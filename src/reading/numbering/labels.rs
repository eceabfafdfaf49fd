//! The labels of a report, and what each names.

use std::collections::BTreeMap;

use super::words::{self, Language, Named};
use crate::reading::model::Anchor;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// A label of the report.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) named: Named,
    pub(super) label: String,
    pub(super) place: Place,
    pub(super) used: bool,
}

impl Target {
    /// The name of links to it: titles of sections may be the same.
    pub(super) fn name(&self, language: Language) -> String {
        match &self.named {
            Named::Titled(title) => format!("{title} ({})", self.label),
            named => words::plain(&language.whole(named)),
        }
    }
}

/// The labels of a report.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) known: BTreeMap<String, Target>,
}

impl Labels {
    pub(super) fn add(&mut self, anchor: &Anchor, named: Named, problems: &mut Problems) {
        let (Some(label), Some(place)) = (&anchor.label, &anchor.place) else { return };
        if let Some(first) = self.known.get(label) {
            problems.push(twice(label, place, &first.place));
            return;
        }
        let target = Target { named, label: label.clone(), place: place.clone(), used: false };
        self.known.insert(label.clone(), target);
    }

    pub(super) fn tell_unused(&self, problems: &mut Problems) {
        for target in self
            .known
            .values()
            .filter(|target| !target.used && !matches!(target.named, Named::Piece(..)))
        {
            problems.push(unused(&target.label, &target.place));
        }
    }
}

/// Reports a label that two things have.
fn twice(label: &str, place: &Place, first: &Place) -> Diagnostic {
    let (line, _) = first.line_column();
    let first = format!("{}:{line}", first.file.path);
    Diagnostic::error(place.clone(), say!("the label `{label}` is given twice", label))
        .hint(say!("give this one another name: `{first}` has it too", first))
}

/// Reports a label that nothing refers to.
fn unused(label: &str, place: &Place) -> Diagnostic {
    Diagnostic::of(&rules::UNUSED_LABEL, place.clone(), say!("nothing refers to `{label}`", label))
        .hint(say!("write `@{label}` in the text where it belongs, or remove the label", label))
}
