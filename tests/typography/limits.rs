//! Rules that cannot hold in Typst 0.15.1, each in the smallest file that shows it. When a newer
//! Typst fixes one of them, its test fails: then the rule's own test can grow, and the ledger
//! shrink.

use super::TEXTS;
use super::lines::{Frame, Line, lines};
use super::signs::right_ink;
use super::sweep::Change;

/// The lines of a file of `limits/`, page by page.
fn set(name: &str) -> Vec<Vec<Line>> {
    let pages = TEXTS[0].1.file(&format!("limits/{name}"), Change::default());
    pages.iter().map(|page| lines(page, Frame::SHEET)).collect()
}

#[test]
fn rule_21_a_letter_at_a_narrow_lines_end_is_stretched() {
    let pages = set("narrow");
    let first = &pages[0][0];
    let short = 13.0 - right_ink(first.last());
    assert!(first.last().c == '4' && short > 0.1, "{short:.2} em short: {}", first.text());
}

#[test]
fn rule_27_a_line_with_a_note_stands_alone() {
    let pages = set("note");
    assert!(
        pages.len() == 2 && pages[1].len() == 1,
        "{:?}",
        pages.iter().map(Vec::len).collect::<Vec<_>>()
    );
}
