//! Elements and entities of HTML in references: publishers' pages and Zotero write titles with them.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};
use serde_json::Value;

use super::marked::{KEPT, Meaning, put};

/// An element: what it means, what it holds, and what follows it.
#[derive(Debug, PartialEq)]
pub(super) struct Element<'t> {
    pub(super) meaning: Meaning,
    /// The length of what stands before what it holds, without its `<`.
    head: usize,
    pub(super) inner: &'t str,
    pub(super) rest: &'t str,
}

const NAMES: [(&str, Meaning); 16] = [
    ("i", Meaning::Emph),
    ("em", Meaning::Emph),
    ("italic", Meaning::Emph),
    ("b", Meaning::Strong),
    ("strong", Meaning::Strong),
    ("bold", Meaning::Strong),
    ("sub", Meaning::Sub),
    ("inf", Meaning::Sub),
    ("sup", Meaning::Sup),
    ("span", Meaning::Plain),
    ("scp", Meaning::Plain),
    ("sc", Meaning::Plain),
    ("u", Meaning::Plain),
    ("tt", Meaning::Plain),
    ("p", Meaning::Plain),
    ("br", Meaning::Break),
];

/// How far the end of an element is looked for, in bytes.
const REACH: usize = 2_000;

/// Reads an element whose `<` stands before the text; `None` if it begins none that is known.
pub(super) fn element(text: &str) -> Option<Element<'_>> {
    let near = &text[..text.floor_char_boundary(REACH)];
    let close = near.find('>')?;
    let head = near[..close].trim_end_matches('/').trim_end();
    let (name, attributes) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
    let name = name.strip_prefix("jats:").unwrap_or(name);
    let (name, meaning) = NAMES.iter().find(|(own, _)| name.eq_ignore_ascii_case(own))?;
    if !(attributes.is_empty() || attributes.contains('=')) {
        return None;
    }
    let behind = &text[close + 1..];
    if *meaning == Meaning::Break {
        return Some(Element { meaning: *meaning, head: close + 1, inner: "", rest: behind });
    }
    let (end, length) = ending(&near[close + 1..], name)?;
    let nocase = *meaning == Meaning::Plain && attributes.contains("nocase");
    let meaning = if nocase { Meaning::Kept } else { *meaning };
    let (inner, rest) = (&behind[..end], &behind[end + length..]);
    Some(Element { meaning, head: close + 1, inner, rest })
}

/// Where an element with this name ends, and how long its end is: one within another has its own.
fn ending(text: &str, name: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (at, _) in text.match_indices('<') {
        let tag = &text[at + 1..];
        let Some(length) = tag.find('>') else { continue };
        let inner = tag[..length].trim();
        let closes = inner.starts_with('/');
        let own = inner.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        let own = own.strip_prefix("jats:").unwrap_or(own);
        match (own.eq_ignore_ascii_case(name), closes) {
            (true, true) if depth == 0 => return Some((at, length + 2)),
            (true, true) => depth -= 1,
            (true, false) => depth += 1,
            _ => {}
        }
    }
    None
}

/// The most bytes of an entity's name.
const LONGEST: usize = 32;

/// Reads an entity whose `&` stands before the text, also with its end escaped for TeX.
pub(super) fn entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name: String = text[..end].chars().filter(|c| *c != '\\').collect();
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    if !is_name {
        return None;
    }
    // The parser of Markdown has all of HTML's names.
    let entity = format!("&{name};");
    let mut events = Parser::new(&entity).filter_map(|event| match event {
        Event::Text(text) => Some(text),
        _ => None,
    });
    let read = events.next().filter(|read| **read != *entity && events.next().is_none())?;
    let mut chars = read.chars();
    let c =
        chars.next().filter(|c| chars.next().is_none() && !c.is_control() && *c != '\u{fffd}')?;
    Some((c, &text[end + 1..]))
}

/// The fields of an entry in YAML that are no texts, or that must stand as they are written.
const NO_TEXTS: [&str; 13] = [
    "url",
    "serial-number",
    "serial",
    "type",
    "date",
    "language",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "volume",
    "issue",
    "chapter",
];

/// How deep an entry is read.
const DEEPEST: usize = 40;

/// Reads the HTML in the texts of an entry in YAML. Returns whether there was any.
pub(super) fn entry(value: &mut Value) -> bool {
    match value {
        Value::String(text) => match read(text, 0) {
            Some(read) => {
                *text = read.replace(KEPT[0], "{").replace(KEPT[1], "}");
                true
            }
            None => false,
        },
        Value::Array(all) => {
            let mut found = false;
            all.iter_mut().for_each(|one| found |= entry(one));
            found
        }
        Value::Object(fields) => {
            let mut found = false;
            let texts = fields.iter_mut().filter(|(name, _)| !NO_TEXTS.contains(&name.as_str()));
            texts.for_each(|(_, one)| found |= entry(one));
            found
        }
        _ => false,
    }
}

/// A text with its HTML read; `None` where there is none.
fn read(text: &str, depth: usize) -> Option<String> {
    let (mut out, mut rest, mut found) = (String::new(), text, false);
    while let Some(at) = rest.find(['<', '&']) {
        let (before, behind) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let is_element = rest[at..].starts_with('<');
        if let Some(element) = element(behind).filter(|_| is_element && depth < DEEPEST) {
            let inner = read(element.inner, depth + 1);
            put(element.meaning, inner.as_deref().unwrap_or(element.inner), &mut out);
            (rest, found) = (element.rest, true);
        } else if let Some((c, after)) = entity(behind).filter(|_| !is_element) {
            out.push(c);
            (rest, found) = (after, true);
        } else {
            out.push_str(&rest[at..=at]);
            rest = behind;
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

/// A piece of a text that is HTML: its bytes, and the character that an entity is.
pub(in crate::reading) type Mark = (Range<usize>, Option<char>);

/// The tags and entities in a text, in order.
pub(in crate::reading) fn marks(text: &str) -> Vec<Mark> {
    let mut out = vec![];
    mark(text, 0, 0, &mut out);
    out
}

fn mark(text: &str, offset: usize, depth: usize, out: &mut Vec<Mark>) {
    let mut from = 0;
    while let Some(at) = text[from..].find(['<', '&']).map(|at| from + at) {
        let behind = &text[at + 1..];
        from = at + 1;
        if text[at..].starts_with('&') {
            let Some((c, rest)) = entity(behind) else { continue };
            from = text.len() - rest.len();
            out.push((offset + at..offset + from, Some(c)));
        } else if let Some(found) = element(behind).filter(|_| depth < DEEPEST) {
            let inner = at + 1 + found.head;
            from = text.len() - found.rest.len();
            out.push((offset + at..offset + inner, None));
            mark(found.inner, offset + inner, depth + 1, out);
            out.push((offset + inner + found.inner.len()..offset + from, None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn elements_end_where_their_own_end_stands() {
        let found = element("i>a <i>b</i> c</i> d").expect("an element");
        assert_eq!((found.inner, found.rest), ("a <i>b</i> c", " d"));
        assert_eq!(element("br/>x").map(|found| found.rest), Some("x"));
        assert_eq!(element("i>a"), None);
        assert_eq!(element("unknown>a</unknown>"), None);
        assert_eq!(element(" b and c > d"), None);
    }

    #[test]
    fn html_in_yaml_is_read_where_texts_stand() {
        let mut value = json!({
            "title": {"value": "Growth of <i>E. coli</i> on CO<sub>2</sub> &amp; <sup>13</sup>C"},
            "author": "AT&amp;T",
            "url": "https://a.cn/?a=1&amp;b=2",
            "parent": [{"title": "论<span class=\"nocase\">AI</span>"}],
        });
        assert!(entry(&mut value));
        assert_eq!(value["title"]["value"], "Growth of \u{FDD0}E. coli\u{FDD1} on CO₂ & ¹³C");
        assert_eq!(
            (&value["author"], &value["parent"][0]["title"]),
            (&json!("AT&T"), &json!("论{AI}"))
        );
        assert_eq!(value["url"], "https://a.cn/?a=1&amp;b=2");
        for plain in ["If a < b and c > d", "R&D, {DNA} of $x$", "<i>open", "<foo>x</foo>"] {
            let mut value = json!({ "title": plain });
            assert!(!entry(&mut value), "{plain}");
            assert_eq!(value["title"], plain);
        }
        entry(&mut json!(format!("{}{}", "<i>".repeat(2_000), "</i>".repeat(2_000))));
    }

    #[test]
    fn tags_and_entities_are_found_where_they_stand() {
        let text = "论<i>E. <b>coli</b></i>&amp;铁 <br/>a < b &c;";
        let found = marks(text);
        let pieces: Vec<_> = found.iter().map(|(at, c)| (&text[at.clone()], *c)).collect();
        let tags = [("<i>", None), ("<b>", None), ("</b>", None), ("</i>", None)];
        assert_eq!(pieces[..4], tags);
        assert_eq!(pieces[4..], [("&amp;", Some('&')), ("<br/>", None), ("", None)]);
    }

    #[test]
    fn entities_are_characters() {
        assert_eq!(entity("amp; B"), Some(('&', " B")));
        assert_eq!(entity("eacute;s"), Some(('é', "s")));
        assert_eq!(entity("beta\\;"), Some(('β', "")));
        assert_eq!(entity("rsquo;s"), Some(('’', "s")));
        assert_eq!(entity("nosuch; B"), None);
        assert_eq!(entity("#0;"), None);
        assert_eq!(entity("#233;"), Some(('é', "")));
        assert_eq!(entity("#x4e2d;"), Some(('中', "")));
        assert_eq!(entity("T;"), None);
        assert_eq!(entity(" b"), None);
    }
}
