//! Compares two versions of a report: words, figures, references, pages.
//!
//! A [`Version`] is read from its PDF, by whatever program made it: a tagged one says what its
//! paragraphs and figures are, others are read by where things stand. With the [`Sources`] that
//! it was made from, changes name their lines.
//!
//! ```
//! use pdf_diff::{ChangeKind, Sources, compare, read};
//!
//! # use lopdf::{Document, Object, Stream, dictionary};
//! # fn a_pdf(words: &str) -> std::sync::Arc<Vec<u8>> {
//! #     let mut document = Document::with_version("1.6");
//! #     let parent = document.new_object_id();
//! #     let text = format!("BT /F 12 Tf 20 300 Td ({words}) Tj ET");
//! #     let contents = document.add_object(Stream::new(dictionary! {}, text.into_bytes()));
//! #     let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
//! #     let page = document.add_object(dictionary! {
//! #         "Type" => "Page", "Parent" => parent, "Contents" => contents,
//! #         "MediaBox" => [0, 0, 300, 400].map(Object::from).to_vec(),
//! #         "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
//! #     });
//! #     let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
//! #     document.objects.insert(parent, tree.into());
//! #     let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
//! #     document.trailer.set("Root", catalog);
//! #     let mut bytes = vec![];
//! #     document.save_to(&mut bytes).expect("a PDF");
//! #     bytes.into()
//! # }
//! let before = read("before.pdf", a_pdf("three trends of the year"), Sources::default())?;
//! let files = [("content/a.md".to_owned(), "Five trends of the year".to_owned())];
//! let after = read("after.pdf", a_pdf("five trends of the year"), Sources::new(files))?;
//!
//! let comparison = compare(&before, &after)?;
//! assert!(!comparison.same());
//! assert_eq!(comparison.changes[0].kind, ChangeKind::Changed);
//! # Ok::<(), pdf_diff::Unreadable>(())
//! ```

mod blocks;
mod changes;
mod error;
mod html;
mod looks;
mod pages;
mod paper;
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
pub use html::{html, text as escaped};
pub use sources::Sources;
pub use version::{At, Drawing, Page, Paint, Passage, Section, Shape, Version};

/// The result of comparing two versions.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// The old version's name.
    pub a: String,
    /// The new version's name.
    pub b: String,
    /// The parts that were added, removed, retitled or moved to other pages.
    pub parts: Vec<PartChange>,
    /// The changes in the order of the new version; removals stay in their old position.
    pub changes: Vec<Change>,
    /// The references whose number changed.
    pub references: Vec<Renumbered>,
    /// The pages of both versions side by side.
    pub pages: Vec<PageRow>,
    /// The pages, in either version, whose looks could not be compared: drawing them has no bound.
    pub undrawn: Vec<String>,
}

/// A part that was added, removed, retitled or moved to other pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartChange {
    /// Its title: the new one, if any.
    pub title: String,
    /// Its old title, if it differs.
    pub was: Option<String>,
    /// Its pages in the old version, such as `p04–p05`.
    pub from: Option<String>,
    /// Its pages in the new version.
    pub to: Option<String>,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Its words changed, or a figure's content.
    Changed,
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// It is on another page or in another order.
    Moved,
    /// A figure was enlarged or reduced.
    Resized,
    /// Its citation numbers changed with their entries.
    Renumbered,
    /// A page or figure looks different, though its words are the same.
    Look,
}

/// A single change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// The kind of change.
    pub kind: ChangeKind,
    /// Whether it is a figure.
    pub figure: bool,
    /// The title of its part in the new version, or in the old one for removals.
    pub part: String,
    /// The label of its page in the old version.
    pub from: Option<String>,
    /// The label of its page in the new version.
    pub to: Option<String>,
    /// The content's file, if the version with the words was made from one.
    pub file: Option<String>,
    /// The line in that file, from 1.
    pub line: Option<usize>,
    /// A figure's alternative text.
    pub alt: Option<String>,
    /// What is known of a page that looks different: its size, how it is turned, its inks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// Its text, with removals and additions.
    pub words: Vec<Words>,
    /// Its location in the old version.
    #[serde(skip)]
    pub marks_a: Vec<At>,
    /// Its location in the new version.
    #[serde(skip)]
    pub marks_b: Vec<At>,
}

/// A span of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Words {
    /// The versions that contain it.
    pub op: Op,
    /// Its text.
    pub text: String,
}

/// The presence of a span of text in the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// In both versions.
    Same,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

/// A reference whose number changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Renumbered {
    /// Its number in the old version.
    pub from: usize,
    /// Its number in the new version.
    pub to: usize,
}

/// A page of the old version, of the new version, or of both.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PageRow {
    /// Its label in the old version.
    pub from: Option<String>,
    /// Its label in the new version.
    pub to: Option<String>,
    /// Whether its order differs from that of the pages around it.
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
    /// Returns whether both versions are the same in words and looks, page by page.
    pub fn same(&self) -> bool {
        self.parts.is_empty()
            && self.changes.is_empty()
            && self.pages.iter().all(|row| !row.differs())
    }

    /// Returns the comparison as pretty-printed JSON.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Told<'a> {
            same: bool,
            #[serde(flatten)]
            comparison: &'a Comparison,
        }
        let mut text = serde_json::to_string_pretty(&Told { same: self.same(), comparison: self })
            .expect("a comparison is plain data");
        text.push('\n');
        text
    }
}

impl PageRow {
    /// Returns whether the page was changed, moved, added or removed.
    pub fn differs(&self) -> bool {
        self.changed || self.moved || self.from.is_none() || self.to.is_none()
    }
}

/// Reads a version from a PDF; `sources` are the files that it was made from, so that changes
/// name their lines.
///
/// Never panics: the reader runs in a thread of its own, and what stops that is an error too.
pub fn read(name: &str, bytes: Arc<Vec<u8>>, sources: Sources) -> Result<Version, Unreadable> {
    read_with(name, bytes, sources, 1)
}

/// Reads a version with limits on memory and work that are `effort` times as high.
pub fn read_with(
    name: &str,
    bytes: Arc<Vec<u8>>,
    sources: Sources,
    effort: u32,
) -> Result<Version, Unreadable> {
    read::version(name, bytes, sources, read::How { tags: true, effort })
}

/// Compares two versions.
///
/// An error says that a page could not be drawn.
pub fn compare(a: &Version, b: &Version) -> Result<Comparison, Unreadable> {
    // A PDF with tags and one without are both read without: the same eyes see the same.
    let untagged = |one: &Version| {
        let how = read::How { tags: false, effort: one.effort };
        read::version(&one.name, one.bytes.clone(), one.sources.clone(), how)
    };
    match (a.tagged, b.tagged) {
        (true, false) => compared(&untagged(a)?, b),
        (false, true) => compared(a, &untagged(b)?),
        _ => compared(a, b),
    }
}

fn compared(a: &Version, b: &Version) -> Result<Comparison, Unreadable> {
    let pairs = blocks::pair(&a.blocks, &b.blocks);
    let rows = changes::rows(a, b, &pairs, &picture::likeness(a, b)?);
    let parts = parts::matched(a, b, &pairs);
    let numbers = references::numbers(&pairs, &a.blocks, &b.blocks);
    let mut changes = changes::of(a, b, &pairs, &rows, &numbers);
    looks::looks(a, b, &pairs, &rows, &mut changes)?;
    changes.extend(paper::changes(a, b, &rows));
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
    let label =
        |version: &Version, page: Option<usize>| page.map(|page| version.pages[page].label.clone());
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
        undrawn: {
            let pages = a.pages.iter().chain(&b.pages).filter(|page| !page.drawable);
            let mut labels: Vec<String> = vec![];
            for page in pages {
                if !labels.contains(&page.label) {
                    labels.push(page.label.clone());
                }
            }
            labels
        },
        changes,
    })
}
