//! Checks YAML against the schema of a Rust type: reports every error at its location, then reads
//! the value itself.
//!
//! One source of truth: the schema is generated from the type that serde then reads.

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::yaml::{Document, child};
use crate::{Diagnostic, Place, Problems, nearest};
use l10n::say;

/// Reads a `T` from a document; returns `None`, with every reason in `problems`, if it is not
/// valid.
pub fn read<T: JsonSchema + DeserializeOwned + 'static>(
    document: &Document,
    problems: &mut Problems,
) -> Option<T> {
    let judge = match judge::<T>() {
        Ok(judge) => judge,
        Err(why) => {
            problems.push(Diagnostic::error(
                document.place(""),
                say!("the built-in schema is broken: {why}", why),
            ));
            return None;
        }
    };
    let (schema, validator) = &*judge;
    let mut found = BTreeMap::new();
    let errors: Vec<_> = validator.iter_errors(&document.value).collect();
    for diagnostic in explain_all(document, schema, &errors) {
        // One message a place: several keywords may judge the same value.
        let at = diagnostic.place.as_ref().map_or((0, 0), |p| (p.range.start, p.range.end));
        found.entry((at, diagnostic.message.clone())).or_insert(diagnostic);
    }
    if !found.is_empty() {
        problems.extend(found.into_values());
        return None;
    }
    serde_json::from_value(document.value.clone())
        .map_err(|error| problems.push(Diagnostic::error(document.place(""), error.to_string())))
        .ok()
}

/// Returns a type's schema and its validator. They are built once, since building takes longer
/// than validating.
fn judge<T: JsonSchema + 'static>() -> Result<Arc<(Value, Validator)>, String> {
    static MADE: Mutex<BTreeMap<TypeId, Arc<(Value, Validator)>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(judge) = made.get(&TypeId::of::<T>()) {
        return Ok(judge.clone());
    }
    let schema = of::<T>();
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    let judge = Arc::new((schema, validator));
    made.insert(TypeId::of::<T>(), judge.clone());
    Ok(judge)
}

/// Returns the JSON Schema (draft 2020-12) of a type, with descriptions in the current language.
pub fn of<T: JsonSchema>() -> Value {
    let mut schema = schemars::schema_for!(T).to_value();
    translate(&mut schema);
    schema
}

/// Puts the descriptions in a schema into the current language, where the catalogue has them.
pub fn translate(schema: &mut Value) {
    describe(schema, l10n::context("schema"));
}

/// Puts each paragraph of the descriptions on one line, and into another language.
fn describe(schema: &mut Value, translations: Option<&HashMap<String, String>>) {
    match schema {
        Value::Object(keys) => {
            for (key, value) in keys {
                match (&**key, &*value) {
                    ("description", Value::String(text)) => {
                        let paragraphs = text.split("\n\n").map(|text| text.replace('\n', " "));
                        let text = paragraphs.collect::<Vec<_>>().join("\n\n");
                        let translation = translations.and_then(|known| known.get(&text));
                        *value = translation.unwrap_or(&text).as_str().into();
                    }
                    _ => describe(value, translations),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| describe(item, translations)),
        _ => {}
    }
}

fn explain_all(document: &Document, schema: &Value, errors: &[ValidationError]) -> Vec<Diagnostic> {
    // A key that is there under a misspelt name is not missing as well.
    let is_misspelt = |error: &ValidationError| match error.kind() {
        ValidationErrorKind::Required { property } => {
            errors.iter().any(|other| is_misspelling(schema, other, error, property.as_str()))
        }
        _ => false,
    };
    errors
        .iter()
        .filter(|error| !is_misspelt(error))
        .flat_map(|error| explain(document, schema, error))
        .collect()
}

fn is_misspelling(
    schema: &Value,
    unknown: &ValidationError,
    missing: &ValidationError,
    key: Option<&str>,
) -> bool {
    let ValidationErrorKind::AdditionalProperties { unexpected } = unknown.kind() else {
        return false;
    };
    let known = known_keys(rule_of(schema, unknown));
    unknown.instance_path() == missing.instance_path()
        && unexpected.iter().any(|word| nearest(word, known.iter().copied()) == key)
}

/// Returns the part of the schema that contains the failed keyword.
fn rule_of<'a>(schema: &'a Value, error: &ValidationError) -> Option<&'a Value> {
    error.schema_path().as_str().rsplit_once('/').and_then(|(parent, _)| schema.pointer(parent))
}

fn known_keys(rule: Option<&Value>) -> Vec<&str> {
    let properties = rule.and_then(|rule| rule["properties"].as_object());
    properties.map(|properties| properties.keys().map(String::as_str).collect()).unwrap_or_default()
}

fn explain(document: &Document, schema: &Value, error: &ValidationError) -> Vec<Diagnostic> {
    let pointer = error.instance_path().as_str();
    let rule = rule_of(schema, error);
    // What a list is for is said of the list, not of its items.
    let list = || schema.pointer(error.schema_path().as_str().rsplit_once("/items/")?.0);
    let described = rule.and_then(description).or_else(|| list().and_then(description));
    let name = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    // The number of a list's item says little: name the list.
    let name = if name.parse::<usize>().is_ok() {
        pointer.rsplit('/').nth(1).unwrap_or_default().to_owned()
    } else {
        name
    };
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = known_keys(rule);
            unexpected
                .iter()
                .map(|key| {
                    let hint = match nearest(key, known.iter().copied()) {
                        Some(meant) => say!("did you mean `{meant}`?", meant),
                        None => say!("known keys here: {known}", known = quoted(&known)),
                    };
                    Diagnostic::error(
                        document.key_place(&child(pointer, key)),
                        say!("unknown key `{key}`", key),
                    )
                    .hint(hint)
                })
                .collect()
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let meaning = rule.and_then(|rule| rule["properties"].get(key)).and_then(description);
            vec![
                Diagnostic::error(
                    document.key_place(pointer),
                    say!("the key `{key}` is missing", key),
                )
                .maybe_hint(meaning.map(|text| format!("`{key}`: {text}"))),
            ]
        }
        ValidationErrorKind::Type { kind } => {
            let wanted = match kind {
                TypeKind::Single(kind) => vec![*kind],
                TypeKind::Multiple(kinds) => kinds.iter().collect(),
            };
            let asks_text = wanted.contains(&JsonType::String);
            let wanted: Vec<_> =
                wanted.into_iter().filter(|kind| *kind != JsonType::Null).map(type_name).collect();
            let name = if name.is_empty() { say!("this") } else { format!("`{name}`") };
            let message = say!(
                "{name} is {kind}, but must be {wanted}",
                name,
                kind = kind_of(error.instance()),
                wanted = wanted.join(&say!(" or "))
            );
            let quote =
                asks_text && (error.instance().is_number() || error.instance().is_boolean());
            let hint = if quote {
                Some(say!("put it in quotes: `\"{text}\"`", text = error.instance().as_ref()))
            } else {
                described
            };
            vec![Diagnostic::error(document.place(pointer), message).maybe_hint(hint)]
        }
        ValidationErrorKind::Enum { options } => {
            let known: Vec<_> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let value = plain(error.instance());
            vec![unknown_value(document.place(pointer), &name, &value, &known)]
        }
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            // "This or nothing" is an optional value: what is wrong is what keeps it from being
            // this.
            let meant = context.iter().find(|errors| {
                !errors.is_empty()
                    && errors.iter().all(|inner| {
                        let judged = matches!(
                            inner.kind(),
                            ValidationErrorKind::Type { .. } | ValidationErrorKind::Constant { .. }
                        );
                        !judged || inner.instance_path() != error.instance_path()
                    })
            });
            if let Some(errors) = meant {
                return explain_all(document, schema, errors);
            }
            let known: Vec<_> = rule.map(constants).unwrap_or_default();
            if known.is_empty() || !error.instance().is_string() {
                let message =
                    say!("`{name}` cannot be {kind}", name, kind = kind_of(error.instance()));
                let hint = described.or_else(|| rule.and_then(alternatives));
                vec![Diagnostic::error(document.place(pointer), message).maybe_hint(hint)]
            } else {
                let value = plain(error.instance());
                vec![unknown_value(document.place(pointer), &name, &value, &known)]
            }
        }
        ValidationErrorKind::MinLength { .. } | ValidationErrorKind::MinItems { limit: 1 } => {
            vec![
                Diagnostic::error(document.place(pointer), say!("`{name}` is empty", name))
                    .maybe_hint(described),
            ]
        }
        ValidationErrorKind::Pattern { .. } => {
            let message =
                say!("`{name}` cannot be `{value}`", name, value = plain(error.instance()));
            vec![Diagnostic::error(document.place(pointer), message).maybe_hint(described)]
        }
        _ => {
            let message = say!("`{name}`: {error}", name, error);
            vec![Diagnostic::error(document.place(pointer), message).maybe_hint(described)]
        }
    }
}

/// Reports a value that is none of the `known` words of a key, with the word that was probably
/// meant.
pub fn unknown_value(place: Place, key: &str, value: &str, known: &[&str]) -> Diagnostic {
    let hint = match nearest(value, known.iter().copied()) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("it can be {names}", names = quoted(known)),
    };
    Diagnostic::error(place, say!("`{name}` cannot be `{value}`", name = key, value)).hint(hint)
}

/// Returns the values of an enum whose variants have docs: schemars writes one `const` each.
fn constants(rule: &Value) -> Vec<&str> {
    let variants = rule["oneOf"].as_array().or(rule["anyOf"].as_array());
    variants.into_iter().flatten().filter_map(|variant| variant["const"].as_str()).collect()
}

fn alternatives(rule: &Value) -> Option<String> {
    let variants = rule["anyOf"].as_array()?;
    let names: Vec<_> = variants
        .iter()
        .filter_map(|variant| match variant["type"].as_str()? {
            "string" => Some(say!("a string")),
            "array" => Some(say!("a list")),
            "object" => Some(say!("a mapping")),
            "integer" | "number" => Some(say!("a number")),
            _ => None,
        })
        .collect();
    (!names.is_empty()).then(|| say!("it can be {names}", names = names.join(&say!(" or "))))
}

fn description(rule: &Value) -> Option<String> {
    let text = rule["description"].as_str()?;
    let first = text.split("\n\n").next().unwrap_or(text).replace('\n', " ");
    let mut chars = first.trim_end_matches(['.', '。']).chars();
    // Docs begin with a capital, messages do not; an acronym keeps its own.
    let head = chars.next()?;
    let rest: String = chars.collect();
    let lower = !rest.starts_with(|c: char| c.is_uppercase());
    Some(if lower { format!("{}{rest}", head.to_lowercase()) } else { format!("{head}{rest}") })
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => say!("empty"),
        Value::Bool(_) => say!("a boolean"),
        Value::Number(_) => say!("a number"),
        Value::String(_) => say!("a string"),
        Value::Array(_) => say!("a list"),
        Value::Object(_) => say!("a mapping"),
    }
}

fn type_name(kind: JsonType) -> String {
    match kind {
        JsonType::Null => say!("empty"),
        JsonType::Boolean => say!("`true` or `false`"),
        JsonType::Integer => say!("a whole number"),
        JsonType::Number => say!("a number"),
        JsonType::String => say!("a string"),
        JsonType::Array => say!("a list"),
        JsonType::Object => say!("a mapping of keys"),
    }
}
