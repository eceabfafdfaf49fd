//! Converts shapes to coverage: the share of each pixel that a path covers.

use std::ops::Range;

use kurbo::{Affine, BezPath, PathEl, Rect, Shape};
use zeno::{Command, Fill, Mask, Scratch, Vector};

/// The coverage of each pixel within a rectangle; nothing is covered outside it.
#[derive(Debug, Clone)]
pub(super) struct Coverage {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<u8>,
}

impl Coverage {
    /// Returns empty coverage.
    pub(super) fn none() -> Self {
        Self { x: 0, y: 0, width: 0, height: 0, values: vec![] }
    }

    /// Returns the coverage of a pixel, from 0 to 255.
    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        let inside =
            x >= self.x && y >= self.y && x < self.x + self.width && y < self.y + self.height;
        if inside { self.values[(y - self.y) * self.width + x - self.x] } else { 0 }
    }

    /// Returns the pixels with any coverage: their indices in a raster of `stride` pixels per row,
    /// and their coverage.
    pub(super) fn covered(&self, stride: usize) -> impl Iterator<Item = (usize, u8)> + '_ {
        self.values.chunks(self.width.max(1)).zip(self.y..).flat_map(move |(row, y)| {
            let from = y * stride + self.x;
            row.iter()
                .zip(from..)
                .filter(|&(&covered, _)| covered > 0)
                .map(|(&covered, at)| (at, covered))
        })
    }

    /// Multiplies the coverage by another.
    pub(super) fn within(&mut self, other: &Coverage) {
        for y in 0..self.height {
            for x in 0..self.width {
                let value = &mut self.values[y * self.width + x];
                *value = times(*value, other.at(self.x + x, self.y + y));
            }
        }
    }
}

/// Returns the product of two shares.
pub(super) fn times(a: u8, b: u8) -> u8 {
    ((u16::from(a) * u16::from(b) + 127) / 255) as u8
}

/// Fills paths, reusing its memory.
#[derive(Default)]
pub(super) struct Rasteriser {
    scratch: Scratch,
    part: Vec<u8>,
}

impl Rasteriser {
    /// Returns the coverage of a path on a raster of `width` × `height` pixels, within `bounds`;
    /// both are in pixels.
    pub(super) fn fill(
        &mut self,
        path: &BezPath,
        even_odd: bool,
        to_pixels: Affine,
        bounds: Rect,
        width: usize,
        height: usize,
    ) -> Coverage {
        let all = Rect::new(0.0, 0.0, width as f64, height as f64);
        let area = bounds.intersect(all).expand();
        if !area.is_finite() || area.width() < 1.0 || area.height() < 1.0 {
            return Coverage::none();
        }
        let (w, h) = (area.width() as usize, area.height() as usize);
        let path = Affine::translate((-area.x0, -area.y0)) * to_pixels * path;
        let style = if even_odd { Fill::EvenOdd } else { Fill::NonZero };
        let mut values = vec![0u8; w * h];
        for (elements, extent) in parts(path.elements()) {
            let columns =
                extent.start.max(0.0) as usize..(extent.end.ceil().max(0.0) as usize).min(w);
            if columns.is_empty() {
                continue;
            }
            self.part.clear();
            self.part.resize(columns.len() * h, 0);
            Mask::with_scratch(
                &commands(elements, columns.start as f64, w, h)[..],
                &mut self.scratch,
            )
            .size(columns.len() as u32, h as u32)
            .style(style)
            .render_into(&mut self.part, None);
            for (row, part) in values.chunks_mut(w).zip(self.part.chunks(columns.len())) {
                row[columns.clone()]
                    .iter_mut()
                    .zip(part)
                    .for_each(|(all, &part)| *all = all.saturating_add(part));
            }
        }
        Coverage { x: area.x0 as usize, y: area.y0 as usize, width: w, height: h, values }
    }
}

/// Splits a path into parts that lie side by side, each with the columns it occupies: filled
/// separately, they give the same result as together. zeno keeps the pixels of a row in a list
/// and searches it for each, which takes long for a line of text, and no time for a letter.
fn parts(elements: &[PathEl]) -> Vec<(&[PathEl], Range<f64>)> {
    let contours: Vec<(&[PathEl], Range<f64>)> = elements
        .chunk_by(|_, next| !matches!(next, PathEl::MoveTo(_)))
        .map(|contour| (contour, extent(contour)))
        .collect();
    // Where the contours from each on begin.
    let mut begins = vec![f64::INFINITY; contours.len() + 1];
    for (at, (_, columns)) in contours.iter().enumerate().rev() {
        begins[at] = columns.start.min(begins[at + 1]);
    }
    let nowhere = f64::INFINITY..f64::NEG_INFINITY;
    let mut parts = vec![];
    let (mut from, mut to, mut columns) = (0, 0, nowhere.clone());
    for ((contour, own), &next) in contours.iter().zip(&begins[1..]) {
        to += contour.len();
        columns = columns.start.min(own.start)..columns.end.max(own.end);
        // A part is a pixel wide at least: no path has more of them than its raster has columns.
        if to == elements.len() || (next >= columns.end && columns.end - columns.start >= 1.0) {
            parts.push((&elements[from..to], columns));
            (from, columns) = (to, nowhere.clone());
        }
    }
    parts
}

/// Returns the columns that a contour's points occupy, and therefore the contour.
fn extent(contour: &[PathEl]) -> Range<f64> {
    let points = contour.iter().flat_map(|element| match *element {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => [Some(p), None, None],
        PathEl::QuadTo(a, p) => [Some(a), Some(p), None],
        PathEl::CurveTo(a, b, p) => [Some(a), Some(b), Some(p)],
        PathEl::ClosePath => [None; 3],
    });
    points
        .flatten()
        .fold(f64::INFINITY..f64::NEG_INFINITY, |all, p| all.start.min(p.x)..all.end.max(p.x))
}

/// Converts elements for zeno, which counts in integers, starting at a column; points far outside
/// are moved nearer.
fn commands(elements: &[PathEl], column: f64, width: usize, height: usize) -> Vec<Command> {
    let far = 4.0 * (width.max(height) as f64 + 1000.0);
    let near = |p: kurbo::Point| {
        Vector::new((p.x - column).clamp(-far, far) as f32, p.y.clamp(-far, far) as f32)
    };
    let command = |element: &PathEl| match *element {
        PathEl::MoveTo(p) => Command::MoveTo(near(p)),
        PathEl::LineTo(p) => Command::LineTo(near(p)),
        PathEl::QuadTo(a, p) => Command::QuadTo(near(a), near(p)),
        PathEl::CurveTo(a, b, p) => Command::CurveTo(near(a), near(b), near(p)),
        PathEl::ClosePath => Command::Close,
    };
    elements.iter().map(command).collect()
}

/// Returns the rectangle that a path describes, if it is an axis-aligned one.
pub(super) fn rectangle(path: &BezPath) -> Option<Rect> {
    let points: Vec<kurbo::Point> = path.elements().iter().filter_map(PathEl::end_point).collect();
    if !(4..=5).contains(&points.len())
        || path.elements().iter().any(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..)))
    {
        return None;
    }
    let bounds = path.bounding_box();
    let on_corner = |p: &kurbo::Point| {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
        (near(p.x, bounds.x0) || near(p.x, bounds.x1))
            && (near(p.y, bounds.y0) || near(p.y, bounds.y1))
    };
    // Four corners, in turn: no two after each other are opposite.
    let turns =
        points.windows(2).all(|w| (w[0].x - w[1].x).abs() < 1e-3 || (w[0].y - w[1].y).abs() < 1e-3);
    (points.iter().all(on_corner) && turns).then_some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_pixel_is_half_covered() {
        let path = Rect::new(1.5, 1.0, 3.0, 2.0).to_path(0.1);
        let coverage =
            Rasteriser::default().fill(&path, false, Affine::IDENTITY, path.bounding_box(), 10, 10);
        assert!((126..=129).contains(&coverage.at(1, 1)), "{}", coverage.at(1, 1));
        assert_eq!((coverage.at(2, 1), coverage.at(3, 1), coverage.at(2, 2)), (255, 0, 0));
    }

    #[test]
    fn parts_beside_each_other_are_filled_as_one() {
        let ring = |x: f64| {
            let mut path = kurbo::Circle::new((x, 8.0), 6.0).to_path(0.01);
            path.extend(kurbo::Circle::new((x, 8.0), 3.0).to_path(0.01).reverse_subpaths());
            path
        };
        // Two beside each other in one pixel's column, two across each other, and one outside the
        // raster.
        let rings = [8.0, 20.2, 40.0, 46.0, 70.0].map(ring);
        let mut all = BezPath::new();
        rings.iter().for_each(|ring| all.extend(ring));
        let split = parts(all.elements());
        assert_eq!(
            split.iter().map(|(elements, _)| elements.len()).sum::<usize>(),
            all.elements().len()
        );
        assert_eq!(split.len(), 4);

        let mut rasteriser = Rasteriser::default();
        let mut fill = |path: &BezPath| {
            rasteriser
                .fill(path, true, Affine::IDENTITY, Rect::new(0.0, 0.0, 60.0, 20.0), 60, 20)
                .values
        };
        // From right to left nothing stands beside what came before: the path is filled in one go.
        let mut backwards = BezPath::new();
        rings.iter().rev().for_each(|ring| backwards.extend(ring));
        assert_eq!(parts(backwards.elements()).len(), 1);
        let (apart, together) = (fill(&all), fill(&backwards));
        assert!(apart.iter().zip(&together).all(|(a, b)| a.abs_diff(*b) <= 1));
        assert!(apart.contains(&255));
    }

    #[test]
    fn rectangles_are_known_from_other_paths() {
        let rect = Rect::new(0.0, 0.0, 2.0, 3.0);
        assert_eq!(rectangle(&rect.to_path(0.1)), Some(rect));
        assert_eq!(rectangle(&kurbo::Circle::new((0.0, 0.0), 2.0).to_path(0.1)), None);
        assert_eq!(rectangle(&(Affine::rotate(0.5) * rect.to_path(0.1))), None);
    }
}
