//! Citations: `[@first; @second]`, with words and pages: `[见 @first, 第5页]`.

use std::ops::Range;

use super::Converter;
use super::several::{self, known_key};
use crate::reading::model::{Cited, CitedWith, Inline};
use crate::reading::referable::{foreign, label};
use crate::rules;
use l10n::say;
use source::nearest;

impl Converter<'_, '_> {
    /// Reads a citation from the text between its brackets.
    pub(super) fn citation(&mut self, reference: &str, range: &Range<usize>) -> Option<Inline> {
        let (mut keys, mut with): (Vec<String>, Vec<CitedWith>) = (vec![], vec![]);
        if self.has_labels(reference, range) {
            return None;
        }
        let known = self.context.keys.unwrap_or_default();
        for item in several::items(reference, known) {
            if self.report_several(item, range) {
                continue;
            }
            let Some((before, key, rest)) = parted(item, known) else {
                self.error(
                    range,
                    say!("`{item}` is not a citation key", item),
                    say!(
                        "write keys as `[@first; @second]`, words before a key, and pages behind a comma: `[@first, p. 5]`"
                    ),
                );
                continue;
            };
            let before = self.words_with_values(before, range);
            let rest = self.words_with_values(rest, range);
            let place = written_with(&before, &rest);
            // Two places in one work are two citations of it.
            let again = keys.iter().zip(&with).any(|(k, own)| k == key && *own == place);
            if again {
                self.warning(
                    &rules::CITED_TWICE,
                    range,
                    say!("`{key}` is cited twice in one citation", key),
                    say!("cite it once"),
                );
                continue;
            }
            match self.context.keys {
                Some(known) if !known.iter().any(|k| k == key) => {
                    let label = foreign(key).map(|(_, label)| label);
                    let hint = match nearest(key, known.iter().map(String::as_str)) {
                        Some(meant) => say!("did you mean `{meant}`?", meant),
                        None if label.is_some() => {
                            let label = label.unwrap_or_default();
                            say!("to refer to a label, write `[@{label}]`", label)
                        }
                        None if known.is_empty() => {
                            say!(
                                "specify the list of references in report.yaml: `references: {{file: references.yaml}}`"
                            )
                        }
                        None => say!("add it to the references, or remove the citation"),
                    };
                    self.error(
                        &self.key_range(key, range),
                        say!("no reference has the key `{key}`", key),
                        hint,
                    );
                }
                _ => {
                    keys.push(key.to_owned());
                    with.push(place);
                }
            }
        }
        for text in with.iter().flat_map(|with| [&with.before, &with.locator, &with.after]) {
            self.print(text, range);
        }
        let cited = Cited { keys, with, ..Cited::default() };
        (!cited.keys.is_empty()).then_some(Inline::Cite { cited })
    }

    /// Whether several keys stand in an item of a bracket with words between them, which is
    /// reported.
    pub(super) fn report_several(&mut self, item: &str, range: &Range<usize>) -> bool {
        let written = several::apart(item, self.context.keys.unwrap_or_default());
        let Some(written) = written else { return false };
        let labels = item.split('@').skip(1).all(|rest| label(rest).is_some());
        // `@fig-a～@fig-b`, and not `@fig-a, 又见@fig-b`.
        let labels = labels && !item.contains([',', '，', '、', ' ']);
        let hint = if labels {
            // A bracket joins its labels by itself: what stands between them is text.
            let dash = if self.context.lang.starts_with("zh") { "～@" } else { "–@" };
            let written = item.trim().replace("-@", dash);
            say!("write them without the brackets, each with its own mark: `{written}`", written)
        } else {
            say!("put a semicolon between them: `[{written}]`", written)
        };
        self.error(range, say!("`{item}` has several keys, and words between them", item), hint);
        true
    }

    fn key_range(&self, key: &str, within: &Range<usize>) -> Range<usize> {
        let needle = format!("@{key}");
        match self.file.text[within.clone()].find(&needle) {
            Some(offset) => within.start + offset..within.start + offset + needle.len(),
            None => within.clone(),
        }
    }
}

/// The citation between brackets, if each of its items is a work that is known: `见 @first, 第5页`.
pub(in crate::reading) fn cited_in(reference: &str, known: &[String]) -> Option<Cited> {
    let mut out = Cited::default();
    for item in several::items(reference, known) {
        let (before, key, rest) =
            parted(item, known).filter(|(_, key, _)| known.iter().any(|k| k == key))?;
        out.keys.push(key.to_owned());
        out.with.push(written_with(before, rest));
    }
    Some(out)
}

/// Parts an item of a citation: the words before its key, the key, and what follows it.
fn parted<'a>(item: &'a str, known: &[String]) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = item.split_once('@')?;
    // `[-@key]` leaves out the author, whom a numbered list names anyway.
    let before = before.trim().trim_end_matches('-').trim_end();
    let end = known_key(rest, known).map_or_else(
        || {
            let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '：');
            rest.find(ends).unwrap_or(rest.len())
        },
        str::len,
    );
    let (key, rest) = rest.split_at(end);
    (!key.is_empty()).then_some((before, key, rest.trim()))
}

/// Reads what stands around a key: words, and a place in the work behind a comma.
fn written_with(before: &str, rest: &str) -> CitedWith {
    let rest = rest.trim_start_matches([',', '，', '：', ':']).trim();
    let (first, after) = match rest.find([',', '，']) {
        Some(at) => (&rest[..at], &rest[at..]),
        None => (rest, ""),
    };
    let (locator, after) = match first.contains(|c: char| c.is_numeric()) || is_roman(bare(first)) {
        true => (bare(first), after.trim()),
        false => ("", rest),
    };
    // A typewriter's dash between pages.
    let locator = locator.replace("--", "–");
    CitedWith { before: before.to_owned(), locator, after: after.to_owned() }
}

/// Takes the word for a page off a place in a work; other places keep theirs.
fn bare(place: &str) -> &str {
    let place = place.trim();
    let pages = |c: char| c.is_numeric() || "-–—~～ ".contains(c);
    let inner = ["pp.", "p.", "pages", "page", "pp", "p", "第", "页"]
        .iter()
        .find_map(|head| place.strip_prefix(head))
        .unwrap_or(place)
        .trim();
    let inner = inner.strip_suffix('页').unwrap_or(inner).trim();
    let is_pages = !inner.is_empty() && (inner.chars().all(pages) || is_roman(inner));
    if is_pages { inner } else { place }
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b"ivxlc".contains(&b.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_end_where_words_begin() {
        let known = ["li2024".to_owned(), "li2024a".to_owned(), "a:b/c".to_owned()];
        for (item, right) in [
            ("@li2024", Some(("", "li2024", ""))),
            ("见 @li2024a，第5页", Some(("见", "li2024a", "，第5页"))),
            ("-@a:b/c, p. 3", Some(("", "a:b/c", ", p. 3"))),
            ("@wang, 3", Some(("", "wang", ", 3"))),
            ("li2024", None),
            ("@", None),
        ] {
            assert_eq!(parted(item, &known), right, "{item}");
        }
        assert_eq!(known_key("li2024所示", &known), Some("li2024"));
        assert_eq!(known_key("li2024b", &known), None);
    }

    #[test]
    fn places_in_works_lose_the_word_for_pages_only() {
        for (rest, locator, after) in [
            ("，第5页", "5", ""),
            (", p. 5", "5", ""),
            (", pp. 5-7, 有改动", "5-7", ", 有改动"),
            (", 第 3 页", "3", ""),
            (", 第3章", "第3章", ""),
            (", fig. 2", "fig. 2", ""),
            (", p. xii", "xii", ""),
            (", pp. 5--7", "5–7", ""),
            (", 12", "12", ""),
            (", 多处", "", "多处"),
            ("", "", ""),
        ] {
            let with = written_with("", rest);
            assert_eq!((&*with.locator, &*with.after), (locator, after), "{rest}");
        }
    }
}
