//! Small charts side by side, and points told apart by a word.

use super::keys;
use crate::reading::model::{ChartSpec, Panel, Series};
use crate::reading::table::Table;

/// The different texts, in the order in which they first stand.
fn distinct(texts: &[String]) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for text in texts {
        if !out.contains(text) {
            out.push(text.clone());
        }
    }
    out
}

/// The small charts that a chart consists of: by a column's words, or one for each column of values.
pub(super) fn of(
    spec: &ChartSpec,
    facet: Option<usize>,
    table: &Table,
    series: &[Series],
) -> Vec<Panel> {
    if !keys::is_faceted(spec) {
        return vec![];
    }
    let Some(at) = facet else {
        let rows: Vec<usize> = (0..table.rows.len()).collect();
        let panel = |(at, series): (usize, &Series)| Panel {
            name: series.name.clone(),
            rows: rows.clone(),
            series: vec![at],
        };
        return series.iter().enumerate().map(panel).collect();
    };
    let texts = table.texts(at);
    let panel = |name: String| Panel {
        rows: (0..texts.len()).filter(|row| texts[*row] == name).collect(),
        series: (0..series.len()).collect(),
        name,
    };
    distinct(&texts).into_iter().map(panel).collect()
}

/// A column of values, apart by the word that each row has in another one.
pub(super) fn by_color(words: &[String], series: &[Series]) -> Vec<Series> {
    let values = series.first().map(|series| &series.values[..]).unwrap_or_default();
    let of = |name: String| Series {
        values: words
            .iter()
            .zip(values)
            .map(|(word, value)| value.filter(|_| *word == name))
            .collect(),
        words: vec![],
        name,
    };
    distinct(words).into_iter().map(of).collect()
}
