//! Words typed before a reference that prints them itself: `如图@fig-a` is 如图图1.

use std::ops::Range;

use super::Kind;
use super::words::Named;
use crate::reading::model::CrossForm;

/// A word, and the characters before it that make another of it: 地图, 附表.
type Word = (&'static str, &'static str);

const FIGURE: [Word; 10] = [
    ("图表", ""),
    ("圖表", ""),
    ("图", "附插地意草截构导蓝版拼试"),
    ("圖", "附插地意草截構導藍版拼試"),
    ("Figures", ""),
    ("Figure", ""),
    ("Figs.", ""),
    ("Figs", ""),
    ("Fig.", ""),
    ("Fig", ""),
];
const TABLE: [Word; 6] = [
    ("图表", ""),
    ("表格", ""),
    ("表", "附报報列年图圖代仪手发發代外"),
    ("Tables", ""),
    ("Table", ""),
    ("Tab.", ""),
];
const BOX: [Word; 4] = [("专栏", ""), ("專欄", ""), ("Boxes", ""), ("Box", "")];
const EQUATION: [Word; 9] = [
    ("公式", ""),
    ("式", "方正形模格样樣款程"),
    ("Equations", ""),
    ("Equation", ""),
    ("Eqs.", ""),
    ("Eqs", ""),
    ("Eq.", ""),
    ("Eq", ""),
    ("formula", ""),
];
const SECTION: [Word; 6] =
    [("第", "等次"), ("§", ""), ("Sections", ""), ("Section", ""), ("Sec.", ""), ("Sect.", "")];
const PART: [Word; 6] =
    [("第", "等次"), ("附录", ""), ("附錄", ""), ("Chapter", ""), ("Appendix", ""), ("Part", "")];
const PAGE: [Word; 4] = [("第", "等次"), ("pages", ""), ("page", ""), ("p.", "")];

/// Returns where a word stands before the reference whose sign is at `at`, and where the reference
/// begins, its bracket included; `None` if none stands there that the reference prints.
pub(super) fn before(
    text: &str,
    at: usize,
    named: &Named,
    form: CrossForm,
) -> Option<(Range<usize>, usize)> {
    let words: &[Word] = match (form, named) {
        (CrossForm::Page, _) => &PAGE,
        (CrossForm::Whole, Named::Counted(kind, ..) | Named::Piece(kind, ..)) => match kind {
            Kind::Figure => &FIGURE,
            Kind::Table => &TABLE,
            Kind::Box => &BOX,
            Kind::Equation => &EQUATION,
            Kind::Section => &SECTION,
        },
        (CrossForm::Whole, Named::Section(_)) => &SECTION,
        (CrossForm::Whole, Named::Part(_)) => &PART,
        _ => return None,
    };
    let head = text.get(..at)?;
    let head = head.strip_suffix('[').unwrap_or(head);
    let start = head.len();
    let head = head.trim_end_matches([' ', '\u{a0}', '\u{3000}']);
    let (word, others) = words.iter().find(|(word, _)| {
        head.len().checked_sub(word.len()).and_then(|from| head.get(from..)).is_some_and(|end| {
            // A word of Latin letters in any case.
            end.eq_ignore_ascii_case(word)
        })
    })?;
    let from = head.len() - word.len();
    let ahead = head[..from].chars().next_back();
    let within =
        ahead.is_some_and(|c| others.contains(c) || word.is_ascii() && c.is_ascii_alphanumeric());
    // What a part or a section is called, and nothing else: 附录 before 第三章 is another.
    let said = match named {
        Named::Part(label) if form == CrossForm::Whole => label.starts_with(word),
        _ => true,
    };
    (!within && said).then_some((from..head.len(), start))
}

/// Returns how much of a text behind a reference is the end of the word before it: 第@sec-a节.
pub(super) fn behind(text: &str, word: &str) -> usize {
    let closed = text.strip_prefix(']').unwrap_or(text);
    let closed = closed.strip_prefix("{.page}").unwrap_or(closed);
    let gap = closed.len() - closed.trim_start_matches(' ').len();
    let end = closed[gap..].chars().next().filter(|c| "节節章页頁".contains(*c));
    match end {
        Some(c) if word == "第" => text.len() - closed.len() + gap + c.len_utf8(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_references_are_those_that_these_print() {
        let figure = Named::Counted(Kind::Figure, None, 1);
        let table = Named::Counted(Kind::Table, None, 1);
        let section = Named::Section("1.2".to_owned());
        for (text, named, word) in [
            ("如图@", &figure, Some("图")),
            ("如图 @", &figure, Some("图")),
            ("见下图[@", &figure, Some("图")),
            ("由图表@", &figure, Some("图表")),
            ("in Figure @", &figure, Some("Figure")),
            ("in fig. [@", &figure, Some("fig.")),
            ("见表[@", &table, Some("表")),
            ("第@", &section, Some("第")),
            ("地图@", &figure, None),
            ("报表@", &table, None),
            ("见@", &figure, None),
            ("图（@", &figure, None),
            ("config@", &figure, None),
            ("表@", &figure, None),
        ] {
            let at = text.len() - 1;
            let found = before(text, at, named, CrossForm::Whole).map(|(word, _)| &text[word]);
            assert_eq!(found, word, "{text}");
            assert_eq!(before(text, at, named, CrossForm::Number), None);
        }
        let part = Named::Part("第三章".to_owned());
        assert!(before("见第@", 6, &part, CrossForm::Whole).is_some());
        assert!(before("附录@", 6, &part, CrossForm::Whole).is_none());
        assert!(before("在第[@", 7, &figure, CrossForm::Page).is_some());
        assert_eq!(behind("节，", "第"), "节".len());
        assert_eq!(behind("]{.page}页", "第"), "]{.page}页".len());
        assert_eq!(behind("节点", "图"), 0);
    }
}
