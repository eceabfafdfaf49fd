//! Which values of YAML files are text to be read by the copy desk.

use crate::rules;
use copydesk::{Prose, ProseKind};
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
            prose.quoted = verbatim && pointer == "/quote/text";
            Some((place.range.start, prose))
        })
        .collect();
    found.sort_by_key(|(at, _)| *at);
    out.extend(found.into_iter().map(|(_, prose)| prose));
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
    for (pointer, text, place) in document.written() {
        let Some(mark) = kind_of(pointer).and_then(|_| mark_in(text)) else { continue };
        let written = &place.file.text[place.range.clone()];
        let place = match written.find(mark) {
            Some(at) => {
                let start = place.range.start + at;
                Place::new(&place.file, start..start + mark.len())
            }
            None => place,
        };
        problems.push(
            Diagnostic::of(
                &rules::LEFT_OVER,
                place,
                say!("`{mark}` is printed as it stands: there is no Markdown in YAML", mark),
            )
            .hint(say!("remove the marks; digits are raised and lowered as `²` and `₂`")),
        );
    }
}

/// Returns the first mark of Markdown in a text, with what it encloses: `**bold**`, `H~2~O`, `m^2^`,
/// `[@key]`, `[^1]`, `![…](…)`.
fn mark_in(text: &str) -> Option<&str> {
    let enclosed = |open: &str, close: &str, fits: fn(&str) -> bool| {
        let start = text.find(open)?;
        let inner = &text[start + open.len()..];
        let length = inner.find(close)?;
        let whole = &text[start..start + open.len() + length + close.len()];
        fits(&inner[..length]).then_some(whole)
    };
    let words =
        |inner: &str| !inner.is_empty() && !inner.starts_with([' ', '*']) && !inner.ends_with(' ');
    let short = |inner: &str| {
        (1..4).contains(&inner.len())
            && inner.chars().all(|c| c.is_ascii_digit() || "+-".contains(c))
    };
    let entity = |inner: &str| {
        (2..9).contains(&inner.len())
            && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    let element = |inner: &str| {
        let name = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        [
            "b", "i", "u", "em", "strong", "sub", "sup", "br", "span", "font", "p", "small",
            "mark", "del",
        ]
        .contains(&&*name.to_ascii_lowercase())
    };
    let formula = |inner: &str| {
        !inner.starts_with(' ') && !inner.ends_with(' ') && inner.contains(['^', '_', '\\'])
    };
    enclosed("**", "**", words)
        .or_else(|| enclosed("&", ";", entity))
        .or_else(|| enclosed("<", ">", element))
        .or_else(|| enclosed("$", "$", formula))
        .or_else(|| enclosed("[@", "]", words))
        .or_else(|| enclosed("[^", "]", words))
        .or_else(|| enclosed("![", ")", |inner| inner.contains("](")))
        .or_else(|| enclosed("^", "^", short))
        .or_else(|| enclosed("~", "~", short))
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

/// Collects the Chinese titles in a list of references.
pub(super) fn of_references(document: &Document, out: &mut Vec<Prose>) {
    for (pointer, text, place) in document.texts() {
        if pointer.ends_with("/title") && text.chars().any(cjk::is_han) {
            out.push(Prose::yaml(&place, ProseKind::Reference, text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mark_in;

    #[test]
    fn marks_of_markdown_are_found() {
        for (text, mark) in [
            ("二氧化碳CO~2~减排", Some("~2~")),
            ("**重点**领域", Some("**重点**")),
            ("据[@li2024]", Some("[@li2024]")),
            ("10^29^次", Some("^29^")),
            ("3~5年与6~8年，2~3", None),
            ("A*B**C", None),
            ("数组[1]", None),
        ] {
            assert_eq!(mark_in(text), mark, "{text}");
        }
    }
}
