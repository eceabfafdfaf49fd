//! References in Hayagriva's YAML: faults at their places, and fields that no list prints.

use std::sync::Arc;

use copydesk::{Letter, Prose, ProseKind};
use hayagriva::Library;
use l10n::say;
use serde_json::Value;
use source::yaml::Document;
use source::{Diagnostic, Problems, SourceFile, nearest};

use super::{Aside, Read, html};
use crate::reading::{Texts, suppressions};
use crate::rules;

/// Reads a file.
pub(super) fn read(
    file: &Arc<SourceFile>,
    problems: &mut Problems,
    texts: &mut Texts,
) -> Option<Vec<Read>> {
    let mut found = Problems::default();
    let document = Document::parse(file, 0..file.text.len(), &mut found);
    let clean = !found.has_errors();
    problems.extend(found.sorted());
    let document = document.filter(|_| clean)?;
    texts.print(&document);
    titles(&document, &mut texts.prose);
    suppressions::of_yaml(file, 0..file.text.len(), problems, &mut texts.suppressions);
    let Some(entries) = document.value.as_object() else {
        problems.push(
            Diagnostic::error(
                document.place(""),
                say!("the references are not a mapping of keys to entries"),
            )
            .hint(say!(
                "write `key:` at the start of a line, with the entry's fields indented below it"
            )),
        );
        return None;
    };
    for (key, entry) in entries {
        unknown_fields(&document, &source::yaml::child("", key), entry, problems);
    }
    let library: Library = match hayagriva::io::from_yaml_str(&file.text) {
        Ok(library) => library,
        Err(error) => {
            let before = problems.len();
            // Entry by entry, so that every broken one is told, at its own place.
            for (key, value) in entries {
                let alone = serde_json::json!({ key: value }).to_string();
                if let Err(error) = hayagriva::io::from_yaml_str(&alone) {
                    problems.push(broken_entry(&document, key, &error.to_string()));
                }
            }
            if problems.len() == before {
                problems.push(Diagnostic::error(
                    document.place(""),
                    say!("the references cannot be read: {error}", error),
                ));
            }
            return None;
        }
    };
    let read = library
        .iter()
        .map(|entry| {
            let (key, at) = (entry.key(), source::yaml::child("", entry.key()));
            let mut value = entries.get(key).cloned().unwrap_or_default();
            let is_changed = html::entry(&mut value);
            let url = value.pointer("/url/value").or(value.get("url")).and_then(Value::as_str);
            let address = url.map(str::to_owned);
            Read {
                key: key.to_owned(),
                place: document.key_place(&at),
                entry: (!is_changed).then(|| entry.clone()),
                value,
                address,
                aside: Aside::default(),
            }
        })
        .collect();
    Some(read)
}

/// The fields of a Hayagriva entry (its file format, 0.10); any others would be silently ignored.
const FIELDS: [&str; 29] = [
    "abstract",
    "affiliated",
    "archive",
    "archive-location",
    "author",
    "call-number",
    "chapter",
    "date",
    "edition",
    "editor",
    "genre",
    "issue",
    "language",
    "location",
    "note",
    "organization",
    "page-range",
    "page-total",
    "parent",
    "publisher",
    "runtime",
    "serial",
    "serial-number",
    "time-range",
    "title",
    "type",
    "url",
    "volume",
    "volume-total",
];

/// Collects the Chinese titles for the copy desk, which reads characters and no HTML.
pub(in crate::reading) fn titles(document: &Document, out: &mut Vec<Prose>) {
    for (pointer, text, place) in document.texts() {
        if !pointer.ends_with("/title") || !text.chars().any(cjk::is_han) {
            continue;
        }
        let mut prose = Prose::yaml(&place, ProseKind::Reference, text);
        let mut marks = html::marks(text).into_iter().peekable();
        let written = std::mem::take(&mut prose.letters).into_iter();
        for ((at, _), letter) in text.char_indices().zip(written) {
            while marks.next_if(|(mark, _)| mark.end <= at).is_some() {}
            match marks.peek().filter(|(mark, _)| mark.contains(&at)) {
                None => prose.letters.push(letter),
                Some((mark, Some(c))) if mark.start == at => {
                    prose.letters.push(Letter { c: *c, at: letter.at });
                }
                // All of what an entity is written with is the character's.
                Some((_, Some(_))) => {
                    prose
                        .letters
                        .last_mut()
                        .into_iter()
                        .for_each(|last| last.at.end = letter.at.end);
                }
                Some((_, None)) => {}
            }
        }
        out.push(prose);
    }
}

fn unknown_fields(document: &Document, pointer: &str, entry: &Value, problems: &mut Problems) {
    for (field, value) in entry.as_object().into_iter().flatten() {
        let at = source::yaml::child(pointer, field);
        if !FIELDS.contains(&field.as_str()) {
            let hint = match nearest(field, FIELDS) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!("remove it, or move it to `note`"),
            };
            let message = say!("the reference field `{field}` is not printed", field);
            problems.push(
                Diagnostic::of(&rules::UNKNOWN_FIELD, document.key_place(&at), message).hint(hint),
            );
        }
        match value {
            Value::Array(parents) if field == "parent" => {
                for (index, parent) in parents.iter().enumerate() {
                    unknown_fields(document, &format!("{at}/{index}"), parent, problems);
                }
            }
            parent if field == "parent" => unknown_fields(document, &at, parent, problems),
            _ => {}
        }
    }
}

fn broken_entry(document: &Document, key: &str, why: &str) -> Diagnostic {
    let why = why.split(" at line ").next().unwrap_or(why);
    let (why, known) = why.split_once(", expected one of ").unwrap_or((why, ""));
    // Of a long list of what could stand there, only what was probably meant is of use.
    let word = why.rsplit('`').nth(1).unwrap_or_default();
    let meant = nearest(
        word,
        known.split('`').filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())),
    );
    let hint = match meant {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None if why.contains("date: ") => say!("write it as `2024`, `2024-05` or `2024-05-17`"),
        None => say!(
            "the fields are those of a Hayagriva entry: `type`, `title`, `author`, `date`, `parent` …"
        ),
    };
    let why = why.strip_prefix(&format!("{key}.")).unwrap_or(why);
    let entry = source::yaml::child("", key);
    let field = why.split(": ").next().unwrap_or_default();
    let pointer = format!("{entry}/{}", field.replace('[', "/").replace(']', "").replace('.', "/"));
    let place = match document.value.pointer(&pointer) {
        Some(_) => document.place(&pointer),
        None => document.key_place(&entry),
    };
    Diagnostic::error(place, say!("the reference `{key}` cannot be read: {why}", key, why))
        .hint(hint)
}
