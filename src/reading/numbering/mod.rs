//! Numbers of figures and tables, and what refers to them.
//!
//! All of it is known once the parts are read, and none of it asks for a page: a template prints
//! numbers as they are given, and no text is set twice for them.

mod labels;
mod references;
mod titles;
mod words;

use std::collections::BTreeMap;

use super::model::{Anchor, Block, Captions, Numbered, Part, PartContent, TextBlock};
use labels::Labels;
use source::Problems;
use words::{Language, Named};

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
    Box,
    Section,
}

/// Numbers what has a number, and resolves what refers to it; returns what is counted.
pub(super) fn number(parts: &mut [Part], rules: &Rules, problems: &mut Problems) -> Vec<Numbered> {
    let language = Language::of(rules.lang);
    let mut labels = Labels::default();
    let mut counts = BTreeMap::new();
    let mut numbered = vec![];
    for part in parts.iter_mut() {
        let chapter = match rules.captions {
            Captions::Report => None,
            Captions::Chapter => chapter(&part.content),
        };
        if chapter.is_some() {
            counts.clear();
        }
        for (kind, title, anchor) in anchors(&mut part.content) {
            if let Some(letter) = anchor.number.clone().filter(|_| kind == Kind::Figure) {
                // A picture within the group that is counted before it.
                let count = counts.get(&(kind, chapter.clone())).copied().unwrap_or(0);
                labels.add(anchor, Named::Piece(kind, chapter.clone(), count, letter), problems);
            } else if kind != Kind::Section {
                let count = counts.entry((kind, chapter.clone())).or_insert(0_usize);
                *count += 1;
                anchor.number = Some(language.number(chapter.as_deref(), *count));
                let named = Named::Counted(kind, chapter.clone(), *count);
                numbered.push(Numbered {
                    words: words::plain(&language.whole(&named)),
                    label: anchor.label.clone(),
                });
                labels.add(anchor, named, problems);
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
    titles::take_off(parts, language, problems);
    references::resolve(parts, &mut labels, language, problems);
    for part in parts {
        for (_, _, anchor) in anchors(&mut part.content) {
            let target = anchor.label.as_ref().and_then(|label| labels.known.get(label));
            anchor.name = target.filter(|target| target.used).map(|target| target.name(language));
        }
    }
    labels.tell_unused(problems);
    numbered
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
            Block::Box(boxed) => {
                if boxed.is_numbered() {
                    out.push((Kind::Box, String::new(), &mut boxed.anchor));
                }
                anchors_in(&mut boxed.blocks, out);
            }
            Block::Figures(group) => {
                let group = &mut **group;
                out.push((Kind::Figure, String::new(), &mut group.anchor));
                letter(&mut group.figures);
                anchors_in(&mut group.figures, out);
            }
            Block::Kpi(_) => {}
            Block::Text(text) => anchor_of_text(text, out),
        }
    }
}

/// Gives the pictures of a group their letters.
fn letter(figures: &mut [Block]) {
    for (block, letter) in figures.iter_mut().zip('a'..='z') {
        match block {
            Block::Figure(figure) => figure.anchor.number = Some(letter.to_string()),
            Block::Chart(chart) => chart.anchor.number = Some(letter.to_string()),
            _ => {}
        }
    }
}

/// Headings within lists and quotations cannot be referred to.
fn anchor_of_text<'b>(block: &'b mut TextBlock, out: &mut Vec<(Kind, String, &'b mut Anchor)>) {
    if let TextBlock::Heading { anchor, body, .. } = block {
        out.push((Kind::Section, super::text::plain(body), anchor));
    }
}
