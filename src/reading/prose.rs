//! Which values of YAML files are text to be read by the copy desk.

use crate::rules;
use copydesk::{Prose, ProseKind};
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

/// Collects the texts of a YAML document that are printed as text.
pub(super) fn of_yaml(document: &Document, out: &mut Vec<Prose>) {
    let mut found: Vec<_> = document
        .texts()
        .filter_map(|(pointer, text, place)| {
            let kind = kind_of(pointer)?;
            Some((place.range.start, Prose::yaml(&place, kind, text)))
        })
        .collect();
    found.sort_by_key(|(at, _)| *at);
    out.extend(found.into_iter().map(|(_, prose)| prose));
}

/// Reports comments that may be the end of a text: to YAML, `C# #1` is `C#`.
pub(super) fn comments(document: &Document, problems: &mut Problems) {
    for (pointer, text, place) in document.texts() {
        let (range, file) = (&place.range, &place.file);
        let quoted = file.text[range.clone()].starts_with(['"', '\'', '|', '>']);
        if quoted || kind_of(pointer).is_none() {
            continue;
        }
        let rest = file.text[range.end..].lines().next().unwrap_or_default();
        let comment = rest.trim();
        let tight =
            comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if !(tight && rest.starts_with([' ', '\t'])) {
            continue;
        }
        let start = range.end + rest.find('#').unwrap_or(0);
        let place = Place::new(file, start..start + comment.len());
        problems.push(
            Diagnostic::of(
                &rules::COMMENT,
                place,
                say!("`{comment}` is a comment, so it is not printed", comment),
            )
            .hint(say!(
                "to print it, write the value in quotes: `\"{text} {comment}\"`; for a comment, put a space behind `#`",
                text,
                comment
            )),
        );
    }
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
