//! Converts sRGB colours to CMYK inks: tokens as declared, neutral colours to black only, all
//! others by the profile, and those of drawings in three inks where three will do.

use moxcms::{
    BarycentricWeightScale, ColorProfile, DataColorSpace, InterpolationMethod, Layout,
    ProfileClass, RenderingIntent, TransformF32Executor, TransformOptions,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::PressError;
use super::few::few;
use super::proof::Proof;

/// How far fewer inks may look from a colour (CIEDE2000): hardly seen without the other beside it.
const NEAR: f32 = 4.0;
/// The same of a colour that the program chose.
const CHOSEN: f32 = 12.0;

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
    proof: Proof,
    /// What was drawn before: the search for fewer inks takes longer than a look.
    drawn: Mutex<BTreeMap<[u8; 3], Cmyk>>,
}

impl std::fmt::Debug for Inks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inks").field("tokens", &self.tokens).finish_non_exhaustive()
    }
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
        Ok(Self { tokens, transform, proof: Proof::new(profile)?, drawn: Mutex::default() })
    }

    /// Returns the inks of an sRGB colour that is drawn or written, with components from 0 to 1: three
    /// at most where three look the same. Where four plates are out of register, a fine line has edges
    /// of colour.
    pub fn drawn(&self, rgb: [f32; 3]) -> Cmyk {
        let inks = self.of_rgb(rgb);
        let key = key(rgb);
        if self.tokens.contains_key(&key) || inks[..3].contains(&0.0) {
            return inks;
        }
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        *drawn.entry(key).or_insert_with(|| few(&self.proof, inks, NEAR))
    }

    /// Returns the inks of an sRGB colour that nobody but the program chose: as [`Self::drawn`], but
    /// what it looks like in three inks may be further from it.
    pub fn chosen(&self, rgb: [f32; 3]) -> Cmyk {
        let inks = self.of_rgb(rgb);
        if inks[..3].contains(&0.0) { inks } else { few(&self.proof, inks, CHOSEN) }
    }

    /// Returns the inks of an sRGB colour with components from 0 to 1.
    pub fn of_rgb(&self, rgb: [f32; 3]) -> Cmyk {
        let key = key(rgb);
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

/// The colour as a screen of eight bits shows it.
fn key(rgb: [f32; 3]) -> [u8; 3] {
    rgb.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
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
    fn what_is_drawn_is_printed_in_three_inks_that_look_the_same() {
        let (inks, proof) = (inks(), Proof::new(COATED).expect("a profile"));
        for rgb in [[0.11, 0.16, 0.27], [0.12, 0.47, 0.71], [0.55, 0.34, 0.29], [0.3, 0.35, 0.2]] {
            let (all, drawn) = (inks.of_rgb(rgb), inks.drawn(rgb));
            assert!(!all.contains(&0.0), "{all:?}");
            assert!(drawn[..3].contains(&0.0), "{drawn:?}");
            assert!(drawn.iter().sum::<f32>() <= all.iter().sum::<f32>(), "{all:?}: {drawn:?}");
            let (all, drawn) = (proof.of_inks(all), proof.of_inks(drawn));
            let off = all.iter().zip(drawn).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off < 0.06, "{all:?} became {drawn:?}");
        }
        let dark = [0.0, 0.18, 0.15];
        assert!(!inks.drawn(dark).contains(&0.0));
        assert!(inks.chosen(dark)[..3].contains(&0.0));
        // What is declared is printed as it is, and so is a picture.
        assert_eq!(inks.drawn([0.0, 33.0 / 255.0, 107.0 / 255.0]), [1.0, 0.8, 0.0, 0.35]);
        assert_eq!(inks.drawn([0.0; 3]), [0.0, 0.0, 0.0, 1.0]);
        assert!(!inks.of_pixels(&[28, 41, 69]).contains(&0));
    }

    #[test]
    fn only_a_press_profile_will_do() {
        assert!(matches!(Inks::new(b"no profile", &[]), Err(PressError::Profile(_))));
        let srgb = ColorProfile::new_srgb().encode().expect("a profile");
        assert!(matches!(Inks::new(&srgb, &[]), Err(PressError::NotCmyk)));
    }
}
