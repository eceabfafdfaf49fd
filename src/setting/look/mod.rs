//! The look of a house as the kit reads it: its tones by name, its faces, its pictures.

mod faces;
mod pictures;

use brand::{Look, Press, Series, Tone};
use serde_json::{Map, Value, json};

use super::inputs::keep;
use super::world::{Files, Fonts};
use crate::reading::{Art, House, Purpose};
use source::Problems;

/// The file with the house's look; an empty mapping where the report has none.
const BRAND: &str = "/data/brand.json";

pub use pictures::placed;

/// The most ink of a colour, in per cent: that of the profile that press files are held to.
pub fn most_ink() -> f32 {
    preflight::Profile::house().limit(&preflight::rules::INK_PERCENT) as f32
}

/// Gives the kit the look of a house.
pub fn write(
    (house, art): (Option<&House>, &Art),
    (publisher, trim): (&str, (f64, f64)),
    fonts: &Fonts,
    purpose: Purpose,
    files: &mut Files,
    problems: &mut Problems,
) {
    let mut value = Map::new();
    if let Some(house) = house {
        // A profile that cannot be read is told when it is asked for.
        let press = Press::new(purpose.press, most_ink());
        let press = press.or_else(|_| Press::new(pdfx::COATED, most_ink()));
        let press = press.expect("the built-in profile is one of four inks");
        let look = house.brand.look(&press, problems);
        value.insert("tokens".into(), tokens(&look, &press).into());
        value.insert("data".into(), data(&look.data).into());
        value.insert("faces".into(), faces::of(house, fonts, problems));
        let dark = look.tokens.get("ink").map_or([0; 3], |tone| tone.screen);
        let logo = pictures::logo((house, art), publisher, dark, purpose, files, problems);
        value.extend(logo.map(|logo| ("logo".into(), logo)));
    }
    let partners = pictures::partners(art, purpose, files, problems);
    if !partners.is_empty() {
        value.insert("partners".into(), partners.into());
    }
    let cover = pictures::cover(art, trim, purpose, files, problems);
    value.extend(cover.map(|cover| ("cover".into(), cover)));
    keep(files, BRAND, &value.into());
}

/// The tones by their names: those of the template, of series, and the house's own colours, which
/// drawings may have.
fn tokens(look: &Look, press: &Press) -> Map<String, Value> {
    let mut out: Map<String, Value> =
        look.tokens.iter().map(|(name, tone)| (name.clone(), of(tone))).collect();
    for (index, series) in look.data.iter().enumerate() {
        out.insert(format!("data-{index}"), of(&series.tone));
        out.insert(format!("data-name-{index}"), of(&series.name));
    }
    for colour in look.colours.palette.iter().chain(look.colours.roles.values()) {
        let inks = colour.inks.unwrap_or_else(|| press.inks(colour.screen));
        let tone = Tone { screen: colour.screen, inks, spot: None };
        out.insert(format!("house-{}", colour.name), of(&tone));
    }
    out
}

/// A tone as the kit's `colour` takes it.
fn of(tone: &Tone) -> Value {
    let screen = brand::tone::hex(tone.screen);
    match &tone.spot {
        Some((name, share)) => json!([screen, tone.inks, { "name": name, "share": share }]),
        None => json!([screen, tone.inks]),
    }
}

/// The series: whether what stands on each is white.
fn data(series: &[Series]) -> Vec<Value> {
    series.iter().map(|one| json!({ "white": one.white_inside })).collect()
}
