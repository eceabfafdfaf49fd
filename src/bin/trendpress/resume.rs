//! What a process leaves to the one in its place, in files beside its note: `watch` and `preview` go
//! on where a limit ended them, and wait for the next change.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use source::{Diagnostic, Place, SourceFile};
use trendpress::reading::bounded;
use trendpress::session::watch::Watcher;

/// The variable that names the note's file to the working process.
pub(crate) const WHERE: &str = "TRENDPRESS_NOTE";

/// The names of the files: what ended the process before, the state of the files that it worked on,
/// and the address at which it served.
const END: &str = "end";
const SEEN: &str = "seen";
const ADDRESS: &str = "address";

/// The bytes of each that are read at most.
const MOST: u64 = 100_000;

/// Why a process was ended, and where it was.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ended {
    pub(crate) message: String,
    pub(crate) hint: String,
    /// `file:line:column`.
    pub(crate) place: String,
}

impl Ended {
    /// Says it, with the text of the file.
    pub(crate) fn told(self, project: &Path) -> Diagnostic {
        let place = place(&self.place, project);
        let place = place.unwrap_or_else(|| Place::start_of(self.place));
        Diagnostic::error(place, self.message).hint(self.hint)
    }
}

fn place(text: &str, project: &Path) -> Option<Place> {
    let (rest, _) = text.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    let bytes = bounded::read(&project.join(path), 10_000_000).ok()?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let file = std::sync::Arc::new(SourceFile { path: path.to_owned(), text });
    Some(Place::of_line(&file, line.parse().ok()?))
}

/// The files beside a note.
pub(crate) struct Resume {
    note: Option<PathBuf>,
}

impl Resume {
    /// Those of this process: none where nobody looks after it.
    pub(crate) fn here() -> Self {
        Self { note: std::env::var_os(WHERE).map(PathBuf::from) }
    }

    /// Those beside a note.
    #[cfg(any(unix, test))]
    pub(crate) fn beside(note: &Path) -> Self {
        Self { note: Some(note.to_owned()) }
    }

    /// Leaves what ended a process to the next one; `false` if that cannot be done, or if the process
    /// ended before it took what was left to it: the next would end as well.
    #[cfg(any(unix, test))]
    pub(crate) fn leave(&self, end: &Ended) -> bool {
        self.read(END).is_none()
            && serde_json::to_string(end).is_ok_and(|text| self.write(END, &text))
    }

    /// Notes the state of the files before the work on them begins.
    pub(crate) fn begins(&self, watcher: &Watcher) {
        self.write(SEEN, &watcher.state().to_string());
    }

    /// What ended the process before this one.
    pub(crate) fn ended(&self) -> Option<Ended> {
        let end = serde_json::from_str(&self.read(END)?).ok();
        _ = std::fs::remove_file(self.path(END)?);
        end
    }

    /// Whether the files are as they were when the process before this one began its work: what ended
    /// it would end this one as well.
    pub(crate) fn is_same(&self, watcher: &Watcher) -> bool {
        self.read(SEEN).is_some_and(|seen| seen == watcher.state().to_string())
    }

    /// Notes the address at which this process serves; whether none did before it.
    pub(crate) fn serves(&self, address: &str) -> bool {
        let is_first = self.address().is_none();
        self.write(ADDRESS, address);
        is_first
    }

    /// The address at which the process before this one served.
    pub(crate) fn address(&self) -> Option<String> {
        self.read(ADDRESS)
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.note.as_ref()?.with_file_name(name))
    }

    fn read(&self, name: &str) -> Option<String> {
        String::from_utf8(bounded::read(&self.path(name)?, MOST).ok()?).ok()
    }

    fn write(&self, name: &str, text: &str) -> bool {
        let Some(path) = self.path(name) else { return false };
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(path);
        file.and_then(|mut file: File| file.write_all(text.as_bytes())).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a file of the test's own")]
    fn what_ended_a_process_holds_the_next_until_something_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path().join("project");
        std::fs::create_dir_all(project.join("content")).expect("a folder");
        std::fs::write(project.join("content/a.md"), "一\n二\n").expect("a file");
        let resume = Resume::beside(&folder.path().join("note"));
        let watcher = Watcher::new(&project).expect("a watcher");
        let end =
            || Ended { message: "m".into(), hint: "h".into(), place: "content/a.md:2:1".into() };
        assert!(resume.ended().is_none() && !resume.is_same(&watcher));
        resume.begins(&watcher);
        assert!(resume.leave(&end()));
        assert!(!resume.leave(&end()), "nobody took it");
        let told = resume.ended().expect("an end").told(&project);
        assert_eq!(told.place.expect("a place").line_column().0, 2);
        assert!(resume.ended().is_none(), "it is told once");
        assert!(resume.is_same(&Watcher::new(&project).expect("a watcher")));
        // What changed while the process was ended is read at once.
        std::fs::write(project.join("content/a.md"), "一\n二三\n").expect("a file");
        assert!(!resume.is_same(&Watcher::new(&project).expect("a watcher")));
        assert!(resume.serves("http://127.0.0.1:1/a/"));
        assert!(!resume.serves("http://127.0.0.1:1/a/"));
    }
}
