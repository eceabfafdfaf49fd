//! Whether the values of a chart can be drawn, by its kind.

use super::keys;
use crate::reading::model::{ChartKind, ChartSpec, Series, Stack};
use crate::reading::table::{Cell, Table};
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// What a row of sums is called.
const SUMS: [&str; 10] =
    ["合计", "合計", "总计", "總計", "共计", "总和", "总数", "小计", "total", "sum"];

/// What a chart draws, and where that is written.
pub(super) struct Drawn<'a> {
    pub(super) spec: &'a ChartSpec,
    pub(super) table: &'a Table,
    /// The column of labels.
    pub(super) x: usize,
    /// The columns of values.
    pub(super) y: &'a [Option<usize>],
    pub(super) series: &'a [Series],
    /// Which rows of a waterfall are sums.
    pub(super) totals: &'a [bool],
}

/// Reports columns without any number.
pub(super) fn nothing_to_draw(key: &str, document: &Document, problems: &mut Problems) {
    problems.push(
        Diagnostic::error(document.place(key), say!("the chart has no values to draw"))
            .hint(say!("fill in the column, or choose another")),
    );
}

impl Drawn<'_> {
    /// Checks that there is at least one number; where lengths or shares show it, one that is not
    /// zero; where they add up, none below zero; where each is needed, all of them.
    pub(super) fn check(&self, document: &Document, problems: &mut Problems) {
        let Self { spec, series, .. } = self;
        if spec.kind.is_words() {
            return;
        }
        let values = || series.iter().flat_map(|series| &series.values).flatten().copied();
        if values().next().is_none() {
            return nothing_to_draw("/y", document, problems);
        }
        self.labels_differ(problems);
        self.are_whole(problems);
        self.holds_no_sum(problems);
        let place = || document.place("/y");
        if spec.kind == ChartKind::Range && !self.are_in_order() {
            problems.push(
                Diagnostic::error(place(), say!("a range is not in the order low, middle, high"))
                    .hint(say!("list the columns from low to high, and make sure that every row keeps that order")),
            );
        }
        let few = match spec.kind {
            ChartKind::Area if !keys::is_faceted(spec) => 2,
            ChartKind::Radar => 3,
            _ => 1,
        };
        let rows = self.table.rows.len();
        if rows < few {
            let message =
                say!("this kind of chart needs {few} rows or more, not {rows}", few, rows);
            problems.push(
                Diagnostic::error(document.place("/data"), message)
                    .hint(say!("use `kind: bar`, or add rows")),
            );
        }
        if values().any(|value| value < 0.0) && self.adds_up() {
            let hint = match (spec.kind, document.value.get("stack").is_some()) {
                (ChartKind::Area, _) => say!("write `stack: none`, or use `kind: line`"),
                (ChartKind::Bar, true) => {
                    say!("write `stack: none`, which sets the bars side by side")
                }
                _ => say!(
                    "use `kind: bar` or `kind: line`, or give absolute values and mention the decrease in the title"
                ),
            };
            let message = say!("this kind of chart cannot show negative numbers");
            problems.push(Diagnostic::error(place(), message).hint(hint));
        } else if values().all(|value| value == 0.0) && self.shows_sizes() {
            problems.push(
                Diagnostic::error(place(), say!("all values of the chart are zero"))
                    .hint(say!("fill in the column, or choose another")),
            );
        } else if spec.stack == Some(Stack::Normalize) {
            self.have_shares(problems);
        }
    }

    /// Whether values are parts of a whole, or lengths from a centre.
    fn adds_up(&self) -> bool {
        let stacked = matches!(self.spec.stack, Some(Stack::Zero | Stack::Normalize));
        stacked || matches!(self.spec.kind, ChartKind::Pie | ChartKind::Radar)
    }

    /// Whether the sizes of things show the values.
    fn shows_sizes(&self) -> bool {
        use ChartKind::{Area, Bar, Pie, Radar, Stacked, Waterfall};
        matches!(self.spec.kind, Area | Bar | Pie | Radar | Stacked | Waterfall)
    }

    fn are_in_order(&self) -> bool {
        (0..self.table.rows.len()).all(|at| {
            let row = self.series.iter().filter_map(|series| series.values.get(at).copied());
            row.flatten().is_sorted()
        })
    }

    fn label(&self, row: usize) -> Option<&Cell> {
        self.table.rows.get(row)?.get(self.x)
    }

    /// Where a label names one thing, no two rows have it.
    fn labels_differ(&self, problems: &mut Problems) {
        use ChartKind::{Area, Radar, Rect, Tiles, Waterfall};
        if !matches!(self.spec.kind, Area | Radar | Rect | Tiles | Waterfall)
            || keys::is_faceted(self.spec)
        {
            return;
        }
        let labels: Vec<&Cell> = self.table.column(self.x).collect();
        for (at, cell) in labels.iter().enumerate() {
            if labels[..at].iter().any(|earlier| earlier.text == cell.text) {
                let message = say!("the label `{text}` is duplicated", text = cell.text);
                problems.push(Diagnostic::error(cell.place.clone(), message).hint(say!(
                    "give each row a label of its own, or add up what belongs together"
                )));
            }
        }
    }

    /// Among the parts of a whole, none is the whole itself.
    fn holds_no_sum(&self, problems: &mut Problems) {
        let [series] = self.series else { return };
        if self.spec.kind != ChartKind::Pie || self.table.rows.len() < 3 {
            return;
        }
        let all: f64 = series.values.iter().flatten().sum();
        for (row, value) in series.values.iter().enumerate() {
            let (Some(value), Some(cell)) = (value, self.label(row)) else { continue };
            let text = &cell.text;
            let named: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let sum = SUMS.contains(&&*named.to_lowercase());
            // Rounded parts may miss it by a little.
            if sum && (value * 2.0 - all).abs() <= all.abs() / 50.0 {
                let message =
                    say!("`{text}` is the sum of the other rows, and no part of it", text);
                problems.push(
                    Diagnostic::error(cell.place.clone(), message).hint(say!("remove the row")),
                );
            }
        }
    }

    /// Where a missing value would be taken for zero, none is missing.
    fn are_whole(&self, problems: &mut Problems) {
        let Self { spec, series, table, y, totals, .. } = self;
        let needs_all = match spec.kind {
            ChartKind::Area => spec.stack != Some(Stack::None),
            ChartKind::Radar | ChartKind::Waterfall => true,
            _ => false,
        };
        for row in 0..table.rows.len() {
            let empty = |at: &usize| series[*at].values.get(row).is_some_and(Option::is_none);
            let missing: Vec<usize> = (0..series.len()).filter(empty).collect();
            let is_told = match spec.kind {
                // A point without a place.
                ChartKind::Point => missing.len() == series.len(),
                _ => {
                    needs_all && !missing.is_empty() && !totals.get(row).is_some_and(|total| *total)
                }
            };
            let cell = missing.first().and_then(|at| table.rows[row].get(y[*at]?));
            let Some(cell) = cell.filter(|_| is_told) else { continue };
            let label = self.label(row).map_or("", |cell| &cell.text);
            let message = match spec.kind {
                ChartKind::Point => say!("the row `{label}` has no value to draw", label),
                _ => say!("the row `{label}` lacks a value that this kind of chart needs", label),
            };
            problems.push(
                Diagnostic::error(cell.place.clone(), message)
                    .hint(say!("fill in the cell, or remove the row")),
            );
        }
    }

    /// In a chart of shares, each row has something to share.
    fn have_shares(&self, problems: &mut Problems) {
        for row in 0..self.table.rows.len() {
            let value = |series: &Series| series.values.get(row).copied().flatten();
            let sum: f64 = self.series.iter().filter_map(value).sum();
            if sum == 0.0
                && let Some(cell) = self.label(row)
            {
                let message = say!(
                    "the row `{label}` has no shares: its values are zero or missing",
                    label = cell.text
                );
                problems.push(
                    Diagnostic::error(cell.place.clone(), message)
                        .hint(say!("fill in its cells, or remove the row")),
                );
            }
        }
    }
}
