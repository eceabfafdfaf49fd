//! Checks YAML against the schema of a Rust type: reports every error at its location, then reads
//! the value itself.
//!
//! One source of truth: the schema is generated from the type that serde then reads.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::yaml::{Document, child};
use crate::{Diagnostic, Place, Problems, nearest};
use l10n::say;

/// How often wrong values are taken out of a document: those within others come first.
const ROUNDS: usize = 8;

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

/// Takes out of a document all that is wrong for a `T`, so that what depends on the rest can be looked
/// at too.
pub fn prune<T: JsonSchema + 'static>(document: &mut Document) {
    let Ok(judge) = judge::<T>() else { return };
    for _ in 0..ROUNDS {
        let errors = judge.1.iter_errors(&document.value);
        let wrong: Vec<(String, Vec<String>)> =
            errors.filter_map(|error| culprits(&error)).collect();
        if wrong.is_empty() {
            return;
        }
        for (at, keys) in wrong {
            let keys: BTreeSet<String> = keys.into_iter().collect();
            match document.value.pointer_mut(&at) {
                Some(Value::Object(map)) => map.retain(|key, _| !keys.contains(key)),
                Some(Value::Array(items)) => {
                    let mut index = 0..;
                    items.retain(|_| !keys.contains(&index.next().unwrap_or(0).to_string()));
                }
                _ => {}
            }
        }
    }
}

/// Takes the keys that a `T` does not know out of a document; returns their JSON pointers.
pub fn take_unknown<T: JsonSchema + 'static>(document: &mut Document) -> Vec<String> {
    let Ok(judge) = judge::<T>() else { return vec![] };
    let mut out = vec![];
    for _ in 0..ROUNDS {
        let errors = judge.1.iter_errors(&document.value);
        let unknown = errors.filter_map(|error| match error.kind() {
            ValidationErrorKind::AdditionalProperties { .. } => culprits(&error),
            _ => None,
        });
        let unknown: Vec<(String, Vec<String>)> = unknown.collect();
        if unknown.is_empty() {
            break;
        }
        for (at, keys) in unknown {
            let Some(Value::Object(map)) = document.value.pointer_mut(&at) else { continue };
            for key in keys.into_iter().filter(|key| map.remove(key).is_some()) {
                out.push(child(&at, &key));
            }
        }
    }
    out
}

/// Returns the keys that an error is about and where they are; `None` if it is about what is missing.
fn culprits(error: &ValidationError) -> Option<(String, Vec<String>)> {
    let at = error.instance_path().as_str();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            Some((at.to_owned(), unexpected.clone()))
        }
        // What lacks something is as good as nothing, unless it is the whole.
        _ => {
            let (above, key) = at.rsplit_once('/')?;
            Some((above.to_owned(), vec![key.replace("~1", "/").replace("~0", "~")]))
        }
    }
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
    let fault = Fault::new(document, schema, error);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => fault.unknown_keys(unexpected),
        ValidationErrorKind::Required { property } => vec![fault.missing(property)],
        ValidationErrorKind::Type { kind } => vec![fault.wrong_type(kind)],
        ValidationErrorKind::Enum { options } => {
            let known: Vec<_> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            vec![fault.unknown_value(&known)]
        }
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            fault.no_alternative(schema, context)
        }
        ValidationErrorKind::MinLength { .. } | ValidationErrorKind::MinItems { limit: 1 } => {
            vec![fault.described(say!("`{name}` is empty", name = fault.name))]
        }
        ValidationErrorKind::Pattern { .. } => {
            let value = plain(error.instance());
            vec![fault.described(say!("`{name}` cannot be `{value}`", name = fault.name, value))]
        }
        ValidationErrorKind::Minimum { limit } => vec![fault.described(say!(
            "`{name}` is {value}, but must be at least {limit}",
            name = fault.name,
            value = plain(error.instance()),
            limit
        ))],
        ValidationErrorKind::Maximum { limit } => vec![fault.described(say!(
            "`{name}` is {value}, but must be at most {limit}",
            name = fault.name,
            value = plain(error.instance()),
            limit
        ))],
        _ => vec![fault.described(say!("`{name}`: {error}", name = fault.name, error))],
    }
}

/// Reports a value that is none of the `known` words of a key, with the word that was probably
/// meant.
pub fn unknown_value(place: Place, key: &str, value: &str, known: &[&str]) -> Diagnostic {
    let message = say!("`{name}` cannot be `{value}`", name = key, value);
    Diagnostic::error(place, message).hint(meant(value, known))
}

/// Reports a column of a table that is none of the `known` ones.
pub fn unknown_column(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error(place, say!("unknown column `{name}`", name)).hint(meant(name, known))
}

/// The hint for a word that is none of the `known` ones.
fn meant(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("it can be {names}", names = quoted(known)),
    }
}

/// A value that is not as the schema wants it.
struct Fault<'a> {
    document: &'a Document,
    error: &'a ValidationError<'a>,
    /// The part of the schema that contains the failed keyword.
    rule: Option<&'a Value>,
    /// The name of the value, or of the list it is in.
    name: String,
    /// The description of the value.
    description: Option<String>,
}

impl<'a> Fault<'a> {
    fn new(document: &'a Document, schema: &'a Value, error: &'a ValidationError<'a>) -> Self {
        let rule = rule_of(schema, error);
        // What a list is for is said of the list, not of its items.
        let list = || schema.pointer(error.schema_path().as_str().rsplit_once("/items/")?.0);
        let description = rule.and_then(description).or_else(|| list().and_then(description));
        let unescaped = |name: &str| name.replace("~1", "/").replace("~0", "~");
        let mut names = error.instance_path().as_str().rsplit('/');
        let name = unescaped(names.next().unwrap_or_default());
        // The number of a list's item says little: name the list.
        let name = if name.parse::<usize>().is_ok() {
            names.next().unwrap_or_default().to_owned()
        } else {
            name
        };
        Self { document, error, rule, name, description }
    }

    fn pointer(&self) -> &str {
        self.error.instance_path().as_str()
    }

    /// Reports the value, with its description as the hint.
    fn described(&self, message: String) -> Diagnostic {
        self.hinted(message, self.description.clone())
    }

    fn hinted(&self, message: String, hint: Option<String>) -> Diagnostic {
        Diagnostic::error(self.document.place(self.pointer()), message).maybe_hint(hint)
    }

    fn unknown_keys(&self, keys: &[String]) -> Vec<Diagnostic> {
        let known = known_keys(self.rule);
        let unknown = |key: &String| {
            let wide = key.split_once('：').map(|(name, _)| name.trim());
            let wide = wide.filter(|name| known.contains(name));
            let hint = match (wide, nearest(key, known.iter().copied())) {
                (Some(key), _) => {
                    say!("write `{key}: `, with a half-width colon and a space", key)
                }
                (None, Some(meant)) => say!("did you mean `{meant}`?", meant),
                (None, None) => say!("known keys here: {known}", known = quoted(&known)),
            };
            let place = self.document.key_place(&child(self.pointer(), key));
            Diagnostic::error(place, say!("unknown key `{key}`", key)).hint(hint)
        };
        keys.iter().map(unknown).collect()
    }

    fn missing(&self, property: &Value) -> Diagnostic {
        let key = property.as_str().unwrap_or_default();
        let meaning = self.rule.and_then(|rule| rule["properties"].get(key)).and_then(description);
        let place = self.document.key_place(self.pointer());
        Diagnostic::error(place, say!("the key `{key}` is missing", key))
            .maybe_hint(meaning.map(|text| format!("`{key}`: {text}")))
    }

    fn wrong_type(&self, wanted: &TypeKind) -> Diagnostic {
        let wanted = match wanted {
            TypeKind::Single(kind) => vec![*kind],
            TypeKind::Multiple(kinds) => kinds.iter().collect(),
        };
        let value = self.error.instance();
        // Quotes help where the value is right but for them.
        let quoted = Value::String(value.to_string());
        let fits = |rule: &Value| jsonschema::is_valid(rule, &quoted);
        let unquoted = wanted.contains(&JsonType::String)
            && (value.is_number() || value.is_boolean())
            && self.rule.is_none_or(fits);
        // A text where keys belong is the value of the key that must be there.
        let required = self.rule.and_then(|rule| rule["required"].get(0)?.as_str());
        let keyed = required.filter(|_| wanted.contains(&JsonType::Object));
        let keyed = keyed.zip(value.as_str().filter(|text| !text.contains([':', '\n', '：'])));
        let wanted: Vec<_> =
            wanted.into_iter().filter(|kind| *kind != JsonType::Null).map(type_name).collect();
        let name = if self.name.is_empty() { say!("this") } else { format!("`{}`", self.name) };
        let message = say!(
            "{name} is {kind}, but must be {wanted}",
            name,
            kind = kind_of(value),
            wanted = wanted.join(&say!(" or "))
        );
        if let Some((key, text)) = keyed.filter(|_| !self.name.is_empty()) {
            let whole = format!("{}: {{{key}: {text}}}", self.name);
            self.hinted(message, Some(say!("write `{new}`", new = whole)))
        } else if unquoted {
            // As its author wrote it: `5.10` is no `5.1`.
            let place = self.document.place(self.pointer());
            let written = place.file.text.get(place.range.clone()).unwrap_or_default().trim();
            let is_plain =
                !written.is_empty() && !written.contains(['\n', '"', '\'', ':', '{', '[']);
            let own = value.to_string();
            let text = if is_plain { written } else { own.as_str() };
            self.hinted(message, Some(say!("put it in quotes: `\"{text}\"`", text)))
        } else {
            self.described(message)
        }
    }

    /// Reports a value that is none of what it can be, each with its own errors.
    fn no_alternative(
        &self,
        schema: &Value,
        alternatives: &[Vec<ValidationError>],
    ) -> Vec<Diagnostic> {
        // "This or nothing" is an optional value: what is wrong is what keeps it from being
        // this.
        let meant = alternatives.iter().find(|errors| {
            !errors.is_empty()
                && errors.iter().all(|inner| {
                    let judged = matches!(
                        inner.kind(),
                        ValidationErrorKind::Type { .. } | ValidationErrorKind::Constant { .. }
                    );
                    !judged || inner.instance_path() != self.error.instance_path()
                })
        });
        if let Some(errors) = meant {
            return explain_all(self.document, schema, errors);
        }
        let value = self.error.instance();
        let known: Vec<_> = self.rule.map(constants).unwrap_or_default();
        if !known.is_empty() && value.is_string() {
            return vec![self.unknown_value(&known)];
        }
        let message = say!("`{name}` cannot be {kind}", name = self.name, kind = kind_of(value));
        let hint = self.description.clone().or_else(|| self.rule.and_then(self::alternatives));
        vec![self.hinted(message, hint)]
    }

    fn unknown_value(&self, known: &[&str]) -> Diagnostic {
        let place = self.document.place(self.pointer());
        unknown_value(place, &self.name, &plain(self.error.instance()), known)
    }
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
