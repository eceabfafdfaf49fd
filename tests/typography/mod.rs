//! Tests of Chinese typography: each rule of `templates/kit/TYPOGRAPHY.md`, checked on the
//! glyphs of PDFs.
//!
//! The report's text and two small ones are swept over many measures. A rule holds when its
//! checker finds no fault in any of them, and when it finds some in its control, where the rule's
//! remedy is taken out.

mod controls;
mod ledger;
mod limits;
mod lines;
mod pages;
mod rules;
mod signs;
mod sweep;

use std::sync::{LazyLock, OnceLock};

use controls::Control;
use lines::Block;
use pages::PAGE_RULES;
use rules::{RULES, Rule, Tally};
use sweep::{Change, Text};

use crate::specimen::at_hand;

/// The measures in ems, from a table's cell to a page of one column.
const MEASURES: std::ops::RangeInclusive<u32> = 12..=43;

/// The small texts: one that mixes all a report can mix, and a dialogue.
static TEXTS: LazyLock<[(&str, Text); 2]> =
    LazyLock::new(|| [("mixed", Text::named("mixed")), ("dialogue", Text::named("dialogue"))]);

/// The report as it is printed, and its text and the small ones as they are set in every measure;
/// without the report where the specimen is not at hand.
static SHEETS: LazyLock<Vec<(&str, Vec<Block>)>> = LazyLock::new(|| {
    let measures: Vec<u32> = MEASURES.collect();
    let set = |name, text: &Text| (name, text.set(&measures, Change::default(), Some(name)));
    let report = Text::report().map(|text| [("printed", pages::printed()), set("report", &text)]);
    report.into_iter().flatten().chain(TEXTS.iter().map(|(name, text)| set(name, text))).collect()
});

/// The two small texts under a control, set once for all rules that share it.
fn controlled(control: Control) -> &'static [Block] {
    static DONE: [OnceLock<Vec<Block>>; Control::COUNT] =
        [const { OnceLock::new() }; Control::COUNT];
    DONE[control as usize].get_or_init(|| {
        let measures: Vec<u32> = MEASURES.collect();
        let keep_as = |name| format!("controls/{control:?}-{name}").to_lowercase();
        TEXTS
            .iter()
            .flat_map(|(name, text)| text.set(&measures, control.change(), Some(&keep_as(name))))
            .collect()
    })
}

fn rule(number: u8) -> &'static Rule {
    RULES.iter().find(|rule| rule.number == number).expect("a rule of this number")
}

/// What each text shows of a rule, and the control.
fn results(rule: &Rule) -> (Vec<(&'static str, Tally)>, Tally) {
    // Says so for each rule that goes without the report.
    at_hand();
    let texts = SHEETS.iter().map(|(name, blocks)| (*name, (rule.check)(blocks))).collect();
    (texts, (rule.check)(controlled(rule.control)))
}

/// A rule holds in all texts, and its control does not.
fn hold(number: u8) {
    let rule = rule(number);
    let (texts, control) = results(rule);
    assert!(texts.iter().any(|(_, tally)| tally.tried > 0), "rule {number} is never tried");
    for (text, tally) in &texts {
        let shown: Vec<_> = tally.faults.iter().take(12).collect();
        assert!(
            tally.faults.is_empty(),
            "{text}: {} of {}: {shown:#?}",
            tally.faults.len(),
            tally.tried
        );
    }
    assert!(
        !control.faults.is_empty(),
        "rule {number}: its control shows no fault in {} places",
        control.tried
    );
}

/// The same on pages; some rules are judged both in print and on sheets.
fn hold_on_pages(number: u8) {
    for rule in PAGE_RULES.iter().filter(|rule| rule.number == number) {
        let Some((text, tally, control)) = rule.results() else { continue };
        assert!(tally.tried > 0, "rule {number} is never tried");
        assert!(
            tally.faults.is_empty(),
            "{text}: {} of {}: {:#?}",
            tally.faults.len(),
            tally.tried,
            tally.faults
        );
        assert!(
            !control.faults.is_empty(),
            "rule {number}: its control shows no fault in {} places",
            control.tried
        );
    }
}

macro_rules! rules_hold {
    ($hold:ident: $($name:ident: $number:literal,)*) => {
        $(
            #[test]
            fn $name() {
                $hold($number);
            }
        )*
    };
}

rules_hold! {
    hold:
    rule_01_no_closing_mark_opens_a_line: 1,
    rule_02_no_opening_mark_closes_a_line: 2,
    rule_03_double_dash_is_one_piece: 3,
    rule_04_ellipsis_is_one_piece: 4,
    rule_05_adjacent_marks_share_space: 5,
    rule_06_mark_at_line_end_takes_half_its_width: 6,
    rule_07_bracket_at_line_start_is_trimmed: 7,
    rule_08_chinese_quotes_are_one_em: 8,
    rule_09_apostrophe_is_latin: 9,
    rule_10_gap_between_han_and_latin: 10,
    rule_11_gap_beside_code_and_formulas: 11,
    rule_12_no_typed_space: 12,
    rule_13_no_gap_beside_marks: 13,
    rule_14_citation_stays_with_its_word: 14,
    rule_15_mark_stays_with_the_code_before_it: 15,
    rule_16_middle_dot_opens_no_line: 16,
    rule_17_number_is_one_piece: 17,
    rule_18_number_stays_with_unit_name_and_range: 18,
    rule_19_no_last_line_of_one_character: 19,
    rule_20_nothing_hangs_over_the_edge: 20,
    rule_21_justified_at_both_sides: 21,
    rule_22_gaps_are_bounded: 22,
    rule_23_points_on_whole_ems: 23,
    rule_24_first_line_is_indented: 24,
    rule_25_no_indent_where_a_paragraph_goes_on: 25,
    rule_30_two_marks_of_a_cry_in_one_em: 30,
    rule_31_emphasis_dots_under_han: 31,
    rule_32_chinese_emphasis_is_kai: 32,
    rule_33_line_pitch: 33,
    rule_34_numeral_has_no_gap_after: 34,
    rule_36_lists_hang: 36,
    rule_40_marks_of_the_language: 40,
}

rules_hold! {
    hold_on_pages:
    rule_22_gaps_in_the_report: 22,
    rule_23_measure_is_whole: 23,
    rule_26_no_heading_at_a_columns_foot: 26,
    rule_27_no_widow_no_orphan: 27,
    rule_28_baselines_on_one_grid: 28,
    rule_29_last_columns_end_level: 29,
    rule_35_label_before_its_numeral: 35,
    rule_37_caption_with_its_figure: 37,
    rule_38_folios_at_the_outer_edge: 38,
    rule_39_spread_opens_on_a_left_page: 39,
}

/// Parts that miss their page budget are tracked by up to 2 % of an em.
#[test]
fn rules_05_to_08_hold_in_tracked_text() {
    let measures: Vec<u32> = (15..=35).step_by(4).collect();
    let set = |tracking, template| {
        let change = Change { tracking, template, ..Change::default() };
        TEXTS.iter().flat_map(|(_, text)| text.set(&measures, change, None)).collect::<Vec<_>>()
    };
    let control = set(2, &[("else { untracked-marks(body) }", "else { body }")]);
    for tracking in [-2, 2] {
        let blocks = set(tracking, &[]);
        for number in [5, 6, 7, 8] {
            let tally = (rule(number).check)(&blocks);
            assert!(
                tally.tried > 20 && tally.faults.is_empty(),
                "rule {number} at {tracking} %: {:#?}",
                tally.faults
            );
        }
    }
    for number in [5, 6, 7] {
        assert!(
            !(rule(number).check)(&control).faults.is_empty(),
            "rule {number}: its control shows no fault"
        );
    }
}
