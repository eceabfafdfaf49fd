//! Tables.

use serde::Serialize;

use super::{Anchor, Inlines};

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table {
    /// The line of its file on which it begins, from 1.
    pub line: usize,
    /// Its number and its label.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// Its title; empty if it has none.
    pub caption: Inlines,
    /// The header row.
    pub head: Vec<TableCell>,
    /// The remaining rows.
    pub rows: Vec<Vec<TableCell>>,
}

impl Table {
    /// Whether it is counted among the report's tables.
    pub fn is_numbered(&self) -> bool {
        self.anchor.label.is_some()
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableCell {
    /// `left`, `center` or `right`, if the author chose one.
    pub align: Option<&'static str>,
    /// Its content.
    pub body: Inlines,
}
