//! What numbers a block, and what refers to it.

use serde::Serialize;

use super::Inlines;
use source::Place;

/// How a block is numbered and referred to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Anchor {
    /// The author's label, such as `fig-funding`.
    #[serde(skip)]
    pub label: Option<String>,
    /// Where the label is written.
    #[serde(skip)]
    pub place: Option<Place>,
    /// The number as it is printed, such as `3`, `1-2` or `A-1`; `None` if it has none. It is
    /// filled in when all parts are read.
    pub number: Option<String>,
    /// The name by which links lead to it, which is also what they are called where they are not
    /// seen; `None` if nothing refers to it.
    #[serde(rename = "target")]
    pub name: Option<String>,
}

/// A reference to what has a label.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cross {
    /// The labels, each with where it is written.
    pub labels: Vec<(String, Place)>,
    /// How it is printed.
    pub form: CrossForm,
    /// The author's own words, if these lead to the label.
    pub body: Inlines,
}

/// How a reference to a label is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CrossForm {
    /// With the word before its number: 图1-2.
    #[default]
    Whole,
    /// The number alone.
    Number,
    /// The page: 第12页.
    Page,
    /// The author's own words.
    Words,
}

/// A block that is counted with others of its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbered {
    /// What a reference to it says: 图1-2.
    pub words: String,
    /// The author's label.
    pub label: Option<String>,
}
