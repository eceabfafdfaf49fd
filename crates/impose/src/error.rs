//! Errors that can occur while imposing.

use std::fmt;

use l10n::say;

/// The reason why no sheets were made.
#[derive(Debug)]
pub enum ImposeError {
    /// The PDF could not be read or written.
    Pdf(lopdf::Error),
    /// The file is not a PDF.
    NotPdf,
    /// The PDF's cross-reference table does not lead to its objects.
    Damaged,
    /// The PDF would take too much memory or work.
    Limit(door::Refusal),
    /// The content of a page, counted from 1, is larger than any page needs.
    Content(usize),
    /// The PDF is encrypted, and opens with a password alone.
    Encrypted,
    /// The PDF has no pages.
    NoPages,
    /// A page, counted from 1, has no printable area.
    NoArea(usize),
    /// A page differs in size from the first.
    Sizes {
        /// The page, counted from 1.
        page: usize,
        /// Its trimmed width and height, in points.
        size: (f64, f64),
        /// The size of the first page.
        first: (f64, f64),
    },
    /// The sheet is smaller than its contents.
    SmallSheet {
        /// The sheet's width and height, in points.
        sheet: (f64, f64),
        /// The size needed.
        needed: (f64, f64),
    },
    /// The sheet, given by its width and height in points, exceeds the maximum size of a PDF page.
    LargeSheet((f64, f64)),
}

impl fmt::Display for ImposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdf(error) => f.write_str(&say!("the PDF cannot be imposed: {error}", error)),
            Self::NotPdf => f.write_str(&say!("the input is not a PDF")),
            Self::Damaged => {
                f.write_str(&say!("the PDF is damaged: its cross-reference table is invalid"))
            }
            Self::Limit(refusal) => f.write_str(&refusal.message()),
            Self::Content(page) => {
                f.write_str(&say!("the content of page {page} exceeds the memory limit", page))
            }
            Self::Encrypted => f.write_str(&say!("the PDF is encrypted")),
            Self::NoPages => f.write_str(&say!("the PDF has no pages")),
            Self::NoArea(page) => f.write_str(&say!("page {page} has no area to print", page)),
            Self::Sizes { page, size, first } => f.write_str(&say!(
                "page {page} is `{size}`, but page 1 is `{first}`",
                page,
                size = millimetres(*size),
                first = millimetres(*first)
            )),
            Self::LargeSheet(sheet) => f.write_str(&say!(
                "the sheet size `{sheet}` is too large for a PDF",
                sheet = millimetres(*sheet)
            )),
            Self::SmallSheet { sheet, needed } => f.write_str(&say!(
                "the sheet size `{sheet}` is too small: `{needed}` is needed",
                sheet = millimetres(*sheet),
                needed = millimetres(*needed)
            )),
        }
    }
}

impl std::error::Error for ImposeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Pdf(error) => Some(error),
            _ => None,
        }
    }
}

impl From<door::Refusal> for ImposeError {
    fn from(refusal: door::Refusal) -> Self {
        Self::Limit(refusal)
    }
}

impl From<lopdf::Error> for ImposeError {
    fn from(error: lopdf::Error) -> Self {
        match error {
            lopdf::Error::InvalidPassword
            | lopdf::Error::Decryption(_)
            | lopdf::Error::UnsupportedSecurityHandler(_) => Self::Encrypted,
            lopdf::Error::Parse(lopdf::ParseError::InvalidFileHeader) => Self::NotPdf,
            error => Self::Pdf(error),
        }
    }
}

/// A size as sheets are named, rounded up to a tenth, so that a sheet of that size is large enough.
fn millimetres((width, height): (f64, f64)) -> String {
    let side = |points: f64| (points / 72.0 * 254.0 - 0.01).ceil() / 10.0;
    format!("{}x{}mm", side(width), side(height))
}
