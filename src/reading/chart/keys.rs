//! Which keys of a chart block have an effect, by its kind.

use crate::reading::model::{ChartKind, ChartSpec, Facet, Orient, Stack};
use crate::rules;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// The keys that not every kind uses.
const OPTIONAL: [&str; 16] = [
    "values",
    "note",
    "unit",
    "format",
    "scale",
    "highlight",
    "orient",
    "stack",
    "type",
    "color",
    "facet",
    "columns",
    "layer",
    "rule",
    "annotation",
    "total",
];

/// The keys that a kind uses, whatever else it is given.
fn used(kind: ChartKind) -> &'static [&'static str] {
    match kind {
        ChartKind::Bar | ChartKind::Stacked => &[
            "unit",
            "format",
            "highlight",
            "orient",
            "stack",
            "type",
            "facet",
            "layer",
            "rule",
            "annotation",
        ],
        ChartKind::Line => {
            &["unit", "format", "values", "scale", "note", "type", "facet", "rule", "annotation"]
        }
        ChartKind::Area => &["unit", "format", "stack", "type", "facet", "rule", "annotation"],
        ChartKind::Point => &["unit", "format", "scale", "note", "color", "facet", "rule"],
        ChartKind::Range => &["unit", "format", "scale"],
        ChartKind::Pie => &["unit", "format"],
        ChartKind::Rect | ChartKind::Radar | ChartKind::Tiles => &["unit", "format"],
        ChartKind::Waterfall => &["unit", "format", "total", "rule"],
        ChartKind::Timeline => &["note", "highlight"],
        ChartKind::Matrix => &[],
    }
}

/// Whether a chart uses a key, with what else it is given.
pub(super) fn uses(spec: &ChartSpec, key: &str) -> bool {
    let small = is_faceted(spec);
    used(spec.kind).contains(&key)
        && match key {
            "type" => !spec.kind.is_bars() || spec.orient == Orient::Vertical,
            "annotation" => !small && (!spec.kind.is_bars() || spec.is_upright()),
            "layer" | "note" | "color" | "values" => !small,
            "rule" => !spec.kind.is_bars() || spec.is_upright() || spec.stack == Some(Stack::None),
            _ => true,
        }
        || key == "columns" && small
}

/// Whether it consists of small charts.
pub(super) fn is_faceted(spec: &ChartSpec) -> bool {
    !matches!(spec.facet, None | Some(Facet::Series(false)))
}

/// Gives keys that are left out the values that the kind has.
pub(super) fn settle(spec: &mut ChartSpec) {
    spec.stack = spec.stack.or(match spec.kind {
        ChartKind::Bar => Some(Stack::None),
        ChartKind::Stacked | ChartKind::Area => Some(Stack::Zero),
        _ => None,
    });
    // A single column has nothing to stand on.
    if spec.kind == ChartKind::Area && spec.y.names().len() == 1 && spec.stack == Some(Stack::Zero)
    {
        spec.stack = Some(Stack::None);
    }
    if !is_faceted(spec) {
        spec.facet = None;
    }
}

/// Reports the keys that have no effect, and takes their values out; and layers where there is
/// nothing for them to lie on.
pub(super) fn check(spec: &ChartSpec, document: &Document, problems: &mut Problems) {
    let given = |key: &&&str| document.value.get(**key).is_some_and(|value| !value.is_null());
    for key in OPTIONAL.iter().filter(given).filter(|key| !uses(spec, key)) {
        problems.push(
            Diagnostic::of(
                &rules::IDLE_KEY,
                document.key_place(&format!("/{key}")),
                say!("this kind of chart does not use `{key}`", key),
            )
            .hint(say!("remove the line, or choose another kind")),
        );
    }
    if spec.layer.is_some() && uses(spec, "layer") && !spec.is_upright() {
        let message = say!("a layer needs upright bars below it");
        problems.push(
            Diagnostic::error(document.key_place("/layer"), message)
                .hint(say!("add the line `orient: vertical`")),
        );
    }
}
