//! Detects which of a project's files changed, as soon as a save has settled.
//!
//! The system's events only wake us and name files; what changed is the difference between two
//! looks at the folders. So no event that was lost, doubled or out of order matters, and a file
//! that came and went is no change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::SOURCE_FOLDERS;
use super::beside::Beside;
use crate::error::Error;
use crate::progress;
use l10n::say;

/// The quiet time required after an event: editors save in steps that follow each other at once.
const QUIET: Duration = Duration::from_millis(10);

/// The maximum duration of a burst of complete files before it is reported.
const LIMIT: Duration = Duration::from_millis(60);

/// The time for which a file may be half written, empty or missing before that is taken as
/// intended.
const PATIENCE: Duration = Duration::from_millis(250);

/// The time after which what could not be watched is tried again.
const AGAIN: Duration = Duration::from_millis(300);

/// The time after which we look whether the project's folder is still the same, and whether a file
/// changed of which no event told: that of a folder that went can end the watch of the one in its place.
const LOOK: Duration = Duration::from_secs(2);

/// How many times as long as a look takes there is none.
const REST: u32 = 50;

/// The files that changed between two scans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Their paths from the project's folder, with `/` as separator: written, new, or removed.
    pub paths: BTreeSet<String>,
}

impl Changes {
    /// Returns whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Returns whether a file below one of the [`SOURCE_FOLDERS`] changed.
    pub fn touch(&self, folder: &str) -> bool {
        self.paths.iter().any(|path| path.split('/').next() == Some(folder))
    }
}

/// Watches a project's [`SOURCE_FOLDERS`], whether they exist yet or not.
///
/// What a brand outside of them is made of is watched too. Other files beside the folders (such as
/// the output), hidden ones and editors' backups (`a.md~`,
/// `#a.md#`) are none of its concern.
pub struct Watcher {
    root: PathBuf,
    /// What the report's brand is made of beyond the folders.
    house: Beside,
    system: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    seen: Look,
    /// The project's folder as it was when it was watched last.
    folder: Option<Folder>,
    /// Whether something is not watched that should be, or events were lost.
    lost: bool,
    /// The time until the next look.
    pause: Duration,
}

/// What tells a folder from another one of its name.
#[cfg(unix)]
type Folder = (u64, u64);
#[cfg(not(unix))]
type Folder = ();

impl Watcher {
    /// Starts watching the project in `root`; changes count from now on.
    pub fn new(root: impl AsRef<Path>) -> Result<Self, Error> {
        let root = root.as_ref();
        let root = root.canonicalize().map_err(Error::machine(say!("cannot watch"), root))?;
        let (sender, events) = channel();
        let (outer, house) = (root.clone(), Beside::default());
        let others = house.clone();
        let tell = move |event: notify::Result<Event>| {
            if event.as_ref().map_or(true, |event| concerns(&outer, &others, event)) {
                // Nobody listens only where the watcher is being dropped.
                _ = sender.send(event);
            }
        };
        let system = RecommendedWatcher::new(tell, Config::default())
            .map_err(|error| failed(&root, error))?;
        let (folder, seen) = (folder(&root), Look::default());
        let mut watcher =
            Self { root, house, system, events, seen, folder, lost: false, pause: LOOK };
        // The folder above sees its folders come, go, and be replaced.
        watcher
            .system
            .watch(&watcher.root, RecursiveMode::NonRecursive)
            .map_err(|error| failed(&watcher.root, error))?;
        SOURCE_FOLDERS.iter().for_each(|folder| watcher.follow(folder));
        watcher.find_house();
        watcher.seen = Look::at(&watcher.root, &watcher.house);
        Ok(watcher)
    }

    /// A hash of the files as they were when they were looked at last: who watches the same project
    /// later, in another process, knows by it whether they are still the same.
    pub fn state(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (path, stamp) in &self.seen.0 {
            (path, stamp.modified, stamp.size, stamp.permissions.readonly()).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Waits until files have changed and their save is complete; returns no changes if the timeout
    /// expires first.
    ///
    /// Without a `timeout` it waits for as long as it takes. What changes between two calls is
    /// told by the second. A project that goes away is waited for as well.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Result<Changes, Error> {
        progress::waits();
        let end = timeout.map(|timeout| Instant::now() + timeout);
        loop {
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            let next = if self.lost { AGAIN } else { self.pause };
            let came = self.events.recv_timeout(left.map_or(next, |left| left.min(next)));
            let first = match self.event(came)? {
                Some(event) => event,
                None if left.is_some_and(|left| left <= next) => return Ok(Changes::default()),
                None if self.is_whole() && !self.has_missed() => continue,
                None => {
                    self.heal();
                    Event::new(EventKind::Other)
                }
            };
            let mut changes = self.settle(first)?;
            if !changes.is_empty() {
                // Another brand may bring other fonts.
                changes.paths.extend(self.find_house());
                return Ok(changes);
            }
        }
    }

    /// Collects the events of one save, or of several at once, from the `first` to the last.
    fn settle(&mut self, first: Event) -> Result<Changes, Error> {
        let started = Instant::now();
        let mut storm = Storm::default();
        self.take(first, &mut storm);
        let look = loop {
            let next = self.events.recv_timeout(QUIET);
            let quiet = match self.event(next)? {
                Some(event) => {
                    self.take(event, &mut storm);
                    false
                }
                None => true,
            };
            let lasted = started.elapsed();
            if !quiet && lasted < LIMIT {
                continue;
            }
            let look = Look::at(&self.root, &self.house);
            if lasted >= PATIENCE || storm.is_over(&self.seen, &look) {
                break look;
            }
        };
        // Two writes within one tick of the disk's clock look alike: the events know better.
        let named = storm.named.into_iter().filter(|path| look.0.contains_key(path));
        let paths = self.seen.difference(&look).chain(named).collect();
        self.seen = look;
        Ok(Changes { paths })
    }

    /// Processes an event.
    fn take(&mut self, event: Event, storm: &mut Storm) {
        let written = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        let in_writing = matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)));
        for path in &event.paths {
            let path = relative(&self.root, path).or_else(|| self.house.name(path));
            let Some(path) = path else { continue };
            if SOURCE_FOLDERS.contains(&path.as_str()) {
                storm.writing.retain(|file| !file.starts_with(&path));
                self.follow(&path);
                continue;
            }
            if in_writing {
                storm.writing.insert(path.clone());
            } else {
                storm.writing.remove(&path);
            }
            if !written {
                storm.named.insert(path);
            }
        }
        if event.need_rescan() {
            SOURCE_FOLDERS.iter().for_each(|folder| self.follow(folder));
        }
    }

    /// Whether the folders are watched that are there now.
    fn is_whole(&self) -> bool {
        !self.lost && folder(&self.root) == self.folder
    }

    /// Whether a file changed of which no event has told.
    fn has_missed(&mut self) -> bool {
        let started = Instant::now();
        let look = Look::at(&self.root, &self.house);
        self.pause = LOOK.max(started.elapsed() * REST);
        self.seen.difference(&look).next().is_some()
    }

    /// Watches everything anew: the project's folder may have gone, and another come.
    fn heal(&mut self) {
        self.lost = false;
        self.folder = folder(&self.root);
        _ = self.system.unwatch(&self.root);
        if self.system.watch(&self.root, RecursiveMode::NonRecursive).is_err() {
            self.lost = true;
        }
        SOURCE_FOLDERS.iter().for_each(|folder| self.follow(folder));
        self.find_house();
    }

    /// Watches what the report's brand is made of now; returns fonts that came or went with it.
    fn find_house(&mut self) -> Vec<String> {
        let before = self.house.files();
        let (folders, fonts) = self.house.read(&self.root);
        // What is no longer the brand's is no concern; it is not gone.
        let now: BTreeSet<PathBuf> = self.house.files().into_iter().map(|(path, _)| path).collect();
        for (_, name) in before.into_iter().filter(|(path, _)| !now.contains(path)) {
            self.seen.0.remove(&name);
        }
        for folder in folders {
            // The project's own is watched; one that is not there is seen when the brand is found.
            if folder != self.root {
                _ = self.system.watch(&folder, RecursiveMode::NonRecursive);
            }
        }
        self.seen.add(&self.house);
        fonts
    }

    /// Watches the folder that now has this name: another folder may have taken its place.
    fn follow(&mut self, folder: &str) {
        let path = self.root.join(folder);
        // It fails where the folder was not there, or is gone: then nothing is followed any more.
        _ = self.system.unwatch(&path);
        let watched = self.system.watch(&path, RecursiveMode::Recursive);
        // A folder that went while it was entered is entered again a little later.
        self.lost |= watched.is_err() && path.is_dir();
    }

    /// Unwraps a received event; returns `None` on timeout. Where events were lost, a look at the
    /// files must do.
    fn event(
        &mut self,
        came: Result<notify::Result<Event>, RecvTimeoutError>,
    ) -> Result<Option<Event>, Error> {
        match came {
            Ok(event) => Ok(Some(event.unwrap_or_else(|_| {
                self.lost = true;
                Event::new(EventKind::Other)
            }))),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => {
                Err(failed(&self.root, notify::Error::generic("no events come")))
            }
        }
    }
}

/// The events of a save so far.
#[derive(Default)]
struct Storm {
    /// Files named by events.
    named: BTreeSet<String>,
    /// Files that were written to and not yet closed.
    writing: BTreeSet<String>,
}

impl Storm {
    /// Returns whether no file is in transition: half written, just emptied, or removed to be put
    /// back.
    fn is_over(&self, before: &Look, now: &Look) -> bool {
        let emptied = |path: &String| {
            before.0.get(path).is_some_and(|stamp| stamp.size > 0)
                && now.0.get(path).is_none_or(|stamp| stamp.size == 0)
        };
        !self.writing.iter().any(|path| now.0.contains_key(path)) && !before.0.keys().any(emptied)
    }
}

/// A scan of the files in the folders at one moment.
#[derive(Debug, Default)]
struct Look(BTreeMap<String, Stamp>);

#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
    permissions: Permissions,
}

impl Stamp {
    fn of(data: &fs::Metadata) -> Self {
        let (modified, size, permissions) = (data.modified().ok(), data.len(), data.permissions());
        Self { modified, size, permissions }
    }
}

impl Look {
    fn at(root: &Path, house: &Beside) -> Self {
        let mut look = Self::default();
        SOURCE_FOLDERS.iter().for_each(|folder| look.walk(root, &root.join(folder)));
        look.add(house);
        look
    }

    /// Adds the files of a brand, as they are now, that were not seen before.
    fn add(&mut self, house: &Beside) {
        for (path, name) in house.files() {
            if let Ok(data) = fs::metadata(&path) {
                self.0.entry(name).or_insert_with(|| Stamp::of(&data));
            }
        }
    }

    fn walk(&mut self, root: &Path, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            // A linked folder is not entered: it may lie outside, or lead in a circle.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.walk(root, &path);
            } else if let (Some(name), Ok(data)) = (relative(root, &path), fs::metadata(&path)) {
                self.0.insert(name, Stamp::of(&data));
            }
        }
    }

    /// Returns the files that are in only one scan, or differ between the two.
    fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = String> + 'a {
        let changed = other.0.iter().filter(|&(path, stamp)| self.0.get(path) != Some(stamp));
        let gone = self.0.keys().filter(|&path| !other.0.contains_key(path));
        changed.map(|(path, _)| path).chain(gone).cloned()
    }
}

/// Returns whether an event may mean that a source file changed; reads do not count.
fn concerns(root: &Path, house: &Beside, event: &Event) -> bool {
    let kind = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    kind && (event.paths.is_empty()
        || event
            .paths
            .iter()
            .any(|path| relative(root, path).is_some() || house.name(path).is_some()))
}

/// Returns a path relative to the project's folder, with `/` as separator; `None` for a file that
/// is not a source.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let path = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let hidden = |part: &str| part.starts_with(['.', '#']) || part.ends_with('~');
    let source =
        SOURCE_FOLDERS.iter().any(|folder| parts.first().is_some_and(|first| first == folder));
    (source && !parts.iter().any(|part| hidden(part))).then(|| parts.join("/"))
}

#[cfg(unix)]
fn folder(root: &Path) -> Option<Folder> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(root).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn folder(root: &Path) -> Option<Folder> {
    root.is_dir().then_some(())
}

fn failed(path: &Path, error: notify::Error) -> Error {
    Error::machine(say!("cannot watch"), path)(io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a file of the test's own")]
    fn a_change_without_an_event_is_found_and_watched_again() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("a folder");
        let file = folder.path().join("content/a.md");
        fs::write(&file, "一").expect("a file");
        let mut watcher = Watcher::new(folder.path()).expect("a watcher");
        let root = watcher.root.clone();
        for path in [root.join("content"), root] {
            watcher.system.unwatch(&path).expect("watched");
        }
        for (text, within) in [("一二", LOOK * 4), ("一二三", LOOK / 2)] {
            fs::write(&file, text).expect("a file");
            let changes = watcher.wait(Some(within)).expect("changes");
            assert!(changes.paths.contains("content/a.md"), "{text}: {changes:?}");
        }
    }
}
