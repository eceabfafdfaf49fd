//! Shadings: the inks at a point (ISO 32000-1, 8.7.4). Geometry and functions are left to
//! hayro-interpret; meshes are painted triangle by triangle, each along its scan lines.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use hayro_interpret::shading::{Shading, ShadingFunction, ShadingType, Triangle};
use kurbo::{Affine, Point, Rect, Vec2};
use smallvec::SmallVec;

use super::samples::Found;
use super::{Inks, Space};

/// The places, along each side, at which the inks of a shading are looked up.
const LOOKS: usize = 6;
/// The bytes of a sample, for most.
const SAMPLE: usize = 4;
/// The bytes of a function's program that are run at the price of one step.
const PROGRAM: usize = 64;

/// A rectangle of pixels: its corner on the plates, and its size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raster {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// A shading placed on the page.
#[derive(Debug)]
pub(crate) struct Gradient {
    /// The space of its colours.
    pub(crate) space: Rc<Space>,
    shading: Arc<Shading>,
    to_page: Affine,
    from_page: Affine,
    triangles: Vec<Triangle>,
    /// The samples of its functions.
    samples: usize,
    /// What a colour takes, in steps.
    steps: usize,
}

impl Gradient {
    /// Creates a shading in `space`; `to_page` maps its coordinates to the page's, `functions` is
    /// what is known of its functions.
    pub(super) fn new(
        space: Rc<Space>,
        shading: Arc<Shading>,
        to_page: Affine,
        functions: Found,
    ) -> Self {
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
        Self {
            space,
            shading,
            to_page,
            from_page: to_page.inverse(),
            triangles,
            samples: functions.samples / SAMPLE,
            steps: 1 + functions.programs / PROGRAM,
        }
    }

    /// Returns the number of triangles of its mesh and of samples of its functions.
    pub(super) fn size(&self) -> usize {
        self.triangles.len() + self.samples
    }

    /// Returns the inks that the shading uses, each at its strongest: a look at a few places.
    pub(crate) fn strongest(&self, area: Rect) -> Inks {
        let mut all = Inks { exact: true, ..Inks::default() };
        let mut add = |inks: Inks| {
            for (most, ink) in all.cmyk.iter_mut().zip(inks.cmyk) {
                *most = most.max(ink);
            }
            all.spot = all.spot.max(inks.spot);
            all.exact &= inks.exact;
        };
        for row in 0..LOOKS {
            for column in 0..LOOKS {
                let share = |n: usize| (n as f64 + 0.5) / LOOKS as f64;
                let x = area.x0 + area.width() * share(column);
                if let Some(inks) = self.inks(Point::new(x, area.y0 + area.height() * share(row))) {
                    add(inks);
                }
            }
        }
        all
    }

    /// Returns the inks of a mesh on the pixels of a raster, row by row; `None` if it is none.
    pub(crate) fn mesh(&self, to_pixels: Affine, raster: Raster) -> Option<Vec<Option<Inks>>> {
        if self.triangles.is_empty() {
            return None;
        }
        let (function, place) = match &*self.shading.shading_type {
            ShadingType::TriangleMesh { function, .. }
            | ShadingType::CoonsPatchMesh { function, .. }
            | ShadingType::TensorProductPatchMesh { function, .. } => {
                (function.as_ref(), to_pixels * self.to_page)
            }
            _ => return None,
        };
        let background = self.shading.background.as_ref().map(|colour| self.space.inks(colour));
        let mut pixels = vec![background; raster.width * raster.height];
        let mut colour = vec![];
        for triangle in &self.triangles {
            let corners = [&triangle.p0, &triangle.p1, &triangle.p2];
            let [a, b, c] = corners
                .map(|corner| place * corner.point - Vec2::new(raster.x as f64, raster.y as f64));
            let double = (b - a).cross(c - a);
            if double == 0.0 || !double.is_finite() {
                continue;
            }
            let rows = span(&[a.y, b.y, c.y], raster.height);
            for y in rows {
                let middle = y as f64 + 0.5;
                let crossings = [(a, b), (b, c), (c, a)].into_iter().filter_map(|(from, to)| {
                    let share = (middle - from.y) / (to.y - from.y);
                    (0.0..=1.0).contains(&share).then_some(from.x + share * (to.x - from.x))
                });
                let crossings: SmallVec<[f64; 3]> = crossings.collect();
                for x in span(&crossings, raster.width) {
                    let at = Point::new(x as f64 + 0.5, middle);
                    let (u, v) = ((b - at).cross(c - at) / double, (c - at).cross(a - at) / double);
                    let shares = [u, v, 1.0 - u - v].map(|share| share as f32);
                    colour.clear();
                    colour.extend((0..corners[0].colors.len()).map(|component| {
                        let own = |corner: usize| {
                            corners[corner].colors.get(component).copied().unwrap_or(0.0)
                        };
                        (0..3).map(|corner| shares[corner] * own(corner)).sum::<f32>()
                    }));
                    let inks = match function {
                        Some(function) => {
                            run(function, &colour).map(|colour| self.space.inks(&colour))
                        }
                        None => Some(self.space.inks(&colour)),
                    };
                    // What is painted later lies above.
                    if let (Some(inks), Some(pixel)) = (inks, pixels.get_mut(y * raster.width + x))
                    {
                        *pixel = Some(inks);
                    }
                }
            }
        }
        Some(pixels)
    }

    /// Returns the work of finding the strongest inks, in steps.
    pub(crate) fn looks(&self) -> usize {
        LOOKS * LOOKS * (self.steps + self.triangles.len() / 8)
    }

    /// Returns the work of painting on a raster beyond a step a pixel, in pixels.
    pub(crate) fn cost(&self, to_pixels: Affine, raster: Raster) -> usize {
        if self.triangles.is_empty() {
            return raster.width.saturating_mul(raster.height).saturating_mul(self.steps - 1);
        }
        let place = to_pixels * self.to_page;
        let area = |triangle: &Triangle| {
            let corners = [&triangle.p0, &triangle.p1, &triangle.p2]
                .map(|corner| place * corner.point - Vec2::new(raster.x as f64, raster.y as f64));
            let wide = span(&corners.map(|corner| corner.x), raster.width).len();
            8 + wide * span(&corners.map(|corner| corner.y), raster.height).len() / 2 * self.steps
        };
        self.triangles.iter().map(area).fold(0, usize::saturating_add)
    }

    /// Returns the inks at a point of the page; `None` where the shading paints nothing.
    pub(crate) fn inks(&self, at: Point) -> Option<Inks> {
        let at = self.from_page * at;
        let background = || self.shading.background.as_ref().map(|colour| self.space.inks(colour));
        self.colour(at).map(|colour| self.space.inks(&colour)).or_else(background)
    }

    fn colour(&self, at: Point) -> Option<Vec<f32>> {
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

fn run(function: &ShadingFunction, input: &[f32]) -> Option<Vec<f32>> {
    function.eval(&input.iter().copied().collect()).map(|colour| colour.to_vec())
}

/// Returns the pixels whose middle lies between the least and the greatest of the places.
fn span(places: &[f64], count: usize) -> Range<usize> {
    let least = places.iter().copied().fold(f64::INFINITY, f64::min);
    let most = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let bound = |place: f64| (place - 0.5).ceil().clamp(0.0, count as f64) as usize;
    bound(least)..bound(most).max(bound(least))
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
