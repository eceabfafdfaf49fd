//! Boxes and the other blocks that hold blocks: fenced divs.

use serde::Serialize;

use super::{Anchor, Block, Inlines};
use source::Place;

/// A box: blocks that are set apart from the text around them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Boxed {
    /// The line of its file on which it begins, from 1.
    pub line: usize,
    /// Its number and its label.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// What kind of box it is.
    pub kind: BoxKind,
    /// Whether it spans all columns.
    pub wide: bool,
    /// Whether it stands where it is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
    /// Whether it is not counted, although its kind is.
    #[serde(skip)]
    pub unnumbered: bool,
    /// The level of its title as a heading within the part.
    pub level: u8,
    /// Its title; empty if it has none.
    pub title: Inlines,
    /// Where the title is written.
    #[serde(skip)]
    pub title_place: Option<Place>,
    /// Who speaks, in a quotation; who signs a letter.
    pub speaker: Option<Speaker>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

impl Boxed {
    /// Whether it is counted among the report's boxes.
    pub fn is_numbered(&self) -> bool {
        let meant = !self.title.is_empty() || self.anchor.label.is_some();
        self.kind == BoxKind::Box && !self.unnumbered && meant
    }

    /// The paths of its own pictures: those of who speaks.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        let speaker = self.speaker.iter();
        let pictures =
            speaker.flat_map(|speaker| speaker.portrait.iter().chain(&speaker.signature));
        pictures.map(|picture| picture.path.as_str())
    }
}

/// The kinds of boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoxKind {
    /// A numbered box with a title: 专栏1.
    Box,
    /// A remark.
    Note,
    /// Advice.
    Tip,
    /// A warning.
    Warning,
    /// A remark beside the text.
    Aside,
    /// The text that leads into a part, or sums it up.
    Summary,
    /// A quotation with who says it.
    Quote,
    /// The end of a letter: who signs it.
    Signed,
    /// Blocks that look as they always do.
    Plain,
    /// Blocks on a page that is turned by a right angle.
    Landscape,
}

/// Who says a quotation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// The titles, one per line.
    pub titles: Vec<String>,
    /// A picture of the person.
    pub portrait: Option<SmallPicture>,
    /// The signature, by hand.
    pub signature: Option<SmallPicture>,
}

/// A picture that stands beside words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SmallPicture {
    /// The image's path from the project's root, with a leading `/`.
    pub path: String,
    /// The ratio of its width to its height.
    pub ratio: f64,
}

/// Large numbers, each with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kpi {
    /// The line of its file on which it begins, from 1.
    pub line: usize,
    /// The level of its title as a heading within the part.
    pub level: u8,
    /// Its title; empty if it has none.
    pub title: Inlines,
    /// Whether it stands where it is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
    /// The numbers.
    pub items: Vec<KpiItem>,
    /// The source of all of them, printed below them.
    pub source: Option<String>,
    /// The source where it cites works, in runs; empty where it does not.
    #[serde(skip)]
    pub cited: Inlines,
}

/// A large number: `12.5亿元`, how it changed, what it counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KpiItem {
    /// The line of its file, from 1.
    pub line: usize,
    /// What stands before the number: 约.
    pub before: String,
    /// The number; the whole value if that has no figure.
    pub number: String,
    /// What stands behind it: 亿元.
    pub unit: String,
    /// How it changed; empty if that is not said.
    pub change: Inlines,
    /// What it counts.
    pub label: Inlines,
}

/// Pictures and charts side by side, under one title.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The line of its file on which it begins, from 1.
    pub line: usize,
    /// Its number and its label.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// Whether it is not counted among the figures.
    #[serde(skip)]
    pub unnumbered: bool,
    /// Whether it stands where it is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
    /// How many stand side by side.
    pub columns: usize,
    /// The title of all.
    pub caption: Inlines,
    /// The title in English, below the other one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The pictures and charts; their numbers are letters.
    pub figures: Vec<Block>,
}
