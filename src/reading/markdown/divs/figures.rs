//! Pictures and charts side by side, and a picture to the trim and beyond.

use std::ops::Range;

use copydesk::ProseKind;
use pulldown_cmark::{Event, Tag};

use super::super::attributes::Attributes;
use super::super::wide::Wide;
use super::super::{Converter, Cursor, Spanned};
use crate::reading::model::{Anchor, Block, Figures, Inline, Inlines, TextBlock};
use crate::reading::referable::Referable;
use crate::reading::text;
use l10n::say;

/// How many pictures can stand under one title, and how many side by side.
const MOST: usize = 12;
const SIDE_BY_SIDE: usize = 4;

impl Converter<'_, '_> {
    /// Reads pictures and charts, and behind them the title of all.
    pub(super) fn side_by_side(
        &mut self,
        attributes: &Attributes,
        line: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let anchor = self.anchor(attributes, Referable::Figure);
        let title = self.attribute(attributes, "title", ProseKind::Caption);
        let title = title.or_else(|| self.attribute(attributes, "fig-cap", ProseKind::Caption));
        let en = self.attribute(attributes, "en", ProseKind::Caption).map(|(en, _)| en);
        let told = self.context.problems.len();
        let outer = std::mem::replace(&mut self.titled_below, attributes.label().is_some());
        let (mut figures, mut texts) = (vec![], vec![]);
        while inside.at < inside.events.len() {
            if let Some(pictures) = self.row_of_pictures(inside) {
                figures.extend(pictures);
                continue;
            }
            for block in self.next_block(inside) {
                match block {
                    Block::Figure(_) | Block::Chart(_) if texts.is_empty() => figures.push(block),
                    other => texts.push(other),
                }
            }
        }
        self.titled_below = outer;
        let mut caption: Inlines =
            title.into_iter().map(|(title, _)| Inline::text(title)).collect();
        text::tidy(&mut caption, self.context.lang);
        match texts.as_mut_slice() {
            [] => {}
            [Block::Text(TextBlock::Paragraph { body, .. })] if caption.is_empty() => {
                caption = std::mem::take(body);
            }
            _ => self.error(
                line,
                say!("pictures side by side hold pictures, charts, and one title below them"),
                say!("put all other text behind the closing `:::`"),
            ),
        }
        let complete = self.context.problems.len() == told;
        // As in Quarto, a label and a title may stand around one picture.
        if complete && figures.len() == 1 && attributes.label().is_some() {
            let figure = figures.pop()?;
            return self.labelled_figure(figure, anchor, caption, en, attributes, line);
        }
        self.check_captions(&figures);
        if complete && caption.is_empty() {
            self.error(
                line,
                say!("the pictures have no title"),
                say!("write it as a paragraph below them, or as `title=\"…\"`"),
            );
        }
        if complete && !(2..=MOST).contains(&figures.len()) {
            let hint = match figures.len() {
                0 => say!(
                    "put each picture and chart in a paragraph of its own between the two lines"
                ),
                1 => say!("remove the two lines: one picture stands by itself, with its own title"),
                _ => say!("divide them among several boxes"),
            };
            self.error(line, say!("pictures side by side are two to {most}", most = MOST), hint);
        }
        let unnumbered = attributes.has("unnumbered");
        if unnumbered {
            self.check_unlabelled(&anchor, &figures);
        }
        let columns = self.columns_of(attributes, figures.len());
        // One of them that is to stand here takes the others along.
        let here = self.stands_here(attributes) | figures.iter().any(is_pinned);
        let line = self.line(line);
        (figures.len() > 1).then(|| {
            let group = Figures { line, anchor, here, unnumbered, columns, caption, en, figures };
            Block::Figures(Box::new(group))
        })
    }

    /// Reports labels of pictures that have no number.
    pub(in crate::reading::markdown) fn check_unlabelled(
        &mut self,
        anchor: &Anchor,
        figures: &[Block],
    ) {
        let own = figures.iter().filter_map(|figure| match figure {
            Block::Figure(figure) => figure.anchor.place.clone(),
            Block::Chart(chart) => chart.anchor.place.clone(),
            _ => None,
        });
        for place in anchor.place.clone().into_iter().chain(own) {
            self.error(
                &place.range,
                say!("pictures without a number cannot be referred to"),
                say!("remove the label, or `.unnumbered`"),
            );
        }
    }

    fn columns_of(&mut self, attributes: &Attributes, count: usize) -> usize {
        let own = match count {
            4 => 2,
            count => count.clamp(1, 3),
        };
        let Some((value, range)) = attributes.value("layout-ncol") else { return own };
        match value.parse() {
            Ok(columns) if (1..=SIDE_BY_SIDE).contains(&columns) => columns,
            _ => {
                let range = range.clone();
                let value = value.to_owned();
                self.error(
                    &range,
                    say!("`{value}` is no number of pictures side by side", value),
                    say!("write a number from 1 to {most}", most = SIDE_BY_SIDE),
                );
                own
            }
        }
    }

    /// Reads the next block as blocks are read elsewhere.
    fn next_block(&mut self, inside: &mut Cursor) -> Vec<Block> {
        let start = inside.at;
        if let Some((Event::Start(_), _)) = inside.next() {
            inside.inside();
        }
        let events = &inside.events[start..inside.at.min(inside.events.len())];
        self.blocks(&mut Cursor { events, at: 0 })
    }

    /// Reads a paragraph of several pictures, a line each.
    fn row_of_pictures(&mut self, inside: &mut Cursor) -> Option<Vec<Block>> {
        let mut ahead = Cursor { events: inside.events, at: inside.at };
        let Some((Event::Start(Tag::Paragraph), _)) = ahead.next() else { return None };
        let paragraph = ahead.inside();
        let is_break = |(event, _): &Spanned| matches!(event, Event::SoftBreak | Event::HardBreak);
        let lines: Vec<&[Spanned]> = paragraph.events.split(is_break).collect();
        if lines.len() < 2 {
            return None;
        }
        let mut wide = vec![];
        for events in &lines {
            let Some(Wide::Figure(attributes)) =
                Wide::figure(&self.file.text, &Cursor { events, at: 0 })
            else {
                return None;
            };
            wide.push(attributes);
        }
        inside.at = ahead.at;
        let read = lines.iter().zip(&wide);
        Some(
            read.filter_map(|(events, attributes)| {
                self.figure(attributes, &mut Cursor { events, at: 0 })
            })
            .collect(),
        )
    }

    /// Reads the one picture of a div that runs to the trim and beyond.
    pub(super) fn bleeding(
        &mut self,
        attributes: &Attributes,
        line: &Range<usize>,
        inside: &mut Cursor,
    ) -> Option<Block> {
        let here = self.stands_here(attributes);
        let unnumbered = attributes.has("unnumbered");
        let told = self.context.problems.len();
        let outer = std::mem::replace(&mut self.titled_below, unnumbered);
        let mut blocks: Vec<Block> = self.blocks(inside);
        self.titled_below = outer;
        if unnumbered {
            self.check_unlabelled(&Anchor::default(), &blocks);
        }
        match blocks.as_mut_slice() {
            [Block::Figure(figure)] => {
                figure.bleed = true;
                figure.here |= here;
                figure.unnumbered |= unnumbered;
                blocks.pop()
            }
            _ => {
                if self.context.problems.len() == told {
                    self.error(
                        line,
                        say!("`.bleed` is for one picture"),
                        say!("put one picture with its caption between the two lines"),
                    );
                }
                None
            }
        }
    }
}

fn is_pinned(block: &Block) -> bool {
    match block {
        Block::Figure(figure) => figure.here,
        Block::Chart(chart) => chart.spec.here,
        _ => false,
    }
}
