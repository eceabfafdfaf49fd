//! Variables in a report's files: the settings that declare them, YAML with their values, cells of
//! tables, and what is in an edition only on a condition.

use std::ops::Range;
use std::sync::Arc;

use copydesk::{Letter, OBJECT, Prose};
use l10n::say;
use serde_json::Value;
use source::yaml::{Document, child};
use source::{Diagnostic, Problems, SourceFile};
use variables::{Piece, Variables, mask_yaml, masked_pieces, pieces, restore};

use super::Project;
use super::given;

/// The key of a condition, and the name of a column of conditions.
pub(super) const WHEN: &str = "when";

/// Parses the settings of a report, with its variables and their values put in.
pub(super) fn settings(
    file: &Arc<SourceFile>,
    project: &Project,
    problems: &mut Problems,
) -> Option<(Document, Variables)> {
    let range = 0..file.text.len();
    let masked = mask_yaml(&file.text).and_then(|text| {
        let mut found = Problems::default();
        let document = Document::parse_shown(file, range.clone(), &text, restore, &mut found)?;
        // Where none are declared, braces are braces.
        document.value.get("variables")?;
        problems.extend(found.sorted());
        Some(document)
    });
    let mut document = match masked {
        Some(document) => document,
        None => Document::parse(file, range, problems)?,
    };
    let given = project.given();
    let variables = Variables::read(&document, given, project.has_examples(), problems);
    if !variables.is_empty() {
        fill(&mut document, "/variables", &variables, problems);
        // What a value has of braces is its own.
        document.replace_texts("", |text, _| {
            let plain = restore(text);
            (plain != text).then(|| (plain.clone().into(), plain))
        });
    }
    given::apply(given, &variables, &mut document, problems);
    parts_on_conditions(&mut document);
    Some((document, variables))
}

/// Parses the YAML in `range` of a file, with the values of variables put in.
pub(super) fn document(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    variables: &Variables,
    problems: &mut Problems,
) -> Option<Document> {
    if variables.is_empty() {
        return Document::parse(file, range, problems);
    }
    let mut document = match mask_yaml(&file.text[range.clone()]) {
        Some(text) => Document::parse_shown(file, range, &text, restore, problems)?,
        None => Document::parse(file, range, problems)?,
    };
    fill(&mut document, "", variables, problems);
    Some(document)
}

/// Puts values in the place of marks, and takes items of lists out whose conditions do not hold.
fn fill(document: &mut Document, except: &str, variables: &Variables, problems: &mut Problems) {
    for item in document.items() {
        let held = document.value.pointer(&item).and_then(Value::as_object);
        if held.is_some_and(|held| held.contains_key(WHEN))
            && !condition(document, &item, variables, problems)
        {
            if let Some(value) = document.value.pointer(&item) {
                variables.touch_all(&restore(&value.to_string()));
            }
            document.drop_item(&item);
        }
    }
    document.replace_texts(except, |text, place| {
        let pieces = masked_pieces(text);
        if !pieces.iter().any(|piece| matches!(piece, Piece::Mark(_))) && pieces.len() < 2 {
            return None;
        }
        let (filled, written) = variables.filled(&pieces, &place, problems);
        let plain = !place.file.text[place.range.clone()].starts_with(['"', '\'']);
        let value = variables.scalar(&pieces).filter(|_| plain);
        Some((value.unwrap_or_else(|| filled.into()), written))
    });
}

/// Takes the condition out of a mapping; whether it holds. A mapping without one is always there.
pub(super) fn condition(
    document: &mut Document,
    pointer: &str,
    variables: &Variables,
    problems: &mut Problems,
) -> bool {
    let Some((value, place)) = document.take(&child(pointer, WHEN)) else { return true };
    match value.as_str() {
        Some(text) => variables.hold(text, &place, problems),
        None => {
            problems.push(
                Diagnostic::error(place, say!("`when` is not a condition"))
                    .hint(say!("write it as text: `when: name=value`")),
            );
            true
        }
    }
}

/// Turns entries of `parts` that had a condition, `{part: index, when: …}`, into names.
fn parts_on_conditions(document: &mut Document) {
    let entries = document.value["parts"].as_array().map_or(0, Vec::len);
    for at in 0..entries {
        let pointer = format!("/parts/{at}");
        let place = document.place(&child(&pointer, "part"));
        let Some(Value::Object(entry)) = document.value.pointer_mut(&pointer) else { continue };
        if entry.len() == 1
            && let Some(Value::String(name)) = entry.remove("part")
        {
            document.set_item(&pointer, name.into(), &place);
        }
    }
}

/// Has the copy desk read a placeholder for each mark of a variable.
pub(super) fn hide(mut prose: Prose, variables: &Variables) -> Prose {
    let text = prose.text();
    if variables.is_empty() || !text.contains("{{") {
        return prose;
    }
    let mut letters = std::mem::take(&mut prose.letters).into_iter();
    for piece in pieces(&text) {
        match piece {
            Piece::Text(text) => prose.letters.extend(letters.by_ref().take(text.chars().count())),
            Piece::Mark(mark) => {
                let taken: Vec<Letter> =
                    letters.by_ref().take(mark.written().chars().count()).collect();
                if let [first, .., last] = &taken[..] {
                    let at = first.at.start..last.at.end;
                    prose.letters.push(Letter { c: OBJECT, at });
                }
            }
        }
    }
    prose.letters.extend(letters);
    prose
}
