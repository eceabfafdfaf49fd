//! What of a brand file print cannot use: it is told, and nothing of it is silent.

use l10n::say;
use serde_json::Value;
use source::yaml::{Document, child};
use source::{Diagnostic, Problems, schema};

use crate::Brand;
use crate::model::{BrandFile, ColourValue};
use crate::rules;

/// The keys that a screen alone has a use for, and why print has none.
const SCREEN: [&str; 2] = ["/defaults", "/typography/link"];
/// The services on the web that fonts come from.
pub(crate) const SERVICES: [&str; 2] = ["google", "bunny"];
/// The keys of a face that a template decides.
const OF_FACE: [&str; 5] = ["size", "line-height", "style", "color", "background-color"];
/// The roles of fonts.
const FACES: [&str; 5] = ["base", "headings", "monospace", "monospace-inline", "monospace-block"];

/// Tells all that print cannot use.
pub(crate) fn tell(file: &BrandFile, document: &Document, problems: &mut Problems) {
    let mut tell = |at: &str, message: String, hint: String| {
        let place = document.key_place(at);
        problems.push(Diagnostic::of(&rules::UNUSED, place, message).hint(hint));
    };
    let silence =
        || say!("leave it out, or silence this with `check: {{TP0601: off}}` in report.yaml");
    for at in SCREEN {
        if document.value.pointer(at).is_some_and(|value| !value.is_null()) {
            let key = at.trim_start_matches('/').replace('/', ".");
            tell(at, say!("print cannot use `{key}`: it is for web pages", key), silence());
        }
    }
    for face in FACES {
        for key in OF_FACE {
            let at = format!("/typography/{face}/{key}");
            if document.value.pointer(&at).is_some_and(|value| !value.is_null()) {
                let name = format!("typography.{face}.{key}");
                tell(
                    &at,
                    say!("print does not use `{name}`: the template has its own", name),
                    silence(),
                );
            }
        }
    }
    for (index, font) in file.typography.fonts.iter().enumerate() {
        let at = format!("/typography/fonts/{index}");
        match font.source.as_deref() {
            Some("file" | "system") | None => {}
            // Whether the font is there all the same, its reader knows.
            Some(service) if SERVICES.contains(&service) => {}
            Some(other) => tell(
                &format!("{at}/source"),
                say!("`source` cannot be `{other}`", other),
                say!("write `source: file`, and put the font's files into `fonts/`"),
            ),
        }
        if font.display.is_some() {
            tell(
                &format!("{at}/display"),
                say!(
                    "print cannot use `{key}`: it is for web pages",
                    key = "typography.fonts.display"
                ),
                silence(),
            );
        }
    }
    background(file, document, problems);
}

/// Takes out, and tells, keys that other programs have a use for.
pub(crate) fn foreign(document: &mut Document, problems: &mut Problems) {
    for at in schema::take_unknown::<BrandFile>(document) {
        let key = at.trim_start_matches('/').replace('/', ".");
        let message = say!("print has no use for `{key}`", key);
        let hint =
            say!("leave it out, or silence this with `check: {{TP0601: off}}` in report.yaml");
        problems.push(Diagnostic::of(&rules::UNUSED, document.key_place(&at), message).hint(hint));
    }
}

/// Tells of logos that lie on the web, and of images of the logo that no size names.
pub(crate) fn images(brand: &Brand, problems: &mut Problems) {
    for file in brand.far_logos() {
        let message = say!(
            "print leaves out the logo `{path}`: nothing is fetched from the web",
            path = file.path
        );
        problems.push(
            Diagnostic::of(&rules::UNUSED, brand.place(&file.at), message)
                .hint(say!("copy the file beside the brand file, and name it there")),
        );
    }
    for at in brand.idle_images() {
        let name = at.rsplit('/').next().unwrap_or_default().to_owned();
        let message = say!("no size of the logo uses the image `{name}`", name);
        problems.push(
            Diagnostic::of(&rules::UNUSED, brand.key_place(&at), message)
                .hint(say!("name it as `small`, `medium` or `large`, or leave it out")),
        );
    }
}

/// Tells of keys without a value: a colour without quotes is a comment.
pub(crate) fn empty(document: &Document, problems: &mut Problems) {
    let mut open = vec![(String::new(), &document.value)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                open.extend(map.iter().map(|(key, value)| (child(&at, key), value)));
            }
            Value::Array(items) => {
                open.extend(
                    items.iter().enumerate().map(|(i, value)| (format!("{at}/{i}"), value)),
                );
            }
            // An alias is told where the file is read.
            Value::Null if is_alias(document, &at) => {}
            Value::Null if !at.is_empty() => {
                let place = document.key_place(&at);
                let text = &document.file().text;
                let rest = text[place.range.end..].lines().next().unwrap_or_default();
                let name = at.rsplit('/').next().unwrap_or_default().to_owned();
                let comment = rest.split_once('#').map(|(_, colour)| colour.trim());
                let hint = match comment {
                    Some(colour) => say!(
                        "`#` begins a comment: put the colour in quotes, `{name}: \"#{colour}\"`",
                        name,
                        colour
                    ),
                    None => say!("give it a value, or leave the key out"),
                };
                problems.push(Diagnostic::error(place, say!("`{name}` is empty", name)).hint(hint));
            }
            _ => {}
        }
    }
}

/// Whether `*name` is written at a JSON pointer.
fn is_alias(document: &Document, at: &str) -> bool {
    let place = document.place(at);
    place.file.text[place.range.clone()].starts_with('*')
}

/// A background other than white is the paper's matter.
fn background(file: &BrandFile, document: &Document, problems: &mut Problems) {
    let text = match &file.color.background {
        Some(ColourValue::Text(text)) => text,
        Some(ColourValue::Mixed(swatch)) => match swatch.value.as_ref().or(swatch.light.as_ref()) {
            Some(text) => text,
            None => return,
        },
        None => return,
    };
    let is_white =
        |text: &str| matches!(text.to_lowercase().as_str(), "#fff" | "#ffffff" | "white");
    let named = file.color.palette.get(text);
    let white =
        is_white(text) || matches!(named, Some(ColourValue::Text(value)) if is_white(value));
    if !white {
        let place = document.key_place("/color/background");
        problems.push(
            Diagnostic::of(
                &rules::UNUSED,
                place,
                say!("print does not use `background`: the paper is the ground"),
            )
            .hint(say!(
                "leave it out, or silence this with `check: {{TP0601: off}}` in report.yaml"
            )),
        );
    }
}
