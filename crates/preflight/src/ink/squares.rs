//! The worst square of a page: with a summed-area table, the mean of any square takes four
//! look-ups.

use std::ops::Range;

use kurbo::Rect;
use serde::Serialize;

use super::{InkMap, Look, Plates};
use crate::finding::{MM, Region};

/// The number of layers that are inks.
const INKS: usize = 5;

/// The amount of each ink, as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ink {
    /// Cyan.
    pub cyan: f64,
    /// Magenta.
    pub magenta: f64,
    /// Yellow.
    pub yellow: f64,
    /// Black.
    pub black: f64,
    /// All spot inks combined.
    pub spots: f64,
}

impl Ink {
    fn of(sums: [f64; INKS], pixels: f64) -> Self {
        let [cyan, magenta, yellow, black, spots] = sums.map(|sum| tenth(sum / pixels * 100.0));
        Self { cyan, magenta, yellow, black, spots }
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The inks of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageInk {
    /// The page, from 1.
    pub page: usize,
    /// Whether all of the page was painted; if not, its inks are at least what follows, and the
    /// JSON has `null` for them.
    pub complete: bool,
    /// The mean of each ink over the whole page with its bleed.
    pub mean: Ink,
    /// The total ink of the square with the most ink, in percent.
    pub worst: f64,
    /// The mean of each ink in that square.
    pub inks: Ink,
    /// The location of that square.
    pub place: Region,
    /// A map of the inks over the page.
    pub map: InkMap,
    /// What the page looks like in its inks, if it was asked for.
    pub look: Option<Look>,
}

impl Serialize for PageInk {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let known = |value| self.complete.then_some(value);
        let mut out = serializer.serialize_struct("PageInk", 5)?;
        out.serialize_field("page", &self.page)?;
        out.serialize_field("mean", &known(self.mean))?;
        out.serialize_field("worst", &self.complete.then_some(self.worst))?;
        out.serialize_field("inks", &known(self.inks))?;
        out.serialize_field("place", &self.complete.then_some(self.place))?;
        out.end()
    }
}

impl Plates {
    /// Measures the page's inks; `side` is that of the square, in millimetres.
    pub(crate) fn measure(
        &self,
        page: usize,
        trim: Rect,
        side: f64,
        complete: bool,
    ) -> (PageInk, Rect) {
        let (width, height) = (self.width, self.height);
        let stride = width + 1;
        let mut sums = vec![0.0f64; stride * (height + 1)];
        for (y, pixels) in self.pixels.chunks_exact(width).enumerate() {
            let (above, below) = sums[y * stride..(y + 2) * stride].split_at_mut(stride);
            let mut row = 0.0;
            for ((pixel, above), below) in pixels.iter().zip(&above[1..]).zip(&mut below[1..]) {
                row += pixel[..INKS].iter().map(|&ink| f64::from(ink)).sum::<f64>();
                *below = above + row;
            }
        }
        let (w, h) = {
            let pixels = (side * MM * self.scale).round().max(1.0) as usize;
            (pixels.min(width), pixels.min(height))
        };
        let mut worst = (0.0, 0, 0);
        for y in 0..=height - h {
            let (top, bottom) =
                (&sums[y * stride..][..stride], &sums[(y + h) * stride..][..stride]);
            for x in 0..=width - w {
                let sum = bottom[x + w] - top[x + w] - bottom[x] + top[x];
                // A little more is needed to count as worse, so that rounding does not choose the
                // place.
                if sum > worst.0 + 1e-3 {
                    worst = (sum, x, y);
                }
            }
        }
        let (sum, x, y) = worst;
        let left = self.area.x0 + x as f64 / self.scale;
        let top = self.area.y1 - y as f64 / self.scale;
        let place = Rect::new(left, top - h as f64 / self.scale, left + w as f64 / self.scale, top);
        let ink = PageInk {
            page,
            complete,
            mean: self.mean(0..width, 0..height),
            worst: tenth(sum / (w * h) as f64 * 100.0),
            inks: self.mean(x..x + w, y..y + h),
            place: Region::of(place, trim),
            map: self.map(Region::of(self.area, trim), |x, y, w, h| {
                let at = |x: usize, y: usize| sums[y * stride + x];
                at(x + w, y + h) - at(x + w, y) - at(x, y + h) + at(x, y)
            }),
            look: None,
        };
        (ink, place)
    }

    fn mean(&self, columns: Range<usize>, rows: Range<usize>) -> Ink {
        let count = (columns.len() * rows.len()) as f64;
        let mut sums = [0.0f64; INKS];
        for y in rows {
            for pixel in &self.pixels[y * self.width..][columns.clone()] {
                sums.iter_mut().zip(pixel).for_each(|(sum, &ink)| *sum += f64::from(ink));
            }
        }
        Ink::of(sums, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_square_is_found_with_its_place() {
        let area = Rect::new(0.0, 0.0, 100.0 * MM, 100.0 * MM);
        let mut plates = Plates::new(area, None);
        let (from, to) = ((40.0 * MM) as usize, (60.0 * MM) as usize);
        for y in from..to {
            for x in from..to {
                plates.pixels[y * plates.width + x] = [1.0, 1.0, 0.5, 0.0, 0.0, 1.0];
            }
        }
        let (ink, _) = plates.measure(3, area, 15.0, true);
        assert_eq!((ink.page, ink.worst), (3, 250.0));
        assert_eq!((ink.inks.cyan, ink.inks.yellow, ink.inks.black), (100.0, 50.0, 0.0));
        assert!(
            (ink.place.x - 40.0).abs() < 0.5 && (ink.place.width - 15.0).abs() < 0.3,
            "{:?}",
            ink.place
        );
        assert!((ink.mean.cyan - 4.0).abs() < 0.2);
        let map = &ink.map;
        assert_eq!(map.sums.len(), map.width * map.height);
        let at = |x: f64, y: f64| {
            map.sums[(y * map.height as f64) as usize * map.width + (x * map.width as f64) as usize]
        };
        assert_eq!((at(0.5, 0.5), at(0.3, 0.5), at(0.5, 0.7)), (250, 0, 0));
    }
}
