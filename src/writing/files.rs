//! Atomic output: files appear as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use l10n::say;
use tempfile::NamedTempFile;

use crate::error::{Error, RequestError};

/// Checks that the folder of an output file exists.
pub fn check_folder(path: &Path) -> Result<(), Error> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(RequestError::NoFolder(folder.to_owned()).into());
    }
    Ok(())
}

/// Returns whether two paths name one file, whether it exists or not.
pub fn is_same(one: &Path, other: &Path) -> bool {
    let place =
        |path: &Path| Some((folder_of(path).canonicalize().ok()?, path.file_name()?.to_owned()));
    one == other || place(one).is_some_and(|one| Some(one) == place(other))
}

/// Rejects an output that would be among a report's own files.
pub fn refuse_inside(path: &Path, folders: &[PathBuf]) -> Result<(), RequestError> {
    let Ok(target) = folder_of(path).canonicalize() else { return Ok(()) };
    let inside =
        |folder: &PathBuf| folder.canonicalize().is_ok_and(|folder| target.starts_with(folder));
    if folders.iter().any(inside) {
        Err(RequestError::InsideContent(path.to_owned()))
    } else {
        Ok(())
    }
}

/// Writes every file beside its destination, and moves them there once all are complete.
pub fn replace(outputs: &[(PathBuf, Vec<u8>)]) -> Result<(), Error> {
    replace_tagged(outputs, "")
}

/// The same; `tag` is in the names of files that are not complete, so that [`clear`] finds those that
/// a run left behind.
pub fn replace_tagged(outputs: &[(PathBuf, Vec<u8>)], tag: &str) -> Result<(), Error> {
    let mut whole = vec![];
    for (path, bytes) in outputs {
        let failed = || Error::machine(say!("cannot write"), path);
        let mut file = beside(path, tag).map_err(failed())?;
        file.write_all(bytes).map_err(failed())?;
        file.as_file().sync_data().map_err(failed())?;
        whole.push((file, path));
    }
    for (file, path) in whole {
        file.persist(path)
            .map_err(|error| Error::machine(say!("cannot write"), path)(error.error))?;
    }
    Ok(())
}

/// Removes the files in a folder that a run with this tag left incomplete. It must be over.
pub fn clear(folder: &Path, tag: &str) {
    let prefix = format!("{UNFINISHED}{tag}-");
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            _ = fs::remove_file(entry.path());
        }
    }
}

/// How the names of files begin that are not complete.
const UNFINISHED: &str = ".trendpress-";

fn beside(path: &Path, tag: &str) -> io::Result<NamedTempFile> {
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, say!("it is a folder")));
    }
    let mut builder = tempfile::Builder::new();
    let prefix = if tag.is_empty() { UNFINISHED.to_owned() } else { format!("{UNFINISHED}{tag}-") };
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        // As any new file's: the user's mask takes from it what it should.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}

/// Returns the folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
