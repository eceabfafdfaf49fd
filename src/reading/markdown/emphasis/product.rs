//! Asterisks that are no marks: between numbers, quantities or letters, `20*30mm`, `a*b`, `2**10`;
//! behind them, `0.31**（0.10）`, `A*算法`; for figures that are hidden, `138****5678`; before `p<0.05`.
//!
//! Two products in a sentence are no emphasis. Where marks stand beside that are no product's, the
//! asterisks may be theirs: then they are marks as others are.

use std::ops::Range;

use cjk::units::{is_unit, of_letters};

use super::pairs::Run;

/// Chinese units that stand behind a number.
const UNITS: [&str; 34] = [
    "毫米", "厘米", "分米", "千米", "公里", "米", "像素", "英寸", "寸", "尺", "元", "人", "天",
    "个", "吨", "千克", "公斤", "克", "度", "年", "月", "日", "周", "小时", "分钟", "秒", "次",
    "台", "套", "件", "行", "列", "万", "亿",
];

/// What a run of asterisks is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Between the factors of a product.
    Product,
    /// A mark that may begin or end emphasis.
    Mark,
}

/// The longest row of asterisks that says how sure a number is.
const SUREST: usize = 4;

/// Makes the asterisks of products, and others that are no marks, stand for themselves.
pub(super) fn print(text: &str, runs: &mut [Run]) {
    for run in runs.iter_mut() {
        let hidden = run.asterisks() > 0 && stands_alone(text, &run.left);
        if hidden || run.underscores() == 2 && is_name(text, &run.left) {
            run.print();
        }
    }
    for length in 1..=SUREST {
        let of_length = |run: &&mut Run| run.asterisks() == length;
        let mut runs: Vec<&mut Run> = runs.iter_mut().filter(of_length).collect();
        let sign = |run: &&mut Run| match is_product(text, &run.left)
            || is_behind(text, &run.left)
            || is_beside_sum(text, &run.left)
        {
            true => Sign::Product,
            false => Sign::Mark,
        };
        let signs: Vec<Sign> = runs.iter().map(sign).collect();
        for (run, printed) in runs.iter_mut().zip(printed(&signs)) {
            if printed {
                run.print();
            }
        }
    }
}

/// Returns for each run of asterisks of a paragraph, all of one length, whether it is printed.
///
/// The sign of a product is a mark after all where a mark before it is open, or one of those up to the
/// next sign of a product lacks its partner: `*5*3倍`, `3*5项*，另4*6项*`.
fn printed(signs: &[Sign]) -> Vec<bool> {
    let mut open = false;
    let printed = |(at, sign): (usize, &Sign)| {
        let marks = || signs[at + 1..].iter().take_while(|sign| **sign == Sign::Mark).count();
        let printed = *sign == Sign::Product && !open && marks().is_multiple_of(2);
        open ^= !printed;
        printed
    };
    signs.iter().enumerate().map(printed).collect()
}

/// Whether asterisks in a text stand between two factors.
fn is_product(text: &str, marks: &Range<usize>) -> bool {
    let (before, after) = (&text[..marks.start], &text[marks.end..]);
    // A power has no units: `**5%**2倍` is bold.
    let left = ends_in_number(before)
        || ends_in_letter(before)
        || marks.len() == 1 && ends_in_quantity(before);
    let mut next = after.chars();
    let right = match next.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some(c) if is_letter(c) => !next.next().is_some_and(is_letter),
        _ => false,
    };
    left && right
}

/// Whether asterisks are no mark whatever stands elsewhere: `138****5678`, `*.txt`, `COUNT(*)`, `“*”`,
/// `*p<0.05`.
fn stands_alone(text: &str, marks: &Range<usize>) -> bool {
    let (before, after) = (&text[..marks.start], &text[marks.end..]);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let hidden = marks.len() > 2 && latin(last) && latin(next);
    let files = after.strip_prefix('.').is_some_and(|end| end.starts_with(char::is_alphanumeric))
        && !latin(last);
    let alone =
        [('(', ')'), ('（', '）'), ('"', '"'), ('“', '”'), ('\'', '\''), ('‘', '’'), ('「', '」')]
            .iter()
            .any(|(open, close)| last == Some(*open) && next == Some(*close));
    let test = after
        .trim_start_matches(' ')
        .strip_prefix(['p', 'P'])
        .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(['<', '＜', '≤', '〈']));
    hidden || files || alone || test
}

/// Whether asterisks stand behind a number, or one behind a letter, as a sign of it: `0.31**（0.10）`,
/// `A*算法`.
fn is_behind(text: &str, marks: &Range<usize>) -> bool {
    let (before, after) = (&text[..marks.start], &text[marks.end..]);
    if marks.len() == 1 {
        return ends_in_number(before) || ends_in_letter(before);
    }
    let ends = |c: char| c.is_whitespace() || cjk::is_mark(c) || "(),;|".contains(c);
    ends_in_number(before) && after.chars().next().is_none_or(ends)
}

/// How far a bracket's partner is looked for, in characters.
const REACH: usize = 40;

/// Whether an asterisk stands beside a sum in brackets, `单价*（1+税率）*数量`, or between a bracket and
/// a number.
fn is_beside_sum(text: &str, marks: &Range<usize>) -> bool {
    if marks.len() != 1 {
        return false;
    }
    let (before, after) = (&text[..marks.start], &text[marks.end..]);
    let factor = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
    let computes = |inner: String| {
        inner.contains(['+', '-', '−', '×', '÷', '/', '*', '='])
            && inner.contains(|c: char| c.is_ascii_alphanumeric())
    };
    let (last, next) = (before.chars().next_back(), after.chars().next());
    if last.is_some_and(|c| matches!(c, '）' | ')' | '”' | '】')) {
        let inner = before.chars().rev().skip(1).take(REACH);
        let inner: String = inner.take_while(|c| !matches!(c, '（' | '(' | '“' | '【')).collect();
        let number = next.is_some_and(|c| c.is_ascii_alphanumeric());
        return number || factor(next) && computes(inner);
    }
    if next.is_some_and(|c| matches!(c, '（' | '(')) {
        let inner = after.chars().skip(1).take(REACH);
        let inner: String = inner.take_while(|c| !matches!(c, '）' | ')')).collect();
        return factor(last) && computes(inner);
    }
    false
}

/// Whether two underscores begin or end a name of a program: `__init__`.
fn is_name(text: &str, marks: &Range<usize>) -> bool {
    let part = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let behind: String = text[marks.end..].chars().take(REACH).take_while(part).collect();
    let before: String = text[..marks.start].chars().rev().take(REACH).take_while(part).collect();
    let named = |word: &str| word.len() > 2 && word.ends_with("__");
    named(&behind) || named(&before)
}

fn ends_in_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text ends with a letter that stands alone, as the name of a quantity does.
fn ends_in_letter(text: &str) -> bool {
    let mut before = text.chars().rev();
    before.next().is_some_and(is_letter)
        && !before.next().is_some_and(|c| is_letter(c) || c.is_ascii_digit() || c == '_')
}

/// Whether a text ends with a number and its unit.
fn ends_in_quantity(text: &str) -> bool {
    let before = |unit: usize| {
        let number = &text[..text.len() - unit];
        ends_in_number(number.strip_suffix(' ').unwrap_or(number))
    };
    let letters: usize = text
        .chars()
        .rev()
        .take(8)
        .take_while(|c| !c.is_ascii_digit() && *c != ' ')
        .map(char::len_utf8)
        .sum();
    let word = &text[text.len() - letters..];
    let unit = is_unit(word) || is_letters(word) || UNITS.contains(&word);
    letters > 0 && unit && before(letters)
}

/// Whether a word is one letter, or a unit in letters of any case: `2a`, `3MM`.
fn is_letters(word: &str) -> bool {
    let mut chars = word.chars();
    let one = chars.next().is_some_and(is_letter) && chars.next().is_none();
    one || word.is_ascii() && !of_letters(word).is_empty()
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !cjk::is_wide(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_numbers_quantities_and_letters() {
        for text in [
            "20*30",
            "20mm*30mm",
            "3米*4米",
            "20 cm*30",
            "a*b",
            "2a*3b",
            "π*r",
            "x1*x2",
            "2**10",
            "x**2",
            "5%*3",
            "3MM*4MM",
            "长3m*4",
        ] {
            let at = text.find('*').expect("one");
            let end = text.rfind('*').expect("one") + 1;
            assert!(is_product(text, &(at..end)), "{text}");
        }
        for text in
            ["长*宽", "un*b", "第3章*2", "*5", "A*算", "5%**2", "3个**5", "5* 3", "a_b*c", "5*bc"]
        {
            let at = text.find('*').expect("one");
            let end = text.rfind('*').expect("one") + 1;
            assert!(!is_product(text, &(at..end)), "{text}");
        }
    }

    #[test]
    fn asterisks_that_are_no_marks_are_known() {
        let at = |text: &str| {
            let start = text.find('*').expect("one");
            start..start + text[start..].bytes().take_while(|b| *b == b'*').count()
        };
        for text in [
            "138****1234",
            "1101**********12",
            "见*.txt",
            "COUNT(*)",
            "“*”",
            "：*p<0.05",
            "**P ≤ 0.1",
        ] {
            assert!(stands_alone(text, &at(text)), "{text}");
        }
        for text in ["这*是*", "张**先生", "a*.b", "**p值**", "（*重*）"] {
            assert!(!stands_alone(text, &at(text)), "{text}");
        }
        for text in ["0.31**（0.10）", "0.52***", "A*算法", "H*（X）", "5*（3+2）", "1*“甲”"]
        {
            assert!(is_behind(text, &at(text)), "{text}");
        }
        for text in ["AI**（测试）", "5**项", "是*重点*"] {
            assert!(!is_behind(text, &at(text)), "{text}");
        }
        for text in ["单价*（1+税率）", "（1+税率）*数量", "（3+2）*4", "”*2"] {
            assert!(is_beside_sum(text, &at(text)), "{text}");
        }
        for text in ["说*（轻声）*", "（轻声）*地"] {
            assert!(!is_beside_sum(text, &at(text)), "{text}");
        }
        let text = "__init__与__main__";
        for (start, is) in [(0, true), (6, true)] {
            assert_eq!(is_name(text, &(start..start + 2)), is);
        }
        assert!(!is_name("__重点__", &(0..2)));
    }

    #[test]
    fn signs_beside_open_marks_are_marks() {
        use Sign::{Mark as M, Product as P};
        assert_eq!(printed(&[P, P, P]), [true; 3]);
        assert_eq!(printed(&[P]), [true]);
        assert_eq!(printed(&[M, P]), [false; 2]);
        assert_eq!(printed(&[P, M]), [false; 2]);
        assert_eq!(printed(&[P, M, M, P]), [true, false, false, true]);
        assert_eq!(printed(&[M, P, M, P]), [false; 4]);
        assert_eq!(printed(&[P, M, P, M]), [false; 4]);
        assert_eq!(printed(&[P, P, M]), [true, false, false]);
    }
}
