//! The file that a path names: symbolic links followed, whether it exists or not.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use l10n::say;

use crate::error::{Error, RequestError};

/// More links in a row than any system follows.
const MOST_LINKS: usize = 40;

/// A file that exists or could.
#[derive(Debug)]
pub(super) struct Place {
    /// Its folder, without links.
    pub(super) folder: PathBuf,
    /// Its name in it.
    pub(super) name: OsString,
    /// What is there now.
    pub(super) existing: Option<Metadata>,
}

impl Place {
    /// Finds the file that a path names; rejects what is no plain file, and folders that do not
    /// exist.
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        let failed = || Error::machine(say!("cannot write"), path);
        let mut target = path.to_owned();
        let mut existing = None;
        for _ in 0..=MOST_LINKS {
            existing = fs::symlink_metadata(&target).ok();
            if !existing.as_ref().is_some_and(Metadata::is_symlink) {
                break;
            }
            let to = fs::read_link(&target).map_err(failed())?;
            target = folder_of(&target).join(to);
        }
        let folder = folder_of(&target);
        if !folder.is_dir() {
            return Err(RequestError::NoFolder(folder.to_owned()).into());
        }
        let is_folder = || io::Error::new(io::ErrorKind::IsADirectory, say!("it is a folder"));
        if existing.as_ref().is_some_and(Metadata::is_dir) {
            return Err(failed()(is_folder()));
        }
        if existing.as_ref().is_some_and(|found| !found.is_file()) {
            return Err(RequestError::NotAFile(path.to_owned()).into());
        }
        let name = target.file_name().ok_or_else(is_folder).map_err(failed())?.to_owned();
        Ok(Self { folder: folder.canonicalize().map_err(failed())?, name, existing })
    }

    /// Returns whether two places are one file.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.folder == other.folder && is_same_name(&self.name, &other.name)
    }

    /// Returns its path.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}

/// Some systems keep one file for `a.pdf` and `A.pdf`.
fn is_same_name(one: &OsStr, other: &OsStr) -> bool {
    let folds = cfg!(any(windows, target_os = "macos"));
    one == other
        || (folds && one.to_string_lossy().to_lowercase() == other.to_string_lossy().to_lowercase())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
