//! The file as a whole: boxes, disallowed entries, output intent, metadata (ISO 15930-7).

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use xmp_writer::{DateTime, LangId, RenditionClass, XmpWriter};

use super::{PressError, PressSettings};

/// Completes the file.
pub(crate) fn complete(
    document: &mut Document,
    settings: &PressSettings,
) -> Result<(), PressError> {
    pages(document, settings.bleed)?;
    let profile = profile(document, settings);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text(&settings.condition),
        "OutputCondition" => text(&settings.condition),
        "RegistryName" => text("http://www.color.org"),
        "Info" => text(&settings.condition),
        "DestOutputProfile" => profile,
    };
    let metadata = metadata(document, settings);
    let catalog = document.catalog_mut()?;
    // What acts, and what only a reader on a screen has a use for.
    for key in
        [&b"OpenAction"[..], b"AA", b"AcroForm", b"Names", b"AF", b"StructTreeRoot", b"MarkInfo"]
    {
        catalog.remove(key);
    }
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Metadata", metadata);
    info(document, settings);
    document.version = "1.6".into();
    Ok(())
}

/// Sets the boxes and removes annotations. Typst's page is the trim and all that is drawn around
/// it.
fn pages(document: &mut Document, bleed: f64) -> Result<(), PressError> {
    for id in document.page_iter().collect::<Vec<_>>() {
        let page = document.get_dictionary_mut(id)?;
        for key in
            [&b"Annots"[..], b"CropBox", b"ArtBox", b"StructParents", b"Tabs", b"AA", b"UserUnit"]
        {
            page.remove(key);
        }
        let media = numbers(page, b"MediaBox");
        let trim = numbers(page, b"TrimBox").or(media);
        if let (Some(media), Some([left, bottom, right, top])) = (media, trim) {
            page.set("MediaBox", rectangle(media));
            let wide = [left - bleed, bottom - bleed, right + bleed, top + bleed];
            // Never beyond the sheet.
            let bleed = [
                wide[0].max(media[0]),
                wide[1].max(media[1]),
                wide[2].min(media[2]),
                wide[3].min(media[3]),
            ];
            page.set("TrimBox", rectangle([left, bottom, right, top]));
            page.set("BleedBox", rectangle(bleed));
        }
    }
    Ok(())
}

fn numbers(dict: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let array = dict.get(key).and_then(Object::as_array).ok()?;
    let parts: Vec<f64> =
        array.iter().filter_map(|part| part.as_float().ok().map(f64::from)).collect();
    parts.try_into().ok()
}

fn rectangle(parts: [f64; 4]) -> Object {
    Object::Array(
        parts.iter().map(|part| Object::Real((part * 1000.0).round() as f32 / 1000.0)).collect(),
    )
}

fn profile(document: &mut Document, settings: &PressSettings) -> Object {
    let stream = Stream::new(dictionary! { "N" => 4 }, settings.profile.clone());
    Object::Reference(document.add_object(stream))
}

/// Sets the document information (ISO 32000-1, 14.3.3); XMP agrees with it to the letter.
fn info(document: &mut Document, settings: &PressSettings) {
    let old = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    let (year, month, day) = settings.date;
    let date = text(&format!("D:{year:04}{month:02}{day:02}000000Z"));
    let mut info = old;
    info.set("Title", text(&settings.title));
    info.set("CreationDate", date.clone());
    info.set("ModDate", date);
    info.set("Trapped", "False");
    // PDF/X-4 wants this in XMP alone; checkers of older parts look here.
    info.set("GTS_PDFXVersion", text("PDF/X-4"));
    let info = document.add_object(info);
    document.trailer.set("Info", info);
}

fn metadata(document: &mut Document, settings: &PressSettings) -> Object {
    let info = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    let said = |key: &[u8]| info.get(key).and_then(lopdf::decode_text_string).ok();
    let (year, month, day) = settings.date;
    let date = DateTime {
        year,
        month: Some(month),
        day: Some(day),
        hour: Some(0),
        minute: Some(0),
        second: Some(0),
        timezone: Some(xmp_writer::Timezone::Utc),
    };
    let id = identifier(document);
    let mut xmp = XmpWriter::new();
    xmp.title([(None::<LangId>, settings.title.as_str())]);
    if let Some(author) = said(b"Author") {
        xmp.creator([author.as_str()]);
    }
    if let Some(keywords) = said(b"Keywords") {
        xmp.pdf_keywords(&keywords);
    }
    if let Some(producer) = said(b"Producer") {
        xmp.producer(&producer);
    }
    if let Some(creator) = said(b"Creator") {
        xmp.creator_tool(&creator);
    }
    xmp.create_date(date);
    xmp.modify_date(date);
    xmp.metadata_date(date);
    xmp.format("application/pdf");
    xmp.document_id(&id);
    xmp.instance_id(&id);
    xmp.version_id("1");
    xmp.rendition_class(RenditionClass::Default);
    xmp.trapped(false);
    xmp.pdf_version("1.6");
    xmp.pdfx_version("PDF/X-4");
    let packet = xmp.finish(None).into_bytes();
    // Without a filter: whoever looks for it finds it without reading PDF.
    let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet)
        .with_compression(false);
    Object::Reference(document.add_object(stream))
}

/// Returns the file's own identifier as a UUID: the same content gets the same one.
fn identifier(document: &Document) -> String {
    let id = document.trailer.get(b"ID").and_then(Object::as_array).ok();
    let bytes = id.and_then(|id| id.first()).and_then(|id| id.as_str().ok()).unwrap_or_default();
    let hex: String = bytes
        .iter()
        .chain(std::iter::repeat(&0))
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Encodes a text string: unchanged if ASCII, otherwise as UTF-16 (ISO 32000-1, 7.9.2.2).
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
