//! The plates: every mark is painted into them as a press would print the inks.

use std::rc::Rc;

use kurbo::{Affine, Point, Rect};

use super::super::page::{Blend, Budget, Clip, Inks, Kind, Mark, Paint, Space};
use super::raster::{self, Coverage, Rasteriser, times};

/// The maximum number of pixels of a page, in total and along a side.
const PIXELS: f64 = 1.5e6;
const SIDE: f64 = 8000.0;
/// The number of clips cached as coverage.
const CLIPS: usize = 24;
/// Cyan, magenta, yellow, black, the sum of the spot inks, and the amount painted at all.
const LAYERS: usize = 6;
/// The layer with the amount painted.
const PAINTED: usize = 5;

/// The inks of a page, pixel by pixel.
pub(crate) struct Plates {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Pixels per point.
    pub(super) scale: f64,
    pub(super) area: Rect,
    pub(super) pixels: Vec<[f32; LAYERS]>,
    to_pixels: Affine,
    rasteriser: Rasteriser,
    clips: Vec<(Rc<Clip>, Rc<Coverage>)>,
    masks: Vec<Coverage>,
    /// The plates beneath a soft mask's content, while it is being painted.
    beneath: Vec<Vec<[f32; LAYERS]>>,
}

impl Plates {
    /// Creates blank plates for an area of the page, in points; reuses the memory of `used` ones.
    pub(crate) fn new(area: Rect, used: Option<Self>) -> Self {
        let scale = (PIXELS / area.area().max(1.0))
            .sqrt()
            .min(SIDE / area.width().max(area.height()).max(1.0))
            .min(1.0);
        let (width, height) = (
            (area.width() * scale).ceil().max(1.0) as usize,
            (area.height() * scale).ceil().max(1.0) as usize,
        );
        let to_pixels =
            Affine::scale_non_uniform(scale, -scale) * Affine::translate((-area.x0, -area.y1));
        let (mut pixels, rasteriser) =
            used.map(|used| (used.pixels, used.rasteriser)).unwrap_or_default();
        pixels.clear();
        pixels.resize(width * height, [0.0; LAYERS]);
        Self {
            width,
            height,
            scale,
            area,
            pixels,
            to_pixels,
            rasteriser,
            clips: vec![],
            masks: vec![],
            beneath: vec![],
        }
    }

    /// Returns a mark's coverage of each pixel, within its clip and soft mask.
    pub(crate) fn coverage(&mut self, mark: &Mark, budget: &mut Budget) -> Shape {
        let bounds = self.to_pixels.transform_rect_bbox(mark.bounds);
        let area = bounds
            .intersect(Rect::new(0.0, 0.0, self.width as f64, self.height as f64))
            .area()
            .max(0.0);
        if !budget.spend(area as usize + 64) {
            return Shape(Coverage::none());
        }
        let mut coverage = self.rasteriser.fill(
            &mark.shape,
            mark.even_odd,
            self.to_pixels,
            bounds,
            self.width,
            self.height,
        );
        let mut clip = mark.clip.as_ref();
        while let Some(node) = clip {
            let covers = raster::rectangle(&node.path)
                .is_some_and(|rect| rect.inflate(0.01, 0.01).contains_rect(mark.bounds));
            if !covers && coverage.width > 0 {
                coverage.within(&self.clip(node, budget));
            }
            clip = node.outer.as_ref();
        }
        if let Some(mask) = mark.mask.and_then(|mask| self.masks.get(mask)) {
            coverage.within(mask);
        }
        Shape(coverage)
    }

    fn clip(&mut self, clip: &Rc<Clip>, budget: &mut Budget) -> Rc<Coverage> {
        if let Some((_, known)) = self.clips.iter().find(|(known, _)| Rc::ptr_eq(known, clip)) {
            return known.clone();
        }
        let bounds = self.to_pixels.transform_rect_bbox(kurbo::Shape::bounding_box(&clip.path));
        let enough = budget.spend(self.width * self.height / 4);
        let coverage = if enough {
            self.rasteriser.fill(
                &clip.path,
                clip.even_odd,
                self.to_pixels,
                bounds,
                self.width,
                self.height,
            )
        } else {
            Coverage::none()
        };
        if self.clips.len() >= CLIPS {
            self.clips.remove(0);
        }
        let coverage = Rc::new(coverage);
        self.clips.push((clip.clone(), coverage.clone()));
        coverage
    }

    /// Returns whether there is cyan, magenta, yellow or a spot ink beneath a shape.
    pub(crate) fn has_colour_under(&self, shape: &Shape) -> bool {
        shape.0.covered(self.width).any(|(at, covered)| {
            let [c, m, y, _, spot, _] = self.pixels[at];
            covered > 127 && c.max(m).max(y).max(spot) > 0.05
        })
    }

    /// Returns whether bare paper shows in a region, in points.
    pub(crate) fn has_paper(&self, region: Rect) -> bool {
        let pixels = self.to_pixels.transform_rect_bbox(region);
        let range = |from: f64, to: f64, count: usize| {
            // Pixels that are wholly inside; or the one in the middle, where there are none.
            let (first, last) = (from.ceil().max(0.0) as usize, to.floor().max(0.0) as usize);
            let middle = ((from + to) / 2.0).max(0.0) as usize;
            let range = if first < last { first..last } else { middle..middle + 1 };
            range.start.min(count)..range.end.min(count)
        };
        let (columns, rows) =
            (range(pixels.x0, pixels.x1, self.width), range(pixels.y0, pixels.y1, self.height));
        let (mut paper, mut all) = (0usize, 0usize);
        for y in rows {
            for pixel in &self.pixels[y * self.width + columns.start..y * self.width + columns.end]
            {
                all += 1;
                paper += usize::from(pixel[..PAINTED].iter().all(|&ink| ink < 0.01));
            }
        }
        // A pixel or two may be an edge's.
        paper * 50 > all
    }

    /// Paints a mark; `shape` is its [coverage](Self::coverage).
    pub(crate) fn paint(&mut self, mark: &Mark, shape: &Shape, budget: &mut Budget) {
        let cost = if let Paint::Gradient(gradient) = &mark.paint { gradient.cost() } else { 1 };
        if !budget.spend(shape.0.values.len().saturating_mul(cost)) {
            return;
        }
        let to_unit = if let Kind::Image { matrix, .. } = &mark.kind {
            matrix.inverse()
        } else {
            Affine::IDENTITY
        };
        let from_pixels = self.to_pixels.inverse();
        let keep = kept(mark);
        let width = self.width;
        let middle = |at: usize| {
            from_pixels * Point::new((at % width) as f64 + 0.5, (at / width) as f64 + 0.5)
        };
        for (at, covered) in shape.0.covered(width) {
            let covered = match &mark.kind {
                // An image's rows go down, its unit square goes up.
                Kind::Image { alpha: Some(alpha), .. } => {
                    let unit = to_unit * middle(at);
                    times(covered, alpha.at(unit.x, 1.0 - unit.y).unwrap_or(255))
                }
                _ => covered,
            };
            let inks = match &mark.paint {
                Paint::Flat { inks, .. } => Some(*inks),
                Paint::Gradient(gradient) => gradient.inks(middle(at)),
                Paint::Picture(picture) => {
                    let unit = to_unit * middle(at);
                    picture.inks(unit.x, 1.0 - unit.y)
                }
            };
            if let Some(inks) = inks {
                lay(
                    &mut self.pixels[at],
                    &inks,
                    f32::from(covered) / 255.0 * mark.alpha,
                    mark.blend,
                    &keep,
                );
            }
        }
    }

    /// Begins a soft mask: all that follows is painted as its content.
    pub(crate) fn begin_mask(&mut self) {
        let blank = vec![[0.0; LAYERS]; self.pixels.len()];
        self.beneath.push(std::mem::replace(&mut self.pixels, blank));
    }

    /// Ends a soft mask and returns its index: made from luminosity (black where nothing was
    /// painted), or from the amount painted.
    pub(crate) fn end_mask(&mut self, lightness: bool) -> usize {
        let share = |&[c, m, y, k, _, painted]: &[f32; LAYERS]| {
            let light =
                if lightness { 1.0 - (0.3 * c + 0.59 * m + 0.11 * y + k).min(1.0) } else { 1.0 };
            (light * painted * 255.0).round() as u8
        };
        let values = self.pixels.iter().map(share).collect();
        self.masks.push(Coverage { x: 0, y: 0, width: self.width, height: self.height, values });
        self.pixels = self.beneath.pop().unwrap_or_default();
        self.masks.len() - 1
    }

    /// Returns the number of pixels.
    pub(crate) fn size(&self) -> usize {
        self.pixels.len()
    }
}

/// The coverage of a mark.
pub(crate) struct Shape(Coverage);

/// Returns a test for the inks that a mark leaves unchanged because it overprints them.
fn kept(mark: &Mark) -> impl Fn(usize, f32) -> bool + use<> {
    let (process, colorants) = match mark.paint.space().base() {
        Space::Cmyk => (mark.keep_zero, false),
        Space::Colorants { .. } => (false, true),
        _ => (false, false),
    };
    let on = mark.overprint && (process || colorants);
    move |layer, amount| (on && amount == 0.0) || (layer == 4 && process && on)
}

/// Applies inks to a pixel.
fn lay(
    pixel: &mut [f32; LAYERS],
    inks: &Inks,
    share: f32,
    blend: Blend,
    keep: impl Fn(usize, f32) -> bool,
) {
    let [c, m, y, k] = inks.cmyk;
    for (layer, ink) in [c, m, y, k, inks.spot].into_iter().enumerate() {
        if keep(layer, ink) {
            continue;
        }
        let under = pixel[layer];
        let mixed = match blend {
            Blend::Cover => ink,
            Blend::Multiply => 1.0 - (1.0 - under) * (1.0 - ink),
            Blend::Darken => under.max(ink),
        };
        pixel[layer] = under + (mixed - under) * share;
    }
    pixel[PAINTED] += (1.0 - pixel[PAINTED]) * share;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lain(
        under: [f32; 4],
        over: [f32; 4],
        share: f32,
        blend: Blend,
        overprint: bool,
    ) -> [f32; 4] {
        let mut pixel = [under[0], under[1], under[2], under[3], 0.0, 1.0];
        lay(&mut pixel, &Inks::process(over), share, blend, |_, ink| overprint && ink == 0.0);
        [pixel[0], pixel[1], pixel[2], pixel[3]]
    }

    #[test]
    fn inks_knock_out_overprint_and_mix() {
        let (cyan, black) = ([1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(lain(cyan, black, 1.0, Blend::Cover, false), black);
        assert_eq!(lain(cyan, black, 1.0, Blend::Cover, true), [1.0, 0.0, 0.0, 1.0]);
        assert_eq!(lain(cyan, black, 0.5, Blend::Cover, false), [0.5, 0.0, 0.0, 0.5]);
        assert_eq!(lain(cyan, black, 1.0, Blend::Multiply, false), [1.0, 0.0, 0.0, 1.0]);
        assert_eq!(
            lain([0.5, 0.0, 0.0, 0.0], [0.3, 0.2, 0.0, 0.0], 1.0, Blend::Darken, false),
            [0.5, 0.2, 0.0, 0.0]
        );
    }
}
