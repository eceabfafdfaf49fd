//! What mends the content without doubt, file by file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use source::fix;
use source::{Diagnostic, Edit};
use crate::error::Error;
use l10n::say;

/// A file as it is and as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path as messages show it, from the project's folder.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Its text, its line ends and byte order mark included.
    pub before: String,
    /// The same, mended.
    pub after: String,
}

/// The files that the findings' fixes change, in the order of names; nothing is written.
pub fn changes(root: &Path, findings: &[Diagnostic]) -> Result<Vec<Change>, Error> {
    let mut out = vec![];
    for (name, (file, edits)) in fix::edits(findings) {
        let path = root.join(&name);
        let bytes = fs::read(&path).map_err(Error::machine(say!("cannot read"), &path))?;
        let changed =
            || Error::machine(say!("cannot mend"), &path)(io::Error::other(say!("it has changed since it was read")));
        let before = String::from_utf8(bytes).map_err(|_| changed())?;
        let places = places(&before);
        if places.len() != file.text.len() + 1 {
            return Err(changed());
        }
        let edits = edits
            .into_iter()
            .map(|Edit { range, text }| Edit { range: places[range.start]..places[range.end], text })
            .collect();
        let after = fix::apply(&before, edits);
        out.push(Change { name, path, before, after });
    }
    Ok(out)
}

/// For each byte of a text as we read it, its place in the file: there a byte order mark may stand first, and
/// a line may end in two characters. One more is the end.
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
