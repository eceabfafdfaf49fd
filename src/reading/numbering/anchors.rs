//! What can be referred to in a part, in the order written.

use std::borrow::Cow;

use super::Kind;
use crate::reading::model::{Anchor, Block, Inline, Inlines, PartContent, TextBlock};

/// Something that can be referred to.
pub(super) struct Anchored<'b> {
    pub(super) kind: Kind,
    /// Its title, or the words of a heading.
    pub(super) title: Cow<'b, [Inline]>,
    pub(super) anchor: &'b mut Anchor,
    /// The letter of a picture in a group, which is counted as a whole.
    pub(super) letter: Option<char>,
    /// The line of the part on which it stands, if it is a figure.
    pub(super) line: Option<usize>,
}

/// Returns what can be referred to in a part.
pub(super) fn anchors(content: &mut PartContent) -> Vec<Anchored<'_>> {
    let mut out = vec![];
    match content {
        PartContent::Colophon { blocks, .. } => {
            blocks.iter_mut().for_each(|block| of_text(block, &mut out));
        }
        _ => content.blocks_mut().iter_mut().for_each(|block| of_block(block, None, &mut out)),
    }
    out
}

fn of_block<'b>(block: &'b mut Block, letter: Option<char>, out: &mut Vec<Anchored<'b>>) {
    let line = match block {
        Block::Figure(figure) => Some(figure.line),
        // That of a chart is its first key's; its fence stands before it.
        Block::Chart(chart) => Some(chart.line - 1),
        Block::Figures(group) => Some(group.line),
        _ => None,
    };
    let (kind, title, anchor) = match block {
        // One of several has its letter.
        Block::Figure(figure) if figure.unnumbered && letter.is_none() => return,
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
        Block::Box(boxed) => {
            let boxed = &mut **boxed;
            // One without a number is called by its title, as a section is.
            let kind = if boxed.is_numbered() { Kind::Box } else { Kind::Section };
            let title = Cow::Borrowed(&boxed.title[..]);
            out.push(Anchored { kind, title, anchor: &mut boxed.anchor, letter, line });
            boxed.blocks.iter_mut().for_each(|block| of_block(block, None, out));
            return;
        }
        Block::Figures(group) => {
            let group = &mut **group;
            if group.unnumbered {
                let inner = group.figures.iter_mut().zip('a'..='z');
                inner.for_each(|(block, letter)| lettered(block, letter));
                return;
            }
            let title = Cow::Borrowed(&group.caption[..]);
            let anchor = &mut group.anchor;
            out.push(Anchored { kind: Kind::Figure, title, anchor, letter, line });
            let letters = group.figures.iter_mut().zip('a'..='z');
            letters.for_each(|(block, letter)| of_block(block, Some(letter), out));
            return;
        }
        Block::Text(text) => return of_text(text, out),
        Block::Table(_) | Block::Kpi(_) | Block::Notes(_) => return,
    };
    out.push(Anchored { kind, title, anchor, letter, line });
}

/// Gives a picture of a group without a number its letter: nothing refers to it.
fn lettered(block: &mut Block, letter: char) {
    match block {
        Block::Figure(figure) => figure.anchor.number = Some(letter.to_string()),
        Block::Chart(chart) => chart.anchor.number = Some(letter.to_string()),
        _ => {}
    }
}

fn of_text<'b>(block: &'b mut TextBlock, out: &mut Vec<Anchored<'b>>) {
    match block {
        TextBlock::Heading { anchor, body, .. } => {
            let title = Cow::Borrowed(&body[..]);
            out.push(Anchored { kind: Kind::Section, title, anchor, letter: None, line: None });
        }
        TextBlock::List { items, .. } => {
            items.iter_mut().flatten().for_each(|block| of_text(block, out));
        }
        TextBlock::Quote { blocks } => blocks.iter_mut().for_each(|block| of_text(block, out)),
        // One without a label has no number.
        TextBlock::Equation(equation) if equation.anchor.label.is_some() => {
            let title = Cow::Owned(vec![Inline::text(equation.formula.plain.clone())]);
            let anchor = &mut equation.anchor;
            out.push(Anchored { kind: Kind::Equation, title, anchor, letter: None, line: None });
        }
        TextBlock::Paragraph { .. } | TextBlock::Code { .. } | TextBlock::Equation(_) => {}
    }
}

/// Runs as they stand in a list: without notes, citations and links.
pub(super) fn unmarked(runs: &[Inline]) -> Inlines {
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
