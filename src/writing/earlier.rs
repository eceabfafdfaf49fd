//! The pages of an earlier and longer set of pictures, which go when a new set is complete.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::pictures::{digits, numbered};

/// How the pictures that we write begin.
const HEADS: [&[u8]; 2] = [b"\x89PNG\r\n\x1a\n", b"<svg "];

/// Returns the files of a set of pictures with this path beyond those of a report of `count`
/// pages: its pages after the last one, and a set whose numbers have more or fewer digits.
///
/// Only what is surely of a set is named: pages without a gap, each a picture.
pub(super) fn pages(path: &Path, count: usize) -> Vec<PathBuf> {
    let own = digits(count);
    let mut out = run(path, count + 1, own);
    for other in (2..=4).filter(|other| *other != own) {
        let set = run(path, 1, other);
        // A whole set: its last number has all the digits.
        if !set.is_empty() && digits(set.len()) == other {
            out.extend(set);
        }
    }
    out
}

/// The pages from `first` on for which there is a picture whose number has so many digits.
fn run(path: &Path, first: usize, digits: usize) -> Vec<PathBuf> {
    (first..10_usize.pow(digits as u32))
        .map(|number| numbered(path, number, digits))
        .take_while(|page| is_ours(page))
        .collect()
}

fn is_ours(path: &Path) -> bool {
    let mut head = [0; 8];
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
        && File::open(path)
            .and_then(|mut file| file.read(&mut head))
            .is_ok_and(|read| HEADS.iter().any(|known| head[..read].starts_with(known)))
}
