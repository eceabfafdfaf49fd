//! The cells of a table in an edition: with the values of variables, without the rows of others.

use copydesk::Prose;
use source::{Place, Problems};
use variables::Variables;

use super::Cell;
use crate::reading::variables::{WHEN, hide};

/// Puts values into the cells of a table, and takes out the rows whose conditions, in a column named
/// `when`, do not hold.
pub(super) fn fill(rows: &mut Vec<Vec<Cell>>, variables: &Variables, problems: &mut Problems) {
    if variables.is_empty() {
        return;
    }
    let head = rows.iter().position(|row| row.iter().any(|cell| cell.text == WHEN));
    let column = head.and_then(|head| rows[head].iter().position(|cell| cell.text == WHEN));
    if let (Some(head), Some(column)) = (head, column) {
        let mut at = 0..;
        rows.retain(|row| {
            let below = at.next().is_some_and(|at| at > head);
            let said = row.get(column).filter(|cell| below && !cell.text.is_empty());
            let holds = said.is_none_or(|cell| variables.hold(&cell.text, &cell.place, problems));
            if !holds {
                row.iter().for_each(|cell| variables.touch_all(&cell.text));
            }
            holds
        });
        for row in rows.iter_mut().filter(|row| row.len() > column) {
            row.remove(column);
        }
    }
    for cell in rows.iter_mut().flatten().filter(|cell| cell.text.contains("{{")) {
        cell.text = variables.fill(&cell.text, &cell.place, problems);
    }
}

/// The copy desk's reading of a cell of a table.
pub(in crate::reading) fn prose(place: &Place, variables: &Variables) -> Prose {
    hide(Prose::cell(place), variables)
}
