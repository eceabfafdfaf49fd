//! The events of one edition: without what is in others alone, and with the values of variables.
//!
//! Values come into the events behind the parser, each as a mark of its own that no text makes: none
//! of their characters is read as Markdown.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use variables::{Condition, Piece, Variables, is_open, mask, masked_pieces, restore};

use super::attributes::Attributes;
use super::divs::fence_attributes;
use super::escapes::{self, LOWERED, RAISED};
use super::{Context, Piece as Part, Spanned, is_div};
use crate::reading::raised;
use l10n::say;
use source::{Diagnostic, Place};

/// What stands for a value among the events: a tag that the parser's options never let it make.
pub(super) const VALUE: Tag<'static> = Tag::Superscript;

/// The classes of divs that are there on conditions: where they hold, and where they do not.
const WHEN: &str = "when";
const UNLESS: &str = "unless";

/// The events of an edition, with their ranges in the file.
pub(super) struct Edition<'e> {
    pub(super) events: Vec<Spanned<'e>>,
    /// The footnotes that only other editions refer to.
    pub(super) notes: Vec<String>,
}

/// The text that the parser is shown.
pub(super) fn shown<'t>(text: &'t str, variables: &Variables) -> Cow<'t, str> {
    let masked = (!variables.is_empty()).then(|| mask(text)).flatten();
    masked.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Makes the events of an edition of those of a text.
pub(super) fn of<'e>(part: &Part, events: &[Spanned<'e>], context: &mut Context) -> Edition<'e> {
    let start = part.range.start;
    let moved = |at: &Range<usize>| start + at.start..start + at.end;
    let events = events.iter().map(|(event, at)| (event.clone(), moved(at))).collect();
    let events = escapes::gathered(events, &part.file.text);
    let mut editor = Editor { part, context, notes: vec![] };
    let events = editor.on_conditions(events);
    let events =
        if editor.context.variables.is_empty() { events } else { editor.with_values(events) };
    Edition { events, notes: editor.notes }
}

struct Editor<'a, 'c> {
    part: &'a Part,
    context: &'a mut Context<'c>,
    notes: Vec<String>,
}

impl Editor<'_, '_> {
    fn place(&self, range: &Range<usize>) -> Place {
        Place::new(&self.part.file, range.clone())
    }

    fn error(&mut self, range: &Range<usize>, message: String, hint: String) {
        let place = self.place(range);
        self.context.problems.push(Diagnostic::error(place, message).hint(hint));
    }

    /// Leaves out the divs whose conditions do not hold, and the fences of the others.
    fn on_conditions<'e>(&mut self, events: Vec<Spanned<'e>>) -> Vec<Spanned<'e>> {
        let mut out = Vec::with_capacity(events.len());
        // For each div that is open: whether it is one on conditions.
        let mut open: Vec<bool> = vec![];
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            match &event {
                Event::Start(tag) if is_div(tag) => {
                    let Some(attributes) = self.conditional(&range) else {
                        open.push(false);
                        out.push((event, range));
                        continue;
                    };
                    if self.holds(&attributes) {
                        open.push(true);
                        continue;
                    }
                    self.pass_over(&mut events);
                    let text = &self.part.file.text[range];
                    self.context.variables.touch_all(text);
                    self.context.texts.hidden.push(text.to_owned());
                }
                Event::End(TagEnd::MetadataBlock(_)) => {
                    if open.pop() != Some(true) {
                        out.push((event, range));
                    }
                }
                _ => out.push((event, range)),
            }
        }
        out
    }

    /// The attributes of a div that is there on conditions; `None` if it is any other.
    fn conditional(&self, range: &Range<usize>) -> Option<Attributes> {
        let attributes = fence_attributes(&self.part.file.text, range.start)?;
        (attributes.has(WHEN) || attributes.has(UNLESS)).then_some(attributes)
    }

    fn holds(&mut self, attributes: &Attributes) -> bool {
        let is = attributes.has(WHEN);
        let conditions: Vec<_> = attributes
            .pairs()
            .map(|(name, values, range)| {
                // `tier!=gold`, as in front matter.
                let bare = name.trim_end_matches(['!', '！']);
                (Condition::of(bare, values, is == (bare.len() == name.len())), range.clone())
            })
            .collect();
        let more = attributes.classes().count() > 1 || attributes.id().is_some();
        let class = if is { WHEN } else { UNLESS };
        if let Some(word) = attributes.others().next().cloned() {
            let text = self.part.file.text[word.clone()].to_owned();
            self.error(
                &word,
                say!("`{text}` is no condition", text),
                say!("write `::: {{.{class} name=value}}`", class),
            );
        } else if conditions.is_empty() {
            self.error(
                &attributes.range,
                say!("no condition says when this is printed"),
                say!("write `::: {{.{class} name=value}}`", class),
            );
        } else if more {
            self.error(
                &attributes.range,
                say!("a block on a condition has no other class and no label"),
                say!("put a box of its own into it: `::: {{.box}}` on a line below, and `:::` behind it"),
            );
        }
        // Each is looked at, so that every fault is told.
        let held: Vec<bool> = conditions
            .iter()
            .map(|(condition, range)| {
                let place = self.place(range);
                self.context.variables.holds(condition, &place, self.context.problems)
            })
            .collect();
        held.into_iter().all(|holds| holds)
    }

    /// Passes over the inside of a div, up to its end.
    fn pass_over<'e>(&mut self, events: &mut impl Iterator<Item = Spanned<'e>>) {
        let mut depth = 1;
        for (event, _) in events {
            match event {
                Event::Start(tag) if is_div(&tag) => depth += 1,
                Event::End(TagEnd::MetadataBlock(_)) => depth -= 1,
                Event::FootnoteReference(label) => self.notes.push(restore(&label)),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Puts values in the place of marks; what is code or a formula is as its author wrote it.
    fn with_values<'e>(&mut self, events: Vec<Spanned<'e>>) -> Vec<Spanned<'e>> {
        let mut out: Vec<Spanned> = Vec::with_capacity(events.len());
        let mut in_code = false;
        let mut events = events.into_iter().peekable();
        while let Some((event, range)) = events.next() {
            let event = match event {
                Event::Text(text) if in_code => Event::Text(restored(text)),
                Event::Text(text) => {
                    let (mut text, mut range) = (text, range);
                    // The parser may part a mark at a character that could have been emphasis.
                    while is_open(&text)
                        && let Some((Event::Text(more), at)) = events.next_if(|(next, at)| {
                            matches!(next, Event::Text(_)) && at.start == range.end
                        })
                    {
                        text = format!("{text}{more}").into();
                        range.end = at.end;
                    }
                    self.text(text, range, &mut out);
                    continue;
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    in_code = true;
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(restored(info))))
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    in_code = true;
                    Event::Start(Tag::CodeBlock(kind))
                }
                Event::End(TagEnd::CodeBlock) => {
                    in_code = false;
                    event
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let named = !matches!(
                        link_type,
                        LinkType::ShortcutUnknown
                            | LinkType::CollapsedUnknown
                            | LinkType::ReferenceUnknown
                    );
                    let dest_url =
                        if named { self.filled(dest_url, &range) } else { restored(dest_url) };
                    let title = self.filled(title, &range);
                    Event::Start(Tag::Link { link_type, dest_url, title, id: restored(id) })
                }
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    let (dest_url, title) =
                        (self.filled(dest_url, &range), self.filled(title, &range));
                    Event::Start(Tag::Image { link_type, dest_url, title, id: restored(id) })
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    Event::Start(Tag::FootnoteDefinition(restored(label)))
                }
                Event::FootnoteReference(label) => Event::FootnoteReference(restored(label)),
                Event::Code(text) => Event::Code(restored(text)),
                Event::InlineMath(text) => Event::InlineMath(restored(text)),
                Event::DisplayMath(text) => Event::DisplayMath(restored(text)),
                Event::Html(text) => Event::Html(restored(text)),
                Event::InlineHtml(text) => Event::InlineHtml(restored(text)),
                other => other,
            };
            out.push((event, range));
        }
        out
    }

    /// Adds a text piece by piece.
    fn text<'e>(&mut self, text: CowStr<'e>, range: Range<usize>, out: &mut Vec<Spanned<'e>>) {
        let pieces = masked_pieces(&text);
        if let [Piece::Text(_)] | [] = pieces[..] {
            out.push((Event::Text(text), range));
            return;
        }
        let values: Vec<(Range<usize>, String)> = self.values_of(&pieces, range.start);
        let mut values = values.into_iter();
        let mut at = range.start;
        // The marks around the value that follows, and how much of the next text was before them.
        let mut around: Option<(char, usize)> = None;
        let mut passed = 0;
        let add = |text: &str, at: &mut usize, out: &mut Vec<Spanned<'e>>| {
            let range = *at..*at + text.len();
            *at = range.end;
            if !text.is_empty() {
                out.push((Event::Text(text.to_owned().into()), range));
            }
        };
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => {
                    let text = &text[std::mem::take(&mut passed)..];
                    let value = values.as_slice().first().map(|(_, value)| &**value);
                    let next = match pieces.get(index + 2) {
                        Some(Piece::Text(next)) => next,
                        _ => "",
                    };
                    let script = value.and_then(|value| script_around(text, value, next));
                    let Some((mark, open, close)) = script else {
                        add(text, &mut at, out);
                        continue;
                    };
                    add(&text[..open], &mut at, out);
                    let tag = if mark == '^' { RAISED } else { LOWERED };
                    out.push((Event::Start(tag), at..at + 1));
                    at += 1;
                    add(&text[open + 1..], &mut at, out);
                    around = Some((mark, close));
                }
                Piece::Mark(_) => {
                    let Some((range, value)) = values.next() else { continue };
                    at = range.end;
                    out.push((Event::Start(VALUE), range.clone()));
                    out.push((Event::Text(value.into()), range.clone()));
                    out.push((Event::End(VALUE.to_end()), range));
                    if let (Some((mark, close)), Some(Piece::Text(next))) =
                        (around.take(), pieces.get(index + 1))
                    {
                        add(&next[..close], &mut at, out);
                        let tag = if mark == '^' { RAISED } else { LOWERED };
                        out.push((Event::End(tag.to_end()), at..at + 1));
                        at += 1;
                        passed = close + 1;
                    }
                }
            }
        }
    }

    /// The values in a text that begins at `at`, each with where its mark stands.
    fn values_of(&mut self, pieces: &[Piece], mut at: usize) -> Vec<(Range<usize>, String)> {
        let mut out = vec![];
        for piece in pieces {
            match piece {
                Piece::Text(text) => at += text.len(),
                Piece::Mark(mark) => {
                    let range = at..at + mark.written().len();
                    at = range.end;
                    let place = self.place(&range);
                    let (variables, problems) =
                        (self.context.variables, &mut *self.context.problems);
                    let value = variables.printed(mark, &place, problems).unwrap_or_default();
                    out.push((range, value));
                }
            }
        }
        out
    }

    /// An address or a title with its values.
    fn filled<'e>(&mut self, text: CowStr<'e>, range: &Range<usize>) -> CowStr<'e> {
        let pieces = masked_pieces(&text);
        if let [Piece::Text(_)] | [] = pieces[..] {
            return text;
        }
        let place = self.place(range);
        self.context.variables.filled(&pieces, &place, self.context.problems).0.into()
    }
}

/// The marks around a value that is raised or lowered, `10^{{n}}^`: which, and where they stand in the
/// text before it and in the one behind it.
fn script_around(before: &str, value: &str, behind: &str) -> Option<(char, usize, usize)> {
    let open = before.rfind(['^', '~'])?;
    let mark = before[open..].chars().next()?;
    let close = behind.find(mark)?;
    let inner = format!("{}{value}{}", &before[open + 1..], &behind[..close]);
    raised::is_script(mark, &before[..open], &inner, &behind[close + 1..])
        .then_some((mark, open, close))
}

/// A text as its author wrote it.
fn restored(text: CowStr) -> CowStr {
    let plain = masked_pieces(&text);
    match plain[..] {
        [Piece::Text(_)] | [] => text,
        _ => restore(&text).into(),
    }
}
