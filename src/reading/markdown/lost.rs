//! The proof that nothing an author wrote is passed over: what no event of the parser covers is
//! reported.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag};

use super::Converter;
use super::emphasis::is_escaped;
use super::parse::Parsed;
use super::table::caption_mark;
use crate::rules;
use l10n::say;

impl Converter<'_, '_> {
    /// Reports text that the parser drops: cells beyond a table's columns, a link's second
    /// definition. `start` is the place of the parsed text in the file.
    pub(super) fn report_lost(&mut self, parsed: &Parsed, start: usize, text: &str) {
        let mut covered = vec![false; text.len()];
        let mut cover = |range: Range<usize>| covered[range].fill(true);
        for (event, range) in &parsed.events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    cover(range.start..(range.start + label.len() + "[^]:".len()).min(range.end));
                }
                Event::Start(Tag::Item) => {
                    // A number may stand some spaces in.
                    let item = text[range.clone()].trim_start();
                    let start = range.end - item.len();
                    let number = item.bytes().take_while(u8::is_ascii_digit);
                    cover(start..start + number.count());
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
                | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) => {
                    cover(range.clone());
                }
                Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => {}
                _ => cover(range.clone()),
            }
        }
        parsed.definitions.iter().for_each(|(_, range)| cover(range.clone()));
        parsed.fences.iter().for_each(|range| cover(range.clone()));
        let rows: Vec<_> = parsed
            .events
            .iter()
            .filter(|(event, _)| matches!(event, Event::Start(Tag::TableRow | Tag::TableHead)))
            .map(|(_, range)| range.clone())
            .collect();
        for range in stretches(text, &covered) {
            let in_row = rows.iter().any(|row| row.contains(&range.start));
            let place = start + range.start..start + range.end;
            let (message, hint) = if in_row {
                (
                    say!("this row has more cells than the head of its table"),
                    say!("give the head a cell more, or write `\\|` for a bar within a cell"),
                )
            } else {
                (
                    say!("this is not printed: it defines again what is defined above"),
                    say!("remove it, or give it another name"),
                )
            };
            self.error(&place, message, hint);
        }
    }

    /// Reports what the blocks before it take in, though it was to stand by itself: text right below a
    /// table, and all that follows code without an end.
    pub(super) fn report_taken_in(&mut self, parsed: &Parsed, start: usize, text: &str) {
        let (mut columns, mut titled) = (0, false);
        for (event, range) in &parsed.events {
            let place = |length: usize| start + range.start..start + range.start + length;
            match event {
                Event::Start(Tag::Table(alignments)) => {
                    (columns, titled) = (alignments.len(), false);
                }
                Event::Start(Tag::TableRow) => {
                    let line = text[range.clone()].trim_end();
                    let bars = line.match_indices('|').any(|(at, _)| !is_escaped(line, at));
                    titled |= caption_mark(line.trim()).is_some() && !bars;
                    if bars || titled || columns < 2 || !line.contains(cjk::is_mark) {
                        continue;
                    }
                    self.warning(
                        &rules::LEFT_OVER,
                        &place(line.len()),
                        say!("this is read as a row of the table above"),
                        say!("put a blank line between the table and the text"),
                    );
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    let block = text[range.clone()].trim_end();
                    let marks = ['`', '~'];
                    let fence = &block[..block.len() - block.trim_start_matches(marks).len()];
                    let last = block.lines().skip(1).last().unwrap_or_default();
                    let last = last.trim_start_matches([' ', '\t', '>']).strip_prefix(fence);
                    let closes = last.is_some_and(|rest| rest.trim_start_matches(marks).is_empty());
                    if !closes {
                        self.warning(
                            &rules::LEFT_OVER,
                            &place(fence.len()),
                            say!(
                                "nothing closes this block: all that follows is read as part of it"
                            ),
                            say!("write `{fence}` on a line of its own where it ends", fence),
                        );
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports definitions of links that nothing refers to.
    pub(super) fn report_unused_definitions(&mut self, parsed: &Parsed, start: usize) {
        let name =
            |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let used: Vec<String> = parsed
            .events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Start(
                    Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. },
                ) if matches!(
                    link_type,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                ) =>
                {
                    Some(name(id))
                }
                _ => None,
            })
            .collect();
        for (label, range) in &parsed.definitions {
            if !used.contains(&name(label)) {
                self.warning(
                    &rules::NOT_PRINTED,
                    &(start + range.start..start + range.end),
                    say!("nothing refers to the link `{label}`, so it is not printed", label),
                    say!("write `[text][{label}]` where it belongs, or remove it", label),
                );
            }
        }
    }
}

/// Returns the stretches of a text that are not covered and hold more than marks, line by line.
fn stretches(text: &str, covered: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    for (at, c) in text.char_indices() {
        let marks = c.is_whitespace() || c.is_ascii_punctuation() || c.is_control();
        if covered[at] || marks {
            continue;
        }
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(last)
                if !text[last.end..at].contains('\n') && !covered[last.end..at].contains(&true) =>
            {
                last.end = end;
            }
            _ => out.push(at..end),
        }
    }
    out
}
