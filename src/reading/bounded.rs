//! Reading files whose size is known to be bounded: neither gigabytes nor a pipe that never ends.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use l10n::say;

/// The most bytes of a picture, a workbook, or another file that is not text.
pub const MAX_FILE: u64 = 200_000_000;

/// The most bytes of a PDF that is read.
pub const MAX_PDF: u64 = 1_000_000_000;

/// The most characters of a paragraph: some ten pages without a break. What is done for a sentence
/// may ask about all of the paragraph around it.
pub const MAX_PARAGRAPH: usize = 20_000;

/// Refuses what is no plain file, or has more than `most` bytes.
pub fn check(path: &Path, most: u64) -> io::Result<Metadata> {
    // Asked before it is opened: to open a pipe is to wait for its other end.
    let found = std::fs::metadata(path)?;
    if !found.is_file() && !found.is_dir() {
        return Err(io::Error::other(say!("it is a device or a pipe")));
    }
    if found.is_file() && found.len() > most { Err(too_large(most)) } else { Ok(found) }
}

/// Reads a file; what is no plain file, or has more than `most` bytes, is an error before any of
/// it is read.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let found = check(path, most)?;
    if found.is_dir() {
        // The system says so in its own words.
        return std::fs::read(path);
    }
    let mut bytes = Vec::with_capacity(found.len() as usize);
    // It may grow meanwhile.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

fn too_large(most: u64) -> io::Error {
    let most = most / 1_000_000;
    let words = say!("it has more than {most} MB (the limit `size`)", most);
    io::Error::new(io::ErrorKind::FileTooLarge, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_of_a_bounded_size_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = tempfile::NamedTempFile::new_in(folder.path()).expect("a file");
        file.as_file().set_len(10_000_000_000).expect("a hole");
        assert_eq!(read(file.path(), 1000).expect_err("large").kind(), io::ErrorKind::FileTooLarge);
        file.as_file().set_len(1000).expect("a hole");
        assert_eq!(read(file.path(), 1000).expect("bytes").len(), 1000);
        assert_eq!(read(folder.path(), 9).expect_err("folder").kind(), io::ErrorKind::IsADirectory);
        #[cfg(unix)]
        assert!(read(Path::new("/dev/zero"), 9).is_err());
    }
}
