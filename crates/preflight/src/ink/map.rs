//! A coarse map of the inks over a page, for drawing.

use super::Plates;
use crate::finding::Region;

/// The maximum number of cells along the longer side of a page.
const CELLS: usize = 280;

/// The inks over a page with its bleed, cell by cell.
#[derive(Debug, Clone, PartialEq)]
pub struct InkMap {
    /// The number of cells in a row.
    pub width: usize,
    /// The number of rows.
    pub height: usize,
    /// The mean total ink of each cell, in percent; rows from the top, each from the left.
    pub sums: Vec<u16>,
    /// The area covered by the map.
    pub area: Region,
}

impl Plates {
    /// Creates the map; `sum` returns the total ink over a rectangle of pixels, `area` is the
    /// location of the plates.
    pub(super) fn map(
        &self,
        area: Region,
        sum: impl Fn(usize, usize, usize, usize) -> f64,
    ) -> InkMap {
        let step = self.width.max(self.height).div_ceil(CELLS).max(1);
        let cells = |pixels: usize| {
            (0..pixels).step_by(step).map(move |from| (from, step.min(pixels - from)))
        };
        let mean = |x, y, w, h| (sum(x, y, w, h) / (w * h) as f64 * 100.0).round() as u16;
        let sums =
            cells(self.height).flat_map(|(y, h)| cells(self.width).map(move |(x, w)| (x, y, w, h)));
        let sums = sums.map(|(x, y, w, h)| mean(x, y, w, h)).collect();
        InkMap { width: self.width.div_ceil(step), height: self.height.div_ceil(step), sums, area }
    }
}
