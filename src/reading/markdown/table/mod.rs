//! Tables: rows, cells, the title and its attributes.

mod caption;
mod cells;
mod keys;

use std::ops::Range;

use l10n::say;
use pulldown_cmark::{Alignment, Event, Tag};

pub(super) use caption::{Captions, attributes as caption_attributes, mark as caption_mark};
pub(super) use cells::is_break;

use super::attributes::Attributes;
use super::{Converter, Cursor};
use crate::reading::grid::{self, Raw, RawRow, Slot};
use crate::reading::model::{Anchor, Block, Inline, Inlines, Table};
use crate::reading::referable::Referable;
use crate::reading::table::indent;
use crate::reading::written::{is_counted, written};
use crate::reading::{shown, table_block, table_file, text};
use crate::rules;
use caption::Caption;
use copydesk::ProseKind;

impl Converter<'_, '_> {
    /// Reads a table with its title.
    pub(super) fn table(
        &mut self,
        alignments: &[Alignment],
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Block {
        let found = self.captions.take(range.start);
        let (caption, caption_line) = match &found {
            Some(caption) => (self.caption(caption), self.line(&caption.range)),
            None => (vec![], 0),
        };
        let attributes = found.as_ref().map(|caption| &caption.attributes);
        let none = Attributes::default();
        let mut keys = self.table_keys(attributes.unwrap_or(&none), alignments.len());
        keys.shape.aligns = alignments.iter().map(align_of).collect();
        let anchor = self.anchor(attributes.unwrap_or(&none), Referable::Table);
        let anchor = self.counted(anchor, keys.unnumbered);
        if let (Some(found), false) = (&found, keys.unnumbered) {
            self.check_typed_number(&caption, &found.range);
        }
        let end = found.as_ref().filter(|caption| caption.ends_rows);
        let rows = self.rows(inside, end.map(|caption| caption.range.start), alignments.len());
        let asked = attributes.filter(|attributes| !attributes.range.is_empty());
        let asked = self.place(asked.map_or(range, |attributes| &attributes.range));
        let built = grid::build(rows, &keys.shape, &asked, self.context.problems);
        Block::Table(Box::new(Table {
            line: self.line(range),
            anchor,
            caption,
            caption_line,
            unnumbered: keys.unnumbered,
            unit: keys.unit,
            source: keys.source,
            notes: keys.notes.iter().map(|note| vec![Inline::text(note)]).collect(),
            en: keys.en,
            landscape: keys.landscape,
            here: keys.here,
            columns: built.columns,
            head: built.head,
            rows: built.rows,
            ..Table::default()
        }))
    }

    /// Reads a fenced block of the kind `table`.
    pub(super) fn table_of_data(
        &mut self,
        range: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let (_, at) = inside.code();
        let at = at.unwrap_or(range.start..range.start);
        let mut table = table_block::read(self.file, at.clone(), self.context)?;
        self.tables.extend(table.data.iter().map(|data| shown(table_file(data))));
        if !table.unnumbered {
            self.check_typed_number(&table.caption, &at);
        }
        table.anchor = self.counted(table.anchor, table.unnumbered);
        Some(Block::Table(Box::new(table)))
    }

    fn caption(&mut self, caption: &Caption) -> Inlines {
        self.prose.kind = ProseKind::Caption;
        let body = self.inlines(&mut Cursor { events: &caption.events, at: 0 });
        // The space before the attributes is none of the title's.
        if let Some(prose) = self.context.texts.prose.last_mut() {
            let text = prose.letters.iter().rposition(|letter| letter.c != ' ');
            prose.letters.truncate(text.map_or(0, |at| at + 1));
        }
        body
    }

    /// Reports a title that has a number of its own.
    pub(in crate::reading::markdown) fn check_typed_number(
        &mut self,
        caption: &Inlines,
        range: &Range<usize>,
    ) {
        let title = text::plain(caption);
        let place = self.place(range);
        let own = written(&place.file.text, place.range.start, &title);
        if is_numbered(own) || is_numbered(&title) {
            self.warning(
                &rules::TITLE_NUMBER,
                range,
                say!("the title `{title}` has a number of its own, and is given another", title),
                say!("leave the word and its number out, or have the table not counted: `{{.unnumbered}}` behind a title, `numbered: false` in a block"),
            );
        }
    }

    /// The anchor of a table; one that is not counted cannot have a label.
    fn counted(&mut self, anchor: Anchor, unnumbered: bool) -> Anchor {
        match &anchor.place {
            Some(place) if unnumbered => {
                let range = place.range.clone();
                self.error(
                    &range,
                    say!("a table without a number cannot be referred to"),
                    say!("remove the label, or have the table counted"),
                );
                Anchor::default()
            }
            _ => anchor,
        }
    }

    /// Reads the rows up to where the title begins.
    fn rows(&mut self, inside: &mut Cursor, end: Option<usize>, columns: usize) -> Vec<RawRow> {
        let mut out = vec![];
        while let Some((event, range)) = inside.next() {
            let Event::Start(_) = event else { continue };
            let mut row = inside.inside();
            if end.is_some_and(|end| range.start >= end) {
                self.check_behind_title(range, end == Some(range.start));
                continue;
            }
            let mut cells = vec![];
            while let Some((event, range)) = row.next() {
                if let Event::Start(Tag::TableCell) = event {
                    let cell = row.inside();
                    let written = &self.file.text[range.clone()];
                    let start = range.start + written.len() - written.trim_start().len();
                    let place = self.place(&(start..start + written.trim().len()));
                    let slot = Slot::merging(written);
                    self.in_cell = true;
                    let slot = slot.unwrap_or_else(|| Slot::Own(self.cell(&cell)));
                    self.in_cell = false;
                    let indent = indent::of(self.before(start));
                    cells.push(Raw { place, slot, merged: false, indent });
                }
            }
            let last = self.place(&(range.end..range.end));
            cells.resize_with(columns, || Raw {
                place: last.clone(),
                slot: Slot::Own(vec![]),
                merged: false,
                indent: 0.0,
            });
            out.push(RawRow { line: self.line(range), cells });
        }
        out
    }

    /// The text of a cell from the bar before it on; `at` is in it.
    fn before(&self, at: usize) -> &str {
        let text = &self.file.text;
        let bar = text[..at].rfind(['|', '\n']).map_or(0, |bar| bar + 1);
        &text[bar..]
    }

    /// Reports rows behind the title, which ends a table.
    fn check_behind_title(&mut self, range: &Range<usize>, title: bool) {
        if !title && self.file.text[range.clone()].contains('|') {
            self.error(
                range,
                say!("this row stands below the title of its table"),
                say!("put the title below all rows, or above the table"),
            );
        }
    }
}

fn align_of(alignment: &Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::None => None,
        Alignment::Left => Some("left"),
        Alignment::Center => Some("center"),
        Alignment::Right => Some("right"),
    }
}

/// Whether a text begins as the numbered title of a table does: `表1`, `表 1-2`, `Table 3`.
pub(super) fn is_numbered(text: &str) -> bool {
    let rest = ["表", "Table", "TABLE"].iter().find_map(|word| text.strip_prefix(word));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || cjk::is_invisible(c));
        let figure = |c: char| {
            c.is_ascii_digit() || c.is_ascii_uppercase() || "一二三四五六七八九十".contains(c)
        };
        let behind = rest.trim_start_matches(|c: char| figure(c) || "-–.．·".contains(c));
        // A number before one of these counts something: 表1种类型.
        let counts = |c: char| is_counted(c) || c.is_ascii_alphabetic();
        rest.starts_with(figure) && !behind.starts_with(counts)
    })
}
