//! Asterisks between numbers, quantities or letters: `20*30mm`, `1920*1080`, `a*b`, `2**10`.
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

/// Makes the asterisks of products stand for themselves.
pub(super) fn print(text: &str, runs: &mut [Run]) {
    for length in [1, 2] {
        let of_length = |run: &&mut Run| run.asterisks() == length;
        let mut runs: Vec<&mut Run> = runs.iter_mut().filter(of_length).collect();
        let sign = |run: &&mut Run| match is_product(text, &run.left) {
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
/// The sign of a product is a mark after all where a mark before it is open, or one behind it lacks
/// its partner: `*5*3倍`.
fn printed(signs: &[Sign]) -> Vec<bool> {
    let mut behind = signs.iter().filter(|sign| **sign == Sign::Mark).count();
    let mut open = false;
    let printed = |sign: &Sign| {
        if *sign == Sign::Mark {
            behind -= 1;
        }
        let printed = *sign == Sign::Product && !open && behind.is_multiple_of(2);
        open ^= !printed;
        printed
    };
    signs.iter().map(printed).collect()
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
    fn signs_beside_open_marks_are_marks() {
        use Sign::{Mark as M, Product as P};
        assert_eq!(printed(&[P, P, P]), [true; 3]);
        assert_eq!(printed(&[P]), [true]);
        assert_eq!(printed(&[M, P]), [false; 2]);
        assert_eq!(printed(&[P, M]), [false; 2]);
        assert_eq!(printed(&[P, M, M, P]), [true, false, false, true]);
        assert_eq!(printed(&[M, P, M, P]), [false; 4]);
    }
}
