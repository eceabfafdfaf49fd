//! Tones: how light a colour is, what it looks like beside another, and the nearest that can be
//! read.

use palette::color_difference::{Ciede2000, Wcag21RelativeContrast};
use palette::convert::FromColorUnclamped;
use palette::{FromColor, IntoColor, Lab, Oklab, Oklch, Srgb, white_point::D65};

/// Red, green and blue on a screen (sRGB).
pub type Rgb = [u8; 3];

/// White paper.
pub const WHITE: Rgb = [255; 3];

/// Black ink.
pub const BLACK: Rgb = [0; 3];

/// The contrast that what is drawn needs to be seen (WCAG 2.1, 1.4.11).
pub const SEEN: f32 = 3.0;

/// The contrast that text needs (WCAG 2.1, 1.4.3).
pub const READABLE: f32 = 4.5;

/// The steps of a search for a tone: finer than a screen shows.
const STEPS: usize = 24;

fn light(rgb: Rgb) -> Srgb<f32> {
    Srgb::from(rgb).into_format()
}

/// Returns a colour in OKLCH: lightness from 0 to 1, chroma, hue in degrees.
pub fn polar(rgb: Rgb) -> [f32; 3] {
    let colour: Oklch = light(rgb).into_color();
    [colour.l, colour.chroma, colour.hue.into_positive_degrees()]
}

/// Returns the colour of a lightness, a chroma and a hue; the chroma gives way where a screen cannot
/// show it.
pub fn from_polar([l, chroma, hue]: [f32; 3]) -> Rgb {
    let at = |chroma| Srgb::from_color_unclamped(Oklch::new(l.clamp(0.0, 1.0), chroma, hue));
    let shows = |colour: Srgb<f32>| {
        [colour.red, colour.green, colour.blue].iter().all(|part| (-5e-4..=1.0005).contains(part))
    };
    let (mut least, mut most) = (0.0, chroma);
    if !shows(at(most)) {
        for _ in 0..STEPS {
            let middle = f32::midpoint(least, most);
            if shows(at(middle)) { least = middle } else { most = middle }
        }
        most = least;
    }
    let colour: Srgb<u8> = at(most).into_format();
    colour.into()
}

/// Returns a colour in OKLab, in hundredths: equal steps look equal.
pub fn place(rgb: Rgb) -> [f32; 3] {
    let colour: Oklab = light(rgb).into_color();
    [colour.l, colour.a, colour.b].map(|part| part * 100.0)
}

/// Returns how far two places of [`place`] are from each other.
pub fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt()
}

/// Returns a colour in CIELAB.
pub fn lab(rgb: [f32; 3]) -> Lab<D65, f32> {
    Srgb::from(rgb).into_color()
}

/// Returns the parts of a colour from 0 to 1.
pub fn parts(rgb: Rgb) -> [f32; 3] {
    light(rgb).into()
}

/// Returns how different two colours look (CIEDE2000): 1 is just seen, 5 is plain.
pub fn difference(a: Lab<D65, f32>, b: Lab<D65, f32>) -> f32 {
    a.difference(b)
}

/// Returns the contrast of two colours: from 1 : 1 to 21 : 1 (WCAG 2.1).
pub fn contrast(a: Rgb, b: Rgb) -> f32 {
    light(a).relative_contrast(light(b))
}

/// Returns the least contrast of a colour with others.
fn least(colour: Rgb, grounds: &[Rgb]) -> f32 {
    grounds.iter().map(|ground| contrast(colour, *ground)).fold(f32::INFINITY, f32::min)
}

/// Returns the nearest tone of a colour's hue that reaches a contrast with all of the grounds: the
/// colour itself, a darker one on light grounds, or a lighter one on dark ones.
pub fn readable(colour: Rgb, grounds: &[Rgb], wanted: f32) -> Rgb {
    if least(colour, grounds) >= wanted {
        return colour;
    }
    let [l, chroma, hue] = polar(colour);
    let dark = grounds.iter().all(|ground| polar(*ground)[0] < 0.6);
    let (mut fails, mut holds) = (l, if dark { 1.0 } else { 0.0 });
    for _ in 0..STEPS {
        let middle = f32::midpoint(fails, holds);
        let reaches = least(from_polar([middle, chroma, hue]), grounds) >= wanted;
        if reaches { holds = middle } else { fails = middle }
    }
    from_polar([holds, chroma, hue])
}

/// Mixes two colours as the eye does.
pub fn mixed(a: Rgb, b: Rgb, share: f32) -> Rgb {
    let (a, b): (Oklab, Oklab) = (light(a).into_color(), light(b).into_color());
    let between = |a: f32, b: f32| a + (b - a) * share;
    let colour =
        Srgb::from_color(Oklab::new(between(a.l, b.l), between(a.a, b.a), between(a.b, b.b)));
    colour.into_format::<u8>().into()
}

/// Writes a colour as `#RRGGBB`.
pub fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_norm() {
        assert!((contrast(WHITE, [0; 3]) - 21.0).abs() < 0.01);
        assert!((contrast(WHITE, [0x76; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn the_nearest_readable_tone_just_reaches_its_contrast() {
        for colour in [[245, 163, 26], [127, 219, 202], [255, 220, 0], [200, 120, 255]] {
            let tone = readable(colour, &[WHITE], READABLE);
            let reached = contrast(tone, WHITE);
            assert!((READABLE..READABLE + 0.1).contains(&reached), "{colour:?}: {reached}");
            let turned = (polar(tone)[2] - polar(colour)[2]).abs();
            assert!(turned.min(360.0 - turned) < 6.0, "{colour:?}: the hue turned by {turned}");
        }
        assert_eq!(readable([0, 89, 76], &[WHITE], READABLE), [0, 89, 76]);
        let pale = readable([0, 89, 76], &[[0, 30, 25]], READABLE);
        assert!(contrast(pale, [0, 30, 25]) >= READABLE);
    }
}
