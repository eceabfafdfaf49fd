//! Private folders for what is not complete yet: locked while their process lives, taken away
//! when it is done or is told to end, and by the next run where it could do neither.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

/// The file by whose lock a folder is known to be in use.
const LOCK: &str = "lock";

/// The number of random characters in a folder's name.
const RANDOM: usize = 6;

/// How often a folder is made anew that another run took for one left behind.
const TRIES: usize = 5;

/// The folders that this process holds.
static HELD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Held while files move to their destinations: what has begun is finished before the process
/// ends.
static MOVING: Mutex<()> = Mutex::new(());

/// A private folder of this process.
#[derive(Debug)]
pub(super) struct Nest {
    folder: TempDir,
    _lock: File,
}

impl Nest {
    /// Makes one in a folder, its name beginning with `prefix`.
    pub(super) fn new(parent: &Path, prefix: &str) -> io::Result<Self> {
        let mut failed = io::Error::from(io::ErrorKind::WouldBlock);
        for _ in 0..TRIES {
            let folder = {
                // None is made that a process which is told to end does not know of.
                let mut held = held();
                let mut named = tempfile::Builder::new();
                named.prefix(prefix).rand_bytes(RANDOM);
                let folder = named.tempdir_in(parent)?;
                held.insert(folder.path().to_owned());
                folder
            };
            match locked(folder.path()) {
                Ok(lock) => return Ok(Self { folder, _lock: lock }),
                Err(error) => failed = error,
            }
            let mut held = held();
            held.remove(folder.path());
            drop(folder);
        }
        Err(failed)
    }

    /// Returns its path.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the folders beside this one, named by `prefix`, that belong to the same user and to
    /// no process any more, each with its lock.
    pub(super) fn left_behind(&self, prefix: &str) -> Vec<(PathBuf, Option<File>)> {
        let Some(parent) = self.path().parent() else { return vec![] };
        let Ok(own) = fs::symlink_metadata(self.path()) else { return vec![] };
        let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
        entries
            .filter(|entry| {
                let name = entry.file_name();
                let random = name.to_str().and_then(|name| name.strip_prefix(prefix));
                random.is_some_and(|random| random.chars().count() == RANDOM)
                    && self.path().file_name() != Some(&*entry.file_name())
            })
            .filter(|entry| {
                let found = fs::symlink_metadata(entry.path());
                found.is_ok_and(|found| found.is_dir() && is_same_owner(&found, &own))
            })
            .filter_map(|entry| {
                let path = entry.path();
                match File::options().write(true).open(path.join(LOCK)) {
                    Ok(lock) => lock.try_lock().is_ok().then_some((path, Some(lock))),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Some((path, None)),
                    Err(_) => None,
                }
            })
            .collect()
    }
}

impl Drop for Nest {
    fn drop(&mut self) {
        // Held until it is gone, for the process may be told to end meanwhile.
        let mut held = held();
        clear(self.folder.path());
        held.remove(self.folder.path());
    }
}

/// Takes away a folder that was left behind; one without a lock only if it is empty.
pub(super) fn remove(folder: &Path, lock: Option<File>) {
    match &lock {
        Some(_) => clear(folder),
        None => _ = fs::remove_dir(folder),
    }
}

/// Removes a folder, its lock last of all: a process that is killed meanwhile leaves one that the next
/// run knows for what it is.
fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if entry.file_name() != LOCK {
            _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        }
    }
    _ = fs::remove_dir_all(folder);
}

/// Waits until no files are moving, and keeps others from it.
pub(super) fn moving() -> MutexGuard<'static, ()> {
    MOVING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away everything that is not complete, for a process that is told to end, and then runs
/// `end`. Files that are moving arrive first.
pub fn abandon(end: impl FnOnce()) {
    let _moving = moving();
    let held = held();
    for folder in held.iter() {
        take_away(folder);
    }
    end();
}

/// Takes away a folder to which another thread may still be writing. Under another name, of the
/// same kind, no more files can come to it.
fn take_away(folder: &Path) {
    let mut other = tempfile::Builder::new();
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let prefix: String = name.chars().take(name.chars().count().saturating_sub(RANDOM)).collect();
    other.prefix(&prefix).rand_bytes(RANDOM);
    let parent = folder.parent().unwrap_or(Path::new("."));
    // What it makes is the file that was renamed: nothing is there before.
    let moved = other.make_in(parent, |path| fs::rename(folder, path));
    clear(moved.as_ref().map_or(folder, tempfile::NamedTempFile::path));
}

fn held() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::disallowed_methods, reason = "it is empty, and only its lock counts")]
fn locked(folder: &Path) -> io::Result<File> {
    let lock = File::create(folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) if folder.join(LOCK).exists() => Ok(lock),
        Ok(()) | Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        // A file system without locks: then nothing is known to be left behind, either.
        Err(TryLockError::Error(_)) => Ok(lock),
    }
}

#[cfg(unix)]
fn is_same_owner(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn is_same_owner(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "whole files are not what is tried")]
    fn a_folder_goes_while_files_still_come_to_it() {
        let parent = tempfile::tempdir().expect("a folder");
        for round in 0..50 {
            let folder = parent.path().join(format!("nest-{round}"));
            fs::create_dir_all(folder.join("new")).expect("a folder");
            let is_over = AtomicBool::new(false);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    let come = |at: usize| fs::write(folder.join("new").join(at.to_string()), "x");
                    (0..)
                        .take_while(|at| come(*at).is_ok() && !is_over.load(Ordering::Relaxed))
                        .count()
                });
                while !folder.join("new/50").exists() {}
                super::take_away(&folder);
                is_over.store(true, Ordering::Relaxed);
            });
            assert!(!folder.exists(), "round {round}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "whole files are not what is tried")]
    fn the_lock_goes_last() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("nest");
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("lock"), "").expect("a file");
        // Wherever the lock is among them, most come behind it or before it.
        for inner in 0..60 {
            let inner = folder.join(inner.to_string());
            fs::create_dir(&inner).expect("a folder");
            for file in 0..50 {
                fs::write(inner.join(file.to_string()), "").expect("a file");
            }
        }
        std::thread::scope(|scope| {
            scope.spawn(|| super::clear(&folder));
            while folder.join("lock").exists() {}
            let left = fs::read_dir(&folder).map_or(0, Iterator::count);
            assert_eq!(left, 0, "the lock is gone before what it locks");
        });
        assert!(!folder.exists());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "whole files are not what is tried")]
    fn a_folder_is_held_until_it_is_gone() {
        let parent = tempfile::tempdir().expect("a folder");
        let nest = super::Nest::new(parent.path(), "nest-").expect("a folder");
        let path = nest.path().to_owned();
        for file in 0..2000 {
            fs::write(path.join(file.to_string()), "").expect("a file");
        }
        std::thread::scope(|scope| {
            scope.spawn(move || drop(nest));
            loop {
                let held = super::held();
                if !held.contains(&path) {
                    assert!(!path.exists(), "it is not held, and still there");
                    break;
                }
            }
        });
    }
}
