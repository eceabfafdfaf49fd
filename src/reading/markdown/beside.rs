//! Footnote marks right before brackets: `文[^1][@key]`.
//!
//! To the parser two brackets side by side are one link, its words in the first and its target in the
//! second. Where the first is a footnote's mark, both stand for themselves.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Spanned;

/// Parts the marks of footnotes from the brackets behind them.
pub(super) fn apart<'t>(text: &'t str, events: Vec<Spanned<'t>>) -> Vec<Spanned<'t>> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        let mark = match &event {
            Event::Start(Tag::Link { link_type: LinkType::ReferenceUnknown, .. }) => {
                text[range.clone()].strip_prefix("[^").and_then(|rest| rest.split_once("]["))
            }
            _ => None,
        };
        let (Event::Start(Tag::Link { dest_url, title, id, .. }), Some((label, words))) =
            (&event, mark)
        else {
            out.push((event, range));
            continue;
        };
        let end = range.start + label.len() + 3;
        out.push((Event::FootnoteReference(label.into()), range.start..end));
        let link = Tag::Link {
            link_type: LinkType::ShortcutUnknown,
            dest_url: dest_url.clone(),
            title: title.clone(),
            id: id.clone(),
        };
        out.push((Event::Start(link), end..range.end));
        // What stands between the brackets is said by the target.
        let mut depth = 1;
        while depth > 0 {
            match events.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        let words = words.strip_suffix(']').unwrap_or(words);
        out.push((Event::Text(words.into()), end + 1..end + 1 + words.len()));
        out.push((Event::End(TagEnd::Link), end..range.end));
    }
    out
}
