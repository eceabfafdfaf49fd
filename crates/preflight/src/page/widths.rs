//! Glyph widths: those given in the file, compared with those of the embedded font (ISO 32000-2,
//! 9.2.4); of text that runs downwards, the heights (9.7.4.3).
//!
//! Text is set by the file's widths and drawn by the font's. Where they differ, a program that
//! makes one fit the other squeezes letters, and one that does not sets them too tight or too
//! wide.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use hayro_interpret::font::{FontData, OutlineGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::OutlinePen;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::heights::Heights;

/// The tolerance for widths, in thousandths of the size: they may be rounded to whole ones.
const ROUNDED: f32 = 1.01;
/// The size at which fonts are measured.
const SIZE: f32 = 1000.0;

/// A width that differs from the font's, in thousandths of the size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Width {
    /// Whether it is a height, of text that runs downwards.
    pub(crate) down: bool,
    /// The width in the file.
    pub(crate) said: f32,
    /// The width in the font.
    pub(crate) own: f32,
}

/// What is wrong with a glyph that is shown for the first time on a page.
#[derive(Default)]
pub(super) struct Wrong {
    /// Its width differs from the font's.
    pub(super) width: Option<Width>,
    /// The font does not have it.
    pub(super) missing: bool,
}

/// An embedded font program, identified by its first bytes.
enum Program {
    /// TrueType or OpenType.
    OpenType(FontData),
    /// A bare outline table (FontFile3).
    Compact(FontData),
    /// A Type 1 font (FontFile).
    Type1(Box<Type1Font>),
}

/// The fonts that were read so far.
#[derive(Default)]
pub(super) struct Programs(HashMap<u128, Option<Program>>);

/// The glyphs of a page that have been checked.
#[derive(Default)]
pub(super) struct Widths {
    seen: HashSet<(u128, u32, Option<u32>)>,
}

impl Widths {
    /// Checks a glyph that is shown for the first time, by its height where text runs downwards;
    /// `file` returns the embedded file of a font that the glyph does not provide.
    pub(super) fn check(
        &mut self,
        glyph: &OutlineGlyph,
        heights: Option<&Heights>,
        programs: &mut Programs,
        file: impl FnOnce() -> Option<Vec<u8>>,
    ) -> Wrong {
        let (font, id) = (glyph.font_cache_key(), glyph.glyph_id());
        let said = match heights {
            Some(heights) => heights.of(id),
            None => glyph.advance_width(),
        };
        if !self.seen.insert((font, id.to_u32(), said.map(f32::to_bits))) {
            return Wrong::default();
        }
        let data = || glyph.font_data().map(|font| font.data).or_else(|| Some(Arc::new(file()?)));
        let program = programs.0.entry(font).or_insert_with(|| data().and_then(Program::new));
        let Some(program) = program.as_ref() else { return Wrong::default() };
        if program.count().is_some_and(|count| id.to_u32() >= count) {
            return Wrong { width: None, missing: true };
        }
        let down = heights.is_some();
        let own = if down { program.height(id) } else { program.width(id) };
        let width = said.zip(own).filter(|(said, own)| (said - own).abs() > ROUNDED);
        Wrong { width: width.map(|(said, own)| Width { down, said, own }), missing: false }
    }
}

impl Program {
    fn new(data: FontData) -> Option<Self> {
        let bytes = (*data).as_ref();
        match *bytes.first_chunk()? {
            [0, 1, 0, 0] | [b'O', b'T', b'T', b'O'] | [b't', b'r', b'u', b'e'] => {
                Some(Self::OpenType(data))
            }
            [1, ..] => Some(Self::Compact(data)),
            _ => Some(Self::Type1(Box::new(Type1Font::new(bytes).ok()?))),
        }
    }

    /// Returns the number of glyphs, where it is known.
    fn count(&self) -> Option<u32> {
        match self {
            Self::OpenType(data) => {
                let font = FontRef::new((**data).as_ref()).ok()?;
                Some(font.maxp().ok()?.num_glyphs().into())
            }
            Self::Compact(data) => {
                Some(CffFontRef::new((**data).as_ref(), 0, None).ok()?.num_glyphs())
            }
            Self::Type1(_) => None,
        }
    }

    /// Returns the advance of a glyph, in thousandths of the size.
    fn width(&self, glyph: GlyphId) -> Option<f32> {
        match self {
            Self::OpenType(data) => {
                let font = FontRef::new((**data).as_ref()).ok()?;
                font.glyph_metrics(Size::new(SIZE), LocationRef::default()).advance_width(glyph)
            }
            Self::Compact(data) => {
                let font = CffFontRef::new((**data).as_ref(), 0, None).ok()?;
                let part = font.subfont(font.subfont_index(glyph).unwrap_or(0), &[]).ok()?;
                font.draw(&part, glyph, &[], Some(SIZE), &mut Nowhere).ok()?
            }
            Self::Type1(font) => font.draw(glyph, Some(SIZE), &mut Nowhere).ok()?,
        }
    }

    /// Returns how far a glyph moves text that runs downwards, in thousandths of the size, where
    /// the font says so.
    fn height(&self, glyph: GlyphId) -> Option<f32> {
        let Self::OpenType(data) = self else { return None };
        let font = FontRef::new((**data).as_ref()).ok()?;
        let height = font.vmtx().ok()?.advance(glyph)?;
        Some(f32::from(height) * SIZE / f32::from(font.head().ok()?.units_per_em().max(1)))
    }
}

/// A pen that discards outlines: the width only comes with the outline.
struct Nowhere;

impl OutlinePen for Nowhere {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
