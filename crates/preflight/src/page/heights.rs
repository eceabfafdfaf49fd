//! How far glyphs move text that runs downwards, as the file says (ISO 32000-2, 9.7.4.3).

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Object, Stream};
use skrifa::GlyphId;

use super::data;
use crate::file::is_sound;

/// The movement where a font says none, in thousandths of the size.
const DEFAULT: f32 = -1000.0;
/// The number of glyphs that a font may have.
const GLYPHS: usize = 1 << 16;

/// The movements of a font for vertical text.
pub(super) struct Heights {
    default: f32,
    /// The movements by CID.
    own: HashMap<u32, f32>,
    /// The movements by glyph, where these are not the same as CIDs; none for a glyph that stands for
    /// several CIDs that move differently.
    glyphs: Option<HashMap<u32, Option<f32>>>,
}

impl Heights {
    /// Reads them from a CIDFont's dictionary.
    pub(super) fn new(font: &Dict<'_>) -> Self {
        let default = font.get::<[f32; 2]>("DW2").map_or(DEFAULT, |[_, height]| height);
        let own = font.get::<Array<'_>>("W2").map(|list| listed(&list)).unwrap_or_default();
        let heights = Self { default, own, glyphs: None };
        match font.get::<Stream<'_>>("CIDToGIDMap") {
            Some(map) => heights.by_glyph(&data::unpacked(&map, 2 * GLYPHS).bytes),
            None => heights,
        }
    }

    /// Finds the movements by glyph; `map` has two bytes for each CID.
    fn by_glyph(mut self, map: &[u8]) -> Self {
        let mut glyphs = HashMap::new();
        for (cid, glyph) in (0..).zip(map.as_chunks::<2>().0) {
            let height = self.of_cid(cid);
            let known = glyphs.entry(u32::from(u16::from_be_bytes(*glyph)));
            let known = known.or_insert(Some(height));
            *known = known.filter(|known| *known == height);
        }
        self.glyphs = Some(glyphs);
        self
    }

    fn of_cid(&self, cid: u32) -> f32 {
        -self.own.get(&cid).copied().unwrap_or(self.default)
    }

    /// Returns how far a glyph moves the text downwards, in thousandths of the size; `None` where
    /// that is not known.
    pub(super) fn of(&self, glyph: GlyphId) -> Option<f32> {
        match &self.glyphs {
            Some(glyphs) => *glyphs.get(&glyph.to_u32())?,
            None => Some(self.of_cid(glyph.to_u32())),
        }
    }
}

fn listed(list: &Array<'_>) -> HashMap<u32, f32> {
    let mut own = HashMap::new();
    for run in runs(list, 3) {
        match run {
            Run::Listed(first, heights) => {
                let heights = heights.iter::<f32>().step_by(3).take(GLYPHS);
                own.extend((u64::from(first)..).map_while(|cid| cid.try_into().ok()).zip(heights));
            }
            Run::Range(first, last, height) => {
                own.extend((first..=last).take(GLYPHS).map(|cid| (cid, height)));
            }
        }
    }
    own
}

/// What a list of widths, or of heights, says of some CIDs (ISO 32000-2, 9.7.4.3).
pub(crate) enum Run<'a> {
    /// The numbers of each, from a CID on.
    Listed(u32, Array<'a>),
    /// The first number of all, from the first CID to the last.
    Range(u32, u32, f32),
}

/// Reads a list of widths, with one number for a CID, or of heights, with three; it ends where it
/// cannot be read.
pub(crate) fn runs<'a>(list: &Array<'a>, numbers: usize) -> impl Iterator<Item = Run<'a>> {
    let cid = |object: Object<'_>| match object {
        Object::Number(number) => u32::try_from(number.as_i64()).ok(),
        _ => None,
    };
    let sound = Some(list.clone()).filter(is_sound);
    let mut items = sound.into_iter().flat_map(|list| list.iter::<Object<'_>>());
    let next = move || {
        let first = cid(items.next()?)?;
        Some(match items.next()? {
            Object::Array(own) => Run::Listed(first, own),
            last => {
                let last = cid(last)?;
                let mut own = items.by_ref().take(numbers);
                let number = own.next()?.into_f32()?;
                own.for_each(drop);
                Run::Range(first, last, number)
            }
        })
    };
    std::iter::from_fn(next).fuse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_of_several_characters_has_a_height_if_they_agree() {
        let heights = |own: &[(u32, f32)], glyphs: &[u8]| {
            let own = own.iter().copied().collect();
            Heights { default: DEFAULT, own, glyphs: None }.by_glyph(glyphs)
        };
        // CIDs 0 and 2 are glyph 5, CID 1 is glyph 6.
        let map = [0, 5, 0, 6, 0, 5];
        let of = |heights: &Heights, glyph: u32| heights.of(GlyphId::new(glyph));
        let agree = heights(&[(1, -500.0)], &map);
        assert_eq!([5, 6, 7].map(|glyph| of(&agree, glyph)), [Some(1000.0), Some(500.0), None]);
        let differ = heights(&[(2, -500.0)], &map);
        assert_eq!([5, 6].map(|glyph| of(&differ, glyph)), [None, Some(1000.0)]);
    }
}
