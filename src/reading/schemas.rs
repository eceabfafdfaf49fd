//! The JSON Schemas of the files that authors and designers write, with what a template declares.

use brand::BrandFile;
use schemars::JsonSchema;
use serde_json::{Value, json};
use source::yaml::Document;
use source::{Place, Problems, schema};

use super::declaration::{Declared, KEYS, WHOLE, language};
use super::model::{
    ChartSpec, Declaration, KINDS, Origin, ReportConfig, TableSpec, Terms, default_lang,
    default_template,
};
use super::template::Template;
use super::{CONTENT, Project, SETTINGS, shown};

/// Returns the JSON Schemas of the author's input, by the name of the file or block they
/// describe, with the defaults and motifs of the built-in template.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let template = Template::built_in(&default_template());
    let declared = template.map(|template| Declared::of(&template, &mut Problems::default()));
    with(&declared.unwrap_or_default(), &default_lang())
}

/// Returns the JSON Schemas with the defaults and motifs of a project's template; with those of
/// the built-in one in a folder without a report.
pub fn schemas_of(project: &Project, problems: &mut Problems) -> Vec<(&'static str, Value)> {
    if !project.root().join(CONTENT).join(SETTINGS).exists() {
        return schemas();
    }
    let file = project.text(SETTINGS, &Place::start_of(shown(SETTINGS)));
    let file = file.map_err(|problem| problems.push(problem)).ok();
    let settings = file.and_then(|file| Document::parse(&file, 0..file.text.len(), problems));
    let Some(settings) = settings else { return schemas() };
    let declared = Template::named_in(&settings, project, problems)
        .map(|template| Declared::of(&template, problems));
    with(&declared.unwrap_or_default(), &language(&settings))
}

/// Returns the names of the schemas, without making them.
pub fn schema_names() -> Vec<&'static str> {
    let written = KINDS.iter().filter(|entry| !entry.is_made()).map(|entry| entry.name);
    ["report"]
        .into_iter()
        .chain(written)
        .chain(["chart", "table", "terms", "template", "brand"])
        .collect()
}

fn with(declared: &Declared, lang: &str) -> Vec<(&'static str, Value)> {
    fn titled<T: JsonSchema>(name: &'static str) -> (&'static str, Value) {
        (name, schema::of::<T>())
    }
    let mut schemas = vec![titled::<ReportConfig>("report")];
    schemas.extend(KINDS.iter().filter_map(|entry| match entry.origin {
        Origin::Written { schema, .. } => Some((entry.name, schema())),
        Origin::Made => None,
    }));
    schemas.extend([
        titled::<ChartSpec>("chart"),
        titled::<Terms>("terms"),
        titled::<TableSpec>("table"),
        titled::<Declaration>("template"),
        titled::<BrandFile>("brand"),
    ]);
    for (name, schema) in &mut schemas {
        match *name {
            "report" => defaults(declared, lang, schema),
            "trend" => motifs(declared, schema),
            _ => {}
        }
    }
    schemas
}

/// Puts the declared defaults into the schema of `report.yaml`.
fn defaults(declared: &Declared, lang: &str, schema: &mut Value) {
    for key in WHOLE {
        // Each key in it has its own.
        if let Some(property) = schema.pointer_mut(&format!("/properties{key}"))
            && let Some(property) = property.as_object_mut()
        {
            property.remove("default");
        }
    }
    for key in KEYS {
        let nested = [
            ("/references/", "ReferencesConfig"),
            ("/labels/", "LabelsConfig"),
            ("/contents/", "ContentsConfig"),
        ];
        let nested = nested.iter().find_map(|(above, of)| Some((key.strip_prefix(above)?, of)));
        let property = match nested {
            Some((key, of)) => format!("/$defs/{of}/properties/{key}"),
            None => format!("/properties{key}"),
        };
        if let (Some(property), Some(value)) =
            (schema.pointer_mut(&property), declared.default_of(key, lang))
        {
            property["default"] = value.clone();
        }
    }
}

/// Puts the declared motifs into the schema of a trend's front matter: as a choice where there is
/// any.
fn motifs(declared: &Declared, schema: &mut Value) {
    let motifs = declared.motifs.as_deref().unwrap_or_default();
    if motifs.is_empty() {
        return;
    }
    let choices: Vec<_> = motifs
        .iter()
        .map(|motif| {
            json!({ "const": motif.name, "type": "string", "description": motif.description })
        })
        .collect();
    schema["$defs"]["Motif"] = json!({
        "description": "A line figure; the template decides how to draw it.",
        "oneOf": choices,
    });
    let property = &mut schema["properties"]["motif"];
    property["anyOf"] = json!([{ "$ref": "#/$defs/Motif" }, { "type": "null" }]);
    if let Some(property) = property.as_object_mut() {
        property.remove("type");
    }
    schema::translate(schema);
}
