//! `--`, `---`, `...` and `-5`: what a typewriter has for dashes, the ellipsis and the minus sign.

use std::ops::Range;

use super::{OBJECT, Turned, is_blank};

/// Reads rows of hyphens and of full stops.
pub(crate) fn read(text: &[char]) -> Vec<Turned> {
    let mut out = vec![];
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        let end = at + text[at..].iter().take_while(|&&next| next == c).count();
        let set = match c {
            '-' if end == at + 1 => minus(text, at),
            '-' => dash(text, at..end),
            '.' => dots(text, at..end),
            _ => None,
        };
        if let Some(set) = set {
            out.push(Turned { range: at..end, text: set.into() });
        }
        at = end;
    }
    out
}

/// The dash for a row of hyphens: none where it may begin the name of an option, `--all`, or an
/// arrow.
fn dash(text: &[char], range: Range<usize>) -> Option<&'static str> {
    let before = range.start.checked_sub(1).and_then(|at| text.get(at)).copied();
    let after = text.get(range.end).copied();
    let blank = |c: Option<char>| c.is_none_or(is_blank);
    let arrow = |c: Option<char>| matches!(c, Some('<' | '>' | '|' | '='));
    let opens = blank(before) && !blank(after);
    // Before a quotation's source a dash stands at the beginning of its line.
    let dialogue = before.is_none_or(|c| c == '\n') && after.is_some_and(char::is_uppercase);
    if arrow(before) || arrow(after) || opens && !dialogue || blank(before) && after.is_none() {
        return None;
    }
    match range.len() {
        2 => Some("–"),
        3 => Some("—"),
        _ => None,
    }
}

/// The minus sign for a hyphen before a number that stands by itself: not within a range, a date, a
/// name or a product's number.
fn minus(text: &[char], at: usize) -> Option<&'static str> {
    let before = at.checked_sub(1).and_then(|at| text.get(at)).copied();
    let opens = before.is_none_or(|c| is_blank(c) || "([/=±$€£¥<>≤≥~≈".contains(c));
    // `-$5` as well as `$-5`.
    let money = text.get(at + 1).is_some_and(|c| "$€£¥".contains(*c));
    let start = at + 1 + usize::from(money);
    let number = text[start..].iter().take_while(|c| c.is_ascii_digit() || ".,".contains(**c));
    let number: Vec<char> = number.copied().collect();
    let behind = text.get(start + number.len()).copied();
    let within = behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | ':'));
    // `10 -20` is a range that is typed badly, or a sum.
    let earlier = text[..at].iter().rev().find(|c| !is_blank(**c));
    let after_number = earlier.is_some_and(char::is_ascii_digit);
    let is_number =
        number.first().is_some_and(|c| *c != ',') && number.iter().any(char::is_ascii_digit);
    (opens && is_number && !within && !after_number).then_some("−")
}

/// The ellipsis for three full stops; of four, the first ends the sentence.
fn dots(text: &[char], range: Range<usize>) -> Option<&'static str> {
    let path = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|c| "/\\".contains(*c) || *c == OBJECT)
    };
    if path(range.start.checked_sub(1)) || path(Some(range.end)) {
        return None;
    }
    match range.len() {
        3 => Some("…"),
        4 => Some(".…"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::set;

    #[test]
    fn rows_of_hyphens_are_dashes() {
        for (typed, right) in [
            ("yes -- and no", "yes – and no"),
            ("yes---and no", "yes—and no"),
            ("pp. 10--20", "pp. 10–20"),
            ("the Navier--Stokes equations", "the Navier–Stokes equations"),
            ("run it with --all or --no-cache", "run it with --all or --no-cache"),
            ("a ----- b", "a ----- b"),
            ("A --> B", "A --> B"),
            ("---Ada Lovelace", "—Ada Lovelace"),
            ("well-known", "well-known"),
            ("he stopped --", "he stopped --"),
        ] {
            assert_eq!(set(typed), right);
        }
    }

    #[test]
    fn hyphens_before_numbers_are_minus_signs() {
        for (typed, right) in [
            ("it fell by -4 pp, -0.2% and (-1.5)", "it fell by −4 pp, −0.2% and (−1.5)"),
            ("-5 °C", "−5 °C"),
            ("from -$3 to $-3", "from −$3 to $−3"),
            ("by -€5 and -$1,000.50", "by −€5 and −$1,000.50"),
            ("tar -$a and 10 -$20", "tar -$a and 10 -$20"),
            ("pages 10 -20", "pages 10 -20"),
            ("COVID-19, the A-10, 2024-05-01", "COVID-19, the A-10, 2024-05-01"),
            ("tar -1a and -2024-05", "tar -1a and -2024-05"),
            ("a -, b", "a -, b"),
        ] {
            assert_eq!(set(typed), right);
        }
    }

    #[test]
    fn three_full_stops_are_an_ellipsis() {
        for (typed, right) in [
            ("Well... yes", "Well… yes"),
            ("The end....", "The end.…"),
            ("see ../a and .../b", "see ../a and .../b"),
        ] {
            assert_eq!(set(typed), right);
        }
    }
}
