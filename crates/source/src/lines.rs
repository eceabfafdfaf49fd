//! Lines and columns of many places of one file, without reading it again for each.

use std::cell::RefCell;
use std::sync::Arc;

use crate::SourceFile;

/// The number of bytes between two counts of characters.
const STEP: usize = 1024;

/// The number of files that are remembered: findings come file by file, and name a second one.
const KEPT: usize = 4;

thread_local! {
    static KNOWN: RefCell<Vec<Lines>> = const { RefCell::new(vec![]) };
}

struct Lines {
    file: Arc<SourceFile>,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    /// The characters before each step.
    counts: Vec<usize>,
}

/// Returns the 1-based line and column (in characters) of a byte offset.
pub(crate) fn line_column(file: &Arc<SourceFile>, offset: usize) -> (usize, usize) {
    KNOWN.with_borrow_mut(|known| {
        let at = known.iter().position(|lines| Arc::ptr_eq(&lines.file, file));
        let lines = match at {
            Some(at) => known.remove(at),
            None => Lines::of(file),
        };
        let found = lines.find(offset);
        known.insert(0, lines);
        known.truncate(KEPT);
        found
    })
}

impl Lines {
    fn of(file: &Arc<SourceFile>) -> Self {
        let bytes = file.text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut counts = vec![0];
        let mut count = 0;
        for step in bytes.chunks(STEP) {
            count += characters(step);
            counts.push(count);
        }
        Self { file: file.clone(), starts, counts }
    }

    fn find(&self, offset: usize) -> (usize, usize) {
        let offset = self.file.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        (line, self.before(offset) - self.before(start) + 1)
    }

    /// The number of characters before a byte.
    fn before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.counts[step] + characters(&self.file.text.as_bytes()[step * STEP..offset])
    }
}

/// The number of characters that begin in some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_plain_count() {
        let text = "一二\n\n三x\n".repeat(700) + &"长😀a".repeat(900) + "\n尾";
        let file = Arc::new(SourceFile { path: "a.md".into(), text });
        for offset in (0..file.text.len() + 3).step_by(7).chain([file.text.len()]) {
            let offset = offset.min(file.text.len());
            assert_eq!(line_column(&file, offset), file.line_column(offset), "{offset}");
        }
    }
}
