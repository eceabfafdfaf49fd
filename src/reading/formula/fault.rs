//! What is wrong with a formula that cannot be read.

use std::ops::Range;

/// A fault of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reading) struct Fault {
    /// The bytes of the formula at which it stands.
    pub(in crate::reading) at: Range<usize>,
    /// What is wrong.
    pub(in crate::reading) message: String,
    /// What to write instead.
    pub(in crate::reading) hint: String,
}

impl Fault {
    /// The same fault of a text in which the formula begins at `by`.
    pub(super) fn moved(self, by: usize) -> Self {
        Self { at: self.at.start + by..self.at.end + by, ..self }
    }
}

/// Why a formula cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Why {
    /// What is told, and where.
    Told(Fault),
    /// What the parser says of it.
    Parser(String),
    /// What is told of the events, which have no place.
    Event { message: String, hint: String },
}
