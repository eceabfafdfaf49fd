//! Converts Markdown to typed blocks, each with its location; reports whatever cannot be printed.
//!
//! CommonMark with tables, footnotes, `^sup^`, `~sub~`, `$formula$`, and Pandoc's `[@key]` and
//! `[text]{.dots}`.

mod blocks;
mod captions;
mod citations;
mod dollars;
mod emphasis;
mod html;
mod inline;
mod leftover;
mod lost;
mod notes;
mod parse;
mod product;
mod scripts;
mod wide;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use copydesk::{Prose, ProseKind};

use super::context::Context;
use super::{Printed, suppressions};
use crate::reading::model::{Block, Inlines, Suppression, TextBlock};
use blocks::Flow;
pub(super) use citations::known_key;
use source::{Diagnostic, Place, Rule, SourceFile};

/// The maximum nesting depth of lists, quotations and inline marks.
const MAX_DEPTH: usize = 12;

/// Converts the Markdown in `range` of `file` to blocks.
pub(super) fn blocks(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Vec<Block> {
    convert(file, range, None, context)
}

/// Converts the Markdown in `range` of `file`, a colophon, to blocks of text.
pub(super) fn colophon(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Vec<TextBlock> {
    convert(file, range, Some(Holder::Colophon), context)
}

fn convert<B: Flow>(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    within: Option<Holder>,
    context: &mut Context,
) -> Vec<B> {
    let text = &file.text[range.clone()];
    let parsed = parse::parse(text, context.keys.unwrap_or_default());
    let moved = |at: &Range<usize>| range.start + at.start..range.start + at.end;
    let events: Vec<_> =
        parsed.events.iter().map(|(event, at)| (event.clone(), moved(at))).collect();
    let mut converter = Converter {
        file,
        context,
        notes: BTreeMap::new(),
        shared: Converter::shared_notes(&events),
        used: vec![],
        in_note: false,
        after_span: 0,
        depth: 0,
        level: 0,
        levels: vec![],
        prose: Prose::markdown(file, ProseKind::Body),
        waiting: vec![],
        tables: vec![],
        within,
    };
    converter.levels = blocks::heading_levels(&events);
    converter.read_notes(&events);
    let blocks = converter.blocks(&mut Cursor { events: &events, at: 0 });
    converter.report_unused_notes();
    converter.report_unused_definitions(&parsed, range.start);
    converter.report_lost(&parsed, range.start, text);
    let waiting = std::mem::take(&mut converter.waiting);
    converter.context.texts.suppressions.extend(waiting);
    blocks
}

type Spanned<'e> = (Event<'e>, Range<usize>);

/// Whether an end closes marks within a paragraph rather than a block.
fn is_span(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Whether a tag begins a block, rather than marks within one.
fn is_block(tag: &Tag) -> bool {
    !is_span(tag.to_end())
}

struct Cursor<'a, 'e> {
    events: &'a [Spanned<'e>],
    at: usize,
}

impl<'a, 'e> Cursor<'a, 'e> {
    fn next(&mut self) -> Option<&'a Spanned<'e>> {
        let event = self.events.get(self.at);
        self.at += 1;
        event
    }

    /// Returns the events up to the end that closes the start just taken.
    fn inside(&mut self) -> Cursor<'a, 'e> {
        let start = self.at;
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        let end = self.at.saturating_sub(1).clamp(start, self.events.len());
        Cursor { events: &self.events[start..end], at: 0 }
    }

    /// Returns the text of a code block, and its location if it has any lines.
    fn code(&mut self) -> (String, Option<Range<usize>>) {
        let mut code = String::new();
        let mut at: Option<Range<usize>> = None;
        while let Some((event, range)) = self.next() {
            if let Event::Text(text) = event {
                code.push_str(text);
                at = Some(at.map_or(range.clone(), |at| at.start..range.end));
            }
        }
        (code, at)
    }
}

/// A block that can hold only text, or a part that can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    List,
    Quote,
    Note,
    Colophon,
}

struct Converter<'a, 'c> {
    file: &'a Arc<SourceFile>,
    context: &'a mut Context<'c>,
    /// Footnotes by label: their text and the span of their definition.
    notes: BTreeMap<String, (Inlines, Range<usize>)>,
    /// The footnotes that are referred to more than once.
    shared: BTreeSet<String>,
    used: Vec<String>,
    /// Whether footnotes are being read: they contain no notes themselves.
    in_note: bool,
    /// The number of bytes at the start of the next text that are the class of the span before it.
    after_span: usize,
    /// The nesting depth of the current block or mark.
    depth: usize,
    /// The level of the previous heading.
    level: u8,
    /// The heading levels in use, outermost first.
    levels: Vec<HeadingLevel>,
    /// The piece of text being read.
    prose: Prose,
    /// Suppressions waiting for their block.
    waiting: Vec<Suppression>,
    /// The data tables of the chart just read, which its suppressions cover.
    tables: Vec<String>,
    /// The outermost of the blocks being read that can hold only text.
    within: Option<Holder>,
}

impl Converter<'_, '_> {
    fn place(&self, range: &Range<usize>) -> Place {
        Place::new(self.file, range.clone())
    }

    fn line(&self, range: &Range<usize>) -> usize {
        self.file.line_column(range.start).0
    }

    fn error(&mut self, range: &Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let place = self.place(range);
        self.context.problems.push(Diagnostic::error(place, message).hint(hint));
    }

    fn warning(
        &mut self,
        rule: &'static Rule,
        range: &Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = self.place(range);
        self.context.problems.push(Diagnostic::of(rule, place, message).hint(hint));
    }

    fn print(&mut self, text: &str, range: &Range<usize>) {
        let place = self.place(range);
        self.context.texts.printed.push(Printed { text: text.to_owned(), place });
    }
}

#[cfg(test)]
mod tests;
