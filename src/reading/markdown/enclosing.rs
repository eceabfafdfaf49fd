//! Text with attributes whose brackets hold others, or nothing: `[[词]{.term}]{.index key="上位!词"}`,
//! `词[]{.index key="上位!词"}`.
//!
//! To the parser a link holds no other, and none is empty, so it takes these brackets for text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::emphasis::is_escaped;
use super::spans::CLASSED;
use super::{Spanned, is_block, spans};

/// Makes text with attributes of the brackets that were left as text, with what they hold.
pub(super) fn found<'t>(text: &'t str, events: Vec<Spanned<'t>>) -> Vec<Spanned<'t>> {
    if !text.contains("]{") {
        return events;
    }
    let mut ends = pairs(text, &events);
    if ends.is_empty() {
        return events;
    }
    ends.sort_unstable_by_key(|(at, _)| *at);
    let mut ends = ends.into_iter().peekable();
    let mut out = Vec::with_capacity(events.len());
    for (event, range) in events {
        if !matches!(event, Event::Text(_)) {
            out.push((event, range));
            continue;
        }
        let mut start = range.start;
        while let Some((at, whole)) = ends.next_if(|(at, _)| range.contains(at)) {
            if start < at {
                out.push((Event::Text(text[start..at].into()), start..at));
            }
            start = at + 1;
            let end = if at == whole.start {
                Event::Start(Tag::Link {
                    link_type: LinkType::ShortcutUnknown,
                    dest_url: "".into(),
                    title: CLASSED.into(),
                    id: "".into(),
                })
            } else {
                Event::End(TagEnd::Link)
            };
            out.push((end, whole));
        }
        if start == range.start {
            out.push((event, range));
        } else if start < range.end {
            out.push((Event::Text(text[start..range.end].into()), start..range.end));
        }
    }
    out
}

/// Where such brackets open and close, each with the range of both.
fn pairs(text: &str, events: &[Spanned]) -> Vec<(usize, Range<usize>)> {
    let mut out = vec![];
    // The brackets that are open within each of the elements that are.
    let mut open: Vec<Vec<usize>> = vec![vec![]];
    for (event, range) in events {
        match event {
            Event::Start(tag) => {
                if let Some(last) = open.last_mut().filter(|_| is_block(tag)) {
                    last.clear();
                }
                open.push(vec![]);
            }
            Event::End(_) => _ = open.pop(),
            Event::Text(shown) if **shown == text[range.clone()] => {
                let Some(open) = open.last_mut() else { continue };
                for (at, bracket) in shown.match_indices(['[', ']']) {
                    let at = range.start + at;
                    if is_escaped(text, at) {
                        continue;
                    }
                    if bracket == "[" {
                        open.push(at);
                        continue;
                    }
                    // `![` is a picture's, and `[^` a note's: what is wrong with those is told.
                    let start = open.pop().filter(|start| {
                        !text[..*start].ends_with('!') && !text[start + 1..].starts_with('^')
                    });
                    if let Some(start) = start
                        && spans::attributes(text, at + 1).is_some()
                    {
                        out.extend([(start, start..at + 1), (at, start..at + 1)]);
                    }
                }
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    /// The text within each pair of brackets that has attributes, the outermost first.
    fn spans(text: &str) -> Vec<&str> {
        let events = parse(text, &[]).events;
        let found = events.into_iter().filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { title, .. }) if &*title == CLASSED => Some(range),
            _ => None,
        });
        found.map(|range| text[range].trim_matches(['[', ']'])).collect()
    }

    #[test]
    fn brackets_hold_others_and_nothing() {
        for (text, right) in [
            ("甲[[乙]{.term}丙]{.index}丁", vec!["乙]{.term}丙", "乙"]),
            ("甲[[乙]{.term}]{.index key=\"a!b\"}", vec!["乙]{.term}", "乙"]),
            ("[乙]{.term}[]{.index key=x}", vec!["乙", ""]),
            ("[**[乙]{.term}**]{.index}", vec!["**[乙]{.term}**", "乙"]),
            ("[见[1]文]{.dots}", vec!["见[1]文"]),
            ("[乙] [丙]", vec![]),
            ("\\[[乙]{.term}]{.index}", vec!["乙"]),
            ("[[乙]{.term}]", vec!["乙"]),
            ("`[]{.index}`", vec![]),
        ] {
            assert_eq!(spans(text), right, "{text}");
        }
    }
}
