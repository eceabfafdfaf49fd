//! The plates: every mark is painted into them as a press would print the inks.

use std::rc::Rc;

use kurbo::{Affine, Point, Rect};

use super::super::page::{Blend, Budget, Clip, Inks, Kind, Mark, Paint, Raster, SoftMask, Space};
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
    /// The plates beneath a soft mask's content, while it is being painted.
    beneath: Vec<Beneath>,
    /// What lies beneath each knock-out group that is open.
    backdrops: Vec<Vec<[f32; LAYERS]>>,
}

/// The plates that a soft mask's own stand in for.
struct Beneath {
    pixels: Vec<[f32; LAYERS]>,
    width: usize,
    height: usize,
    to_pixels: Affine,
    clips: Vec<(Rc<Clip>, Rc<Coverage>)>,
    backdrops: Vec<Vec<[f32; LAYERS]>>,
    /// Where the mask begins on them.
    corner: (usize, usize),
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
            beneath: vec![],
            backdrops: vec![],
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
        let mask = mark.mask.as_ref();
        if let Some(mask) = mask.and_then(|mask| mask.downcast_ref::<Coverage>()) {
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
        let Coverage { x, y, width, height, .. } = shape.0;
        let raster = Raster { x, y, width, height };
        let cost = match &mark.paint {
            Paint::Gradient(gradient) => gradient.cost(self.to_pixels, raster),
            _ => 0,
        };
        if !budget.spend(shape.0.values.len().saturating_add(cost)) {
            return;
        }
        let mesh = match &mark.paint {
            Paint::Gradient(gradient) => gradient.mesh(self.to_pixels, raster),
            _ => None,
        };
        let in_raster = |at: usize| (at / self.width - y) * width + at % self.width - x;
        let to_unit = if let Kind::Image { matrix, .. } = &mark.kind {
            matrix.inverse()
        } else {
            Affine::IDENTITY
        };
        let from_pixels = self.to_pixels.inverse();
        let keep = kept(mark);
        let stride = self.width;
        let middle = |at: usize| {
            from_pixels * Point::new((at % stride) as f64 + 0.5, (at / stride) as f64 + 0.5)
        };
        let backdrop = self.backdrops.last();
        for (at, covered) in shape.0.covered(stride) {
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
                Paint::Gradient(gradient) => match &mesh {
                    Some(mesh) => mesh.get(in_raster(at)).copied().flatten(),
                    None => gradient.inks(middle(at)),
                },
                Paint::Picture(picture) => {
                    let unit = to_unit * middle(at);
                    picture.inks(unit.x, 1.0 - unit.y)
                }
            };
            if let Some(inks) = inks {
                let under = backdrop.and_then(|pixels| pixels.get(at)).copied();
                lay(
                    &mut self.pixels[at],
                    under,
                    &inks,
                    f32::from(covered) / 255.0 * mark.alpha,
                    mark.blend,
                    &keep,
                );
            }
        }
    }

    /// Begins a soft mask within an area, in points: all that follows is painted as its content.
    /// Returns the number of its pixels.
    pub(crate) fn begin_mask(&mut self, area: Rect) -> usize {
        let all = Rect::new(0.0, 0.0, self.width as f64, self.height as f64);
        let part = self.to_pixels.transform_rect_bbox(area).intersect(all).expand();
        let sound = part.is_finite() && part.width() >= 1.0 && part.height() >= 1.0;
        let part = if sound { part } else { Rect::new(0.0, 0.0, 1.0, 1.0) };
        let (width, height) = (part.width() as usize, part.height() as usize);
        let blank = vec![[0.0; LAYERS]; width * height];
        let moved = Affine::translate((-part.x0, -part.y0)) * self.to_pixels;
        self.beneath.push(Beneath {
            pixels: std::mem::replace(&mut self.pixels, blank),
            width: std::mem::replace(&mut self.width, width),
            height: std::mem::replace(&mut self.height, height),
            to_pixels: std::mem::replace(&mut self.to_pixels, moved),
            clips: std::mem::take(&mut self.clips),
            backdrops: std::mem::take(&mut self.backdrops),
            corner: (part.x0 as usize, part.y0 as usize),
        });
        width * height
    }

    /// Ends a soft mask and returns it: made from luminosity (black where nothing was
    /// painted), or from the amount painted.
    pub(crate) fn end_mask(&mut self, lightness: bool) -> SoftMask {
        let share = |&[c, m, y, k, _, painted]: &[f32; LAYERS]| {
            let light =
                if lightness { 1.0 - (0.3 * c + 0.59 * m + 0.11 * y + k).min(1.0) } else { 1.0 };
            (light * painted * 255.0).round() as u8
        };
        let values = self.pixels.iter().map(share).collect();
        let mut mask = Coverage { x: 0, y: 0, width: self.width, height: self.height, values };
        if let Some(beneath) = self.beneath.pop() {
            (mask.x, mask.y) = beneath.corner;
            self.pixels = beneath.pixels;
            (self.width, self.height) = (beneath.width, beneath.height);
            (self.to_pixels, self.clips) = (beneath.to_pixels, beneath.clips);
            self.backdrops = beneath.backdrops;
        }
        Rc::new(mask)
    }

    /// Begins a knock-out group; returns the number of pixels kept for it.
    pub(crate) fn begin_knockout(&mut self, painting: bool) -> usize {
        // Where nothing more is painted, nothing is kept.
        let kept = if painting { self.pixels.clone() } else { vec![] };
        let count = kept.len();
        self.backdrops.push(kept);
        count
    }

    /// Ends a knock-out group.
    pub(crate) fn end_knockout(&mut self) {
        self.backdrops.pop();
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

/// Applies inks to a pixel; in a knock-out group they meet what is `beneath` it.
fn lay(
    pixel: &mut [f32; LAYERS],
    beneath: Option<[f32; LAYERS]>,
    inks: &Inks,
    share: f32,
    blend: Blend,
    keep: impl Fn(usize, f32) -> bool,
) {
    let [c, m, y, k] = inks.cmyk;
    for (layer, ink) in [c, m, y, k, inks.spot].into_iter().enumerate() {
        let under = beneath.map_or(pixel[layer], |beneath| beneath[layer]);
        let mixed = match blend {
            _ if keep(layer, ink) => under,
            Blend::Cover => ink,
            Blend::Multiply => 1.0 - (1.0 - under) * (1.0 - ink),
            Blend::Darken => under.max(ink),
        };
        // The shape replaces what the group has here; what it is made of is mixed with what is
        // beneath the group.
        match beneath {
            Some(_) => pixel[layer] = under + (mixed - under) * share,
            None => pixel[layer] += (mixed - under) * share,
        }
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
        lay(&mut pixel, None, &Inks::process(over), share, blend, |_, ink| overprint && ink == 0.0);
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
