//! The changes to the content that safe fixes make, file by file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
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

/// Returns the files that the findings' fixes change, in order of name; nothing is written.
pub fn changes(root: &Path, findings: &[Diagnostic]) -> Result<Vec<FileChange>, Error> {
    let mut out = vec![];
    for (name, (file, edits)) in fix::edits(findings) {
        let path = root.join(&name);
        let bytes = fs::read(&path).map_err(Error::machine(say!("cannot read"), &path))?;
        let changed = || {
            Error::machine(say!("cannot fix"), &path)(io::Error::other(say!(
                "it has changed since it was read"
            )))
        };
        let before = String::from_utf8(bytes).map_err(|_| changed())?;
        let places = places(&before);
        if places.len() != file.text.len() + 1 {
            return Err(changed());
        }
        let edits = edits
            .into_iter()
            .map(|Edit { range, text }| Edit {
                range: places[range.start]..places[range.end],
                text,
            })
            .collect();
        let after = fix::apply(&before, edits);
        out.push(FileChange { name, path, before, after });
    }
    Ok(out)
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
