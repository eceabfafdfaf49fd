//! The faces of a house: which of its families there are, what they have, and what they lack.

use brand::Brand;
use brand::model::Face;
use l10n::say;
use serde_json::{Map, Value, json};
use source::{Diagnostic, Problems, nearest};
use typst::text::{FontFlags, FontInfo, FontStyle};

use crate::setting::world::Fonts;

/// A letter of Chinese that every Chinese face has.
const HAN: u32 = '的' as u32;
/// How far a weight may be from the one that is asked for.
const NEAR: u16 = 100;

/// The weight of text.
const REGULAR: u16 = 400;

/// Returns the faces by their roles, as the kit takes them; what is missing is told.
pub(super) fn of(brand: &Brand, fonts: &Fonts, problems: &mut Problems) -> Value {
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
        let mut reader = Reader { brand, fonts, key, problems };
        out.extend(reader.face(face, weights).map(|face| (name.to_owned(), face)));
    }
    out.into()
}

struct Reader<'a> {
    brand: &'a Brand,
    fonts: &'a Fonts,
    key: &'static str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn face(&mut self, face: &Face, weights: &[u16]) -> Option<Value> {
        let (latin, chinese) = face.families();
        let latin = latin.and_then(|family| self.family(family, "family"));
        let chinese = chinese.and_then(|family| self.family(family, "chinese"));
        let main = latin.as_deref().or(chinese.as_deref())?;
        let faces = faces(self.fonts, main);
        let own: Vec<u16>;
        let weights = match face.weight() {
            Some(weight) => {
                own = vec![weight];
                &own[..]
            }
            None => weights,
        };
        for weight in weights {
            self.weight(main, &faces, *weight);
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
            "regular": has_weight(&faces, REGULAR),
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

    /// Tells of a weight that a family does not have.
    fn weight(&mut self, family: &str, faces: &[&FontInfo], wanted: u16) {
        if has_weight(faces, wanted) {
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
        self.problems.push(found.hint(say!("add the font's file of that weight to `fonts/`")));
    }
}

/// The fonts of a family.
fn faces<'a>(fonts: &'a Fonts, family: &str) -> Vec<&'a FontInfo> {
    fonts.list().map(|(info, _)| info).filter(|info| info.family == family).collect()
}

fn upright<'a>(faces: &'a [&FontInfo]) -> impl Iterator<Item = &'a FontInfo> {
    faces.iter().copied().filter(|info| info.variant.style == FontStyle::Normal)
}

/// Whether a family has about this weight.
fn has_weight(faces: &[&FontInfo], wanted: u16) -> bool {
    let varies = |info: &FontInfo| {
        let axis = info.axes.iter().find(|axis| axis.tag.to_string() == "wght");
        axis.is_some_and(|axis| (axis.min.0..=axis.max.0).contains(&f32::from(wanted)))
    };
    let is_near = |info: &FontInfo| info.variant.weight.to_number().abs_diff(wanted) <= NEAR;
    upright(faces).any(|info| varies(info) || is_near(info))
}

fn has_axis(info: &FontInfo, tag: &str) -> bool {
    info.axes.iter().any(|axis| axis.tag.to_string() == tag)
}
