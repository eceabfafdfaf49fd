//! The rows of editions in the making, by a file beside the note: one that ends its process stops no
//! other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use trendpress::editions::Ended;

use crate::resume::WHERE;

/// The names of the files: rows as they begin and end, and what became of those that ended a process.
const LOG: &str = "rows";
const ENDED: &str = "ended";

/// What the process that looks after others knows of their rows.
pub(crate) struct Rows {
    note: PathBuf,
    ended: Ended,
}

impl Rows {
    /// Nothing yet, in files beside a note.
    pub(crate) fn beside(note: &Path) -> Self {
        Self { note: note.to_owned(), ended: Ended::default() }
    }

    /// Takes in that a process ended, and whether another can go on without what ended it.
    pub(crate) fn go_on(&mut self, message: &str, hint: &str) -> bool {
        let log = self.note.with_file_name(LOG);
        let begun = begun(&std::fs::read_to_string(&log).unwrap_or_default());
        _ = std::fs::remove_file(log);
        match begun.first() {
            None => return false,
            Some(row) if begun.len() == 1 => {
                self.ended.alone.remove(row);
                self.ended.refused.insert(*row, (message.to_owned(), hint.to_owned()));
            }
            // Which of them it was, each will show by itself.
            Some(_) => self.ended.alone.extend(&begun),
        }
        let Ended { alone, refused } = &self.ended;
        let text = serde_json::json!({ "alone": alone, "refused": refused }).to_string();
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true);
        let file = file.open(self.note.with_file_name(ENDED));
        file.and_then(|mut file| file.write_all(text.as_bytes())).is_ok()
    }
}

/// The rows that have begun and not ended.
fn begun(log: &str) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for line in log.lines() {
        let row = |sign| line.strip_prefix(sign).and_then(|row| row.parse::<usize>().ok());
        out.extend(row('+'));
        row('-').inspect(|row| _ = out.remove(row));
    }
    out
}

/// The file in which a working process notes its rows.
pub(crate) fn log(note: &Path) -> Option<File> {
    OpenOptions::new().append(true).create(true).open(note.with_file_name(LOG)).ok()
}

/// Notes that a row begins, or ends.
pub(crate) fn note(log: &mut File, sign: char, row: usize) {
    _ = log.write_all(format!("{sign}{row}\n").as_bytes());
}

/// What became of rows in the processes before this one.
pub(crate) fn ended() -> Ended {
    let read = || {
        let note = PathBuf::from(std::env::var_os(WHERE)?);
        let text = std::fs::read_to_string(note.with_file_name(ENDED)).ok()?;
        let mut value: serde_json::Value = serde_json::from_str(&text).ok()?;
        let alone: BTreeSet<usize> = serde_json::from_value(value["alone"].take()).ok()?;
        let refused: BTreeMap<usize, (String, String)> =
            serde_json::from_value(value["refused"].take()).ok()?;
        Some(Ended { alone, refused })
    };
    read().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_end_a_process_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("note");
        let mut rows = Rows::beside(&path);
        assert!(!rows.go_on("m", "h"), "nothing had begun");
        let began = |list: &[(char, usize)]| {
            let mut file = log(&path).expect("a file");
            list.iter().for_each(|(sign, row)| note(&mut file, *sign, *row));
        };
        began(&[('+', 1), ('+', 2), ('-', 1), ('+', 13)]);
        assert!(rows.go_on("m", "h"));
        assert_eq!(rows.ended.alone, BTreeSet::from([2, 13]));
        began(&[('+', 2), ('-', 2), ('+', 13)]);
        assert!(rows.go_on("m", "h"));
        assert_eq!(rows.ended.alone, BTreeSet::from([2]));
        assert_eq!(rows.ended.refused.keys().collect::<Vec<_>>(), [&13]);
        assert!(path.with_file_name(ENDED).is_file());
    }
}
