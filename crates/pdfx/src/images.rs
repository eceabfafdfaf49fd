//! Images in inks (ISO 32000-1, 8.9): colour through the profile, grey unchanged, soft masks
//! untouched.

use image::{ImageFormat, ImageReader};
use lopdf::{Document, Object, ObjectId, Stream};

use super::PressError;
use super::inks::Inks;
use super::resources::{Space, space_of};

/// Converts every image to DeviceCMYK or DeviceGray.
pub(crate) fn convert(document: &mut Document, inks: &Inks) -> Result<(), PressError> {
    let pictures: Vec<(ObjectId, Space)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let dict = &object.as_stream().ok()?.dict;
            let is_picture =
                dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
            // A stencil (`ImageMask`) has no colour space: it is drawn in the present colour.
            let space = dict.get(b"ColorSpace").ok().filter(|_| is_picture)?;
            Some((*id, space_of(document, space)))
        })
        .collect();
    for (id, space) in pictures {
        let stream = document.get_object_mut(id)?.as_stream_mut()?;
        match space {
            Space::Gray => stream.dict.set("ColorSpace", "DeviceGray"),
            Space::Cmyk => stream.dict.set("ColorSpace", "DeviceCMYK"),
            Space::Rgb => to_inks(stream, inks)?,
            Space::Other => return Err(PressError::PictureKind),
        }
    }
    Ok(())
}

fn to_inks(stream: &mut Stream, inks: &Inks) -> Result<(), PressError> {
    let rgb = pixels(stream)?;
    let data = inks.of_pixels(&rgb);
    for key in [&b"Filter"[..], b"DecodeParms", b"Decode"] {
        stream.dict.remove(key);
    }
    stream.dict.set("ColorSpace", "DeviceCMYK");
    stream.dict.set("BitsPerComponent", 8);
    stream.set_content(data);
    Ok(())
}

/// Returns an image's pixels, three bytes each.
fn pixels(stream: &Stream) -> Result<Vec<u8>, PressError> {
    let filters = stream.filters().unwrap_or_default();
    if filters.contains(&&b"DCTDecode"[..]) {
        let reader =
            ImageReader::with_format(std::io::Cursor::new(&stream.content), ImageFormat::Jpeg);
        return Ok(reader.decode().map_err(PressError::Picture)?.to_rgb8().into_raw());
    }
    let data = stream.get_plain_content()?;
    match stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64) {
        Ok(8) => Ok(data),
        // Of sixteen bits, the upper eight: presses do not print more.
        Ok(16) => Ok(data.chunks_exact(2).map(|pair| pair[0]).collect()),
        _ => Err(PressError::PictureKind),
    }
}
