//! Converts Markdown to typed blocks, each with its location; reports whatever cannot be printed.
//!
//! CommonMark with tables, footnotes, `^sup^`, `~sub~`, `$formula$`, and Pandoc's `[@key]` and
//! `[text]{.dots}`.

mod attributes;
mod beside;
mod blocks;
mod captions;
mod citations;
mod cross;
mod divs;
mod dollars;
mod edition;
mod emphasis;
mod enclosing;
mod equations;
mod escapes;
mod fenced;
mod filled;
mod greater;
mod here;
mod html;
mod inline;
mod lazy;
mod leftover;
mod lost;
mod notes;
mod parse;
mod product;
mod several;
mod spans;
mod table;
mod wide;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Tag, TagEnd};

use copydesk::{Prose, ProseKind};
use l10n::say;

use super::context::Context;
use super::{Printed, suppressions};
use crate::reading::model::{Block, Suppression, TextBlock};
use blocks::Flow;
pub(super) use citations::cited_in;
pub(super) use several::known_key;
use source::{Diagnostic, Place, Rule, SourceFile};

/// The maximum nesting depth of lists, quotations and inline marks.
const MAX_DEPTH: usize = 12;

/// The most paragraphs, headings and other blocks of a file: some thousand pages.
const MAX_BLOCKS: usize = 10_000;

/// Text of a part: a range of one of its files.
pub(super) struct Piece {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes that are text.
    pub range: Range<usize>,
    /// How many lines the part has in the files before it.
    pub before: usize,
}

/// Converts the Markdown of a part to blocks.
pub(super) fn blocks(pieces: &[Piece], context: &mut Context) -> Vec<Block> {
    convert(pieces, None, context)
}

/// Converts the Markdown of a colophon to blocks of text.
pub(super) fn colophon(pieces: &[Piece], context: &mut Context) -> Vec<TextBlock> {
    convert(pieces, Some(Holder::Colophon), context)
}

fn convert<B: Flow>(pieces: &[Piece], within: Option<Holder>, context: &mut Context) -> Vec<B> {
    let keys = context.keys.unwrap_or_default();
    let shown: Vec<_> = pieces
        .iter()
        .map(|piece| edition::shown(&piece.file.text[piece.range.clone()], context.variables))
        .collect();
    let parsed: Vec<_> = shown.iter().map(|text| parse::parse(text, keys)).collect();
    let editions: Vec<_> = pieces
        .iter()
        .zip(&parsed)
        .map(|(piece, parsed)| edition::of(piece, &parsed.events, context))
        .collect();
    // Headings are as deep in one file as in another.
    let levels = blocks::heading_levels(editions.iter().flat_map(|edition| &edition.events));
    let mut level = 0;
    let mut out = vec![];
    for ((piece, parsed), edition) in pieces.iter().zip(&parsed).zip(editions) {
        let start = piece.range.start;
        let events = edition.events;
        let mut converter = Converter {
            file: &piece.file,
            before: piece.before,
            context: &mut *context,
            notes: BTreeMap::new(),
            shared: Converter::shared_notes(&events),
            used: edition.notes,
            in_note: false,
            in_div: false,
            titles_box: false,
            titled_below: false,
            taken: 0..0,
            cut: 0..0,
            depth: 0,
            level,
            levels: levels.clone(),
            prose: Prose::markdown(&piece.file, ProseKind::Body),
            waiting: vec![],
            tables: vec![],
            within,
            captions: table::Captions::find(&piece.file.text, &events),
            in_cell: false,
        };
        if let Some(range) = beyond(&events) {
            let message = say!("a file has more than {most} blocks", most = MAX_BLOCKS);
            converter.error(range, message, source::limit("blocks", MAX_BLOCKS));
            continue;
        }
        converter.read_notes(&events);
        out.extend(converter.blocks::<B>(&mut Cursor { events: &events, at: 0 }));
        level = converter.level;
        converter.report_fences(&parsed.fences, &parsed.faults, start);
        converter.report_unused_notes();
        converter.report_unused_definitions(parsed, start);
        let text = &piece.file.text[piece.range.clone()];
        converter.report_lost(parsed, start, text);
        converter.report_taken_in(parsed, start, text);
        let waiting = std::mem::take(&mut converter.waiting);
        converter.context.texts.suppressions.extend(waiting);
    }
    out
}

/// Returns the first block beyond those that a file may have.
fn beyond<'a>(events: &'a [Spanned]) -> Option<&'a Range<usize>> {
    let mut depth = 0;
    let mut blocks = events.iter().filter(|(event, _)| {
        let is_top = depth == 0;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        is_top
    });
    blocks.nth(MAX_BLOCKS).map(|(_, range)| range)
}

type Spanned<'e> = (Event<'e>, Range<usize>);

/// What stands for a div among the events: a tag that the parser's options never let it make.
const DIV: MetadataBlockKind = MetadataBlockKind::PlusesStyle;

/// Whether a tag begins a div.
fn is_div(tag: &Tag) -> bool {
    matches!(tag, Tag::MetadataBlock(DIV))
}

/// Whether an end closes marks within a paragraph rather than a block.
fn is_span(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
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
    /// How many lines the part has in the files before this one.
    before: usize,
    context: &'a mut Context<'c>,
    /// Footnotes by label.
    notes: BTreeMap<String, notes::Note>,
    /// The footnotes that are referred to more than once.
    shared: BTreeSet<String>,
    used: Vec<String>,
    /// Whether footnotes are being read: they contain no notes themselves.
    in_note: bool,
    /// Whether a div is being read: none stands in another.
    in_div: bool,
    /// Whether the heading being read is the title of a box.
    titles_box: bool,
    /// Whether the picture being read may have its title behind it.
    titled_below: bool,
    /// The last label or the last attributes that were read in text: the parser may part them at a
    /// mark.
    taken: Range<usize>,
    /// The attributes within the text being read, which are not printed.
    cut: Range<usize>,
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
    /// The titles of tables that are not read yet.
    captions: table::Captions,
    /// Whether a cell of a table is being read.
    in_cell: bool,
}

impl Converter<'_, '_> {
    fn place(&self, range: &Range<usize>) -> Place {
        Place::new(self.file, range.clone())
    }

    /// Returns the line on which a range begins, counted through the part.
    fn line(&self, range: &Range<usize>) -> usize {
        self.before + Place::new(self.file, range.clone()).line_column().0
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
