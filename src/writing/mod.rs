//! From an [`Edition`] to files: PDF for the screen and for the press, PNG, SVG.

pub mod bundle;
mod earlier;
mod findings;
pub mod font;
pub mod page_range;
mod pdf;
mod pictures;
mod press;
mod profile;
pub mod sheet;
mod stand_in;

use std::path::{Path, PathBuf};

use source::Diagnostic;

use crate::error::{Error, RequestError};
use crate::output::Outputs;
use crate::progress::{Progress, Step};
use crate::reading::model::OutputProfile;
use crate::setting::Edition;
use page_range::Pages;

pub(crate) use pdf::alone;

/// An output request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The file; its extension determines the format. If each page is a file, the page number goes
    /// before the extension.
    pub path: PathBuf,
    /// The pages to write; all if `None`.
    pub pages: Option<Pages>,
    /// The resolution of PNG files, in pixels an inch.
    pub ppi: f64,
}

impl Request {
    /// Creates a request for all pages in one file, or as PNG files at 144 pixels per inch.
    pub fn to(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), pages: None, ppi: 144.0 }
    }
}

/// The result of writing.
#[derive(Debug)]
pub struct Written {
    /// The files, in page order.
    pub files: Vec<PathBuf>,
    /// Their total size, in bytes.
    pub bytes: usize,
    /// The number of pages written.
    pub pages: usize,
    /// The pages of a longer set that were taken away.
    pub gone: Vec<PathBuf>,
    /// The warnings of a preflight.
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
        let ending =
            path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        match ending.as_str() {
            "pdf" => Ok(Self::Pdf),
            "png" => Ok(Self::Png),
            "svg" => Ok(Self::Svg),
            _ => Err(RequestError::UnknownFormat(path.to_owned())),
        }
    }
}

/// Checks that a request can be met at all: its format is known, and it may be written.
pub fn check(path: &Path, outputs: &mut Outputs) -> Result<(), Error> {
    Format::of(path)?;
    outputs.ask(path)
}

/// Writes an edition to a file, or to one file per page; the old files stay until the new ones
/// are complete.
pub fn write(
    edition: &Edition,
    request: &Request,
    progress: &dyn Progress,
) -> Result<Written, Error> {
    let mut outputs = Outputs::default();
    check(&request.path, &mut outputs)?;
    write_with(edition, request, vec![], &outputs, progress)
}

/// Like [`write`], with files of other kinds that appear together with the edition's.
pub fn write_with(
    edition: &Edition,
    request: &Request,
    others: Vec<(PathBuf, Vec<u8>)>,
    outputs: &Outputs,
    progress: &dyn Progress,
) -> Result<Written, Error> {
    let Files { mut files, gone, warnings, pages } = make(edition, request, progress)?;
    let (number, bytes) = (files.len(), files.iter().map(|(_, bytes)| bytes.len()).sum());
    files.extend(others);
    outputs.write(&files, &gone)?;
    let files = files.into_iter().take(number).map(|(path, _)| path).collect();
    Ok(Written { files, bytes, pages, gone, warnings })
}

/// Files that are made and not written yet.
#[derive(Debug)]
pub struct Files {
    /// The paths and their bytes, in page order.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// The files of an earlier, longer set, which go when these appear.
    pub gone: Vec<PathBuf>,
    /// The warnings of a preflight.
    pub warnings: Vec<Diagnostic>,
    /// The number of pages.
    pub pages: usize,
}

/// Makes the files of an edition, and leaves it to the caller to write them.
pub fn make(edition: &Edition, request: &Request, progress: &dyn Progress) -> Result<Files, Error> {
    let (format, profile) = (Format::of(&request.path)?, edition.job.output.profile);
    // A proof may be looked at as pictures; what goes to a press is a PDF.
    if profile == OutputProfile::Press && format != Format::Pdf {
        return Err(RequestError::NotPrintable(request.path.clone()).into());
    }
    let count = edition.document.pages().len();
    let ranges = request.pages.as_ref().map(|pages| pages.of(count)).transpose()?;
    let chosen: Vec<usize> = (1..=count)
        .filter(|&page| request.pages.as_ref().is_none_or(|pages| pages.contains(page)))
        .collect();
    progress.begins(Step::Writing);
    // How long pictures take is for whoever asks for so many pixels to say.
    if format != Format::Pdf {
        crate::progress::waits();
    }
    let (files, warnings) = match format {
        Format::Pdf => {
            let (bytes, warnings) = match profile {
                OutputProfile::Screen => (pdf::export(edition, ranges)?, vec![]),
                OutputProfile::Press | OutputProfile::Proof => {
                    press::file(edition, ranges, progress)?
                }
            };
            (vec![(request.path.clone(), bytes)], warnings)
        }
        Format::Png => (pictures::png(edition, request, &chosen)?, vec![]),
        Format::Svg => (pictures::svg(edition, request, &chosen), vec![]),
    };
    let gone = match format {
        Format::Png | Format::Svg if request.pages.is_none() => {
            earlier::pages(&request.path, count)
        }
        _ => vec![],
    };
    Ok(Files { files, gone, warnings, pages: chosen.len() })
}
