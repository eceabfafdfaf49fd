//! Pages as a screen shows their inks.

use std::borrow::Cow;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use pdfx::Proof;
use preflight::Look;

/// How much grey a spot ink is shown as: what colour it has, only its maker knows.
const SPOT: f32 = 0.5;

/// Returns a look that is made smaller by a whole number, where it is wider than so many pixels.
pub(super) fn smaller(look: &Look, most: usize) -> Cow<'_, Look> {
    let step = look.width.div_ceil(most.max(1));
    if step < 2 {
        return Cow::Borrowed(look);
    }
    let (width, height) = (look.width.div_ceil(step), look.height.div_ceil(step));
    let mut sums = vec![([0u32; 5], 0u32); width * height];
    for (row, pixels) in look.inks.chunks_exact(look.width).enumerate() {
        for (column, inks) in pixels.iter().enumerate() {
            let (sum, count) = &mut sums[row / step * width + column / step];
            sum.iter_mut().zip(inks).for_each(|(sum, ink)| *sum += u32::from(*ink));
            *count += 1;
        }
    }
    let mean = |(sum, count): ([u32; 5], u32)| sum.map(|ink| (ink / count.max(1)) as u8);
    Cow::Owned(Look { width, height, inks: sums.into_iter().map(mean).collect(), area: look.area })
}

/// Draws pages as coated paper shows them.
pub(super) struct Screen {
    proof: Option<Proof>,
}

impl Screen {
    /// Reads the profile that is built in.
    pub(super) fn new() -> Self {
        Self { proof: Proof::new(pdfx::COATED).ok() }
    }

    /// Draws a page as a PNG.
    pub(super) fn png(&self, look: &Look) -> Option<Vec<u8>> {
        let mut last = ([0; 5], [255; 3]);
        let mut light = Vec::with_capacity(look.inks.len() * 3);
        for inks in &look.inks {
            // Most pixels are as the one before them, and paper is white.
            if *inks != last.0 {
                last = (*inks, self.of(*inks));
            }
            light.extend(last.1);
        }
        let (width, height) = (u32::try_from(look.width).ok()?, u32::try_from(look.height).ok()?);
        let mut png = vec![];
        PngEncoder::new(&mut png)
            .write_image(&light, width, height, ExtendedColorType::Rgb8)
            .ok()?;
        Some(png)
    }

    fn of(&self, inks: [u8; 5]) -> [u8; 3] {
        let [c, m, y, k, spot] = inks.map(|ink| f32::from(ink) / 255.0);
        let inks = [c, m, y, (k + spot * SPOT).min(1.0)];
        let light = match &self.proof {
            Some(proof) if inks.iter().any(|&ink| ink > 0.0) => proof.of_inks(inks),
            _ => [0, 1, 2].map(|at| (1.0 - inks[at]) * (1.0 - inks[3])),
        };
        light.map(|part| (part * 255.0).round() as u8)
    }
}

#[cfg(test)]
mod tests {
    use preflight::Region;

    use super::*;

    #[test]
    fn a_smaller_look_has_the_mean_of_its_pixels() {
        let area = Region { x: 0.0, y: 0.0, width: 3.0, height: 2.0 };
        let inks = [10, 20, 30, 40, 50, 60].map(|ink| [ink, 0, 0, 0, 255]).to_vec();
        let look = Look { width: 3, height: 2, inks, area };
        assert_eq!(*smaller(&look, 3), look);
        let small = smaller(&look, 2);
        assert_eq!((small.width, small.height), (2, 1));
        assert_eq!(small.inks, [[30, 0, 0, 0, 255], [45, 0, 0, 0, 255]]);
    }
}
