//! Entries of the list of references, and the citations that lead to them.

use serde::Serialize;

use super::Inlines;
use source::Place;

/// An entry in the list of references.
#[derive(Debug, Clone, Serialize)]
pub struct ReferenceEntry {
    /// The key it is cited by.
    pub key: String,
    /// The number in front of it, such as `[1]`.
    pub number: String,
    /// What links to it are called: the list's title and its number, or its key where entries have
    /// none.
    pub name: String,
    /// The entry's language, a BCP 47 tag.
    pub lang: String,
    /// The formatted entry.
    pub body: Inlines,
    /// Its source location; templates receive only the line.
    #[serde(rename = "line", serialize_with = "line_of")]
    pub place: Option<Place>,
}

fn line_of<S: serde::Serializer>(place: &Option<Place>, serializer: S) -> Result<S::Ok, S::Error> {
    place.as_ref().map(|place| place.line_column().0).serialize(serializer)
}

/// What is written with a key of a citation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CitedWith {
    /// The words before it.
    pub before: String,
    /// The place in the work, such as a page.
    pub locator: String,
    /// The words behind it.
    pub after: String,
}

/// A citation in the text: its keys and the printed runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Cited {
    /// The keys in the order written.
    pub keys: Vec<String>,
    /// What is written with each key.
    #[serde(skip)]
    pub with: Vec<CitedWith>,
    /// Whether it is part of a sentence: `@key` without brackets.
    #[serde(skip)]
    pub is_prose: bool,
    /// The printed runs, each number with the key it links to.
    pub body: Inlines,
}
