//! Strokes as areas.
//!
//! Curves are divided into straight pieces first: finding curves that run beside curves has no
//! bound on its time, and no pixel shows the difference.

use kurbo::{
    Affine, BezPath, CubicBez, ParamCurve, PathEl, Point, Shape, Stroke, StrokeOpts, Vec2,
};

/// The tolerance, in points of the page.
const NEAR: f64 = 0.05;
/// The maximum number of pieces of a curve.
const PIECES: f64 = 200.0;
/// The maximum number of dashes in a line; beyond it, the line is taken to be solid.
const DASHES: f64 = 20_000.0;

/// Divides a path's curves into straight pieces; `matrix` leads to the page.
pub(super) fn straight(path: &BezPath, matrix: Affine) -> BezPath {
    let (mut out, mut last, mut start) = (BezPath::new(), Point::ZERO, Point::ZERO);
    let curve = |out: &mut BezPath, from: Point, a: Point, b: Point, to: Point| {
        let cubic = CubicBez::new(from, a, b, to);
        let shown = matrix * cubic;
        let bend = |a: Point, b: Point, c: Point| a.to_vec2() - 2.0 * b.to_vec2() + c.to_vec2();
        let most = bend(shown.p0, shown.p1, shown.p2)
            .hypot()
            .max(bend(shown.p1, shown.p2, shown.p3).hypot());
        let pieces = (0.75 * most / NEAR).sqrt().ceil().clamp(1.0, PIECES);
        for piece in 1..pieces as usize {
            out.line_to(cubic.eval(piece as f64 / pieces));
        }
        out.line_to(to);
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                out.move_to(p);
                (last, start) = (p, p);
            }
            PathEl::LineTo(p) => {
                out.line_to(p);
                last = p;
            }
            PathEl::QuadTo(a, p) => {
                let third = |to: Point| last.lerp(a, 2.0 / 3.0) + (to - p) / 3.0;
                let end = p.lerp(a, 2.0 / 3.0);
                curve(&mut out, last, third(p), end, p);
                last = p;
            }
            PathEl::CurveTo(a, b, p) => {
                curve(&mut out, last, a, b, p);
                last = p;
            }
            PathEl::ClosePath => {
                out.close_path();
                last = start;
            }
        }
    }
    out
}

/// Returns the area on the page that a stroke along a path of straight pieces covers.
pub(super) fn area(path: &BezPath, stroke: &Stroke, matrix: Affine) -> BezPath {
    let scale = matrix.determinant().abs().sqrt().max(1e-6);
    let mut stroke = stroke.clone();
    stroke.width = stroke.width.max(0.1 / scale);
    let extent = path.bounding_box();
    let dash = stroke.dash_pattern.iter().sum::<f64>();
    let pieces = (extent.width() + extent.height()) * path.elements().len() as f64 / dash.max(1e-9);
    if dash > 0.0 {
        // Two rounds bring an odd pattern back to its beginning.
        stroke.dash_offset = stroke.dash_offset.rem_euclid(2.0 * dash);
        if pieces > DASHES || !stroke.dash_offset.is_finite() {
            stroke.dash_pattern.clear();
        }
    }
    if !extent.is_finite() {
        return BezPath::new();
    }
    matrix * kurbo::stroke(path, &stroke, &StrokeOpts::default(), NEAR / scale)
}

/// Returns the width that a stroke has where it is thinnest, in points of the page: a matrix may
/// squeeze lines of one direction alone.
pub(super) fn thinnest(path: &BezPath, width: f64, matrix: Affine) -> f64 {
    let [a, b, c, d, ..] = matrix.as_coeffs();
    let mut last = Point::ZERO;
    let mut start = Point::ZERO;
    let mut least = f64::INFINITY;
    let mut piece = |from: Point, to: Point| {
        let along = to - from;
        let shown = Vec2::new(a * along.x + c * along.y, b * along.x + d * along.y);
        let length = shown.hypot();
        if length > 1e-9 && length.is_finite() {
            let across = Vec2::new(-shown.y, shown.x) / length;
            let back = Vec2::new(a * across.x + b * across.y, c * across.x + d * across.y);
            least = least.min(width * back.hypot());
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => (last, start) = (p, p),
            PathEl::LineTo(p) | PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                piece(last, p);
                last = p;
            }
            PathEl::ClosePath => {
                piece(last, start);
                last = start;
            }
        }
    }
    if least.is_finite() { least } else { width * matrix.determinant().abs().sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_without_an_end_are_stroked() {
        // Curves whose parallels no search finds: a few hundredths of a point, ends that meet.
        for (a, b, c, d) in [
            ((0.0, 0.06), (0.0, 0.06), (0.0, 0.06), 1.0),
            ((0.03, 0.0), (0.0, 0.0), (0.03, 0.0), 0.7),
            ((1e-7, 0.0), (0.0, 1e-7), (1e-7, 1e-7), 40.0),
            ((1e30, 0.0), (0.0, 1e30), (3.0, 3.0), 1e20),
        ] {
            let mut path = BezPath::new();
            path.move_to((0.0, 0.0));
            path.curve_to(a, b, c);
            let straight = straight(&path, Affine::IDENTITY);
            assert!(straight.elements().len() < 300);
            let all = area(&straight, &Stroke::new(d), Affine::IDENTITY);
            assert!(all.elements().len() < 10_000);
        }
    }

    #[test]
    fn a_stroke_stands_where_its_curve_is() {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.curve_to((0.0, 55.2), (44.8, 100.0), (100.0, 100.0));
        path.quad_to((200.0, 100.0), (200.0, 0.0));
        let lines = straight(&path, Affine::IDENTITY);
        let (own, exact) = (lines.bounding_box(), path.bounding_box());
        assert!((own.x1 - exact.x1).abs() < 0.1 && (own.y1 - exact.y1).abs() < 0.1);
        assert!((10..100).contains(&lines.elements().len()));
        let area = area(&lines, &Stroke::new(2.0), Affine::IDENTITY).area().abs();
        assert!((area - 2.0 * path.perimeter(0.01)).abs() < 8.0, "{area}");
    }

    #[test]
    fn a_matrix_may_squeeze_one_direction() {
        let line = |x: f64, y: f64| {
            let mut path = BezPath::new();
            path.move_to((0.0, 0.0));
            path.line_to((x, y));
            path
        };
        let squeeze = Affine::new([1.0, 0.0, 0.0, 0.05, 0.0, 0.0]);
        assert!((thinnest(&line(10.0, 0.0), 1.0, squeeze) - 0.05).abs() < 1e-9);
        assert!((thinnest(&line(0.0, 10.0), 1.0, squeeze) - 1.0).abs() < 1e-9);
        let turn = Affine::rotate(0.7) * Affine::scale(2.0);
        assert!((thinnest(&line(3.0, 4.0), 1.0, turn) - 2.0).abs() < 1e-9);
        assert_eq!(thinnest(&line(0.0, 0.0), 0.5, turn), 1.0);
    }
}
