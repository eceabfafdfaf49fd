//! Large numbers: a list whose items are `12.5亿元 | 同比+8.3% | 营业收入`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::attributes::Attributes;
use super::super::{Converter, Cursor, Spanned};
use super::value::{Fault, item_of};
use crate::reading::model::{Block, Kpi, TextBlock};
use crate::reading::text;
use copydesk::{Letter, OBJECT, Prose, ProseKind};
use l10n::say;

/// The most numbers of a block.
const MOST: usize = 12;

impl Converter<'_, '_> {
    /// Reads large numbers.
    pub(super) fn kpi(
        &mut self,
        attributes: &Attributes,
        line: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let (title, _) = self.div_title(attributes, inside);
        let here = self.stands_here(attributes);
        let source = self.attribute(attributes, "source", ProseKind::Source);
        let source = source.map(|(source, _)| text::tidy_plain(&source, self.context.lang));
        let told = self.context.problems.len();
        let places = places(&inside.events[inside.at..]);
        let from = self.context.texts.prose.len();
        let blocks: Vec<Block> = self.blocks(inside);
        self.context.texts.prose[from..].iter_mut().for_each(part);
        if self.context.problems.len() > told && blocks.is_empty() {
            return None;
        }
        let items = match blocks.as_slice() {
            [Block::Text(TextBlock::List { items, .. })] if items.len() <= MOST => items,
            _ => {
                self.error(
                    line,
                    say!("large numbers are one list of up to {most} items", most = MOST),
                    form(),
                );
                return None;
            }
        };
        let mut out = vec![];
        for (item, at) in items.iter().zip(&places) {
            let read = match item.as_slice() {
                [TextBlock::Paragraph { line, body, .. }] => item_of(body, *line),
                [TextBlock::Quote { .. }, ..] => Err(Fault::Quoted),
                _ => Err(Fault::Form),
            };
            match read {
                Ok(item) => out.push(item),
                Err(Fault::Form) => self.error(at, say!("this is no large number"), form()),
                Err(Fault::Quoted) => self.error(
                    at,
                    say!("`>` at the start of this item begins a quotation"),
                    say!("to print the sign, write a backslash before it: `\\>50`"),
                ),
                Err(Fault::Marks) => self.error(
                    at,
                    say!("the value of this large number holds marks, and is plain text"),
                    say!(
                        "write the value without them, and put notes, links and citations behind the label"
                    ),
                ),
            }
        }
        let (line, level) = (self.line(line), self.level + 1);
        (!out.is_empty()).then_some(Block::Kpi(Kpi {
            line,
            level,
            title,
            here,
            items: out,
            source,
            cited: vec![],
        }))
    }
}

/// Parts the pieces of large numbers for the copy desk: bars and the spaces beside them are no text.
fn part(prose: &mut Prose) {
    let bar = |letter: Option<&Letter>| letter.is_some_and(|letter| letter.c == '|');
    let letters = &prose.letters;
    let mut kept: Vec<Letter> = (0..letters.len())
        .filter(|&at| {
            let beside =
                bar(at.checked_sub(1).and_then(|at| letters.get(at))) || bar(letters.get(at + 1));
            letters[at].c != ' ' || !beside
        })
        .map(|at| letters[at].clone())
        .collect();
    kept.iter_mut().filter(|letter| letter.c == '|').for_each(|letter| letter.c = OBJECT);
    prose.letters = kept;
}

fn form() -> String {
    say!(
        "write the value, how it changed and what it counts, with bars between them: `- 12.5 | +8.3% | …`; the change may be left out"
    )
}

/// Where the items of a list stand, those within items left out.
fn places(events: &[Spanned]) -> Vec<Range<usize>> {
    let mut depth = 0;
    let mut out = vec![];
    for (event, range) in events {
        match event {
            Event::Start(Tag::Item) if depth == 1 => out.push(range.clone()),
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            _ => {}
        }
    }
    out
}
