//! Rows: groups, totals, and which of them stay together.

use crate::reading::model::{CellBlock, Inline, RowKind, TableCell, TableRow};
use crate::reading::text;

use super::Shape;

/// A row, each of its cells with its column.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) kind: RowKind,
    pub(super) joins: bool,
    pub(super) cells: Vec<(usize, TableCell)>,
}

/// Finds the rows that name groups and those that are totals, in a body of so many columns.
pub(super) fn kinds(rows: &mut [Row], shape: &Shape, columns: usize) {
    let totals = rows.len().saturating_sub(shape.total);
    for at in 0..rows.len() {
        let after_group = at > 0 && rows[at - 1].kind == RowKind::Group;
        let row = &mut rows[at];
        if at >= totals {
            row.kind = RowKind::Total;
            row.joins |= at > 0;
        } else if columns > 1 && is_group(row, shape.groups, columns) {
            row.kind = RowKind::Group;
            row.cells.truncate(1);
            if let Some((_, cell)) = row.cells.first_mut() {
                cell.colspan = columns;
            }
        }
        row.joins |= after_group;
    }
}

/// Keeps what the names of rows are set in by, beside the one that is set in least; no other cells, and
/// none that its author aligns otherwise.
pub(super) fn set_in(rows: &mut [Row], shape: &Shape) {
    let chosen = shape.aligns.first().copied().flatten();
    let names = matches!(chosen, None | Some("left"));
    let first = |row: &&mut Row| row.cells.first().is_some_and(|(at, _)| *at == 0);
    let own = |row: &Row| {
        row.cells
            .first()
            .filter(|(at, cell)| *at == 0 && !cell.blocks.is_empty())
            .map(|it| it.1.indent)
    };
    let least = rows.iter().filter_map(own).fold(f64::INFINITY, f64::min);
    for row in rows.iter_mut() {
        row.cells.iter_mut().filter(|(at, _)| *at > 0 || !names).for_each(|it| it.1.indent = 0.0);
    }
    for row in rows.iter_mut().filter(first) {
        let cell = &mut row.cells[0].1;
        cell.indent = (cell.indent - least.min(cell.indent)).max(0.0);
    }
}

/// Whether a row names the rows that follow: its first cell reaches over all columns, or has the
/// only text, in bold or where the author says that such rows are groups.
fn is_group(row: &Row, groups: bool, columns: usize) -> bool {
    let Some(((0, first), others)) = row.cells.split_first() else { return false };
    if first.blocks.is_empty() || first.rowspan > 1 {
        return false;
    }
    if first.colspan == columns {
        return true;
    }
    let all = first.colspan + others.iter().map(|(_, cell)| cell.colspan).sum::<usize>();
    let bold = matches!(&*first.blocks, [CellBlock::Text { body }] if is_bold(body));
    all == columns
        && (groups || bold)
        && others.iter().all(|(_, cell)| cell.rowspan == 1 && cell.blocks.is_empty())
}

fn is_bold(body: &[Inline]) -> bool {
    let plain = |run: &Inline| match run {
        Inline::Strong { .. } | Inline::Footnote { .. } | Inline::NoteAgain { .. } => true,
        other => text::plain(std::slice::from_ref(other)).trim().is_empty(),
    };
    body.iter().any(|run| matches!(run, Inline::Strong { .. })) && body.iter().all(plain)
}

/// The rows as templates take them.
pub(super) fn done(rows: Vec<Row>) -> Vec<TableRow> {
    let done = |Row { line, kind, joins, cells }| {
        let cells = cells.into_iter().map(|(_, cell)| cell).collect();
        TableRow { line, kind, joins, cells }
    };
    rows.into_iter().map(done).collect()
}
