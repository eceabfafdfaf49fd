//! The registry of rules: a code that never changes, a name, a weight, and a page that explains it.
//!
//! Numbers go by area: `TP00` the content as such, `TP01` marks, spaces and figures, `TP02` words, `TP03` references,
//! `TP04` pictures and charts, `TP05` layout. A rule's page stands beside this file under its code; `trendpress
//! explain` prints it.

use super::{Severity, nearest};
use crate::words::{Language, say};

/// A rule that content is held to.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code, such as `TP0101`, which never changes.
    pub code: &'static str,
    /// Its name, such as `han-latin-space`.
    pub name: &'static str,
    /// How much a breach weighs unless report.yaml says otherwise.
    pub severity: Severity,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// Its page in English and in Chinese, in Markdown: what, why, an example, how to mend it.
    pages: [&'static str; 2],
}

impl Rule {
    /// Its page, in the language that is spoken.
    pub fn page(&self) -> &'static str {
        match Language::now() {
            Language::English => self.pages[0],
            Language::Chinese => self.pages[1],
        }
    }

    /// Whether nothing can change its weight: what it finds cannot be printed as it is meant.
    pub fn is_fixed(&self) -> bool {
        self == &CONTENT || self == &MISSING_CHARACTER
    }

    /// Whether only finished pages tell of its breaches.
    pub fn needs_pages(&self) -> bool {
        let pictures = [&LOW_RESOLUTION, &COARSE, &FOREIGN_COLOUR];
        let pages = [&OVER_BUDGET, &UNDER_BUDGET, &RUNT, &STRAY_LINE, &PAGE_COUNT];
        pictures.contains(&self) || pages.contains(&self)
    }
}

macro_rules! rules {
    ($($constant:ident = $code:literal $name:literal $severity:ident $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $summary, ".")]
            pub static $constant: Rule = Rule {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                pages: [include_str!(concat!($code, ".md")), include_str!(concat!("zh/", $code, ".md"))],
            };
        )*
        /// Every rule, in the order of codes.
        pub static ALL: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    CONTENT = "TP0001" "content" Error "something that cannot be read or set";
    IDLE_SILENCE = "TP0002" "idle-silence" Warning "a silencing that silences nothing";
    NO_TEXT = "TP0003" "no-text" Warning "a part without text";
    LABEL = "TP0004" "label-counts-nothing" Warning "a label without its number";
    NOT_PRINTED = "TP0005" "not-printed" Warning "Markdown that prints nothing";
    INDENTED_CODE = "TP0006" "indented-code" Warning "a paragraph that four spaces turn into code";
    UNUSED_NOTE = "TP0007" "unused-footnote" Warning "a footnote that nothing refers to";
    TEMPLATE = "TP0008" "template" Warning "something that Typst says of the template";

    HAN_LATIN_SPACE = "TP0101" "han-latin-space" Warning "a typed space between Chinese and Latin";
    MARK_SPACE = "TP0102" "mark-space" Warning "a typed space that does not print";
    HALF_MARK = "TP0103" "half-width-mark" Warning "a half-width mark in Chinese";
    HALF_BRACKET = "TP0104" "half-width-bracket" Warning "half-width brackets in Chinese";
    FULL_LETTER = "TP0105" "full-width-letter" Warning "full-width letters or digits";
    FULL_MARK = "TP0106" "full-width-mark" Warning "a full-width mark in Latin or in a time of day";
    STRAIGHT_QUOTE = "TP0107" "straight-quote" Warning "straight quotes in Chinese";
    UNPAIRED = "TP0108" "unpaired-mark" Warning "a quote or bracket without its partner";
    NESTING = "TP0109" "nested-marks" Warning "quotes or brackets nested wrongly";
    QUOTE_DIRECTION = "TP0110" "quote-direction" Warning "a quote that faces the wrong way";
    REPEATED_MARK = "TP0111" "repeated-mark" Warning "a mark that stands twice";
    ELLIPSIS = "TP0112" "ellipsis" Warning "an ellipsis that is not `……`";
    DASH = "TP0113" "dash" Warning "a dash that is not `——`";
    OTHER_STOP = "TP0114" "other-stop" Warning "a full stop that is not `。`";
    LISTED_MARKS = "TP0115" "listed-marks" Warning "a comma between quoted or titled items";
    TITLE_STOP = "TP0116" "title-stop" Warning "a title or caption that ends with a stop";
    RANGE = "TP0121" "range-mark" Warning "a range with a hyphen or a half-width tilde";
    GROUPING = "TP0122" "digit-grouping" Warning "thousands parted here and not there";
    MIXED_NUMERAL = "TP0123" "mixed-numeral" Warning "Arabic and Chinese numerals in one number";
    APPROXIMATE = "TP0124" "approximate-number" Warning "a comma within an approximate number";
    UNIT = "TP0125" "unit-case" Warning "a unit's symbol in the wrong case";

    REPEATED_SENTENCE = "TP0201" "repeated-sentence" Warning "a sentence that stands twice";
    DOUBLED_WORD = "TP0202" "doubled-word" Warning "a word that stands twice in a row";
    SPELLING = "TP0203" "two-spellings" Warning "a Latin name written in two ways";
    NEAR_NAME = "TP0204" "near-name" Warning "a title or name that differs from another by a word";
    TERM = "TP0205" "term" Warning "a variant of a term that report.yaml sets";

    DUPLICATE = "TP0301" "duplicate-reference" Warning "one work under two keys";
    UNCITED = "TP0302" "uncited-reference" Warning "a reference that is never cited, and so not printed";
    MISSING_FIELD = "TP0303" "missing-field" Warning "a reference without a field that the style prints";
    TRACKING = "TP0304" "tracking-address" Warning "an address with tracking parameters";
    PRIVATE_ADDRESS = "TP0305" "private-address" Error "an address that no reader can open";
    UNKNOWN_FIELD = "TP0306" "unknown-field" Warning "a reference's field that is not printed";
    CITED_TWICE = "TP0307" "cited-twice" Warning "a reference cited twice in one place";

    NO_ALT = "TP0401" "no-alternative-text" Warning "a chart without alternative text";
    NO_SOURCE = "TP0402" "no-source" Warning "a picture or chart without its source";
    LOW_RESOLUTION = "TP0403" "low-resolution" Warning "a picture below 300 ppi at its printed size";
    COARSE = "TP0404" "coarse-picture" Error "a picture below 150 ppi at its printed size";
    IDLE_KEY = "TP0405" "idle-chart-key" Warning "a key that a kind of chart draws nothing for";
    UNUSED_FILE = "TP0406" "unused-file" Warning "a file that the report does not use";
    FOREIGN_COLOUR = "TP0407" "foreign-colour" Warning "a drawing in colours that the template does not have";

    OVER_BUDGET = "TP0501" "over-budget" Warning "a part that overflows its pages";
    UNDER_BUDGET = "TP0502" "under-budget" Warning "a part that does not fill its pages";
    RUNT = "TP0503" "runt" Warning "a paragraph that ends on a line of one character";
    STRAY_LINE = "TP0504" "stray-line" Warning "a paragraph's first or last line alone in its column";
    MISSING_CHARACTER = "TP0505" "missing-character" Error "a character that no font has";
    PAGE_COUNT = "TP0506" "page-count" Warning "a number of pages that does not divide by four";
}

/// The rule with this code or name.
pub fn named(word: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word)
}

/// What to say of a code or name that is none.
pub fn hint(word: &str) -> String {
    let names = ALL.iter().flat_map(|rule| [rule.name, rule.code]);
    match nearest(word, names).filter(|_| !word.is_empty()) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("`trendpress explain` lists the rules"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn codes_rise_and_names_are_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
        for (at, rule) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|other| other.name != rule.name), "{}", rule.name);
        }
    }

    #[test]
    fn every_page_says_what_its_rule_says() {
        for rule in ALL {
            let (error, fixed) = (rule.severity == Severity::Error, rule.is_fixed());
            let (weight, fixed) = (if error { "Error" } else { "Warning" }, if fixed { ", always" } else { "" });
            let (weight_zh, fixed_zh) =
                (if error { "错误" } else { "警告" }, if fixed.is_empty() { "" } else { "（固定）" });
            let summary = words::in_chinese(rule.summary).unwrap_or_default();
            let heads = [format!("{weight}{fixed}: {}.", rule.summary), format!("{weight_zh}{fixed_zh}：{summary}。")];
            let parts = [["**Why.**", "**Instead.**"], ["**缘由。**", "**改法。**"]];
            for ((page, head), parts) in rule.pages.iter().zip(heads).zip(parts) {
                let mut lines = page.lines();
                assert_eq!(lines.next(), Some(&*format!("# {} {}", rule.code, rule.name)));
                assert_eq!(lines.nth(1), Some(&*head), "{}", rule.code);
                for part in parts {
                    assert!(page.contains(part), "{} has no `{part}`", rule.code);
                }
            }
        }
    }
}
