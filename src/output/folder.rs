//! A whole folder that appears at once: of a new report, or of a template with its data.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use l10n::say;

use super::guard::Outputs;
use super::stage::Stage;
use crate::error::{Error, RequestError};

/// Writes files, by their paths below it, to a folder that is new or empty.
pub fn write_folder(
    outputs: &Outputs,
    folder: &Path,
    files: &[(PathBuf, Vec<u8>)],
) -> Result<(), Error> {
    let failed = || Error::machine(say!("cannot write"), folder);
    outputs.allow_folder(folder)?;
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if folder.is_dir() {
        // A run that was ended right after its folder appeared has left its stage beside it.
        _ = Stage::new(parent);
        // What a run that was ended has left is not something that the folder holds.
        let mut stage = Stage::new(folder).map_err(failed())?;
        let mut entries = fs::read_dir(folder).map_err(failed())?.filter_map(Result::ok);
        if entries.any(|entry| !stage.is_own(&entry.file_name())) {
            return Err(RequestError::NotEmpty(folder.to_owned()).into());
        }
        let tops: BTreeSet<&OsStr> =
            files.iter().filter_map(|(path, _)| path.iter().next()).collect();
        let mut inside = PathBuf::new();
        for top in tops {
            inside = stage.subfolder(top);
        }
        fill(inside.parent().unwrap_or(folder), files)?;
        return commit(stage);
    }
    if fs::symlink_metadata(folder).is_ok() {
        return Err(failed()(io::Error::new(
            io::ErrorKind::NotADirectory,
            say!("it is not a folder"),
        )));
    }
    fs::create_dir_all(parent).map_err(Error::machine(say!("cannot create"), parent))?;
    let mut stage = Stage::new(parent).map_err(failed())?;
    let name = folder.file_name().ok_or_else(|| failed()(io::ErrorKind::InvalidInput.into()))?;
    fill(&stage.subfolder(name), files)?;
    commit(stage)
}

fn commit(stage: Stage) -> Result<(), Error> {
    Stage::commit(vec![stage])
        .map_err(|(path, error)| Error::machine(say!("cannot write"), path)(error))
}

/// Makes a folder, but none above it: those of a run that is told to end are gone, and must not come
/// back.
fn make(folder: &Path) -> Result<(), Error> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::machine(say!("cannot create"), folder)(error))
        }
        _ => Ok(()),
    }
}

fn fill(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), Error> {
    make(folder)?;
    for (path, bytes) in files {
        let target = folder.join(path);
        let mut inside = folder.to_owned();
        for name in path.parent().into_iter().flat_map(Path::iter) {
            inside.push(name);
            make(&inside)?;
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "the folder is ours until all of it is complete"
        )]
        fs::write(&target, bytes).map_err(Error::machine(say!("cannot write"), &target))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a file of the test's own")]
    fn what_an_ended_run_left_beside_its_folder_goes() {
        let parent = tempfile::tempdir().expect("a folder");
        let (folder, left) = (parent.path().join("new"), parent.path().join(".trendpress-8belCz"));
        fs::create_dir_all(folder.join("a")).expect("a folder");
        fs::create_dir_all(left.join("gone")).expect("a folder");
        fs::File::create_new(left.join("lock")).expect("a lock");
        let files = [(PathBuf::from("a/c.txt"), b"text".to_vec())];
        let told = write_folder(&Outputs::default(), &folder, &files);
        assert!(told.is_err(), "the folder holds something");
        assert!(!left.exists());
        assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_was_taken_away_does_not_come_back() {
        let parent = tempfile::tempdir().expect("a folder");
        let files = [(PathBuf::from("a/b/c.txt"), b"text".to_vec())];
        let gone = parent.path().join("gone");
        assert!(fill(&gone.join("new"), &files).is_err());
        assert!(!gone.exists());
        fill(&parent.path().join("new"), &files).expect("a folder");
        assert!(parent.path().join("new/a/b/c.txt").is_file());
    }
}
