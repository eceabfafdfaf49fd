//! Errors that can occur while two versions are opened.

use std::fmt;
use std::path::PathBuf;

use l10n::say;
use pdf_diff::Unreadable;

use crate::error::Error;

/// The reason why a version could not be opened.
#[derive(Debug)]
pub enum CompareError {
    /// A file is not a PDF that can be read.
    Unreadable(Unreadable),
    /// The report could not be laid out, or a file not read.
    Report(Error),
    /// A folder contains no report.
    NoReport(PathBuf),
    /// A name is not a file, a folder or a revision.
    Nothing {
        /// The name.
        name: String,
        /// Git's message.
        why: String,
    },
    /// A revision was requested, but git is not installed.
    NoGit(String),
    /// A revision has no content at the project's path.
    NoContent(String),
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::Report(error) => error.fmt(f),
            Self::NoReport(path) => {
                f.write_str(&say!("the folder `{path}` contains no report", path = path.display()))
            }
            Self::Nothing { name, why } => {
                f.write_str(&say!("`{name}` is not a file, a folder or a revision", name))?;
                if why.is_empty() { Ok(()) } else { write!(f, ": {why}") }
            }
            Self::NoGit(name) => f.write_str(&say!(
                "`{name}` is neither a file nor a folder, and git is not installed",
                name
            )),
            Self::NoContent(name) => {
                f.write_str(&say!("the revision `{name}` has no `content/` here", name))
            }
        }
    }
}

impl std::error::Error for CompareError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::Report(error) => Some(error),
            Self::NoReport(_) | Self::Nothing { .. } | Self::NoGit(_) | Self::NoContent(_) => None,
        }
    }
}

impl From<Error> for CompareError {
    fn from(error: Error) -> Self {
        Self::Report(error)
    }
}

impl From<Unreadable> for CompareError {
    fn from(error: Unreadable) -> Self {
        Self::Unreadable(error)
    }
}
