//! Text as blocks and runs, the way Markdown sees it.

use serde::Serialize;

use super::{Chart, Cited};

/// A run of text and marks.
pub type Inlines = Vec<Inline>;

/// A piece of text within a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain characters.
    Text {
        /// The characters.
        v: String,
    },
    /// Stressed.
    Emph {
        /// What is stressed.
        body: Inlines,
    },
    /// Strongly stressed.
    Strong {
        /// What is stressed.
        body: Inlines,
    },
    /// Stressed by a dot under each Chinese character.
    Dots {
        /// What is stressed.
        body: Inlines,
    },
    /// Marks trimmed at both ends, as at a line's: those that open an indented paragraph, `？！`.
    Marks {
        /// The marks.
        v: String,
    },
    /// Marks that Chinese writes alike but wider, such as the apostrophe.
    Latin {
        /// The marks.
        v: String,
    },
    /// Raised.
    Sup {
        /// What is raised.
        body: Inlines,
    },
    /// Lowered.
    Sub {
        /// What is lowered.
        body: Inlines,
    },
    /// Set as a variable of a formula.
    Var {
        /// The variable's name.
        v: String,
    },
    /// Code, set as it is.
    Code {
        /// The code.
        v: String,
    },
    /// A link to the web.
    Link {
        /// The address.
        url: String,
        /// What is printed.
        body: Inlines,
    },
    /// A link to an entry of the references.
    Ref {
        /// The entry's key.
        key: String,
        /// What is printed.
        body: Inlines,
    },
    /// A citation.
    Cite {
        /// Its keys, and what is printed.
        #[serde(flatten)]
        cited: Cited,
    },
    /// A footnote.
    Footnote {
        /// The note's text.
        body: Inlines,
    },
    /// A line break that the author asked for.
    Break,
}

impl Inline {
    /// Plain characters.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { v: text.into() }
    }

    /// The runs within this one.
    pub fn body(&self) -> &[Inline] {
        match self {
            Self::Emph { body }
            | Self::Strong { body }
            | Self::Dots { body }
            | Self::Sup { body }
            | Self::Sub { body }
            | Self::Link { body, .. }
            | Self::Ref { body, .. }
            | Self::Footnote { body } => body,
            Self::Cite { cited } => &cited.body,
            Self::Text { .. }
            | Self::Marks { .. }
            | Self::Latin { .. }
            | Self::Var { .. }
            | Self::Code { .. }
            | Self::Break => &[],
        }
    }

    /// The runs within this one, to be changed; `None` for a run that holds characters or nothing.
    pub fn body_mut(&mut self) -> Option<&mut Inlines> {
        match self {
            Self::Emph { body }
            | Self::Strong { body }
            | Self::Dots { body }
            | Self::Sup { body }
            | Self::Sub { body }
            | Self::Link { body, .. }
            | Self::Ref { body, .. }
            | Self::Footnote { body } => Some(body),
            Self::Cite { cited } => Some(&mut cited.body),
            Self::Text { .. }
            | Self::Marks { .. }
            | Self::Latin { .. }
            | Self::Var { .. }
            | Self::Code { .. }
            | Self::Break => None,
        }
    }
}

/// A block of a part's text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// The line of its file on which it begins, from 1.
        line: usize,
        /// Its text.
        body: Inlines,
        /// Whether it goes on with a sentence that a figure, a list or the like interrupts.
        continues: bool,
    },
    /// A heading below the part's own.
    Heading {
        /// 1 for the first level below the part's title.
        level: u8,
        /// The line of its file on which it stands, from 1.
        line: usize,
        /// Its text.
        body: Inlines,
    },
    /// A list.
    List {
        /// The first number, for an ordered list.
        start: Option<u64>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation within the text.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Code, line by line.
    Code {
        /// The lines.
        text: String,
    },
    /// A table.
    Table {
        /// The line of its file on which it begins, from 1.
        line: usize,
        /// The first row.
        head: Vec<TableCell>,
        /// The rows below it.
        rows: Vec<Vec<TableCell>>,
    },
    /// A picture with its caption.
    Figure(Figure),
    /// A chart with its data.
    Chart(Box<Chart>),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableCell {
    /// `left`, `center` or `right`, where the author chose one.
    pub align: Option<&'static str>,
    /// What it holds.
    pub body: Inlines,
}

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The line of its file on which it stands, from 1.
    pub line: usize,
    /// The picture's path from the project's root, with `/` first.
    pub path: String,
    /// The caption; it is the alternative text as well.
    pub caption: Inlines,
    /// The caption as plain characters.
    pub alt: String,
    /// Where the picture is from.
    pub source: Option<String>,
    /// The picture's width over its height.
    pub ratio: f64,
}
