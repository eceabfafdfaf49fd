//! Titles of tables, as Pandoc has them: `: 表题 {#tbl-x}` right below a table, or right above it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::reading::markdown::Spanned;
use crate::reading::markdown::attributes::Attributes;
use crate::reading::markdown::emphasis::is_escaped;

/// The title of a table.
#[derive(Debug)]
pub(in crate::reading::markdown) struct Caption {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Its text, without the mark before it and the attributes behind it.
    pub(super) events: Vec<Spanned<'static>>,
    /// The attributes.
    pub(super) attributes: Attributes,
    /// Where it begins, if it stands below the table without a blank line: the rows end there.
    pub(super) ends_rows: bool,
}

/// The titles of tables, by where these begin.
#[derive(Debug, Default)]
pub(in crate::reading::markdown) struct Captions {
    of: BTreeMap<usize, Caption>,
    /// Where those begin that are paragraphs.
    paragraphs: BTreeSet<usize>,
}

impl Captions {
    /// Finds the titles of all tables. One between two tables is that of the first, unless that
    /// has one above it.
    pub(in crate::reading::markdown) fn find(text: &str, events: &[Spanned]) -> Self {
        let mut of: BTreeMap<usize, Caption> = BTreeMap::new();
        for (at, (event, range)) in events.iter().enumerate() {
            if !matches!(event, Event::Start(Tag::Table(_))) {
                continue;
            }
            let end = (at..events.len()).find(|end| is_end(events, *end, TagEnd::Table));
            let end = end.unwrap_or(events.len());
            let taken = |place: &Range<usize>| {
                of.values().any(|caption| caption.range.start == place.start)
            };
            let found = within(text, &events[at..end])
                .or_else(|| above(text, events, at).filter(|caption| !taken(&caption.range)))
                .or_else(|| below(text, events, end + 1));
            if let Some(caption) = found {
                of.insert(range.start, caption);
            }
        }
        let apart = of.values().filter(|caption| !caption.ends_rows);
        let paragraphs = apart.map(|caption| caption.range.start).collect();
        Self { of, paragraphs }
    }

    /// Takes the title of the table that begins at a place.
    pub(super) fn take(&mut self, table: usize) -> Option<Caption> {
        self.of.remove(&table)
    }

    /// Whether a paragraph that begins at a place is the title of a table.
    pub(in crate::reading::markdown) fn has(&self, paragraph: usize) -> bool {
        self.paragraphs.contains(&paragraph)
    }

    /// The range of a block, with its title if it is a table.
    pub(in crate::reading::markdown) fn with_title(&self, block: &Range<usize>) -> Range<usize> {
        let title = self.of.get(&block.start).map_or(block, |caption| &caption.range);
        block.start.min(title.start)..block.end.max(title.end)
    }
}

/// The length of the mark with which a title begins; `None` if a text is none.
pub(in crate::reading::markdown) fn mark(text: &str) -> Option<usize> {
    let mark = [":", "：", "Table:", "table:"].into_iter().find(|mark| text.starts_with(mark))?;
    let rest = &text[mark.len()..];
    let parted = rest.starts_with([' ', '\t', '{']) || mark == "：" || !rest.is_ascii();
    let own = !rest.starts_with([':', '：']) && !rest.trim().is_empty();
    (parted && own).then(|| mark.len() + rest.len() - rest.trim_start().len())
}

/// The attributes that end a title.
pub(in crate::reading::markdown) fn attributes(text: &str, range: &Range<usize>) -> Attributes {
    let end = range.start + text[range.clone()].trim_end().len();
    let mut braces = text[range.start..end].match_indices('{').map(|(at, _)| range.start + at);
    let found = braces.find_map(|at| {
        let own = !text[..at].ends_with(']') && !is_escaped(text, at);
        let read = Attributes::read(text, at).filter(|_| own)?;
        (read.is_meant() && read.range.end == end).then_some(read)
    });
    found.unwrap_or_default()
}

fn is_end(events: &[Spanned], at: usize, tag: TagEnd) -> bool {
    matches!(&events[at].0, Event::End(end) if *end == tag)
}

/// The title in the last rows of a table: to the parser, a line right below it is one of them.
fn within(text: &str, events: &[Spanned]) -> Option<Caption> {
    let is_title = |(event, range): &Spanned| {
        let line = text[range.clone()].trim();
        matches!(event, Event::Start(Tag::TableRow))
            && mark(line).is_some()
            && !line.match_indices('|').any(|(at, _)| !is_escaped(line, at))
    };
    let first = events.iter().position(is_title)?;
    let start = events[first].1.start;
    let end = events.last().map_or(start, |(_, range)| range.end).max(start);
    let end = start + text[start..end].trim_end().len();
    // The first cell of each row, and line ends between them.
    let mut runs: Vec<Spanned> = vec![];
    let mut cells = 0;
    for (event, range) in &events[first..] {
        match event {
            Event::Start(Tag::TableRow) => {
                cells = 0;
                if !runs.is_empty() {
                    runs.push((Event::SoftBreak, range.start..range.start));
                }
            }
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow | TagEnd::TableCell | TagEnd::Table) => {}
            _ if cells == 1 => runs.push((event.clone(), range.clone())),
            _ => {}
        }
    }
    caption(text, start..end, &runs, true)
}

fn above(text: &str, events: &[Spanned], table: usize) -> Option<Caption> {
    let end = table.checked_sub(1).filter(|end| is_end(events, *end, TagEnd::Paragraph))?;
    let start = (0..end).rev().find(|at| matches!(events[*at].0, Event::Start(Tag::Paragraph)))?;
    paragraph(text, events, start, end)
}

fn below(text: &str, events: &[Spanned], start: usize) -> Option<Caption> {
    if !matches!(events.get(start)?.0, Event::Start(Tag::Paragraph)) {
        return None;
    }
    let end = (start..events.len()).find(|at| is_end(events, *at, TagEnd::Paragraph))?;
    paragraph(text, events, start, end)
}

fn paragraph(text: &str, events: &[Spanned], start: usize, end: usize) -> Option<Caption> {
    mark(&text[events[start].1.clone()])?;
    caption(text, events[start].1.clone(), &events[start + 1..end], false)
}

fn caption(
    text: &str,
    range: Range<usize>,
    events: &[Spanned],
    ends_rows: bool,
) -> Option<Caption> {
    let mark = mark(&text[range.clone()])?;
    let attributes = attributes(text, &range);
    let end = if attributes.range.is_empty() { range.end } else { attributes.range.start };
    let events = cut(events, range.start + mark..end);
    Some(Caption { range, events, attributes, ends_rows })
}

/// The events within a range; text at its ends is cut.
pub(super) fn cut(events: &[Spanned], to: Range<usize>) -> Vec<Spanned<'static>> {
    let mut out = vec![];
    for (event, range) in events {
        if range.end <= to.start || range.start >= to.end {
            continue;
        }
        let (start, end) = (range.start.max(to.start), range.end.min(to.end));
        match event {
            Event::Text(text) if (start, end) != (range.start, range.end) => {
                let kept = text.get(start - range.start..end - range.start).unwrap_or(text);
                out.push((Event::Text(kept.to_owned().into()), start..end));
            }
            _ => out.push((event.clone().into_static(), range.clone())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_begin_with_a_colon() {
        for (text, length) in [
            (": 表题", Some(2)),
            ("：表题", Some(3)),
            (":表题", Some(1)),
            ("Table: Title", Some(7)),
            (": {#tbl-a}", Some(2)),
            (":smile:", None),
            ("::: {.box}", None),
            (":", None),
            ("表题", None),
        ] {
            assert_eq!(mark(text), length, "{text}");
        }
    }
}
