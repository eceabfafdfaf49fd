//! The library's error type.

use std::fmt;
use std::io;
use std::path::PathBuf;

use l10n::say;
use pdfx::PressError;
use source::Diagnostic;

/// The reason why no output was written.
#[derive(Debug)]
pub enum Error {
    /// The content or a template has errors; all of them are listed.
    Content(Vec<Diagnostic>),
    /// The request cannot be met.
    Request(RequestError),
    /// The press file could not be made.
    Press(PressError),
    /// A file could not be read or written.
    Machine {
        /// The action that failed, such as `cannot write`.
        action: String,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

/// A request that cannot be met, whatever the content.
#[derive(Debug, PartialEq, Eq)]
pub enum RequestError {
    /// The output's name has an ending that belongs to no format of ours.
    UnknownFormat(PathBuf),
    /// The output's folder does not exist.
    NoFolder(PathBuf),
    /// Not a page range.
    Pages(String),
    /// A page range that selects no page of a report with so many pages.
    NoSuchPage(String, usize),
    /// The folder for a new report or a bundle holds something already.
    NotEmpty(PathBuf),
    /// A custom press profile lacks the name of its printing condition.
    NoCondition,
    /// A press file in a format that is not a PDF.
    NotPrintable(PathBuf),
    /// The output would lie among the files that it is made from.
    InsideContent(PathBuf),
    /// The output would replace a file that the run reads.
    IsInput(PathBuf),
    /// One file would be two outputs of a run.
    TwoOutputs(PathBuf),
    /// The output is a device, a pipe or a socket.
    NotAFile(PathBuf),
    /// A file that is no font which can be read.
    NotAFont(PathBuf),
    /// A font whose maker forbids what every report does with it, and what that is.
    NotEmbeddable(PathBuf, String),
    /// A font that comes without a licence.
    NoLicence(PathBuf),
    /// A text that is no colour.
    NotAColour(String),
    /// A brand file where one is to be begun.
    BrandIsThere(PathBuf),
    /// Another font's file where one is to be copied to.
    FontIsThere(PathBuf),
    /// A command that does not open a line of a file, and the reason.
    Editor(String, String),
}

impl Error {
    pub(crate) fn machine(
        action: String,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Machine { action, path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(problems) => {
                f.write_str(&say!("{problems} problems in the report", problems = problems.len()))
            }
            Self::Request(error) => error.fmt(f),
            Self::Press(error) => error.fmt(f),
            Self::Machine { action, path, source } => {
                write!(f, "{action} `{}`: {source}", path.display())
            }
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::UnknownFormat(path) => {
                say!("cannot determine the format of `{path}`", path = path.display())
            }
            Self::NoFolder(path) => {
                say!("the folder `{path}` does not exist", path = path.display())
            }
            Self::NoSuchPage(pages, count) => {
                say!("`{pages}` selects no page: the report has {count}", pages, count)
            }
            Self::Pages(pages) => say!("`{pages}` is not a page range", pages),
            Self::NotEmpty(path) => say!("the folder `{path}` is not empty", path = path.display()),
            Self::NoCondition => say!("the output profile's printing condition is not specified"),
            Self::NotPrintable(path) => {
                say!("`{path}` cannot be a press file", path = path.display())
            }
            Self::InsideContent(path) => {
                say!("`{path}` is inside the report's own content", path = path.display())
            }
            Self::IsInput(path) => {
                say!("`{path}` is both input and output", path = path.display())
            }
            Self::TwoOutputs(path) => {
                say!("`{path}` would be two outputs", path = path.display())
            }
            Self::NotAFile(path) => {
                say!("`{path}` is a device or a pipe, not a file", path = path.display())
            }
            Self::NotAFont(path) => {
                say!("`{path}` is not a font that can be read", path = path.display())
            }
            Self::NotEmbeddable(path, why) => {
                say!("`{path}` is of no use: {why}", path = path.display(), why)
            }
            Self::NoLicence(path) => {
                say!("`{path}` comes without a licence", path = path.display())
            }
            Self::NotAColour(text) => say!("`{text}` is no colour", text),
            Self::BrandIsThere(path) => {
                say!("there is a brand already: `{path}`", path = path.display())
            }
            Self::FontIsThere(path) => {
                say!("`{path}` is there already, with other bytes", path = path.display())
            }
            Self::Editor(command, why) => {
                say!("`{command}` cannot open a file at a given line: {why}", command, why)
            }
        })
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Machine { source, .. } => Some(source),
            Self::Press(error) => Some(error),
            Self::Content(_) | Self::Request(_) => None,
        }
    }
}

impl std::error::Error for RequestError {}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<PressError> for Error {
    fn from(error: PressError) -> Self {
        Self::Press(error)
    }
}

impl From<Diagnostic> for Error {
    fn from(problem: Diagnostic) -> Self {
        Self::Content(vec![problem])
    }
}
