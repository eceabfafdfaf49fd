//! Fonts as checkers expect them: widths that agree with the embedded program, and no list of
//! characters.

use lopdf::{Dictionary, Document, Object, ObjectId};
use ttf_parser::{Face, GlyphId};

/// Corrects every font's dictionary; the drawing stays unchanged.
pub(crate) fn complete(document: &mut Document) {
    let mut widths: Vec<(ObjectId, Vec<Object>)> = vec![];
    for (id, object) in &document.objects {
        let Some(font) = object.as_dict().ok().filter(|dict| is_true_type(dict)) else { continue };
        widths.extend(advances(document, font).map(|widths| (*id, widths)));
    }
    for (id, widths) in widths {
        if let Ok(font) = document.get_dictionary_mut(id) {
            font.set("W", vec![Object::Integer(0), Object::Array(widths)]);
        }
    }
    for object in document.objects.values_mut() {
        if let Ok(dict) = object.as_dict_mut()
            && dict.has_type(b"FontDescriptor")
        {
            // Of no use since PDF 2.0, and checkers doubt it.
            dict.remove(b"CIDSet");
        }
    }
}

fn is_true_type(dict: &Dictionary) -> bool {
    let named = |key: &[u8], value: &[u8]| {
        dict.get(key).and_then(Object::as_name).is_ok_and(|name| name == value)
    };
    named(b"Subtype", b"CIDFontType2") && named(b"CIDToGIDMap", b"Identity")
}

/// Returns the width of every glyph, in thousandths of an em (ISO 32000-1, 9.7.4.3), including
/// those that occur only within others, which Typst leaves out.
fn advances(document: &Document, font: &Dictionary) -> Option<Vec<Object>> {
    let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok()?;
    let program = descriptor.get_deref(b"FontFile2", document).and_then(Object::as_stream).ok()?;
    let data = program.get_plain_content().ok()?;
    let face = Face::parse(&data, 0).ok()?;
    let em = f32::from(face.units_per_em());
    let width =
        |glyph| f32::from(face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default()) * 1000.0 / em;
    Some((0..face.number_of_glyphs()).map(|glyph| Object::Real(width(glyph))).collect())
}
