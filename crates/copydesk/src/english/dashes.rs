//! Dashes and dots.

use std::ops::Range;

use super::house::{Dashes, House};
use super::{is_word, word_before};
use crate::draft::Draft;
use crate::numbers::range_around;
use crate::rules;
use l10n::say;
use western::Language;

/// Checks for an ellipsis of full stops, `...` or `. . .`: the first is set as one mark anyhow, and
/// told in English reports alone.
pub(crate) fn dots(draft: &mut Draft, report: Language) {
    let mut end = draft.chars().len();
    while end > 0 {
        let mut start = end;
        let (mut count, mut apart) = (0, false);
        while start > 0 && draft.at(start - 1) == Some('.') {
            start -= 1;
            count += 1;
            let spaced =
                start > 1 && draft.at(start - 1) == Some(' ') && draft.at(start - 2) == Some('.');
            if spaced {
                start -= 1;
                apart = true;
            }
        }
        let path = |c: Option<char>| c.is_some_and(|c| "/\\".contains(c));
        let is_dots = count == 3 && !path(draft.before(start)) && !path(draft.at(end));
        let told = apart || report == Language::English;
        if is_dots && told && (apart || draft.before(start) != Some('.')) {
            let was: String = draft.chars()[start..end].iter().collect();
            let message = say!("the ellipsis is written as `{was}`", was);
            draft.rewrite(&rules::THREE_DOTS, start..end, "…", message);
        }
        end = if count == 0 { end - 1 } else { start };
    }
}

/// Checks for a hyphen in place of a dash, a dash of the other kind than the house's, and an em
/// dash with spaces.
pub(crate) fn spaced(draft: &mut Draft, house: &House) {
    let mut end = draft.chars().len();
    while end > 0 {
        let Some(c) = draft.at(end - 1).filter(|c| "-–—".contains(*c)) else {
            end -= 1;
            continue;
        };
        let start =
            end - draft.chars()[..end].iter().rev().take_while(|other| **other == c).count();
        mend(draft, start..end, c, house);
        end = start;
    }
}

/// The kind of a row of dashes or hyphens.
#[derive(PartialEq)]
enum Row {
    Hyphen,
    En,
    Em,
}

fn mend(draft: &mut Draft, row: Range<usize>, c: char, house: &House) {
    let kind = match (c, row.len()) {
        ('-', 1) => Row::Hyphen,
        ('-', 2) | ('–', 1) => Row::En,
        ('-', 3) | ('—', 1 | 2) => Row::Em,
        _ => return,
    };
    let blank = |c: Option<char>| c == Some(' ');
    let (before, after) = (draft.before(row.start), draft.at(row.end));
    let spaced = blank(before) && blank(after);
    let sides = |draft: &Draft, by: usize| {
        (draft.before(row.start.saturating_sub(by)), draft.at(row.end + by))
    };
    let (left, right) = sides(draft, usize::from(spaced));
    let word = |c: Option<char>| is_word(c) || c.is_some_and(|c| "“”‘’\"')(,!?%".contains(c));
    if !word(left) || !word(right) {
        return;
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let was: String = draft.chars()[row.clone()].iter().collect();
    let wide = row.start.saturating_sub(1)..row.end + 1;
    match (kind, spaced) {
        // A difference of numbers is no pause.
        (Row::Hyphen, true) if !(digit(left) && digit(right) || is_difference(draft, &row)) => {
            let (range, new) = match house.dashes {
                Some(Dashes::Em) => (wide, "—"),
                _ => (row, "–"),
            };
            let message = say!("a hyphen stands in place of a dash");
            draft.rewrite(&rules::SPACED_DASH, range, new, message);
        }
        (Row::Em, true) if house.dashes != Some(Dashes::En) => {
            let message = say!("spaces stand around the dash `{was}`", was);
            draft.mend(&rules::SPACED_DASH, wide, "—", message, say!("remove them"));
        }
        (Row::Em, _) if house.dashes == Some(Dashes::En) => {
            let (range, new) = if spaced { (row, "–") } else { (row, " – ") };
            let message = say!("the house writes ` – `, and this is `{was}`", was);
            draft.mend(&rules::SPACED_DASH, range, new, message, say!("write ` – `"));
        }
        (Row::En, true) if house.dashes == Some(Dashes::Em) && !(digit(left) && digit(right)) => {
            let message = say!("the house writes `—`, and this is `{was}`", was);
            draft.rewrite(&rules::SPACED_DASH, wide, "—", message);
        }
        _ => {}
    }
}

/// Whether a hyphen between spaces takes one term from another, of which one is a figure or a bracket
/// stands behind: `n - 1`, `(x - y)`.
fn is_difference(draft: &Draft, row: &Range<usize>) -> bool {
    let chars = draft.chars();
    let part = |c: &&char| c.is_alphanumeric();
    let left = chars[..row.start - 1].iter().rev().take_while(part).count();
    let right = chars[row.end + 1..].iter().take_while(part).count();
    let left = &chars[row.start - 1 - left..row.start - 1];
    let behind = chars.get(row.end + 1 + right);
    let right = &chars[row.end + 1..row.end + 1 + right];
    let figures = |term: &[char]| !term.is_empty() && term.iter().all(char::is_ascii_digit);
    let letter = |term: &[char]| matches!(term, [c] if c.is_ascii_lowercase());
    (letter(left) && figures(right))
        || (figures(left) && letter(right) && right != ['a'])
        || (letter(left) && letter(right) && behind.is_some_and(|c| ")]!=+*/^".contains(*c)))
}

/// The bounds of a span of years such as `2019-20`; `2011-12` may be a month.
fn years(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let digits = |range: Range<usize>| -> Option<u32> {
        let text: String = chars.get(range)?.iter().collect();
        text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let start = at.checked_sub(4)?;
    let (first, second) = (digits(start..at)?, digits(at + 1..at + 3)?);
    let apart =
        start == 0 || !(chars[start - 1].is_alphanumeric() || "-–/_.".contains(chars[start - 1]));
    let spans = (1000..2100).contains(&first) && second > 12 && second > first % 100;
    (apart && spans).then_some((start, at + 3))
}

/// Words that stand before a range of numbers, although they begin with a capital.
const BEFORE: [&str; 26] = [
    "In", "The", "For", "From", "About", "Around", "Over", "Some", "Pages", "Page", "Figures",
    "Tables", "Sections", "Chapters", "Boxes", "Between", "Only", "Nearly", "Roughly", "Another",
    "Within", "After", "Every", "Years", "During", "At",
];

/// Short names of one thing that a number tells from others.
const SINGLE: [&str; 14] =
    ["No", "no", "Art", "art", "Sec", "sec", "Fig", "fig", "Tab", "Eq", "Apt", "Ref", "Reg", "Rm"];

/// Words that stand before a telephone number.
const CALLS: [&str; 6] = ["call", "dial", "fax", "phone", "tel", "telephone"];

/// Checks for ranges of numbers with a hyphen.
pub(crate) fn ranges(draft: &mut Draft) {
    for at in (1..draft.chars().len()).rev() {
        if draft.at(at) != Some('-') {
            continue;
        }
        let found = range_around(draft.chars(), at).or_else(|| years(draft.chars(), at));
        let Some((start, end)) = found else { continue };
        // A telephone number has its digits in groups: `010-6893 3383`, `555 010-6893`.
        let grouped = |c: Option<char>, next: Option<char>| {
            matches!(c, Some(' ' | '\u{a0}')) && next.is_some_and(|c| c.is_ascii_digit())
        };
        let before = start.checked_sub(2).and_then(|index| draft.at(index));
        if draft.at(start) == Some('0') && draft.at(start + 1) != Some('.')
            || grouped(draft.at(end), draft.at(end + 1))
            || start >= 2 && grouped(draft.at(start - 1), before)
        {
            continue;
        }
        // What goes on is a date, a telephone number, a word: `10-20-30`, `3-4x`.
        let end = end - usize::from(draft.before(end) == Some('.'));
        let next = draft.at(end);
        if next.is_some_and(|c| c.is_alphanumeric() || "-–/_@".contains(c)) {
            continue;
        }
        // The number of one thing, behind its short name: `No. 12-345`, `Fig. 2-3`.
        let short = draft.before(start) == Some(' ')
            && draft.before(start - 1) == Some('.')
            && SINGLE.contains(&word_before(draft, start - 2).as_str());
        if short {
            continue;
        }
        // A name's number: `Boeing 737-800`.
        let name = draft.before(start) == Some(' ') && {
            let word = word_before(draft, start - 1);
            let calls = CALLS.contains(&word.to_lowercase().as_str());
            calls || word.starts_with(char::is_uppercase) && !BEFORE.contains(&word.as_str())
        };
        if name {
            continue;
        }
        let was: String = draft.chars()[start..end].iter().collect();
        let message = say!("the range `{was}` is written with a hyphen", was);
        draft.rewrite(&rules::HYPHEN_RANGE, at..at + 1, "–", message);
    }
}
