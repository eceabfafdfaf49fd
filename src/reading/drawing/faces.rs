//! The faces of text in a drawing: the report's own, for each script, whatever family its program
//! named.

use std::collections::BTreeMap;

use svgtypes::{FontFamily, parse_font_families};

/// The families of a report's fonts, each with the characters that it has.
#[derive(Debug, Clone, Default, Hash)]
pub struct Families(BTreeMap<String, Vec<(u32, u32)>>);

impl Families {
    /// Adds a face's characters, in ascending order, to its family.
    pub fn add(&mut self, family: &str, characters: impl Iterator<Item = u32>) {
        let known = self.0.entry(family.to_lowercase()).or_default();
        let mut ranges: Vec<(u32, u32)> = vec![];
        for point in characters {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == point => *last = point,
                _ => ranges.push((point, point)),
            }
        }
        // The face with most stands for all: where one of another weight lacks a character, it is
        // drawn in this one.
        let count = |ranges: &[(u32, u32)]| -> u32 {
            ranges.iter().map(|(first, last)| last - first + 1).sum()
        };
        if count(&ranges) > count(known) {
            *known = ranges;
        }
    }

    fn has(&self, family: &str) -> bool {
        self.0.contains_key(&family.to_lowercase())
    }

    fn covers(&self, family: &str, c: char) -> bool {
        let Some(ranges) = self.0.get(&family.to_lowercase()) else { return false };
        let point = u32::from(c);
        let after = ranges.partition_point(|(first, _)| *first <= point);
        after.checked_sub(1).is_some_and(|at| ranges[at].1 >= point)
    }
}

/// The faces that text in drawings is set in.
#[derive(Debug, Clone, Default, Hash)]
pub(in crate::reading) struct Faces {
    /// All families of the report.
    pub families: Families,
    /// The families of a sans serif, for Latin and for Chinese text.
    pub sans: Vec<String>,
    /// The families of a serif.
    pub serif: Vec<String>,
    /// The families of a fixed width.
    pub mono: Vec<String>,
}

/// What a drawing asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Sans,
    Serif,
    Mono,
}

impl Faces {
    /// Returns the runs of a text that have one face each: `None` where it is the one that the
    /// drawing itself names.
    pub(super) fn runs<'t>(&self, text: &'t str, families: &str) -> Vec<(Option<String>, &'t str)> {
        let named = named(families);
        let own = named.iter().find_map(|family| match family {
            FontFamily::Named(name) if self.families.has(name) => Some(name.as_str()),
            _ => None,
        });
        let meant = match self.style(&named) {
            Style::Sans => &self.sans,
            Style::Serif => &self.serif,
            Style::Mono => &self.mono,
        };
        let mut out: Vec<(Option<String>, &str)> = vec![];
        let mut start = 0;
        let mut present: Option<Option<String>> = None;
        for (at, c) in text.char_indices() {
            if present.is_some() && belongs_to_neighbour(c) {
                continue;
            }
            let face = self.face(c, own, meant, || stands_in_latin(text, at));
            if present.as_ref() != Some(&face)
                && let Some(before) = present.replace(face)
            {
                out.push((before, &text[start..at]));
                start = at;
            }
        }
        out.push((present.flatten(), &text[start..]));
        out
    }

    /// The style of a list of families: that of the first one known for one.
    fn style(&self, families: &[FontFamily]) -> Style {
        let style = families.iter().find_map(|family| match family {
            FontFamily::Serif => Some(Style::Serif),
            FontFamily::SansSerif | FontFamily::Cursive | FontFamily::Fantasy => Some(Style::Sans),
            FontFamily::Monospace => Some(Style::Mono),
            FontFamily::Named(name) => {
                let among = |list: &[String]| list.iter().any(|own| own.eq_ignore_ascii_case(name));
                if among(&self.serif) {
                    Some(Style::Serif)
                } else if among(&self.mono) {
                    Some(Style::Mono)
                } else {
                    style_of_name(&name.to_lowercase())
                }
            }
        });
        style.unwrap_or(Style::Sans)
    }

    fn face(
        &self,
        c: char,
        own: Option<&str>,
        meant: &[String],
        in_latin: impl Fn() -> bool,
    ) -> Option<String> {
        if own.is_some_and(|own| self.families.covers(own, c)) {
            return None;
        }
        // The first family is for letters, the last for Chinese and for signs.
        let western = c.is_ascii()
            || (c.is_alphanumeric() && !cjk::is_wide(c) && !cjk::is_han(c))
            || cjk::is_shared(c) && in_latin();
        let last = meant.last().into_iter();
        let order: Vec<&String> =
            if western { meant.iter().collect() } else { last.chain(meant).collect() };
        order.into_iter().find(|family| self.families.covers(family, c)).cloned()
    }
}

/// The families that a drawing names; one whose name CSS would have in quotes, such as one with a
/// number, is taken as it stands.
fn named(families: &str) -> Vec<FontFamily> {
    parse_font_families(families).unwrap_or_else(|_| {
        let names = families.split(',').map(|name| name.trim().trim_matches(['\'', '"']));
        names
            .filter(|name| !name.is_empty())
            .map(|name| match parse_font_families(name).as_deref() {
                Ok([family]) => family.clone(),
                _ => FontFamily::Named(name.to_owned()),
            })
            .collect()
    })
}

/// Whether a mark that Chinese and Latin share is a Latin one: an apostrophe between Latin letters, and
/// any in a text without a Chinese character.
fn stands_in_latin(text: &str, at: usize) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !cjk::is_han(c));
    let mut behind = text[at..].chars();
    let apostrophe =
        behind.next() == Some('’') && latin(text[..at].chars().next_back()) && latin(behind.next());
    apostrophe || !text.contains(|c| cjk::is_han(c) || cjk::is_mark(c) && !cjk::is_shared(c))
}

/// Marks above letters and joiners go with what they stand behind.
fn belongs_to_neighbour(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || (cjk::is_invisible(c) && !c.is_whitespace())
}

/// Words in the names of families that tell their style.
const MONO: &[&str] = &[
    "mono",
    "courier",
    "consol",
    "menlo",
    "monaco",
    "typewriter",
    "fixed",
    "等宽",
    "source code",
    "fira code",
    "lucida console",
    "terminal",
];
const SANS: &[&str] = &[
    "sans",
    "arial",
    "helvetica",
    "verdana",
    "tahoma",
    "calibri",
    "segoe",
    "hei",
    "黑",
    "gothic",
    "roboto",
    "aptos",
    "dengxian",
    "等线",
    "yahei",
    "雅黑",
    "pingfang",
    "苹方",
    "trebuchet",
    "lucida",
    "futura",
    "optima",
    "myriad",
    "open",
    "inter",
    "system-ui",
    "blinkmac",
    "-apple-system",
    "yuan",
    "圆",
];
const SERIF: &[&str] = &[
    "serif",
    "times",
    "georgia",
    "song",
    "宋",
    "simsun",
    "ming",
    "明",
    "mincho",
    "minion",
    "garamond",
    "palatino",
    "cambria",
    "baskerville",
    "bodoni",
    "roman",
    "nimbus",
    "fang",
    "仿",
    "kai",
    "楷",
    "cmr",
    "stix",
    "bookman",
    "schoolbook",
    "antiqua",
    "didot",
    "caslon",
    "constantia",
    "charter",
    "batang",
];

fn style_of_name(name: &str) -> Option<Style> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    Some(if has(MONO) {
        Style::Mono
    } else if has(SANS) {
        Style::Sans
    } else if has(SERIF) {
        Style::Serif
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces() -> Faces {
        let mut families = Families::default();
        let latin = || (0x20..0x250).chain(0x370..0x500);
        families.add("Plain", latin().chain(0x2010..0x2030));
        families.add("Plain SC", latin().chain(0x2014..0x2030).chain(0x3000..0xA000));
        families.add("Book", latin());
        families.add("Book SC", latin().chain(0x3000..0xA000));
        families.add("Fixed SC", latin().chain(0x3000..0xA000));
        let list = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        Faces {
            families,
            sans: list(["Plain", "Plain SC"]),
            serif: list(["Book", "Book SC"]),
            mono: vec!["Fixed SC".into()],
        }
    }

    fn runs(text: &str, families: &str) -> String {
        let runs = faces().runs(text, families);
        runs.iter()
            .map(|(face, text)| format!("{}[{text}]", face.as_deref().unwrap_or("-")))
            .collect()
    }

    #[test]
    fn each_script_has_its_face() {
        assert_eq!(runs("中文 abc 1", "sans-serif"), "Plain SC[中文]Plain[ abc 1]");
        assert_eq!(runs("中文abc", "SimSun"), "Book SC[中文]Book[abc]");
        assert_eq!(runs("abc", "'Times New Roman', sans-serif"), "Book[abc]");
        assert_eq!(runs("abc", "Unknown, serif"), "Book[abc]");
        assert_eq!(runs("abc", "Unknown"), "Plain[abc]");
        assert_eq!(runs("abc", ""), "Plain[abc]");
        assert_eq!(runs("Ωж é", "Arial"), "Plain[Ωж é]");
        assert_eq!(runs("中a", "'Courier New', monospace"), "Fixed SC[中a]");
        assert_eq!(runs("“中”", "微软雅黑"), "Plain SC[“中”]");
        assert_eq!(runs("It’s “so” — so…", "Arial"), "Plain[It’s “so” — so…]");
        assert_eq!(runs("他说“a”", "Arial"), "Plain SC[他说“]Plain[a]Plain SC[”]");
    }

    #[test]
    fn a_family_of_the_report_stays_what_it_is() {
        assert_eq!(runs("中文abc", "Book SC"), "-[中文abc]");
        assert_eq!(runs("abc中文", "book"), "-[abc]Book SC[中文]");
        assert_eq!(runs("", "Book SC"), "-[]");
        assert_eq!(runs("abc", "Book 4, sans-serif"), "Plain[abc]");
    }
}
