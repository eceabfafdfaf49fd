//! How much a chart can hold, by its kind.

use super::keys;
use crate::reading::model::{ChartKind, ChartSpec, Columns, Stack, XType};
use crate::reading::table::Table;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// The most small charts of which one consists.
const MOST_PANELS: usize = 24;

/// The most rows and the most columns of values that can be told apart in a chart as high as a page.
fn most(spec: &ChartSpec, axis: XType) -> (usize, usize) {
    let columns = spec.y.names().len();
    let small = keys::is_faceted(spec);
    let several = columns > 1 && spec.stack == Some(Stack::None) && !small;
    match spec.kind {
        // What a label stands under, and what may be thinned out.
        ChartKind::Bar | ChartKind::Stacked if spec.is_upright() => {
            let rows = if axis == XType::Ordinal { 30 } else { 120 };
            let rows = if several { rows.min(120 / columns) } else { rows };
            (if small { rows / 2 } else { rows }, if several { 6 } else { 12 })
        }
        ChartKind::Bar | ChartKind::Stacked if small => (20, 12),
        ChartKind::Bar | ChartKind::Stacked if several => (120 / columns, 6),
        ChartKind::Bar | ChartKind::Stacked => (70, 12),
        // The points of a line need no room of their own.
        ChartKind::Line | ChartKind::Area if axis == XType::Ordinal => (30, 12),
        // More than a press draws apart over the width of a page.
        ChartKind::Line | ChartKind::Area => (5000, 12),
        ChartKind::Point => (if spec.note.is_some() { 60 } else { 1000 }, 12),
        ChartKind::Range => (50, 3),
        ChartKind::Pie | ChartKind::Timeline => (24, 1),
        ChartKind::Rect => (40, 16),
        ChartKind::Radar => (10, 6),
        ChartKind::Waterfall => (30, 1),
        ChartKind::Tiles => (34, 1),
        ChartKind::Matrix => (60, 8),
    }
}

/// Checks that a page can hold the chart in type that can be read.
pub(super) fn check(
    spec: &ChartSpec,
    axis: XType,
    table: &Table,
    facet: Option<usize>,
    document: &Document,
    problems: &mut Problems,
) {
    let (most_rows, most_columns) = most(spec, axis);
    let (mut rows, mut columns) = (table.rows.len(), spec.y.names().len());
    if keys::is_faceted(spec) {
        let texts = facet.map(|at| table.texts(at)).unwrap_or_default();
        let count = |name: &String| texts.iter().filter(|text| *text == name).count();
        let panels = match facet {
            Some(_) => {
                rows = texts.iter().map(count).max().unwrap_or(rows);
                let mut names = texts.clone();
                names.sort();
                names.dedup();
                names.len()
            }
            None => std::mem::replace(&mut columns, 1),
        };
        if panels > MOST_PANELS {
            let message = say!(
                "a chart holds {most} small ones at most, not {panels}",
                most = MOST_PANELS,
                panels
            );
            problems.push(
                Diagnostic::error(document.place("/facet"), message)
                    .hint(say!("split it into several charts, or write a table instead")),
            );
        }
    }
    let hint = || match spec.is_upright() && axis == XType::Ordinal {
        true => say!("split it into several charts, or let bars lie: `orient: horizontal`"),
        false => say!("split it into several charts, or write a table instead"),
    };
    let mut refuse = |key: &str, message: String| {
        problems.push(Diagnostic::error(document.place(key), message).hint(hint()));
    };
    if rows > most_rows {
        refuse(
            "/data",
            say!(
                "this kind of chart holds {most} rows at most, not {rows}",
                most = most_rows,
                rows
            ),
        );
    }
    if columns > most_columns {
        refuse(
            "/y",
            say!(
                "this kind of chart holds {most} columns of values at most, not {columns}",
                most = most_columns,
                columns
            ),
        );
    }
    let over = spec.layer.as_ref().map_or(0, |layer| layer.y.names().len());
    if over > 4 {
        let message = say!(
            "this kind of chart holds {most} columns of values at most, not {columns}",
            most = 4,
            columns = over
        );
        problems.push(
            Diagnostic::error(document.place("/layer/y"), message)
                .hint(say!("split it into several charts, or write a table instead")),
        );
    }
}

/// Checks the number of columns, which depends on the kind of chart.
pub(super) fn columns_of(
    spec: &ChartSpec,
    document: &Document,
    problems: &mut Problems,
) -> Option<()> {
    let given = spec.y.names().len();
    let small = keys::is_faceted(spec);
    let stacks = matches!(spec.stack, Some(Stack::Zero | Stack::Normalize));
    let (fits, wanted) = match spec.kind {
        ChartKind::Pie | ChartKind::Timeline | ChartKind::Waterfall | ChartKind::Tiles => {
            (given == 1, say!("one column"))
        }
        ChartKind::Point if spec.color.is_some() => (given == 1, say!("one column")),
        ChartKind::Range => (given == 3, say!("three columns: low, middle and high")),
        ChartKind::Bar | ChartKind::Stacked | ChartKind::Area if stacks && !small => {
            (given >= 2, say!("two columns or more"))
        }
        _ => (given >= 1, say!("one column or more")),
    };
    if !fits {
        let message = say!("this kind of chart needs {wanted} in `y`, not {given}", wanted, given);
        let hint = match &spec.y {
            Columns::Many(names) if given > 1 && wanted == say!("one column") => {
                say!("name one of them: `y: {name}`", name = names[0])
            }
            _ => say!("write them as `y: [first, second]`"),
        };
        problems.push(Diagnostic::error(document.place("/y"), message).hint(hint));
    }
    fits.then_some(())
}
