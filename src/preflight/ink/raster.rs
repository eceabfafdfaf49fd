//! Shapes to coverage: how much of each pixel a path covers.

use kurbo::{Affine, BezPath, PathEl, Rect, Shape};
use zeno::{Command, Fill, Mask, Vector};

/// How much of each pixel is covered, within a rectangle of pixels; nothing is covered outside.
#[derive(Debug, Clone)]
pub(super) struct Coverage {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<u8>,
}

impl Coverage {
    /// Nothing.
    pub(super) fn none() -> Self {
        Self { x: 0, y: 0, width: 0, height: 0, values: vec![] }
    }

    /// How much of a pixel is covered, from 0 to 255.
    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        let inside = x >= self.x && y >= self.y && x < self.x + self.width && y < self.y + self.height;
        if inside { self.values[(y - self.y) * self.width + x - self.x] } else { 0 }
    }

    /// The pixels that are covered at all: their places among those of a raster of `stride` pixels a row, and how much.
    pub(super) fn covered(&self, stride: usize) -> impl Iterator<Item = (usize, u8)> + '_ {
        self.values.chunks(self.width.max(1)).zip(self.y..).flat_map(move |(row, y)| {
            let from = y * stride + self.x;
            row.iter().zip(from..).filter(|&(&covered, _)| covered > 0).map(|(&covered, at)| (at, covered))
        })
    }

    /// Keeps of each pixel what another coverage leaves.
    pub(super) fn within(&mut self, other: &Coverage) {
        for y in 0..self.height {
            for x in 0..self.width {
                let value = &mut self.values[y * self.width + x];
                *value = times(*value, other.at(self.x + x, self.y + y));
            }
        }
    }
}

/// The product of two shares.
pub(super) fn times(a: u8, b: u8) -> u8 {
    ((u16::from(a) * u16::from(b) + 127) / 255) as u8
}

/// The coverage of a path on a raster of `width` × `height` pixels, within `bounds`; both are in pixels.
pub(super) fn fill(
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
    let to_area = Affine::translate((-area.x0, -area.y0)) * to_pixels;
    let mut values = vec![0; w * h];
    Mask::new(&commands(&(to_area * path), w, h)[..])
        .size(w as u32, h as u32)
        .style(if even_odd { Fill::EvenOdd } else { Fill::NonZero })
        .render_into(&mut values, None);
    Coverage { x: area.x0 as usize, y: area.y0 as usize, width: w, height: h, values }
}

/// The path for zeno, which counts in integers; points far outside are drawn nearer.
fn commands(path: &BezPath, width: usize, height: usize) -> Vec<Command> {
    let far = 4.0 * (width.max(height) as f64 + 1000.0);
    let near = |p: kurbo::Point| Vector::new(p.x.clamp(-far, far) as f32, p.y.clamp(-far, far) as f32);
    let command = |element: &PathEl| match *element {
        PathEl::MoveTo(p) => Command::MoveTo(near(p)),
        PathEl::LineTo(p) => Command::LineTo(near(p)),
        PathEl::QuadTo(a, p) => Command::QuadTo(near(a), near(p)),
        PathEl::CurveTo(a, b, p) => Command::CurveTo(near(a), near(b), near(p)),
        PathEl::ClosePath => Command::Close,
    };
    path.elements().iter().map(command).collect()
}

/// The rectangle that a path is, if it is one along the axes.
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
        (near(p.x, bounds.x0) || near(p.x, bounds.x1)) && (near(p.y, bounds.y0) || near(p.y, bounds.y1))
    };
    // Four corners, in turn: no two after each other are opposite.
    let turns = points.windows(2).all(|w| (w[0].x - w[1].x).abs() < 1e-3 || (w[0].y - w[1].y).abs() < 1e-3);
    (points.iter().all(on_corner) && turns).then_some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_pixel_is_half_covered() {
        let path = Rect::new(1.5, 1.0, 3.0, 2.0).to_path(0.1);
        let coverage = fill(&path, false, Affine::IDENTITY, path.bounding_box(), 10, 10);
        assert!((126..=129).contains(&coverage.at(1, 1)), "{}", coverage.at(1, 1));
        assert_eq!((coverage.at(2, 1), coverage.at(3, 1), coverage.at(2, 2)), (255, 0, 0));
    }

    #[test]
    fn rectangles_are_known_from_other_paths() {
        let rect = Rect::new(0.0, 0.0, 2.0, 3.0);
        assert_eq!(rectangle(&rect.to_path(0.1)), Some(rect));
        assert_eq!(rectangle(&kurbo::Circle::new((0.0, 0.0), 2.0).to_path(0.1)), None);
        assert_eq!(rectangle(&(Affine::rotate(0.5) * rect.to_path(0.1))), None);
    }
}
