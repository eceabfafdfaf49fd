//! Dates, times and durations as a workbook shows them, by their formats: `yyyy"年"m"月"`, `h:mm`,
//! `[h]:mm`.

use std::iter::Peekable;
use std::str::Chars;

use calamine::ExcelDateTime;
use variables::MONTHS;

/// A point in time, in parts.
struct Moment {
    year: u16,
    month: usize,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    /// Days since the beginning, with the part of the day.
    days: f64,
}

/// The format of the short date of the system, which differs from machine to machine.
const OF_THE_SYSTEM: [&str; 3] = ["mm-dd-yy", "m/d/yyyy h:mm", "m/d/yy h:mm"];

impl Moment {
    fn of(time: &ExcelDateTime) -> Self {
        let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
        let month = usize::from(month);
        Self { year, month, day, hour, minute, second, days: time.as_f64() }
    }

    /// The day of the week, in English and in Chinese.
    fn weekday(&self) -> (&'static str, &'static str) {
        const DAYS: [(&str, &str); 7] = [
            ("Saturday", "星期六"),
            ("Sunday", "星期日"),
            ("Monday", "星期一"),
            ("Tuesday", "星期二"),
            ("Wednesday", "星期三"),
            ("Thursday", "星期四"),
            ("Friday", "星期五"),
        ];
        // Days are counted from 31 December 1899, a Sunday, and one that there never was.
        DAYS[(self.days.floor() as i64).rem_euclid(7) as usize]
    }
}

/// The text of a time without its format: `2022-01-05`, `2022-01-05 08:30`, `8:30`; of a duration,
/// its hours and minutes.
pub(super) fn plain(time: &ExcelDateTime) -> String {
    let at = Moment::of(time);
    let seconds = if at.second > 0 { format!(":{:02}", at.second) } else { String::new() };
    if time.is_duration() {
        return elapsed(at.days, at.second > 0);
    }
    if (0.0..1.0).contains(&at.days) {
        return format!("{}:{:02}{seconds}", at.hour, at.minute);
    }
    let date = format!("{:04}-{:02}-{:02}", at.year, at.month, at.day);
    match (at.hour, at.minute, at.second) {
        (0, 0, 0) => date,
        (hour, minute, _) => format!("{date} {hour:02}:{minute:02}{seconds}"),
    }
}

/// `36:05`, with seconds `36:05:09`.
fn elapsed(days: f64, seconds: bool) -> String {
    let all = (days.abs() * 86_400.0).round() as u64;
    let sign = if days < 0.0 { "−" } else { "" };
    let end = if seconds { format!(":{:02}", all % 60) } else { String::new() };
    format!("{sign}{}:{:02}{end}", all / 3600, all / 60 % 60)
}

/// A time of OpenDocument, `PT08H30M00S`, as its hours and minutes.
pub(super) fn of_iso(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix("PT")?;
    let mut take = |mark: char| {
        let (number, behind) = rest.split_once(mark)?;
        rest = behind;
        number.parse::<f64>().ok()
    };
    let (hours, minutes, seconds) = (take('H')?, take('M')?, take('S').unwrap_or(0.0));
    Some(elapsed((hours + minutes / 60.0 + seconds / 3600.0) / 24.0, seconds >= 1.0))
}

/// The text that a workbook shows of a time; `None` where its format is the system's, or says more.
pub(super) fn shown(time: &ExcelDateTime, code: &str) -> Option<String> {
    let code = code.split(";@").next()?;
    if OF_THE_SYSTEM.contains(&code) || code.contains(';') {
        return None;
    }
    let at = Moment::of(time);
    let halves = ["am/pm", "a/p", "上午/下午"];
    let lower = code.to_lowercase();
    let halved = halves.iter().any(|half| lower.contains(half));
    let mut out = String::new();
    let mut chars = code.chars().peekable();
    // In Chinese numerals: `[DBNum1]`.
    let mut chinese = false;
    // Behind hours, `m` is for minutes, and so it is before seconds.
    let mut hours = false;
    while let Some(c) = chars.next() {
        let c = c.to_ascii_lowercase();
        match c {
            '"' => out.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' | '!' => out.extend(chars.next()),
            '_' | '*' => drop(chars.next()),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let inner = inner.to_lowercase();
                match &*inner {
                    "h" | "hh" => {
                        hours = true;
                        out += &((at.days * 24.0 + 1e-9).floor() as i64).to_string();
                    }
                    "m" | "mm" => out += &((at.days * 1440.0 + 1e-6).floor() as i64).to_string(),
                    "s" | "ss" => out += &((at.days * 86_400.0).round() as i64).to_string(),
                    // The long forms of the system.
                    _ if inner.starts_with("$-f") || inner.starts_with("$-x") => return None,
                    _ if inner.starts_with('$') => {}
                    "dbnum1" => chinese = true,
                    _ => return None,
                }
            }
            'y' | 'e' => match row(c, &mut chars) {
                1 | 2 if c == 'y' => out += &figures(format!("{:02}", at.year % 100), chinese),
                _ => out += &figures(format!("{:04}", at.year), chinese),
            },
            'm' => {
                let length = row(c, &mut chars);
                let seconds = chars.clone().find(|c| c.is_ascii_alphabetic() || *c == '[');
                let minutes = hours || seconds.is_some_and(|c| c.eq_ignore_ascii_case(&'s'));
                hours = false;
                match length {
                    _ if minutes => out += &counted(usize::from(at.minute), length, chinese),
                    1 | 2 => out += &counted(at.month, length, chinese),
                    3 => out.push_str(&MONTHS.get(at.month.checked_sub(1)?)?[..3]),
                    4 => out.push_str(MONTHS.get(at.month.checked_sub(1)?)?),
                    _ => return None,
                }
            }
            'd' => match row(c, &mut chars) {
                length @ (1 | 2) => out += &counted(usize::from(at.day), length, chinese),
                3 => out.push_str(&at.weekday().0[..3]),
                4 => out.push_str(at.weekday().0),
                _ => return None,
            },
            'h' => {
                hours = true;
                let hour = usize::from(at.hour);
                let hour = if halved { (hour + 11) % 12 + 1 } else { hour };
                out += &counted(hour, row(c, &mut chars), chinese);
            }
            's' => out += &counted(usize::from(at.second), row(c, &mut chars), chinese),
            'a' | '上' => {
                let rest: String = chars.clone().take(4).collect();
                let rest = rest.to_lowercase();
                let late = at.hour >= 12;
                let (length, half) = if rest.starts_with("m/pm") {
                    (4, if late { "PM" } else { "AM" })
                } else if rest.starts_with("/p") {
                    (2, if late { "P" } else { "A" })
                } else if rest.starts_with("aa") {
                    let long = rest.starts_with("aaa");
                    let day = at.weekday().1;
                    out.push_str(if long { day } else { &day["星期".len()..] });
                    chars.by_ref().take(if long { 3 } else { 2 }).for_each(drop);
                    continue;
                } else if rest.starts_with("午/下午") {
                    (4, if late { "下午" } else { "上午" })
                } else {
                    return None;
                };
                chars.by_ref().take(length).for_each(drop);
                out.push_str(half);
            }
            // Figures and other letters are for numbers, and for parts of a second.
            '0' | '#' | '?' | '.' if chars.peek() == Some(&'0') => return None,
            c if c.is_ascii_alphanumeric() || matches!(c, '#' | '?' | '@' | '%') => return None,
            c => out.push(c),
        }
    }
    let out = out.trim().to_owned();
    (!out.is_empty()).then_some(out)
}

/// Figures one by one, 二〇二四.
fn figures(text: String, chinese: bool) -> String {
    let one =
        |c: char| c.to_digit(10).and_then(|at| "〇一二三四五六七八九".chars().nth(at as usize));
    if chinese { text.chars().filter_map(one).collect() } else { text }
}

/// A number with so many figures at least, or in Chinese as it is read: 十二.
fn counted(number: usize, length: usize, chinese: bool) -> String {
    if !chinese {
        return padded(number, length);
    }
    let one = |number: usize| figures(number.to_string(), true);
    let ten = match number / 10 {
        0 => return one(number),
        1 => String::new(),
        tens => one(tens),
    };
    let rest = if number.is_multiple_of(10) { String::new() } else { one(number % 10) };
    format!("{ten}十{rest}")
}

/// How many times a letter stands in a row, one of which is taken.
fn row(letter: char, chars: &mut Peekable<Chars>) -> usize {
    let mut length = 1;
    while chars.next_if(|c| c.eq_ignore_ascii_case(&letter)).is_some() {
        length += 1;
    }
    length
}

fn padded(number: usize, length: usize) -> String {
    if length > 1 { format!("{number:02}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    #[test]
    fn times_are_shown_as_a_workbook_shows_them() {
        let time = ExcelDateTime::new(45_296.354_166_666_7, DateTime, false);
        for (code, right) in [
            ("yyyy\"年\"m\"月\"", Some("2024年1月")),
            ("yyyy/m/d;@", Some("2024/1/5")),
            ("[$-804]yyyy年mm月dd日", Some("2024年01月05日")),
            ("mmm-yy", Some("Jan-24")),
            ("d mmmm yyyy", Some("5 January 2024")),
            ("h:mm", Some("8:30")),
            ("hh:mm:ss", Some("08:30:00")),
            ("h:mm AM/PM", Some("8:30 AM")),
            ("m/d", Some("1/5")),
            ("mm:ss", Some("30:00")),
            ("yyyy\"年\"m\"月\"d\"日\"aaaa", Some("2024年1月5日星期五")),
            ("m/d aaa", Some("1/5 五")),
            ("ddd, d mmm", Some("Fri, 5 Jan")),
            ("[DBNum1]yyyy\"年\"m\"月\"d\"日\"", Some("二〇二四年一月五日")),
            ("[DBNum1][$-804]h\"时\"mm\"分\"", Some("八时三十分")),
            ("mm-dd-yy", None),
            ("[$-F800]dddd, mmmm dd, yyyy", None),
            ("ss.000", None),
            ("0.00", None),
        ] {
            assert_eq!(shown(&time, code).as_deref(), right, "{code}");
        }
        assert_eq!(plain(&time), "2024-01-05 08:30");
        let day = |days| ExcelDateTime::new(days, DateTime, false);
        assert_eq!(plain(&day(45_296.0)), "2024-01-05");
        assert_eq!(plain(&day(0.354_166_666_7)), "8:30");
        assert_eq!(
            shown(&day(0.895_833_333_4), "上午/下午h\"时\"mm\"分\"").as_deref(),
            Some("下午9时30分")
        );
        let span = ExcelDateTime::new(1.503_472_222_3, TimeDelta, false);
        assert_eq!(plain(&span), "36:05");
        assert_eq!(shown(&span, "[h]:mm").as_deref(), Some("36:05"));
        assert_eq!(of_iso("PT08H30M00S").as_deref(), Some("8:30"));
        assert_eq!(of_iso("P1D"), None);
    }
}
