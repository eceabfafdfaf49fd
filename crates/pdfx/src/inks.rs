//! Converts sRGB colours to CMYK inks: tokens as declared, neutral colours to black only, all
//! others by the profile.

use moxcms::{
    BarycentricWeightScale, ColorProfile, DataColorSpace, InterpolationMethod, Layout,
    ProfileClass, RenderingIntent, TransformF32Executor, TransformOptions,
};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::PressError;

/// C, M, Y and K, each from 0 to 1.
pub(crate) type Cmyk = [f32; 4];

/// A colour of the template, with the inks that represent it.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Red, green and blue on screen (sRGB).
    pub screen: [u8; 3],
    /// C, M, Y and K, each from 0 to 1.
    pub inks: Cmyk,
}

/// A converter from sRGB colours to CMYK inks.
pub struct Inks {
    tokens: BTreeMap<[u8; 3], Cmyk>,
    transform: Arc<TransformF32Executor>,
}

impl Inks {
    /// Creates a converter for a profile, relative colorimetric as press profiles are used for
    /// drawings.
    pub fn new(profile: &[u8], tokens: &[Token]) -> Result<Self, PressError> {
        let press = ColorProfile::new_from_slice(profile).map_err(PressError::Profile)?;
        if press.profile_class != ProfileClass::OutputDevice
            || press.color_space != DataColorSpace::Cmyk
        {
            return Err(PressError::NotCmyk);
        }
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            interpolation_method: InterpolationMethod::Tetrahedral,
            barycentric_weight_scale: BarycentricWeightScale::High,
            ..TransformOptions::default()
        };
        let transform = ColorProfile::new_srgb()
            .create_transform_f32(Layout::Rgb, &press, Layout::Rgba, options)
            .map_err(PressError::Profile)?;
        let tokens = tokens.iter().map(|token| (token.screen, token.inks)).collect();
        Ok(Self { tokens, transform })
    }

    /// Returns the inks of an sRGB colour with components from 0 to 1.
    pub fn of_rgb(&self, rgb: [f32; 3]) -> Cmyk {
        let key = rgb.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
        if let Some(inks) = self.tokens.get(&key) {
            return *inks;
        }
        // Gray and black are one ink: four of them never meet exactly.
        if key[0] == key[1] && key[1] == key[2] {
            return of_gray(rgb[0]);
        }
        let mut inks = [0.0; 4];
        match self.transform.transform(&rgb, &mut inks) {
            Ok(()) => inks.map(|ink| ink.clamp(0.0, 1.0)),
            // A transform of one pixel of the right layout does not fail.
            Err(_) => of_gray(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]),
        }
    }

    /// Converts sRGB pixels to inks.
    pub fn of_pixels(&self, rgb: &[u8]) -> Vec<u8> {
        let mut seen: BTreeMap<[u8; 3], [u8; 4]> = BTreeMap::new();
        let to_byte = |ink: f32| (ink * 255.0).round() as u8;
        rgb.chunks_exact(3)
            .flat_map(|pixel| {
                let key = [pixel[0], pixel[1], pixel[2]];
                *seen.entry(key).or_insert_with(|| {
                    self.of_rgb(key.map(|part| f32::from(part) / 255.0)).map(to_byte)
                })
            })
            .collect()
    }
}

/// Converts grey to black ink only; `gray` goes from 0, black, to 1, white.
pub(crate) fn of_gray(gray: f32) -> Cmyk {
    [0.0, 0.0, 0.0, 1.0 - gray.clamp(0.0, 1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::COATED;

    fn inks() -> Inks {
        let tokens = [Token { screen: [0, 33, 107], inks: [1.0, 0.8, 0.0, 0.35] }];
        Inks::new(COATED, &tokens).expect("the profile that comes along")
    }

    #[test]
    fn a_token_has_its_own_inks_and_gray_has_one() {
        let inks = inks();
        assert_eq!(inks.of_rgb([0.0, 33.0 / 255.0, 107.0 / 255.0]), [1.0, 0.8, 0.0, 0.35]);
        assert_eq!(inks.of_rgb([0.0; 3]), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(inks.of_rgb([1.0; 3]), [0.0; 4]);
        assert_eq!(inks.of_pixels(&[0, 0, 0, 255, 255, 255]), [0, 0, 0, 255, 0, 0, 0, 0]);
    }

    #[test]
    fn other_colours_go_through_the_profile_within_its_ink_limit() {
        let inks = inks();
        let red = inks.of_rgb([1.0, 0.0, 0.0]);
        assert!(red[0] < 0.2 && red[1] > 0.8 && red[2] > 0.8, "{red:?}");
        for rgb in [[0.1, 0.05, 0.0], [0.2, 0.0, 0.3], [0.0, 0.1, 0.05]] {
            let sum: f32 = inks.of_rgb(rgb).iter().sum();
            assert!(sum <= 3.01, "{rgb:?}: {sum}");
        }
    }

    #[test]
    fn only_a_press_profile_will_do() {
        assert!(matches!(Inks::new(b"no profile", &[]), Err(PressError::Profile(_))));
        let srgb = ColorProfile::new_srgb().encode().expect("a profile");
        assert!(matches!(Inks::new(&srgb, &[]), Err(PressError::NotCmyk)));
    }
}
