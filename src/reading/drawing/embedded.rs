//! Pictures within a drawing, in addresses that hold their data: read as files are.

use std::io::Cursor;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data_url::DataUrl;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader};
use l10n::say;

use super::faces::Faces;
use super::{Drawing, Why, within};

/// How deep drawings may hold each other.
const DEPTH: usize = 4;

/// Reads the picture that an address holds, in a drawing that stands in `depth` others. Returns the
/// address to write in its place; `None` if it can be drawn as it is.
pub(super) fn read(
    address: &str,
    faces: &Faces,
    lang: &str,
    depth: usize,
) -> Result<Option<String>, Why> {
    let broken = |why: String| Why {
        refused: true,
        message: say!("a picture in it is broken: {why}", why),
        hint: say!("put it in again as PNG or JPEG, and export again"),
    };
    let url = DataUrl::process(address).map_err(|why| broken(why.to_string()))?;
    let (bytes, _) = url.decode_to_vec().map_err(|why| broken(why.to_string()))?;
    let named = url.mime_type();
    let kind = match image::guess_format(&bytes) {
        Ok(ImageFormat::Png) => "png",
        Ok(ImageFormat::Jpeg) => "jpeg",
        Ok(ImageFormat::Gif) => "gif",
        Ok(ImageFormat::WebP) => "webp",
        Ok(other) => {
            return Err(Why {
                refused: true,
                message: say!(
                    "a picture in it is of the kind `{kind}`, which cannot be drawn",
                    kind = other.to_mime_type()
                ),
                hint: say!("put it in as PNG or JPEG, and export again"),
            });
        }
        Err(_) => return drawing(&bytes, faces, lang, depth),
    };
    let decoded = ImageReader::new(Cursor::new(&bytes)).with_guessed_format();
    let decoder = decoded.map_err(|why| broken(why.to_string()))?.into_decoder();
    let decoder = decoder.map_err(|why| broken(why.to_string()))?;
    if matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8) {
        return Err(Why {
            refused: true,
            message: say!("a photograph in it is in inks (CMYK), which a drawing cannot hold"),
            hint: say!("convert it to RGB, and export again; by itself, it may stay in CMYK"),
        });
    }
    DynamicImage::from_decoder(decoder).map_err(|why| broken(why.to_string()))?;
    // It is drawn as what its address says it is.
    let known = ["jpg", kind].contains(&&*named.subtype) && named.type_ == "image";
    let known = known && (kind == "jpeg" || named.subtype == kind);
    Ok((!known).then(|| format!("data:image/{kind};base64,{}", STANDARD.encode(&bytes))))
}

fn drawing(bytes: &[u8], faces: &Faces, lang: &str, depth: usize) -> Result<Option<String>, Why> {
    if depth >= DEPTH {
        return Err(Why::broken(say!("its elements are nested too deeply")));
    }
    let drawing: Arc<Drawing> = within(bytes, faces, lang, depth + 1).map_err(|why| Why {
        refused: true,
        message: say!("a drawing in it cannot be drawn: {why}", why = why.message),
        hint: why.hint,
    })?;
    // The program that draws has no faces within a picture, and leaves text out.
    if let Some((text, _)) = drawing.printed.first() {
        let text: String = text.trim().chars().take(12).collect();
        return Err(Why {
            refused: true,
            message: say!(
                "the text `{text}` stands in a drawing within it, where none is drawn",
                text
            ),
            hint: say!(
                "put the inner drawing's shapes in by themselves, or turn its text into paths, and export again"
            ),
        });
    }
    let text = drawing.written.as_deref().unwrap_or(&drawing.text);
    Ok(Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(text))))
}
