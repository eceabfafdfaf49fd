//! The file as bytes and as a PDF: structures that the reader hides (header, trailer), pages with
//! their boxes, and the guard against streams that unpack to more than memory should hold.
//!
//! hayro-syntax mends what it can, silently; so the trailer and the place of the cross-reference
//! table are looked up here in the bytes themselves.

use hayro_syntax::object::{
    Array, Dict, FromBytes, MaybeRef, ObjRef, Object, ObjectIdentifier, Rect as PdfRect,
};
use hayro_syntax::page::{Page, Rotation};
use hayro_syntax::reader::{Reader, ReaderExt};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::Rect;

use super::finding::{At, Findings, Region};
use super::rules;
use l10n::say;

/// A readable PDF.
pub(super) struct File<'a> {
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// The file as seen by the reader.
    pub(super) pdf: &'a Pdf,
    /// The last trailer, with its references unresolved.
    pub(super) trailer: Dict<'a>,
    /// The document information dictionary.
    pub(super) info: Dict<'a>,
    /// The catalogue.
    pub(super) catalog: Dict<'a>,
    /// The pages in order.
    pub(super) pages: Vec<Sheet<'a>>,
}

/// A page with its boxes, in points.
pub(super) struct Sheet<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// The page as seen by the reader.
    pub(super) page: &'a Page<'a>,
    /// The MediaBox: the paper.
    pub(super) media: Rect,
    /// The CropBox, if it differs from the MediaBox.
    pub(super) crop: Option<Rect>,
    /// The BleedBox, if given.
    pub(super) bleed: Option<Rect>,
    /// The TrimBox, if given; or the ArtBox in its place.
    pub(super) trim: Option<Rect>,
    /// The ArtBox beside a TrimBox.
    pub(super) art: Option<Rect>,
    /// Whether the page is rotated.
    pub(super) rotated: bool,
}

impl Sheet<'_> {
    /// Returns the area that remains after trimming: the TrimBox or its default.
    pub(super) fn trimmed(&self) -> Rect {
        self.trim.or(self.crop).unwrap_or(self.media)
    }

    /// Returns the printed area: the BleedBox or its default, clipped to the paper.
    pub(super) fn bled(&self) -> Rect {
        let bleed = self.bleed.unwrap_or_else(|| self.trimmed());
        let paper = bleed.intersect(self.media);
        if paper.area() > 0.0 { paper } else { bleed }
    }

    /// Returns the location of a rectangle on this page.
    pub(super) fn at(&self, rect: Rect) -> At {
        At::place(self.number, Region::of(rect, self.trimmed()))
    }
}

/// Opens the file; reports a finding if that fails.
pub(super) fn open(bytes: &[u8], effort: u32, findings: &mut Findings) -> Option<Pdf> {
    let complain = |findings: &mut Findings, message: String, hint: String| {
        findings.report(&rules::READABLE, At::FILE, message, hint)
    };
    if bytes.is_empty() {
        complain(findings, say!("the file is empty"), say!("export it again"));
        return None;
    }
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_none() {
        complain(
            findings,
            say!("not a PDF: `%PDF-` is not among the first 1024 bytes"),
            say!("specify a PDF file"),
        );
        return None;
    }
    if let Err(refusal) = door::inspect(bytes, &door::Limits::default().times(effort)) {
        findings.report(&rules::WORK, At::FILE, refusal.message(), refusal.hint());
        return None;
    }
    // With object streams unpacked each object is read once; where that does not make a sound file,
    // the file itself is read.
    let unfolded = door::unfold(bytes, &door::Limits::default().times(effort));
    let unfolded = unfolded.and_then(|bytes| Pdf::new(bytes).ok());
    let read = match unfolded.filter(|pdf| !pdf.pages().is_empty()) {
        Some(pdf) => Ok(pdf),
        None => Pdf::new(bytes.to_vec()),
    };
    match read {
        Ok(pdf) if !has_sound_layers(&pdf) => {
            complain(
                findings,
                say!("the list of the file's layers is damaged"),
                say!("export it again, without layers"),
            );
            None
        }
        Ok(pdf) if !pdf.pages().is_empty() => Some(pdf),
        Ok(_) => {
            complain(
                findings,
                say!("the file has no pages"),
                say!("export it again: it is damaged or truncated"),
            );
            None
        }
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            findings.report(
                &rules::ENCRYPTED,
                At::FILE,
                say!("the file is password-protected"),
                say!("export it without a password"),
            );
            complain(
                findings,
                say!("the file is password-protected, so nothing else could be checked"),
                say!("export it without a password"),
            );
            None
        }
        Err(_) => {
            complain(
                findings,
                say!("the file cannot be read as a PDF"),
                say!("export it again: it is damaged or truncated"),
            );
            None
        }
    }
}

impl<'a> File<'a> {
    /// Collects the parts of an open file.
    pub(super) fn new(bytes: &'a [u8], pdf: &'a Pdf, findings: &mut Findings) -> Self {
        let (trailer, sound) = trailer(bytes);
        if !sound {
            let message = say!("the end of the file does not point to its cross-reference table");
            findings.report(
                &rules::XREF,
                At::FILE,
                message,
                say!("export the file again: it was edited by hand or truncated"),
            );
        }
        let info = match trailer.get_ref("Info") {
            Some(id) => pdf.xref().get::<Dict<'_>>(id.into()),
            None => trailer.get::<Dict<'_>>("Info"),
        };
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let pages = pdf.pages().iter().enumerate().map(|(i, page)| sheet(i + 1, page)).collect();
        Self { bytes, pdf, trailer, info: info.unwrap_or_default(), catalog, pages }
    }

    /// Resolves a reference.
    pub(super) fn follow(&self, reference: ObjRef) -> Option<Object<'a>> {
        self.pdf.xref().get(ObjectIdentifier::from(reference))
    }
}

fn sheet<'a>(number: usize, page: &'a Page<'a>) -> Sheet<'a> {
    let own = |key: &str| page.raw().get::<PdfRect>(key).map(rect);
    let media = rect(page.media_box());
    let crop = rect(page.crop_box());
    Sheet {
        number,
        page,
        media,
        crop: (crop != media).then_some(crop),
        bleed: own("BleedBox"),
        // Either of the two says where the page is cut (ISO 15930-7, 6.6).
        trim: own("TrimBox").or_else(|| own("ArtBox")),
        art: own("ArtBox").filter(|_| own("TrimBox").is_some()),
        rotated: !matches!(page.rotation(), Rotation::None),
    }
}

/// Returns whether every item of an array can be read: `raw_iter` cannot report one that is
/// unreadable.
pub(super) fn is_sound(array: &Array) -> bool {
    let mut items = Reader::new(array.data());
    items.skip_white_spaces_and_comments();
    while !items.at_end() {
        if items.read_without_context::<MaybeRef<Object>>().is_none() {
            return false;
        }
        items.skip_white_spaces_and_comments();
    }
    true
}

/// Returns whether the lists of layers, which decide the visible content, can be read (ISO
/// 32000-1, 8.11.4).
fn has_sound_layers(pdf: &Pdf) -> bool {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let layers = catalog.get::<Dict<'_>>("OCProperties").unwrap_or_default();
    let shown = layers.get::<Dict<'_>>("D").unwrap_or_default();
    let lists = [layers.get::<Array<'_>>("OCGs"), shown.get("ON"), shown.get("OFF")];
    lists.iter().flatten().all(is_sound)
}

/// Converts to a rectangle in points with its corners in order.
pub(super) fn rect(r: PdfRect) -> Rect {
    Rect::new(r.x0, r.y0, r.x1, r.y1).abs()
}

/// Returns the last trailer (a dictionary of its own, or that of a cross-reference stream), and
/// whether it is at the position given at the end of the file.
fn trailer(bytes: &[u8]) -> (Dict<'_>, bool) {
    let announced = (|| {
        let tail = &bytes[rfind(bytes, b"startxref")? + 9..];
        let digits: String = tail
            .iter()
            .map(|&b| b as char)
            .skip_while(|c| c.is_whitespace())
            .take_while(char::is_ascii_digit)
            .collect();
        let section = bytes.get(digits.parse::<usize>().ok()?..)?;
        let start = section.iter().position(|b| !b.is_ascii_whitespace())?;
        let section = &section[start..];
        if section.starts_with(b"xref") {
            dict_after(section, b"trailer")
        } else {
            let head = &section[..section.len().min(32)];
            section[0].is_ascii_digit().then_some(())?;
            find(head, b"obj")?;
            dict_after(section, b"obj")
        }
    })();
    match announced {
        Some(dict) => (dict, true),
        None => (mended(bytes).unwrap_or_default(), false),
    }
}

/// Returns the last dictionary that looks like a trailer.
fn mended(bytes: &[u8]) -> Option<Dict<'_>> {
    if let Some(at) = rfind(bytes, b"trailer") {
        return dict_after(&bytes[at..], b"trailer");
    }
    let name = rfind(bytes, b"/XRef")?;
    dict_after(&bytes[rfind(&bytes[..name], b"obj")?..], b"obj")
}

fn dict_after<'a>(bytes: &'a [u8], word: &[u8]) -> Option<Dict<'a>> {
    let rest = &bytes[find(bytes, word)? + word.len()..];
    let start = find(rest, b"<<")?;
    rest[..start].iter().all(u8::is_ascii_whitespace).then_some(())?;
    Dict::from_bytes(&rest[start..])
}

/// Returns the first position of `needle`.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailer_is_found_where_the_end_says_or_by_its_word() {
        let sound = b"%PDF-1.6\nxref\n0 0\ntrailer\n<< /Size 3 >>\nstartxref\n9\n%%EOF";
        let (dict, ok) = trailer(sound);
        assert!(ok && dict.get::<i32>("Size") == Some(3));
        let moved = b"%PDF-1.6\n\n\n\nxref\n0 0\ntrailer\n<< /Size 3 >>\nstartxref\n2\n%%EOF";
        let (dict, ok) = trailer(moved);
        assert!(!ok && dict.get::<i32>("Size") == Some(3));
        assert!(trailer(b"nothing").0.is_empty());
    }
}
