//! The words of a chart that the pages must show, besides its title and source.

use crate::reading::model::{Chart, ChartKind};

/// Labels, names of series and panels, units, notes, and what is written at lines and values.
pub(super) fn words(chart: &Chart) -> Vec<&str> {
    let Chart { spec, labels, notes, series, .. } = chart;
    let mut out: Vec<&str> = vec![];
    if chart.prints_labels() {
        out.extend(labels.iter().map(String::as_str));
    }
    if !spec.kind.is_words() {
        out.extend(spec.unit.as_deref());
    }
    let several = series.len() > 1;
    let is_named = match spec.kind {
        ChartKind::Line => true,
        ChartKind::Stacked | ChartKind::Matrix | ChartKind::Rect => true,
        ChartKind::Bar | ChartKind::Area | ChartKind::Radar | ChartKind::Point => several,
        _ => false,
    };
    // A small chart of one column of values has its name at its head, or none.
    let one = chart.panels.iter().any(|panel| panel.series.len() == 1);
    if is_named && !one {
        let named = series.iter().filter(|s| spec.kind.is_words() || s.has_values());
        out.extend(named.map(|series| &*series.name));
    }
    out.extend(chart.panels.iter().map(|panel| &*panel.name));
    if spec.kind == ChartKind::Point {
        out.push(&spec.x);
    }
    if let Some(layer) = &chart.layer {
        let named = layer.series.iter().filter(|series| series.has_values());
        out.extend(named.map(|series| &*series.name));
        out.extend(layer.unit.as_deref());
        // Beside lines with names, bars have theirs.
        out.extend(series.iter().filter(|_| !several).map(|series| &*series.name));
    }
    out.extend(chart.rules.iter().map(|rule| &*rule.text));
    out.extend(chart.annotations.iter().map(|(_, _, text)| &**text));
    let first = series.first();
    match spec.kind {
        ChartKind::Timeline => {
            out.extend(notes.iter().map(String::as_str));
            out.extend(first.iter().flat_map(|s| &s.words).map(String::as_str));
        }
        ChartKind::Matrix => out.extend(series.iter().flat_map(|s| &s.words).map(String::as_str)),
        ChartKind::Line => {
            let values = first.iter().flat_map(|series| &series.values);
            let noted = notes.iter().zip(values).filter(|(_, value)| value.is_some());
            out.extend(noted.map(|(note, _)| &**note));
        }
        // Each of its rows has a point.
        ChartKind::Point => out.extend(notes.iter().map(String::as_str)),
        _ => {}
    }
    out
}
