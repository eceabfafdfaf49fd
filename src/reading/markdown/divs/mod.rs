//! Fenced divs, as Pandoc writes them: boxes, callouts, large numbers, pictures side by side.

mod fences;
mod figures;
mod kinds;
mod kpi;
mod nest;

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use copydesk::{Prose, ProseKind};

use super::attributes::{Attributes, Labelled};
use super::{Converter, Cursor};
use crate::reading::model::{Anchor, Block, BoxKind, Boxed, Inline, Inlines, Speaker, TextBlock};
use crate::reading::text;
use fences::Fence;
pub(super) use fences::{lines, masked};
use kinds::Kind;
use l10n::say;
pub(super) use nest::{Fault, is_div, nested};
use source::Place;

/// What parts the titles of who speaks.
const TITLES: [char; 3] = ['；', ';', '|'];

impl Converter<'_, '_> {
    /// Reports fences that have no counterpart, stand where none can, or are typed full width;
    /// `start` is the place of the parsed text in the file.
    pub(super) fn report_fences(
        &mut self,
        fences: &[Range<usize>],
        faults: &[Fault],
        start: usize,
    ) {
        let moved = |at: &Range<usize>| start + at.start..start + at.end;
        for line in fences {
            let Some(fence) = Fence::at(&self.file.text, start + line.start) else { continue };
            if self.file.text[fence.colons.clone()].contains('：') {
                self.error(
                    &fence.colons,
                    say!("the colons of a box are full width"),
                    say!("write `:::` in half width"),
                );
            }
        }
        for fault in faults {
            let (range, message, hint) = match fault {
                Fault::Unclosed(range) => (
                    range,
                    say!("this box is not closed"),
                    say!("write `:::` on a line of its own behind its last paragraph"),
                ),
                Fault::Stray(range) => (
                    range,
                    say!("this ends a box that does not begin"),
                    say!(
                        "remove it, or begin the box above: `::: note`; to print it, write `\\:::`"
                    ),
                ),
                Fault::Within(range) => (
                    range,
                    say!("a box is within a list, a quotation or a footnote, which hold only text"),
                    say!(
                        "begin its lines at the left edge, with a blank line before the first `:::`"
                    ),
                ),
            };
            self.error(&moved(range), message, hint);
        }
    }

    /// Reads a div.
    pub(super) fn div(&mut self, range: &Range<usize>, inside: &mut Cursor) -> Option<Block> {
        let line = self.file.text[range.clone()].lines().next().map_or(0, str::len);
        let line = range.start..range.start + line.max(1);
        if self.in_div {
            self.error(
                &line,
                say!("a box is within another box"),
                say!("end the first with `:::` before this one begins"),
            );
            self.use_notes(inside);
            return None;
        }
        let fence = Fence::at(&self.file.text, range.start)?;
        let Some(attributes) = fence.attributes(&self.file.text) else {
            self.report_words(&fence.rest);
            self.use_notes(inside);
            return None;
        };
        let Some(kind) = self.div_kind(&attributes) else {
            self.use_notes(inside);
            return None;
        };
        self.in_div = true;
        let block = match kind {
            Kind::Box(kind) => self.boxed(kind, &attributes, &line, inside),
            Kind::Kpi => self.kpi(&attributes, &line, inside),
            Kind::Figures => self.side_by_side(&attributes, &line, inside),
            Kind::Bleed => self.bleeding(&line, inside),
        };
        self.in_div = false;
        block
    }

    /// Reports words behind the colons that are no attributes: `::: tip 标题`.
    fn report_words(&mut self, rest: &Range<usize>) {
        let written = self.file.text[rest.clone()].to_owned();
        let parts = written.split_once(char::is_whitespace);
        let hint = match parts.filter(|(class, _)| kinds::of(class).is_some()) {
            Some((class, title)) => {
                let title = title.trim().trim_matches(['"', '“', '”']);
                say!("write its title so: `::: {{.{class} title=\"{title}\"}}`", class, title)
            }
            None => say!("write a class, `::: note`, or attributes, `::: {{.box title=\"…\"}}`"),
        };
        self.error(rest, say!("`{written}` is no kind of box", written), hint);
    }

    fn boxed(
        &mut self,
        kind: BoxKind,
        attributes: &Attributes,
        line: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let anchor = match kind {
            BoxKind::Box => self.anchor(attributes, Labelled::Box),
            _ => Anchor::default(),
        };
        let (title, title_place) = self.div_title(attributes, inside);
        let speaker = self.speaker(attributes, kind, line);
        let has =
            |class: &str| attributes.classes().any(|(own, _)| own.eq_ignore_ascii_case(class));
        let (wide, unnumbered) = (has("wide"), has("unnumbered"));
        let quoted = std::mem::replace(&mut self.prose.quoted, kind == BoxKind::Quote);
        let told = self.context.problems.len();
        let blocks: Vec<Block> = self.blocks(inside);
        self.prose.quoted = quoted;
        if blocks.is_empty() {
            if self.context.problems.len() == told {
                self.error(
                    line,
                    say!("this box is empty"),
                    say!("write its text between the two lines, or remove them"),
                );
            }
            return None;
        }
        let (line, level) = (self.line(line), self.level + 1);
        Some(Block::Box(Box::new(Boxed {
            line,
            anchor,
            kind,
            wide,
            unnumbered,
            level,
            title,
            title_place,
            speaker,
            blocks,
        })))
    }

    /// Reads the title of a div: its attribute, or a heading that it begins with, as in Quarto.
    fn div_title(
        &mut self,
        attributes: &Attributes,
        inside: &mut Cursor,
    ) -> (Inlines, Option<Place>) {
        if let Some((title, place)) = self.attribute(attributes, "title", ProseKind::Title) {
            let mut title = vec![Inline::text(title)];
            text::tidy(&mut title);
            return (title, Some(place));
        }
        let Some((Event::Start(Tag::Heading { level, .. }), range)) = inside.events.get(inside.at)
        else {
            return (vec![], None);
        };
        inside.at += 1;
        let outer = self.level;
        self.in_div = false;
        let heading = self.heading(*level, range, &mut inside.inside());
        (self.in_div, self.level) = (true, outer);
        let TextBlock::Heading { anchor, body, .. } = heading else { return (vec![], None) };
        if let Some(Place { range, .. }) = anchor.place {
            self.error(
                &range,
                say!("the title of a box has no label of its own"),
                say!("give the box a label: `::: {{.box #box-name}}`"),
            );
        }
        (body, Some(self.place(range)))
    }

    /// Reads who says a quotation.
    fn speaker(
        &mut self,
        attributes: &Attributes,
        kind: BoxKind,
        line: &Range<usize>,
    ) -> Option<Speaker> {
        if kind != BoxKind::Quote {
            return None;
        }
        let name = self.attribute(attributes, "name", ProseKind::Label);
        let titles = self.attribute(attributes, "titles", ProseKind::Label);
        let Some((name, _)) = name else {
            if titles.is_some() {
                self.error(
                    line,
                    say!("the quotation has titles and no name"),
                    say!("write `name=\"…\"` before them"),
                );
            }
            return None;
        };
        let titles = titles.map(|(titles, _)| titles).unwrap_or_default();
        let titles = titles.split(TITLES).map(str::trim).filter(|title| !title.is_empty());
        Some(Speaker {
            name: text::tidy_plain(&name),
            titles: titles.map(text::tidy_plain).collect(),
        })
    }

    /// Reads an attribute that is printed; `None` if it is not given or empty.
    pub(super) fn attribute(
        &mut self,
        attributes: &Attributes,
        key: &str,
        kind: ProseKind,
    ) -> Option<(String, Place)> {
        let (value, range) = attributes.words(key, &self.file.text)?;
        let value = value.trim().to_owned();
        if value.is_empty() {
            return None;
        }
        self.print(&value, &range);
        let mut prose = Prose::markdown(self.file, kind);
        prose.push(&self.file.text[range.clone()], &range);
        self.report_left_over(&mut prose);
        self.context.texts.prose.push(prose);
        Some((value, self.place(&range)))
    }

    /// Reports a heading within a box, which is no place for one.
    pub(super) fn report_boxed_heading(&mut self, range: &Range<usize>) {
        self.error(
            range,
            say!("a heading is within a box"),
            say!("write it as a bold paragraph, `**…**`, or as the box's title"),
        );
    }
}
