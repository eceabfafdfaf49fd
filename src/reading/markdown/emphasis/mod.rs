//! Emphasis paired anew: CommonMark's rule, amended for marks that touch Chinese.
//!
//! CommonMark takes `**速度快：**比` for text, since a mark before the asterisks and a letter behind
//! them look like the start of a word to it. Nothing else in a paragraph depends on how asterisks
//! and underscores pair; so the parser's pairs are taken apart into the characters they were, and
//! paired once more, at the same places of the file.

mod flanking;
mod pairs;
mod product;

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Spanned;
use flanking::Surroundings;
use pairs::{Run, Span};

/// Pairs the emphasis marks of all paragraphs, headings, cells and items; `text` is what the
/// events' ranges point into.
pub(super) fn amend<'t>(text: &'t str, events: Vec<Spanned<'t>>) -> Vec<Spanned<'t>> {
    let mut out = Vec::with_capacity(events.len());
    let mut level = Level::new(text);
    // The levels around the one being read: the text of a link pairs on its own.
    let mut outer: Vec<Level> = vec![];
    let mut code = false;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Emphasis | Tag::Strong)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                let width = if matches!(
                    event,
                    Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis)
                ) {
                    1
                } else {
                    2
                };
                let marks = match event {
                    Event::Start(_) => range.start..range.start + width,
                    _ => range.end - width..range.end,
                };
                level.marks(marks);
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                outer.push(std::mem::replace(&mut level, Level::new(text)));
                level.before = Some((event, range));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let mut inner =
                    std::mem::replace(&mut level, outer.pop().unwrap_or_else(|| Level::new(text)));
                let start = inner.before.take();
                level.pieces.extend(start.map(Piece::Event));
                level.pieces.extend(inner.finish().into_iter().map(Piece::Event));
                level.pieces.push(Piece::Event((event, range)));
            }
            Event::Text(shown) if !code && **shown == text[range.clone()] => level.text(range),
            Event::SoftBreak | Event::HardBreak => {
                level.pieces.push(Piece::Break((event, range)));
            }
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => {
                code = match &event {
                    Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                        true
                    }
                    Event::End(_) => false,
                    _ => code,
                };
                out.extend(std::mem::replace(&mut level, Level::new(text)).finish());
                out.push((event, range));
            }
            _ => level.pieces.push(Piece::Event((event, range))),
        }
    }
    out.extend(level.finish());
    out
}

/// A piece of a level: marks, or anything else.
enum Piece<'t> {
    /// An event, or one of several within a link.
    Event(Spanned<'t>),
    /// A line's end, which counts as a space.
    Break(Spanned<'t>),
    /// Characters that stand for themselves.
    Text(Range<usize>),
    /// Marks that may be emphasis, a run of one kind.
    Marks(Range<usize>),
}

/// A stretch of text whose marks pair with each other: a paragraph, a cell, a link's text.
struct Level<'t> {
    text: &'t str,
    /// The start of the link whose text this is.
    before: Option<Spanned<'t>>,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Level<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, before: None, pieces: vec![] }
    }

    /// Adds text, in which asterisks and underscores are marks unless they are escaped.
    fn text(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        let is_mark = |at: usize| matches!(bytes[at], b'*' | b'_');
        let mut at = range.start;
        if is_mark(at) && is_escaped(self.text, at) {
            self.characters(at..at + 1);
            at += 1;
        }
        while at < range.end {
            let marks = is_mark(at);
            let end = (at..range.end).find(|&at| is_mark(at) != marks).unwrap_or(range.end);
            if marks {
                self.marks(at..end)
            } else {
                self.characters(at..end)
            }
            at = end;
        }
    }

    fn characters(&mut self, range: Range<usize>) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Text(range)),
        }
    }

    /// Adds marks, which form one run with those of the same kind right before them.
    fn marks(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        for at in range {
            match self.pieces.last_mut() {
                Some(Piece::Marks(last)) if last.end == at && bytes[last.start] == bytes[at] => {
                    last.end = at + 1;
                }
                _ => self.pieces.push(Piece::Marks(at..at + 1)),
            }
        }
    }

    fn text_pieces(&self) -> impl Iterator<Item = &'t str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(range) => Some(&self.text[range.clone()]),
            _ => None,
        })
    }

    /// Pairs the marks and returns the events.
    fn finish(self) -> Vec<Spanned<'t>> {
        let chinese = flanking::has_han(self.text_pieces());
        let around = Surroundings { text: self.text, chinese };
        let mut runs: Vec<Run> = vec![];
        let edge = |piece: Option<&Piece>| matches!(piece, Some(Piece::Break(_)));
        let within = self.before.is_some();
        for (at, piece) in self.pieces.iter().enumerate() {
            let Piece::Marks(range) = piece else { continue };
            let opens_line =
                at == 0 && !within || edge(at.checked_sub(1).and_then(|at| self.pieces.get(at)));
            let closes_line = at + 1 == self.pieces.len() && !within;
            let before = if opens_line { ' ' } else { around.before(range.start) };
            let after = if closes_line { ' ' } else { around.after(range.end) };
            let mark = self.text.as_bytes()[range.start];
            runs.push(Run::new(
                mark,
                range.clone(),
                around.roles(mark, range.len(), before, after),
            ));
        }
        if flanking::has_cjk(self.text_pieces()) {
            product::print(self.text, &mut runs);
        }
        pairs::pair(&mut runs);
        let mut runs = runs.into_iter();
        let events = Vec::with_capacity(self.pieces.len());
        let mut out = Out { text: self.text, events, waiting: 0..0 };
        for piece in self.pieces {
            match piece {
                Piece::Event(event) | Piece::Break(event) => out.event(event),
                Piece::Text(range) => out.characters(range),
                Piece::Marks(_) => out.run(runs.next()),
            }
        }
        out.end_text();
        out.events
    }
}

struct Out<'t> {
    text: &'t str,
    events: Vec<Spanned<'t>>,
    /// The text that is not an event yet: more may follow right behind it.
    waiting: Range<usize>,
}

impl<'t> Out<'t> {
    fn event(&mut self, event: Spanned<'t>) {
        self.end_text();
        self.events.push(event);
    }

    fn end_text(&mut self) {
        let range = std::mem::replace(&mut self.waiting, 0..0);
        if !range.is_empty() {
            self.events.push((Event::Text(self.text[range.clone()].into()), range));
        }
    }

    /// Marks that stand for themselves belong to the text around them.
    fn characters(&mut self, range: Range<usize>) {
        if self.waiting.is_empty() || self.waiting.end != range.start {
            self.end_text();
            self.waiting = range;
        } else {
            self.waiting.end = range.end;
        }
    }

    fn run(&mut self, run: Option<Run>) {
        let Some(run) = run else { return };
        let tag = |span: &Span| if span.strong { TagEnd::Strong } else { TagEnd::Emphasis };
        for span in &run.closes {
            self.event((Event::End(tag(span)), span.range.clone()));
        }
        self.characters(run.left);
        for span in run.opens.iter().rev() {
            let tag = if span.strong { Tag::Strong } else { Tag::Emphasis };
            self.event((Event::Start(tag), span.range.clone()));
        }
    }
}

/// Whether a backslash makes the character at `at` stand for itself.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}
