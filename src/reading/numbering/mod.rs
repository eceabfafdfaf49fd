//! Numbers of figures and tables, and what refers to them.
//!
//! All of it is known once the parts are read, and none of it asks for a page: a template prints
//! numbers as they are given, and no text is set twice for them.

mod labels;
mod references;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::model::{
    Anchor, Block, Captions, Inline, Inlines, Numbered, NumberedKind, Part, PartContent, PartKind,
    TextBlock,
};
use crate::rules;
use l10n::say;
use labels::Labels;
use source::{Diagnostic, Place, Problems};
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
    Section,
}

impl Kind {
    /// The kind of what is counted; sections are not.
    fn counted(self) -> Option<NumberedKind> {
        match self {
            Self::Figure => Some(NumberedKind::Figure),
            Self::Table => Some(NumberedKind::Table),
            Self::Section => None,
        }
    }
}

/// Numbers what has a number, and resolves what refers to it; returns what is counted.
pub(super) fn number(parts: &mut [Part], rules: &Rules, problems: &mut Problems) -> Vec<Numbered> {
    let language = Language::of(rules.lang);
    let mut labels = Labels::default();
    let mut counts = BTreeMap::new();
    let mut counted = vec![];
    for part in parts.iter_mut() {
        let chapter = match rules.captions {
            Captions::Report => None,
            Captions::Chapter => part.mark.clone(),
        };
        if chapter.is_some() {
            counts.clear();
        }
        for Anchored { kind, title, anchor } in anchors(&mut part.content) {
            let named = if kind == Kind::Section {
                section(anchor, &title)
            } else {
                let count = counts.entry((kind, chapter.clone())).or_insert(0_usize);
                *count += 1;
                anchor.number = Some(language.number(chapter.as_deref(), *count));
                let named = Named::Counted(kind, chapter.clone(), *count);
                counted.push(named.clone());
                named
            };
            labels.add(anchor, named, problems);
        }
    }
    references::resolve(parts, &mut labels, language, problems);
    let listed: Vec<(NumberedKind, Place)> = parts.iter().filter_map(lists).collect();
    let mut counted = counted.into_iter();
    let mut numbered = vec![];
    for part in parts {
        for Anchored { kind, title, anchor } in anchors(&mut part.content) {
            let target = anchor.label.as_ref().and_then(|label| labels.known.get(label));
            anchor.name = target.filter(|target| target.used).map(|target| target.name(language));
            let Some(kind) = kind.counted() else { continue };
            let Some(named) = counted.next() else { continue };
            let words = words::plain(&language.whole(&named));
            if listed.iter().any(|(listed, _)| *listed == kind) {
                anchor.name = Some(words.clone());
            }
            let (number, label) = (anchor.number.clone().unwrap_or_default(), anchor.label.clone());
            numbered.push(Numbered { kind, number, words, title: unmarked(&title), label });
        }
    }
    labels.tell_unused(problems);
    for (kind, place) in listed {
        if !numbered.iter().any(|block| block.kind == kind) {
            problems.push(
                Diagnostic::of(&rules::NO_TEXT, place, say!("this list has no entries"))
                    .hint(say!("remove it from `parts`, or give figures and tables their titles")),
            );
        }
    }
    numbered
}

/// What a part lists, and where it is asked for.
fn lists(part: &Part) -> Option<(NumberedKind, Place)> {
    let kind = match part.content.kind() {
        PartKind::ListOfFigures => NumberedKind::Figure,
        PartKind::ListOfTables => NumberedKind::Table,
        _ => return None,
    };
    Some((kind, part.place.clone()))
}

/// What a label of a section names.
fn section(anchor: &Anchor, title: &[Inline]) -> Named {
    let plain = |number: &&String| number.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    match anchor.number.as_ref().filter(plain) {
        Some(number) => Named::Section(number.clone()),
        None => Named::Titled(super::text::plain(title)),
    }
}

/// Runs as they stand in a list: without notes, citations and links.
fn unmarked(runs: &[Inline]) -> Inlines {
    let mut out = vec![];
    for run in runs {
        match run {
            Inline::Footnote { .. } | Inline::NoteAgain { .. } | Inline::Cite { .. } => {}
            Inline::To { body, .. }
            | Inline::Link { body, .. }
            | Inline::Term { body, .. }
            | Inline::Index { body, .. } => out.extend(unmarked(body)),
            Inline::Page { .. } | Inline::Break => out.push(Inline::text(" ")),
            run => {
                let mut run = run.clone();
                if let Some(body) = run.body_mut() {
                    *body = unmarked(body);
                }
                out.push(run);
            }
        }
    }
    out
}

/// Something that can be referred to.
struct Anchored<'b> {
    kind: Kind,
    /// Its title, or the words of a heading.
    title: Cow<'b, [Inline]>,
    anchor: &'b mut Anchor,
}

/// What can be referred to in a part, in the order written.
fn anchors(content: &mut PartContent) -> Vec<Anchored<'_>> {
    let mut out = vec![];
    match content {
        PartContent::Colophon { blocks, .. } => {
            blocks.iter_mut().for_each(|block| anchor_of_text(block, &mut out));
        }
        _ => anchors_in(content.blocks_mut(), &mut out),
    }
    out
}

fn anchors_in<'b>(blocks: &'b mut [Block], out: &mut Vec<Anchored<'b>>) {
    for block in blocks {
        let (kind, title, anchor) = match block {
            Block::Figure(figure) => {
                (Kind::Figure, Cow::Borrowed(&figure.caption[..]), &mut figure.anchor)
            }
            Block::Chart(chart) => {
                let title = Cow::Owned(vec![Inline::text(chart.spec.title.clone())]);
                (Kind::Figure, title, &mut chart.anchor)
            }
            Block::Table(table) if table.is_numbered() => {
                (Kind::Table, Cow::Borrowed(&table.caption[..]), &mut table.anchor)
            }
            Block::Table(_) => continue,
            Block::Text(text) => {
                anchor_of_text(text, out);
                continue;
            }
        };
        out.push(Anchored { kind, title, anchor });
    }
}

/// Headings within lists and quotations cannot be referred to.
fn anchor_of_text<'b>(block: &'b mut TextBlock, out: &mut Vec<Anchored<'b>>) {
    if let TextBlock::Heading { anchor, body, .. } = block {
        out.push(Anchored { kind: Kind::Section, title: Cow::Borrowed(&body[..]), anchor });
    }
}
