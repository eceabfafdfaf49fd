//! Images: their format and size, checked before anything decodes them.

use std::io::Cursor;
use std::sync::Arc;

use image::{ImageFormat, ImageReader};

use super::Printed;
use super::project::{CONTENT, Project, shown};
use l10n::say;
use source::{Diagnostic, Place, SourceFile};

/// The longest side of an image, in pixels: a whole sheet of 700 × 1000 mm at 600 ppi.
const MAX_SIDE: u32 = 24_000;
/// The maximum number of pixels in an image: decoded, they take four bytes each.
const MAX_PIXELS: u64 = 200_000_000;

/// The namespace of SVG's elements.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An image that can be set.
pub(super) struct Picture {
    /// Its path from the project's root, with a leading `/`.
    pub path: String,
    /// The ratio of its width to its height.
    pub ratio: f64,
    /// The text in a drawing.
    pub printed: Vec<Printed>,
}

/// Checks an image by its header: that it exists, is what its name says, and has a sane size.
pub(super) fn check(project: &Project, name: &str, asked: &Place) -> Result<Picture, Diagnostic> {
    let name = &*project.locate(name, asked)?;
    let bytes = project.bytes(name, asked)?;
    let error =
        |message: String, hint: String| Err(Diagnostic::error(asked.clone(), message).hint(hint));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let claimed = match ending.as_str() {
        "svg" => None,
        "png" => Some(ImageFormat::Png),
        "jpg" | "jpeg" => Some(ImageFormat::Jpeg),
        _ => {
            return error(
                say!("`{name}` has an unsupported format", name),
                say!("use `.svg` for drawings, `.png` or `.jpg` for photographs"),
            );
        }
    };
    let found = image::guess_format(&bytes).ok();
    let ratio = match (claimed, found) {
        (None, None) => svg_ratio(&bytes).map_err(|why| {
            Diagnostic::error(
                asked.clone(),
                say!("`{name}` is not an SVG picture: {why}", name, why),
            )
            .hint(say!("export it again as plain SVG"))
        })?,
        (Some(claimed), Some(found)) if claimed == found => {
            let (width, height) = ImageReader::with_format(Cursor::new(&bytes), found)
                .into_dimensions()
                .map_err(|why| {
                    Diagnostic::error(asked.clone(), say!("`{name}` is broken: {why}", name, why))
                        .hint(say!("export it again"))
                })?;
            if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
                return error(
                    say!(
                        "`{name}` measures {width} × {height} pixels, more than any page can show",
                        name,
                        width,
                        height
                    ),
                    say!("scale it down: 300 pixels per inch at its printed size are enough"),
                );
            }
            if !is_whole(&bytes, found) {
                return error(
                    say!("`{name}` is truncated: its end is missing", name),
                    say!("export or copy it again"),
                );
            }
            if width == 0 || height == 0 {
                return error(say!("`{name}` has no pixels", name), say!("export it again"));
            }
            f64::from(width) / f64::from(height)
        }
        (_, Some(found)) => {
            let proper = found.extensions_str().first().copied().unwrap_or("png");
            return error(
                say!(
                    "`{name}` does not match its name: it contains a `.{proper}` picture",
                    name,
                    proper
                ),
                say!("rename the file, or export it in the format that its name implies"),
            );
        }
        (Some(_), None) => {
            return error(
                say!("`{name}` is not a picture, despite its name", name),
                say!("export it again"),
            );
        }
    };
    let printed = if claimed.is_none() { svg_text(&bytes, name) } else { vec![] };
    Ok(Picture { path: format!("/{CONTENT}/{name}"), ratio, printed })
}

/// Returns whether an image has its end marker; the decoder judges the data before it.
fn is_whole(bytes: &[u8], format: ImageFormat) -> bool {
    let end: &[u8] = if format == ImageFormat::Png { b"IEND" } else { &[0xFF, 0xD9] };
    bytes[bytes.len() / 2..].windows(end.len()).any(|window| window == end)
}

/// Returns the characters of a drawing's `<text>`, each run with its location.
fn svg_text(bytes: &[u8], name: &str) -> Vec<Printed> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = Arc::new(SourceFile { path: shown(name), text });
    let Ok(tree) = roxmltree::Document::parse(&file.text) else { return vec![] };
    tree.descendants()
        .filter(|node| node.is_text() && node.ancestors().any(|above| above.has_tag_name("text")))
        .map(|node| Printed {
            text: node.text().unwrap_or_default().to_owned(),
            place: Place::new(&file, node.range()),
        })
        .collect()
}

fn svg_ratio(bytes: &[u8]) -> Result<f64, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| say!("it is not text"))?;
    let tree = roxmltree::Document::parse(text).map_err(|error| error.to_string())?;
    let root = tree.root_element();
    if root.tag_name().name() != "svg" {
        return Err(say!("its root is `<{name}>`", name = root.tag_name().name()));
    }
    if root.tag_name().namespace() != Some(SVG) {
        return Err(say!("its root has no `xmlns=\"{space}\"`", space = SVG));
    }
    let number = |text: &str| {
        text.trim_end_matches(|c: char| c.is_alphabetic() || c == '%').parse::<f64>().ok()
    };
    let boxed = root.attribute("viewBox").and_then(|value| {
        let mut sides =
            value.split([' ', ',']).filter(|s| !s.is_empty()).skip(2).filter_map(number);
        Some((sides.next()?, sides.next()?))
    });
    let sized = || {
        Some((
            root.attribute("width").and_then(number)?,
            root.attribute("height").and_then(number)?,
        ))
    };
    match boxed.or_else(sized) {
        Some((width, height)) if width > 0.0 && height > 0.0 => Ok(width / height),
        _ => Err(say!("it has no size: add a `viewBox`")),
    }
}
