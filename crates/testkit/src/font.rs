//! Small fonts of our own, of squares: for letters that no built-in font has.

use write_fonts::FontBuilder;
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::{Head, MacStyle};
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::Hmtx;
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::tables::vhea::Vhea;
use write_fonts::tables::vmtx::Vmtx;
use write_fonts::types::{FWord, GlyphId, NameId, UfWord};

use kurbo::{Rect, Shape};

/// What a font says of itself.
pub struct Font<'a> {
    pub family: &'a str,
    /// Its characters.
    pub letters: &'a str,
    /// `fsType`: 0 allows to embed it, 2 forbids it, 0x100 a part of it, 0x200 its outlines.
    pub embedding: u16,
    /// What it says of its licence; nothing if empty.
    pub licence: &'a str,
}

/// Makes a font whose letters are squares.
pub fn font(font: &Font) -> Vec<u8> {
    const EM: u16 = 1000;
    let letters: Vec<char> = font.letters.chars().collect();
    let square = |inset: f64| {
        let path = Rect::new(inset, inset, 900.0, 700.0).to_path(0.1);
        Glyph::from(SimpleGlyph::from_bezpath(&path).expect("a square"))
    };
    let mut glyphs = GlyfLocaBuilder::new();
    for at in 0..=letters.len() {
        glyphs.add_glyph(&square(50.0 + at as f64)).expect("a glyph");
    }
    let (glyf, loca, format) = glyphs.build();
    let mappings = letters.iter().enumerate().map(|(at, c)| (*c, GlyphId::new(at as u32 + 1)));
    let record =
        |id: u16, text: &str| NameRecord::new(3, 1, 0x409, NameId::new(id), text.to_owned().into());
    let mut names = vec![
        record(1, font.family),
        record(2, "Regular"),
        record(4, font.family),
        record(6, &font.family.replace(' ', "")),
    ];
    if !font.licence.is_empty() {
        names.push(record(13, font.licence));
    }
    let count = letters.len() as u16 + 1;
    let mut builder = FontBuilder::new();
    let head = Head {
        units_per_em: EM,
        index_to_loc_format: i16::from(format == LocaFormat::Long),
        mac_style: MacStyle::empty(),
        x_max: 900,
        y_max: 700,
        lowest_rec_ppem: 6,
        ..Head::default()
    };
    let hhea = Hhea {
        ascender: FWord::new(880),
        descender: FWord::new(-120),
        advance_width_max: UfWord::new(EM),
        number_of_h_metrics: count,
        ..Hhea::default()
    };
    let advance = write_fonts::tables::hmtx::LongMetric { advance: EM, side_bearing: 50 };
    let hmtx = Hmtx { h_metrics: vec![advance; usize::from(count)], left_side_bearings: vec![] };
    let maxp = Maxp {
        num_glyphs: count,
        max_points: Some(4),
        max_contours: Some(1),
        max_composite_points: Some(0),
        max_composite_contours: Some(0),
        max_zones: Some(1),
        max_twilight_points: Some(0),
        max_storage: Some(0),
        max_function_defs: Some(0),
        max_instruction_defs: Some(0),
        max_stack_elements: Some(0),
        max_size_of_instructions: Some(0),
        max_component_elements: Some(0),
        max_component_depth: Some(0),
    };
    let os2 = Os2 {
        us_weight_class: 400,
        us_width_class: 5,
        fs_type: font.embedding,
        s_typo_ascender: 880,
        s_typo_descender: -120,
        us_win_ascent: 880,
        us_win_descent: 120,
        // Without these the table is of a version that has no rule about parts of fonts.
        ul_code_page_range_1: Some(0),
        ul_code_page_range_2: Some(0),
        sx_height: Some(500),
        s_cap_height: Some(700),
        us_default_char: Some(0),
        us_break_char: Some(32),
        us_max_context: Some(1),
        ..Os2::default()
    };
    let table = "a table that can be written";
    builder.add_table(&head).expect(table);
    builder.add_table(&hhea).expect(table);
    builder.add_table(&hmtx).expect(table);
    builder.add_table(&maxp).expect(table);
    builder.add_table(&os2).expect(table);
    builder.add_table(&Cmap::from_mappings(mappings).expect("letters")).expect(table);
    builder.add_table(&glyf).expect(table);
    builder.add_table(&loca).expect(table);
    builder.add_table(&Name::new(names)).expect(table);
    builder.add_table(&Post::default()).expect(table);
    builder.build()
}

/// Adds heights to a font, for vertical text: one for all its glyphs, in thousandths of the size.
pub fn with_heights(font: &[u8], height: u16) -> Vec<u8> {
    let font = FontRef::new(font).expect("a font");
    let (maxp, head) = (font.maxp().expect("maxp"), font.head().expect("head"));
    let height = (u32::from(height) * u32::from(head.units_per_em()) / 1000) as u16;
    let advance = write_fonts::tables::hmtx::LongMetric { advance: height, side_bearing: 0 };
    let rest = usize::from(maxp.num_glyphs()).saturating_sub(1);
    let vmtx = Vmtx { v_metrics: vec![advance], top_side_bearings: vec![0; rest] };
    let vhea = Vhea { number_of_long_ver_metrics: 1, ..Vhea::default() };
    let mut builder = FontBuilder::new();
    builder.add_table(&vhea).expect("vhea").add_table(&vmtx).expect("vmtx");
    builder.copy_missing_tables(font).build()
}
