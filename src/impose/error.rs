//! Why no sheets came about, and what to do about it.

use std::fmt;

use crate::words::say;

/// Why no sheets came about.
#[derive(Debug)]
pub enum ImposeError {
    /// The PDF could not be read or written.
    Pdf(lopdf::Error),
    /// The file is something else.
    NotPdf,
    /// The PDF's table of objects does not lead to its objects.
    Damaged,
    /// The PDF is encrypted.
    Encrypted,
    /// The PDF has no page.
    NoPages,
    /// A page, counted from 1, has no area that could be printed.
    NoArea(usize),
    /// A page has another size than the first.
    Sizes {
        /// The page, counted from 1.
        page: usize,
        /// Its trimmed width and height, in points.
        size: (f64, f64),
        /// Those of the first page.
        first: (f64, f64),
    },
    /// The sheet is smaller than what goes on it.
    SmallSheet {
        /// The sheet's width and height, in points.
        sheet: (f64, f64),
        /// What is needed.
        needed: (f64, f64),
    },
    /// The sheet, by its width and height in points, is larger than a page of a PDF may be.
    LargeSheet((f64, f64)),
}

impl ImposeError {
    /// What to do instead.
    pub fn hint(&self) -> String {
        match self {
            Self::Pdf(_) | Self::Damaged => say!("make the file again, or look into it with `qpdf --check`"),
            Self::NotPdf => say!("name a PDF, such as one that `trendpress render` wrote"),
            Self::Encrypted => say!("ask its author for one without a password, or `qpdf --decrypt` it"),
            Self::NoPages => say!("name a PDF with at least one page"),
            Self::NoArea(_) => say!("a page needs a MediaBox, and its TrimBox must lie within it"),
            Self::Sizes { .. } => say!("pages that are bound together have one trim size: impose others by themselves"),
            Self::LargeSheet(_) => say!("a side of a sheet is 5080 mm at most: choose fewer rows and columns"),
            Self::SmallSheet { .. } => {
                say!("name a larger sheet, or `--sheet auto`; pages, bleed and marks must fit on it")
            }
        }
    }

    /// Whether the request is at fault, not the file.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::SmallSheet { .. } | Self::LargeSheet(_))
    }
}

impl fmt::Display for ImposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdf(error) => f.write_str(&say!("the PDF cannot be put on sheets: {error}", error)),
            Self::NotPdf => f.write_str(&say!("the input is not a PDF")),
            Self::Damaged => f.write_str(&say!("the PDF is damaged: its table of objects leads nowhere")),
            Self::Encrypted => f.write_str(&say!("the PDF is encrypted")),
            Self::NoPages => f.write_str(&say!("the PDF has no pages")),
            Self::NoArea(page) => f.write_str(&say!("page {page} has no area to print", page)),
            Self::Sizes { page, size, first } => f.write_str(&say!(
                "page {page} is `{size}`, but page 1 is `{first}`",
                page,
                size = millimetres(*size),
                first = millimetres(*first)
            )),
            Self::LargeSheet(sheet) => {
                f.write_str(&say!("the sheet of `{sheet}` is too large for a PDF", sheet = millimetres(*sheet)))
            }
            Self::SmallSheet { sheet, needed } => f.write_str(&say!(
                "the sheet of `{sheet}` is too small: `{needed}` are needed",
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

/// A size as `--sheet` takes it, rounded up to a tenth, so that a sheet of that size is large enough.
fn millimetres((width, height): (f64, f64)) -> String {
    let side = |points: f64| (points / 72.0 * 254.0 - 0.01).ceil() / 10.0;
    format!("{}x{}mm", side(width), side(height))
}
