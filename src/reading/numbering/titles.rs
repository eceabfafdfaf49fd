//! Numbers that authors type before the titles of boxes, although the program numbers them.

use super::Kind;
use super::words::Language;
use crate::reading::model::{Boxed, Inline, Part};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// The words that authors type before the number of a box.
const WORDS: [&str; 7] = ["专栏", "專欄", "专题", "專題", "BOX", "Box", "box"];

/// The marks between a number and a title.
const MARKS: &str = "：:、．.，,—-–";

/// The words that authors type before the number of a figure.
const FIGURES: [&str; 5] = ["图", "圖", "Figure", "Fig.", "FIGURE"];

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
    let (_, rest) = typed(title, &FIGURES)?;
    let written =
        title[..title.len() - rest.len()].trim_end_matches(|c| is_blank(c) || MARKS.contains(c));
    let message =
        say!("the title says `{typed}`, and this is `{printed}`", typed = written, printed);
    let hint = if rest.is_empty() {
        say!("write what the figure shows: its number is printed before it")
    } else {
        say!("write the title without a number: `{rest}`", rest)
    };
    Some(Diagnostic::of(&rules::TITLE_NUMBER, place, message).hint(hint))
}

fn take_off_one(boxed: &mut Boxed, language: Language) -> Option<Diagnostic> {
    let number = boxed.anchor.number.as_ref()?;
    let alone = boxed.title.len() == 1;
    let Some(Inline::Text { v }) = boxed.title.first_mut() else { return None };
    let plain = super::words::plain(v);
    let (typed, rest) = typed(&plain, &WORDS)?;
    if typed == plainly(number) && !(rest.is_empty() && alone) {
        // What is left keeps its joiners.
        let mut kept = v.char_indices().map(|(at, _)| &v[at..]);
        let kept = kept.rfind(|kept| super::words::plain(kept) == rest);
        let kept = kept.unwrap_or_default().to_owned();
        *v = kept;
        return None;
    }
    let place = boxed.title_place.clone()?;
    let (typed, word) = (plain[..plain.len() - rest.len()].trim(), language.word(Kind::Box, false));
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

/// The number that a title begins with, and the title behind it.
fn typed<'t>(title: &'t str, words: &[&str]) -> Option<(String, &'t str)> {
    let behind = words.iter().find_map(|word| title.strip_prefix(word))?;
    let behind = behind.trim_start_matches(is_blank);
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '.' | '－' | '—' | '–' | '·' | '．')
            || ('０'..='９').contains(&c)
    };
    let length = behind.find(|c| !is_number(c)).unwrap_or(behind.len());
    let number = behind[..length]
        .trim_end_matches(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c));
    if number.is_empty() {
        return None;
    }
    let rest = &behind[number.len()..];
    // A number that goes on is another word: 专栏3D打印, 专栏4种类型.
    let parted = rest.is_empty() || rest.starts_with(|c: char| is_blank(c) || MARKS.contains(c));
    let rest = rest.trim_start_matches(|c: char| is_blank(c) || MARKS.contains(c));
    parted.then(|| (plainly(number), rest))
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
    use super::{FIGURES, WORDS, typed};

    #[test]
    fn numbers_before_titles_are_found() {
        for (title, number, rest) in [
            ("专栏1　开源的边界", "1", "开源的边界"),
            ("专栏 2-3：算力", "2-3", "算力"),
            ("Box 1.2: Data", "1-2", "Data"),
            ("專欄４、題", "4", "題"),
            ("专栏5", "5", ""),
        ] {
            assert_eq!(typed(title, &WORDS), Some((number.to_owned(), rest)), "{title}");
        }
        assert_eq!(typed("图3　趋势", &FIGURES), Some(("3".to_owned(), "趋势")));
        assert_eq!(typed("Fig. 1.2: Trend", &FIGURES), Some(("1-2".to_owned(), "Trend")));
        assert_eq!(typed("图书2024年", &FIGURES), None);
        assert_eq!(typed("图2024年的变化", &FIGURES), None);
        for title in ["专栏作家", "专栏3D打印", "开源1"] {
            assert_eq!(typed(title, &WORDS), None, "{title}");
        }
    }
}
