//! Kinds of charts by the names that other programs have for them.

use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// Other names, the kind, and the key that makes it that one.
const NAMES: [(&[&str], &str, &str); 15] = [
    (&["column", "columns", "柱状图", "柱形图", "直条"], "bar", "orient: vertical"),
    (&["barh", "grouped", "条形图"], "bar", ""),
    (&["combination", "combo", "mixed", "dual-axis", "layer", "组合图"], "bar", "layer: {y: …}"),
    (&["normalized", "percent", "百分比"], "bar", "stack: normalize"),
    (&["折线图"], "line", ""),
    (&["stacked-area", "面积图"], "area", ""),
    (&["scatter", "scatterplot", "bubble", "points", "散点图"], "point", ""),
    (&["heatmap", "heat-map", "热图", "热力图"], "rect", ""),
    (&["arc", "donut", "doughnut", "饼图"], "pie", ""),
    (&["spider", "雷达图"], "radar", ""),
    (&["bridge", "瀑布图"], "waterfall", ""),
    (&["map", "tile-map", "tilemap", "geoshape", "provinces", "地图"], "tiles", ""),
    (&["facet", "facets", "small-multiples", "multiples"], "line", "facet: true"),
    (&["interval", "error-bar"], "range", ""),
    (&["events", "时间线"], "timeline", ""),
];

/// Tells a kind by another name, and goes on as if it were written right; whether there was one.
pub(super) fn corrected(document: &mut Document, problems: &mut Problems) -> bool {
    let written = document.value["kind"].as_str().unwrap_or_default().to_lowercase();
    let found = NAMES.iter().find(|(names, ..)| names.contains(&&*written));
    let Some((_, kind, more)) = found else { return false };
    let message = say!("`{name}` cannot be `{value}`", name = "kind", value = written);
    let hint = match more.is_empty() {
        true => say!("write `kind: {kind}`", kind),
        false => say!("write `kind: {kind}` with `{more}`", kind, more),
    };
    problems.push(Diagnostic::error(document.place("/kind"), message).hint(hint));
    document.value["kind"] = (*kind).into();
    true
}
