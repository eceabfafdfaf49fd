//! Colours as CSS writes them: names, digits and functions (CSS Color 4).

use color::{Oklch, Srgb, parse_color};

use crate::tone::{Rgb, from_polar};

/// How far a part may be beyond what a screen shows, for the rounding of numbers.
const ROUNDING: f32 = 2e-3;

/// Reads a colour of CSS: as a screen shows it, and how much of it covers its ground, from 0 to 1.
/// One beyond what a screen shows gives up chroma. `None` if it is no colour, or hangs on a page, as
/// `currentcolor` does.
pub fn read(text: &str) -> Option<(Rgb, f32)> {
    let colour = parse_color(text).ok()?;
    let [red, green, blue, alpha] = colour.to_alpha_color::<Srgb>().components;
    let parts = [red, green, blue];
    let screen = if parts.iter().all(|part| (-ROUNDING..=1.0 + ROUNDING).contains(part)) {
        parts.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
    } else {
        let [lightness, chroma, hue, _] = colour.to_alpha_color::<Oklch>().components;
        from_polar([lightness, chroma, hue])
    };
    Some((screen, alpha))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_css_to_write_a_colour_is_read() {
        for (text, wanted) in [
            ("#00594C", [0, 89, 76]),
            ("#0af", [0, 170, 255]),
            ("rgb(0, 89, 76)", [0, 89, 76]),
            ("rgb(0 89 76 / 100%)", [0, 89, 76]),
            ("hsl(120, 100%, 25%)", [0, 128, 0]),
            ("hwb(0 0% 0%)", [255, 0, 0]),
            ("RebeccaPurple", [102, 51, 153]),
            (" teal ", [0, 128, 128]),
            ("oklch(62.8% 0.2577 29.23)", [255, 0, 0]),
            ("lab(100% 0 0)", [255, 255, 255]),
        ] {
            let (colour, alpha) = read(text).expect(text);
            let near = colour.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 1);
            assert!(near && alpha == 1.0, "{text}: {colour:?}, {alpha}");
        }
        assert_eq!(read("#2F6F4F80").map(|(colour, _)| colour), Some([47, 111, 79]));
        assert!(read("rgba(0, 0, 0, 0.25)").is_some_and(|(_, alpha)| (alpha - 0.25).abs() < 0.01));
        for text in ["currentcolor", "var(--sea)", "00594C", "#00594", "rot", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_colour_beyond_the_screen_keeps_its_hue() {
        let (colour, _) = read("color(display-p3 0 1 0)").expect("a colour");
        assert!(colour[1] > 240 && colour[0] < 120 && colour[2] < 120, "{colour:?}");
        assert!(read("oklch(70% 0.4 150)").is_some_and(|([r, g, b], _)| g > r && g > b));
    }
}
