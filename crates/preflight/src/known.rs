//! Pages that were inspected before. Files of one maker share pages: editions of a report, a draft
//! and the next one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::facts::Held;
use super::finding::Kept;
use super::ink::PageInk;
use super::same::Same;
use super::spots::Spots;

/// For how many files a page is kept that none of them had.
const KEPT: u64 = 64;

/// What was found on pages, by what they are made of. A page is found to be what it was found to be
/// before, whatever its number.
#[derive(Debug)]
pub struct Known(Mutex<Pages>);

#[derive(Debug)]
struct Pages {
    /// The number of files so far.
    files: u64,
    /// What was found, and the last file that had the page.
    found: BTreeMap<Same, (Page, u64)>,
    /// How many pages were known.
    met: usize,
}

/// What was found on a page.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) findings: Kept,
    pub(super) found: Found,
    /// The work on its content, and the pixels painted.
    pub(super) work: (usize, usize),
}

/// What a page holds, beside its findings.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) ink: PageInk,
    pub(super) spots: Spots,
    pub(super) held: Held,
}

impl Known {
    /// Knows no page yet.
    pub const fn new() -> Self {
        Self(Mutex::new(Pages { files: 0, found: BTreeMap::new(), met: 0 }))
    }

    /// Returns how many pages were known when files were checked.
    pub fn met(&self) -> usize {
        self.with(|pages| pages.met)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Pages) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins with a file, and forgets the pages that none had for long.
    pub(super) fn begin(&self) {
        self.with(|pages| {
            pages.files += 1;
            let oldest = pages.files.saturating_sub(KEPT);
            pages.found.retain(|_, (_, last)| *last >= oldest);
        });
    }

    /// Returns what was found on a page.
    pub(super) fn page(&self, same: &Same) -> Option<Page> {
        self.with(|pages| {
            let (page, last) = pages.found.get_mut(same)?;
            *last = pages.files;
            pages.met += 1;
            Some(page.clone())
        })
    }

    /// Keeps what was found on a page.
    pub(super) fn keep(&self, same: Same, page: Page) {
        self.with(|pages| _ = pages.found.insert(same, (page, pages.files)));
    }
}

impl Default for Known {
    fn default() -> Self {
        Self::new()
    }
}
