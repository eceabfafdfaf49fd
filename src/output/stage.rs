//! Files that are complete and wait to be moved to their folder, all together.
//!
//! The folder beside the destinations is the record of what is to be done: files in `new` are not
//! complete; once it is called `done`, they are, and who finds it moves them to their places.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::nest::{self, Nest};

const PREFIX: &str = ".trendpress-";
const NEW: &str = "new";
const DONE: &str = "done";
const GONE: &str = "gone";
const OLD: &str = "old";

/// How often, and after how long each time, we ask whether another run has moved its files.
const PATIENCE: (usize, Duration) = (100, Duration::from_millis(20));

/// Files for one folder.
#[derive(Debug)]
pub(super) struct Stage {
    nest: Nest,
    folder: PathBuf,
    names: Vec<OsString>,
    gone: Vec<OsString>,
}

impl Stage {
    /// Begins to write to a folder, where an ended run's files are first moved or taken away.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let nest = Nest::new(folder, PREFIX)?;
        for (left, lock) in nest.left_behind(PREFIX) {
            if lock.is_some() {
                finish(&left, folder);
            }
            nest::remove(&left, lock);
        }
        for name in [NEW, GONE, OLD] {
            fs::create_dir(nest.path().join(name))?;
        }
        Ok(Self { nest, folder: folder.to_owned(), names: vec![], gone: vec![] })
    }

    /// Returns the one of some stages that is for a folder.
    pub(super) fn among<'a>(stages: &'a mut Vec<Self>, folder: &Path) -> io::Result<&'a mut Self> {
        let at = match stages.iter().position(|stage| stage.folder == folder) {
            Some(at) => at,
            None => {
                stages.push(Self::new(folder)?);
                stages.len() - 1
            }
        };
        Ok(&mut stages[at])
    }

    /// Writes a file, with the mode and the owner of the one that it will replace.
    pub(super) fn file(
        &mut self,
        name: &OsStr,
        existing: Option<&Metadata>,
        bytes: &[u8],
    ) -> io::Result<()> {
        let path = self.nest.path().join(NEW).join(name);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        file.write_all(bytes)?;
        if let Some(existing) = existing {
            like(&file, existing)?;
        }
        file.sync_data()?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Returns where the contents of a new folder are to be written.
    pub(super) fn subfolder(&mut self, name: &OsStr) -> PathBuf {
        self.names.push(name.to_owned());
        self.nest.path().join(NEW).join(name)
    }

    /// Returns whether a name in the folder is that of the stage itself.
    pub(super) fn is_own(&self, name: &OsStr) -> bool {
        self.nest.path().file_name() == Some(name)
    }

    /// Notes a file that goes when the others appear.
    pub(super) fn gone(&mut self, name: &OsStr) -> io::Result<()> {
        let path = self.nest.path().join(GONE).join(name);
        OpenOptions::new().write(true).create_new(true).open(path)?;
        self.gone.push(name.to_owned());
        Ok(())
    }

    /// Moves the files of all stages to their places; if one cannot be moved, all are as they were
    /// before, and its path comes back with the reason.
    pub(super) fn commit(mut stages: Vec<Self>) -> Result<(), (PathBuf, io::Error)> {
        // In one order, so that two runs never wait for each other.
        stages.sort_by(|one, other| one.folder.cmp(&other.folder));
        let _moving = nest::moving();
        let _folders: Vec<File> =
            stages.iter().filter_map(|stage| only_one(&stage.folder)).collect();
        for stage in &stages {
            let path = stage.nest.path();
            fs::rename(path.join(NEW), path.join(DONE))
                .map_err(|error| (stage.folder.clone(), error))?;
        }
        for at in 0..stages.len() {
            if let Err(failed) = stages[at].arrive() {
                for stage in &stages[..=at] {
                    stage.undo();
                }
                return Err(failed);
            }
        }
        Ok(())
    }

    fn arrive(&self) -> Result<(), (PathBuf, io::Error)> {
        let path = self.nest.path();
        for name in &self.names {
            let target = self.folder.join(name);
            if target.is_file() {
                // Where a file cannot have two names, it is away for a moment.
                let kept = path.join(OLD).join(name);
                fs::hard_link(&target, &kept)
                    .or_else(|_| fs::rename(&target, &kept))
                    .map_err(|error| (target.clone(), error))?;
            }
            fs::rename(path.join(DONE).join(name), &target).map_err(|error| (target, error))?;
        }
        for name in &self.gone {
            let target = self.folder.join(name);
            fs::rename(&target, path.join(OLD).join(name)).map_err(|error| (target, error))?;
        }
        Ok(())
    }

    /// Brings back what was there before.
    fn undo(&self) {
        let path = self.nest.path();
        // First of all, for what is called so would be finished by the next run.
        _ = fs::rename(path.join(DONE), path.join(NEW));
        for name in &self.names {
            let (target, kept) = (self.folder.join(name), path.join(OLD).join(name));
            let moved = !path.join(NEW).join(name).exists();
            if kept.exists() {
                _ = fs::rename(kept, target);
            } else if moved {
                _ = fs::remove_file(&target).or_else(|_| fs::remove_dir_all(&target));
            }
        }
        for name in &self.gone {
            _ = fs::rename(path.join(OLD).join(name), self.folder.join(name));
        }
    }
}

/// Moves the files of a run that ended while it moved them.
fn finish(left: &Path, folder: &Path) {
    let Ok(complete) = fs::read_dir(left.join(DONE)) else { return };
    let _moving = nest::moving();
    for entry in complete.filter_map(Result::ok) {
        _ = fs::rename(entry.path(), folder.join(entry.file_name()));
    }
    for entry in fs::read_dir(left.join(GONE)).into_iter().flatten().filter_map(Result::ok) {
        _ = fs::remove_file(folder.join(entry.file_name()));
    }
}

/// Locks a folder against other runs that move files to it; a run that takes long is not waited
/// for.
fn only_one(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    let (tries, pause) = PATIENCE;
    for _ in 0..tries {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(pause),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

#[cfg(unix)]
fn like(file: &File, existing: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (existing.uid(), existing.gid()) {
        // Only the superuser can give files away; another's run leaves its own.
        _ = fchown(file, Some(existing.uid()), Some(existing.gid()));
    }
    file.set_permissions(fs::Permissions::from_mode(existing.permissions().mode() & 0o777))
}

#[cfg(not(unix))]
fn like(file: &File, existing: &Metadata) -> io::Result<()> {
    file.set_permissions(existing.permissions())
}
