//! Numbers that authors type before the titles of boxes, although the program numbers them.

use super::Kind;
use super::words::Language;
use crate::reading::model::{Boxed, Inline, Part};
use crate::reading::written::{behind, is_counted, written};
use crate::rules;
use chinese_number::{ChineseCase, ChineseVariant, from_u64_to_chinese_ten_thousand};
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// The words that authors type before the number of a box.
const WORDS: [&str; 7] = ["专栏", "專欄", "专题", "專題", "BOX", "Box", "box"];

/// The marks between a number and a title.
const MARKS: &str = "：:、．.，,—-–";

/// The words that authors type before the number of a figure.
const FIGURES: [&str; 7] = ["图表", "圖表", "图", "圖", "Figure", "Fig.", "FIGURE"];

/// Numerals of Chinese, and the greatest number that is read in them.
const NUMERALS: &str = "一二三四五六七八九十百";
const MOST: u64 = 199;

/// Takes the numbers off that say what the program prints; reports those that say something else.
pub(super) fn take_off(parts: &mut [Part], language: Language, problems: &mut Problems) {
    for boxed in parts.iter_mut().flat_map(|part| part.content.boxes_mut()) {
        if let Some(problem) = take_off_one(boxed, language) {
            problems.push(problem);
        }
    }
}

/// Reports a number that is typed before the title of a figure, which is printed with its own.
pub(super) fn typed_before(title: &str, printed: &str, place: Place) -> Option<Diagnostic> {
    let (_, before, rest) = number_before(title, &place, &FIGURES)?;
    let message = say!(
        "the title says `{typed}`, and this is `{printed}`",
        typed = before.trim_end_matches(|c| is_blank(c) || MARKS.contains(c)),
        printed
    );
    let hint = if rest.is_empty() {
        say!("write what the figure shows: its number is printed before it")
    } else {
        say!("write the title without a number: `{rest}`", rest)
    };
    Some(Diagnostic::of(&rules::TITLE_NUMBER, place, message).hint(hint))
}

/// The number before a title that stands at a place or behind it, what of the title has it, and the
/// title without that.
fn number_before(title: &str, place: &Place, words: &[&str]) -> Option<(String, String, String)> {
    let written = written(&place.file.text, place.range.start, title);
    [written, title].into_iter().find_map(|own| {
        let (number, rest) = typed(own, words)?;
        let before = &own[..own.len() - rest.len()];
        Some((number, before.to_owned(), behind(title, before).to_owned()))
    })
}

fn take_off_one(boxed: &mut Boxed, language: Language) -> Option<Diagnostic> {
    let number = boxed.anchor.number.as_ref()?;
    let place = boxed.title_place.clone()?;
    let alone = boxed.title.len() == 1;
    let Some(Inline::Text { v }) = boxed.title.first_mut() else { return None };
    let plain = super::words::plain(v);
    if let Some(before) = word_before(&plain, language.word(Kind::Box, false), alone) {
        *v = behind(v, before).to_owned();
        return None;
    }
    let (typed, before, rest) = number_before(&plain, &place, &WORDS)?;
    if typed == plainly(number) && !(rest.is_empty() && alone) {
        // What is left keeps its joiners.
        *v = behind(v, &before).to_owned();
        return None;
    }
    let (typed, word) = (before.trim(), language.word(Kind::Box, false));
    let printed = language.worded(word, number);
    let printed = super::words::plain(&printed);
    let message = say!("the title says `{typed}`, and this is `{printed}`", typed, printed);
    let hint = if rest.is_empty() {
        say!("write what the box is about: its number is printed before it")
    } else {
        say!("write the title without a number: `{rest}`", rest)
    };
    Some(Diagnostic::of(&rules::TITLE_NUMBER, place, message).hint(hint))
}

/// The word that is printed before the number of a box, typed before its title with a colon; its blanks,
/// too.
fn word_before<'t>(title: &'t str, word: &str, alone: bool) -> Option<&'t str> {
    let behind =
        title.get(word.len()..).filter(|_| title[..word.len()].eq_ignore_ascii_case(word))?;
    let rest = behind.trim_start_matches(is_blank).strip_prefix(['：', ':'])?;
    let rest = rest.trim_start_matches(is_blank);
    (!(rest.is_empty() && alone)).then(|| &title[..title.len() - rest.len()])
}

/// The number that a title begins with, and the title behind it.
fn typed<'t>(title: &'t str, words: &[&str]) -> Option<(String, &'t str)> {
    let behind = words.iter().find_map(|word| title.strip_prefix(word))?;
    let behind = behind.trim_start_matches(is_blank);
    let numerals = behind.find(|c| !NUMERALS.contains(c)).unwrap_or(behind.len());
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '.' | '－' | '—' | '–' | '·' | '．')
            || ('０'..='９').contains(&c)
    };
    let length = behind.find(|c| !is_number(c)).unwrap_or(behind.len());
    let figures = behind[..length]
        .trim_end_matches(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c));
    let (number, length) = match numerals {
        0 => (plainly(figures), figures.len()),
        _ => (in_figures(&behind[..numerals])?, numerals),
    };
    if length == 0 {
        return None;
    }
    let rest = &behind[length..];
    // A number that goes on is another word: 专栏3D打印, 专栏4种类型, 专栏一体化.
    let title = |c: char| cjk::is_han(c) && !is_counted(c);
    let parted = rest.is_empty()
        || rest.starts_with(|c: char| is_blank(c) || MARKS.contains(c))
        || numerals == 0 && length < 3 && rest.starts_with(title);
    let rest = rest.trim_start_matches(|c: char| is_blank(c) || MARKS.contains(c));
    parted.then_some((number, rest))
}

/// A number in Chinese numerals as one in figures.
fn in_figures(numerals: &str) -> Option<String> {
    let said = |number: &u64| {
        let (variant, case) = (ChineseVariant::Simple, ChineseCase::Lower);
        from_u64_to_chinese_ten_thousand(variant, case, *number) == numerals
    };
    (1..=MOST).find(said).map(|number| number.to_string())
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || cjk::is_invisible(c)
}

/// A number with plain figures and hyphens, however it is typed.
fn plainly(number: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        '.' | '－' | '—' | '–' | '·' | '．' => '-',
        c => c,
    };
    number.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::{FIGURES, WORDS, typed, word_before};

    #[test]
    fn words_before_titles_are_found() {
        assert_eq!(word_before("专栏：何谓算力", "专栏", true), Some("专栏："));
        assert_eq!(word_before("BOX : data", "Box", true), Some("BOX : "));
        for title in ["专栏作家：答问", "专栏", "专栏：", "算力：专栏"] {
            assert_eq!(word_before(title, "专栏", true), None, "{title}");
        }
    }

    #[test]
    fn numbers_before_titles_are_found() {
        for (title, number, rest) in [
            ("专栏1　开源的边界", "1", "开源的边界"),
            ("专栏 2-3：算力", "2-3", "算力"),
            ("Box 1.2: Data", "1-2", "Data"),
            ("專欄４、題", "4", "題"),
            ("专栏5", "5", ""),
            ("专栏五 题目", "5", "题目"),
            ("专栏十二：题目", "12", "题目"),
            ("专栏3趋势", "3", "趋势"),
        ] {
            assert_eq!(typed(title, &WORDS), Some((number.to_owned(), rest)), "{title}");
        }
        assert_eq!(typed("图3　趋势", &FIGURES), Some(("3".to_owned(), "趋势")));
        assert_eq!(typed("Fig. 1.2: Trend", &FIGURES), Some(("1-2".to_owned(), "Trend")));
        assert_eq!(typed("图表2 趋势", &FIGURES), Some(("2".to_owned(), "趋势")));
        assert_eq!(typed("图一体化", &FIGURES), None);
        assert_eq!(typed("图书2024年", &FIGURES), None);
        assert_eq!(typed("图2024年的变化", &FIGURES), None);
        for title in ["专栏作家", "专栏3D打印", "专栏4种类型", "专栏一体化", "开源1"]
        {
            assert_eq!(typed(title, &WORDS), None, "{title}");
        }
    }
}
