//! What takes each rule's remedy out.

use serde_json::Value;

use super::super::controls::edit;
use super::super::sweep::Change;

/// A change of the data.
pub(super) fn data(edit: fn(&mut Value)) -> Change {
    Change { data: Some(edit), ..Change::default() }
}

/// A change of the template.
pub(super) fn template(template: &'static [(&'static str, &'static str)]) -> Change {
    Change { template, ..Change::default() }
}

pub(super) const CHINESE_FACES: &[(&str, &str)] = &[(
    "#let faces-of(lang) = if lang != \"zh\" { of-others }",
    "#let faces-of(lang) = if lang == none { of-others }",
)];
pub(super) const NO_ITALIC: &[(&str, &str)] =
    &[("if theme.stress == (:) { it }", "if theme.stress == (:) { it.body }")];
pub(super) const RUNTS: &[(&str, &str)] = &[("costs: (runt: 1000%)) if", "costs: (runt: 0%)) if")];
pub(super) const LETTERSPACED: &[(&str, &str)] =
    &[("tracking: (min: 0em, max: 0em)", "tracking: (min: -0.01em, max: 0.05em)")];
pub(super) const UNHYPHENATED: &[(&str, &str)] =
    &[("costs: (runt: 300%),\n    overhang", "hyphenate: false,\n    overhang")];
pub(super) const RAGGED: &[(&str, &str)] =
    &[("justify: true,\n    leading: look.leading", "justify: false,\n    leading: look.leading")];
pub(super) const LOOSE: &[(&str, &str)] =
    &[("costs: (runt: 300%),\n    overhang", "costs: (widow: 0%, orphan: 0%),\n    overhang")];
pub(super) const INDENTED: &[(&str, &str)] =
    &[("amount: 1.2em, all: false", "amount: 1.2em, all: true")];

/// Quotes as they were typed.
pub(super) fn straight(block: &mut Value) {
    edit(block, &|text| text.replace(['“', '”'], "\"").replace(['‘', '’'], "'"));
}

/// No joiners.
pub(super) fn unjoined(block: &mut Value) {
    edit(block, &|text| text.replace('\u{2060}', ""));
}

/// A space before notes' marks.
pub(super) fn spaced_notes(block: &mut Value) {
    edit(block, &|text| match text.strip_suffix('\u{2060}') {
        Some(rest) => format!("{rest} "),
        None => text.to_owned(),
    });
}

/// Chinese words as text.
pub(super) fn loose_han(block: &mut Value) {
    match block {
        Value::Array(items) => items.iter_mut().for_each(loose_han),
        Value::Object(fields) => {
            if fields.get("t").is_some_and(|kind| kind == "marks") {
                fields.insert("t".into(), "text".into());
            }
            fields.values_mut().for_each(loose_han);
        }
        _ => {}
    }
}
