//! What a file says of itself and what its pages hold, beside its faults: for a report that people
//! read.

use hayro_syntax::object::{Dict, String as PdfString};
use serde::Serialize;

use super::file::{File, Sheet, find};
use super::finding::Region;
use super::{Packet, text};

/// The maximum number of pictures of a page that are kept: those of the least resolution.
const PICTURES: usize = 24;
/// The maximum number of fonts that are kept.
const FONTS: usize = 500;

/// What a file says of itself and holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Facts {
    /// The title.
    pub title: Option<String>,
    /// The program that its content was made with.
    pub creator: Option<String>,
    /// The program that wrote the PDF.
    pub producer: Option<String>,
    /// The version of PDF.
    pub version: String,
    /// The standard for printing that it claims to follow.
    pub standard: Option<String>,
    /// The printing condition that it is made for.
    pub condition: Option<String>,
    /// The boxes, each for a run of pages.
    pub boxes: Vec<Boxes>,
    /// The fonts, by name.
    pub fonts: Vec<Font>,
    /// The images, by page; of many on a page those of the least resolution.
    pub pictures: Vec<Picture>,
    /// The number of images on all pages.
    pub picture_count: usize,
}

/// The boxes of a run of pages, in millimetres from the lower left corner of the trim.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Boxes {
    /// The first page, from 1.
    pub first: usize,
    /// The last page.
    pub last: usize,
    /// The sheet.
    pub media: Region,
    /// The CropBox, if it differs from the sheet.
    pub crop: Option<Region>,
    /// The TrimBox, or an ArtBox in its place.
    pub trim: Option<Region>,
    /// The BleedBox.
    pub bleed: Option<Region>,
}

/// A font that pages use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Font {
    /// Its name, without the mark of a subset.
    pub name: String,
    /// The kind of its program, such as `TrueType`; empty where it has none.
    pub kind: &'static str,
    /// Whether it is embedded.
    pub embedded: bool,
    /// Whether only a part of its glyphs is.
    pub subset: bool,
    /// The first page that uses it.
    pub page: usize,
    /// The number of pages that do.
    pub pages: usize,
}

/// An image on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The page, from 1.
    pub page: usize,
    /// Its place.
    pub place: Region,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its resolution as printed, in pixels an inch.
    pub ppi: f64,
    /// Its colour space.
    pub space: &'static str,
}

impl Facts {
    /// Reads what the file says of itself.
    pub(super) fn of(file: &File, packet: Option<&Packet>) -> Self {
        let info = |key: &str| file.info.get::<PdfString<'_>>(key);
        let info = |key| info(key).map(|text| text::decode(text.as_bytes()).trim().to_owned());
        let info = |key| info(key).filter(|text: &String| !text.is_empty());
        let start = find(file.bytes, b"%PDF-").unwrap_or(0);
        let version = file.bytes.get(start + 5..start + 8).unwrap_or_default();
        let claim = (super::metadata::PDFX_ID.to_owned(), "GTS_PDFXVersion".to_owned());
        let intent = file.catalog.get::<hayro_syntax::object::Array<'_>>("OutputIntents");
        let intent = intent.and_then(|list| list.iter::<Dict<'_>>().next());
        let condition =
            intent.and_then(|intent| intent.get::<PdfString<'_>>("OutputConditionIdentifier"));
        Self {
            title: info("Title"),
            creator: info("Creator"),
            producer: info("Producer"),
            version: String::from_utf8_lossy(version).into_owned(),
            standard: packet
                .and_then(|packet| packet.get(&claim).cloned())
                .or_else(|| info("GTS_PDFXVersion")),
            condition: condition.map(|name| text::decode(name.as_bytes())),
            boxes: boxes(&file.pages),
            ..Self::default()
        }
    }

    /// Adds what a page holds.
    pub(super) fn add(&mut self, found: Held) {
        let Held { fonts, mut pictures, page } = found;
        for (name, kind, embedded) in fonts {
            let full = self.fonts.len() >= FONTS;
            let same = |font: &&mut Font| {
                font.name == name.1 && font.kind == kind && font.embedded == embedded
            };
            match self.fonts.iter_mut().find(same) {
                Some(font) => {
                    font.pages += 1;
                    font.subset |= name.0;
                }
                None if !full => self.fonts.push(Font {
                    name: name.1,
                    kind,
                    embedded,
                    subset: name.0,
                    page,
                    pages: 1,
                }),
                None => {}
            }
        }
        self.picture_count += pictures.len();
        pictures.sort_by(|a, b| a.ppi.total_cmp(&b.ppi));
        pictures.truncate(PICTURES);
        self.pictures.append(&mut pictures);
    }

    /// Puts fonts in the order of their names.
    pub(super) fn sort(&mut self) {
        self.fonts
            .sort_by(|a, b| (a.embedded, &a.name, a.kind).cmp(&(b.embedded, &b.name, b.kind)));
    }
}

/// The runs of pages with the same boxes.
fn boxes(pages: &[Sheet]) -> Vec<Boxes> {
    let mut out: Vec<Boxes> = vec![];
    for page in pages {
        let trim = page.trimmed();
        let of = |rect| Region::of(rect, trim);
        let (media, crop) = (of(page.media), page.crop.map(of));
        let own = Boxes {
            first: page.number,
            last: page.number,
            media,
            crop,
            trim: page.trim.map(of),
            bleed: page.bleed.map(of),
        };
        match out.last_mut() {
            Some(last) if Boxes { first: own.first, last: own.last, ..*last } == own => {
                last.last = page.number;
            }
            _ => out.push(own),
        }
    }
    out
}

/// What a page holds: its fonts, each once, and its images.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    pub(super) page: usize,
    /// Name (whether it has the mark of a subset, and the rest), kind, whether it is embedded.
    pub(super) fonts: Vec<((bool, String), &'static str, bool)>,
    pub(super) pictures: Vec<Picture>,
}

impl Held {
    /// What the page holds where it has another number.
    pub(super) fn on(mut self, number: usize) -> Self {
        self.page = number;
        self.pictures.iter_mut().for_each(|picture| picture.page = number);
        self
    }

    /// Adds a font.
    pub(super) fn font(&mut self, name: &str, kind: &'static str, embedded: bool) {
        let marked = name.split_once('+').filter(|(mark, _)| {
            mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_uppercase())
        });
        let (subset, name) = marked.map_or((false, name), |(_, rest)| (true, rest));
        // Composite fonts add the name of their encoding (9.7.6.2).
        let encoding = |end| name.strip_suffix(end);
        let name = encoding("-Identity-H").or_else(|| encoding("-Identity-V")).unwrap_or(name);
        let same = |(known, known_kind, known_embedded): &&mut ((bool, String), &str, bool)| {
            known.1 == name && *known_kind == kind && *known_embedded == embedded
        };
        // Programs embed parts of one font several times over.
        let full = self.fonts.len() >= FONTS;
        match self.fonts.iter_mut().find(same) {
            Some((known, ..)) => known.0 |= subset,
            None if !full => {
                self.fonts.push(((subset, name.to_owned()), kind, embedded));
            }
            None => {}
        }
    }
}
