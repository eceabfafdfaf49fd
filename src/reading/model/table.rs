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
    /// The title in English, printed below the other one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The line of its file on which the title stands.
    #[serde(skip)]
    pub caption_line: usize,
    /// Whether its author leaves it out of the count (`.unnumbered`).
    #[serde(skip)]
    pub unnumbered: bool,
    /// The unit of all its numbers, above it.
    pub unit: Option<String>,
    /// The source of its numbers, below it.
    pub source: Option<String>,
    /// The source where it cites works, in runs; empty where it does not.
    #[serde(skip)]
    pub cited: Inlines,
    /// Remarks on the whole of it, below it.
    pub notes: Vec<Inlines>,
    /// Whether it is turned onto a page of its own: as its author says, or where it is too wide.
    pub landscape: Option<bool>,
    /// Whether it stands where it is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
    /// The file of its numbers, under `content/`, if it has any.
    #[serde(skip)]
    pub data: Option<String>,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// The rows of its head.
    pub head: Vec<TableRow>,
    /// The remaining rows.
    pub rows: Vec<TableRow>,
}

/// A column of a table. Widths of text are estimates in ems, none of which is too small by much.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableColumn {
    /// Its share of the table's width, if the author chose one.
    pub width: Option<f64>,
    /// The width of its widest cell, in one line.
    pub ems: f64,
    /// The width of the longest piece that does not break.
    pub least: f64,
    /// The width of its numbers before and behind their decimal points, if these are set under each
    /// other.
    pub numbers: Option<[f64; 2]>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableRow {
    /// The line of its file, from 1.
    #[serde(skip)]
    pub line: usize,
    /// What it is among rows.
    pub kind: RowKind,
    /// Whether it stays with the row before it, as where cells reach over both.
    pub joins: bool,
    /// The cells that begin in it.
    pub cells: Vec<TableCell>,
}

/// What a row is among the rows of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// One of many.
    #[default]
    Plain,
    /// The name of the rows that follow, in one cell.
    Group,
    /// The sum of others.
    Total,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableCell {
    /// Its first column, from 0.
    pub column: usize,
    /// `left`, `center` or `right`, if the author chose one.
    pub align: Option<&'static str>,
    /// The number of columns that it reaches over.
    pub colspan: usize,
    /// The number of rows that it reaches over.
    pub rowspan: usize,
    /// How far it is set in, in ems: account items are, below the one that they are part of.
    #[serde(skip_serializing_if = "is_none")]
    pub indent: f64,
    /// The width of each of its lines, in ems.
    pub ems: Vec<f64>,
    /// Whether it is a number that is set with its decimal point under those of its column.
    pub number: bool,
    /// Its content.
    pub blocks: Vec<CellBlock>,
}

fn is_none(indent: &f64) -> bool {
    *indent == 0.0
}

/// A piece of a cell; each begins on a line of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum CellBlock {
    /// Text.
    Text {
        /// Its runs.
        body: Inlines,
    },
    /// A list of short points.
    List {
        /// The first number, if it is ordered.
        start: Option<u64>,
        /// The points.
        items: Vec<Inlines>,
    },
    /// A small picture.
    Picture {
        /// The image's path from the project's root, with a leading `/`.
        path: String,
        /// What it shows.
        alt: String,
        /// The ratio of its width to its height.
        ratio: f64,
    },
}

impl Table {
    /// Whether it is counted among the report's tables.
    pub fn is_numbered(&self) -> bool {
        !self.unnumbered && (self.anchor.label.is_some() || !self.caption.is_empty())
    }

    /// All rows, those of the head first.
    pub fn all_rows(&self) -> impl Iterator<Item = &TableRow> {
        self.head.iter().chain(&self.rows)
    }

    /// The paths of the pictures in its cells.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        let cells = self.all_rows().flat_map(|row| &row.cells);
        cells.flat_map(|cell| &cell.blocks).filter_map(|block| match block {
            CellBlock::Picture { path, .. } => Some(path.as_str()),
            _ => None,
        })
    }

    /// All its text, in the order in which it stands.
    pub fn runs(&self) -> impl Iterator<Item = &Inlines> {
        let cells = self.all_rows().flat_map(|row| &row.cells);
        [&self.caption]
            .into_iter()
            .chain(cells.flat_map(TableCell::runs))
            .chain(&self.notes)
            .chain([&self.cited])
    }

    /// What [`runs`](Self::runs) returns, for modification.
    pub fn runs_mut(&mut self) -> impl Iterator<Item = &mut Inlines> {
        let rows = self.head.iter_mut().chain(&mut self.rows);
        let blocks = rows.flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.blocks);
        [&mut self.caption]
            .into_iter()
            .chain(blocks.flat_map(CellBlock::runs_mut))
            .chain(&mut self.notes)
            .chain([&mut self.cited])
    }
}

impl TableCell {
    /// Its text, in the order in which it stands.
    pub fn runs(&self) -> impl Iterator<Item = &Inlines> {
        self.blocks.iter().flat_map(CellBlock::runs)
    }
}

impl CellBlock {
    fn runs(&self) -> &[Inlines] {
        match self {
            Self::Text { body } => std::slice::from_ref(body),
            Self::List { items, .. } => items,
            Self::Picture { .. } => &[],
        }
    }

    fn runs_mut(&mut self) -> &mut [Inlines] {
        match self {
            Self::Text { body } => std::slice::from_mut(body),
            Self::List { items, .. } => items,
            Self::Picture { .. } => &mut [],
        }
    }
}
