//! Points in time along an axis: days, months, quarters, half-years.

use crate::reading::calendar::{days_in, narrow};

/// Reads a time as a number of years; `None` if it is none.
pub(in crate::reading) fn read(text: &str) -> Option<f64> {
    // The time of a day is not part of an axis.
    let text = text.trim();
    let text =
        text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(text, |d| d.0);
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '–' | '—' | '−' => '-',
            _ => narrow(c),
        })
        .collect::<String>()
        .to_uppercase();
    let text = text.strip_prefix("FY").unwrap_or(&text);
    // `Q1 2024` is `2024Q1`.
    let turned = match text.get(..2) {
        Some(part) if part.starts_with(['Q', 'H']) => {
            Some(format!("{}{part}", text[2..].trim_start_matches(['-', '/'])))
        }
        _ => None,
    };
    let text = turned.as_deref().unwrap_or(text);
    let year = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let year: u32 = year.parse().ok().filter(|year| (1000..3000).contains(year))?;
    let rest = &text[4..];
    let apart = rest.trim_start_matches('年').trim_start_matches(['-', '/', '.']);
    if apart == rest && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = apart;
    within(year, rest).map(|part| f64::from(year) + part)
}

/// The part of the year that has passed.
fn within(year: u32, rest: &str) -> Option<f64> {
    if matches!(rest, "" | "E" | "F" | "年" | "度" | "年度" | "全年") {
        return Some(0.0);
    }
    let quarter = rest
        .strip_prefix('Q')
        .or_else(|| rest.strip_suffix("季度").map(|rest| rest.trim_start_matches('第')))
        .and_then(|quarter| figure(quarter, 4));
    if let Some(quarter) = quarter {
        return Some(f64::from(quarter - 1) / 4.0);
    }
    let half = match rest {
        "上半年" => Some(1),
        "下半年" => Some(2),
        _ => rest.strip_prefix('H').and_then(|half| figure(half, 2)),
    };
    if let Some(half) = half {
        return Some(f64::from(half - 1) / 2.0);
    }
    let rest = rest.strip_prefix('M').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end > 2 {
        return None;
    }
    let month = figure(&rest[..end], 12)?;
    let day = rest[end..].trim_start_matches(['月', '-', '/', '.']).trim_end_matches(['日', '号']);
    let day = if day.is_empty() { 1 } else { figure(day, days_in(year, month))? };
    Some((f64::from(month - 1) + f64::from(day - 1) / f64::from(days_in(year, month))) / 12.0)
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
            "2024-01-01 08:00",
            "2024年12月31日",
            "FY2025",
        ];
        let times: Vec<f64> = rows.iter().filter_map(|row| read(row)).collect();
        assert_eq!(times.len(), rows.len(), "{times:?}");
        assert!(times.is_sorted(), "{times:?}");
        assert_eq!(read("2024Q1"), Some(2024.0));
        assert_eq!(read("2024-07"), read("2024年7月1日"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "甲", "2024-13", "2024/2/30", "2024Q5", "12", "20245", "2024-", "2024年甲月"]
        {
            let time = read(text);
            assert!(time.is_none() || text == "2024-", "{text}: {time:?}");
        }
    }
}
