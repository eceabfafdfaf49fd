//! What a report collects of its own text: its terms explained, its index.

mod glossary;
mod index;
mod order;
mod readings;
mod terms;

use l10n::say;
use source::{Diagnostic, Place, Problems};

use super::model::{IndexEntry, Part, PartKind, ReportConfig, TermEntry};
use crate::rules;
pub(super) use glossary::Glossary;
use order::Order;

/// Explains terms where they are used first, and collects the index; returns the lists of both.
pub(super) fn collect(
    parts: &mut [Part],
    glossary: &mut Glossary,
    config: &ReportConfig,
    problems: &mut Problems,
) -> (Vec<TermEntry>, Vec<IndexEntry>) {
    let order = Order::of(&config.lang, config.word_order);
    let has = |parts: &[Part], kind| parts.iter().any(|part| part.content.kind() == kind);
    let listed = has(parts, PartKind::Glossary);
    terms::explain(parts, glossary, listed, &config.lang, problems);
    if let (false, Some(place)) = (listed, glossary.place.clone()) {
        problems.push(
            unlisted(place, say!("the terms are not listed: the report has no glossary"))
                .hint(say!("write a part `glossary.md` with a title, and name it in `parts`")),
        );
    }
    let marks = index::marks(parts);
    let indexed = has(parts, PartKind::Index);
    if let (false, Some(mark)) = (indexed, marks.first()) {
        problems.push(
            unlisted(mark.place.clone(), say!("this is not listed: the report has no index"))
                .hint(say!("name `index` in `parts`, or remove the marks")),
        );
    }
    let part = parts.iter().find(|part| part.content.kind() == PartKind::Index);
    if let Some(part) = part.filter(|_| marks.is_empty() && !problems.has_errors()) {
        let message = say!("this list has no entries");
        problems.push(
            Diagnostic::of(&rules::NO_TEXT, part.place.clone(), message)
                .hint(say!("remove it from `parts`, or mark words in the text: `[…]{{.index}}`")),
        );
    }
    let index = if indexed { index::entries(&marks, &order, problems) } else { vec![] };
    (glossary.entries(&order, &config.lang), index)
}

fn unlisted(place: Place, message: String) -> Diagnostic {
    Diagnostic::of(&rules::UNLISTED, place, message)
}
