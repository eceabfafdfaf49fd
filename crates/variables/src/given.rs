//! Values that are not the declaration's: of the command line, of a row of a table.

use std::sync::Arc;

use source::{Place, SourceFile};

/// A value for a variable, or for a key of the settings by its dotted name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The name.
    pub key: String,
    /// The value as it is written.
    pub value: String,
    /// The location of the value.
    pub place: Place,
}

impl Given {
    /// Reads `KEY=VALUE`, as behind `--set`; `None` if it is not that.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, value) = text.split_once('=')?;
        let trimmed = key.trim();
        if trimmed.is_empty() {
            return None;
        }
        let path = format!("--set {trimmed}");
        let file = Arc::new(SourceFile { path, text: value.to_owned() });
        let place = Place::new(&file, 0..value.len());
        Some(Self { key: trimmed.to_owned(), value: value.to_owned(), place })
    }
}
