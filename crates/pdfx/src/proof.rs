//! What inks look like: the way back from CMYK to a screen, by the profile of the press.

use moxcms::{ColorProfile, Layout, RenderingIntent, TransformF32Executor, TransformOptions};
use std::sync::Arc;

use super::PressError;

/// A converter from inks to what a screen shows of them.
pub struct Proof {
    transform: Arc<TransformF32Executor>,
}

impl Proof {
    /// Creates a converter for a profile of four inks.
    pub fn new(profile: &[u8]) -> Result<Self, PressError> {
        let press = ColorProfile::new_from_slice(profile).map_err(PressError::Profile)?;
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            ..TransformOptions::default()
        };
        let transform = press
            .create_transform_f32(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options)
            .map_err(PressError::Profile)?;
        Ok(Self { transform })
    }

    /// Returns red, green and blue (sRGB), from 0 to 1, of inks from 0 to 1.
    pub fn of_inks(&self, inks: [f32; 4]) -> [f32; 3] {
        let mut light = [0.0; 3];
        match self.transform.transform(&inks, &mut light) {
            Ok(()) => light.map(|part| part.clamp(0.0, 1.0)),
            // A transform of one pixel of the right layout does not fail.
            Err(_) => [1.0 - inks[3]; 3],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{COATED, Inks};

    #[test]
    fn what_inks_look_like_is_what_they_were_made_of() {
        let (inks, proof) =
            (Inks::new(COATED, &[]).expect("a profile"), Proof::new(COATED).expect("a profile"));
        for colour in [[0.1, 0.35, 0.3], [0.55, 0.25, 0.25], [0.8, 0.7, 0.5]] {
            let seen = proof.of_inks(inks.of_rgb(colour));
            let off = colour.iter().zip(seen).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off < 0.03, "{colour:?} became {seen:?}");
        }
        assert_eq!(proof.of_inks([0.0; 4]).map(|part| part.round()), [1.0; 3]);
    }
}
