//! The data for templates: one small JSON file per part, so that an edit affects no other part.

use std::borrow::Cow;

use serde_json::{Value, json};
use typst::foundations::Bytes;

use super::Edition;
use super::fit::Mode;
use super::links;
use super::world::{Files, Written};
use crate::reading::model::{
    Block, NumberedKind, Output, OutputProfile, Part, PartContent, PartKind, Report, TextBlock,
};
use crate::reading::template::Template;
use crate::reading::title;
use source::Diagnostic;

/// A report with valid content, and all files available to its template.
pub struct Prepared {
    /// The report.
    pub report: Report,
    /// The template's files, the data, and the author's images.
    pub files: Files,
    /// The path of the template's main file.
    pub main: String,
    /// The warnings.
    pub warnings: Vec<Diagnostic>,
}

impl Prepared {
    /// Adds the plans by which an edition was laid out, the numbers of its notes, and where its links
    /// lead, so that the template makes its pages.
    #[must_use]
    pub fn planned(mut self, edition: &Edition) -> Self {
        for (path, bytes) in edition.world.files().kept() {
            if path.starts_with(PLANS) || path.starts_with(PARTS) || path == FILLING {
                self.files.keep(path, Bytes::new(bytes.to_vec()));
            }
        }
        keep(&mut self.files, PLACES, &links::places(&edition.document));
        self
    }
}

/// The folder of the parts' plans.
pub(super) const PLANS: &str = "/data/plans/";

/// The folder of the parts' data.
pub(super) const PARTS: &str = "/data/parts/";

/// How many pages fill the last signature.
const FILLING: &str = "/data/filling.json";

/// The file that says how many pages fill the last signature.
pub(super) fn filling(pages: usize) -> (String, Bytes) {
    (FILLING.to_owned(), json(&json!({ "pages": pages })))
}

/// The path of a part's data.
pub(super) fn part(id: &str) -> String {
    format!("{PARTS}{id}.json")
}

/// The path of a part's plan.
pub(super) fn plan(id: &str) -> String {
    format!("{PLANS}{id}.json")
}

/// The file with the report's settings and the list of its parts.
pub const REPORT: &str = "/data/report.json";

/// The file with the output settings of the report.
pub const OUTPUT: &str = "/data/output.json";

/// The file with the places that links by name lead to. It is empty while the program sets the
/// pages: those that it makes have their links put in when they are done.
const PLACES: &str = "/data/places.json";

/// The file that tells the kit which template is set, and in which language. It is one of its own,
/// so that an edit of the report leaves what is made of it as it is.
const TEMPLATE: &str = "/data/template.json";

/// Tells the kit of the template that is set in a language.
pub fn template(template: &Template, lang: &str, files: &mut Files) {
    let (lang, region) = language(lang);
    let value = json!({
        "name": template.name(),
        "theme": template.theme(),
        "lang": lang,
        "region": region,
    });
    keep(files, TEMPLATE, &value);
}

/// A BCP 47 tag as its language and its region.
fn language(tag: &str) -> (&str, Option<&str>) {
    tag.split_once('-').map_or((tag, None), |(lang, region)| (lang, Some(region)))
}

/// Adds the report's data to the files available to a template.
pub fn write(report: &Report, mode: Mode, output: Output, files: &mut Files) {
    let config = &report.config;
    let body = config.front_folios.pattern().and_then(|_| body_of(report));
    let parts: Vec<_> = report
        .parts
        .iter()
        .map(|part| {
            let path = self::part(&part.id);
            let mut value = serde_json::to_value(&part.content).expect("a part is plain data");
            if let Some(fields) = value.as_object_mut() {
                fields.insert("id".into(), part.id.clone().into());
                if part.content.title().is_some() {
                    fields.insert("number".into(), part.number.into());
                    fields.insert("mark".into(), part.mark.clone().into());
                    fields.insert("label".into(), part.label.clone().into());
                    let running = part.running_label.as_ref().or(part.label.as_ref());
                    fields.insert("running-label".into(), running.cloned().into());
                }
                fields.insert("target".into(), part.anchor.name.clone().into());
                fields.insert("listed".into(), part.listed.into());
                let sections = part.listed && has_sections(part, report.config.contents.depth);
                fields.insert("sections".into(), sections.into());
                fields.insert("pages".into(), part.budget.as_ref().map(|(pages, _)| *pages).into());
                if body.is_some_and(|id| id == part.id) {
                    fields.insert("opens-body".into(), config.front_folios.pattern().into());
                }
                match &part.content {
                    PartContent::References => {
                        let title = report
                            .config
                            .references
                            .as_ref()
                            .map(|settings| settings.title.as_str());
                        fields.insert("title".into(), title.into());
                        fields.insert("entries".into(), json!(report.references));
                    }
                    PartContent::ListOfFigures => {
                        fields.insert("entries".into(), listed(report, NumberedKind::Figure));
                    }
                    PartContent::ListOfTables => {
                        fields.insert("entries".into(), listed(report, NumberedKind::Table));
                    }
                    PartContent::Lists => {
                        let figures = listed(report, NumberedKind::Figure);
                        fields.insert("entries".into(), figures);
                        fields.insert("tables".into(), listed(report, NumberedKind::Table));
                    }
                    PartContent::Index => {
                        fields.insert("entries".into(), json!(report.index));
                    }
                    PartContent::Text(part) if part.kind == PartKind::Glossary => {
                        fields.insert("terms".into(), json!(report.terms));
                    }
                    PartContent::Cover => {
                        fields.insert("title".into(), title::in_words(&report.config.title).into());
                        fields.insert("year".into(), title::year_of(&report.config.title).into());
                        fields.insert("title-lines".into(), json!(config.title_lines));
                        // What stands on the cover alone touches no other part when it changes.
                        fields.insert("subtitle".into(), report.config.subtitle.clone().into());
                    }
                    PartContent::BackCover => {
                        fields.insert("codes".into(), json!(report.config.back_cover.codes));
                    }
                    _ => {}
                }
            }
            tell_notes(&mut value);
            keep(files, &path, &value);
            let entries = match &part.content {
                PartContent::References => &report.references[..],
                _ => &[],
            };
            let entries = entries.iter().map(|entry| entry.place.clone()).collect();
            let written = Written { place: part.place.clone(), files: part.files.clone(), entries };
            files.trace(&path, written);
            // Empty until the pages were seen.
            keep(files, &plan(&part.id), &json!({}));
            path
        })
        .collect();
    let (lang, region) = language(&config.lang);
    let date: Vec<u32> = config.date.split('-').filter_map(|number| number.parse().ok()).collect();
    let value = json!({
        "title": config.title,
        "publisher": config.publisher,
        "date": date,
        "lang": lang,
        "region": region,
        "keywords": config.keywords,
        "trim": config.trim.iter().map(|side| length(side)).collect::<Vec<_>>(),
        "columns": config.columns,
        "label": config.label,
        "running-label": config.running_label,
        "contents": config.contents,
        "floats": config.floats,
        // Whether the program fits parts to their pages: for templates that say so on the page.
        "fit": mode != Mode::Off,
        "parts": parts,
    });
    keep(files, REPORT, &value);
    keep(files, PLACES, &json!({}));
    let (path, none) = filling(0);
    files.keep(path, none);
    let press = output.profile != OutputProfile::Screen;
    let proof = output.profile == OutputProfile::Proof;
    keep(
        files,
        OUTPUT,
        &json!({ "press": press, "marks": press && (output.marks || report.config.press.marks || proof), "slug": proof }),
    );
}

/// The part with which the body begins: the first trend, chapter or divider; in a report without, the
/// first that is no front matter.
fn body_of(report: &Report) -> Option<&str> {
    let first = |of: &dyn Fn(PartKind) -> bool| {
        report.parts.iter().find(|part| of(part.content.kind())).map(|part| part.id.as_str())
    };
    first(&|kind| matches!(kind, PartKind::Trend | PartKind::Chapter | PartKind::Divider)).or_else(
        || {
            first(&|kind| {
                !matches!(
                    kind,
                    PartKind::Cover
                        | PartKind::Contents
                        | PartKind::ListOfFigures
                        | PartKind::ListOfTables
                        | PartKind::Lists
                        | PartKind::Foreword
                        | PartKind::Imprint
                        | PartKind::Summary
                )
            })
        },
    )
}

/// Whether a part has headings that a list of contents of this depth holds.
fn has_sections(part: &Part, depth: u8) -> bool {
    part.content.blocks().iter().any(
        |block| matches!(block, Block::Text(TextBlock::Heading { level, unlisted: false, .. }) if *level < depth),
    )
}

/// The numbered blocks of a kind.
fn listed(report: &Report, kind: NumberedKind) -> Value {
    json!(report.numbered.iter().filter(|block| block.kind == kind).collect::<Vec<_>>())
}

pub(super) fn keep(files: &mut Files, path: &str, value: &Value) {
    let mut value = value.clone();
    clean(&mut value);
    files.keep(path, json(&value));
}

/// A file of data, line by line, so that a designer can read what the template is given.
pub(super) fn json(value: &Value) -> Bytes {
    let mut text = serde_json::to_string_pretty(value).expect("a JSON value is JSON");
    text.push('\n');
    Bytes::from_string(text)
}

/// Drops characters that are no text from all texts: a PDF must not hold them.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(cleaned) = cjk::cleaned(text) {
                *text = cleaned;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Tells each block whether a footnote is marked in it, so that templates need not look; returns
/// whether one is in `value`.
fn tell_notes(value: &mut Value) -> bool {
    match value {
        Value::Array(list) => list.iter_mut().fold(false, |any, value| tell_notes(value) | any),
        Value::Object(fields) => {
            let own = fields.get("t").is_some_and(|kind| kind == "footnote");
            let any = fields.values_mut().fold(own, |any, value| tell_notes(value) | any);
            if fields.contains_key("block") {
                fields.insert("noted".into(), any.into());
            }
            any
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Splits a length into its number and unit, since Typst cannot parse one from text.
pub(super) fn length(text: &str) -> Value {
    let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    json!([number.parse::<f64>().unwrap_or_default(), unit])
}
