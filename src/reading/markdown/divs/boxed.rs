//! Boxes: title, who speaks, what they hold.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use copydesk::{OBJECT, Prose, ProseKind};

use super::super::attributes::{Attributes, note_in};
use super::super::{Converter, Cursor};
use crate::reading::model::{Anchor, Block, BoxKind, Boxed, Inlines, TextBlock};
use crate::reading::referable::Referable;
use crate::reading::{plain, raised, text, variables};
use l10n::say;
use source::Place;

impl Converter<'_, '_> {
    /// Reads a box of a kind.
    pub(super) fn boxed(
        &mut self,
        kind: BoxKind,
        attributes: &Attributes,
        line: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let anchor = match kind {
            BoxKind::Box => self.anchor(attributes, Referable::Box),
            _ => Anchor::default(),
        };
        let (title, title_place) = self.div_title(attributes, inside);
        let speaker = self.speaker(attributes, kind, line);
        let has =
            |class: &str| attributes.classes().any(|(own, _)| own.eq_ignore_ascii_case(class));
        let (wide, unnumbered) = (has("wide"), has("unnumbered"));
        let here = self.stands_here(attributes);
        let quoted = std::mem::replace(&mut self.prose.quoted, kind == BoxKind::Quote);
        let told = self.context.problems.len();
        let blocks: Vec<Block> = self.blocks(inside);
        self.prose.quoted = quoted;
        let signed = kind == BoxKind::Signed && speaker.is_some();
        if blocks.is_empty() && !signed {
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
            here,
            unnumbered,
            level,
            title,
            title_place,
            speaker,
            blocks,
        })))
    }

    /// Reads the title of a div: its attribute, or a heading that it begins with, as in Quarto.
    pub(super) fn div_title(
        &mut self,
        attributes: &Attributes,
        inside: &mut Cursor,
    ) -> (Inlines, Option<Place>) {
        if let Some((title, place)) = self.attribute(attributes, "title", ProseKind::Title) {
            let written = title;
            let mut title = vec![];
            raised::read(&written, false, &mut title);
            text::tidy(&mut title, self.context.lang);
            return (title, Some(place));
        }
        let Some((Event::Start(Tag::Heading { level, .. }), range)) = inside.events.get(inside.at)
        else {
            return (vec![], None);
        };
        inside.at += 1;
        let outer = self.level;
        (self.in_div, self.titles_box) = (false, true);
        let heading = self.heading(*level, range, &mut inside.inside());
        (self.in_div, self.titles_box, self.level) = (true, false, outer);
        let TextBlock::Heading { body, .. } = heading else { return (vec![], None) };
        let own = self.heading_attributes(range);
        if let Some((id, at)) = own.id() {
            let name = id.split_once('-').map_or(id, |(_, name)| name);
            let hint = match attributes.label() {
                Some(label) => say!("remove it: the box has the label `{label}`", label),
                None => say!("give the label to the box: `::: {{.box #box-{name}}}`", name),
            };
            let at = at.clone();
            self.error(&at, say!("the title of a box has no label of its own"), hint);
        }
        (body, Some(self.place(range)))
    }

    /// Reads an attribute that is printed; `None` if it is not given or empty.
    pub(in crate::reading::markdown) fn attribute(
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
        let (place, variables) = (self.place(&range), self.context.variables);
        let value = match variables.is_empty() {
            true => value,
            false => variables.fill(&value, &place, self.context.problems),
        };
        self.print(&value, &range);
        let mut prose = Prose::markdown(self.file, kind);
        prose.push(&self.file.text[range.clone()], &range);
        let mut prose = variables::hide(prose, variables);
        // Marks are told with the attributes.
        let written = &self.file.text[range.clone()];
        for mark in plain::marks(written) {
            let mark = range.start + mark.start..range.start + mark.end;
            let within = prose.letters.iter_mut().filter(|letter| mark.contains(&letter.at.start));
            within.for_each(|letter| letter.c = OBJECT);
        }
        if note_in(&value).is_none() {
            self.report_left_over(&mut prose);
            self.context.texts.prose.push(prose);
        }
        Some((value, place))
    }
}
