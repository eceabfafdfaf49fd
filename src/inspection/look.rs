//! Pages as a screen shows their inks.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use pdfx::Proof;
use preflight::Look;

/// How much grey a spot ink is shown as: what colour it has, only its maker knows.
const SPOT: f32 = 0.5;

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
