//! The registry of rules that reports are held to.
//!
//! Numbers go by area: `TP00` the content as such, `TP01` marks, spaces and figures, `TP02`
//! words, `TP03` references, `TP04` pictures and charts, `TP05` layout, `TP06` brands, `TP07`
//! editions. `TP0001` belongs to `source`, `TP01` and `TP02` to `copydesk`, `TP06` to `brand`. A
//! rule's page stands beside its registry under its
//! code; `trendpress explain` prints it.

use std::sync::LazyLock;

use l10n::say;
use source::{Rule, nearest};

mod own {
    source::rules! {
        IDLE_SILENCE = "TP0002" "idle-silence" Warning "an unused suppression";
        NO_TEXT = "TP0003" "no-text" Warning "a part without text";
        LABEL = "TP0004" "label-counts-nothing" Warning "a label without a number";
        NOT_PRINTED = "TP0005" "not-printed" Warning "Markdown that prints nothing";
        INDENTED_CODE = "TP0006" "indented-code" Warning "a paragraph turned into code by four leading spaces";
        UNUSED_NOTE = "TP0007" "unused-footnote" Warning "a footnote that nothing refers to";
        TEMPLATE = "TP0008" "template" Warning "a Typst warning about the template";
        LEFT_OVER = "TP0009" "left-over-mark" Warning "a Markdown mark that prints as it stands";
        COMMENT = "TP0010" "comment-in-value" Warning "a comment in YAML that may be part of the value";
        READ_ENCODING = "TP0020" "encoding" Warning "a file that is not in UTF-8";
        FIRST_FRAME = "TP0021" "first-frame" Warning "a picture of which only the first frame or page is printed";
        TITLE_NUMBER = "TP0035" "title-number" Warning "a number before a title that is not the one printed";

        DUPLICATE = "TP0301" "duplicate-reference" Warning "one work under two keys";
        UNCITED = "TP0302" "uncited-reference" Warning "a reference that is never cited and therefore not printed";
        MISSING_FIELD = "TP0303" "missing-field" Warning "a reference without a field that the style prints";
        TRACKING = "TP0304" "tracking-address" Warning "an address with tracking parameters";
        PRIVATE_ADDRESS = "TP0305" "private-address" Error "an address that no reader can open";
        UNKNOWN_FIELD = "TP0306" "unknown-field" Warning "a reference field that is not printed";
        CITED_TWICE = "TP0307" "cited-twice" Warning "a reference cited twice in one citation";
        READ_REFERENCE = "TP0308" "read-reference" Warning "a reference that is printed otherwise than it is written";
        UNUSED_LABEL = "TP0309" "unused-label" Warning "a label that nothing refers to";
        TYPED_REFERENCE = "TP0310" "typed-reference" Warning "a figure or a table referred to by a number typed by hand";
        UNLISTED = "TP0311" "unlisted" Warning "terms, index marks or citations that no part lists";
        WORD_BEFORE = "TP0312" "word-before-reference" Warning "a word before a reference that prints the same word";

        NO_ALT = "TP0401" "no-alternative-text" Warning "a chart without alternative text";
        NO_SOURCE = "TP0402" "no-source" Warning "a picture or chart without a source";
        LOW_RESOLUTION = "TP0403" "low-resolution" Warning Pages "a picture below 300 ppi at its printed size";
        COARSE = "TP0404" "coarse-picture" Error Pages "a picture below 150 ppi at its printed size";
        IDLE_KEY = "TP0405" "idle-chart-key" Warning "a key that this kind of chart does not use";
        UNUSED_FILE = "TP0406" "unused-file" Warning "a file that the report does not use";
        FOREIGN_COLOUR = "TP0407" "foreign-colour" Warning Pages "a drawing with colours that are not in the template";
        SMALL_WORDS = "TP0408" "small-words" Warning Pages "a drawing whose words are printed too small";
        READ_TABLE = "TP0420" "read-table" Warning "a table that is read otherwise than it is written";
        WIDE_TABLE = "TP0422" "wide-table" Error Fixed Pages "a table that is too wide for the page";
        WIDE_FORMULA = "TP0423" "wide-formula" Error Fixed Pages "a formula that is too wide for its column";

        OVER_BUDGET = "TP0501" "over-budget" Warning Pages "a part that overflows its pages";
        UNDER_BUDGET = "TP0502" "under-budget" Warning Pages "a part that does not fill its pages";
        RUNT = "TP0503" "runt" Warning Pages "a paragraph whose last line has only one character";
        STRAY_LINE = "TP0504" "stray-line" Warning Pages "a paragraph's first or last line stranded in a column";
        MISSING_CHARACTER = "TP0505" "missing-character" Error Fixed "a character that no font has";
        PAGE_COUNT = "TP0506" "page-count" Warning Pages "a page count that is not a multiple of four";
        LOST_CONTENT = "TP0507" "lost-content" Error Fixed Pages "text that no page shows";
        BLANK_PAGE = "TP0508" "blank-page" Error Fixed Pages "a blank page within a part";
        OVERPRINT = "TP0509" "overprint" Error Fixed Pages "text over other text";
        OUT_OF_COLUMN = "TP0510" "out-of-column" Error Fixed Pages "text that runs out of its column";
        NOTE_ASTRAY = "TP0511" "note-astray" Error Fixed Pages "a footnote on another page than its mark";
        STRAY_CHARACTER = "TP0512" "stray-character" Warning "a character that is no text";
        LOOK_ALIKE = "TP0513" "look-alike" Warning "a radical or compatibility form in place of a character";

        PLACED_PICTURE = "TP0610" "placed-picture" Warning "a placed page that screens show as a picture";

        UNUSED_VARIABLE = "TP0701" "unused-variable" Warning "a variable that nothing asks for";
    }
}

pub use own::*;

/// All rules, in order of code.
pub static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut all = [source::format::ALL, copydesk::rules::ALL, brand::rules::ALL, own::ALL].concat();
    all.sort_by_key(|rule| rule.code);
    all
});

/// Returns the rule with this code or name.
pub fn named(word: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word)
}

/// Returns the hint for an unknown code or name.
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
    use source::Severity;

    #[test]
    fn codes_rise_and_names_are_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
        for (at, rule) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|other| other.name != rule.name), "{}", rule.name);
        }
    }

    #[test]
    fn every_page_says_what_its_rule_says() {
        for rule in ALL.iter() {
            let (error, fixed) = (rule.severity == Severity::Error, rule.is_fixed());
            let (weight, fixed) =
                (if error { "Error" } else { "Warning" }, if fixed { ", always" } else { "" });
            let (weight_zh, fixed_zh) = (
                if error { "错误" } else { "警告" },
                if fixed.is_empty() { "" } else { "（固定）" },
            );
            let summary = l10n::in_chinese(rule.summary).unwrap_or_default();
            let heads = [
                format!("{weight}{fixed}: {}.", rule.summary),
                format!("{weight_zh}{fixed_zh}：{summary}。"),
            ];
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
