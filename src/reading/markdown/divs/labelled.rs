//! One table or one picture with its label and title around it, as Quarto has them:
//! `::: {#tbl-x}`, the table, its title, `:::`.

use std::ops::Range;

use copydesk::ProseKind;

use super::super::attributes::Attributes;
use super::super::{Converter, Cursor};
use crate::reading::model::{Anchor, Block, Inline, Inlines, TextBlock};
use crate::reading::referable::Referable;
use crate::reading::text;
use l10n::say;
use source::Place;

impl Converter<'_, '_> {
    /// Reads a table with its title below it, or above it.
    pub(super) fn labelled_table(
        &mut self,
        attributes: &Attributes,
        line: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let anchor = self.anchor(attributes, Referable::Table);
        let title = self.attribute(attributes, "title", ProseKind::Caption);
        let title = title.or_else(|| self.attribute(attributes, "tbl-cap", ProseKind::Caption));
        let mut caption: Inlines =
            title.into_iter().map(|(title, _)| Inline::text(title)).collect();
        text::tidy(&mut caption, self.context.lang);
        let here = self.stands_here(attributes);
        let unnumbered = attributes.has("unnumbered");
        let told = self.context.problems.len();
        let mut blocks: Vec<Block> = self.blocks(inside);
        let (mut table, below) = match blocks.len() {
            1 => (blocks.pop()?, None),
            2 if matches!(blocks[1], Block::Table(_)) => (blocks.pop()?, blocks.pop()),
            2 => (blocks.swap_remove(0), blocks.pop()),
            _ => return self.no_table(line, told),
        };
        let Block::Table(own) = &mut table else { return self.no_table(line, told) };
        let below = match below {
            Some(Block::Text(TextBlock::Paragraph { body, .. })) => Some(body),
            Some(_) => return self.no_table(line, told),
            None => None,
        };
        let titles = [&own.caption, &caption].into_iter().filter(|title| !title.is_empty());
        if titles.count() + usize::from(below.is_some()) > 1 {
            self.error(
                line,
                say!("this has two titles"),
                say!("write it once, as a paragraph below it"),
            );
        }
        if let Some(label) = own.anchor.place.as_ref().filter(|_| anchor.label.is_some()) {
            let range = label.range.clone();
            self.error(
                &range,
                say!("this has two labels"),
                say!("leave one, in the line of colons or behind the title"),
            );
        } else if anchor.label.is_some() {
            own.anchor = anchor;
        }
        if let Some(title) = below.or(Some(caption)).filter(|title| !title.is_empty()) {
            self.check_typed_number(&title, line);
            own.caption = title;
            own.caption_line = self.line(line);
        }
        own.unnumbered |= unnumbered;
        own.here |= here;
        Some(table)
    }

    fn no_table(&mut self, line: &Range<usize>, told: usize) -> Option<Block> {
        if self.context.problems.len() == told {
            self.error(
                line,
                say!("a label of a table stands around one table and its title"),
                say!("put the table and one paragraph with its title between the two lines"),
            );
        }
        None
    }

    /// Gives a picture the label and the title that stand around it.
    pub(super) fn labelled_figure(
        &mut self,
        figure: Block,
        anchor: Anchor,
        caption: Inlines,
        en: Option<String>,
        attributes: &Attributes,
        line: &Range<usize>,
    ) -> Option<Block> {
        let here = self.stands_here(attributes);
        let mut figure = figure;
        if attributes.has("unnumbered") {
            self.check_unlabelled(&anchor, std::slice::from_ref(&figure));
        }
        let (own, titled) = match &mut figure {
            Block::Figure(figure) => {
                figure.here |= here;
                figure.en = figure.en.take().or(en);
                (&mut figure.anchor, !figure.caption.is_empty())
            }
            Block::Chart(chart) => {
                chart.spec.here |= here;
                (&mut chart.anchor, true)
            }
            _ => return None,
        };
        let labelled = own.label.is_some();
        if !labelled {
            *own = anchor;
        }
        if labelled {
            self.error(
                line,
                say!("this has two labels"),
                say!("leave one, in the line of colons or at the picture itself"),
            );
        }
        if titled && !caption.is_empty() {
            self.error(
                line,
                say!("this has two titles"),
                say!("leave one: that of the picture or the chart, or the paragraph below it"),
            );
        } else if !titled && caption.is_empty() {
            self.error(
                line,
                say!("the figure has no caption"),
                say!("write it as a paragraph below the picture"),
            );
        }
        if let Block::Figure(figure) = &mut figure
            && !titled
        {
            if figure.alt.trim().is_empty() {
                figure.alt = text::plain(&caption);
            }
            figure.caption = caption;
        }
        Some(figure)
    }

    /// Reports pictures without a caption among several.
    pub(super) fn check_captions(&mut self, figures: &[Block]) {
        for block in figures {
            let Block::Figure(figure) = block else { continue };
            if figure.caption.is_empty() {
                let place = Place::of_line(self.file, figure.line - self.before);
                self.error(
                    &place.range,
                    say!("the figure has no caption"),
                    say!("write it between the brackets: `![caption](…)`"),
                );
            }
        }
    }
}
