//! A document of numbered pages: a page's number is the width of a bar on it.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// Trim, bleed and media of the numbered pages, in points.
pub const PAGE: (f64, f64) = (200.0, 300.0);
pub const BLEED: f64 = 8.0;

/// A document of which page `n`, from 1, is marked by a bar `n` wide and 7 high, 20 right of and
/// 30 above the lower left corner of its trim. Boxes and resources are the page tree's where they
/// can be inherited.
pub fn document(count: usize, change: impl Fn(usize, &mut Dictionary)) -> Document {
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (1..=count)
        .map(|number| {
            let bar = Stream::new(Dictionary::new(), format!("30 40 {number} 7 re f").into_bytes());
            let mut page = dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "BleedBox" => rect([10.0 - BLEED, 10.0 - BLEED, 210.0 + BLEED, 310.0 + BLEED]),
                "TrimBox" => rect([10.0, 10.0, 210.0, 310.0]),
                "Contents" => document.add_object(bar),
            };
            change(number, &mut page);
            document.add_object(page).into()
        })
        .collect();
    let pages = dictionary! {
        "Type" => "Pages",
        "Kids" => kids,
        "Count" => count as i64,
        "MediaBox" => rect([0.0, 0.0, 220.0, 320.0]),
        "Resources" => dictionary! { "ExtGState" => dictionary! { "Inherited" => dictionary! { "OP" => true } } },
    };
    document.set_object(tree, pages);
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}

pub fn rect(parts: [f64; 4]) -> Object {
    Object::Array(parts.map(|part| Object::Real(part as f32)).to_vec())
}

pub fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = vec![];
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

pub fn numbered(count: usize) -> Vec<u8> {
    saved(document(count, |_, _| {}))
}
