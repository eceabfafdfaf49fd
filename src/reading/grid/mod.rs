//! From cells as they are written to a table: merged cells, groups and totals, columns of numbers.
//!
//! Tables in Markdown and tables of data are made of the same rows, so what a cell says means the
//! same in both.

mod merge;
mod number;
mod row;
mod width;

use l10n::say;
use source::{Diagnostic, Place, Problems};

use super::model::{CellBlock, TableColumn, TableRow};

/// A cell as it is written.
pub(super) struct Raw {
    /// Where.
    pub(super) place: Place,
    /// What.
    pub(super) slot: Slot,
    /// Whether a workbook merges it with another.
    pub(super) merged: bool,
    /// How far it is set in, in ems.
    pub(super) indent: f64,
}

/// What is written in a cell.
pub(super) enum Slot {
    /// `^`: the cell above goes on.
    Above,
    /// `<`: the cell to the left goes on.
    Left,
    /// Content of its own.
    Own(Vec<CellBlock>),
}

/// Whether one of the shares of columns leaves it no room: less than three hundredths of the table.
pub(super) fn has_vanishing(shares: &[f64]) -> bool {
    let all: f64 = shares.iter().sum();
    shares.iter().any(|share| share / all < 0.03)
}

/// What to write in the place of such shares.
pub(super) fn vanishing() -> String {
    say!("give each column three hundredths of the whole at least")
}

impl Slot {
    /// Whether a cell's own characters merge it with another.
    pub(super) fn merging(written: &str) -> Option<Self> {
        match written.trim() {
            "^" => Some(Self::Above),
            "<" => Some(Self::Left),
            _ => None,
        }
    }
}

/// A row as it is written, with its line.
pub(super) struct RawRow {
    pub(super) line: usize,
    pub(super) cells: Vec<Raw>,
}

/// What an author says of a table's rows and columns.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// How many of the first rows are its head.
    pub(super) head: usize,
    /// How many of the last rows are totals.
    pub(super) total: usize,
    /// Whether a row with nothing but its first cell names a group of rows.
    pub(super) groups: bool,
    /// The shares of the columns, if chosen.
    pub(super) widths: Option<Vec<f64>>,
    /// The alignment of each column, if chosen.
    pub(super) aligns: Vec<Option<&'static str>>,
}

/// The most columns of a table: no page has room for more.
const MAX_COLUMNS: usize = 100;
/// The most cells of a table, some hundred pages.
const MAX_CELLS: usize = 50_000;

/// A table's columns and rows.
#[derive(Default)]
pub(super) struct Built {
    pub(super) columns: Vec<TableColumn>,
    pub(super) head: Vec<TableRow>,
    pub(super) rows: Vec<TableRow>,
}

/// Makes a table of its rows; `asked` is where a message about all of them points.
pub(super) fn build(
    mut rows: Vec<RawRow>,
    shape: &Shape,
    asked: &Place,
    problems: &mut Problems,
) -> Built {
    let columns = rows.first().map_or(0, |row| row.cells.len());
    for (count, name, most) in
        [(columns, "columns", MAX_COLUMNS), (rows.len() * columns, "cells", MAX_CELLS)]
    {
        if count > most {
            let message = match name {
                "columns" => say!("the table has {count} columns", count),
                _ => say!("the table has {count} cells", count),
            };
            let found = Diagnostic::error(asked.clone(), message);
            problems.push(found.hint(source::limit(name, most)));
            return Built::default();
        }
    }
    if shape.head + shape.total > rows.len() {
        let message = say!(
            "the table has {rows} rows, fewer than its head and its totals",
            rows = rows.len()
        );
        problems
            .push(Diagnostic::error(asked.clone(), message).hint(say!("lower `head` or `total`")));
        return Built::default();
    }
    let body = rows.split_off(shape.head);
    let mut head = merge::merged(rows, problems);
    let mut body = merge::merged(body, problems);
    row::kinds(&mut body, shape, columns);
    row::set_in(&mut body, shape);
    let mut out = width::columns(columns, head.iter().chain(&body));
    for (at, column) in out.iter_mut().enumerate() {
        column.width = shape.widths.as_ref().and_then(|widths| widths.get(at).copied());
    }
    for row in head.iter_mut().chain(&mut body) {
        for (at, cell) in &mut row.cells {
            cell.align = shape.aligns.get(*at).copied().flatten();
            cell.ems = width::lines(cell);
            cell.column = *at;
        }
    }
    number::align(&mut out, &mut body);
    Built { columns: out, head: row::done(head), rows: row::done(body) }
}
