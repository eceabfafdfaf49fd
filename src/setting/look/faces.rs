//! The faces of a house: which of its families there are, what they have, and what they lack.

use std::path::Path;

use brand::Brand;
use brand::model::Face;
use l10n::say;
use serde_json::{Map, Value, json};
use source::{Diagnostic, Problems, nearest};
use typst::text::{FontFlags, FontInfo, FontStyle};

use crate::reading::House;
use crate::setting::world::Fonts;

/// A letter of Chinese that every Chinese face has.
const HAN: u32 = '的' as u32;
/// How far a weight may be from one that nobody asked for by its number.
const NEAR: u16 = 100;

/// The weight of text.
const REGULAR: u16 = 400;

/// Returns the faces by their roles, as the kit takes them; what is missing is told.
pub(super) fn of(house: &House, fonts: &Fonts, problems: &mut Problems) -> Value {
    let brand = &house.brand;
    fetched(brand, fonts, problems);
    let typography = &brand.file.typography;
    let code = typography.monospace.as_ref();
    let code =
        code.or(typography.monospace_block.as_ref()).or(typography.monospace_inline.as_ref());
    let roles = [
        ("text", "base", typography.base.as_ref(), &[400, 700][..]),
        ("display", "headings", typography.headings.as_ref(), &[700]),
        ("mono", "monospace", code, &[400]),
    ];
    let mut out = Map::new();
    for (name, key, face, weights) in roles {
        let Some(face) = face else { continue };
        let mut reader = Reader { brand, folder: &house.folder, fonts, key, problems };
        out.extend(reader.face(face, weights).map(|face| (name.to_owned(), face)));
    }
    out.into()
}

/// Tells of families that are not there, and not fetched.
fn fetched(brand: &Brand, fonts: &Fonts, problems: &mut Problems) {
    for (family, service, at) in brand.fetched_fonts() {
        let wanted = family.to_lowercase();
        if fonts.list().any(|(info, _)| info.family.to_lowercase() == wanted) {
            continue;
        }
        let message = say!(
            "`{family}` is not fetched from `{service}`: nothing is fetched from the web",
            family,
            service
        );
        let found = Diagnostic::of(&brand::rules::UNUSED, brand.key_place(&at), message);
        problems.push(
            found.hint(say!("download it, put its files into `fonts/`, and write `source: file`")),
        );
    }
}

struct Reader<'a> {
    brand: &'a Brand,
    /// The folder of the brand file.
    folder: &'a Path,
    fonts: &'a Fonts,
    key: &'static str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn face(&mut self, face: &Face, weights: &[u16]) -> Option<Value> {
        let (latin, chinese) = face.families();
        let latin = latin.and_then(|family| self.family(family, "family"));
        let chinese = chinese.and_then(|family| self.family(family, "chinese"));
        let Some(main) = latin.as_deref().or(chinese.as_deref()) else {
            // A weight alone is that of the template's own face.
            let weight = face.weight()?;
            self.weight_alone(weight);
            return Some(json!({
                "latin": null, "han": null, "sans": false, "italic": false, "weight": weight,
            }));
        };
        let faces = faces(self.fonts, main);
        match face.weight() {
            Some(weight) => self.weight(main, &faces, weight, 0),
            None => weights.iter().for_each(|weight| self.weight(main, &faces, *weight, NEAR)),
        }
        let is_sans = |info: &&FontInfo| !info.flags.contains(FontFlags::SERIF);
        let has_han = |info: &&FontInfo| info.coverage.contains(HAN);
        let is_italic = |info: &&FontInfo| {
            info.variant.style != FontStyle::Normal
                || has_axis(info, "ital")
                || has_axis(info, "slnt")
        };
        let own = latin.clone().filter(|_| faces.iter().any(has_han));
        Some(json!({
            "latin": latin,
            "han": chinese.or(own),
            "sans": faces.iter().any(is_sans),
            "italic": faces.iter().any(is_italic),
            "weight": face.weight(),
            // A face of bold letters alone sets no text.
            "regular": has_weight(&faces, REGULAR, NEAR),
        }))
    }

    /// Returns a family by the name that its font has; tells of one that is not there. Web pages name
    /// several, the first that is there counts.
    fn family(&mut self, wanted: &str, part: &str) -> Option<String> {
        let known = || self.fonts.list().map(|(info, _)| &*info.family);
        let names = wanted.split(',').map(|name| name.trim().trim_matches(['"', '\'']));
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        for name in &names {
            let lower = name.to_lowercase();
            if let Some(family) = known().find(|family| family.to_lowercase() == lower) {
                return Some(family.to_owned());
            }
            // A font may call itself otherwise than the brand does.
            let named = self
                .brand
                .font_files()
                .into_iter()
                .find(|file| file.family.to_lowercase() == lower);
            let of_file = named.and_then(|file| self.fonts.of_file(&self.folder.join(file.path)));
            if let Some(info) = of_file {
                return Some(info.family.clone());
            }
        }
        let wanted = names.first().copied().unwrap_or(wanted);
        let message =
            say!("no font has the family `{wanted}`: the template's own stands in for it", wanted);
        let hint = match nearest(wanted, known()) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("put its files into `fonts/`; `trendpress fonts` lists what there is"),
        };
        let at = format!("/typography/{}", self.key);
        let place = self.brand.place(&format!("{at}/{part}"));
        self.problems.push(Diagnostic::of(&brand::rules::FACE, place, message).hint(hint));
        None
    }

    /// Tells of a weight that no face has which a template may set this role in: only the template
    /// knows which one it is.
    fn weight_alone(&mut self, wanted: u16) {
        let is_text = self.key == "base";
        let may = |info: &FontInfo| !is_text || info.flags.contains(FontFlags::SERIF);
        let has = |info: &FontInfo| {
            let axis = info.axes.iter().find(|axis| axis.tag.to_string() == "wght");
            axis.map_or(info.variant.weight.to_number() == wanted, |axis| {
                (axis.min.0..=axis.max.0).contains(&f32::from(wanted))
            })
        };
        if self.fonts.list().any(|(info, _)| may(info) && has(info)) {
            return;
        }
        let place = self.brand.place(&format!("/typography/{}/weight", self.key));
        let message =
            say!("the template's own face has no weight {wanted}: the nearest stands in", wanted);
        let found = Diagnostic::of(&brand::rules::FACE, place, message);
        self.problems
            .push(found.hint(say!("name a `family` that has it, or leave the weight out")));
    }

    /// Tells of a weight that a family does not have.
    fn weight(&mut self, family: &str, faces: &[&FontInfo], wanted: u16, near: u16) {
        if has_weight(faces, wanted, near) {
            return;
        }
        let mut weights: Vec<u16> =
            upright(faces).map(|info| info.variant.weight.to_number()).collect();
        weights.sort_unstable();
        weights.dedup();
        let has = weights.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        let message = say!("`{family}` has no weight {wanted}: it has {has}", family, wanted, has);
        let at = format!("/typography/{}", self.key);
        let place = self.brand.place(&format!("{at}/weight"));
        let found = Diagnostic::of(&brand::rules::FACE, place, message);
        let nearest = weights.iter().min_by_key(|weight| weight.abs_diff(wanted));
        let nearest = nearest.map_or(wanted, |weight| *weight);
        self.problems.push(found.hint(say!(
            "write `weight: {nearest}`, or add the font's file of the weight {wanted} to `fonts/`",
            nearest,
            wanted
        )));
    }
}

/// The fonts of a family.
fn faces<'a>(fonts: &'a Fonts, family: &str) -> Vec<&'a FontInfo> {
    fonts.list().map(|(info, _)| info).filter(|info| info.family == family).collect()
}

fn upright<'a>(faces: &'a [&FontInfo]) -> impl Iterator<Item = &'a FontInfo> {
    faces.iter().copied().filter(|info| info.variant.style == FontStyle::Normal)
}

/// Whether a family has this weight, or one so near.
fn has_weight(faces: &[&FontInfo], wanted: u16, near: u16) -> bool {
    let varies = |info: &FontInfo| {
        let axis = info.axes.iter().find(|axis| axis.tag.to_string() == "wght");
        axis.is_some_and(|axis| (axis.min.0..=axis.max.0).contains(&f32::from(wanted)))
    };
    let is_near = |info: &FontInfo| info.variant.weight.to_number().abs_diff(wanted) <= near;
    upright(faces).any(|info| varies(info) || is_near(info))
}

fn has_axis(info: &FontInfo, tag: &str) -> bool {
    info.axes.iter().any(|axis| axis.tag.to_string() == tag)
}
