//! The error of a comparison, with its hint.

use std::fmt;

use l10n::say;

/// A PDF that cannot be read or drawn.
#[derive(Debug)]
pub struct Unreadable {
    /// The version's name.
    pub name: String,
    /// The reader's reason.
    pub why: String,
    /// What the reader says to do instead.
    pub hint: String,
}

impl Unreadable {
    /// A version that is too damaged, by this reason.
    pub(crate) fn damaged(name: &str, why: String) -> Self {
        Self { name: name.to_owned(), why, hint: say!("export it again, without a password") }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("`{name}` cannot be read: {why}", name = self.name, why = self.why))
    }
}

impl std::error::Error for Unreadable {}
