//! Turns Typst's PDF into one that a printing house accepts: PDF/X-4 (ISO 15930-7) in the inks of
//! its press.
//!
//! Typst writes colours for the screen, no bleed box and no output intent. One pass over the file's
//! objects mends that: what is drawn stays, what it is drawn in changes. This room knows no Typst.
//!
//! ```
//! use pdfx::{COATED, COATED_CONDITION, Known, PressSettings, finish};
//!
//! # use lopdf::{Document, Object, Stream, dictionary};
//! # fn a_pdf() -> Vec<u8> {
//! #     let mut document = Document::with_version("1.6");
//! #     let parent = document.new_object_id();
//! #     let contents =
//! #         document.add_object(Stream::new(dictionary! {}, b"1 0 0 rg 0 0 9 9 re f".to_vec()));
//! #     let page = document.add_object(dictionary! {
//! #         "Type" => "Page", "Parent" => parent, "Contents" => contents,
//! #         "MediaBox" => [0, 0, 300, 400].map(Object::from).to_vec(),
//! #     });
//! #     let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
//! #     document.objects.insert(parent, tree.into());
//! #     let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
//! #     document.trailer.set("Root", catalog);
//! #     let mut bytes = vec![];
//! #     document.save_to(&mut bytes).expect("a PDF");
//! #     bytes
//! # }
//! let settings = PressSettings {
//!     profile: COATED.to_vec(),
//!     condition: COATED_CONDITION.to_owned(),
//!     bleed: 0.0,
//!     tokens: vec![],
//!     title: "Trends".to_owned(),
//!     date: (2025, 1, 31),
//! };
//! let press = Document::load_mem(&finish(&a_pdf(), &settings, &Known::new())?)?;
//! assert!(press.catalog()?.has(b"OutputIntents"));
//! // Red is a colour of four inks now.
//! let page = press.page_iter().next().expect("a page");
//! let content = press.get_page_content(page);
//! assert!(String::from_utf8_lossy(&content).contains(" k\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod content;
mod document;
mod few;
mod fonts;
mod images;
mod inks;
mod known;
mod proof;
mod resources;

use std::fmt;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Stream};
use rayon::prelude::*;

use l10n::say;

pub use images::has_adobe_mark;
pub use inks::{Inks, Token};
pub use known::Known;
pub use proof::Proof;

/// The profile that comes with the program: ISO Coated v2 300 % by basICColor, for FOGRA39 (see
/// `icc/` beside the sources).
pub const COATED: &[u8] = include_bytes!("../icc/ISOcoated_v2_300_bas.icc");

/// The printing condition of [`COATED`], by its name in the ICC's registry of characterisations.
pub const COATED_CONDITION: &str = "FOGRA39";

/// The settings of a press file.
#[derive(Debug, Clone)]
pub struct PressSettings {
    /// The output profile: an ICC profile of class `prtr` for CMYK.
    pub profile: Vec<u8>,
    /// The name of the printing condition, such as `FOGRA39`.
    pub condition: String,
    /// The bleed: the extent of colour beyond the trim, in points.
    pub bleed: f64,
    /// Colours with inks of their own, which override the profile.
    pub tokens: Vec<Token>,
    /// The document's title.
    pub title: String,
    /// The document's date: year, month, day.
    pub date: (u16, u8, u8),
}

/// An error that prevents the press file from being made.
#[derive(Debug)]
pub enum PressError {
    /// The PDF could not be read or written.
    Pdf(lopdf::Error),
    /// The profile could not be read, or cannot convert colours.
    Profile(moxcms::CmsError),
    /// The profile is not for a four-colour press.
    NotCmyk,
    /// An image could not be decoded.
    Picture(image::ImageError),
    /// An image is of a kind that cannot be converted to inks.
    PictureKind,
}

impl fmt::Display for PressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdf(error) => {
                f.write_str(&say!("the PDF cannot be converted to a press file: {error}", error))
            }
            Self::Profile(error) => {
                f.write_str(&say!("the output profile cannot be used: {error}", error))
            }
            Self::NotCmyk => {
                f.write_str(&say!("the output profile is not for a four-colour press"))
            }
            Self::Picture(error) => {
                f.write_str(&say!("a picture cannot be converted to inks: {error}", error))
            }
            Self::PictureKind => {
                f.write_str(&say!("a picture has a format that cannot be converted to inks"))
            }
        }
    }
}

impl std::error::Error for PressError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Pdf(error) => Some(error),
            Self::Profile(error) => Some(error),
            Self::Picture(error) => Some(error),
            Self::NotCmyk | Self::PictureKind => None,
        }
    }
}

impl From<lopdf::Error> for PressError {
    fn from(error: lopdf::Error) -> Self {
        Self::Pdf(error)
    }
}

/// Turns Typst's PDF into a press file: same input, same bytes. What `known` has of other files is not
/// converted again.
pub fn finish(
    bytes: &[u8],
    settings: &PressSettings,
    known: &Known,
) -> Result<Vec<u8>, PressError> {
    let mut document = Document::load_mem(bytes)?;
    let mut desk = known.begin(&settings.profile, &settings.tokens)?;
    images::convert(&mut document, &mut desk)?;
    content::convert(&mut document, &mut desk)?;
    resources::convert(&mut document, &desk.inks);
    fonts::complete(&mut document);
    document::complete(&mut document, settings)?;
    deflate(&mut document);
    desk.done(&document);
    document.prune_objects();
    document.renumber_objects();
    let mut out = vec![];
    document.save_to(&mut out).map_err(lopdf::Error::from)?;
    Ok(out)
}

/// Deflates the uncompressed streams (ISO 32000-1, 7.4.4), on all processors. lopdf's own
/// `compress` is not used: it takes level 9 on one, which costs a tenth of the whole rendering
/// and saves half a percent.
fn deflate(document: &mut Document) {
    let plain = |stream: &&mut Stream| stream.allows_compression && !stream.dict.has(b"Filter");
    let streams =
        document.objects.par_iter_mut().filter_map(|(_, object)| object.as_stream_mut().ok());
    streams.filter(plain).for_each(|stream| {
        let mut encoder = ZlibEncoder::new(vec![], Compression::default());
        let deflated = encoder.write_all(&stream.content).and_then(|()| encoder.finish());
        // What is no smaller with its filter stays plain, and memory never refuses to be written.
        if let Some(deflated) =
            deflated.ok().filter(|deflated| deflated.len() + 20 < stream.content.len())
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(deflated);
        }
    });
}
