//! Numbers as people and their programs write them.

use super::Cell;
use crate::reading::calendar::narrow;

/// A number that is read.
#[derive(Debug, PartialEq)]
pub(in crate::reading) struct Number {
    /// Its value; `None` if the cell says that there is none.
    pub(in crate::reading) value: Option<f64>,
    /// Whether the cell is written otherwise than a plain number or nothing.
    pub(in crate::reading) otherwise: bool,
}

/// The marks for a value that is missing.
const MISSING: [&str; 27] = [
    "-",
    "--",
    "---",
    "–",
    "—",
    "——",
    "―",
    "－",
    "…",
    "……",
    "...",
    "/",
    "n/a",
    "na",
    "#n/a",
    "n.a.",
    "null",
    "nil",
    "无",
    "無",
    "暂无",
    "暫無",
    "缺",
    "缺失",
    "未公布",
    "不详",
    "不詳",
];

/// Reads a cell; the error is that it is no number.
pub(in crate::reading) fn read(cell: &Cell) -> Result<Number, ()> {
    if let Some(value) = cell.value {
        return Ok(Number { value: Some(value), otherwise: false });
    }
    // Marks that nobody sees, and the quotes of `="10"`, by which Excel is kept from reading a cell.
    let seen: String =
        cell.text.chars().filter(|c| c.is_whitespace() || !cjk::is_invisible(*c)).collect();
    let text = seen.trim();
    let quoted = text.strip_prefix('=').unwrap_or(text).strip_prefix(['"', '“']);
    let text = quoted.and_then(|text| text.strip_suffix(['"', '”'])).unwrap_or(text).trim();
    if text.is_empty() {
        return Ok(Number { value: None, otherwise: false });
    }
    // What Rust takes for a number besides figures is a word: `inf`, `nan`.
    let figures = text.chars().any(|c| c.is_ascii_digit());
    if let Some(value) = text.parse().ok().filter(|_| figures) {
        let otherwise = text != cell.text.trim();
        return Ok(Number { value: Some(value), otherwise });
    }
    let lower = text.to_lowercase();
    // Excel's errors: `#DIV/0!`, `#REF!`.
    let failed = lower.starts_with('#') && lower.ends_with(['!', '?', 'a']);
    if MISSING.contains(&&*lower) || failed {
        return Ok(Number { value: None, otherwise: true });
    }
    loose(text).map(|value| Number { value: Some(value), otherwise: true }).ok_or(())
}

/// Reads figures with thousands separators, signs of any kind, currency and percent signs.
fn loose(text: &str) -> Option<f64> {
    let narrowed: String = text.chars().map(plain).filter(|c| *c != '\u{200b}').collect();
    let mut rest = narrowed.trim().trim_start_matches('\'').trim();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        // An accountant's negative number.
        (negative, rest) = (true, inner.trim());
    }
    for _ in 0..2 {
        if let Some(after) = rest.strip_prefix('-') {
            if negative {
                return None;
            }
            (negative, rest) = (true, after.trim_start());
        }
        rest = rest.strip_prefix('+').unwrap_or(rest).trim_start();
        for sign in ["US$", "HK$", "RMB", "CNY", "USD", "¥", "$", "€", "£"] {
            rest = rest.strip_prefix(sign).unwrap_or(rest).trim_start();
        }
    }
    rest = rest.strip_suffix(['%', '‰']).unwrap_or(rest).trim_end();
    let figures = ungrouped(rest)?;
    if !figures.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let value: f64 = figures.parse().ok()?;
    Some(if negative { -value } else { value })
}

/// The character that a wide or rare one stands for.
pub(in crate::reading) fn plain(c: char) -> char {
    match c {
        '−' | '–' | '—' | '﹣' | '‐' | '‑' => '-',
        '￥' => '¥',
        '﹪' => '%',
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        _ => narrow(c),
    }
}

/// Takes the separators out of `1,234,567.8` or `1 234 567`; `None` where they part no thousands.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mark = whole.chars().find(|c| matches!(c, ',' | ' ' | '\''));
    let Some(mark) = mark else { return Some(text.to_owned()) };
    let mut groups = whole.split(mark);
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|group| digits(group) && group.len() <= 3);
    let rest = groups.all(|group| digits(group) && group.len() == 3);
    if !(first && rest) || fraction.contains(mark) {
        return None;
    }
    Some(text.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use source::Place;

    fn number(text: &str) -> Option<Option<f64>> {
        let cell = Cell {
            text: text.to_owned(),
            place: Place::start_of("a"),
            value: None,
            formatted: None,
            unread: None,
            indent: 0.0,
            merged: None,
        };
        read(&cell).ok().map(|number| number.value)
    }

    #[test]
    fn numbers_are_read_in_every_writing() {
        for (text, right) in [
            ("1234.5", 1234.5),
            ("1e29", 1e29),
            ("1,234", 1234.0),
            ("12,345,678.9", 12_345_678.9),
            ("1 234 567", 1_234_567.0),
            ("45.5%", 45.5),
            ("￥100", 100.0),
            ("¥ 1,200", 1200.0),
            ("US$3.5", 3.5),
            ("−10", -10.0),
            ("－１０", -10.0),
            ("（10）", -10.0),
            ("(1,234.5)", -1234.5),
            ("１２３．５", 123.5),
            ("-￥8", -8.0),
            ("'2024", 2024.0),
            ("+5%", 5.0),
        ] {
            assert_eq!(number(text), Some(Some(right)), "{text}");
        }
    }

    #[test]
    fn marks_for_no_value_are_no_value() {
        for text in ["", "#N/A", "—", "-", "……", "N/A", "#DIV/0!", "#REF!", "无", "/"] {
            assert_eq!(number(text), Some(None), "{text}");
        }
    }

    #[test]
    fn what_could_be_something_else_is_no_number() {
        for text in [
            "1,5", "12,34", "1,234,5", "12亿元", "3月", "abc", "1-2", "1.2.3", "inf", "NaN", "--5",
            "1,,234", "%", "()",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
