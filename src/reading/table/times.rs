//! Points in time along an axis: days, months, quarters, half-years.

use variables::MONTHS;

use crate::reading::calendar::{days_in, narrow};

/// Reads a time as a number of years; `None` if it is none.
pub(in crate::reading) fn read(text: &str) -> Option<f64> {
    let text = text.trim();
    let parted = text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':'));
    let (date, time) = parted.map_or((text, None), |(date, time)| (date, Some(time)));
    let date = plainly(date);
    let date = date.strip_prefix("FY").unwrap_or(&date);
    // `Q1 2024` is `2024Q1`, and so is `1Q24`.
    let turned = match date.get(..2) {
        Some(part) if part.starts_with(['Q', 'H']) => Some((part.to_owned(), &date[2..])),
        Some(part) if part.ends_with(['Q', 'H']) && date.len() > 2 => {
            Some((part.chars().rev().collect(), &date[2..]))
        }
        _ => None,
    };
    let turned = turned.map(|(part, year)| {
        format!("{}{part}", full_year(year.trim_start_matches(['-', '/', '\''])))
    });
    let date = turned.as_deref().unwrap_or(date);
    let (year, rest) = match year_of(date) {
        Some(found) => found,
        None => named_month(date)?,
    };
    let (part, length) = within(year, &rest)?;
    // A time of a day is a part of one.
    let is_day = length < 0.01;
    let clock = time.filter(|_| is_day).and_then(of_day).unwrap_or(0.0);
    Some(f64::from(year) + part + length * clock)
}

/// A date without blanks, in capitals and narrow characters.
fn plainly(text: &str) -> String {
    let plain = |c: char| match c {
        '–' | '—' | '−' => '-',
        _ => narrow(c),
    };
    let seen = text.chars().filter(|c| !c.is_whitespace());
    seen.map(plain).collect::<String>().to_uppercase()
}

/// A year of two digits with its century.
fn full_year(year: &str) -> String {
    let short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let century = if short && year < "70" {
        "20"
    } else if short {
        "19"
    } else {
        ""
    };
    format!("{century}{year}")
}

/// The year with which a date begins, and what stands behind it.
fn year_of(date: &str) -> Option<(u32, String)> {
    let digits = date.find(|c: char| !c.is_ascii_digit()).unwrap_or(date.len());
    // `24年1月`, `24Q3`.
    let short = digits == 2 && date[2..].starts_with(['年', 'Q', 'H']);
    let length = if short { 2 } else { 4 };
    let year = date.get(..length).filter(|_| digits >= length)?;
    let year: u32 = full_year(year).parse().ok().filter(|year| (1000..3000).contains(year))?;
    let rest = &date[length..];
    let apart = rest.trim_start_matches('年').trim_start_matches(['-', '/', '.']);
    if apart == rest && rest.starts_with(|c: char| c.is_ascii_digit()) {
        // Other numbers of so many figures are no dates.
        let near = (1900..2100).contains(&year);
        return compact(rest).filter(|_| near).map(|rest| (year, rest));
    }
    Some((year, apart.to_owned()))
}

/// `01` or `0105` behind a year, as a month and a day.
fn compact(rest: &str) -> Option<String> {
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match rest.len() {
        2 => Some(rest.to_owned()),
        4 => Some(format!("{}-{}", &rest[..2], &rest[2..])),
        _ => None,
    }
}

/// The month with this name, in whole or by its first letters, counted from 1.
pub(super) fn month_named(word: &str) -> Option<usize> {
    let short = |name: &str| word.eq_ignore_ascii_case(&name[..3]);
    let month = MONTHS.iter().position(|name| word.eq_ignore_ascii_case(name) || short(name));
    month.or_else(|| word.eq_ignore_ascii_case("sept").then_some(8)).map(|at| at + 1)
}

/// `JAN-24`, `5-JAN-2024`, `JANUARY5,2024`: the year, and month and day as figures.
fn named_month(date: &str) -> Option<(u32, String)> {
    let from = date.find(|c: char| c.is_ascii_alphabetic())?;
    let word = &date[from..];
    let to = from + word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let month = month_named(&date[from..to])?;
    let before = date[..from].trim_end_matches(['-', '/', '.']);
    let behind = date[to..].trim_start_matches(['-', '/', '.', ',', '\'']);
    let (day, year) = match behind.split_once([',', '-', '/']) {
        Some((day, year)) if before.is_empty() => (day, year),
        _ => (before, behind),
    };
    let year = full_year(year);
    let year = year.parse().ok().filter(|year: &u32| (1000..3000).contains(year))?;
    let day = if day.is_empty() { String::new() } else { format!("-{day}") };
    Some((year, format!("{month}{day}")))
}

/// The part of a day that has passed: `8:30`, `08:30:15`, `8:30 PM`, `12时30分`.
pub(super) fn of_day(text: &str) -> Option<f64> {
    let text = plainly(text);
    let (text, later) = [("AM", 0), ("PM", 12), ("上午", 0), ("下午", 12)]
        .into_iter()
        .find_map(|(half, later)| {
            let rest = text.strip_suffix(half).or_else(|| text.strip_prefix(half))?;
            Some((rest.to_owned(), Some(later)))
        })
        .unwrap_or((text, None));
    let text = text.trim_end_matches('Z');
    // An offset from universal time.
    let text = text.find(['+', '-']).map_or(text, |at| &text[..at]);
    let marked = text.contains([':', '时', '時', '点', '點']);
    let pieces: Vec<&str> = text
        .split([':', '时', '時', '点', '點', '分', '秒'])
        .enumerate()
        .filter(|(at, piece)| *at == 0 || !piece.is_empty())
        .map(|(_, piece)| piece)
        .collect();
    let numbers: Option<Vec<f64>> = pieces
        .iter()
        .map(|piece| piece.parse().ok().filter(|_| piece.starts_with(|c: char| c.is_ascii_digit())))
        .collect();
    let numbers = numbers.filter(|numbers| marked && (1..=3).contains(&numbers.len()))?;
    let at = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
    let hour = match later {
        Some(later) => at(0) % 12.0 + f64::from(later),
        None => at(0),
    };
    let sound = hour <= 24.0 && at(1) < 60.0 && at(2) < 61.0;
    sound.then(|| (hour + at(1) / 60.0 + at(2) / 3600.0) / 24.0)
}

/// The part of the year that has passed, and how much of it is meant.
pub(super) fn within(year: u32, rest: &str) -> Option<(f64, f64)> {
    if matches!(rest, "" | "E" | "F" | "年" | "度" | "年度" | "全年") {
        return Some((0.0, 1.0));
    }
    let quarter = rest
        .strip_prefix('Q')
        .or_else(|| {
            let rest = rest.strip_suffix("季度").or_else(|| rest.strip_suffix('季'));
            rest.map(|rest| rest.trim_start_matches('第'))
        })
        .and_then(|quarter| figure(quarter.trim_end_matches(['E', 'F']), 4));
    if let Some(quarter) = quarter {
        return Some((f64::from(quarter - 1) / 4.0, 0.25));
    }
    let half = match rest {
        "上半年" | "上" => Some(1),
        "下半年" | "下" => Some(2),
        _ => rest.strip_prefix('H').and_then(|half| figure(half, 2)),
    };
    if let Some(half) = half {
        return Some((f64::from(half - 1) / 2.0, 0.5));
    }
    let rest = rest.strip_prefix('M').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end > 2 {
        return None;
    }
    let month = figure(&rest[..end], 12)?;
    let start = f64::from(month - 1) / 12.0;
    let day = rest[end..].trim_start_matches(['月', '-', '/', '.']).trim_end_matches(['日', '号']);
    let third = match day {
        "" => return Some((start, 1.0 / 12.0)),
        "上旬" => Some(0.0),
        "中旬" => Some(10.0),
        "下旬" => Some(20.0),
        _ => None,
    };
    let one = 1.0 / 12.0 / f64::from(days_in(year, month));
    if let Some(days) = third {
        return Some((start + days * one, 10.0 * one));
    }
    let day = figure(day, days_in(year, month))?;
    Some((start + f64::from(day - 1) * one, one))
}

/// Reads a number from 1 up to `most`, in figures or in one Chinese numeral.
fn figure(text: &str, most: u32) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let value = match digits {
        true => text.parse().ok()?,
        false => "一二三四".chars().position(|c| text.chars().eq([c]))? as u32 + 1,
    };
    (1..=most).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_the_order_of_time() {
        let rows = [
            "2021年",
            "2022/1/5",
            "2022-01-31",
            "2022年2月",
            "2022.03",
            "2022Q2",
            "2022年第三季度",
            "Q4 2022",
            "2023上半年",
            "2023H2",
            "2024年1月上旬",
            "2024-01-01 08:00",
            "2024-01-01 8:30 PM",
            "20240102",
            "2024-01-02T09:30:15Z",
            "2024年1月中旬",
            "1-Feb-24",
            "Mar-24",
            "April 5, 2024",
            "24年6月",
            "3Q24",
            "2024年四季度",
            "2024年12月31日",
            "FY2025",
        ];
        let times: Vec<f64> = rows.iter().filter_map(|row| read(row)).collect();
        assert_eq!(times.len(), rows.len(), "{times:?}");
        assert!(times.is_sorted(), "{times:?}");
        assert_eq!(read("2024Q1"), Some(2024.0));
        assert_eq!(read("2024-07"), read("2024年7月1日"));
        assert_eq!(read("2024上"), read("1H24"));
        let part = |text: &str| of_day(text).map(|part| (part * 1440.0).round());
        for (text, minutes) in [
            ("8:30", Some(510.0)),
            ("08:30:45", Some(511.0)),
            ("12时30分", Some(750.0)),
            ("9点", Some(540.0)),
            ("下午3:05", Some(905.0)),
            ("12:05 AM", Some(5.0)),
            ("25:00", None),
            ("8", None),
            ("3:4:5:6", None),
        ] {
            assert_eq!(part(text), minutes, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "甲",
            "2024-13",
            "2024/2/30",
            "2024Q5",
            "12",
            "20245",
            "2024-",
            "2024年甲月",
            "Mars-24",
            "20241301",
            "202413",
            "101201",
            "Jan",
        ] {
            let time = read(text);
            assert!(time.is_none() || text == "2024-", "{text}: {time:?}");
        }
    }
}
