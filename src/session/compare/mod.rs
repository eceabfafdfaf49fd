//! Two versions of a report side by side: a PDF, a folder, or a revision of the project's
//! repository.
//!
//! A folder or a revision is laid out and its PDF read like any other: so two PDFs and the two
//! folders that they were made from give the same answer.
//!
//! ```no_run
//! use std::path::Path;
//! use trendpress::session::compare::Side;
//!
//! let project = Path::new(".");
//! let before = Side::of("HEAD").open(project, false)?;
//! let after = Side::of(".").open(project, false)?;
//! let comparison = trendpress::pdf_diff::compare(&before, &after)?;
//! if !comparison.same() {
//!     std::fs::write("diff.html", trendpress::pdf_diff::html(&comparison, &before, &after)?)?;
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod git;

use std::fs;
use std::path::{Path, PathBuf};

use l10n::say;
use pdf_diff::{Sources, Version};

use super::{SOURCE_FOLDERS, Session};
use crate::error::Error;
use crate::output::Scratch;
use crate::reading::bounded::{self, MAX_PDF};
use crate::reading::{CONTENT, SETTINGS, shown};
use crate::writing::Request;
pub use error::CompareError;

/// The extensions of files with printed words.
const ENDINGS: [&str; 5] = ["md", "yaml", "yml", "bib", "csv"];

/// One side of a comparison, as named by an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// A PDF by any program.
    Pdf(PathBuf),
    /// A project's folder, or its content folder.
    Folder(PathBuf),
    /// A revision of the project's repository.
    Revision(String),
}

impl Side {
    /// Interprets an argument: a file is a PDF, a folder is a report; anything else, or a name
    /// ending in `:`, is a revision.
    pub fn of(name: &str) -> Self {
        let path = Path::new(name);
        match name.strip_suffix(':') {
            Some(revision) => Self::Revision(revision.to_owned()),
            None if path.is_dir() => Self::Folder(path.to_owned()),
            None if path.is_file() => Self::Pdf(path.to_owned()),
            None => Self::Revision(name.to_owned()),
        }
    }

    /// Returns the side's name as given.
    pub fn name(&self) -> String {
        match self {
            Self::Pdf(path) | Self::Folder(path) => path.display().to_string(),
            Self::Revision(name) => name.clone(),
        }
    }

    /// Reads the version; a report is laid out first. `project` is the folder whose repository
    /// provides revisions.
    pub fn open(&self, project: &Path, system_fonts: bool) -> Result<Version, CompareError> {
        self.open_with(project, system_fonts, 1)
    }

    /// Reads the version; a PDF within limits on memory and work that are `effort` times as high.
    pub fn open_with(
        &self,
        project: &Path,
        system_fonts: bool,
        effort: u32,
    ) -> Result<Version, CompareError> {
        match self {
            Self::Pdf(path) => {
                let bytes = bounded::read(path, MAX_PDF)
                    .map_err(Error::machine(say!("cannot read"), path))?;
                Ok(pdf_diff::read_with(&self.name(), bytes.into(), Sources::default(), effort)?)
            }
            Self::Folder(path) if path.join(CONTENT).join(SETTINGS).is_file() => {
                self.lay_out(path, system_fonts)
            }
            Self::Folder(path) if path.join(SETTINGS).is_file() => {
                // A content folder by itself: template and fonts are those beside it.
                let copy = temporary()?;
                copy_folder(path, &copy.path().join(CONTENT))?;
                let real =
                    path.canonicalize().map_err(Error::machine(say!("cannot read"), path))?;
                for name in SOURCE_FOLDERS.iter().filter(|name| **name != CONTENT) {
                    let beside = real.with_file_name(name);
                    if beside.is_dir() {
                        copy_folder(&beside, &copy.path().join(name))?;
                    }
                }
                self.lay_out(&copy.path(), system_fonts)
            }
            Self::Folder(path) => Err(CompareError::NoReport(path.clone())),
            Self::Revision(revision) => {
                let copy = temporary()?;
                git::extract(revision, project, &copy.path())?;
                self.lay_out(&copy.path(), system_fonts)
            }
        }
    }

    /// Renders the report to a PDF, as `render` does, and reads that like any other.
    fn lay_out(&self, root: &Path, system_fonts: bool) -> Result<Version, CompareError> {
        let mut session = Session::open(root, system_fonts)?;
        let edition = session.compile()?;
        let folder = temporary()?;
        let path = folder.path().join("report.pdf");
        session.write(&edition, &Request { path: path.clone(), pages: None, ppi: 144.0 })?;
        let bytes = fs::read(&path).map_err(Error::machine(say!("cannot read"), &path))?;
        Ok(pdf_diff::read(&self.name(), bytes.into(), Sources::new(texts(root)))?)
    }
}

fn temporary() -> Result<Scratch, Error> {
    Scratch::new()
        .map_err(Error::machine(say!("cannot create a temporary folder in"), std::env::temp_dir()))
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::machine(say!("cannot create"), to))?;
    let entries = fs::read_dir(from).map_err(Error::machine(say!("cannot read"), from))?;
    for entry in entries.filter_map(Result::ok) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => copy_folder(&path, &target)?,
            Ok(kind) if kind.is_file() => {
                #[expect(clippy::disallowed_methods, reason = "the folder is temporary and ours")]
                fs::copy(&path, target).map_err(Error::machine(say!("cannot read"), path))?;
            }
            // A link could lead out of the content.
            _ => {}
        }
    }
    Ok(())
}

/// The text files of the project in `root`, by their paths as messages show them; what cannot be
/// read has been reported before.
fn texts(root: &Path) -> Vec<(String, String)> {
    fn collect(folder: &Path, below: &str, out: &mut Vec<(String, String)>) {
        let mut entries: Vec<_> =
            fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{below}{name}");
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                collect(&entry.path(), &format!("{path}/"), out);
            } else if ENDINGS.iter().any(|ending| name.ends_with(&format!(".{ending}")))
                && let Ok(text) = fs::read_to_string(entry.path())
            {
                out.push((shown(&path), text));
            }
        }
    }
    let mut out = vec![];
    collect(&root.join(CONTENT), "", &mut out);
    out
}
