//! Tests of English typography: each rule of `templates/kit/TYPOGRAPHY.md` for English, checked on
//! the glyphs of PDFs, in the measures of columns; a control takes the remedy out.

mod controls;
mod lines;
mod spaces;

use std::sync::LazyLock;

use super::lines::Block;
use super::pages::{self, Pages};
use super::rules::Tally;
use super::sweep::{Change, Text};

/// The measures in ems, from a narrow column to a page of one.
const MEASURES: std::ops::RangeInclusive<u32> = 18..=40;

static TEXT: LazyLock<Text> = LazyLock::new(|| Text::in_language("english", "en-GB"));

/// The text in every measure.
fn set(change: Change, keep_as: Option<&str>) -> Vec<Block> {
    TEXT.set(&MEASURES.collect::<Vec<_>>(), change, keep_as)
}

static BLOCKS: LazyLock<Vec<Block>> = LazyLock::new(|| set(Change::default(), Some("english")));

/// A rule holds in the text, and not in its control.
fn hold(check: fn(&[Block]) -> Tally, control: Change) {
    let tally = check(&BLOCKS);
    assert!(tally.tried > 0, "it is never tried");
    let shown: Vec<_> = tally.faults.iter().take(12).collect();
    assert!(shown.is_empty(), "{} of {}: {shown:#?}", tally.faults.len(), tally.tried);
    let spoilt = check(&set(control, None));
    assert!(!spoilt.faults.is_empty(), "no fault in {} places of the control", spoilt.tried);
}

macro_rules! rules_hold {
    ($($name:ident: $check:path, $control:expr;)*) => {
        $(
            #[test]
            fn $name() {
                hold($check, $control);
            }
        )*
    };
}

rules_hold! {
    e01_quotes_are_curly_and_face_their_words: lines::quotes, controls::data(controls::straight);
    e02_letters_and_marks_are_of_the_western_faces: lines::faces, controls::template(controls::CHINESE_FACES);
    e03_emphasis_is_italic: lines::italic, controls::template(controls::NO_ITALIC);
    e04_no_closing_mark_and_no_dash_opens_a_line: lines::openings, controls::data(controls::unjoined);
    e05_number_unit_and_range_are_one_piece: lines::pieces, controls::data(controls::unjoined);
    e06_a_note_follows_the_stop_without_a_space: lines::notes, controls::data(controls::spaced_notes);
    e07_a_citation_has_a_space_and_stays_with_its_word: lines::citations, controls::data(controls::unjoined);
    e09_no_last_line_of_one_short_word: lines::runts, controls::template(controls::RUNTS);
    e10_words_are_never_letterspaced: spaces::letters, controls::template(controls::LETTERSPACED);
    e11_word_spaces_are_bounded: spaces::words, controls::template(controls::UNHYPHENATED);
    e12_no_rivers: spaces::rivers, controls::template(controls::UNHYPHENATED);
    e13_chinese_words_are_not_opened: spaces::han, controls::data(controls::loose_han);
    e14_lines_fill_the_measure: spaces::justified, controls::template(controls::RAGGED);
}

#[test]
fn e08_no_ladder_of_hyphens() {
    let tally = lines::ladders(&BLOCKS);
    assert!(tally.tried > 0 && tally.faults.is_empty(), "{:#?}", tally.faults);
    // As if each line ended with one.
    let mut spoilt = BLOCKS.clone();
    let lines = spoilt.iter_mut().flat_map(|block| &mut block.lines);
    lines.flat_map(|line| line.signs.last_mut()).for_each(|sign| sign.c = '-');
    assert!(!lines::ladders(&spoilt).faults.is_empty());
}

/// The text with headings in columns of 5 to 30 lines.
fn columns(template: &'static [(&'static str, &'static str)]) -> Pages {
    let heights: Vec<u32> = (5..=30).collect();
    let change = Change { template, ..Change::default() };
    Pages::of(TEXT.columns(&heights, change, None))
}

#[test]
fn e15_no_widow_no_orphan() {
    let tally = pages::widow_on_sheets(&columns(&[]));
    assert!(tally.tried > 0 && tally.faults.is_empty(), "{:#?}", tally.faults);
    let control = pages::widow_on_sheets(&columns(controls::LOOSE));
    assert!(!control.faults.is_empty(), "no fault in {} places of the control", control.tried);
}

#[test]
fn e16_a_paragraph_behind_a_heading_has_no_indent() {
    let tally = lines::indents(&columns(&[]));
    assert!(tally.tried > 0 && tally.faults.is_empty(), "{:#?}", tally.faults);
    let control = lines::indents(&columns(controls::INDENTED));
    assert!(!control.faults.is_empty(), "no fault in {} places of the control", control.tried);
}
