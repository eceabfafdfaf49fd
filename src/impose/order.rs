//! Which page stands where.

use super::Scheme;

/// One side of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub struct Side {
    /// How many sheets of its signature lie around it.
    pub depth: usize,
    /// Its pages in rows from the upper left, counted from 0; those after the last one are blank.
    pub pages: Vec<usize>,
}

/// The sides of all sheets, each sheet's front before its back.
pub fn sides(scheme: Scheme, count: usize) -> Vec<Side> {
    let unit = match scheme {
        Scheme::Saddle => 4,
        Scheme::Perfect { sheets } => sheets.get().saturating_mul(4),
        Scheme::Nup { rows, columns, .. } => rows.get().saturating_mul(columns.get()),
    };
    let count = count.next_multiple_of(unit);
    match scheme {
        Scheme::Saddle => signature(0, count).collect(),
        Scheme::Perfect { .. } => (0..count).step_by(unit).flat_map(|first| signature(first, unit)).collect(),
        Scheme::Nup { .. } => {
            (0..count).step_by(unit).map(|first| Side { depth: 0, pages: (first..first + unit).collect() }).collect()
        }
    }
}

/// A stack of folded sheets from the outermost in. Pages are taken from both ends at once; the lower one
/// stands on the right of a front and, turned over, on the left of a back.
fn signature(first: usize, count: usize) -> impl Iterator<Item = Side> {
    (0..count / 2).map(move |side| {
        let (low, high) = (first + side, first + count - 1 - side);
        let pages = if side % 2 == 0 { vec![high, low] } else { vec![low, high] };
        Side { depth: side / 2, pages }
    })
}
