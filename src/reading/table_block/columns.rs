//! The columns of a table of data: which are printed, and how wide they are.

use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems, nearest};

use crate::reading::grid;
use crate::reading::model::TableSpec;
use crate::reading::table::Cell;

/// Takes the columns with these names, which stand in any row of the head.
pub(super) fn choose(
    names: &[String],
    head: usize,
    cells: &mut [Vec<Cell>],
    document: &Document,
    problems: &mut Problems,
) -> Option<()> {
    let heads = &cells[..head];
    let named =
        |name: &String| heads.iter().find_map(|row| row.iter().position(|cell| cell.text == *name));
    let mut chosen = vec![];
    for (at, name) in names.iter().enumerate() {
        match named(name) {
            Some(column) => chosen.push(column),
            None => {
                let known = heads.iter().flatten().map(|cell| cell.text.as_str());
                let known: Vec<_> = known.filter(|name| !name.is_empty()).collect();
                let hint = match nearest(name, known.iter().copied()) {
                    Some(meant) => say!("did you mean `{meant}`?", meant),
                    None => say!("its columns are `{names}`", names = known.join("`, `")),
                };
                let place = document.place(&format!("/columns/{at}"));
                let message = say!("the table has no column `{name}`", name);
                problems.push(Diagnostic::error(place, message).hint(hint));
            }
        }
    }
    for row in cells {
        *row = chosen.iter().filter_map(|at| row.get(*at).cloned()).collect();
    }
    (chosen.len() == names.len()).then_some(())
}

/// The shares of the columns that their author chose.
pub(super) fn widths(
    spec: &TableSpec,
    columns: usize,
    document: &Document,
    problems: &mut Problems,
) -> Option<Vec<f64>> {
    let shares = spec.widths.as_ref()?;
    let sound = shares.len() == columns && shares.iter().all(|share| *share > 0.0);
    if !sound {
        let example = vec![(100 / columns.max(1)).to_string(); columns].join(", ");
        problems.push(
            Diagnostic::error(
                document.place("/widths"),
                say!("the widths are not one for each of the {columns} columns", columns),
            )
            .hint(say!("write a share for each: `widths: [{example}]`", example)),
        );
        return None;
    }
    if grid::has_vanishing(shares) {
        problems.push(
            Diagnostic::error(
                document.place("/widths"),
                say!("one of the columns would be next to nothing wide"),
            )
            .hint(grid::vanishing()),
        );
        return None;
    }
    let all: f64 = shares.iter().sum();
    Some(shares.iter().map(|share| share / all).collect())
}
