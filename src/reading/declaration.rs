//! What a template declares in its `template.yaml`: the defaults that complete `report.yaml`, and
//! the motifs that a trend can name.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use source::yaml::{Document, child};
use source::{Problems, SourceFile, schema};

use super::drawing::{Faces, Families};
use super::model::{Declaration, FaceLists, PartKind, default_lang};
use super::template::{NEUTRAL, Template};

/// The file of a template's declaration, in the template's folder.
pub const DECLARATION: &str = "template.yaml";

/// The keys of `report.yaml` that have a declared default: JSON pointers there, and below
/// `defaults` in a declaration.
pub(super) const KEYS: [&str; 12] = [
    "/trim",
    "/columns",
    "/label",
    "/running-label",
    "/labels/chapter",
    "/labels/divider",
    "/labels/appendix",
    "/numbering",
    "/captions",
    "/contents/depth",
    "/references/style",
    "/references/title",
];

/// The mappings among them that stand in every report, whether an author writes them or not.
pub(super) const WHOLE: [&str; 2] = ["/labels", "/contents"];

/// What holds for a template that declares nothing.
static FALLBACK: LazyLock<Document> = LazyLock::new(|| {
    let file = SourceFile { path: "templates/neutral.yaml".into(), text: NEUTRAL.into() };
    let range = 0..file.text.len();
    Document::parse(&Arc::new(file), range, &mut Problems::default()).expect("a test reads it")
});

/// A template's declaration as read.
#[derive(Debug, Default)]
pub struct Declared {
    /// The file; `None` if there is none, or a wrong one.
    document: Option<Document>,
    /// The template's motifs in the order declared; `None` where a wrong declaration leaves them
    /// unknown.
    pub motifs: Option<Vec<Motif>>,
    /// The families of text in drawings.
    faces: FaceLists,
    /// The kinds of parts that it can hold, where it says so.
    parts: Vec<PartKind>,
}

/// A line figure that a trend can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motif {
    /// The name that a trend's front matter gives.
    pub name: String,
    /// A description for editors.
    pub description: String,
}

impl Declared {
    /// Reads a template's declaration; a template without the file declares nothing.
    pub fn of(template: &Template, problems: &mut Problems) -> Self {
        let file = match template.text(DECLARATION) {
            Some(Ok(file)) => file,
            Some(Err(problem)) => {
                problems.push(problem);
                return Self::default();
            }
            None => return Self { motifs: Some(vec![]), ..Self::default() },
        };
        let read = Document::parse(&file, 0..file.text.len(), problems).and_then(|document| {
            let declaration: Declaration = schema::read(&document, problems)?;
            Some((document, declaration))
        });
        let Some((document, declaration)) = read else { return Self::default() };
        let motifs = declaration.motifs.into_iter();
        let mut motifs: Vec<_> =
            motifs.map(|(name, description)| Motif { name, description }).collect();
        motifs.sort_by_key(|motif| document.key_place(&child("/motifs", &motif.name)).range.start);
        let Declaration { faces, parts, .. } = declaration;
        Self { document: Some(document), motifs: Some(motifs), faces, parts }
    }

    /// Returns the kinds of parts that the template can hold; `None` where a wrong declaration
    /// leaves them unknown.
    pub(super) fn kinds(&self) -> Option<Vec<PartKind>> {
        self.motifs.as_ref()?;
        if !self.parts.is_empty() {
            return Some(self.parts.clone());
        }
        let names = FALLBACK.value["parts"].as_array().into_iter().flatten();
        Some(names.filter_map(|name| PartKind::named(name.as_str()?)).collect())
    }

    /// Returns the faces of text in drawings, among the families of the report.
    pub(super) fn faces(&self, families: &Families) -> Faces {
        let or_fallback = |own: &[String], key: &str| -> Vec<String> {
            if !own.is_empty() {
                return own.to_vec();
            }
            let names = FALLBACK.value["faces"][key].as_array().into_iter().flatten();
            names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
        };
        Faces {
            families: families.clone(),
            sans: or_fallback(&self.faces.sans, "sans"),
            serif: or_fallback(&self.faces.serif, "serif"),
            mono: or_fallback(&self.faces.mono, "mono"),
        }
    }

    /// Fills in the settings that an author left out. What the template declares keeps its
    /// location there.
    pub fn complete(&self, settings: &mut Document) {
        let lang = language(settings);
        for key in WHOLE {
            settings.fill(key, json!({}));
        }
        for key in KEYS {
            if let Some((document, at)) = self.declares(key, &lang) {
                settings.fill_from(key, document, &at);
            }
            if let Some(value) = fallback(key, &lang) {
                settings.fill(key, value.clone());
            }
        }
    }

    /// Returns the default of a key of `report.yaml`, for a report in `lang`.
    pub fn default_of(&self, key: &str, lang: &str) -> Option<&Value> {
        let declared = self.declares(key, lang);
        declared
            .and_then(|(document, at)| document.value.pointer(&at))
            .or_else(|| fallback(key, lang))
    }

    fn declares(&self, key: &str, lang: &str) -> Option<(&Document, String)> {
        let document = self.document.as_ref()?;
        Some((document, pointer_to(key, lang, document)?))
    }
}

/// Returns the language of a report, by its settings.
pub(super) fn language(settings: &Document) -> String {
    settings.value["lang"].as_str().map_or_else(default_lang, str::to_owned)
}

fn fallback(key: &str, lang: &str) -> Option<&'static Value> {
    FALLBACK.value.pointer(&pointer_to(key, lang, &FALLBACK)?)
}

/// Returns the JSON pointer of a default in a declaration: of the words for `lang`, where they go
/// by language.
fn pointer_to(key: &str, lang: &str, declaration: &Document) -> Option<String> {
    let at = format!("/defaults{key}");
    match declaration.value.pointer(&at)? {
        Value::Null => None,
        Value::Object(words) => {
            let main = lang.split('-').next().unwrap_or(lang);
            // Hong Kong and Macau write as Taiwan does.
            let other = if matches!(lang, "zh-HK" | "zh-MO") { "zh-TW" } else { lang };
            let wanted = [lang, other, main, "en"].into_iter().find(|tag| words.contains_key(*tag));
            Some(child(&at, wanted.or_else(|| words.keys().next().map(String::as_str))?))
        }
        _ => Some(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The declaration in a text, which must be sound.
    fn declared(text: &str) -> Document {
        let file = Arc::new(SourceFile { path: "template.yaml".into(), text: text.into() });
        let mut problems = Problems::default();
        let document = Document::parse(&file, 0..text.len(), &mut problems).expect("YAML");
        assert!(schema::read::<Declaration>(&document, &mut problems).is_some(), "{problems:?}");
        document
    }

    #[test]
    fn neutral_defaults_are_a_declaration_of_every_key() {
        let neutral = declared(NEUTRAL);
        for key in KEYS {
            assert!(pointer_to(key, "fr", &neutral).is_some(), "{key}");
        }
        assert_eq!(neutral.value.as_object().expect("a mapping").len(), 3, "it has no motifs");
    }

    #[test]
    fn every_default_of_the_schema_is_filled_in() {
        let schema = schema::of::<Declaration>();
        let keys = |of: &str| -> Vec<String> {
            let properties = schema["$defs"][of]["properties"].as_object().expect("properties");
            properties.keys().map(|key| format!("/{key}")).collect()
        };
        let mut all = keys("Defaults");
        for (above, of) in [
            ("/references", "ReferencesDefaults"),
            ("/labels", "LabelsDefaults"),
            ("/contents", "ContentsDefaults"),
        ] {
            all.retain(|key| key != above);
            all.extend(keys(of).iter().map(|key| format!("{above}{key}")));
        }
        all.sort();
        let mut known = KEYS.to_vec();
        known.sort();
        assert_eq!(all, known);
    }

    #[test]
    fn words_by_language_are_those_of_the_nearest() {
        let text = "defaults: {label: {zh: 甲, zh-TW: 乙, en: C}, running-label: {fr: D}}";
        let declared = Declared { document: Some(declared(text)), ..Declared::default() };
        let label = |lang| declared.default_of("/label", lang).cloned();
        assert_eq!(label("zh-CN"), Some("甲".into()));
        assert_eq!(label("zh-TW"), Some("乙".into()));
        assert_eq!(label("zh-HK"), Some("乙".into()));
        assert_eq!(label("de"), Some("C".into()));
        assert_eq!(declared.default_of("/running-label", "zh-CN"), Some(&"D".into()));
        assert_eq!(declared.default_of("/references/title", "zh-TW"), Some(&"參考文獻".into()));
        assert_eq!(declared.default_of("/references/title", "de"), Some(&"References".into()));
    }
}
