//! Cells that go on from the one above (`^`) or to the left (`<`).

use std::collections::BTreeMap;

use l10n::say;
use source::{Diagnostic, Problems};

use super::row::Row;
use super::{Raw, RawRow, Slot};
use crate::reading::model::TableCell;

/// Merges the cells of the rows of a head, or of those below it; what makes no rectangle is told.
pub(super) fn merged(rows: Vec<RawRow>, problems: &mut Problems) -> Vec<Row> {
    let owners = owners(&rows, problems);
    let spans = spans(&rows, &owners, problems);
    let mut out = vec![];
    for (y, (row, spans)) in rows.into_iter().zip(spans).enumerate() {
        let mut cells = vec![];
        let first = row.cells.first().map(|cell| cell.place.clone());
        let merged = row.cells.iter().any(|cell| cell.merged);
        for (x, (Raw { slot, indent, .. }, span)) in row.cells.into_iter().zip(spans).enumerate() {
            let Some((colspan, rowspan)) = span else { continue };
            let blocks = match slot {
                Slot::Own(blocks) => blocks,
                Slot::Above | Slot::Left => vec![],
            };
            cells.push((x, TableCell { colspan, rowspan, indent, blocks, ..TableCell::default() }));
        }
        if let (true, Some(place)) = (cells.is_empty(), first) {
            problems.push(
                Diagnostic::error(place, say!("all cells of this row go on from the one above"))
                    .hint(if merged { of_sheet() } else { say!("remove the row") }),
            );
        }
        let joins = owners[y].iter().any(|(above, _)| *above < y);
        out.push(Row { line: row.line, kind: Default::default(), joins, cells });
    }
    out
}

/// The cell that each cell belongs to, by row and column: itself, or another.
fn owners(rows: &[RawRow], problems: &mut Problems) -> Vec<Vec<(usize, usize)>> {
    let mut owners: Vec<Vec<(usize, usize)>> = vec![];
    for (y, row) in rows.iter().enumerate() {
        let mut own: Vec<(usize, usize)> = vec![];
        for (x, cell) in row.cells.iter().enumerate() {
            let owner = match cell.slot {
                Slot::Own(_) => Some((y, x)),
                Slot::Above => y.checked_sub(1).map(|above| owners[above][x]),
                Slot::Left => x.checked_sub(1).map(|left| own[left]),
            };
            if owner.is_none() {
                let (message, mark) = match cell.slot {
                    Slot::Above => (say!("there is no cell above this one that could go on"), "^"),
                    _ => (say!("there is no cell to the left of this one that could go on"), "<"),
                };
                let hint = if cell.merged {
                    of_sheet()
                } else {
                    say!("write the cell's text; to print `{mark}` itself, write `\\{mark}`", mark)
                };
                problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
            }
            own.push(owner.unwrap_or((y, x)));
        }
        owners.push(own);
    }
    owners
}

type Spans = Vec<Vec<Option<(usize, usize)>>>;

/// The columns and rows that each cell reaches over; `None` for those that belong to another.
fn spans(rows: &[RawRow], owners: &[Vec<(usize, usize)>], problems: &mut Problems) -> Spans {
    let mut out: Spans = owners.iter().map(|row| vec![None; row.len()]).collect();
    let mut regions: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (y, row) in owners.iter().enumerate() {
        for (x, owner) in row.iter().enumerate() {
            regions.entry(*owner).or_default().push((y, x));
        }
    }
    for ((top, left), cells) in regions {
        let bottom = cells.iter().map(|cell| cell.0).max().unwrap_or(top);
        let right = cells.iter().map(|cell| cell.1).max().unwrap_or(left);
        let (high, wide) = (bottom + 1 - top, right + 1 - left);
        if high * wide == cells.len() {
            out[top][left] = Some((wide, high));
            continue;
        }
        if let Some((y, x)) = cells.last() {
            problems.push(no_rectangle(&rows[*y].cells[*x], high, wide));
        }
        cells.iter().for_each(|(y, x)| out[*y][*x] = Some((1, 1)));
    }
    out
}

/// What to do where the cells that a sheet merges are cut: by a range, the choice of columns or the
/// end of the head.
fn of_sheet() -> String {
    say!(
        "the sheet merges these cells with others: have the range, the columns and the head take all of them, or undo the merging in the sheet"
    )
}

fn no_rectangle(cell: &Raw, high: usize, wide: usize) -> Diagnostic {
    let message = say!("the cells that are merged here are no rectangle");
    let hint = if cell.merged {
        of_sheet()
    } else {
        say!(
            "write `^` or `<` in all cells of the {high} rows and {wide} columns that they reach over, or take this mark out",
            high,
            wide
        )
    };
    Diagnostic::error(cell.place.clone(), message).hint(hint)
}
