//! Numbers of figures and tables, and what refers to them.
//!
//! All of it is known once the parts are read, and none of it asks for a page: a template prints
//! numbers as they are given, and no text is set twice for them.

mod references;
mod words;

use std::collections::BTreeMap;

use super::model::{Anchor, Block, Captions, Part, PartContent, TextBlock};
use source::{Place, Problems};
use words::{Counted, Language};

/// What the report's numbers go by.
pub(super) struct Rules<'a> {
    /// How figures and tables are counted.
    pub captions: Captions,
    /// The report's language, a BCP 47 tag.
    pub lang: &'a str,
}

/// What can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Figure,
    Table,
    Section,
}

/// Numbers what has a number, and resolves what refers to it.
pub(super) fn number(parts: &mut [Part], rules: &Rules, problems: &mut Problems) {
    let language = Language::of(rules.lang);
    let mut labels = Labels::default();
    let mut counts = BTreeMap::new();
    for part in parts.iter_mut() {
        let chapter = match rules.captions {
            Captions::Report => None,
            Captions::Chapter => chapter(&part.content),
        };
        if chapter.is_some() {
            counts.clear();
        }
        for (kind, title, anchor) in anchors(&mut part.content) {
            if kind != Kind::Section {
                let count = counts.entry((kind, chapter.clone())).or_insert(0_usize);
                *count += 1;
                anchor.number = Some(language.number(chapter.as_deref(), *count));
                labels.add(anchor, Named::Counted(kind, chapter.clone(), *count), problems);
            } else {
                let named = match &anchor.number {
                    Some(number)
                        if number.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') =>
                    {
                        Named::Section(number.clone())
                    }
                    _ => Named::Titled(title),
                };
                labels.add(anchor, named, problems);
            }
        }
    }
    references::resolve(parts, &mut labels, language, problems);
    for part in parts {
        for (_, _, anchor) in anchors(&mut part.content) {
            let target = anchor.label.as_ref().and_then(|label| labels.known.get(label));
            anchor.name = target.filter(|target| target.used).map(|target| target.name(language));
        }
    }
    labels.tell_unused(problems);
}

/// The number of a chapter as captions print it, such as `3`; `None` if the part has none.
fn chapter(content: &PartContent) -> Option<String> {
    match content {
        PartContent::Trend { number, .. } => Some(number.to_string()),
        _ => None,
    }
}

/// The anchors of a part in the order written, each with the words of its heading.
fn anchors(content: &mut PartContent) -> Vec<(Kind, String, &mut Anchor)> {
    let mut out = vec![];
    match content {
        PartContent::Foreword { blocks, .. }
        | PartContent::Trend { blocks, .. }
        | PartContent::Insert { blocks, .. } => anchors_in(blocks, &mut out),
        PartContent::Colophon { blocks, .. } => {
            blocks.iter_mut().for_each(|block| anchor_of_text(block, &mut out));
        }
        PartContent::Cover
        | PartContent::Contents
        | PartContent::References
        | PartContent::BackCover => {}
    }
    out
}

fn anchors_in<'b>(blocks: &'b mut [Block], out: &mut Vec<(Kind, String, &'b mut Anchor)>) {
    for block in blocks {
        match block {
            Block::Figure(figure) => out.push((Kind::Figure, String::new(), &mut figure.anchor)),
            Block::Chart(chart) => out.push((Kind::Figure, String::new(), &mut chart.anchor)),
            Block::Table(table) if table.is_numbered() => {
                out.push((Kind::Table, String::new(), &mut table.anchor));
            }
            Block::Table(_) => {}
            Block::Text(text) => anchor_of_text(text, out),
        }
    }
}

/// Headings within lists and quotations cannot be referred to.
fn anchor_of_text<'b>(block: &'b mut TextBlock, out: &mut Vec<(Kind, String, &'b mut Anchor)>) {
    if let TextBlock::Heading { anchor, body, .. } = block {
        out.push((Kind::Section, super::text::plain(body), anchor));
    }
}

/// What a label names.
#[derive(Debug, Clone, PartialEq)]
enum Named {
    /// The block of its kind with this number, in the chapter with that one.
    Counted(Kind, Option<String>, usize),
    /// The section with this number.
    Section(String),
    /// The section with this title.
    Titled(String),
}

/// A label of the report.
#[derive(Debug)]
struct Target {
    named: Named,
    label: String,
    place: Place,
    used: bool,
}

impl Target {
    /// The name of links to it: titles of sections may be the same.
    fn name(&self, language: Language) -> String {
        match &self.named {
            Named::Titled(title) => format!("{title} ({})", self.label),
            named => words::plain(&language.whole(named)),
        }
    }
}

/// The labels of a report.
#[derive(Debug, Default)]
struct Labels {
    known: BTreeMap<String, Target>,
}

impl Labels {
    fn add(&mut self, anchor: &Anchor, named: Named, problems: &mut Problems) {
        let (Some(label), Some(place)) = (&anchor.label, &anchor.place) else { return };
        if let Some(first) = self.known.get(label) {
            problems.push(references::twice(label, place, &first.place));
            return;
        }
        let target = Target { named, label: label.clone(), place: place.clone(), used: false };
        self.known.insert(label.clone(), target);
    }

    fn tell_unused(&self, problems: &mut Problems) {
        for target in self.known.values().filter(|target| !target.used) {
            problems.push(references::unused(&target.label, &target.place));
        }
    }
}

/// What is counted in one way: numbers that follow each other are collapsed.
impl Named {
    fn counted(&self) -> Option<Counted<'_>> {
        match self {
            Self::Counted(kind, chapter, number) => {
                Some(Counted { kind: *kind, chapter: chapter.as_deref(), number: *number })
            }
            _ => None,
        }
    }
}
