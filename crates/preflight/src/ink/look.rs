//! What a page looks like in its inks: the plates, made smaller.

use super::Plates;
use crate::finding::Region;

/// The longer side in pixels, and the least of it where there are many pages.
const SIDE: [f64; 2] = [860.0, 120.0];
/// The approximate number of pixels of all pages together.
const PIXELS: f64 = 16e6;

/// A page in its inks, with its bleed.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The number of pixels in a row.
    pub width: usize,
    /// The number of rows.
    pub height: usize,
    /// Cyan, magenta, yellow, black and the sum of spot inks of each pixel, 255 being all of an ink;
    /// rows from the top, each from the left.
    pub inks: Vec<[u8; 5]>,
    /// The area that is shown.
    pub area: Region,
}

impl Plates {
    /// Makes the look of a page of a file with so many.
    pub(crate) fn look(&self, area: Region, pages: usize) -> Look {
        let side = (PIXELS / pages.max(1) as f64 * 1.4).sqrt().clamp(SIDE[1], SIDE[0]);
        let step = (self.width.max(self.height) as f64 / side).ceil().max(1.0) as usize;
        let (width, height) = (self.width.div_ceil(step), self.height.div_ceil(step));
        let mut inks = Vec::with_capacity(width * height);
        for top in (0..self.height).step_by(step) {
            for left in (0..self.width).step_by(step) {
                let (right, bottom) =
                    ((left + step).min(self.width), (top + step).min(self.height));
                let mut sums = [0.0f32; 5];
                for row in top..bottom {
                    for pixel in &self.pixels[row * self.width + left..row * self.width + right] {
                        sums.iter_mut().zip(pixel).for_each(|(sum, ink)| *sum += ink);
                    }
                }
                let count = ((right - left) * (bottom - top)) as f32;
                inks.push(sums.map(|sum| (sum / count * 255.0).clamp(0.0, 255.0).round() as u8));
            }
        }
        Look { width, height, inks, area }
    }
}
