//! What a citation style must not change, and what it cannot know: guarded on the way into
//! hayagriva, and written out again behind it.
//!
//! A style turns a surname into capitals, and hayagriva reads any text with figures as numbers:
//! `CAICT-2021-03` would print as `2021–3`, and `World Bank` as `WORLD BANK`. Guarded characters
//! stand in a private plane, where neither finds letters or figures. Emphasis and raised or
//! lowered text, which no field can hold, are marked by characters that no text may contain.

use serde_json::{Map, Value, json};

use crate::reading::model::{Inline, Inlines};

/// From a character of a text to the one that guards it.
const SHIFT: u32 = 0xF_0000;

/// A pair of marks around a piece of text.
pub(super) type Pair = [char; 2];

/// Around emphasised, strong, lowered and raised text.
pub(super) const EMPH: Pair = ['\u{FDD0}', '\u{FDD1}'];
pub(super) const STRONG: Pair = ['\u{FDD2}', '\u{FDD3}'];
pub(super) const SUB: Pair = ['\u{FDD4}', '\u{FDD5}'];
pub(super) const SUP: Pair = ['\u{FDD6}', '\u{FDD7}'];

const PAIRS: [Pair; 4] = [EMPH, STRONG, SUB, SUP];

/// Guards the letters, figures and hyphens of a text.
pub(in crate::reading) fn guarded(text: &str) -> String {
    let guard = |c: char| {
        let changes =
            c.is_numeric() || c.is_lowercase() || c.is_uppercase() || matches!(c, '-' | '–');
        let low = u32::from(c) < 0xFFFE;
        if changes && low { char::from_u32(u32::from(c) + SHIFT).unwrap_or(c) } else { c }
    };
    text.chars().map(guard).collect()
}

/// Returns a text as it was before it was guarded.
pub(in crate::reading) fn plain(text: &str) -> String {
    let back = |c: char| match u32::from(c) {
        code @ 0xF_0000..=0xF_FFFD => char::from_u32(code - SHIFT).unwrap_or(c),
        _ => c,
    };
    text.chars().map(back).filter(|c| !PAIRS.iter().flatten().any(|mark| mark == c)).collect()
}

/// Returns the runs of a text that a style has formatted.
pub(in crate::reading) fn runs(text: &str) -> Inlines {
    let mut out = vec![];
    let mut rest = text;
    while let Some((at, pair)) = first_pair(rest) {
        let inner = at + pair[0].len_utf8();
        // A mark whose partner the style has cut off is none.
        let end = rest[inner..].find(pair[1]).map_or(rest.len(), |end| inner + end);
        push(&rest[..at], &mut out);
        let body = runs(&rest[inner..end]);
        out.push(match pair {
            EMPH => Inline::Emph { body },
            STRONG => Inline::Strong { body },
            SUB => Inline::Sub { body },
            _ => Inline::Sup { body },
        });
        rest = rest[end..].strip_prefix(pair[1]).unwrap_or(&rest[end..]);
    }
    push(rest, &mut out);
    out
}

fn first_pair(text: &str) -> Option<(usize, Pair)> {
    text.char_indices()
        .find_map(|(at, c)| PAIRS.iter().find(|pair| pair[0] == c).map(|pair| (at, *pair)))
}

fn push(text: &str, out: &mut Inlines) {
    let text = plain(text);
    if !text.is_empty() {
        out.push(Inline::text(&text));
    }
}

/// Guards what a style would change in an entry and those above it. Returns whether it did.
pub(super) fn entry(entry: &mut Value) -> bool {
    let Some(fields) = entry.as_object_mut() else { return false };
    let mut done = false;
    for name in ["author", "editor"] {
        done |= fields.get_mut(name).is_some_and(people);
    }
    for name in ["volume", "issue", "page-range"] {
        done |= fields.get_mut(name).is_some_and(|value| number(value, name == "page-range"));
    }
    done |= serials(fields);
    done |= once(fields);
    done |= imprint(fields);
    match fields.get_mut("parent") {
        Some(Value::Array(parents)) => {
            for parent in parents {
                done |= self::entry(parent);
            }
        }
        Some(parent) => done |= self::entry(parent),
        None => {}
    }
    done
}

/// Guards names of one piece: an organisation, or whoever has no surname to tell apart.
fn people(value: &mut Value) -> bool {
    match value {
        Value::Array(all) => {
            let mut done = false;
            for one in all {
                done |= people(one);
            }
            done
        }
        Value::String(name) if !name.contains(',') && changes(name) => {
            *value = json!({ "name": guarded(name.trim()) });
            true
        }
        Value::Object(person)
            if !["given-name", "prefix", "suffix"].iter().any(|key| person.contains_key(*key)) =>
        {
            let Some(Value::String(name)) = person.get_mut("name") else { return false };
            let done = changes(name);
            *name = guarded(name);
            done
        }
        _ => false,
    }
}

fn changes(text: &str) -> bool {
    guarded(text) != text
}

/// Guards a number that hayagriva would write anew: all but a plain one, or pages such as
/// `S12-S15, 20`.
fn number(value: &mut Value, pages: bool) -> bool {
    let Value::String(text) = value else { return false };
    let plain = |part: &str| {
        let part = part.trim();
        let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let kept = if pages {
        text.split([',', '&']).all(|range| {
            let mut ends = range.split(['-', '–']);
            (ends.next().is_some_and(plain), ends.next().is_none_or(plain), ends.next())
                == (true, true, None)
        })
    } else {
        plain(text)
    };
    if kept {
        return false;
    }
    *text = guarded(text);
    true
}

/// Guards the number of a report or standard; frees a DOI of the resolver's address.
fn serials(fields: &mut Map<String, Value>) -> bool {
    let Some(serials) = fields.get_mut("serial-number") else { return false };
    if let Value::String(serial) = serials {
        *serial = guarded(serial);
        return true;
    }
    let Some(serials) = serials.as_object_mut() else { return false };
    let mut done = false;
    if let Some(Value::String(serial)) = serials.get_mut("serial") {
        *serial = guarded(serial);
        done = true;
    }
    if let Some(Value::String(doi)) = serials.get_mut("doi") {
        let bare = bare_doi(doi).to_owned();
        done |= bare != *doi;
        *doi = bare;
    }
    done
}

/// Takes away a DOI that the address has in it: it would print twice.
fn once(fields: &mut Map<String, Value>) -> bool {
    let url = fields.get("url").and_then(|url| url.get("value").unwrap_or(url).as_str());
    let doi = url.map(bare_doi).filter(|doi| Some(*doi) != url).map(str::to_lowercase);
    let serials = fields.get_mut("serial-number").and_then(Value::as_object_mut);
    let (Some(doi), Some(serials)) = (doi, serials) else { return false };
    let same =
        serials.get("doi").and_then(Value::as_str).is_some_and(|own| own.to_lowercase() == doi);
    same && serials.remove("doi").is_some()
}

/// Keeps a document of the web for a document where it has a year alone: for hayagriva it is a
/// page by its address, and a page's date stands in brackets, as a day it was changed.
fn imprint(fields: &mut Map<String, Value>) -> bool {
    let year = match fields.get("date") {
        Some(Value::String(date)) => date.len() == 4,
        Some(date) => date.is_u64(),
        None => false,
    };
    let misc = fields
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|kind| kind.eq_ignore_ascii_case("misc"));
    if !year || !misc || fields.contains_key("parent") {
        return false;
    }
    let Some(url) = fields.remove("url") else { return false };
    fields.insert("parent".to_owned(), json!({ "type": "misc", "url": url }));
    true
}

/// Returns a DOI without the address of a resolver before it.
pub(super) fn bare_doi(text: &str) -> &str {
    let text = text.trim();
    let start = text.find("10.").filter(|&at| {
        let head = text[..at].to_ascii_lowercase();
        ["doi.org/", "doi:", "doi: "].iter().any(|end| head.ends_with(end))
    });
    start.map_or(text, |at| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_comes_back_as_it_was() {
        for text in ["CAICT-2021-03", "World Bank 世界银行", "Éditions ½", ""] {
            let guarded = guarded(text);
            assert_eq!(plain(&guarded), text);
            assert_eq!(guarded.to_uppercase(), guarded);
            assert!(!guarded.contains(char::is_numeric));
        }
    }

    #[test]
    fn marks_become_runs() {
        let text = format!("A {}b{}c{}{} d", EMPH[0], SUB[0], SUB[1], EMPH[1]);
        let sub = Inline::Sub { body: vec![Inline::text("c")] };
        assert_eq!(
            runs(&text),
            [
                Inline::text("A "),
                Inline::Emph { body: vec![Inline::text("b"), sub] },
                Inline::text(" d")
            ]
        );
        assert_eq!(runs(&format!("a{}b", SUP[0])).len(), 2);
    }

    #[test]
    fn only_what_would_change_is_guarded() {
        let mut entry = json!({
            "author": ["Li, Lei", "张三", "UNESCO Institute"],
            "volume": "12", "issue": "3-4", "page-range": "S1-S5,9",
            "serial-number": {"doi": "https://doi.org/10.1000/a"}
        });
        assert!(super::entry(&mut entry));
        assert_eq!(entry["author"][0], "Li, Lei");
        assert_eq!(entry["author"][1], "张三");
        assert_eq!(
            plain(entry["author"][2]["name"].as_str().unwrap_or_default()),
            "UNESCO Institute"
        );
        assert_eq!((&entry["volume"], &entry["page-range"]), (&json!("12"), &json!("S1-S5,9")));
        assert_eq!(plain(entry["issue"].as_str().unwrap_or_default()), "3-4");
        assert_eq!(entry["serial-number"]["doi"], "10.1000/a");
    }
}
