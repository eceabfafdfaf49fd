//! From Markdown to the parser's events, amended where Chinese text needs it.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

use super::cross::is_cross;
use super::divs::{self, Fault};
use super::several::known_key;
use super::{Spanned, beside, captions, dollars, emphasis, enclosing, spans};

/// What takes the place of a character that the parser must not take for a mark.
const MASKS: [(char, char); 3] = [('$', '\u{1a}'), ('[', '\u{1c}'), (']', '\u{1d}')];

pub(super) const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_MATH);

/// Markdown as events, each with its range in the text.
pub(super) struct Parsed<'t> {
    pub(super) events: Vec<Spanned<'t>>,
    /// The definitions of links, `[label]: address`: label and range, in the order written.
    pub(super) definitions: Vec<(String, Range<usize>)>,
    /// The lines that begin and end divs.
    pub(super) fences: Vec<Range<usize>>,
    /// The fences that have no counterpart.
    pub(super) faults: Vec<Fault>,
}

/// Parses a text; `keys` are those that can be cited.
pub(super) fn parse<'t>(text: &'t str, keys: &[String]) -> Parsed<'t> {
    let lines = divs::lines(text, OPTIONS);
    let fenced = (!lines.fences.is_empty()).then(|| divs::masked(text, &lines.fences));
    let masked = mask(fenced.as_deref().unwrap_or(text)).or(fenced);
    let Parsed { events, definitions, .. } = match &masked {
        None => read(text, text, keys),
        // The text as the parser sees it is gone when this ends, but the characters are the author's.
        Some(masked) => {
            let Parsed { events, definitions, .. } = read(text, masked, keys);
            let owned = |(event, range): Spanned| (event.into_static(), range);
            let events = events.into_iter().map(owned).collect();
            Parsed { events, definitions, fences: vec![], faults: vec![] }
        }
    };
    let (events, faults) = divs::nested(events, text, &lines);
    Parsed { events, definitions, fences: lines.fences, faults }
}

/// Returns the text without the marks that the parser takes for something else; `None` if there
/// are none.
fn mask(text: &str) -> Option<String> {
    let mut places = dollars::plain(text, OPTIONS);
    places.extend(captions::brackets(text, OPTIONS));
    // No text has these characters, but for one that is refused for them.
    if places.is_empty() || text.contains(MASKS.map(|(_, mask)| mask)) {
        return None;
    }
    places.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for place in places {
        out.push_str(&text[at..place]);
        let masked = text[place..].chars().next();
        let mask = MASKS.iter().find(|(c, _)| Some(*c) == masked);
        out.extend(mask.map(|(_, mask)| mask));
        at = place + mask.map_or(0, |_| 1);
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// Returns an event with the characters that were masked.
fn unmasked(event: Event) -> Event {
    fn back(text: CowStr) -> CowStr {
        if !text.contains(MASKS.map(|(_, mask)| mask)) {
            return text;
        }
        let own = |c: char| MASKS.iter().find(|(_, mask)| *mask == c).map_or(c, |(own, _)| *own);
        text.chars().map(own).collect::<String>().into()
    }
    match event {
        Event::Text(text) => Event::Text(back(text)),
        Event::Code(text) => Event::Code(back(text)),
        Event::InlineMath(text) => Event::InlineMath(back(text)),
        Event::DisplayMath(text) => Event::DisplayMath(back(text)),
        Event::Html(text) => Event::Html(back(text)),
        Event::InlineHtml(text) => Event::InlineHtml(back(text)),
        Event::FootnoteReference(text) => Event::FootnoteReference(back(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let (dest_url, title, id) = (back(dest_url), back(title), back(id));
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let (dest_url, title, id) = (back(dest_url), back(title), back(id));
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Start(Tag::FootnoteDefinition(back(label)))
        }
        other => other,
    }
}

fn read<'s>(text: &'s str, seen: &'s str, keys: &[String]) -> Parsed<'s> {
    // `[@key]` is a link whose target is not defined: that is where a citation hooks in. One with
    // words before its key, as in `[see @key]`, is one if the key is known.
    // `[text]{.class}` is one too, and says so in the link's title.
    let cite = |link: BrokenLink| {
        if spans::attributes(text, link.span.end).is_some() {
            return Some(("".into(), spans::CLASSED.into()));
        }
        let mut marks = link.reference.split('@').skip(1);
        let known = marks.any(|rest| known_key(rest, keys).is_some());
        (known || link.reference.starts_with('@') || is_cross(&link.reference, keys))
            .then(|| (link.reference.into_string().into(), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(seen, OPTIONS, Some(cite));
    let parser = parser.into_offset_iter();
    let mut definitions: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_owned(), definition.span.clone()))
        .collect();
    definitions.sort_by_key(|(_, span)| span.start);
    // A text with a mask's own character is not masked: there it is the author's.
    let masked = !text.contains(MASKS.map(|(_, mask)| mask));
    let events = parser.map(|(event, range)| (if masked { unmasked(event) } else { event }, range));
    let events = captions::notes(text, events.collect());
    let events = beside::apart(text, events);
    let events = emphasis::amend(text, events);
    let events = enclosing::found(text, events);
    Parsed { events, definitions, fences: vec![], faults: vec![] }
}
