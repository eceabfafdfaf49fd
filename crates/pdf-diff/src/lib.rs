//! What changed between two versions of a report: words, figures, references, pages.
//!
//! A [`Version`] is read from its PDF, by whatever program made it: a tagged one says what its paragraphs and figures
//! are, others are read by where things stand. With the [`Sources`] that it was made from, changes name their lines.
//!
//! ```no_run
//! use pdf_diff::Sources;
//!
//! let bytes = |path: &str| Ok::<_, Box<dyn std::error::Error>>(std::fs::read(path)?.into());
//! let before = pdf_diff::read("before.pdf", bytes("before.pdf")?, Sources::default())?;
//! let after = pdf_diff::read("after.pdf", bytes("after.pdf")?, Sources::default())?;
//! let comparison = pdf_diff::compare(&before, &after)?;
//! if !comparison.same() {
//!     std::fs::write("diff.html", pdf_diff::html(&comparison, &before, &after)?)?;
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blocks;
mod changes;
mod error;
mod html;
mod pages;
mod parts;
mod picture;
mod read;
mod references;
mod sources;
mod summary;
mod version;
mod words;

use std::sync::Arc;

use serde::Serialize;


pub use error::Unreadable;
pub use html::html;
pub use sources::Sources;
pub use version::{At, Block, Figure, Page, Paint, Part, Shape, Version};

/// What changed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// The old version's name.
    pub a: String,
    /// The new version's name.
    pub b: String,
    /// The parts that appeared, are gone, have another title or stand on other pages.
    pub parts: Vec<PartChange>,
    /// The changes in the order of the new version; what is gone stands where it was.
    pub changes: Vec<Change>,
    /// The references that have another number.
    pub references: Vec<Renumbered>,
    /// The pages of both versions side by side.
    pub pages: Vec<PageRow>,
}

/// A part that appeared, is gone, has another title or stands on other pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartChange {
    /// Its title: the new one, where there is one.
    pub title: String,
    /// Its old title, where that was another.
    pub was: Option<String>,
    /// Its pages in the old version, such as `p04–p05`.
    pub from: Option<String>,
    /// Its pages in the new version.
    pub to: Option<String>,
}

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Its words, or what a figure shows.
    Changed,
    /// It was not there.
    Added,
    /// It is gone.
    Removed,
    /// It stands on another page or in another order.
    Moved,
    /// A figure is larger or smaller.
    Resized,
    /// The numbers of its citations follow their entries.
    Renumbered,
    /// A page's or a figure's words are the same, and it looks different.
    Look,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// How it changed.
    pub kind: Kind,
    /// Whether it is a figure.
    pub figure: bool,
    /// The title of its part in the new version; of that in the old one for what is gone.
    pub part: String,
    /// The label of its page in the old version.
    pub from: Option<String>,
    /// The label of its page in the new version.
    pub to: Option<String>,
    /// The content's file, where the version with the words was made from one.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<usize>,
    /// A figure's alternative text.
    pub alt: Option<String>,
    /// What it says, with what is gone and what is new.
    pub words: Vec<Words>,
    /// Where it shows in the old version.
    #[serde(skip)]
    pub marks_a: Vec<At>,
    /// Where it shows in the new version.
    #[serde(skip)]
    pub marks_b: Vec<At>,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Words {
    /// Whether it is in both versions.
    pub op: Op,
    /// What it says.
    pub text: String,
}

/// Where a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// In both versions.
    Same,
    /// In the old one.
    Removed,
    /// In the new one.
    Added,
}

/// A reference that has another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Renumbered {
    /// Its number in the old version.
    pub from: usize,
    /// Its number in the new version.
    pub to: usize,
}

/// A page of the old version, of the new one, or one in both.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PageRow {
    /// Its label in the old version.
    pub from: Option<String>,
    /// Its label in the new version.
    pub to: Option<String>,
    /// Whether it stands in another order than the pages around it.
    pub moved: bool,
    /// Whether anything on it changed.
    pub changed: bool,
    /// Its index in the old version.
    #[serde(skip)]
    pub a: Option<usize>,
    /// Its index in the new version.
    #[serde(skip)]
    pub b: Option<usize>,
}

impl Comparison {
    /// Whether both versions are the same in words and looks, page by page.
    pub fn same(&self) -> bool {
        self.parts.is_empty() && self.changes.is_empty() && self.pages.iter().all(|row| !row.differs())
    }

    /// The comparison as data, line by line.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Told<'a> {
            same: bool,
            #[serde(flatten)]
            comparison: &'a Comparison,
        }
        let mut text = serde_json::to_string_pretty(&Told { same: self.same(), comparison: self }).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl PageRow {
    /// Whether the page changed, moved, appeared or is gone.
    pub fn differs(&self) -> bool {
        self.changed || self.moved || self.from.is_none() || self.to.is_none()
    }
}

/// Reads a version from a PDF; `sources` are the files that it was made from, so that changes name their lines.
///
/// Never panics: the reader runs in a thread of its own, and what stops that is an error too.
pub fn read(name: &str, bytes: Arc<Vec<u8>>, sources: Sources) -> Result<Version, Unreadable> {
    read::version(name, bytes, sources, true)
}

/// Compares two versions.
///
/// An error says that a page could not be drawn.
pub fn compare(a: &Version, b: &Version) -> Result<Comparison, Unreadable> {
    // A PDF with tags and one without are both read without: the same eyes see the same.
    let untagged = |one: &Version| read::version(&one.name, one.bytes.clone(), one.sources.clone(), false);
    match (a.tagged, b.tagged) {
        (true, false) => compared(&untagged(a)?, b),
        (false, true) => compared(a, &untagged(b)?),
        _ => compared(a, b),
    }
}

fn compared(a: &Version, b: &Version) -> Result<Comparison, Unreadable> {
    let pairs = blocks::pair(&a.blocks, &b.blocks);
    let rows = changes::rows(a, b, &pairs);
    let parts = parts::matched(a, b, &pairs);
    let numbers = references::numbers(&pairs, &a.blocks, &b.blocks);
    let mut changes = changes::of(a, b, &pairs, &rows, &numbers);
    picture::looks(a, b, &pairs, &rows, &mut changes)?;
    // In the order of pages: what only looks different was found last.
    let place = |change: &Change| {
        let page = |marks: &[At]| marks.first().map(|at| at.page);
        let (old, new) = (page(&change.marks_a), page(&change.marks_b));
        rows.iter().position(|row| if new.is_some() { row.b == new } else { row.a == old })
    };
    changes.sort_by_key(place);
    let on = |marks: &dyn Fn(&Change) -> &[At], page: Option<usize>| {
        changes.iter().any(|change| marks(change).iter().any(|at| Some(at.page) == page))
    };
    let label = |version: &Version, page: Option<usize>| page.map(|page| version.pages[page].label.clone());
    let row = |row: &pages::Row| PageRow {
        from: label(a, row.a),
        to: label(b, row.b),
        moved: row.moved,
        changed: on(&|change| &change.marks_a, row.a) || on(&|change| &change.marks_b, row.b),
        a: row.a,
        b: row.b,
    };
    Ok(Comparison {
        a: a.name.clone(),
        b: b.name.clone(),
        parts: parts::changes(a, b, &parts),
        references: numbers
            .into_iter()
            .filter(|(from, to)| from != to)
            .map(|(from, to)| Renumbered { from, to })
            .collect(),
        pages: rows.iter().map(row).collect(),
        changes,
    })
}
