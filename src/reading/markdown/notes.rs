//! Footnotes: what they say, where they are referenced.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Converter, Cursor, Holder, Spanned};
use crate::reading::model::{Inline, Inlines, TextBlock};
use crate::rules;
use l10n::say;

impl Converter<'_, '_> {
    /// Reads the footnotes, before the text that refers to them.
    pub(super) fn read_notes(&mut self, events: &[Spanned]) {
        self.in_note = true;
        let mut cursor = Cursor { events, at: 0 };
        while let Some((event, range)) = cursor.next() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let before = self.context.problems.len();
                let blocks = self.held(&mut cursor.inside(), Holder::Note);
                let mut body: Inlines = vec![];
                for block in blocks {
                    match block {
                        TextBlock::Paragraph { body: text, .. } => {
                            if !body.is_empty() {
                                body.push(Inline::Break);
                            }
                            body.extend(text);
                        }
                        TextBlock::Equation(_) => self.error(
                            range,
                            say!("the footnote `{label}` holds a displayed formula", label),
                            say!(
                                "write it in the line, as `$…$`, or as `$\\displaystyle …$` to have it as large"
                            ),
                        ),
                        _ => self.error(
                            range,
                            say!("the footnote `{label}` contains more than text", label),
                            say!("write a footnote as one paragraph"),
                        ),
                    }
                }
                if body.is_empty() && self.context.problems.len() == before {
                    self.error(
                        range,
                        say!("the footnote `{label}` has no text", label),
                        say!("write it behind the colon, in one paragraph"),
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
                self.notes.insert(label.to_string(), (body, range.clone()));
            }
        }
        self.in_note = false;
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
            .map(|(label, (_, range))| (label.clone(), range.clone()))
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
        let Some((body, _)) = self.notes.get(label) else {
            self.error(
                range,
                say!("the footnote `{label}` has no text", label),
                say!("write `[^{label}]: …` below", label),
            );
            return None;
        };
        let body = body.clone();
        let again = self.used.iter().any(|used| used == label);
        self.used.push(label.to_owned());
        let note = || format!("{}:{label}", self.file.path);
        Some(if again {
            Inline::NoteAgain { note: note() }
        } else {
            Inline::Footnote { note: self.shared.contains(label).then(note), body }
        })
    }
}
