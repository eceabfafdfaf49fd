//! Fences among the parser's events: what stands between two becomes the inside of a div.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::{DIV, Spanned};
use super::fences::{Fence, Lines};

/// A fence that has no counterpart, or stands where none can; ranges are those of its line.
#[derive(Debug, PartialEq)]
pub(in crate::reading::markdown) enum Fault {
    /// It begins a div that nothing ends.
    Unclosed(Range<usize>),
    /// It ends a div that nothing begins.
    Stray(Range<usize>),
    /// It stands within a list, a quotation or a note.
    Within(Range<usize>),
}

/// Puts the start and the end of a div in the place of the fences at these lines.
pub(in crate::reading::markdown) fn nested<'t>(
    events: Vec<Spanned<'t>>,
    text: &str,
    Lines { fences: lines, held }: &Lines,
) -> (Vec<Spanned<'t>>, Vec<Fault>) {
    let mut out: Vec<Spanned> = Vec::with_capacity(events.len());
    let mut faults = vec![];
    let mut seen = vec![false; lines.len()];
    let mut held = held.iter().peekable();
    // The places of the divs that are open; how deep within other blocks the events are.
    let (mut open, mut depth, mut refused) = (vec![], 0_usize, 0_usize);
    for (event, range) in events {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        let line = lines.partition_point(|line| line.end <= range.start);
        let is_fence = matches!(event, Event::Rule)
            && lines.get(line).is_some_and(|line| line.contains(&range.start));
        if !is_fence {
            out.push((event, range));
            continue;
        }
        seen[line] = true;
        let line = lines[line].clone();
        while let Some(before) = held.next_if(|held| held.start < line.start) {
            refused += 1;
            faults.push(Fault::Within(before.clone()));
        }
        let opens = Fence::at(text, line.start).is_some_and(|fence| fence.opens());
        match (opens, depth > 0) {
            (true, true) => {
                refused += 1;
                faults.push(Fault::Within(line));
            }
            // Told where its div begins.
            (false, true) if refused > 0 => refused -= 1,
            (false, true) => faults.push(Fault::Within(line)),
            (true, false) => {
                open.push(out.len());
                out.push((Event::Start(Tag::MetadataBlock(DIV)), line));
            }
            (false, false) => match open.pop() {
                Some(start) => close(&mut out, start, line),
                None => faults.push(Fault::Stray(line)),
            },
        }
    }
    while let Some(start) = open.pop() {
        faults.push(Fault::Unclosed(out[start].1.clone()));
        close(&mut out, start, text.len()..text.len());
    }
    faults.extend(held.map(|line| Fault::Within(line.clone())));
    // A line that the parser took for something else.
    let lost = lines.iter().zip(seen).filter(|(_, seen)| !seen);
    faults.extend(lost.map(|(line, _)| Fault::Within(line.clone())));
    (out, faults)
}

/// Ends the div that begins at `start` of the events.
fn close(out: &mut Vec<Spanned>, start: usize, line: Range<usize>) {
    out[start].1.end = line.end;
    out.push((Event::End(TagEnd::MetadataBlock(DIV)), line));
}
