//! The note by which a working process says where it is, and within what limits it works.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use trendpress::progress::{self, Listener};
use trendpress::reading::bounded;

use crate::args::Args;
use crate::resume::WHERE;
use crate::rows;

/// The bytes of a note: each is written over the last one.
const LENGTH: usize = 1024;

/// The seconds of the processor that any report may take.
const SECONDS: u64 = 9;
/// The bytes of text for which it may take one more: three times what most take.
const BYTES_A_SECOND: u64 = 12_500;
/// The memory that any report may take, in MB.
const MEGABYTES: u64 = 900;
/// The bytes of text for which it may take one more: twice what they do take.
const TEXT_A_MEGABYTE: u64 = 600;
/// The bytes of other files for which it may take one more.
const BYTES_A_MEGABYTE: u64 = 250_000;
/// What text is in.
const TEXTS: [&str; 3] = [".md", ".csv", ".bib"];

/// The limits of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Seconds of the processor, of each pass over the report.
    pub(super) time: u64,
    /// Memory, in MB.
    pub(super) memory: u64,
    /// Whether the command line gave each: then no report changes it.
    given: (bool, bool),
}

impl Limits {
    /// The limits that the command line gives, or those of a project by the size of its files.
    pub(super) fn of(args: &Args, project: &Path) -> Self {
        let (text, all) = size(&project.join("content"), 0);
        Self {
            time: args.limit_time.unwrap_or(SECONDS + text / BYTES_A_SECOND),
            memory: args
                .limit_memory
                .unwrap_or(MEGABYTES + text / TEXT_A_MEGABYTE + all / BYTES_A_MEGABYTE),
            given: (args.limit_time.is_some(), args.limit_memory.is_some()),
        }
    }

    /// Writes the first note.
    pub(super) fn write(self, path: &Path) -> io::Result<()> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Note { limits: self, pass: 0, is_idle: false, place: String::new() }.write(&file)
    }
}

/// The bytes of the texts in a folder, and of all files that count.
fn size(folder: &Path, depth: usize) -> (u64, u64) {
    let mut out = (0, 0);
    if depth > 8 {
        return out;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).take(10_000)
    {
        let Ok(found) = entry.metadata() else { continue };
        let (text, all) = if found.is_dir() {
            size(&entry.path(), depth + 1)
        } else if found.is_file() && found.len() <= bounded::MAX_FILE {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let text = TEXTS.iter().any(|ending| name.ends_with(ending));
            let counts = text && found.len() <= 1_000_000;
            (if counts { found.len() } else { 0 }, found.len())
        } else {
            (0, 0)
        };
        out = (out.0 + text, out.1 + all);
    }
    out
}

/// What a working process says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// Its limits.
    pub(super) limits: Limits,
    /// How often it has begun anew.
    pub(super) pass: u64,
    /// Whether it waits for something.
    is_idle: bool,
    /// Where it is: `file:line:column`.
    pub(super) place: String,
}

impl Note {
    /// Reads the last note.
    pub(super) fn read(path: &Path) -> Self {
        let text = std::fs::read(path).unwrap_or_default();
        Self::parse(&String::from_utf8_lossy(&text)).unwrap_or(Self {
            limits: Limits { time: u64::MAX, memory: u64::MAX, given: (true, true) },
            pass: 0,
            is_idle: true,
            place: String::new(),
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, '\t');
        let mut number = || parts.next()?.parse::<u64>().ok();
        let (time, memory) = (number()?, number()?);
        let (pass, flags) = (number()?, number()?);
        let place = parts.next()?.trim_end().to_owned();
        let given = (flags & 1 != 0, flags & 2 != 0);
        Some(Self { limits: Limits { time, memory, given }, pass, is_idle: flags & 4 != 0, place })
    }

    /// Whether it works, and does not wait.
    pub(super) fn is_busy(&self) -> bool {
        !self.is_idle
    }

    fn write(&self, file: &File) -> io::Result<()> {
        let Limits { time, memory, given } = self.limits;
        let flags = u8::from(given.0) | u8::from(given.1) << 1 | u8::from(self.is_idle) << 2;
        let mut text = format!("{time}\t{memory}\t{}\t{flags}\t{}", self.pass, self.place);
        text.truncate(text.floor_char_boundary(LENGTH));
        file.write_all_at(format!("{text:LENGTH$}").as_bytes(), 0)
    }
}

/// Notes what the library says of its work, if this is a working process.
pub(crate) fn begin() {
    let Some(path) = std::env::var_os(WHERE) else { return };
    let path = Path::new(&path);
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return };
    // Nobody is left to end us: then we end.
    end_with_parent();
    progress::listen(Noter::new(file, path));
}

#[cfg(target_os = "linux")]
fn end_with_parent() {
    _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(not(target_os = "linux"))]
fn end_with_parent() {
    let parent = std::os::unix::process::parent_id();
    std::thread::spawn(move || {
        while std::os::unix::process::parent_id() == parent {
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        trendpress::output::abandon(|| {
            _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTERM);
        });
    });
}

struct Noter {
    file: File,
    state: Mutex<State>,
    /// Where its rows are noted.
    rows: PathBuf,
}

/// What is known of the work.
struct State {
    note: Note,
    /// How much has begun.
    count: u64,
    /// The rows of editions in the making, by when they began.
    making: BTreeMap<u64, usize>,
    log: Option<File>,
}

impl State {
    /// Begins the time of what is oldest: of several editions that are made, each has all of it.
    fn begin_oldest(&mut self) {
        self.note.pass = *self.making.keys().next().unwrap_or(&self.count);
        self.note.is_idle = false;
    }
}

impl Noter {
    fn new(file: File, path: &Path) -> Self {
        let note = Note::read(path);
        let state = State { count: note.pass, note, making: BTreeMap::new(), log: None };
        Self { file, state: Mutex::new(state), rows: path.to_owned() }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut state);
        _ = state.note.write(&self.file);
    }
}

impl Listener for Noter {
    fn is_at(&self, place: String) {
        self.change(|state| state.note.place = place);
    }

    fn begins(&self) {
        self.change(|state| {
            state.count += 1;
            state.begin_oldest();
        });
    }

    fn makes(&self, row: usize) {
        self.change(|state| {
            state.count += 1;
            state.making.insert(state.count, row);
            state.begin_oldest();
            state.log = state.log.take().or_else(|| rows::log(&self.rows));
            state.log.iter_mut().for_each(|log| rows::note(log, '+', row));
        });
    }

    fn made(&self, row: usize) {
        self.change(|state| {
            state.count += 1;
            state.making.retain(|_, own| *own != row);
            state.begin_oldest();
            state.log.iter_mut().for_each(|log| rows::note(log, '-', row));
        });
    }

    fn waits(&self) {
        // While several editions are made, one of them does not speak for the others.
        self.change(|state| state.note.is_idle = state.making.is_empty());
    }

    fn limits(&self, time: Option<u64>, memory: Option<u64>) {
        self.change(|state| {
            let note = &mut state.note;
            let Limits { given, .. } = note.limits;
            note.limits.time = time.filter(|_| !given.0).unwrap_or(note.limits.time);
            note.limits.memory = memory.filter(|_| !given.1).unwrap_or(note.limits.memory);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("note");
        let limits = Limits { time: 9, memory: 900, given: (false, true) };
        limits.write(&path).expect("a note");
        let file = OpenOptions::new().write(true).open(&path).expect("a note");
        let noter = Noter::new(file, &path);
        noter.is_at(format!("content/{}.md:3:1", "长".repeat(1000)));
        noter.is_at("content/a.md:12:3".to_owned());
        noter.begins();
        noter.limits(Some(70), Some(5000));
        let note = Note::read(&path);
        assert_eq!((note.limits.time, note.limits.memory), (70, 900));
        assert_eq!((note.pass, note.is_busy(), &*note.place), (1, true, "content/a.md:12:3"));
        noter.waits();
        assert!(!Note::read(&path).is_busy());
        // The time is that of the edition which began first, whatever others do.
        noter.makes(7);
        let pass = Note::read(&path).pass;
        noter.makes(8);
        noter.made(8);
        noter.begins();
        noter.waits();
        let note = Note::read(&path);
        assert_eq!((note.pass, note.is_busy()), (pass, true));
        noter.made(7);
        assert!(Note::read(&path).pass > pass);
    }
}
