//! Images in inks (ISO 32000-1, 8.9): colour through the profile, grey unchanged, soft masks
//! untouched.

use image::{ImageFormat, ImageReader};
use lopdf::{Document, Object, ObjectId, Stream};

use super::PressError;
use super::inks::Inks;
use super::known::Desk;
use super::resources::{Space, space_of};

/// Converts every image to DeviceCMYK or DeviceGray.
pub(crate) fn convert(document: &mut Document, desk: &mut Desk) -> Result<(), PressError> {
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
            Space::Cmyk => {
                stream.dict.set("ColorSpace", "DeviceCMYK");
                if is_jpeg(stream) && !has_adobe_mark(&stream.content) {
                    // Typst's writer takes every JPEG in inks for Adobe's.
                    stream.dict.remove(b"Decode");
                }
            }
            Space::Rgb => {
                let how = format!(
                    "image {:?}",
                    [&b"Filter"[..], b"BitsPerComponent"].map(|key| stream.dict.get(key))
                );
                let key = desk.key(&[how.as_bytes(), &stream.content]);
                match desk.made(&key) {
                    Some(made) => {
                        of_inks(stream);
                        _ = made.put(stream);
                    }
                    None => {
                        to_inks(stream, &desk.inks)?;
                        desk.keep(id, key, false);
                    }
                }
            }
            Space::Other => return Err(PressError::PictureKind),
        }
    }
    Ok(())
}

fn to_inks(stream: &mut Stream, inks: &Inks) -> Result<(), PressError> {
    let rgb = pixels(stream)?;
    let data = inks.of_pixels(&rgb);
    of_inks(stream);
    stream.set_content(data);
    Ok(())
}

/// Says of an image that it is in inks, and not packed.
fn of_inks(stream: &mut Stream) {
    for key in [&b"Filter"[..], b"DecodeParms", b"Decode"] {
        stream.dict.remove(key);
    }
    stream.dict.set("ColorSpace", "DeviceCMYK");
    stream.dict.set("BitsPerComponent", 8);
}

fn is_jpeg(stream: &Stream) -> bool {
    stream.filters().unwrap_or_default().contains(&&b"DCTDecode"[..])
}

/// Whether a JPEG has the segment (APP14) of Adobe's programs, which store the share of paper that
/// stays white.
///
/// ```
/// assert!(pdfx::has_adobe_mark(b"\xFF\xD8\xFF\xEE\0\x0EAdobe\0d\0\0\0\0\x02"));
/// assert!(!pdfx::has_adobe_mark(b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xDA"));
/// ```
pub fn has_adobe_mark(jpeg: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) =
        jpeg.get(at..).and_then(|rest| rest.first_chunk::<4>())
    {
        if marker == 0xDA {
            return false;
        }
        if marker == 0xEE && jpeg[at + 4..].starts_with(b"Adobe") {
            return true;
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    false
}

/// Returns an image's pixels, three bytes each.
fn pixels(stream: &Stream) -> Result<Vec<u8>, PressError> {
    if is_jpeg(stream) {
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
