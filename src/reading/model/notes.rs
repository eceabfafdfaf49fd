//! Notes: how they are numbered, and where they stand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Inline, Inlines, TextBlock};

/// The settings of footnotes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FootnotesConfig {
    /// Where their numbers begin anew: on each `page`, in each `part`, or nowhere in the `report`.
    #[serde(default)]
    pub number: Option<NoteNumbers>,
    /// Where they stand: at the foot of the `page`, or all together at the `part-end`.
    #[serde(default)]
    pub place: NotePlace,
}

impl FootnotesConfig {
    /// Where numbers begin anew: notes at a part's end are a list of their own.
    pub fn numbers(&self) -> NoteNumbers {
        self.number.unwrap_or(match self.place {
            NotePlace::Page => NoteNumbers::Report,
            NotePlace::PartEnd => NoteNumbers::Part,
        })
    }

    /// Whether numbers hang on pages, which nobody knows before these are made.
    pub fn by_page(&self) -> bool {
        self.numbers() == NoteNumbers::Page
    }
}

/// Where the numbers of footnotes begin anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteNumbers {
    /// Nowhere: they run through the report.
    Report,
    /// In each part.
    Part,
    /// On each page: ① in Chinese.
    Page,
}

/// Where footnotes stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotePlace {
    /// At the foot of the page of their mark.
    #[default]
    Page,
    /// At the end of the part, in a list.
    PartEnd,
}

/// The mark of a note.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NoteMark {
    /// The number as printed: `3`, `①`, or `a` below a table.
    pub number: String,
    /// Its name, which the template leaves where the mark stands, if the number hangs on the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// The notes of a part, in a list at its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Endnotes {
    /// The notes in the order of their marks.
    pub notes: Vec<Endnote>,
}

/// A note in the list at a part's end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Endnote {
    /// Its number.
    pub number: String,
    /// The name by which links lead to it.
    pub name: String,
    /// The name by which it leads back to its mark.
    pub back: String,
    /// The line of the part on which its text begins, from 1.
    pub line: usize,
    /// Its first paragraph.
    pub body: Inlines,
    /// What follows the first paragraph.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<TextBlock>,
}

impl Endnote {
    /// Returns all its text, paragraph by paragraph.
    pub fn within(&self) -> Vec<&[Inline]> {
        paragraphs(&self.body, &self.more)
    }
}

/// The text of a note, paragraph by paragraph.
fn paragraphs<'a>(first: &'a [Inline], more: &'a [TextBlock]) -> Vec<&'a [Inline]> {
    let mut out = vec![first];
    more.iter().for_each(|block| block.runs(&mut out));
    out
}

impl Inline {
    /// Returns the runs within this one: its own, and those of a note's further paragraphs.
    pub fn within(&self) -> Vec<&[Inline]> {
        match self {
            Self::Footnote { body, more, .. } => paragraphs(body, more),
            run => vec![run.body()],
        }
    }

    /// Returns the runs within this one for modification: its own, and those of a note's further
    /// paragraphs.
    pub fn within_mut(&mut self) -> Vec<&mut Inlines> {
        let mut out = vec![];
        match self {
            Self::Footnote { body, more, .. } => {
                out.push(body);
                more.iter_mut().for_each(|block| block.runs_mut(&mut out));
            }
            run => out.extend(run.body_mut()),
        }
        out
    }
}
