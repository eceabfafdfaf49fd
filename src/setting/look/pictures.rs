//! The pictures of a house for the kit: each under a path of its own, whatever folder it lies in.

use std::collections::BTreeMap;

use brand::model::Logo;
use brand::tone::{Rgb, WHITE, contrast};
use serde_json::{Map, Value, json};
use source::{Place, Problems};
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

use crate::reading::{Art, ArtPicture, House, Made, Purpose};
use crate::setting::inputs::length;
use crate::setting::world::{Files, Written};

/// The folder of a house's pictures, as the kit sees it.
const FOLDER: &str = "/brand/";

/// Returns the pictures of a house that are on its pages: their bytes, and where they are named.
pub fn placed(files: &Files) -> Vec<(&[u8], &Place)> {
    let ours = files.kept().filter(|(path, _)| path.starts_with(FOLDER));
    ours.filter_map(|(path, bytes)| Some((bytes, &files.written(path)?.place))).collect()
}

/// The contrast below which a colour is hardly seen on a ground.
const SEEN: f32 = 2.5;
/// The share of a logo that may be lost on its ground: a shade, not a letter.
const LOST: f32 = 0.2;

/// The logo by size and ground, and whether it stands on a plate of its own on dark ones; `None` if
/// the house has none.
pub(super) fn logo(
    (house, art): (&House, &Art),
    publisher: &str,
    dark: Rgb,
    purpose: Purpose,
    files: &mut Files,
    problems: &mut Problems,
) -> Option<Value> {
    let mut sizes: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (size, ground, picture) in &art.logos {
        let Some(path) = keep(picture, "logo", purpose, files, problems) else { continue };
        let alt = picture.alt.as_deref().unwrap_or(publisher);
        let value = json!({ "path": path, "ratio": picture.ratio, "alt": alt });
        sizes.entry(size).or_default().insert((*ground).to_owned(), value);
        if *ground == "dark" && is_lost(picture, dark) {
            sizes.entry(size).or_default().insert("plate".to_owned(), true.into());
        }
    }
    if sizes.is_empty() {
        return None;
    }
    let mut value = json!(sizes);
    if let Some(Logo::Set(set)) = &house.brand.file.logo {
        if let Some(safe) = set.safe {
            value["safe"] = safe.into();
        }
        if let Some(least) = &set.least {
            value["least"] = length(least);
        }
    }
    Some(value)
}

/// Whether a logo that is one for all grounds is lost on a dark one, and not on paper.
fn is_lost(picture: &ArtPicture, dark: Rgb) -> bool {
    let colours = &picture.colours;
    let all: f32 = colours.values().sum();
    let lost = |ground: Rgb| -> f32 {
        let unseen = colours.iter().filter(|(colour, _)| contrast(**colour, ground) < SEEN);
        unseen.map(|(_, area)| area).sum::<f32>() / all
    };
    lost(dark) > LOST && lost(dark) > lost(WHITE)
}

/// The logos of partners, in order.
pub(super) fn partners(
    art: &Art,
    purpose: Purpose,
    files: &mut Files,
    problems: &mut Problems,
) -> Vec<Value> {
    let mut out = vec![];
    for picture in &art.partners {
        let path = keep(picture, "partner", purpose, files, problems);
        let ratio = picture.ratio;
        out.extend(path.map(|path| json!({ "path": path, "ratio": ratio, "alt": picture.alt })));
    }
    out
}

/// The picture of the cover, with where its focus is from 0 to 1.
pub(super) fn cover(
    art: &Art,
    trim: (f64, f64),
    purpose: Purpose,
    files: &mut Files,
    problems: &mut Problems,
) -> Option<Value> {
    let cover = art.cover.as_ref()?;
    let mut value = json!({
        "title": cover.settings.title,
        "ground": cover.settings.ground,
        "alt": cover.settings.alt,
    });
    match &cover.picture {
        Some(picture) => {
            value["path"] = keep(picture, "cover", purpose, files, problems)?.into();
            value["ratio"] = picture.ratio.into();
            let focus = cover.settings.focus.unwrap_or([50.0; 2]).map(|share| share / 100.0);
            value["focus"] = json!(focus);
            value.as_object_mut()?.extend(exact(picture, trim).map(|box_| ("exact".into(), box_)));
        }
        None => {
            value["motif"] = json!(cover.settings.motif);
            value["seed"] = cover.settings.seed.unwrap_or(1).into();
        }
    }
    Some(value)
}

/// Where a page that was made for this trim stands: how far it reaches beyond it at the left and at
/// the top, its width and its height, in points.
fn exact(picture: &ArtPicture, (width, height): (f64, f64)) -> Option<Value> {
    /// Programs round in their own ways.
    const TOLERANCE: f64 = 2.0;
    let Made::Leaf(leaf) = &picture.made else { return None };
    let near = (leaf.trim.0 - width).abs() < TOLERANCE && (leaf.trim.1 - height).abs() < TOLERANCE;
    near.then(|| json!([leaf.beyond.0, leaf.beyond.1, leaf.shown.0, leaf.shown.1]))
}

/// Keeps a picture as the pages show it; returns its path.
fn keep(
    picture: &ArtPicture,
    kind: &str,
    purpose: Purpose,
    files: &mut Files,
    problems: &mut Problems,
) -> Option<String> {
    let (bytes, ending) = match &picture.made {
        Made::Drawing(bytes) => (Bytes::new(bytes.clone()), "svg"),
        Made::Leaf(leaf) => (Bytes::new(leaf.bytes.clone()), "pdf"),
        Made::Pixels(pixels) => match pixels.make(&picture.files, purpose) {
            Ok(ready) => {
                let bytes = Bytes::new(ready.bytes);
                let (format, ending) = if ready.jpeg {
                    (ExchangeFormat::Jpg, "jpg")
                } else {
                    (ExchangeFormat::Png, "png")
                };
                if let Err(why) = RasterImage::new(bytes.clone(), format, Smart::Auto) {
                    problems.push(pixels.broken(&why));
                    return None;
                }
                (bytes, ending)
            }
            Err(problem) => {
                problems.push(problem);
                return None;
            }
        },
    };
    let name: String =
        picture.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let path = format!("{FOLDER}{kind}/{name}.{ending}");
    files.keep(&*path, bytes);
    let written = Written { place: picture.place.clone(), files: vec![], entries: vec![] };
    files.trace(&*path, written);
    Some(path)
}
