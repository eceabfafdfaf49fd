//! Which values of YAML files are text to be read by the copy desk.

use std::ops::Range;

use super::plain;
use super::references::html;
use crate::rules;
use copydesk::{OBJECT, Prose, ProseKind};
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

/// Collects the texts of a YAML document that are printed as text.
pub(super) fn of_yaml(document: &Document, out: &mut Vec<Prose>) {
    let verbatim = document.value.pointer("/quote/kind").is_some_and(|kind| kind == "verbatim");
    let mut found: Vec<_> = document
        .written()
        .filter_map(|(pointer, text, place)| {
            let mut prose = Prose::yaml(&place, kind_of(pointer)?, text);
            hide_html(text, &mut prose);
            prose.quoted = verbatim && pointer == "/quote/text";
            Some((place.range.start, prose))
        })
        .collect();
    found.sort_by_key(|(at, _)| *at);
    out.extend(found.into_iter().map(|(_, prose)| prose));
}

/// Hides tags and entities from the copy desk: they are told, and a fix would make other marks of them.
fn hide_html(text: &str, prose: &mut Prose) {
    let marks = html::marks(text);
    if marks.is_empty() {
        return;
    }
    let mut marks = marks.into_iter().map(|(range, _)| range).peekable();
    for ((at, _), letter) in text.char_indices().zip(&mut prose.letters) {
        while marks.next_if(|range| range.end <= at).is_some() {}
        if marks.peek().is_some_and(|range| range.contains(&at)) {
            letter.c = OBJECT;
        }
    }
}

/// Reports comments that may be the end of a text: to YAML, `C# #1` is `C#`.
pub(super) fn comments(document: &Document, problems: &mut Problems) {
    for (pointer, text, place) in document.written() {
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

/// Reports marks of Markdown in texts of YAML, which are printed as they stand.
pub(super) fn marks(document: &Document, problems: &mut Problems) {
    tell(document, false, problems);
}

/// The same for a block within the text, whose references and citations are resolved with those of
/// the text.
pub(super) fn marks_of_block(document: &Document, problems: &mut Problems) {
    tell(document, true, problems);
}

fn tell(document: &Document, resolved: bool, problems: &mut Problems) {
    for (pointer, text, place) in document.written() {
        if kind_of(pointer).is_none() {
            continue;
        }
        let tags = html::marks(text).into_iter().map(|(range, _)| (range, true));
        let cross = plain::cross(text).filter(|_| !resolved && !is_resolved(pointer));
        let marks = plain::marks(text).into_iter();
        let marks = marks.filter(|mark| !(resolved && text[mark.clone()].starts_with("[@")));
        let marks = marks.chain(cross).map(|range| (range, false));
        let mut found: Vec<(Range<usize>, bool)> = tags.chain(marks).collect();
        found.sort_by_key(|(range, _)| range.start);
        let mut from = place.range.start;
        for (range, is_html) in found {
            let mark = &text[range];
            let written = &place.file.text[from..place.range.end];
            let place = match written.find(mark) {
                Some(at) => {
                    let start = from + at;
                    from = start + mark.len();
                    Place::new(&place.file, start..from)
                }
                None => place.clone(),
            };
            let (message, hint) = match is_html {
                true => (
                    say!("`{mark}` is printed as it stands: there is no HTML in YAML", mark),
                    say!("write the character itself, and words without tags"),
                ),
                false => (
                    say!("`{mark}` is printed as it stands: there is no Markdown in YAML", mark),
                    say!("remove the marks; digits are raised and lowered as `²` and `₂`"),
                ),
            };
            problems.push(Diagnostic::of(&rules::LEFT_OVER, place, message).hint(hint));
        }
    }
}

/// Whether references to labels are resolved in the text of a key: in sources and remarks they are.
fn is_resolved(pointer: &str) -> bool {
    let key = pointer.rsplit('/').find(|key| key.parse::<usize>().is_err());
    matches!(key, Some("source" | "notes"))
}

/// Returns the kind of the text under a key; `None` if it is not prose, such as a URL or a file
/// name.
fn kind_of(pointer: &str) -> Option<ProseKind> {
    let mut keys = pointer.rsplit('/').filter(|key| key.parse::<usize>().is_err());
    let key = keys.next()?;
    let under = keys.next().unwrap_or_default();
    Some(match key {
        "text" if matches!(under, "rule" | "annotation") => ProseKind::Label,
        "text" | "claim" | "definition" | "notes" => ProseKind::Body,
        "title" if under == "references" => ProseKind::Label,
        "title" | "subtitle" => ProseKind::Title,
        "en" => ProseKind::Caption,
        "title-lines" => ProseKind::Line,
        "source" => ProseKind::Source,
        "alt" => ProseKind::Alt,
        "name" | "short" | "term" | "titles" | "role" | "names" | "value" | "label" | "unit"
        | "highlight" | "keywords" => ProseKind::Label,
        _ => return None,
    })
}
