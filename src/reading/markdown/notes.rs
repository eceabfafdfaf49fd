//! Footnotes: what they say, where they are referenced.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Converter, Cursor, Holder, Spanned};
use crate::reading::model::{Inline, Inlines, NoteMark, TextBlock};
use crate::rules;
use l10n::say;

/// A footnote's text.
#[derive(Debug, Clone, Default)]
pub(super) struct Note {
    /// Where it is defined.
    range: Range<usize>,
    /// The line on which its text begins.
    line: usize,
    /// Its first paragraph, and what follows it.
    body: Inlines,
    more: Vec<TextBlock>,
}

impl Note {
    fn is_empty(&self) -> bool {
        self.body.is_empty() && self.more.is_empty()
    }
}

impl Converter<'_, '_> {
    /// Reads the footnotes, before the text that refers to them.
    pub(super) fn read_notes(&mut self, events: &[Spanned]) {
        self.in_note = true;
        let mut cursor = Cursor { events, at: 0 };
        while let Some((event, range)) = cursor.next() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let before = self.context.problems.len();
                let mut more = self.held(&mut cursor.inside(), Holder::Note);
                self.check_behind_note(&cursor);
                if more.iter().any(|block| matches!(block, TextBlock::Heading { .. })) {
                    self.error(
                        range,
                        say!("the footnote `{label}` contains a heading", label),
                        say!("write it as a paragraph, such as a bold one"),
                    );
                }
                if more.iter().any(holds_equation) {
                    self.error(
                        range,
                        say!("the footnote `{label}` holds a displayed formula", label),
                        say!(
                            "write it in the line, as `$…$`, or as `$\\displaystyle …$` to have it as large"
                        ),
                    );
                }
                let mut note =
                    Note { line: self.line(range), range: range.clone(), ..Note::default() };
                if let Some(TextBlock::Paragraph { line, body, .. }) = more.first_mut() {
                    (note.line, note.body) = (*line, std::mem::take(body));
                    more.remove(0);
                }
                note.more = more;
                if note.is_empty() && self.context.problems.len() == before {
                    self.error(
                        range,
                        say!("the footnote `{label}` has no text", label),
                        say!("write it behind the colon"),
                    );
                }
                if self.notes.contains_key(&**label) {
                    self.error(
                        range,
                        say!("the footnote `{label}` is defined twice", label),
                        say!("give each footnote a unique name"),
                    );
                    continue;
                }
                self.notes.insert(label.to_string(), note);
            }
        }
        self.in_note = false;
    }

    /// Reports a paragraph right behind a note that is indented, but not so far that it is of the note.
    fn check_behind_note(&mut self, cursor: &Cursor) {
        let Some((Event::Start(Tag::Paragraph), range)) = cursor.events.get(cursor.at) else {
            return;
        };
        let line = self.file.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &self.file.text[line..range.start];
        if (1..=3).contains(&indent.len()) && indent.bytes().all(|byte| byte == b' ') {
            self.warning(
                &rules::LEFT_OVER,
                range,
                say!("this paragraph is no part of the footnote above it"),
                say!("indent it by four spaces, or by none"),
            );
        }
    }

    /// Returns the notes that are referred to more than once.
    pub(super) fn shared_notes(events: &[Spanned]) -> BTreeSet<String> {
        let (mut once, mut shared) = (BTreeSet::new(), BTreeSet::new());
        for (event, _) in events {
            if let Event::FootnoteReference(label) = event
                && !once.insert(&**label)
            {
                shared.insert(label.to_string());
            }
        }
        shared
    }

    /// Takes the notes that refused contents refer to as used.
    pub(super) fn use_notes(&mut self, refused: &Cursor) {
        self.used.extend(refused.events.iter().filter_map(|(event, _)| match event {
            Event::FootnoteReference(label) => Some(label.to_string()),
            _ => None,
        }));
    }

    /// Reports notes that nothing refers to.
    pub(super) fn report_unused_notes(&mut self) {
        let unused: Vec<_> = self
            .notes
            .iter()
            .filter(|(label, _)| !self.used.contains(label))
            .map(|(label, note)| (label.clone(), note.range.clone()))
            .collect();
        for (label, range) in unused {
            self.warning(
                &rules::UNUSED_NOTE,
                &range,
                say!("the footnote `{label}` is never referenced, so it is not printed", label),
                say!("put `[^{label}]` where it belongs, or remove the note", label),
            );
        }
    }

    /// Reads a reference to a footnote.
    pub(super) fn footnote(&mut self, label: &str, range: &Range<usize>) -> Option<Inline> {
        if self.in_note {
            self.error(
                range,
                say!("a footnote is inside another footnote"),
                say!("combine both into one note"),
            );
            self.used.push(label.to_owned());
            return None;
        }
        let Some(known) = self.notes.get(label) else {
            self.error(
                range,
                say!("the footnote `{label}` has no text", label),
                say!("write `[^{label}]: …` below", label),
            );
            return None;
        };
        let Note { line, body, more, .. } = known.clone();
        let again = self.used.iter().any(|used| used == label);
        self.used.push(label.to_owned());
        let note = || format!("{}:{label}", self.file.path);
        Some(if again {
            Inline::NoteAgain { note: note(), mark: NoteMark::default() }
        } else {
            let note = self.shared.contains(label).then(note);
            Inline::Footnote { note, mark: NoteMark::default(), line, body, more }
        })
    }
}

/// Whether a displayed formula is in a block of a note.
fn holds_equation(block: &TextBlock) -> bool {
    match block {
        TextBlock::Equation(_) => true,
        TextBlock::List { items, .. } => items.iter().flatten().any(holds_equation),
        TextBlock::Quote { blocks, .. } => blocks.iter().any(holds_equation),
        _ => false,
    }
}
