//! What many journals tell together, and whether it is true.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use l10n::say;

use crate::Hash;
use crate::journal::{self, Entry, JournalError, Made};

/// The last lines about all editions, in the order of the table.
#[derive(Debug, Default)]
pub struct Merged {
    /// The lines.
    pub entries: Vec<Entry>,
    /// The editions that two journals made differently.
    pub faults: Vec<Fault>,
}

/// What is wrong with the outputs of editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Two journals have it, of different inputs.
    Twice(String),
    /// Two editions have one file.
    Shared(PathBuf, String, String),
    /// It could not be made.
    Failed(String),
    /// A file of it is not there.
    Missing(String, PathBuf),
    /// A file of it is another one.
    Changed(String, PathBuf),
}

impl Merged {
    /// The lines as a journal has them.
    pub fn lines(&self) -> String {
        let line = |entry| serde_json::to_string(entry).expect("an entry is plain data") + "\n";
        self.entries.iter().map(line).collect()
    }
}

/// Reads journals into one. Within a journal the last line about an edition counts; of two journals
/// that have an edition of the same inputs, the one in which it is done.
pub fn merge(journals: &[PathBuf]) -> Result<Merged, JournalError> {
    let mut all: BTreeMap<(usize, String), Entry> = BTreeMap::new();
    let mut faults = vec![];
    for path in journals {
        let mut last: BTreeMap<String, Entry> = BTreeMap::new();
        for entry in journal::read(path)? {
            last.insert(entry.edition.clone(), entry);
        }
        for (edition, entry) in last {
            let key = (entry.row, edition.clone());
            match all.get(&key) {
                Some(known) if known.inputs != entry.inputs => faults.push(Fault::Twice(edition)),
                Some(known) if matches!(known.made, Made::Done { .. }) => {}
                _ => _ = all.insert(key, entry),
            }
        }
    }
    Ok(Merged { entries: all.into_values().collect(), faults })
}

/// Holds the files of all editions against what the journals tell of them.
pub fn verify(merged: &Merged) -> Vec<Fault> {
    let mut faults = merged.faults.clone();
    let mut owners: BTreeMap<&Path, &str> = BTreeMap::new();
    for entry in &merged.entries {
        let edition = &entry.edition;
        let Made::Done { outputs, .. } = &entry.made else {
            faults.push(Fault::Failed(edition.clone()));
            continue;
        };
        for output in outputs {
            if let Some(other) = owners.insert(&output.path, edition) {
                faults.push(Fault::Shared(output.path.clone(), other.to_owned(), edition.clone()));
                continue;
            }
            match fs::read(&output.path) {
                Err(_) => faults.push(Fault::Missing(edition.clone(), output.path.clone())),
                Ok(bytes) if Hash::of(&bytes) != output.sha256 => {
                    faults.push(Fault::Changed(edition.clone(), output.path.clone()));
                }
                Ok(_) => {}
            }
        }
    }
    faults
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Twice(edition) => {
                say!("two manifests have the edition `{edition}` of different inputs", edition)
            }
            Self::Shared(path, one, other) => {
                let path = path.display();
                say!("`{path}` is a file of both `{one}` and `{other}`", path, one, other)
            }
            Self::Failed(edition) => say!("the edition `{edition}` could not be made", edition),
            Self::Missing(edition, path) => {
                let path = path.display();
                say!("`{path}` of the edition `{edition}` is missing", path, edition)
            }
            Self::Changed(edition, path) => {
                let path = path.display();
                say!(
                    "`{path}` is not the file that was made for the edition `{edition}`",
                    path,
                    edition
                )
            }
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "tests write their own fixtures")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, Output};

    fn entry(folder: &Path, row: usize, edition: &str, inputs: &str) -> Entry {
        let path = folder.join(format!("{edition}.pdf"));
        fs::write(&path, edition).expect("a file");
        let bytes = edition.len() as u64;
        let output = Output { path, bytes, sha256: Hash::of(edition.as_bytes()) };
        let made = Made::Done { outputs: vec![output], pages: 1, findings: 0 };
        let inputs = Hash::of(inputs.as_bytes());
        Entry { row, edition: edition.into(), inputs, made, seconds: 0.1 }
    }

    #[test]
    fn journals_come_together_in_the_order_of_the_table() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let paths: Vec<PathBuf> = (1..=2).map(|n| at.join(format!("{n}.jsonl"))).collect();
        let mut one = Journal::open(&paths[0]).expect("a journal");
        let mut two = Journal::open(&paths[1]).expect("a journal");
        let failed = Made::Failed { errors: vec![] };
        one.add(Entry { made: failed.clone(), ..entry(at, 10, "c", "x") }).expect("a line");
        one.add(entry(at, 9, "a", "x")).expect("a line");
        one.add(entry(at, 10, "c", "x")).expect("a line");
        two.add(entry(at, 2, "b", "x")).expect("a line");
        two.add(Entry { made: failed, ..entry(at, 9, "a", "x") }).expect("a line");
        let merged = merge(&paths).expect("lines");
        let names: Vec<&str> = merged.entries.iter().map(|entry| &*entry.edition).collect();
        assert_eq!(names, ["b", "a", "c"]);
        assert_eq!(verify(&merged), []);
        fs::write(at.join("b.pdf"), "x").expect("a file");
        fs::remove_file(at.join("c.pdf")).expect("it is there");
        let faults = verify(&merged);
        assert_eq!(
            faults,
            [
                Fault::Changed("b".into(), at.join("b.pdf")),
                Fault::Missing("c".into(), at.join("c.pdf"))
            ]
        );
        two.add(entry(at, 10, "c", "y")).expect("a line");
        assert_eq!(merge(&paths).expect("lines").faults, [Fault::Twice("c".into())]);
    }
}
