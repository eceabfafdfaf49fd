//! How far glyphs move text that runs downwards, as the file says (ISO 32000-2, 9.7.4.3).

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Object, Stream};
use skrifa::GlyphId;

use super::data;

/// The movement where a font says none, in thousandths of the size.
const DEFAULT: f32 = -1000.0;
/// The number of glyphs that a font may have.
const GLYPHS: usize = 1 << 16;

/// The movements of a font for vertical text, by its glyphs.
pub(super) struct Heights {
    default: f32,
    /// The movements by CID.
    own: HashMap<u32, f32>,
    /// The CID of each glyph, where they are not the same.
    cids: Option<HashMap<u32, u32>>,
}

impl Heights {
    /// Reads them from a CIDFont's dictionary.
    pub(super) fn new(font: &Dict<'_>) -> Self {
        let default = font.get::<[f32; 2]>("DW2").map_or(DEFAULT, |[_, height]| height);
        let own = font.get::<Array<'_>>("W2").map(|list| listed(&list)).unwrap_or_default();
        let map = font.get::<Stream<'_>>("CIDToGIDMap");
        let cids = map.map(|map| {
            let map = data::unpacked(&map, 2 * GLYPHS).bytes;
            let glyphs = map.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
            (0..).zip(glyphs).map(|(cid, glyph)| (u32::from(glyph), cid)).collect()
        });
        Self { default, own, cids }
    }

    /// Returns how far a glyph moves the text downwards, in thousandths of the size; `None` where
    /// no CID stands for it.
    pub(super) fn of(&self, glyph: GlyphId) -> Option<f32> {
        let cid = match &self.cids {
            Some(cids) => *cids.get(&glyph.to_u32())?,
            None => glyph.to_u32(),
        };
        Some(-self.own.get(&cid).copied().unwrap_or(self.default))
    }
}

/// Reads `W2`: a CID and a list of three numbers a glyph, or two CIDs and three numbers.
fn listed(list: &Array<'_>) -> HashMap<u32, f32> {
    let mut own = HashMap::new();
    let items: Vec<Object<'_>> = list.iter::<Object<'_>>().take(GLYPHS * 5).collect();
    let mut rest = &items[..];
    let number = |object: &Object<'_>| object.clone().into_f32();
    let cid = |object: &Object<'_>| object.clone().into_i32().and_then(|n| u32::try_from(n).ok());
    loop {
        rest = match rest {
            [first, Object::Array(heights), rest @ ..] => {
                let Some(first) = cid(first) else { return own };
                let heights: Vec<f32> = heights.iter::<f32>().take(GLYPHS * 3).collect();
                own.extend((first..).zip(heights.as_chunks::<3>().0.iter().map(|[h, ..]| *h)));
                rest
            }
            [first, last, height, _, _, rest @ ..] => {
                let (Some(first), Some(last), Some(height)) =
                    (cid(first), cid(last), number(height))
                else {
                    return own;
                };
                own.extend((first..=last).take(GLYPHS).map(|cid| (cid, height)));
                rest
            }
            _ => return own,
        };
    }
}
