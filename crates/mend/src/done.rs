//! What was done, and what was left, in words.

use std::fmt;

use l10n::say;

/// A thing that was mended.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// Pages got a TrimBox in the middle of the sheet.
    Trim {
        /// How many.
        pages: usize,
        /// Its width and height, in millimetres.
        size: (f64, f64),
    },
    /// Pages got a BleedBox around their trim.
    Bleed {
        /// How many.
        pages: usize,
        /// How wide, in millimetres.
        width: f64,
    },
    /// A box that a TrimBox makes idle was taken off pages.
    BoxOff {
        /// Its name.
        name: &'static str,
        /// How many.
        pages: usize,
    },
    /// Annotations that print nothing were taken out.
    Annotations(usize),
    /// Annotations became part of their pages.
    Drawn(usize),
    /// Actions and scripts were taken out.
    Actions(usize),
    /// Entries of the outline lead to their pages without an action.
    Destinations(usize),
    /// White covers what it overprinted.
    White(usize),
    /// A key of Info was filled in.
    Info {
        /// The key.
        key: &'static str,
        /// What was written.
        value: String,
    },
    /// A property of the XMP packet was filled in.
    Xmp {
        /// Its name, with its usual prefix.
        name: &'static str,
        /// What was written.
        value: String,
    },
    /// The file got an XMP packet.
    Packet,
    /// The XMP packet stands in the file without a filter.
    Unpacked,
    /// The trailer got an identifier.
    FileId,
    /// The file is declared as PDF/X-4.
    Claim,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millimetres = |value: f64| format!("{}", (value * 10.0).round() / 10.0);
        let text = match self {
            Self::Trim { pages, size: (width, height) } => say!(
                "the TrimBox is set to {width} × {height} mm in the middle of the sheet (pages: {pages})",
                width = millimetres(*width),
                height = millimetres(*height),
                pages
            ),
            Self::Bleed { pages, width } => say!(
                "the BleedBox is set {width} mm around the trim (pages: {pages})",
                width = millimetres(*width),
                pages
            ),
            Self::BoxOff { name, pages } => {
                say!("the {name} is taken off (pages: {pages})", name, pages)
            }
            Self::Annotations(count) => {
                say!("annotations that print nothing are taken out: {count}", count)
            }
            Self::Drawn(count) => {
                say!("annotations that draw are drawn into their pages: {count}", count)
            }
            Self::Actions(count) => say!("actions and scripts are taken out: {count}", count),
            Self::Destinations(count) => {
                say!("outline entries lead to their pages without an action: {count}", count)
            }
            Self::White(count) => {
                say!("white knocks out instead of overprinting: {count} places", count)
            }
            Self::Info { key, value } => say!("`{key}` of Info is filled in: {value}", key, value),
            Self::Xmp { name, value } => {
                say!("`{name}` of the XMP packet is filled in: {value}", name, value)
            }
            Self::Packet => say!("the file has an XMP packet now"),
            Self::Unpacked => say!("the XMP packet stands in the file without a filter"),
            Self::FileId => say!("the trailer has an `ID` now"),
            Self::Claim => say!("the file is declared as PDF/X-4, whose other demands it meets"),
        };
        f.write_str(&text)
    }
}

/// A thing that was left, as it cannot be mended without doubt.
#[derive(Debug, Clone, PartialEq)]
pub enum Left {
    /// A page, from 1, is smaller than the trim that was given.
    SmallSheet(usize),
    /// The sheets of pages end before their bleed does.
    Bleed(usize),
    /// An annotation of this kind, on a page from 1, should draw something, but has no appearance.
    Annotation(usize, String),
    /// Nothing says what the document is called.
    NoTitle,
    /// Nothing says when the document was made.
    NoDate,
    /// The XMP packet cannot be read.
    BrokenPacket,
    /// What Info and the XMP packet say of a key differs, or is not what it must be.
    Differs(&'static str),
    /// The content of a page, from 1, cannot be read.
    Content(usize),
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::SmallSheet(page) => {
                say!("page {page} is smaller than the trim: its boxes are as they were", page)
            }
            Self::Bleed(pages) => {
                say!(
                    "the sheet ends before the bleed does, and the BleedBox with it (pages: {pages})",
                    pages
                )
            }
            Self::Annotation(page, kind) => say!(
                "page {page}: an annotation `{kind}` should draw something and does not say what; it stays",
                page,
                kind
            ),
            Self::NoTitle => say!("nothing in the file says its title"),
            Self::NoDate => say!("nothing in the file says when it was made"),
            Self::BrokenPacket => say!("the XMP packet cannot be read; it stays as it is"),
            Self::Differs(key) => say!("Info and the XMP packet do not agree on `{key}`", key),
            Self::Content(page) => {
                say!("the content of page {page} cannot be read; its white is as it was", page)
            }
        };
        f.write_str(&text)
    }
}
