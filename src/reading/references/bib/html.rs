//! Elements and entities of HTML in the fields of a `.bib` file: publishers' pages and Zotero write
//! titles with them.

/// What an element means for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Emph,
    Strong,
    Sub,
    Sup,
    /// Its case is kept.
    Kept,
    /// Its text is as any other.
    Plain,
    /// A space.
    Break,
}

/// An element: what it means, what it holds, and what follows it.
#[derive(Debug, PartialEq)]
pub(super) struct Element<'t> {
    pub(super) meaning: Meaning,
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
        return Some(Element { meaning: *meaning, inner: "", rest: behind });
    }
    let (end, length) = ending(&near[close + 1..], name)?;
    let nocase = *meaning == Meaning::Plain && attributes.contains("nocase");
    let meaning = if nocase { Meaning::Kept } else { *meaning };
    Some(Element { meaning, inner: &behind[..end], rest: &behind[end + length..] })
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

/// Reads an entity whose `&` stands before the text, also with its end escaped for TeX.
pub(super) fn entity(text: &str) -> Option<(char, &str)> {
    let (name, rest) = text.split_once(';').filter(|(name, _)| name.len() <= 8)?;
    let c = match name.trim_end_matches('\\') {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        number => {
            let number = number.trim_start_matches('\\').strip_prefix('#')?;
            let point = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(point).filter(|c| !c.is_control())?
        }
    };
    Some((c, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn entities_are_characters() {
        assert_eq!(entity("amp; B"), Some(('&', " B")));
        assert_eq!(entity("#233;"), Some(('é', "")));
        assert_eq!(entity("#x4e2d;"), Some(('中', "")));
        assert_eq!(entity("T;"), None);
        assert_eq!(entity(" b"), None);
    }
}
