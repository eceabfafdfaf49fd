//! The beginning of a brand file: from two colours, or from those of a logo.

use std::collections::BTreeMap;

use crate::press::{PLAIN, Press};
use crate::tone::{Rgb, distance, hex, place, polar};

/// How far a second colour is from the first at least, in steps that look equal.
const APART: f32 = 14.0;

/// The names of colours, with the roles that they play.
const NAMES: [(&str, &str); 3] =
    [("main", "primary"), ("second", "secondary"), ("third", "tertiary")];

/// Writes a brand file of some colours, with their inks, and a logo. Inks that look plainly otherwise
/// are not written: then the colour is told where the file is read.
pub fn begin(colours: &[Rgb], logo: Option<&str>, press: &Press) -> String {
    let mut out = String::from("# yaml-language-server: $schema=../schemas/brand.json\n");
    if !colours.is_empty() {
        out += "color:\n  palette:\n";
        for (index, colour) in colours.iter().enumerate() {
            let name = NAMES
                .get(index)
                .map_or(format!("colour-{}", index + 1), |(name, _)| (*name).into());
            let inks = press.inks(*colour);
            let colour = if press.error(*colour, inks) < PLAIN {
                let inks = inks.map(|ink| ink.to_string()).join(", ");
                format!("{{value: \"{}\", ink: [{inks}]}}", hex(*colour))
            } else {
                format!("\"{}\"", hex(*colour))
            };
            out += &format!("    {name}: {colour}\n");
        }
        for ((name, role), _) in NAMES.iter().zip(colours) {
            out += &format!("  {role}: {name}\n");
        }
    }
    if let Some(logo) = logo {
        out += &format!("logo: {}\n", serde_json::Value::from(logo));
    }
    out
}

/// Chooses the two colours that stand for a picture, of all its colours by how much of it they
/// cover: the most that is no gray, and the most that is plainly another.
pub fn chosen(colours: &BTreeMap<Rgb, f32>) -> Vec<Rgb> {
    let mut all: Vec<(Rgb, f32)> = colours.iter().map(|(colour, area)| (*colour, *area)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let is_colour = |colour: Rgb| {
        let [l, chroma, _] = polar(colour);
        chroma > 0.04 && (0.15..0.93).contains(&l)
    };
    let first = all.iter().find(|(colour, _)| is_colour(*colour));
    let first = first.or_else(|| all.iter().find(|(colour, _)| polar(*colour)[0] < 0.7));
    let Some((first, _)) = first.copied() else { return vec![] };
    let far = |colour: Rgb| distance(place(first), place(colour)) > APART;
    let second = all.iter().find(|(colour, _)| is_colour(*colour) && far(*colour));
    [Some(first), second.map(|(colour, _)| *colour)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Brand;
    use source::{Problems, SourceFile};

    #[test]
    fn what_is_begun_is_a_brand_without_a_fault() {
        let press = Press::new(pdfx::COATED, 300.0).expect("a profile");
        let text = begin(&[[0, 89, 76], [181, 138, 60]], Some("sign.svg"), &press);
        let file = Arc::new(SourceFile { path: "brand.yaml".into(), text });
        let mut problems = Problems::default();
        let brand = Brand::read(&file, &mut problems).expect("a brand");
        let look = brand.look(&press, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(look.tokens["accent"].screen, [0, 89, 76]);
    }

    #[test]
    fn white_and_grays_are_no_colours_of_a_house() {
        let area = [
            ([255, 255, 255], 9.0),
            ([30, 30, 30], 5.0),
            ([158, 27, 34], 2.0),
            ([150, 30, 40], 1.5),
            ([195, 154, 44], 1.0),
        ];
        assert_eq!(chosen(&area.into()), [[158, 27, 34], [195, 154, 44]]);
        assert_eq!(chosen(&[([20, 20, 20], 1.0)].into()), [[20, 20, 20]]);
    }
}
