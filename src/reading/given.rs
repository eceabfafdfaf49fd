//! Settings that are not the file's: `--set KEY=VALUE`, and the cells of a table of editions.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use l10n::say;
use serde_json::Value;
use source::yaml::{Document, child};
use source::{Diagnostic, Problems, SourceFile, nearest, schema};
use variables::{Given, Variables};

use super::model::{PartKind, ReportConfig};

/// The schema of the settings, for the types of their keys.
static SCHEMA: LazyLock<Value> = LazyLock::new(schema::of::<ReportConfig>);

/// Puts the values of keys into the settings; those of variables are read with these.
pub(super) fn apply(
    given: &[Given],
    variables: &Variables,
    document: &mut Document,
    problems: &mut Problems,
) {
    let mut seen = BTreeSet::new();
    for given in given {
        let key = &*given.key;
        if !seen.insert(key) {
            problems.push(
                Diagnostic::error(given.place.clone(), say!("`{key}` is set twice", key))
                    .hint(say!("keep one of the two")),
            );
            continue;
        }
        if variables.has(key) {
            continue;
        }
        if let Some(part) = key.strip_prefix("parts.").filter(|part| part.parse::<usize>().is_err())
        {
            set_part(part, given, document, problems);
            continue;
        }
        let pointer = key.split('.').fold(String::new(), |above, name| child(&above, name));
        let first = key.split('.').next().unwrap_or_default();
        if first == "variables" || !known().contains(&first) {
            problems.push(unknown(given, variables));
            continue;
        }
        let Some(value) = value(given, &pointer, problems) else { continue };
        if !document.put(&pointer, value, &given.place) {
            problems.push(
                Diagnostic::error(
                    given.place.clone(),
                    say!("`{key}` is within what has no keys", key),
                )
                .hint(say!("set the key above it as a whole")),
            );
        }
    }
}

/// Whether a dotted name begins with a key of the settings.
pub(super) fn is_key(name: &str) -> bool {
    known().contains(&name.split('.').next().unwrap_or_default())
}

/// The keys of the settings.
fn known() -> Vec<&'static str> {
    let keys = SCHEMA["properties"].as_object();
    keys.map(|keys| keys.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// Returns whether a name can be set: that of a variable, or of a key of the settings.
pub(crate) fn unknown(given: &Given, variables: &Variables) -> Diagnostic {
    let key = &*given.key;
    let hint = match nearest(key, variables.names().chain(known())) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("declare it in `variables` of report.yaml, or use a key of report.yaml"),
    };
    Diagnostic::error(
        given.place.clone(),
        say!("there is neither a variable nor a key `{key}`", key),
    )
    .hint(hint)
}

/// The value of a key: the text as it stands, or what it says as YAML where the key takes no text.
fn value(given: &Given, pointer: &str, problems: &mut Problems) -> Option<Value> {
    if takes_text(pointer) {
        return Some(given.value.clone().into());
    }
    let path = given.place.file.path.clone();
    let file = Arc::new(SourceFile { path, text: given.value.clone() });
    let mut found = Problems::default();
    let document = Document::parse(&file, 0..file.text.len(), &mut found);
    let value = document.map(|document| document.value).filter(|_| !found.has_errors());
    if value.is_none() {
        let key = &*given.key;
        problems.push(
            Diagnostic::error(
                given.place.clone(),
                say!("the value of `{key}` is not valid YAML", key),
            )
            .hint(say!("write a list as `[one, two]`, a mapping as `{{key: value}}`")),
        );
    }
    value
}

/// Whether the schema has a text at a JSON pointer, among other things perhaps.
fn takes_text(pointer: &str) -> bool {
    let mut nodes = vec![&*SCHEMA];
    for name in pointer.split('/').skip(1) {
        let below = |node: &&'static Value| {
            let item = name.parse::<usize>().is_ok().then(|| &node["items"]);
            [&node["properties"][name], &node["additionalProperties"]].into_iter().chain(item)
        };
        nodes = nodes.iter().flat_map(|node| alternatives(node)).collect::<Vec<_>>();
        nodes = nodes.iter().flat_map(below).filter(|node| node.is_object()).collect();
    }
    let text = |node: &&Value| {
        let kind = &node["type"];
        kind == "string"
            || kind.as_array().is_some_and(|kinds| kinds.contains(&"string".into()))
            || node["const"].is_string()
    };
    nodes.iter().flat_map(|node| alternatives(node)).any(|node| text(&node))
}

/// What a node of the schema may be, references followed.
fn alternatives(node: &'static Value) -> Vec<&'static Value> {
    let mut out = vec![node];
    if let Some(at) = node["$ref"].as_str().and_then(|at| at.strip_prefix('#')) {
        out.extend(SCHEMA.pointer(at).into_iter().flat_map(alternatives));
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        out.extend(node[key].as_array().into_iter().flatten().flat_map(alternatives));
    }
    out
}

/// Puts another file in the place of the part of a kind, or of a name: `parts.insert=partners/a.md`.
fn set_part(part: &str, given: &Given, document: &mut Document, problems: &mut Problems) {
    let names: Vec<String> = document.value["parts"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| entry.as_str().unwrap_or_default().to_owned())
        .collect();
    let is_called = |entry: &String| {
        entry == part
            || entry.strip_suffix(".md").is_some_and(|name| name == part)
            || PartKind::of_path(entry).is_some_and(|kind| kind.name() == part)
    };
    match names.iter().position(is_called) {
        Some(at) => {
            document.set_item(&format!("/parts/{at}"), given.value.clone().into(), &given.place);
        }
        None => problems.push(
            Diagnostic::error(given.place.clone(), say!("`parts` has no entry `{part}`", part))
                .hint(say!("its entries are `{names}`", names = names.join("`, `"))),
        ),
    }
}
