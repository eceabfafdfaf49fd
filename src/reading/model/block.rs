//! Text as blocks and inline runs, modelled on Markdown.

use serde::Serialize;

use super::{
    Anchor, Boxed, Chart, Cited, Cross, Endnotes, Equation, Figures, Formula, IndexMark, Kpi,
    NoteMark, Table, UsedTerm,
};

/// A sequence of inline runs.
pub type Inlines = Vec<Inline>;

/// An inline run: a piece of text within a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The characters.
        v: String,
    },
    /// Emphasis (`*text*`).
    Emph {
        /// The emphasised runs.
        body: Inlines,
    },
    /// Strong emphasis (`**text**`).
    Strong {
        /// The emphasised runs.
        body: Inlines,
    },
    /// Emphasis dots under each Chinese character (`[text]{.dots}`).
    Dots {
        /// The emphasised runs.
        body: Inlines,
    },
    /// Marks trimmed at both ends, as at line ends: those that open an indented paragraph, `？！`.
    Marks {
        /// The marks.
        v: String,
    },
    /// Marks shared with Chinese, where they are wider, such as the apostrophe.
    Latin {
        /// The marks.
        v: String,
    },
    /// Superscript (`^text^`).
    Sup {
        /// The raised runs.
        body: Inlines,
    },
    /// Subscript (`~text~`).
    Sub {
        /// The lowered runs.
        body: Inlines,
    },
    /// A formula.
    Formula {
        /// What is set.
        #[serde(flatten)]
        formula: Box<Formula>,
    },
    /// Code, set unchanged.
    Code {
        /// The code.
        v: String,
    },
    /// A web link.
    Link {
        /// The URL.
        url: String,
        /// The printed runs.
        body: Inlines,
    },
    /// A link to a reference.
    Ref {
        /// The reference's key.
        key: String,
        /// What the link is called where it is not seen: the name of the entry in the list.
        name: String,
        /// The printed runs.
        body: Inlines,
    },
    /// A citation.
    Cite {
        /// Its keys and the printed runs.
        #[serde(flatten)]
        cited: Cited,
    },
    /// A reference to what has a label, until all parts are read; templates receive [`To`](Self::To)
    /// and [`Page`](Self::Page) in its place.
    Cross {
        /// Its labels, and how it is printed.
        #[serde(skip)]
        cross: Cross,
    },
    /// A term of the glossary, until all parts are read.
    Term {
        /// The term.
        #[serde(skip)]
        used: UsedTerm,
        /// The printed runs.
        body: Inlines,
    },
    /// A word that the index lists.
    Index {
        /// What is written of it.
        #[serde(skip)]
        mark: IndexMark,
        /// The name by which links lead to it.
        name: String,
        /// The printed runs.
        body: Inlines,
    },
    /// A link to a block or to a section of the report.
    To {
        /// The name by which the link leads there.
        name: String,
        /// The printed runs.
        body: Inlines,
    },
    /// The number of the page on which a block or a section stands.
    Page {
        /// The name by which links lead there.
        name: String,
    },
    /// A footnote.
    Footnote {
        /// The name by which [`NoteAgain`](Self::NoteAgain) refers to it, if anything does.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// Its number, and how the pages tell where its mark is.
        #[serde(flatten)]
        mark: NoteMark,
        /// The line of the part on which its text begins, from 1.
        line: usize,
        /// The note's text: its first paragraph.
        body: Inlines,
        /// What follows the first paragraph.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        more: Vec<TextBlock>,
    },
    /// Another mark of a footnote that is printed already.
    NoteAgain {
        /// The note's name.
        note: String,
        /// Its number, as [`Footnote`](Self::Footnote) has it.
        #[serde(flatten)]
        mark: NoteMark,
    },
    /// The mark of a note that stands at the end of the part.
    NoteLink {
        /// The name by which links lead to the note.
        name: String,
        /// The name by which the note leads back here; none for another mark of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        back: Option<String>,
        /// Its number.
        number: String,
    },
    /// A line break requested by the author.
    Break,
}

/// Looks into a run, by shared or exclusive reference as the run is given.
macro_rules! body_of {
    ($run:expr) => {
        match $run {
            Self::Emph { body }
            | Self::Strong { body }
            | Self::Dots { body }
            | Self::Sup { body }
            | Self::Sub { body }
            | Self::Link { body, .. }
            | Self::Ref { body, .. }
            | Self::To { body, .. }
            | Self::Term { body, .. }
            | Self::Index { body, .. }
            | Self::Cross { cross: Cross { body, .. } }
            | Self::Footnote { body, .. }
            | Self::Cite { cited: Cited { body, .. } } => Some(body),
            Self::Text { .. }
            | Self::Marks { .. }
            | Self::Latin { .. }
            | Self::Formula { .. }
            | Self::Code { .. }
            | Self::NoteAgain { .. }
            | Self::NoteLink { .. }
            | Self::Page { .. }
            | Self::Break => None,
        }
    };
}

impl Inline {
    /// Returns the run's own characters; `None` if it holds other runs, or is a mark or a break.
    pub fn letters(&self) -> Option<&str> {
        match self {
            Self::Text { v } | Self::Marks { v } | Self::Latin { v } | Self::Code { v } => Some(v),
            Self::Formula { formula } => Some(&formula.plain),
            _ => None,
        }
    }

    /// Creates a run of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { v: text.into() }
    }

    /// Returns the runs within this one.
    pub fn body(&self) -> &[Inline] {
        body_of!(self).map_or(&[], Vec::as_slice)
    }

    /// Returns the runs within this one for modification; `None` if it holds only characters or
    /// nothing.
    pub fn body_mut(&mut self) -> Option<&mut Inlines> {
        body_of!(self)
    }
}

/// A block of a part's text.
///
/// Templates receive one flat list: a block of text says `block: paragraph` and the like itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A table.
    Table(Box<Table>),
    /// An image with its caption.
    Figure(Figure),
    /// A chart with its data.
    Chart(Box<Chart>),
    /// A box that holds blocks.
    Box(Box<Boxed>),
    /// Large numbers.
    Kpi(Kpi),
    /// Pictures and charts side by side.
    Figures(Box<Figures>),
    /// The notes of a part, at its end.
    Notes(Endnotes),
    /// A block of text.
    #[serde(untagged)]
    Text(TextBlock),
}

/// A block of text: all that lists, quotations and the colophon can hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum TextBlock {
    /// A paragraph.
    Paragraph {
        /// The line of its file on which it begins, from 1.
        line: usize,
        /// Its text.
        body: Inlines,
        /// Whether it continues a sentence that a figure, a list or another block interrupts.
        continues: bool,
        /// Whether it is the title of the table that follows: a bold line such as `**表1　年份**`.
        titles: bool,
        /// Its language, where that is not the report's.
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<&'static str>,
    },
    /// A heading within the part.
    Heading {
        /// The level: 1 for the first below the part's title.
        level: u8,
        /// Whether it is set without a number where others have one (`{.unnumbered}`).
        #[serde(skip)]
        unnumbered: bool,
        /// Whether it stands in no list of contents (`{.unlisted}`).
        unlisted: bool,
        /// The line of its file, from 1.
        line: usize,
        /// Its number and its label.
        #[serde(flatten)]
        anchor: Anchor,
        /// Its text.
        body: Inlines,
    },
    /// A list.
    List {
        /// The first number, if the list is ordered.
        start: Option<u64>,
        /// Whether a bracket stands behind its numbers, `1)`, and not a stop.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        bracketed: bool,
        /// The items.
        items: Vec<Vec<TextBlock>>,
    },
    /// A block quotation.
    Quote {
        /// The quoted blocks.
        blocks: Vec<TextBlock>,
    },
    /// A code block.
    Code {
        /// The line of its file on which its text begins, from 1.
        line: usize,
        /// The lines.
        text: String,
    },
    /// A formula in a line of its own.
    Equation(Box<Equation>),
}

impl From<TextBlock> for Block {
    fn from(text: TextBlock) -> Self {
        Self::Text(text)
    }
}

/// An image with its caption.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The line of its file, from 1.
    pub line: usize,
    /// Its number and its label.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// The width that it is to have at most, as a share of the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    /// Whether it stands where it is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
    /// Whether its author leaves it out of the count (`.unnumbered`); it then needs no caption.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unnumbered: bool,
    /// Whether it runs over the page's whole width, beyond the trim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bleed: bool,
    /// The caption in English, printed below the other one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The image's path from the project's root, with a leading `/`.
    pub path: String,
    /// The caption, which is also the alternative text.
    pub caption: Inlines,
    /// The caption as plain text, or what is written for it; empty for one that only decorates.
    pub alt: String,
    /// A remark on the image, printed below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The source of the image.
    pub source: Option<String>,
    /// The source where it cites works, in runs; empty where it does not.
    #[serde(skip)]
    pub cited: Inlines,
    /// The ratio of the image's width to its height.
    pub ratio: f64,
}
