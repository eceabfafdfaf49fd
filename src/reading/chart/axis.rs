//! What the labels along an axis are, and their places.

use crate::reading::model::{ChartKind, ChartSpec, XType};
use crate::reading::table::{Cell, Number, Table, read_cycles, read_number, read_time};
use l10n::say;
use source::{Diagnostic, Problems};

/// The type of the labels in column `x`, and their places where they have any: numbers, points in
/// time, or one after another. Upright bars of times are put in order.
pub(super) fn of(
    x: usize,
    table: &mut Table,
    spec: &ChartSpec,
    problems: &mut Problems,
) -> (XType, Vec<f64>) {
    let names = |table: &Table| {
        let places = (0..table.rows.len()).map(|at| at as f64).collect();
        (XType::Ordinal, if spec.kind.has_axis() { places } else { vec![] })
    };
    if spec.x_type == Some(XType::Ordinal) && spec.kind != ChartKind::Point {
        return names(table);
    }
    if spec.is_upright() {
        return match bars(x, table, spec, problems) {
            Some(found) => found,
            None => names(table),
        };
    }
    if !spec.kind.has_axis() {
        return names(table);
    }
    for cell in table.column(x).filter(|cell| cell.text.is_empty()) {
        let message = match spec.kind {
            ChartKind::Point => say!("a point needs a number in `{x}`", x = spec.x),
            _ => say!("a line chart needs a number in `{x}` in every row", x = spec.x),
        };
        problems.push(
            Diagnostic::error(cell.place.clone(), message)
                .hint(say!("fill in the cell, or remove the row")),
        );
    }
    places(x, table, spec, problems)
}

/// Upright bars of times, in the order of time; `None` if their labels are names.
fn bars(
    x: usize,
    table: &mut Table,
    spec: &ChartSpec,
    problems: &mut Problems,
) -> Option<(XType, Vec<f64>)> {
    let mut places = vec![];
    for cell in table.column(x) {
        let number = || read_number(cell).ok().and_then(|number| number.value);
        let place = match spec.x_type {
            Some(XType::Quantitative) => number(),
            _ => read_time(&cell.text),
        };
        match (place, spec.x_type) {
            (Some(place), _) => places.push(place),
            (None, None | Some(XType::Ordinal)) => return None,
            (None, Some(wanted)) => {
                not_of_type(cell, wanted, problems);
                return None;
            }
        }
    }
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    table.rows = order.iter().map(|at| table.rows[*at].clone()).collect();
    let places = order.iter().map(|at| places[*at]).collect();
    Some((spec.x_type.unwrap_or(XType::Temporal), places))
}

fn not_of_type(cell: &Cell, wanted: XType, problems: &mut Problems) {
    let text = &cell.text;
    let message = match wanted {
        XType::Temporal => say!("`{text}` is not a time", text),
        _ => say!("`{text}` is not a number", text),
    };
    let hint = say!("correct the cell, or write `type: ordinal`, by which labels are names");
    problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
}

/// The places of labels that are numbers, or points in time.
fn places(
    x: usize,
    table: &mut Table,
    spec: &ChartSpec,
    problems: &mut Problems,
) -> (XType, Vec<f64>) {
    let cells: Vec<&Cell> = table.column(x).filter(|cell| !cell.text.is_empty()).collect();
    let times: Option<Vec<f64>> = cells.iter().map(|cell| read_time(&cell.text)).collect();
    let times = times
        .or_else(|| read_cycles(&cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>()));
    let plain = |cell: &&Cell| read_number(cell).is_ok_and(|n| n.value.is_some() && !n.otherwise);
    // `2024.1` and `2024.10` are one number, and two months; `20240131` and `20240201` are far
    // apart as numbers, and next to each other as days.
    let months = |times: &[f64]| {
        let whole = times.iter().all(|time| time.fract() == 0.0);
        !whole && cells.iter().all(|cell| cell.text.contains('.') && cell.value.is_none())
    };
    let figures = |length| cells.iter().all(|cell| cell.text.len() == length && plain(cell));
    let (days, months_as_figures) = (figures(8), figures(6));
    let years = cells.iter().all(|cell| cell.text.len() == 4 && plain(cell));
    match (times, spec.x_type) {
        (Some(times), None | Some(XType::Ordinal))
            if !years
                && (!cells.iter().all(plain) || months(&times) || days || months_as_figures) =>
        {
            let text = cells.first().map_or("", |cell| &cell.text).to_owned();
            let dotted = months(&times) && text.matches('.').count() > 1;
            if days || dotted {
                table.otherwise.push(say!("`{text}` as a day", text));
            } else if months_as_figures || months(&times) {
                table.otherwise.push(say!("`{text}` as a month", text));
            }
            (XType::Temporal, times)
        }
        (Some(times), Some(XType::Temporal)) => (XType::Temporal, times),
        (None, Some(XType::Temporal)) => {
            let wrong = cells.iter().filter(|cell| read_time(&cell.text).is_none());
            wrong.for_each(|cell| not_of_type(cell, XType::Temporal, problems));
            (XType::Temporal, vec![])
        }
        _ => {
            let places = cells.iter().filter_map(|cell| match read_number(cell) {
                Ok(Number { value: Some(value), .. }) => Some(value),
                _ => {
                    not_a_place(cell, spec.kind, problems);
                    None
                }
            });
            (XType::Quantitative, places.collect())
        }
    }
}

fn not_a_place(cell: &Cell, kind: ChartKind, problems: &mut Problems) {
    let message = say!("`{text}` is not a number", text = cell.text);
    let hint = match kind {
        ChartKind::Point => {
            say!(
                "write numbers, or times such as `2024-05`, `2024-05-17` or `2024Q1`, in every row"
            )
        }
        _ => say!(
            "write numbers, or times such as `2024-05`, `2024-05-17` or `2024Q1`, in every row; for names write `type: ordinal` in the chart"
        ),
    };
    problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
}
