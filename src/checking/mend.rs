//! The changes to the content that safe fixes make, file by file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::Outputs;
use l10n::say;
use source::fix;
use source::{Diagnostic, Edit};

/// A file before and after its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path from the project's folder, as shown in messages.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Its text, including line endings and byte order mark.
    pub before: String,
    /// The same text with the fixes applied.
    pub after: String,
}

/// What the findings' fixes come to.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files that they change, in order of name.
    pub files: Vec<FileChange>,
    /// Why others cannot be changed.
    pub refused: Vec<Error>,
}

/// Returns the files that the findings' fixes change, in order of name, if all can be changed;
/// nothing is written.
pub fn changes(root: &Path, findings: &[Diagnostic]) -> Result<Vec<FileChange>, Error> {
    let Changes { files, refused } = Changes::of(root, findings);
    refused.into_iter().next().map_or(Ok(files), Err)
}

impl Changes {
    /// Finds what the findings' fixes come to; nothing is written.
    pub fn of(root: &Path, findings: &[Diagnostic]) -> Self {
        let mut out = Self::default();
        for (name, (file, edits)) in fix::edits(findings) {
            let path = root.join(&name);
            match change(&path, &file.text, edits) {
                Ok((before, after)) => out.files.push(FileChange { name, path, before, after }),
                Err(error) => out.refused.push(error),
            }
        }
        out
    }
}

fn change(path: &Path, text: &str, edits: Vec<Edit>) -> Result<(String, String), Error> {
    let before = String::from_utf8(read(path)?).map_err(|_| has_changed(path))?;
    let places = places(&before);
    if places.len() != text.len() + 1 {
        return Err(has_changed(path));
    }
    let edits = edits
        .into_iter()
        .map(|Edit { range, text }| Edit { range: places[range.start]..places[range.end], text })
        .collect();
    let after = fix::apply(&before, edits);
    Ok((before, after))
}

impl FileChange {
    /// Writes the file, unless it is no longer as it was, or nobody may write it.
    pub fn write(&self) -> Result<(), Error> {
        if read(&self.path)? != self.before.as_bytes() {
            return Err(has_changed(&self.path));
        }
        let kept = fs::metadata(&self.path).is_ok_and(|found| found.permissions().readonly());
        if kept {
            let why = io::Error::new(io::ErrorKind::PermissionDenied, say!("it is read-only"));
            return Err(Error::machine(say!("cannot fix"), &self.path)(why));
        }
        let file = (self.path.clone(), self.after.clone().into_bytes());
        Outputs::into_sources().write(&[file], &[])
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::machine(say!("cannot read"), path))
}

fn has_changed(path: &Path) -> Error {
    Error::machine(say!("cannot fix"), path)(io::Error::other(say!(
        "it has changed since it was read"
    )))
}

/// Maps each byte of a text as we read it to its offset in the file, where a byte order mark may
/// come first and a line may end in two characters. One more entry marks the end.
fn places(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let ends_twice = |at: usize| bytes[at] == b'\n' && at > start && bytes[at - 1] == b'\r';
    (start..bytes.len()).filter(|&at| !ends_twice(at)).chain([bytes.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_place_is_the_files_own() {
        assert_eq!(places("a\nb"), [0, 1, 2, 3]);
        assert_eq!(places("\u{feff}a\r\nb"), [3, 4, 6, 7]);
    }
}
