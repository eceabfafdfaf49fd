//! The table of results in `templates/kit/TYPOGRAPHY.md`: written from the tests' results,
//! never by hand.

use std::fs;

use super::pages::PAGE_RULES;
use super::rules::{LEAST_MEASURE, RULES, Tally};
use super::{MEASURES, results};
use crate::project::repository;
use crate::specimen::at_hand;
use testkit::bless::expect;

const BEGIN: &str = "<!-- results: written by the test `the_ledger_says_what_the_tests_find` -->\n";
const END: &str = "<!-- end of results -->";

#[test]
fn the_ledger_says_what_the_tests_find() {
    if !at_hand() {
        return;
    }
    let path = "templates/kit/TYPOGRAPHY.md";
    let ledger =
        fs::read_to_string(repository().join(path)).expect("the ledger").replace("\r\n", "\n");
    let (head, rest) = ledger.split_once(BEGIN).expect("the beginning of the results");
    let (_, foot) = rest.split_once(END).expect("their end");
    let fresh = format!("{head}{BEGIN}{}{END}{foot}", table());
    expect(path, &fresh).unwrap_or_else(|differs| panic!("the results are others:\n{differs}"));
}

/// Faults of places, as in `0 / 366`.
fn cell(tally: &Tally) -> String {
    match tally.tried {
        0 => "–".into(),
        tried => format!("{} / {tried}", tally.faults.len()),
    }
}

fn table() -> String {
    let mut rows = vec![];
    for rule in &RULES {
        let (texts, control) = results(rule);
        let texts: Vec<String> = texts.iter().map(|(_, tally)| cell(tally)).collect();
        let least = if matches!(rule.number, 21 | 22) { LEAST_MEASURE } else { *MEASURES.start() };
        let measures = format!("{least}–{}", MEASURES.end());
        let control = format!("{:?}: {}", rule.control, cell(&control)).to_lowercase();
        rows.push((
            rule.number,
            format!("{} | {measures} | {} | {control}", rule.title, texts.join(" | ")),
        ));
    }
    for rule in &PAGE_RULES {
        let (text, tally, control) = rule.results().expect("the specimen");
        let (printed, mixed) = if text == "printed" {
            (cell(&tally), "–".into())
        } else {
            ("–".into(), cell(&tally))
        };
        rows.push((
            rule.number,
            format!("{} | – | {printed} | – | {mixed} | – | {}", rule.title, cell(&control)),
        ));
    }
    // By number; sorting keeps the order of rows of one number.
    rows.sort_by_key(|(number, _)| *number);
    let head = "| # | rule | measures | printed | report | mixed | dialogue | control |\n|---|---|---|---|---|---|---|---|\n";
    rows.into_iter()
        .fold(head.to_owned(), |table, (number, row)| format!("{table}| {number} | {row} |\n"))
}
