//! How a value is printed: numbers with groups, decimals and units, dates by a pattern.

use l10n::say;

use super::Kind;
use super::typed::{date, number};

/// The message and the hint of a format that cannot be.
type Fault = (String, String);

/// Prints the value of the variable `name`.
pub(crate) fn of(kind: Kind, value: &str, name: &str, format: &str) -> Result<String, Fault> {
    match kind {
        Kind::Number => numeric(value, format).ok_or_else(|| {
            (
                say!("`{format}` is no format of a number", format),
                say!("write `,` for groups, `.1` for decimals, `%`, `万` or `亿`, in this order: `{{{{{name}:,.1}}}}`", name),
            )
        }),
        Kind::Date => dated(value, name, format),
        Kind::Text | Kind::Boolean | Kind::File => Err((
            say!("the variable `{name}` is neither a number nor a date, and has no formats", name),
            say!("write `{{{{{name}}}}}`, or declare its `type`", name),
        )),
    }
}

fn numeric(value: &str, format: &str) -> Option<String> {
    let (groups, rest) = match format.strip_prefix([',', '，']) {
        Some(rest) => (true, rest),
        None => (false, format),
    };
    let unit = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let decimals = match rest.strip_suffix(unit)?.strip_prefix('.') {
        Some(digits) => Some(digits.parse::<usize>().ok().filter(|digits| *digits <= 12)?),
        None if rest.len() > unit.len() => return None,
        None => None,
    };
    let places: i32 = match unit {
        "" => 0,
        "%" | "％" => 2,
        "万" | "萬" => -4,
        "亿" | "億" => -8,
        _ => return None,
    };
    let shifted = shifted(value, places)?;
    let digits = match decimals {
        Some(decimals) => rounded(&shifted, decimals),
        None => shifted,
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (&*digits, String::new()),
    };
    let whole = if groups { grouped(whole) } else { whole.to_owned() };
    Some(format!("{whole}{fraction}{unit}"))
}

/// A number with its point moved to the right by some places, digit by digit: what is printed is
/// what is written.
fn shifted(value: &str, places: i32) -> Option<String> {
    let number = number(value)?;
    let plain = if value.contains(['e', 'E']) { number.to_string() } else { value.to_owned() };
    if places == 0 {
        return Some(plain);
    }
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", &*plain),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + places;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let length = i32::try_from(all.len()).ok()?;
    let all = format!("{}{all}{}", zeros(1 - point), zeros(point - length));
    let (whole, fraction) = all.split_at(usize::try_from(point.max(1)).ok()?);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// A number with so many decimals, rounded half away from zero as people do it.
fn rounded(digits: &str, decimals: usize) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    let up = fraction.as_bytes().get(decimals).is_some_and(|next| *next >= b'5');
    let mut all: Vec<u8> = format!("0{whole}{kept}").into_bytes();
    if up {
        for digit in all.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                break;
            }
            *digit = b'0';
        }
    }
    let all = String::from_utf8_lossy(&all).into_owned();
    let (whole, fraction) = all.split_at(all.len() - decimals);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let nothing = whole == "0" && fraction.bytes().all(|digit| digit == b'0');
    let sign = if nothing { "" } else { sign };
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn grouped(whole: &str) -> String {
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", whole),
    };
    let mut out = sign.to_owned();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The months in English.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn dated(value: &str, name: &str, format: &str) -> Result<String, Fault> {
    let (year, month, day) = date(value).unwrap_or_default();
    let named = month.and_then(|month| MONTHS.get(month as usize - 1));
    let fields: [(&str, Option<String>); 7] = [
        ("YYYY", Some(format!("{year:04}"))),
        ("MMMM", named.map(|name| (*name).to_owned())),
        ("MMM", named.map(|name| name[..3].to_owned())),
        ("MM", month.map(|month| format!("{month:02}"))),
        ("M", month.map(|month| month.to_string())),
        ("DD", day.map(|day| format!("{day:02}"))),
        ("D", day.map(|day| day.to_string())),
    ];
    let (mut out, mut rest, mut any) = (String::new(), format, false);
    while let Some(c) = rest.chars().next() {
        let field = fields.iter().find(|(letters, _)| rest.starts_with(letters));
        match field {
            Some((letters, text)) => {
                let Some(text) = text else {
                    return Err((
                        say!("the date `{value}` has nothing for `{letters}`", value, letters),
                        say!("write the date in full, or leave `{letters}` out", letters),
                    ));
                };
                out.push_str(text);
                rest = &rest[letters.len()..];
                any = true;
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !any {
        return Err((
            say!("`{format}` is no format of a date", format),
            say!(
                "write it with `YYYY`, `MM` or `M`, `DD` or `D`: `{{{{{name}:YYYY年M月D日}}}}`",
                name
            ),
        ));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_their_formats_say() {
        for (value, format, printed) in [
            ("1250000", ",", "1,250,000"),
            ("-1250000.5", ",", "-1,250,000.5"),
            ("999", ",", "999"),
            ("0.355", "%", "35.5%"),
            ("0.355", ".0%", "36%"),
            ("2.345", ".2", "2.35"),
            ("1.005", ".2", "1.01"),
            ("9.996", ".2", "10.00"),
            ("-0.004", ".2", "0.00"),
            ("12345678", ".1万", "1234.6万"),
            ("12345678", ",.2万", "1,234.57万"),
            ("5000", "亿", "0.00005亿"),
            ("12345678", ".1萬", "1234.6萬"),
            ("250000000", "億", "2.5億"),
            ("1e3", ",", "1,000"),
            ("7", ".2", "7.00"),
        ] {
            assert_eq!(numeric(value, format).as_deref(), Some(printed), "{value}:{format}");
        }
        for format in [".x", "元", "2", "..1", ".1 万", ",,"] {
            assert_eq!(numeric("1", format), None, "{format}");
        }
    }

    #[test]
    fn dates_are_printed_by_their_pattern() {
        let dated = |value, format| dated(value, "d", format).ok();
        assert_eq!(dated("2025-01-31", "YYYY年M月D日").as_deref(), Some("2025年1月31日"));
        assert_eq!(dated("2025-01-09", "D MMMM YYYY").as_deref(), Some("9 January 2025"));
        assert_eq!(dated("2025-01-09", "YYYY/MM/DD").as_deref(), Some("2025/01/09"));
        assert_eq!(dated("2025-03", "YYYY.M").as_deref(), Some("2025.3"));
        assert_eq!(dated("2025-03", "D").as_deref(), None);
        assert_eq!(dated("2025-03", "年").as_deref(), None);
    }
}
