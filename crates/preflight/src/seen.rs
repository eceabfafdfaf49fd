//! A mark as the rules see it.

use crate::file::Sheet;
use crate::finding::At;
use crate::page::Mark;

/// What a rule about marks sees.
pub(super) struct Seen<'m> {
    pub(super) sheet: &'m Sheet<'m>,
    pub(super) mark: &'m Mark,
    /// Whether colour lies under a mark that could overprint it.
    pub(super) over_colour: bool,
}

impl Seen<'_> {
    /// The mark's place.
    pub(super) fn at(&self) -> At {
        self.sheet.at(self.mark.bounds)
    }
}
