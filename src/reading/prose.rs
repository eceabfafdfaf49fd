//! Which values of YAML files are text to be read by the copy desk.

use copydesk::{Prose, ProseKind};
use source::yaml::Document;

/// Collects the texts of a YAML document that are printed as text.
pub(super) fn of_yaml(document: &Document, out: &mut Vec<Prose>) {
    let verbatim = document.value.pointer("/quote/kind").is_some_and(|kind| kind == "verbatim");
    let mut found: Vec<_> = document
        .texts()
        .filter_map(|(pointer, text, place)| {
            let mut prose = Prose::yaml(&place, kind_of(pointer)?, text);
            prose.quoted = verbatim && pointer == "/quote/text";
            Some((place.range.start, prose))
        })
        .collect();
    found.sort_by_key(|(at, _)| *at);
    out.extend(found.into_iter().map(|(_, prose)| prose));
}

/// Returns the kind of the text under a key; `None` if it is not prose, such as a URL or a file
/// name.
fn kind_of(pointer: &str) -> Option<ProseKind> {
    let mut keys = pointer.rsplit('/').filter(|key| key.parse::<usize>().is_err());
    let key = keys.next()?;
    let under = keys.next().unwrap_or_default();
    Some(match key {
        "text" | "claim" => ProseKind::Body,
        "title" if under == "references" => ProseKind::Label,
        "title" | "subtitle" => ProseKind::Title,
        "title-lines" => ProseKind::Line,
        "source" => ProseKind::Source,
        "alt" => ProseKind::Alt,
        "name" | "short" | "titles" | "role" | "names" | "value" | "label" | "unit"
        | "highlight" | "keywords" => ProseKind::Label,
        _ => return None,
    })
}

/// Collects the Chinese titles in a list of references.
pub(super) fn of_references(document: &Document, out: &mut Vec<Prose>) {
    for (pointer, text, place) in document.texts() {
        if pointer.ends_with("/title") && text.chars().any(cjk::is_han) {
            out.push(Prose::yaml(&place, ProseKind::Reference, text));
        }
    }
}
