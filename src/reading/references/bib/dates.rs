//! Dates as fields have them: ISO 8601, words, Chinese.

use crate::reading::calendar::{days_in, narrow};

/// A date as Hayagriva reads it, and whether that is all that the field says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// The date: `2024`, `2024-05` or `2024-05-17`.
    pub(super) date: String,
    /// Whether nothing of the field is left out.
    pub(super) whole: bool,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number { value: u32, digits: usize },
    Month(u32),
}

/// Reads a date; `None` if it has no year.
pub(super) fn read(field: &str) -> Option<Read> {
    let (mut whole, mut tokens) = (true, vec![]);
    let text = folded(field);
    // Of a span of dates a list shows the first.
    let text = match text.split_once('/') {
        Some((first, last))
            if starts_with_year(first) && (last.is_empty() || starts_with_year(last)) =>
        {
            whole = false;
            first
        }
        _ => &text,
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is = |d: char| {
            if c.is_ascii_digit() {
                d.is_ascii_digit()
            } else {
                d.is_alphabetic() == c.is_alphabetic() && !d.is_ascii_digit()
            }
        };
        let length = rest.find(|d: char| !is(d)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        rest = after;
        if c.is_ascii_digit() {
            let Ok(value) = word.parse() else { return None };
            tokens.push(Token::Number { value, digits: word.len() });
        } else if c.is_alphabetic() {
            let month = MONTHS.iter().position(|month| word.starts_with(month));
            match month {
                Some(at) => tokens.push(Token::Month(at as u32 + 1)),
                None if matches!(
                    word,
                    "st" | "nd" | "rd" | "th" | "of" | "年" | "月" | "日" | "号" | "t"
                ) => {}
                None => whole = false,
            }
        } else if word.contains(['?', '~']) {
            whole = false;
        }
    }
    let is_year = |token: &Token| matches!(token, Token::Number { digits: 4, .. });
    let at = tokens.iter().position(is_year)?;
    let Token::Number { value: year, .. } = tokens.remove(at) else { return None };
    let (month, day, rest) = month_and_day(&tokens, at);
    let day =
        day.filter(|&day| month.is_some_and(|month| (1..=days_in(year, month)).contains(&day)));
    let used = usize::from(month.is_some()) + usize::from(day.is_some());
    let whole = whole && rest && used == tokens.len();
    let mut date = format!("{year:04}");
    for part in [month, day].into_iter().flatten() {
        date.push_str(&format!("-{part:02}"));
    }
    Some(Read { date, whole })
}

/// Reads month and day from what stands beside the year, which was the token at `year`; and says
/// whether there is no doubt which is which.
fn month_and_day(tokens: &[Token], year: usize) -> (Option<u32>, Option<u32>, bool) {
    let number = |token: &Token| match token {
        Token::Number { value, digits } if *digits <= 2 => Some(*value),
        _ => None,
    };
    let in_year = |month: &u32| (1..=12).contains(month);
    if let Some(at) = tokens.iter().position(|token| matches!(token, Token::Month(_))) {
        let Token::Month(month) = tokens[at] else { return (None, None, false) };
        let day = tokens.iter().find_map(number);
        return (Some(month), day, true);
    }
    match tokens.iter().map(number).collect::<Vec<_>>()[..] {
        [] => (None, None, true),
        [first, ..] if year == 0 => {
            let month = first.filter(in_year);
            let day = tokens.get(1).and_then(number).filter(|_| month.is_some());
            (month, day, true)
        }
        [Some(month)] if in_year(&month) => (Some(month), None, true),
        // Which of two is the month shows where one can only be a day.
        [Some(day), Some(month)] if day > 12 && in_year(&month) => (Some(month), Some(day), true),
        [Some(month), Some(day)] if day > 12 && in_year(&month) => (Some(month), Some(day), true),
        [Some(day), Some(month)] if day == month && in_year(&month) => {
            (Some(month), Some(day), true)
        }
        _ => (None, None, false),
    }
}

fn starts_with_year(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 4 && text.bytes().take(4).all(|b| b.is_ascii_digit())
}

/// Lower case, with plain figures and marks of one kind, and without the time of the day.
fn folded(text: &str) -> String {
    let text = lower(text);
    match text.split_once('t') {
        Some((date, time))
            if date.ends_with(|c: char| c.is_ascii_digit()) && time.contains(':') =>
        {
            date.to_owned()
        }
        _ => text,
    }
}

fn lower(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| !matches!(c, '{' | '}' | '[' | ']'))
        .map(|c| match c {
            '．' | '－' | '—' | '–' => '-',
            _ => narrow(c),
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(field: &str) -> (String, bool) {
        read(field).map(|read| (read.date, read.whole)).unwrap_or_default()
    }

    #[test]
    fn dates_are_read_in_every_writing() {
        for (field, right) in [
            ("2024", "2024"),
            ("2023-05", "2023-05"),
            ("2023/05/09", "2023-05-09"),
            ("2023.5.9", "2023-05-09"),
            ("2023年5月", "2023-05"),
            ("２０２３年５月９日", "2023-05-09"),
            ("Sept./1988", "1988-09"),
            ("12 May 2020", "2020-05-12"),
            ("May 3rd, 2020", "2020-05-03"),
            ("{2019}", "2019"),
            ("2023-05-09T10:20:30Z", "2023-05-09"),
            ("25/12/2021", "2021-12-25"),
        ] {
            assert_eq!(date(field), (right.to_owned(), true), "{field}");
        }
    }

    #[test]
    fn what_is_left_out_is_known() {
        for (field, right) in [
            ("Spring 2020", "2020"),
            ("2019/2020", "2019"),
            ("2023-05-09/2023-05-12", "2023-05-09"),
            ("05/06/2021", "2021"),
            ("2001?", "2001"),
            ("2023-02-31", "2023-02"),
        ] {
            assert_eq!(date(field), (right.to_owned(), false), "{field}");
        }
        for field in ["in press", "", "n.d.", "待刊", "99999999999999"] {
            assert_eq!(read(field), None, "{field}");
        }
    }
}
