//! Numbers as a workbook shows them, by the simple ones of its formats: `0.00`, `0%`, `#,##0`,
//! `0.00E+00`, and by the general one.

/// The text that a workbook shows of a value; `None` where its format says more than decimals,
/// thousands, per cent, powers of ten and words.
pub(super) fn shown(value: f64, code: &str) -> Option<String> {
    if let Some(day) = weekday(value, code) {
        return Some(day.to_owned());
    }
    if code.eq_ignore_ascii_case("general") {
        return general(value);
    }
    let sections = sections(code);
    let own = match (value, &sections[..]) {
        (_, []) => return None,
        (..0.0, [_, below, ..]) => below,
        (0.0, [_, _, zero, ..]) => zero,
        (_, [first, ..]) => first,
    };
    let Section { before, figures, after, percent } = Section::of(own)?;
    let size = value.abs();
    let size = if percent { exact(size * 100.0) } else { size };
    let number = match figures.as_str() {
        GENERAL => general(size).unwrap_or_else(|| exact(size).to_string()),
        // Places that hold a space, or nothing, for nothing.
        blank if size == 0.0 && blank.bytes().all(|b| matches!(b, b'?' | b'#')) => String::new(),
        // A value that a format hides, or for which it has a word.
        "" => String::new(),
        figures => set(size, figures, percent)?,
    };
    let zero = number.bytes().all(|b| !matches!(b, b'1'..=b'9'));
    // A section for negative numbers says by itself that they are; none of it is said of a zero.
    let has_own = sections.len() > 1;
    let sign = if value < 0.0 && !zero && !has_own { "−" } else { "" };
    if value < 0.0 && zero && has_own && figures.contains('0') {
        return shown(0.0, code);
    }
    let minus =
        |words: &str| if value < 0.0 { words.replace('-', "−") } else { words.to_owned() };
    Some(format!("{sign}{}{number}{}", minus(&before), minus(&after)))
}

/// Whether a format shows a value as it is, or as the settings of whoever reads it say: then it is
/// printed in full, and times year first.
pub(super) fn is_of_the_reader(code: &str) -> bool {
    let code = code.split(';').next().unwrap_or(code).trim();
    let is_of_system = code.starts_with("[$-F800]") || code.starts_with("[$-F400]");
    is_of_system
        || [
            "",
            "@",
            "general",
            "g/通用格式",
            "mm-dd-yy",
            "m/d/yy h:mm",
            "m/d/yyyy",
            "m/d/yyyy h:mm",
        ]
        .contains(&code.to_lowercase().as_str())
}

/// The figures of a section without a format of its own: all that the value has.
const GENERAL: &str = "General";

/// A number by the figures of a section.
fn set(value: f64, figures: &str, percent: bool) -> Option<String> {
    // Commas behind the figures: thousands, or thousands of them.
    let scaled = figures.trim_end_matches(',');
    let value = (scaled.len()..figures.len()).fold(value, |value, _| value / 1000.0);
    let (figures, power) = match scaled.split_once(['E', 'e']) {
        Some((figures, power)) => (figures, Some(power)),
        None => (scaled, None),
    };
    let (whole, decimals) = figures.split_once('.').unwrap_or((figures, ""));
    let grouped = matches!(whole, "#,##0" | "#,###" | "0,000");
    // `000000`: as many figures at least.
    let sure = whole.trim_start_matches(['#', '?']);
    let least = if grouped { 1 } else { sure.len() };
    let padded = !whole.is_empty() && sure.bytes().all(|b| b == b'0');
    // `0.0##`: figures that only stand where they are no zeros.
    let kept = decimals.trim_end_matches(['#', '?']);
    if !(grouped || padded) || !kept.bytes().all(|b| b == b'0') || figures.ends_with('.') {
        return None;
    }
    let (size, power) = match power {
        Some(power) => {
            let figures = power.strip_prefix(['+', '-'])?;
            if percent || grouped || sure.is_empty() || figures.bytes().any(|b| b != b'0') {
                return None;
            }
            // `##0.0E+0`: as many figures as there are places, so that powers go by threes.
            let places = [whole.len(), decimals.len()];
            in_powers(value, places, figures.len(), power.starts_with('+'))?
        }
        None => (value, String::new()),
    };
    let (whole, mut fraction) = rounded(size, decimals.len())?;
    let length = fraction.trim_end_matches('0').len().max(kept.len());
    fraction.truncate(length);
    let whole = match whole.as_str() {
        "0" if least == 0 => "",
        whole => whole,
    };
    let whole = if grouped { in_thousands(whole) } else { format!("{whole:0>least$}") };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{whole}{point}{fraction}{power}"))
}

/// The day of the week that a number stands for, counted as workbooks do.
fn weekday(value: f64, code: &str) -> Option<&'static str> {
    const DAYS: [&str; 7] = ["星期六", "星期日", "星期一", "星期二", "星期三", "星期四", "星期五"];
    let code = code.split(';').next()?;
    let code = code.rsplit(']').next()?.trim();
    let is_day = matches!(code.len(), 3 | 4) && code.bytes().all(|b| b.eq_ignore_ascii_case(&b'a'));
    let day = DAYS.get((value.floor() as i64).checked_rem_euclid(7)? as usize)?;
    is_day.then(|| if code.len() == 4 { day } else { &day["星期".len()..] })
}

/// A section of a format, without what only moves or colours a number: `_)`, `* `, `\ `, `[Red]`.
struct Section {
    /// What stands before the figures and behind them: words, signs, brackets, currency signs, also
    /// those of `"¥"` and `[$¥-804]`.
    before: String,
    figures: String,
    after: String,
    percent: bool,
}

impl Section {
    /// Reads a section; `None` if it is for times, texts or fractions, or has conditions.
    fn of(section: &str) -> Option<Self> {
        let (before, figures, after) = (String::new(), String::new(), String::new());
        let mut out = Self { before, figures, after, percent: false };
        let mut rest = section;
        while let Some(c) = rest.chars().next() {
            if let Some(behind) = rest.strip_prefix(GENERAL) {
                out.figures(GENERAL)?;
                rest = behind;
                continue;
            }
            let mut chars = rest.chars();
            chars.next();
            match c {
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    match inner.strip_prefix('$') {
                        Some(sign) => out.says(sign.split('-').next().unwrap_or_default()),
                        None if inner.starts_with(|c: char| "<>=".contains(c)) => return None,
                        None if inner.starts_with("DBNum") => return None,
                        None => {}
                    }
                }
                '"' => {
                    let words: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    out.says(&words);
                }
                '\\' | '!' => match chars.next() {
                    None | Some(' ') => {}
                    Some(c) => out.says(c.encode_utf8(&mut [0; 4])),
                },
                ' ' => {}
                '0' | '#' | '?' | '.' | ',' => out.figures(c.encode_utf8(&mut [0; 4]))?,
                'E' | 'e' if !out.figures.is_empty() => {
                    let sign = chars.next().filter(|sign| matches!(sign, '+' | '-'))?;
                    out.figures(&format!("E{sign}"))?;
                }
                '%' => {
                    out.percent = true;
                    out.says("%");
                }
                '/' | '@' | '1'..='9' => return None,
                c if c.is_ascii_alphabetic() => return None,
                c => out.says(c.encode_utf8(&mut [0; 4])),
            }
            rest = chars.as_str();
        }
        Some(out)
    }

    /// Adds figures, which stand together.
    fn figures(&mut self, figures: &str) -> Option<()> {
        self.figures.push_str(figures);
        self.after.is_empty().then_some(())
    }

    fn says(&mut self, words: &str) {
        let own = if self.figures.is_empty() { &mut self.before } else { &mut self.after };
        own.push_str(words);
    }
}

/// The sections of a format. A semicolon in quotes or behind a backslash parts none.
fn sections(code: &str) -> Vec<&str> {
    let (mut quoted, mut escaped, mut from, mut out) = (false, false, 0, vec![]);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '!' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                out.push(&code[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&code[from..]);
    out
}

/// A value to the fifteen figures that a workbook keeps.
pub(super) fn exact(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// A number as figures of so many places before and behind the point and a power of ten, `E+05` of so
/// many figures at least.
fn in_powers(
    value: f64,
    [places, decimals]: [usize; 2],
    least: usize,
    signed: bool,
) -> Option<(f64, String)> {
    let power_of = |value: f64| format!("{value:e}").split_once('e')?.1.parse::<i32>().ok();
    let places = i32::try_from(places).ok()?;
    let step = |power: i32| power.div_euclid(places) * places;
    let mut power = step(power_of(value)?);
    let figures = |power: i32| format!("{value}e{}", -power).parse::<f64>().ok();
    let (whole, fraction) = rounded(exact(figures(power)?), decimals)?;
    let size: f64 = format!("{whole}.{fraction}0").parse().ok()?;
    // Rounded up, it may have a place more than there is.
    if size > 0.0 {
        power += step(power_of(size)?);
    }
    let sign = match power {
        ..0 => "-",
        _ if signed => "+",
        _ => "",
    };
    Some((exact(figures(power)?), format!("E{sign}{:0least$}", power.abs())))
}

/// The most characters of a number in the general format.
const WIDEST: usize = 11;

/// A number as the general format shows it where a column is wide enough; `None` where that is all of
/// its figures.
fn general(value: f64) -> Option<String> {
    let size = value.abs();
    let is_large = size >= 1e11;
    if !(is_large || size < 1e-4 && size.to_string().len() > WIDEST) {
        return None;
    }
    shown(value, "0.#####E+00")
}

/// A number of so many decimals, a half rounded up as workbooks do: before and behind the point.
fn rounded(value: f64, decimals: usize) -> Option<(String, String)> {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let up = fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5');
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    if up {
        let nines = digits.iter().rev().take_while(|digit| **digit == b'9').count();
        let at = digits.len() - nines;
        digits[at..].fill(b'0');
        match at.checked_sub(1) {
            Some(before) => digits[before] += 1,
            None => digits.insert(0, b'1'),
        }
    }
    let mut whole = String::from_utf8(digits).ok()?;
    let fraction = whole.split_off(whole.len() - decimals);
    Some((whole, fraction))
}

fn in_thousands(whole: &str) -> String {
    let mut out = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_formats_show_what_a_workbook_shows() {
        for (value, code, right) in [
            (1234.5, "#,##0", "1,235"),
            (1_234_567.0, "#,##0.00", "1,234,567.00"),
            (0.1234, "0%", "12%"),
            (0.125, "0.00", "0.13"),
            (0.07, "0.0%", "7.0%"),
            (-2.71499, "0.00_ ", "−2.71"),
            (-0.001, "0.00", "0.00"),
            (9.996, "0.00", "10.00"),
            (-5.0, "#,##0_);[Red]-#,##0", "−5"),
            (-1.5, "0.0_);\\(0.0\\)", "(1.5)"),
            (-986.4, "#,##0.00_);(#,##0.00)", "(986.40)"),
            (1_234_567.891, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1,234,567.89"),
            (-3.0, "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "(3.00)"),
            (1234.5, "\"¥\"#,##0.00", "¥1,234.50"),
            (1234.5, "[$¥-804]#,##0", "¥1,235"),
            (-1234.5, "$#,##0.0", "−$1,234.5"),
            (2024.0, "0", "2024"),
            (42.0, "000000", "000042"),
            (-7.0, "00.0", "−07.0"),
            (1_234_567.0, "000", "1234567"),
            (7.0, "0.0\"亿元\"", "7.0亿元"),
            (-1234.5, "\"约\"#,##0\" 人\"_ ", "−约1,235 人"),
            (0.5, "0%\"以上\"", "50%以上"),
            // A per cent sign that is a word multiplies nothing.
            (12.0, "0.0\"%\"", "12.0%"),
            (12.0, "0\"%\"", "12%"),
            (12.0, "0\\%", "12%"),
            (1234.0, "#,##0.0\"%\"", "1,234.0%"),
            (-12.0, "0.0\"%\";-0.0\"%\"", "−12.0%"),
            (-7.25, "0.0\\%;\\-0.0\\%", "−7.3%"),
            (0.3, "0.0\"‰\"", "0.3‰"),
            (2.5, "\\约0.0\\万", "约2.5万"),
            (3.0, "0\"；;\";-0", "3；;"),
            (15_234.0, "0.0,\"千元\"", "15.2千元"),
            (1_234_567_890.0, "#,##0.0,,", "1,234.6"),
            (110_000_000.0, "0.00E+00", "1.10E+08"),
            (-0.000_12, "0.0E+00", "−1.2E-04"),
            (99_999.0, "0.0E+0", "1.0E+5"),
            (0.0, "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", "-"),
            (0.0, "0;-0;\"—\"", "—"),
            (5.0, "+0.0;-0.0", "+5.0"),
            (-5.0, "▲0;▼0", "▼5"),
            (50.0, "0!%", "50%"),
            (-0.2, "#,##0;(#,##0)", "0"),
            (0.0, "#,##0;;", ""),
            (0.5, "#.00", ".50"),
            (3.5, "General\"元\"", "3.5元"),
            (-7.0, "G;-General", "−7"),
            (45_292.0, "aaaa", "星期一"),
            (45_292.0, "[$-804]aaa;@", "一"),
            (1.5, "##0.0E+0", "1.5E+0"),
            (12_345.0, "##0.0E+0", "12.3E+3"),
            (999_960.0, "##0.0E+0", "1.0E+6"),
            (0.000_5, "##0.0E+0", "500.0E-6"),
            (0.0, "0.00E+00", "0.00E+00"),
            (1.256, "0.0#", "1.26"),
            (1.2, "#,##0.0##", "1.2"),
            (12_345.0, "#,##0.##", "12,345"),
            (110_105_199_001_011_000.0, "General", "1.10105E+17"),
            (1.1e17, "General", "1.1E+17"),
            (-2e11, "General", "−2E+11"),
            (0.000_012_345_678, "General", "1.23457E-05"),
        ] {
            assert_eq!(shown(value, code).as_deref(), Some(right), "{value} as {code}");
        }
        for (value, code) in [
            (1.5, "General"),
            (99_999_999_999.0, "General"),
            (0.000_01, "General"),
            (1.5, "# ?/?"),
            (1.5, "#.0E+0"),
            (1.5, "[>1]0.0;0"),
            (1.5, "000-0000"),
            (1.5, "[DBNum1]0"),
            (1.5, "yyyy"),
            (1.5, "0.#0"),
            (1.5, "0."),
        ] {
            assert_eq!(shown(value, code), None, "{value} as {code}");
        }
    }
}
