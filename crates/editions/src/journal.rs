//! What is done: a file of JSON lines, a line for each edition.
//!
//! A line is written behind the outputs that it tells of, and flushed to the disk; one that the
//! machine cut off is no line. So every line is true at any moment.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use l10n::say;
use serde::{Deserialize, Serialize};

use crate::Hash;

/// A file of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its path.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: Hash,
}

/// What an edition came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Made {
    /// It is done.
    Done {
        /// Its files.
        outputs: Vec<Output>,
        /// How many pages it has.
        pages: usize,
        /// How many warnings there are about it.
        findings: usize,
    },
    /// It cannot be made.
    Failed {
        /// The messages of its errors.
        errors: Vec<String>,
    },
}

/// A line of a journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// Its position in the table, from 1.
    pub row: usize,
    /// Its name.
    pub edition: String,
    /// The hash of all that goes into it.
    pub inputs: Hash,
    /// What it came to.
    #[serde(flatten)]
    pub made: Made,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Why a journal cannot be used.
#[derive(Debug)]
pub enum JournalError {
    /// Another run writes it.
    Taken(PathBuf),
    /// A line of it is none.
    Line(PathBuf, usize),
    /// The machine refuses.
    Io(PathBuf, io::Error),
}

/// A journal that is written: no other run can write it meanwhile.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// The length of the lines that are whole.
    length: u64,
    last: BTreeMap<String, Entry>,
}

impl Journal {
    /// Opens a journal, and makes it where there is none; what a machine cut off is taken off.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let failed = |error| JournalError::Io(path.to_owned(), error);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Taken(path.to_owned())),
            // A file system without locks: then the scheduler keeps tasks apart.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let mut journal = Self { path: path.to_owned(), file, length: 0, last: BTreeMap::new() };
        let mut text = String::new();
        let mut bytes = vec![];
        journal.file.read_to_end(&mut bytes).map_err(failed)?;
        // A line that is cut off may end within a character.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        text.push_str(&String::from_utf8_lossy(&bytes[..whole]));
        for entry in read_lines(&text, path)? {
            journal.last.insert(entry.edition.clone(), entry);
        }
        journal.length = whole as u64;
        if whole < bytes.len() {
            journal.cut().map_err(failed)?;
        }
        Ok(journal)
    }

    /// The last line about an edition.
    pub fn entry(&self, edition: &str) -> Option<&Entry> {
        self.last.get(edition)
    }

    /// Whether an edition is done with these inputs, and its files are where they were put.
    pub fn has(&self, edition: &str, inputs: &Hash) -> bool {
        let Some(Entry { inputs: own, made: Made::Done { outputs, .. }, .. }) =
            self.last.get(edition)
        else {
            return false;
        };
        let is_there = |output: &Output| {
            fs::metadata(&output.path).is_ok_and(|file| file.len() == output.bytes)
        };
        own == inputs && outputs.iter().all(is_there)
    }

    /// Adds a line, whole or not at all, and flushes it to the disk.
    pub fn add(&mut self, entry: Entry) -> Result<(), JournalError> {
        let mut line = serde_json::to_vec(&entry).expect("an entry is plain data");
        line.push(b'\n');
        let length = self.length + line.len() as u64;
        let written = self
            .file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| self.file.write_all(&line))
            .and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => {
                self.length = length;
                self.last.insert(entry.edition.clone(), entry);
                Ok(())
            }
            Err(error) => {
                // What is left of the line is taken off now, or when the journal is opened again.
                _ = self.cut();
                Err(JournalError::Io(self.path.clone(), error))
            }
        }
    }

    fn cut(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.sync_data()
    }
}

/// Reads the whole lines of a journal, which may be one that is being written.
pub(crate) fn read(path: &Path) -> Result<Vec<Entry>, JournalError> {
    let bytes = fs::read(path).map_err(|error| JournalError::Io(path.to_owned(), error))?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    read_lines(&String::from_utf8_lossy(&bytes[..whole]), path)
}

fn read_lines(text: &str, path: &Path) -> Result<Vec<Entry>, JournalError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|_| JournalError::Line(path.to_owned(), at + 1))
        })
        .collect()
}

impl JournalError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Taken(_) => say!("wait for it, or give this run another shard"),
            Self::Line(..) => say!("remove the file to make all editions again"),
            Self::Io(..) => say!("check the folder's permissions and the free space"),
        }
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Taken(path) => {
                say!("another run writes the manifest `{path}`", path = path.display())
            }
            Self::Line(path, line) => {
                say!(
                    "line {line} of `{path}` is no line of a manifest",
                    line,
                    path = path.display()
                )
            }
            Self::Io(path, error) => {
                say!("cannot write the manifest `{path}`: {error}", path = path.display(), error)
            }
        })
    }
}

impl std::error::Error for JournalError {}

#[expect(clippy::disallowed_methods, reason = "tests write their own fixtures")]
#[cfg(test)]
mod tests {
    use super::*;

    fn entry(edition: &str, inputs: &str) -> Entry {
        let made = Made::Failed { errors: vec!["错".into()] };
        Entry {
            row: 1,
            edition: edition.into(),
            inputs: Hash::of(inputs.as_bytes()),
            made,
            seconds: 0.5,
        }
    }

    fn done(folder: &Path, edition: &str) -> Entry {
        let path = folder.join(format!("{edition}.pdf"));
        fs::write(&path, "%PDF").expect("a file");
        let output = Output { path, bytes: 4, sha256: Hash::of(b"%PDF") };
        let made = Made::Done { outputs: vec![output], pages: 3, findings: 0 };
        Entry { made, ..entry(edition, "x") }
    }

    #[test]
    fn a_line_that_is_cut_off_is_none_wherever_it_is_cut() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("m.jsonl");
        let mut journal = Journal::open(&path).expect("a journal");
        journal.add(entry("甲", "1")).expect("a line");
        journal.add(entry("乙", "2")).expect("a line");
        drop(journal);
        let whole = fs::read(&path).expect("a file");
        let first = whole.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).expect("a file");
            let mut journal = Journal::open(&path).expect("a journal");
            assert_eq!(journal.entry("甲").is_some(), length >= first, "{length}");
            assert_eq!(journal.entry("乙").is_some(), length == whole.len(), "{length}");
            journal.add(entry("丙", "3")).expect("a line");
            drop(journal);
            let lines = 1 + usize::from(length >= first) + usize::from(length == whole.len());
            assert_eq!(read(&path).expect("lines").len(), lines, "{length}");
        }
    }

    #[test]
    fn an_edition_is_done_with_its_inputs_while_its_file_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(&folder.path().join("m.jsonl")).expect("a journal");
        let entry = done(folder.path(), "甲");
        let (path, inputs) = (folder.path().join("甲.pdf"), entry.inputs.clone());
        journal.add(entry).expect("a line");
        assert!(journal.has("甲", &inputs) && !journal.has("甲", &Hash::of(b"other")));
        fs::write(&path, "%P").expect("a file");
        assert!(!journal.has("甲", &inputs), "it is cut off");
        fs::remove_file(&path).expect("it is there");
        assert!(!journal.has("甲", &inputs), "it is gone");
    }

    #[test]
    fn two_runs_do_not_write_one_journal_and_a_broken_one_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("m.jsonl");
        let first = Journal::open(&path).expect("a journal");
        assert!(matches!(Journal::open(&path), Err(JournalError::Taken(_))));
        drop(first);
        fs::write(&path, "{}\n").expect("a file");
        assert!(matches!(Journal::open(&path), Err(JournalError::Line(_, 1))));
    }

    #[test]
    fn a_line_says_what_an_edition_came_to() {
        let folder = tempfile::tempdir().expect("a folder");
        for entry in [done(folder.path(), "甲"), entry("乙", "1")] {
            let line = serde_json::to_string(&entry).expect("JSON");
            assert!(
                line.contains(r#""done":{"outputs""#) || line.contains(r#""failed":{"errors""#),
                "{line}"
            );
            assert_eq!(serde_json::from_str::<Entry>(&line).expect("an entry"), entry);
        }
    }
}
