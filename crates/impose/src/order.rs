//! The order of pages on sheets.

use super::Scheme;

/// One side of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Side {
    /// Its signature, from 0, if there are several.
    pub signature: Option<usize>,
    /// Whether it is the back of a sheet.
    pub back: bool,
    /// The number of sheets of its signature around it.
    pub depth: usize,
    /// Its pages in rows from the upper left, counted from 0; those past the last page are blank.
    pub pages: Vec<usize>,
}

/// Returns the sides of all sheets, each sheet's front before its back.
pub(crate) fn sides(scheme: Scheme, count: usize) -> Vec<Side> {
    let unit = match scheme {
        Scheme::Saddle => 4,
        Scheme::Perfect { sheets } => sheets.get().saturating_mul(4),
        Scheme::Nup { rows, columns, .. } => rows.get().saturating_mul(columns.get()),
    };
    match scheme {
        Scheme::Saddle => signature(None, 0, count.next_multiple_of(unit)).collect(),
        Scheme::Perfect { .. } => {
            // The last signature has as many sheets as it needs.
            let count = count.next_multiple_of(4);
            let starts = (0..count).step_by(unit).enumerate();
            let own = |first: usize| unit.min(count - first);
            starts.flat_map(|(number, first)| signature(Some(number), first, own(first))).collect()
        }
        Scheme::Nup { .. } => {
            let count = count.next_multiple_of(unit);
            let starts = (0..count).step_by(unit).enumerate();
            let side = |(at, first)| Side {
                signature: None,
                back: at % 2 == 1,
                depth: 0,
                pages: (first..first + unit).collect(),
            };
            starts.map(side).collect()
        }
    }
}

/// Returns the sides of a stack of folded sheets from the outermost in. Pages are taken from both
/// ends at once; the lower one is on the right of a front and, turned over, on the left of a
/// back.
fn signature(number: Option<usize>, first: usize, count: usize) -> impl Iterator<Item = Side> {
    (0..count / 2).map(move |side| {
        let (low, high) = (first + side, first + count - 1 - side);
        let back = side % 2 == 1;
        let pages = if back { vec![low, high] } else { vec![high, low] };
        Side { signature: number, back, depth: side / 2, pages }
    })
}
