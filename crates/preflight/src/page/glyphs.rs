//! The positions of a string's glyphs, and their outlines.
//!
//! Fonts, encodings and widths are hayro-interpret's business: each string is shown to it alone,
//! in a small content stream with the text state spelled out, and a device notes what it draws. A
//! second showing of the string, between marks, tells how far the first has moved the text.

use std::fmt::Write;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret,
};
use hayro_syntax::object::{Dict, Name, Stream};
use hayro_syntax::page::Resources;
use hayro_syntax::xref::XRef;
use kurbo::{Affine, BezPath, Rect};

use super::data;
use super::fonts::{FILE, Fonts};
use super::heights::Heights;
use super::state::TextState;
use super::widths::{Width, Widths};

/// Passes strings to hayro-interpret.
pub(super) struct Glyphs<'a> {
    context: Context<'a>,
    widths: Widths,
}

/// The result of showing a string.
#[derive(Default)]
pub(super) struct Shown {
    /// The combined outlines, in the coordinates of the text matrix.
    pub(super) outlines: BezPath,
    /// The text matrix after the string.
    pub(super) end: Option<Affine>,
    /// The glyph widths that differ from the font's; each glyph is reported once per page.
    pub(super) wrong: Vec<Width>,
    /// Whether a glyph is shown that the font does not have.
    pub(super) missing: bool,
    /// Whether `.notdef` is shown, with an outline.
    pub(super) undefined: bool,
}

/// How the glyphs of a string are checked against their font.
pub(super) enum Measure<'h> {
    /// Not at all.
    Not,
    /// By their widths.
    Across,
    /// By their heights: the text runs downwards.
    Down(&'h Heights),
}

/// A piece of a string to show, as in the TJ operator.
pub(super) enum Piece<'s> {
    /// Bytes to show.
    Text(&'s [u8]),
    /// A move backwards, in thousandths of the size.
    Move(f32),
}

impl<'a> Glyphs<'a> {
    /// Creates an empty device.
    pub(super) fn new(xref: &'a XRef, cache: &InterpreterCache<'a>) -> Self {
        let settings =
            InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
        // The box is as large as numbers go, so that no clip is dropped for being outside.
        let all = Rect::new(-1e6, -1e6, 1e6, 1e6);
        Self {
            context: Context::new(Affine::IDENTITY, all, cache, xref, settings),
            widths: Widths::default(),
        }
    }

    /// Shows a string in the font that `resources` hold under the text state's name; its glyphs
    /// are checked against the font as `measure` says.
    pub(super) fn show(
        &mut self,
        pieces: &[Piece<'_>],
        text: &TextState,
        resources: &Resources<'a>,
        measure: Measure<'_>,
        fonts: &Fonts,
    ) -> Shown {
        let mut program = format!("q BT {} {} Tf ", name(&text.font), text.size);
        _ = write!(
            program,
            "{} Tc {} Tw {} Tz {} Ts 0 Tr ",
            text.character_space, text.word_space, text.scale, text.rise
        );
        let m = text.matrix.as_coeffs();
        _ = write!(program, "{} {} {} {} {} {} Tm [", m[0], m[1], m[2], m[3], m[4], m[5]);
        for piece in pieces {
            match piece {
                Piece::Text(bytes) => program.push_str(&hex(bytes)),
                Piece::Move(by) => _ = write!(program, " {by} "),
            }
        }
        program.push_str("] TJ ");
        let first = pieces.iter().find_map(|piece| match piece {
            Piece::Text(bytes) if !bytes.is_empty() => Some(bytes),
            _ => None,
        });
        let Some(first) = first else {
            return Shown {
                end: Some(text.matrix * Affine::translate(moved(pieces, text))),
                ..Shown::default()
            };
        };
        _ = write!(program, "/End BMC {} Tj EMC ET Q", hex(first));

        let file = || embedded(resources, &text.font);
        let (widths, heights) = match measure {
            Measure::Not => (None, None),
            Measure::Across => (Some(&mut self.widths), None),
            Measure::Down(heights) => (Some(&mut self.widths), Some(heights)),
        };
        let mut notes = Notes {
            glyphs: vec![],
            end: None,
            widths,
            heights,
            fonts,
            file: &file,
            wrong: vec![],
            missing: false,
            undefined: false,
        };
        interpret(TypedIter::new(program.as_bytes()), resources, &mut self.context, &mut notes);
        let mut shown = Shown {
            wrong: notes.wrong,
            missing: notes.missing,
            undefined: notes.undefined,
            ..Shown::default()
        };
        let count = notes.end.unwrap_or(notes.glyphs.len());
        if let (Some((_, start)), Some((_, end))) = (notes.glyphs.first(), notes.glyphs.get(count))
            && start.determinant() != 0.0
        {
            shown.end = Some(*end * start.inverse() * text.matrix);
        }
        for (outline, matrix) in notes.glyphs.into_iter().take(count) {
            shown.outlines.extend(matrix * outline);
        }
        shown
    }
}

/// Returns the embedded file of a font in `resources`.
fn embedded(resources: &Resources<'_>, font: &[u8]) -> Option<Vec<u8>> {
    let descriptor = resources.get_font(&Name::new(font)?)?.get::<Dict<'_>>("FontDescriptor")?;
    let file =
        ["FontFile", "FontFile3"].iter().find_map(|key| descriptor.get::<Stream<'_>>(key))?;
    Some(data::unpacked(&file, FILE).bytes)
}

/// Returns the distance by which moves advance the text, when there are no glyphs.
fn moved(pieces: &[Piece<'_>], text: &TextState) -> (f64, f64) {
    let back: f32 =
        pieces.iter().map(|piece| if let Piece::Move(by) = piece { *by } else { 0.0 }).sum();
    (-f64::from(back) / 1000.0 * text.size * text.scale / 100.0, 0.0)
}

impl Piece<'_> {
    /// Returns the bytes that it shows; a move counts as one.
    pub(super) fn length(&self) -> usize {
        if let Self::Text(bytes) = self { bytes.len() } else { 1 }
    }
}

/// Formats a name for a content stream.
fn name(name: &[u8]) -> String {
    name.iter().fold(String::from("/"), |mut out, byte| {
        _ = write!(out, "#{byte:02X}");
        out
    })
}

/// Formats a string for a content stream.
fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2 + 2);
    out.push('<');
    bytes.iter().for_each(|byte| _ = write!(out, "{byte:02X}"));
    out.push('>');
    out
}

/// A device that records glyphs, and the position of the end mark.
struct Notes<'n> {
    glyphs: Vec<(BezPath, Affine)>,
    end: Option<usize>,
    /// The known widths, if they are to be measured.
    widths: Option<&'n mut Widths>,
    heights: Option<&'n Heights>,
    fonts: &'n Fonts,
    /// A function that returns the file of the font.
    file: &'n dyn Fn() -> Option<Vec<u8>>,
    wrong: Vec<Width>,
    missing: bool,
    undefined: bool,
}

impl<'a> Device<'a> for Notes<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        _: Affine,
        matrix: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let outline = match glyph {
            Glyph::Outline(glyph) if self.end.is_none() => {
                let outline = glyph.outline();
                if let Some(widths) = &mut self.widths {
                    let wrong = self.fonts.check(widths, glyph, self.heights, self.file);
                    self.wrong.extend(wrong.width);
                    self.missing |= wrong.missing;
                    let empty = outline.elements().is_empty();
                    self.undefined |= glyph.glyph_id().to_u32() == 0 && !empty;
                }
                outline
            }
            Glyph::Outline(_) | Glyph::Type3(_) => BezPath::new(),
        };
        self.glyphs.push((outline, matrix));
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<i32>) {
        self.end = Some(self.glyphs.len());
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Returns the shading that a small content stream paints with: a pattern of `resources` (as a
/// fill), or a shading.
pub(super) fn shading<'a>(
    pattern: bool,
    resource: &[u8],
    resources: &Resources<'a>,
    glyphs: &mut Glyphs<'a>,
) -> Option<hayro_interpret::pattern::ShadingPattern> {
    let name = name(resource);
    let program = if pattern {
        format!("q /Pattern cs {name} scn 0 0 1 1 re f Q")
    } else {
        format!("q {name} sh Q")
    };
    let mut noted = Noted(None);
    interpret(TypedIter::new(program.as_bytes()), resources, &mut glyphs.context, &mut noted);
    noted.0
}

/// A device that records a shading.
struct Noted(Option<hayro_interpret::pattern::ShadingPattern>);

impl<'a> Device<'a> for Noted {
    fn draw_path(&mut self, _: &BezPath, _: Affine, paint: &Paint<'a>, _: &PathDrawMode) {
        if let Paint::Pattern(pattern) = paint
            && let hayro_interpret::pattern::Pattern::Shading(shading) = &**pattern
        {
            self.0 = Some(shading.clone());
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_glyph(
        &mut self,
        _: &Glyph<'a>,
        _: Affine,
        _: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_strings_are_spelled_in_hex() {
        assert_eq!(name(b"F 1"), "/#46#20#31");
        assert_eq!(hex(&[0, 255]), "<00FF>");
    }
}
