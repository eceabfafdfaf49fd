//! Lists that are made of what stands in the text: terms, the index, figures and tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Inlines;
use source::Place;

/// The order of a report's lists of words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordOrder {
    /// Chinese words by their sound.
    #[default]
    Pinyin,
    /// Chinese words by their strokes.
    Strokes,
}

/// The terms of a report: the file that `glossary` names in report.yaml.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Terms(pub Vec<Term>);

/// A term and what it means.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Term {
    /// The term, as the text uses it.
    #[schemars(length(min = 1))]
    pub term: String,
    /// Its abbreviation, which the text may use too.
    #[serde(default)]
    pub abbr: Option<String>,
    /// Its name in full in another language, or what the abbreviation stands for.
    #[serde(default)]
    pub full: Option<String>,
    /// What it means.
    #[serde(default)]
    pub definition: Option<String>,
    /// How it is read, in pinyin, where that decides its place in the list: `chang jiang`.
    #[serde(default, skip_serializing)]
    pub sort: Option<String>,
}

/// A term in the report's list of terms.
#[derive(Debug, Clone, Serialize)]
pub struct TermEntry {
    /// The author's words.
    #[serde(flatten)]
    pub term: Term,
    /// Its group: a letter, or a number of strokes.
    pub group: String,
    /// The name by which links lead to it; `None` if nothing does.
    pub target: Option<String>,
    /// Its source location.
    #[serde(skip)]
    pub place: Place,
}

/// A term in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct UsedTerm {
    /// The term or its abbreviation.
    pub words: String,
    /// Whether it stands in a heading or in a caption, which explains nothing.
    pub titled: bool,
    /// Where it is written.
    pub place: Place,
}

/// What an author wrote of a word for the index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexMark {
    /// The entry, and those that it stands below, the topmost first.
    pub path: Vec<String>,
    /// How the entry is read where that decides its place: `chang jiang`.
    pub sort: Option<String>,
    /// Whether a range of pages begins (`true`) or ends here.
    pub range: Option<bool>,
    /// The entry that stands in place of this one.
    pub see: Option<String>,
    /// The entry that says more.
    pub see_also: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// An entry of the index.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IndexEntry {
    /// Its words.
    pub words: String,
    /// Its group: a letter, or a number of strokes; of the topmost entries.
    pub group: String,
    /// Where it is spoken of: names of links, each with that of its end if it is a range.
    pub places: Vec<(String, Option<String>)>,
    /// The entry that stands in its place.
    pub see: Vec<String>,
    /// The entries that say more.
    pub see_also: Vec<String>,
    /// The entries below it.
    pub entries: Vec<IndexEntry>,
    /// The source location of its first mark.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// The kind of a numbered block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberedKind {
    /// A picture or a chart.
    Figure,
    /// A table.
    Table,
    /// A box.
    Box,
    /// A formula.
    Equation,
}

/// A block that is counted with others of its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbered {
    /// Its kind.
    pub kind: NumberedKind,
    /// Its number as it is printed.
    pub number: String,
    /// What a reference to it says, which is also the name of links to it: 图1-2.
    pub words: String,
    /// Its title.
    pub title: Inlines,
    /// The author's label.
    #[serde(skip)]
    pub label: Option<String>,
}
