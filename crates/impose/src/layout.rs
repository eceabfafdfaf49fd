//! Page positions on a sheet: one arrangement for all sides.

use super::pages::Page;
use super::rect::Rect;
use super::{ImposeError, Options, Scheme};

/// The number of points in a millimetre.
pub(crate) const MM: f64 = 72.0 / 25.4;
/// The space between the bleed and the marks.
pub(crate) const GAP: f64 = MM;
/// The length of marks.
pub(crate) const LENGTH: f64 = 5.0 * MM;
/// The extent of the marks beyond the bleed, in points.
pub(crate) const REACH: f64 = GAP + LENGTH;

/// The maximum side of a page that viewers show (ISO 32000-1, annex C), in points.
const LIMIT: f64 = 14_400.0;

/// The arrangement of pages. Lengths are in points, from the sheet's lower left corner.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The sheet's width and height.
    pub sheet: (f64, f64),
    /// The extent of pages beyond the outer trim.
    pub bleed: f64,
    /// Whether the sheet is folded between its two columns.
    pub folded: bool,
    columns: usize,
    rows: usize,
    gutter: f64,
    creep: f64,
    page: (f64, f64),
}

impl Layout {
    /// Creates the arrangement of a scheme for pages of one size; the sheet must hold them, their
    /// bleed and the marks.
    pub(crate) fn new(options: &Options, pages: &[Page]) -> Result<Self, ImposeError> {
        let (columns, rows, gutter) = match options.scheme {
            Scheme::Saddle | Scheme::Perfect { .. } => (2, 1, 0.0),
            Scheme::Nup { rows, columns, gutter } => (columns.get(), rows.get(), gutter),
        };
        let mut layout = Self {
            sheet: (0.0, 0.0),
            bleed: pages.iter().map(Page::overhang).fold(0.0, f64::max),
            folded: !matches!(options.scheme, Scheme::Nup { .. }),
            columns,
            rows,
            gutter,
            creep: options.creep,
            page: pages.first().map_or((0.0, 0.0), |page| page.size),
        };
        let margin = layout.bleed + if options.marks { REACH } else { 0.0 };
        let needed = layout.trim().grown(margin);
        let needed = (needed.width(), needed.height());
        layout.sheet = options.sheet.unwrap_or(needed);
        // A hundredth of a point is nothing that rounding to millimetres may fail by.
        if layout.sheet.0 < needed.0 - 0.01 || layout.sheet.1 < needed.1 - 0.01 {
            return Err(ImposeError::SmallSheet { sheet: layout.sheet, needed });
        }
        if layout.sheet.0.max(layout.sheet.1) > LIMIT {
            return Err(ImposeError::LargeSheet(layout.sheet));
        }
        Ok(layout)
    }

    /// Returns the area of all pages together, centred on the sheet: front and back register
    /// whichever way it is turned.
    pub(crate) fn trim(&self) -> Rect {
        let side =
            |count: usize, length: f64| count as f64 * length + (count - 1) as f64 * self.gutter;
        let (width, height) = (side(self.columns, self.page.0), side(self.rows, self.page.1));
        Rect::at((self.sheet.0 - width) / 2.0, (self.sheet.1 - height) / 2.0, width, height)
    }

    /// Returns the trims of columns from left to right, as their left and right edges.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (f64, f64)> {
        let (left, step) = (self.trim().left, self.page.0 + self.gutter);
        (0..self.columns)
            .map(move |column| left + column as f64 * step)
            .map(|left| (left, left + self.page.0))
    }

    /// Returns the trims of rows from the top down, as their lower and upper edges.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (f64, f64)> {
        let (top, step) = (self.trim().top, self.page.1 + self.gutter);
        (0..self.rows).map(move |row| top - row as f64 * step).map(|top| (top - self.page.1, top))
    }

    /// Returns each position of a side, in rows from the upper left: the origin of a page's trim
    /// on a sheet with `depth` sheets around it, and the window that the page may cover.
    pub(crate) fn places(&self, depth: usize) -> impl Iterator<Item = ((f64, f64), Rect)> {
        let outer = self.trim();
        let rows = self.rows().flat_map(|row| self.columns().map(move |column| (column, row)));
        rows.map(move |((left, right), (bottom, top))| {
            let creep = if self.folded { self.creep * depth as f64 } else { 0.0 };
            let at = (if left > outer.left { left - creep } else { left + creep }, bottom);
            let half = self.gutter / 2.0;
            // Bleed is all there on the outside, and half of the gutter where a neighbour is.
            let reach =
                |edge: f64, end: f64| if (edge - end).abs() < 1e-6 { self.bleed } else { half };
            let window = Rect {
                left: left - reach(left, outer.left),
                bottom: bottom - reach(bottom, outer.bottom),
                right: right + reach(right, outer.right),
                top: top + reach(top, outer.top),
            };
            (at, window)
        })
    }
}
