//! What a picture is, by its first bytes: names of files are often wrong.

use image::ImageFormat;

use l10n::say;

/// The kind of a picture that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A drawing (SVG), plain or compressed.
    Drawing,
    /// Pixels.
    Pixels(ImageFormat),
    /// Pages (PDF).
    Pages,
}

/// Why a file cannot be set: what it is, if that is known, and what to do.
pub(super) struct Foreign {
    /// The kind's name; `None` if it is nobody's picture.
    pub name: Option<&'static str>,
    /// What to do.
    pub hint: String,
}

/// Returns the kind of a picture.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, Foreign> {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
    if let Ok(format @ (Png | Jpeg | Gif | WebP | Tiff | Bmp)) = image::guess_format(bytes) {
        return Ok(Kind::Pixels(format));
    }
    if bytes.starts_with(b"%PDF") {
        return Ok(Kind::Pages);
    }
    if let Some((name, hint)) = foreign(bytes) {
        return Err(Foreign { name: Some(name), hint });
    }
    if looks_like_xml(bytes) || bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(Kind::Drawing);
    }
    let hint = say!("use `.svg` for drawings, `.png` or `.jpg` for photographs");
    Err(Foreign { name: None, hint })
}

/// Formats that people hand in and that cannot be set, by their magic numbers.
fn foreign(bytes: &[u8]) -> Option<(&'static str, String)> {
    let at = |offset: usize, magic: &[u8]| {
        bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic))
    };
    let drawing = || say!("export it as SVG, or as PNG with at least 300 pixels per inch");
    let photograph = || say!("export it as JPEG or PNG");
    let phone = || {
        say!(
            "export it as JPEG; an iPhone takes JPEG with Settings > Camera > Formats > Most Compatible"
        )
    };
    Some(if at(0, b"%!PS") || at(0, &[0xC5, 0xD0, 0xD3, 0xC6]) {
        ("EPS", drawing())
    } else if at(0, &[0xD7, 0xCD, 0xC6, 0x9A]) || at(0, &[1, 0, 9, 0]) {
        ("WMF", drawing())
    } else if at(0, &[1, 0, 0, 0]) && at(40, b" EMF") {
        ("EMF", drawing())
    } else if at(0, b"8BPS") {
        ("PSD", photograph())
    } else if at(4, b"ftypavif") || at(4, b"ftypavis") {
        ("AVIF", photograph())
    } else if at(4, b"ftyphei") || at(4, b"ftyphev") || at(4, b"ftypmif1") || at(4, b"ftypmsf1") {
        ("HEIC", phone())
    } else if at(0, b"\0\0\0\x0CjP  ") {
        ("JPEG 2000", photograph())
    } else if at(0, &[0xFF, 0x0A]) || at(0, b"\0\0\0\x0CJXL ") {
        ("JPEG XL", photograph())
    } else if at(0, &[0, 0, 1, 0]) {
        ("ICO", photograph())
    } else if at(0, &[0xD0, 0xCF, 0x11, 0xE0]) || at(0, b"PK\x03\x04") {
        ("Office", drawing())
    } else {
        return None;
    })
}

/// Whether a file begins as XML does, in any encoding that XML has.
fn looks_like_xml(bytes: &[u8]) -> bool {
    // The first sign in UTF-16 and UTF-32 is the same byte among zeros.
    let mut signs = bytes.iter().skip_while(|byte| {
        matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF | 0) || byte.is_ascii_whitespace()
    });
    signs.next() == Some(&b'<')
}
