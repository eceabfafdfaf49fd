//! Why no comparison came about, and what to do about it.

use std::fmt;
use std::path::PathBuf;

use crate::words::say;

/// Why no comparison came about.
#[derive(Debug)]
pub enum DiffError {
    /// A file is no PDF that can be read.
    Pdf {
        /// The file.
        name: String,
        /// What the reader says.
        why: String,
    },
    /// A folder holds no report.
    NoReport(PathBuf),
    /// A name is neither a file nor a folder nor a revision.
    Nothing {
        /// The name.
        name: String,
        /// What git says.
        why: String,
    },
    /// A revision is asked for, and there is no git.
    NoGit(String),
    /// A revision holds no content at the project's place.
    NoContent(String),
}

impl DiffError {
    /// What to do instead.
    pub fn hint(&self) -> String {
        match self {
            Self::Pdf { .. } => say!("export it again, without a password"),
            Self::NoReport(_) => {
                say!("name a project's folder, which holds `content/report.yaml`, or its content folder")
            }
            Self::Nothing { .. } => {
                say!("name a PDF, a folder, or a revision such as `HEAD~1` of the project's repository")
            }
            Self::NoGit(_) => say!("install git, or name a PDF or a folder"),
            Self::NoContent(_) => say!("name the folder that holds `content/` with `--project`"),
        }
    }
}

impl fmt::Display for DiffError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdf { name, why } => f.write_str(&say!("`{name}` cannot be read: {why}", name, why)),
            Self::NoReport(path) => f.write_str(&say!("the folder `{path}` holds no report", path = path.display())),
            Self::Nothing { name, why } => {
                f.write_str(&say!("`{name}` is neither a file nor a folder, and no revision", name))?;
                if why.is_empty() { Ok(()) } else { write!(f, ": {why}") }
            }
            Self::NoGit(name) => {
                f.write_str(&say!("`{name}` is neither a file nor a folder, and git is not installed", name))
            }
            Self::NoContent(name) => f.write_str(&say!("the revision `{name}` holds no `content/` here", name)),
        }
    }
}

impl std::error::Error for DiffError {}
