//! A mark as the rules see it.

use crate::file::Sheet;
use crate::finding::At;
use crate::page::Mark;

/// The input of a rule about marks.
pub(super) struct Seen<'m> {
    pub(super) sheet: &'m Sheet<'m>,
    pub(super) mark: &'m Mark,
    /// Whether there is colour beneath a mark that could overprint it.
    pub(super) over_colour: bool,
}

impl Seen<'_> {
    /// Returns the mark's location.
    pub(super) fn at(&self) -> At {
        self.sheet.at(self.mark.bounds)
    }
}
