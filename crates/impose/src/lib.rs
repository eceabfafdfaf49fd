//! Places pages on sheets: a booklet, signatures of a book, several pages to a side. Knows no
//! Typst.
//!
//! A PDF goes in and a PDF of sheet sides comes out. Each page becomes a form XObject (ISO
//! 32000-1, 8.10), so that its fonts, vectors and inks stay what they are. It is placed by its
//! TrimBox and shown as far as its BleedBox; at a fold, and halfway to a neighbour, bleed is cut.
//! Links, bookmarks, page labels and tags belong to pages in reading order and are left out; what
//! other annotations draw, such as stamps and filled fields, becomes part of the page.
//!
//! ```
//! use impose::{Options, Scheme, impose};
//!
//! # use lopdf::{Document, Object, Stream, dictionary};
//! # fn a_pdf(pages: i64) -> Vec<u8> {
//! #     let mut document = Document::with_version("1.6");
//! #     let parent = document.new_object_id();
//! #     let kids: Vec<Object> = (0..pages).map(|_| {
//! #         let contents = document.add_object(Stream::new(dictionary! {}, b"0 0 9 9 re f".to_vec()));
//! #         document.add_object(dictionary! {
//! #             "Type" => "Page", "Parent" => parent, "Contents" => contents,
//! #             "MediaBox" => [0, 0, 300, 400].map(Object::from).to_vec(),
//! #         }).into()
//! #     }).collect();
//! #     let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => pages };
//! #     document.objects.insert(parent, tree.into());
//! #     let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
//! #     document.trailer.set("Root", catalog);
//! #     let mut bytes = vec![];
//! #     document.save_to(&mut bytes).expect("a PDF");
//! #     bytes
//! # }
//! // Six pages make a booklet of two sheets: eight pages, two of them blank, two to a side.
//! let booklet = Options { scheme: Scheme::Saddle, sheet: None, creep: 0.0, marks: false };
//! let imposed = impose(&a_pdf(6), &booklet)?;
//! assert_eq!((imposed.pages, imposed.blanks, imposed.sides), (6, 2, 4));
//! assert_eq!(imposed.sheet, (600.0, 400.0));
//! # Ok::<(), impose::ImposeError>(())
//! ```
//!
//! # Creep
//!
//! The back of each sheet of a folded stack lies against the back of the sheet around it. Its
//! fold, and all that is printed on it, so stands one thickness `t` nearer to the fore edge:
//! sheet `i`, counted from the outermost as 0, by `i · t`. A cut at the fore edge takes that much
//! from both of its leaves. Moving all four pages of sheet `i` towards the fold by `i · t` gives
//! them the outer margin of the outermost sheet; the inner margin loses what the fold hides. The
//! innermost of `n` sheets moves by `(n - 1) · t`, which is the rule of the trade. It holds for a
//! fold that is pressed flat. Round folds lie on parallel curves, of which the outer one is
//! longer by `π · t` (half a turn times the distance), so each leaf moves by `π / 2 · t`: whoever
//! binds loosely names a thickness up to 1.57 times the paper's.

mod annotations;
mod attributes;
mod error;
mod labels;
mod layout;
mod marks;
mod order;
mod pages;
mod rect;
mod sheets;

use std::num::NonZeroUsize;

use lopdf::Document;
use lopdf::xref::XrefRecovery;

pub use annotations::{Appearance, Printed, printed};
pub use attributes::inherited;
pub use error::ImposeError;
pub use pages::{Page, all as pages, form, limit};
pub use rect::{Rect, numbers};

/// The imposition scheme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scheme {
    /// One stack of folded sheets, each inside the previous one, stitched through the fold.
    Saddle,
    /// Consecutive signatures, each a stack of folded sheets, with glued backs. The last is smaller
    /// where that saves blank pages.
    Perfect {
        /// The number of sheets in a signature, of four pages each.
        sheets: NonZeroUsize,
    },
    /// Rows and columns in reading order, to be cut apart.
    Nup {
        /// The number of rows on a side.
        rows: NonZeroUsize,
        /// The number of columns on a side.
        columns: NonZeroUsize,
        /// The space between trimmed pages, in points.
        gutter: f64,
    },
}

/// Imposition options.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The imposition scheme.
    pub scheme: Scheme,
    /// The width and height of a sheet in points; as large as needed if not given.
    pub sheet: Option<(f64, f64)>,
    /// The creep of a folded sheet relative to the one around it, in points: the paper's thickness,
    /// or 0 for no creep.
    pub creep: f64,
    /// Whether to add crop and fold marks outside the bleed; on folded sheets also a label, and a
    /// collation mark on the back of each of several signatures.
    pub marks: bool,
}

/// The imposed sheets.
#[derive(Debug)]
pub struct Imposed {
    /// The PDF, with one page for each side of a sheet.
    pub bytes: Vec<u8>,
    /// The number of input pages.
    pub pages: usize,
    /// The number of blank pages added at the end.
    pub blanks: usize,
    /// The number of sides.
    pub sides: usize,
    /// The width and height of a sheet, in points.
    pub sheet: (f64, f64),
    /// The distance that the pages of the innermost sheets have moved towards the fold, in points.
    pub creep: f64,
    /// The number of pages of each signature; empty where there are none.
    pub signatures: Vec<usize>,
    /// Annotations that should be seen, but have no appearance and were left out: their pages,
    /// from 1, and their kinds.
    pub lost: Vec<(usize, String)>,
}

/// Places the pages of a PDF on sheets: same input, same bytes.
pub fn impose(bytes: &[u8], options: &Options) -> Result<Imposed, ImposeError> {
    impose_with(bytes, options, 1)
}

/// Places the pages of a PDF on sheets, with limits on memory and work that are `effort` times as
/// high.
pub fn impose_with(bytes: &[u8], options: &Options, effort: u32) -> Result<Imposed, ImposeError> {
    door::inspect(bytes, &door::Limits::default().times(effort))?;
    let mut document = Document::load_mem(bytes)?;
    // What opens without a password may be printed; sheets are a file of their own.
    if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
        return Err(ImposeError::Encrypted);
    }
    document.encryption_state = None;
    // Where the table of objects had to be guessed, objects may be missing.
    if document.xref_recovery == Some(XrefRecovery::Reconstructed) {
        return Err(ImposeError::Damaged);
    }
    let pages = pages::read(&mut document, limit(effort))?;
    let layout = layout::Layout::new(options, &pages)?;
    let sides = order::sides(options.scheme, pages.len());
    let slots: usize = sides.iter().map(|side| side.pages.len()).sum();
    let mut signatures = vec![];
    for side in &sides {
        if let Some(number) = side.signature {
            signatures.resize(number + 1, 0);
            signatures[number] += side.pages.len();
        }
    }
    sheets::write(&mut document, bytes, &layout, &sides, &pages, options.marks)?;
    let mut out = vec![];
    document.save_to(&mut out).map_err(lopdf::Error::from)?;
    let deepest = sides.iter().map(|side| side.depth).max().unwrap_or(0);
    Ok(Imposed {
        bytes: out,
        pages: pages.len(),
        blanks: slots - pages.len(),
        sides: sides.len(),
        sheet: layout.sheet,
        creep: deepest as f64 * options.creep,
        signatures,
        lost: pages
            .into_iter()
            .zip(1..)
            .flat_map(|(page, number)| page.lost.into_iter().map(move |kind| (number, kind)))
            .collect(),
    })
}
