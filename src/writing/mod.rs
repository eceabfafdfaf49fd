//! From an [`Edition`] to files: PDF for the screen and for the press, PNG, SVG.

pub mod bundle;
pub mod files;
mod findings;
pub mod page_range;
mod pdf;
mod pictures;
mod press;

use std::path::{Path, PathBuf};

use source::Diagnostic;

use crate::error::{Error, RequestError};
use crate::progress::{Progress, Step};
use crate::reading::model::OutputProfile;
use crate::setting::Edition;
use page_range::Pages;

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Request {
    /// The file; its ending tells the format. A page's number goes before the ending where each page is a file.
    pub path: PathBuf,
    /// Which pages; all, where none are named.
    pub pages: Option<Pages>,
    /// The resolution of PNG files, in pixels an inch.
    pub ppi: f64,
}

impl Request {
    /// All pages to a file, PNG at 144 pixels an inch.
    pub fn to(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), pages: None, ppi: 144.0 }
    }
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The files, in the order of pages.
    pub files: Vec<PathBuf>,
    /// Their size together, in bytes.
    pub bytes: usize,
    /// How many pages they show.
    pub pages: usize,
    /// What a preflight advises against.
    pub warnings: Vec<Diagnostic>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Png,
    Svg,
}

impl Format {
    fn of(path: &Path) -> Result<Self, RequestError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        match ending.as_str() {
            "pdf" => Ok(Self::Pdf),
            "png" => Ok(Self::Png),
            "svg" => Ok(Self::Svg),
            _ => Err(RequestError::UnknownFormat(path.to_owned())),
        }
    }
}

/// Whether a request can be met at all: its format is known and its folder is there.
pub fn check(path: &Path) -> Result<(), Error> {
    Format::of(path)?;
    files::check_folder(path)
}

/// Writes an edition to a file, or to a file a page; what was there stays until the new one is whole.
pub fn write(edition: &Edition, request: &Request, progress: &dyn Progress) -> Result<Written, Error> {
    check(&request.path)?;
    let (format, profile) = (Format::of(&request.path)?, edition.job.output.profile);
    // A proof may be looked at as pictures; what goes to a press is a PDF.
    if profile == OutputProfile::Press && format != Format::Pdf {
        return Err(RequestError::NotPrintable(request.path.clone()).into());
    }
    let count = edition.document.pages().len();
    let ranges = request.pages.as_ref().map(|pages| pages.of(count)).transpose()?;
    let chosen: Vec<usize> =
        (1..=count).filter(|&page| request.pages.as_ref().is_none_or(|pages| pages.contains(page))).collect();
    progress.begins(Step::Writing);
    let (outputs, warnings) = match format {
        Format::Pdf => {
            let (bytes, warnings) = match profile {
                OutputProfile::Screen => (pdf::export(edition, ranges)?, vec![]),
                OutputProfile::Press | OutputProfile::Proof => press::file(edition, ranges, progress)?,
            };
            (vec![(request.path.clone(), bytes)], warnings)
        }
        Format::Png => (pictures::png(edition, request, &chosen)?, vec![]),
        Format::Svg => (pictures::svg(edition, request, &chosen), vec![]),
    };
    files::replace(&outputs)?;
    let bytes = outputs.iter().map(|(_, bytes)| bytes.len()).sum();
    Ok(Written { files: outputs.into_iter().map(|(path, _)| path).collect(), bytes, pages: chosen.len(), warnings })
}
