//! Design tokens (W3C Design Tokens Format, 2025.10) read as a brand.
//!
//! The file is JSON, of which YAML is a superset: so its values have their lines. Each colour
//! becomes one of the palette by its path; one whose name is a role plays it. Families of fonts
//! play the roles that their names say.

use std::collections::BTreeMap;

use l10n::say;
use serde_json::{Map, Value, json};
use source::yaml::{Document, child};
use source::{Diagnostic, Problems};

use crate::css;
use crate::rules;
use crate::tone::hex;

/// The vendor's name in `$extensions`.
const OURS: &str = "trendpress";

/// The roles of colours, and names by which designers know them.
const ROLES: [(&str, &[&str]); 11] = [
    ("primary", &["primary", "brand"]),
    ("secondary", &["secondary"]),
    ("tertiary", &["tertiary"]),
    ("foreground", &["foreground"]),
    ("dark", &["dark"]),
    ("light", &["light"]),
    ("link", &["link"]),
    ("success", &["success", "positive"]),
    ("info", &["info"]),
    ("warning", &["warning", "caution"]),
    ("danger", &["danger", "negative", "error"]),
];

/// The roles of faces.
const FACES: [(&str, &[&str]); 3] = [
    ("base", &["base", "body", "text"]),
    ("headings", &["headings", "heading", "display", "title"]),
    ("monospace", &["monospace", "mono", "code"]),
];

/// A token.
struct Token {
    /// Its path: the names of its groups and its own.
    path: Vec<String>,
    /// The JSON pointer of its mapping.
    at: String,
    /// Its type: its own, or that of the nearest group that has one.
    kind: Option<String>,
    /// The key of its value, which may be a reference to another's.
    key: &'static str,
}

impl Token {
    fn value(&self) -> String {
        format!("{}/{}", self.at, self.key)
    }

    /// The name that its colour has in the palette.
    fn name(&self) -> String {
        self.path.join("-")
    }
}

/// Whether a document holds design tokens.
pub(crate) fn is(document: &Document) -> bool {
    !tokens(&document.value).is_empty()
}

/// Returns the brand that the tokens of a document make.
pub(crate) fn brand(mut tokens_file: Document, problems: &mut Problems) -> Option<Document> {
    let all = tokens(&tokens_file.value);
    let mut out = Document::parse(tokens_file.file(), 0..0, problems)?;
    for (at, value) in
        [("/color", json!({})), ("/color/palette", json!({})), ("/typography", json!({}))]
    {
        out.fill(at, value);
    }
    let kinds = kinds(&all, &tokens_file.value);
    let by_path: BTreeMap<String, usize> =
        all.iter().enumerate().map(|(index, token)| (token.path.join("."), index)).collect();
    let mut idle: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (index, token) in all.iter().enumerate() {
        match kinds[index].as_deref() {
            Some("color") => colour(token, (&all, &by_path), &mut tokens_file, &mut out, problems),
            Some("fontFamily" | "typography") => {
                family(token, (&all, &by_path), &mut tokens_file, &mut out);
            }
            Some("fontWeight") => {}
            Some(kind) => {
                idle.entry(kind.to_owned()).or_insert((0, token.at.clone())).0 += 1;
            }
            None => {
                let place = tokens_file.key_place(&token.at);
                let message = say!("the token `{name}` has no type", name = token.path.join("."));
                problems.push(
                    Diagnostic::error(place, message)
                        .hint(say!("give it, or its group, a `$type` such as `color`")),
                );
            }
        }
    }
    for (kind, (count, at)) in idle {
        let message =
            say!("print has no use for tokens of the type `{kind}`: {count} of them", kind, count);
        problems.push(
            Diagnostic::of(&rules::UNUSED, tokens_file.key_place(&at), message)
                .hint(say!("silence this with `check: {{TP0601: off}}` in report.yaml")),
        );
    }
    if out.value.pointer("/color/primary").is_none()
        && kinds.iter().flatten().any(|kind| kind == "color")
    {
        let message = say!("no token is named `primary`: the template keeps its own colours");
        let first = all.iter().zip(&kinds).find(|(_, kind)| kind.as_deref() == Some("color"));
        let example = first.map(|(token, _)| token.path.join(".")).unwrap_or_default();
        let place = tokens_file.key_place(first.map_or("", |(token, _)| &token.at));
        problems.push(Diagnostic::of(&rules::UNUSED, place, message).hint(say!(
            "add one that refers to a colour: `\"primary\": {{\"$type\": \"color\", \"$value\": \"{{{example}}}\"}}`",
            example
        )));
    }
    for key in ["logo", "cover", "meta"] {
        out.fill_from(&format!("/{key}"), &tokens_file, &format!("/$extensions/{OURS}/{key}"));
    }
    Some(out)
}

/// All tokens, in the order of their names.
fn tokens(value: &Value) -> Vec<Token> {
    let mut out = vec![];
    let mut open = vec![(vec![], String::new(), value, None)];
    while let Some((path, at, value, kind)) = open.pop() {
        let Value::Object(map) = value else { continue };
        let own = map.get("$type").and_then(Value::as_str).map(str::to_owned).or(kind);
        if map.contains_key("$value") || (map.contains_key("$ref") && !path.is_empty()) {
            let key = if map.contains_key("$value") { "$value" } else { "$ref" };
            out.push(Token { path, at, kind: own, key });
            continue;
        }
        for (key, value) in map.iter().rev() {
            // `$root` is a group's own token.
            if key.starts_with('$') && key != "$root" {
                continue;
            }
            let mut inner: Vec<String> = path.clone();
            if key != "$root" {
                inner.push(key.clone());
            }
            open.push((inner, child(&at, key), value, own.clone()));
        }
    }
    out
}

/// The path that an alias refers to, such as `{color.forest}`, or a JSON pointer of the file.
fn alias(token: &Token, value: &Value) -> Option<String> {
    let own = value.pointer(&token.at)?;
    if let Some(text) = own["$value"].as_str() {
        return Some(text.strip_prefix('{')?.strip_suffix('}')?.to_owned());
    }
    let reference = own["$ref"].as_str().or(own["$value"]["$ref"].as_str())?;
    let path = reference.strip_prefix("#/")?.trim_end_matches("/$value");
    Some(path.replace('/', "."))
}

/// The types of all tokens: an alias has that of what it refers to.
fn kinds(all: &[Token], value: &Value) -> Vec<Option<String>> {
    let by_path: BTreeMap<String, &Token> =
        all.iter().map(|token| (token.path.join("."), token)).collect();
    let kind = |token: &Token| {
        let mut token = token;
        // A circle of aliases is told where the colours are read.
        for _ in 0..=all.len() {
            if token.kind.is_some() {
                break;
            }
            match alias(token, value).and_then(|path| by_path.get(&path)) {
                Some(next) => token = next,
                None => break,
            }
        }
        token.kind.clone()
    };
    all.iter().map(kind).collect()
}

/// The role that a path ends with.
fn role<'r>(path: &[String], roles: &'r [(&'r str, &[&str])]) -> Option<&'r str> {
    let last = path.last()?.to_lowercase();
    roles.iter().find(|(_, names)| names.contains(&last.as_str())).map(|(role, _)| *role)
}

fn colour(
    token: &Token,
    (all, by_path): (&[Token], &BTreeMap<String, usize>),
    file: &mut Document,
    out: &mut Document,
    problems: &mut Problems,
) {
    let at = token.value();
    let target = alias(token, &file.value);
    let written = match &target {
        Some(path) => match by_path.get(path) {
            Some(index) => Some(Value::String(all[*index].name())),
            None => {
                let message = say!("there is no token `{path}`", path);
                let known = by_path.keys().map(String::as_str);
                let hint = match source::nearest(path, known) {
                    Some(meant) => say!("did you mean `{meant}`?", meant = format!("{{{meant}}}")),
                    None => say!("refer to a token by its path, such as `{{color.forest}}`"),
                };
                problems.push(Diagnostic::error(file.place(&at), message).hint(hint));
                None
            }
        },
        None => plain(file.value.pointer(&at), token, file, problems),
    };
    let Some(mut value) = written else { return };
    let ours = file.value.pointer(&token.at).map(|own| own["$extensions"][OURS].clone());
    if let Some(Value::Object(ours)) = ours {
        let mut mixed: Map<String, Value> = ours;
        mixed.insert("value".into(), value);
        value = mixed.into();
    }
    if let Some(place) = file.value.pointer_mut(&token.at).and_then(Value::as_object_mut) {
        place.insert(token.key.into(), value);
    }
    out.fill_from(&child("/color/palette", &token.name()), file, &at);
    if let Some(role) = role(&token.path, &ROLES) {
        // The first of a name plays the role.
        let name = token.name();
        if name == role {
            out.fill_from(&format!("/color/{role}"), file, &at);
        } else if let Some(place) = file.value.pointer_mut(&token.at).and_then(Value::as_object_mut)
        {
            place.insert(token.key.into(), name.into());
            out.fill_from(&format!("/color/{role}"), file, &at);
        }
    }
}

/// A colour as brands write it, from its components.
fn plain(
    value: Option<&Value>,
    token: &Token,
    file: &Document,
    problems: &mut Problems,
) -> Option<Value> {
    let value = value?;
    // What the drafts before 2025.10 had.
    if let Some(text) = value.as_str() {
        return Some(text.into());
    }
    let part = |index: usize| value["components"][index].as_f64();
    let parts = part(0).zip(part(1)).zip(part(2)).map(|((a, b), c)| [a, b, c]);
    let space = value["colorSpace"].as_str().unwrap_or_default();
    let alpha = value["alpha"].as_f64().unwrap_or(1.0);
    let byte = |share: f64| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
    let colour = match (space, parts) {
        ("srgb", Some(parts)) => Some(hex(parts.map(byte))),
        ("hsl", Some([hue, saturation, light])) => {
            let text = format!("hsl({hue}, {saturation}%, {light}%)");
            css::read(&text).map(|(screen, _)| hex(screen))
        }
        // Other spaces are wider than a screen's; the file says what stands for the colour there.
        _ => value["hex"].as_str().map(str::to_owned),
    };
    let Some(colour) = colour else {
        let message = say!(
            "the colour `{name}` is in `{space}`, without the colour that stands for it on a screen",
            name = token.path.join("."),
            space
        );
        problems.push(
            Diagnostic::error(file.place(&token.value()), message)
                .hint(say!("add it: `\"hex\": \"#00594C\"`")),
        );
        return None;
    };
    Some(if alpha < 1.0 { format!("{colour}{:02X}", byte(alpha)) } else { colour }.into())
}

/// Has a family of fonts play the role of its token's name.
fn family(
    token: &Token,
    (all, by_path): (&[Token], &BTreeMap<String, usize>),
    file: &mut Document,
    out: &mut Document,
) {
    let Some(role) = role(&token.path, &FACES)
        .or_else(|| role(&token.path[..token.path.len().saturating_sub(1)], &FACES))
    else {
        return;
    };
    let at = token.value();
    let found = resolved(token, (all, by_path), &file.value);
    let weight = &found["fontWeight"];
    let family = match found.get("fontFamily") {
        Some(family) => deref(family, (all, by_path), &file.value),
        None => found.clone(),
    };
    let family = family.as_array().and_then(|list| list.first()).unwrap_or(&family).clone();
    if !family.is_string() {
        return;
    }
    let weight = deref(weight, (all, by_path), &file.value);
    let face = if weight.is_u64() || weight.is_string() {
        json!({ "family": family, "weight": weight })
    } else {
        json!({ "family": family })
    };
    if let Some(place) = file.value.pointer_mut(&token.at).and_then(Value::as_object_mut) {
        place.insert(token.key.into(), face);
        out.fill_from(&format!("/typography/{role}"), file, &at);
        if let Some(place) = file.value.pointer_mut(&token.at).and_then(Value::as_object_mut) {
            place.insert(token.key.into(), found);
        }
    }
}

/// A token's value, through its aliases.
fn resolved(
    token: &Token,
    (all, by_path): (&[Token], &BTreeMap<String, usize>),
    value: &Value,
) -> Value {
    let mut token = token;
    for _ in 0..=all.len() {
        match alias(token, value).and_then(|path| by_path.get(&path)) {
            Some(next) => token = &all[*next],
            None => break,
        }
    }
    value.pointer(&token.value()).cloned().unwrap_or_default()
}

/// A part of a value, which may be an alias.
fn deref(part: &Value, known: (&[Token], &BTreeMap<String, usize>), value: &Value) -> Value {
    let path = part.as_str().and_then(|text| text.strip_prefix('{')?.strip_suffix('}'));
    match path.and_then(|path| known.1.get(path)) {
        Some(index) => resolved(&known.0[*index], known, value),
        None => part.clone(),
    }
}
