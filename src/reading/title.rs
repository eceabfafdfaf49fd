//! What a report's title says of its year, and where its lines may end.

use std::borrow::Cow;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Counting words: a number of four figures before one of them is an amount, as in `2000家企业`.
const COUNTED: &str = "家个名位万亿千百元种项件款篇份台套部吨页人次倍米字组例公系型";

/// Returns the year that a title names; `None` if it names none, or several, as a span of years
/// does.
pub(crate) fn year_of(title: &str) -> Option<&str> {
    let mut years = numbers(title).filter(|(before, number, rest)| is_year(before, number, rest));
    let (_, year, _) = years.next()?;
    years.all(|(_, other, _)| other == year).then_some(year)
}

/// Returns a title without the comma before the year that ends it: a cover may set the year apart.
pub(crate) fn apart(title: &str) -> Cow<'_, str> {
    let parted = year_of(title).and_then(|year| {
        let rest = title.strip_suffix(year)?.trim_end().strip_suffix([',', '，'])?;
        Some(format!("{rest} {year}"))
    });
    parted.map_or(Cow::Borrowed(title), Cow::Owned)
}

/// The numbers in a text, each with what precedes and what follows it.
fn numbers(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.find(|c: char| c.is_ascii_digit())?..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        rest = after;
        Some((&text[..text.len() - number.len() - after.len()], number, after))
    })
}

/// Whether a number is a year of this century or the one before, nothing that is counted, and not the
/// year of a standard: `GB/T 7714—2015`.
fn is_year(before: &str, number: &str, rest: &str) -> bool {
    let amount = rest.trim_start().starts_with(|c| COUNTED.contains(c))
        || rest
            .strip_prefix(['.', ',', '，'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || rest.starts_with('%');
    let four =
        |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let standard = before.strip_suffix(['—', '–', '-', '―']).is_some_and(|before| {
        let bare = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &before[bare.len()..];
        !digits.is_empty() && !four(digits)
    });
    four(number) && !standard && !amount
}

/// Returns a title with joiners between the Chinese characters of each word, so that no line ends
/// within one.
pub(crate) fn in_words(title: &str) -> String {
    let words = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends: Vec<usize> = words.segment_str(title).collect();
    let mut out = String::with_capacity(2 * title.len());
    let mut before = None;
    for (at, c) in title.char_indices() {
        let within = before.is_some_and(cjk::is_han) && cjk::is_han(c) && !ends.contains(&at);
        if within {
            out.push(cjk::WORD_JOINER);
        }
        out.push(c);
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn no_line_ends_within_a_word() {
        for (title, right) in [
            ("发展报告", "发+展报+告"),
            ("AI时代的产业", "AI时+代的产+业"),
            ("Science in 2025", "Science in 2025"),
        ] {
            assert_eq!(in_words(title).replace(cjk::WORD_JOINER, "+"), right, "{title}");
        }
    }

    use super::{apart, year_of};

    #[test]
    fn a_year_at_the_end_may_stand_apart() {
        for (title, right) in [
            ("Ten AI trends, 2025", "Ten AI trends 2025"),
            ("Energy and grids，2024", "Energy and grids 2024"),
            ("Towards 2030", "Towards 2030"),
            ("2025, a year", "2025, a year"),
            ("From 2020, to 2030", "From 2020, to 2030"),
        ] {
            assert_eq!(apart(title), right);
        }
    }

    #[test]
    fn a_titles_year_is_the_one_that_it_names() {
        for (title, year) in [
            ("2025 十大AI技术趋势", Some("2025")),
            ("示例能源2024年报告", Some("2024")),
            ("Annual Report 2023", Some("2023")),
            ("The 2022 Energy Review", Some("2022")),
            ("2024年度社会责任报告（2024）", Some("2024")),
            ("能源白皮书", None),
            ("十四五规划2021—2025年", None),
            ("2030 and 2060: two targets", None),
            ("2000家企业调查", None),
            ("产品2000系列说明", None),
            ("GB/T 7714—2015解读", None),
            ("ISO 9001-2015 in practice", None),
            ("2026年第1季度运行报告", Some("2026")),
            ("第2024号公告的1.2024倍", Some("2024")),
            ("12024件", None),
            ("面向2,030亿", None),
        ] {
            assert_eq!(year_of(title), year, "{title}");
        }
    }
}
