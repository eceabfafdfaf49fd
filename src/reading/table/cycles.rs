//! Times that come again: months without a year, quarters, days of a year, times of a day.

use super::times::{month_named, of_day, within};
use crate::reading::calendar::narrow;

/// A year in which every day is one.
const LEAP: u32 = 2024;

/// Reads a column of such times as places along an axis, in rounds; `None` if they are none, or
/// not of one kind. They are in the order of the rows: one that is before the one above it is in
/// the next round.
pub(in crate::reading) fn read(texts: &[&str]) -> Option<Vec<f64>> {
    let kinds: [fn(&str) -> Option<f64>; 3] = [of_day, quarter, of_year];
    kinds.into_iter().find_map(|kind| {
        let parts: Option<Vec<f64>> = texts.iter().map(|text| kind(text)).collect();
        parts.filter(|parts| !parts.is_empty()).map(in_rounds)
    })
}

fn in_rounds(parts: Vec<f64>) -> Vec<f64> {
    let mut round = 0.0;
    let mut last = f64::NEG_INFINITY;
    let place = |part: f64| {
        if part < last {
            round += 1.0;
        }
        last = part;
        round + part
    };
    parts.into_iter().map(place).collect()
}

/// `一季度`, `第二季度`, `Q3`.
fn quarter(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let text = text.to_uppercase();
    let (part, length) = within(LEAP, &text)?;
    (length == 0.25).then_some(part)
}

/// `1月`, `一月`, `Jan`, `1月5日`.
fn of_year(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    if let Some(month) = month_named(text.trim_end_matches('.')) {
        return Some((month - 1) as f64 / 12.0);
    }
    let (month, day) = text.split_once('月')?;
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let month = numerals
        .iter()
        .position(|name| *name == month)
        .map_or_else(|| month.to_owned(), |at| (at + 1).to_string());
    within(LEAP, &format!("{month}月{day}")).map(|(part, _)| part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_without_a_year_go_on_in_the_order_of_their_rows() {
        let rounds = |texts: &[&str]| {
            read(texts)
                .map(|places| places.iter().map(|at| (at * 1440.0).round()).collect::<Vec<_>>())
        };
        assert_eq!(rounds(&["1月", "2月", "4月"]), Some(vec![0.0, 120.0, 360.0]));
        assert_eq!(rounds(&["十一月", "12月", "一月"]), Some(vec![1200.0, 1320.0, 1440.0]));
        assert_eq!(rounds(&["Nov", "December", "Jan."]), Some(vec![1200.0, 1320.0, 1440.0]));
        assert_eq!(rounds(&["一季度", "Q2", "第三季度"]), Some(vec![0.0, 360.0, 720.0]));
        assert_eq!(rounds(&["22:30", "23:00", "0:15"]), Some(vec![1350.0, 1380.0, 1455.0]));
        let days = read(&["1月5日", "1月6日", "2月1日"]).expect("days");
        assert!((days[1] - days[0]) * 20.0 < days[2] - days[0], "{days:?}");
        for texts in [&["1月", "8:30"][..], &["甲"], &[], &["1", "2"], &["13月"]] {
            assert_eq!(read(texts), None, "{texts:?}");
        }
    }
}
