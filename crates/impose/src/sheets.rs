//! The file of sheets: a page for each side, and the entries carried over from the file of pages.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::layout::Layout;
use super::order::Side;
use super::pages::{LIMIT, Page};
use super::rect::{Rect, numbers};
use super::{ImposeError, labels, marks};

/// The catalog entries that apply to sheets as well as to pages: colour, layers, language.
const KEPT: [&[u8]; 4] = [b"Version", b"OutputIntents", b"OCProperties", b"Lang"];

/// Turns the document of pages into one of sheets.
pub(crate) fn write(
    document: &mut Document,
    source: &[u8],
    layout: &Layout,
    sides: &[Side],
    pages: &[Page],
    with_marks: bool,
) -> Result<(), ImposeError> {
    let tree = document.try_new_object_id()?;
    let marks =
        if with_marks { Some((marks::colour(document)?, marks::content(layout))) } else { None };
    let mut hash = fnv(FNV_START, source);
    let mut kids: Vec<Object> = vec![];
    for side in sides {
        let (mut text, forms) = draw(layout, side, pages);
        let mut resources = dictionary! { "XObject" => forms };
        if let Some((colour, marks)) = &marks {
            text.push_str(marks);
            text.push_str(&labels::content(layout, side));
            resources.set("ColorSpace", dictionary! { "All" => *colour });
        }
        hash = fnv(hash, text.as_bytes());
        kids.push(sheet(document, layout, tree, text, resources)?.into());
    }
    let count = kids.len() as i64;
    document.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog = catalog(document, tree)?;
    let catalog = document.try_add_object(catalog)?;
    trailer(document, catalog, hash);
    document.prune_objects();
    document.renumber_objects();
    Ok(())
}

/// Returns the drawing of a side, and the forms it uses.
fn draw(layout: &Layout, side: &Side, pages: &[Page]) -> (String, Dictionary) {
    let (mut text, mut forms) = (String::new(), Dictionary::new());
    for (&index, ((x, y), window)) in side.pages.iter().zip(layout.places(side.depth)) {
        let Some(page) = pages.get(index) else { continue };
        let shown = page.bleed.moved(x, y).within(window);
        let [a, b, c, d, e, f] = page.matrix;
        let clip = numbers(&[shown.left, shown.bottom, shown.width(), shown.height()]);
        let matrix = numbers(&[a, b, c, d, e + x, f + y]);
        let name = format!("P{}", index + 1);
        // Writing to a string does not fail.
        _ = writeln!(text, "q {clip} re W n {matrix} cm /{name} Do Q");
        forms.set(name, page.form);
    }
    (text, forms)
}

fn sheet(
    document: &mut Document,
    layout: &Layout,
    tree: ObjectId,
    text: String,
    resources: Dictionary,
) -> Result<ObjectId, ImposeError> {
    let media = Rect::at(0.0, 0.0, layout.sheet.0, layout.sheet.1);
    let mut content = Stream::new(Dictionary::new(), text.into_bytes());
    content.compress()?;
    let content = document.try_add_object(content)?;
    Ok(document.try_add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => media.object(),
        "BleedBox" => layout.trim().grown(layout.bleed).within(media).object(),
        "TrimBox" => layout.trim().object(),
        "Resources" => resources,
        "Contents" => content,
    })?)
}

fn catalog(document: &Document, tree: ObjectId) -> Result<Dictionary, ImposeError> {
    let old = document.catalog()?;
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    for key in KEPT {
        if let Ok(value) = old.get(key) {
            catalog.set(key, value.clone());
        }
    }
    // Metadata that promise PDF/X hold; those of PDF/A and PDF/UA promise tags, which sheets do
    // not have.
    if let Ok(metadata) = old.get(b"Metadata")
        && let Ok(stream) =
            document.dereference(metadata).and_then(|(_, object)| object.as_stream())
        && let Ok(packet) = stream.get_plain_content_with_limit(LIMIT)
        && packet.windows(6).any(|word| word == b"pdfxid")
    {
        catalog.set("Metadata", metadata.clone());
    }
    Ok(catalog)
}

/// Sets the few entries a trailer needs; the file's first identifier is its ancestor's (14.4).
fn trailer(document: &mut Document, catalog: ObjectId, hash: u128) {
    let id = Object::String(hash.to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    let old = document.trailer.get_deref(b"ID", document).and_then(Object::as_array).ok();
    let first = old.and_then(|old| old.first()).filter(|first| first.as_str().is_ok()).cloned();
    let mut trailer =
        dictionary! { "Root" => catalog, "ID" => vec![first.unwrap_or_else(|| id.clone()), id] };
    if let Ok(info) = document.trailer.get(b"Info") {
        trailer.set("Info", info.clone());
    }
    document.trailer = trailer;
}

const FNV_START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;

/// Computes the 128-bit FNV-1a hash: an identifier for the file, the same wherever and whenever
/// it is made.
fn fnv(hash: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(hash, |hash, &byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b)
    })
}
