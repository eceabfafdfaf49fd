//! Shadings: the inks at a point (ISO 32000-1, 8.7.4). Geometry and functions are left to
//! hayro-interpret.

use std::sync::Arc;

use hayro_interpret::shading::{Shading, ShadingFunction, ShadingType, Triangle};
use kurbo::{Affine, Point};

use super::{Inks, Space};

/// A shading placed on the page.
#[derive(Debug)]
pub(crate) struct Gradient {
    /// The space of its colours.
    pub(crate) space: Space,
    shading: Arc<Shading>,
    from_page: Affine,
    triangles: Vec<Triangle>,
}

impl Gradient {
    /// Creates a shading in `space`; `to_page` maps its coordinates to the page's.
    pub(super) fn new(space: Space, shading: Arc<Shading>, to_page: Affine) -> Self {
        let mut triangles = vec![];
        match &*shading.shading_type {
            ShadingType::TriangleMesh { triangles: own, .. } => triangles.clone_from(own),
            ShadingType::CoonsPatchMesh { patches, .. } => {
                patches.iter().for_each(|p| p.to_triangles(&mut triangles))
            }
            ShadingType::TensorProductPatchMesh { patches, .. } => {
                patches.iter().for_each(|p| p.to_triangles(&mut triangles))
            }
            _ => {}
        }
        Self { space, shading, from_page: to_page.inverse(), triangles }
    }

    /// Returns the work that a point costs, in units of [`Budget`](super::Budget).
    pub(crate) fn cost(&self) -> usize {
        1 + self.triangles.len() / 8
    }

    /// Returns the inks at a point of the page; `None` where the shading paints nothing.
    pub(crate) fn inks(&self, at: Point) -> Option<Inks> {
        let at = self.from_page * at;
        let background = || self.shading.background.as_ref().map(|colour| self.space.inks(colour));
        self.colour(at).map(|colour| self.space.inks(&colour)).or_else(background)
    }

    fn colour(&self, at: Point) -> Option<Vec<f32>> {
        let run = |function: &ShadingFunction, input: &[f32]| {
            function.eval(&input.iter().copied().collect()).map(|c| c.to_vec())
        };
        match &*self.shading.shading_type {
            ShadingType::RadialAxial { coords, domain, function, extend, axial } => {
                let place = if *axial {
                    axial_place(coords, at)
                } else {
                    radial_place(coords, at, *extend)
                }?;
                if (place < 0.0 && !extend[0]) || (place > 1.0 && !extend[1]) {
                    return None;
                }
                run(function, &[domain[0] + place.clamp(0.0, 1.0) as f32 * (domain[1] - domain[0])])
            }
            ShadingType::FunctionBased { domain, matrix, function } => {
                let at = matrix.inverse() * at;
                let (x, y) = (at.x as f32, at.y as f32);
                let inside =
                    (domain[0]..=domain[1]).contains(&x) && (domain[2]..=domain[3]).contains(&y);
                if inside { run(function, &[x, y]) } else { None }
            }
            ShadingType::TriangleMesh { function, .. }
            | ShadingType::CoonsPatchMesh { function, .. }
            | ShadingType::TensorProductPatchMesh { function, .. } => {
                // What is painted later lies above.
                let colour =
                    self.triangles.iter().rev().find(|t| t.contains_point(at))?.interpolate(at);
                match function {
                    Some(function) => run(function, &colour),
                    None => Some(colour.to_vec()),
                }
            }
            ShadingType::Dummy => None,
        }
    }
}

/// Returns the position of a point along the axis: 0 at its start, 1 at its end.
fn axial_place(coords: &[f32; 6], at: Point) -> Option<f64> {
    let [x0, y0, x1, y1] = [coords[0], coords[1], coords[2], coords[3]].map(f64::from);
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx * dx + dy * dy;
    (length > 0.0).then(|| ((at.x - x0) * dx + (at.y - y0) * dy) / length)
}

/// Returns the position, from the first circle (0) to the second (1), of the last circle that
/// passes through the point.
fn radial_place(coords: &[f32; 6], at: Point, extend: [bool; 2]) -> Option<f64> {
    let [x0, y0, r0, x1, y1, r1] = coords.map(f64::from);
    let (dx, dy, dr) = (x1 - x0, y1 - y0, r1 - r0);
    let (px, py) = (at.x - x0, at.y - y0);
    // |p - s·d| = r0 + s·dr, solved for s.
    let (a, b, c) =
        (dx * dx + dy * dy - dr * dr, px * dx + py * dy + r0 * dr, px * px + py * py - r0 * r0);
    let roots = if a.abs() < 1e-9 {
        if b.abs() < 1e-9 {
            return None;
        }
        [c / (2.0 * b); 2]
    } else {
        let root = (b * b - a * c).max(-1.0);
        if root < 0.0 {
            return None;
        }
        let (s, t) = ((b + root.sqrt()) / a, (b - root.sqrt()) / a);
        [s.max(t), s.min(t)]
    };
    roots
        .into_iter()
        .find(|&s| r0 + s * dr >= 0.0 && (s >= 0.0 || extend[0]) && (s <= 1.0 || extend[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_along_an_axis_and_between_circles() {
        assert_eq!(axial_place(&[0.0, 0.0, 10.0, 0.0, 0.0, 0.0], Point::new(2.5, 7.0)), Some(0.25));
        let rings = [0.0, 0.0, 0.0, 0.0, 0.0, 10.0];
        assert_eq!(radial_place(&rings, Point::new(0.0, 5.0), [false; 2]), Some(0.5));
        assert_eq!(radial_place(&rings, Point::new(0.0, 15.0), [false; 2]), None);
        assert_eq!(radial_place(&rings, Point::new(0.0, 15.0), [false, true]), Some(1.5));
    }
}
