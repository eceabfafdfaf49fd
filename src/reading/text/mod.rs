//! Typographic preparation of a manuscript's characters before they are set.
//!
//! Pure and over whole paragraphs: a run's neighbours decide, whatever marks stand between them.
//! The rules' numbers are those of `templates/kit/TYPOGRAPHY.md`.

mod marks;
pub(super) mod western;

use std::borrow::Cow;

use crate::reading::model::{Inline, Inlines};
use crate::reading::raised;
use ::western::Language;
use cjk::stitch::stitch_western;
use cjk::stitch::{Cell, CellKind, stitch};
use cjk::{QUARTER_SPACE, WORD_JOINER};

pub(super) use marks::open;

/// Tidies a text without markup in a report of the language `lang`; `CO~2~` is set as `CO₂`.
pub(super) fn tidy_plain(text: &str, lang: &str) -> String {
    let mut text = cjk::cleaned(text).into_owned();
    raised::set(&mut text);
    // In a Chinese report it is set in the faces of Chinese, whatever it says.
    match (Language::of_tag(lang), Language::of(&text, lang)) {
        (Language::Chinese, _) | (_, Language::Chinese) => cjk::tidy(&text),
        (_, language) => western::plain(&text, language),
    }
}

/// Whether a language is Chinese in traditional characters: of Taiwan, Hong Kong or Macau.
pub(super) fn is_traditional(lang: &str) -> bool {
    ["zh-TW", "zh-HK", "zh-MO", "zh-Hant"].iter().any(|tag| lang.starts_with(tag))
}

/// Tidies the lines of a title in a report of the language `lang`: a quotation may go on from one
/// to the next.
pub(super) fn tidy_lines(lines: &[String], lang: &str) -> Vec<String> {
    let mut whole = lines.join("\n");
    set_plain(&mut whole, lang);
    whole.split('\n').map(|line| tidy_plain(line, lang)).collect()
}

/// Sets a typewriter's marks in a text without markup, where it is English in a report that is not
/// Chinese.
pub(super) fn set_plain(text: &mut String, lang: &str) {
    raised::set(text);
    let chinese = Language::of_tag(lang) == Language::Chinese;
    if !chinese && Language::of(text, lang) == Language::English {
        *text = ::western::set(text);
    }
}

/// Returns the language of a paragraph in a report of the language `lang`.
pub(super) fn language(inlines: &[Inline], lang: &str) -> Language {
    Language::of(&plain(inlines), lang)
}

/// Tidies a paragraph's text in a report of the language `lang`: by the rules of the paragraph's
/// own.
pub(super) fn tidy(inlines: &mut Inlines, lang: &str) {
    match language(inlines, lang) {
        Language::Chinese => tidy_chinese(inlines),
        language => {
            tidy_western(inlines, language);
            if Language::of_tag(lang) == Language::Chinese {
                marks::latin(inlines);
                merge(inlines);
            }
        }
    }
}

/// Tidies a paragraph in English, or in another language that is written in words.
///
/// - A typewriter's quotes, dashes and dots are those of print, in English; a footnote's mark stands
///   behind the stop.
/// - Spaces are those that are typed, each once; a footnote's mark has none before it.
/// - A number stays with its unit and its name, a range with itself.
fn tidy_western(inlines: &mut Inlines, language: Language) {
    clean(inlines);
    merge(inlines);
    if language == Language::English {
        western::set(inlines);
        western::notes_behind_stops(inlines);
        merge(inlines);
    }
    let mut cells = vec![];
    let mut count = 0;
    // A citation is a word like others until its style says that it is raised.
    flatten(inlines, false, CellKind::Fixed { raised: false }, &mut count, &mut cells);
    let mut edited = stitch_western(&cells, count).into_iter();
    write_back(inlines, &mut edited);
    merge(inlines);
    hang(inlines, |inline| matches!(inline, Inline::Footnote { .. } | Inline::NoteAgain { .. }));
    western::han(inlines);
    merge(inlines);
}

/// Tidies a paragraph in Chinese.
///
/// - A line end of the manuscript between two Chinese characters disappears; elsewhere it is a
///   space.
/// - Marks that touch across a style's edge come into one run (rule 5).
/// - An apostrophe in Latin is Latin (rule 9); `？！` shares one em (rule 30).
/// - The gap beside code and raised characters is put in where the typesetter leaves none (rule
///   11).
/// - A typed space between Chinese and Latin goes (rule 12): the gap there is the typesetter's.
/// - A citation or a footnote mark stays with its word (rule 14): no space before it, and a joiner.
/// - `·` stays with the character before it (rule 16).
/// - A number stays with its unit, its magnitude and its name, a range with itself (rule 18).
fn tidy_chinese(inlines: &mut Inlines) {
    clean(inlines);
    merge(inlines);
    marks::unite(inlines);
    merge(inlines);
    let mut cells = vec![];
    let mut count = 0;
    flatten(inlines, false, CellKind::Hanging, &mut count, &mut cells);
    let mut edited = stitch(&cells, count).into_iter();
    write_back(inlines, &mut edited);
    merge(inlines);
    hang(inlines, |inline| {
        matches!(inline, Inline::Cite { .. } | Inline::Footnote { .. } | Inline::NoteAgain { .. })
    });
    marks::split(inlines);
    merge(inlines);
}

/// Returns the characters of runs, without markup.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        if let Some(letters) = inline.letters() {
            out.push_str(letters);
            continue;
        }
        match inline {
            Inline::Break => out.push(' '),
            Inline::Footnote { .. } | Inline::NoteAgain { .. } | Inline::Cite { .. } => {}
            other => out.push_str(&plain(other.body())),
        }
    }
    out.replace([WORD_JOINER, QUARTER_SPACE], "")
}

/// Removes all spaces from a text, for comparison.
pub(super) fn spaceless(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && c != WORD_JOINER).collect()
}

/// Adds the cells of runs; a citation is one of the kind `cite`.
fn flatten(
    inlines: &[Inline],
    raised: bool,
    cite: CellKind,
    count: &mut usize,
    out: &mut Vec<Cell>,
) {
    for inline in inlines {
        match inline {
            Inline::Text { v } => {
                let kind = if raised { CellKind::Raised(*count) } else { CellKind::Text(*count) };
                out.extend(v.chars().map(|c| Cell { c, kind }));
                *count += 1;
            }
            // Typst leaves no gap beside a formula: it is a sign, whatever it begins with.
            Inline::Formula { .. } => {
                out.push(Cell { c: '=', kind: CellKind::Fixed { raised } });
            }
            Inline::Code { v } | Inline::Marks { v } | Inline::Latin { v } => {
                out.extend(v.chars().map(|c| Cell { c, kind: CellKind::Fixed { raised } }));
            }
            Inline::Cite { .. } => out.push(Cell { c: 'x', kind: cite }),
            Inline::Footnote { .. } | Inline::NoteAgain { .. } => {
                out.push(Cell { c: ' ', kind: CellKind::Hanging })
            }
            // What it prints is not known yet; beside it stands what stands beside a word.
            Inline::Cross { cross } if cross.body.is_empty() => {
                out.push(Cell { c: 'x', kind: CellKind::Fixed { raised } });
            }
            Inline::Break => out.push(Cell { c: ' ', kind: CellKind::Break }),
            Inline::Sup { body } | Inline::Sub { body } => flatten(body, true, cite, count, out),
            other => flatten(other.body(), raised, cite, count, out),
        }
    }
}

/// Gives each run of text its new characters, in the order of [`flatten`].
fn write_back(inlines: &mut Inlines, edited: &mut impl Iterator<Item = String>) {
    for inline in inlines {
        match inline {
            Inline::Text { v } => *v = edited.next().unwrap_or_default(),
            // What hangs on a word has been put in order on its own.
            Inline::Cite { .. } | Inline::Footnote { .. } | Inline::NoteAgain { .. } => {}
            other => {
                if let Some(body) = other.body_mut() {
                    write_back(body, edited);
                }
            }
        }
    }
}

/// Inserts a joiner between two runs neither of which can hold one: a citation after code or
/// another mark.
fn hang(inlines: &mut Inlines, hangs: fn(&Inline) -> bool) {
    let mut at = 1;
    while at < inlines.len() {
        if hangs(&inlines[at])
            && (hangs(&inlines[at - 1])
                || matches!(
                    inlines[at - 1],
                    Inline::Code { .. } | Inline::Formula { .. } | Inline::Cross { .. }
                ))
        {
            inlines.insert(at, Inline::text(WORD_JOINER));
            at += 1;
        }
        at += 1;
    }
}

/// Drops characters that are no text: the check of letters tells them.
fn clean(inlines: &mut Inlines) {
    for inline in inlines {
        match inline {
            Inline::Text { v } | Inline::Marks { v } | Inline::Latin { v } | Inline::Code { v } => {
                if let Cow::Owned(cleaned) = cjk::cleaned(v) {
                    *v = cleaned;
                }
            }
            other => {
                if let Some(body) = other.body_mut() {
                    clean(body);
                }
            }
        }
    }
}

/// Merges adjacent runs of plain text, so that the typesetter sees each row of marks whole.
fn merge(inlines: &mut Inlines) {
    let mut merged: Inlines = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        match (&mut inline, merged.last_mut()) {
            (Inline::Text { v }, _) if v.is_empty() => continue,
            (Inline::Text { v }, Some(Inline::Text { v: last })) => {
                last.push_str(v);
                continue;
            }
            (
                Inline::Emph { body }
                | Inline::Strong { body }
                | Inline::Dots { body }
                | Inline::Sup { body }
                | Inline::Sub { body }
                | Inline::Link { body, .. },
                _,
            ) => merge(body),
            _ => {}
        }
        merged.push(inline);
    }
    *inlines = merged;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::model::NoteMark;

    fn tidy_plain(text: &str) -> String {
        super::tidy_plain(text, "zh-CN")
    }

    fn text(v: &str) -> Inline {
        Inline::text(v)
    }

    #[test]
    fn typed_spaces_go_between_chinese_and_latin_only() {
        assert_eq!(tidy_plain("2025 十大 AI 技术趋势"), "2025十大AI技术趋势");
        assert_eq!(
            tidy_plain("Scaling Law 扩展：RL + LLMs， 模型"),
            "Scaling Law扩展：RL + LLMs，模型"
        );
        assert_eq!(tidy_plain("黄铁军 王仲远"), "黄铁军 王仲远");
        assert_eq!(tidy_plain("发布 “Operator” 系统"), "发布“Operator”系统");
        assert_eq!(tidy_plain("et al. “Title.” ArXiv"), "et al. “Title.” ArXiv");
        assert_eq!(
            tidy_plain("easy to say, 难在 #3 上, 做好"),
            "easy to say,\u{2005}难在#3上,做好"
        );
    }

    #[test]
    fn a_line_end_between_chinese_characters_disappears() {
        assert_eq!(tidy_plain("第一\n行"), "第一行");
        assert_eq!(tidy_plain("first\nline"), "first line");
    }

    #[test]
    fn the_neighbour_across_a_mark_decides() {
        let mut inlines =
            vec![text("采用 "), Inline::Strong { body: vec![text("Emu3")] }, text(" 模型")];
        tidy(&mut inlines, "zh-CN");
        assert_eq!(plain(&inlines), "采用Emu3模型");
    }

    #[test]
    fn a_citation_takes_no_space_and_stays_with_its_word() {
        let cited = crate::reading::model::Cited { keys: vec!["a".into()], ..Default::default() };
        let mut inlines = vec![text("有效 "), Inline::Cite { cited }, text("。")];
        tidy(&mut inlines, "zh-CN");
        assert_eq!(inlines[0], text("有效\u{2060}"));
    }

    #[test]
    fn a_middle_dot_stays_with_the_name_before_it() {
        assert_eq!(tidy_plain("大卫·贝克"), "大卫\u{2060}·贝克");
        assert_eq!(plain(&[text("大卫\u{2060}·贝克")]), "大卫·贝克");
    }

    fn strong(v: &str) -> Inline {
        Inline::Strong { body: vec![text(v)] }
    }

    fn tidied(mut inlines: Inlines) -> Inlines {
        tidy(&mut inlines, "zh-CN");
        inlines
    }

    #[test]
    fn marks_that_touch_come_into_one_run() {
        assert_eq!(tidied(vec![strong("重点。"), text("“引”")]), [strong("重点"), text("。“引”")]);
        assert_eq!(
            tidied(vec![strong("“重点”"), text("，后")]),
            [text("“"), strong("重点"), text("”，后")]
        );
        assert_eq!(
            tidied(vec![text("见："), strong("《书》"), text("上")]),
            [text("见：《"), strong("书"), text("》上")]
        );
        assert_eq!(tidied(vec![strong("重点，"), text("后")]), [strong("重点，"), text("后")]);
        assert_eq!(tidied(vec![strong("。"), text("”")]), [text("。”")]);
    }

    #[test]
    fn marks_at_a_paragraphs_head_are_a_run() {
        let marks = |v: &str| Inline::Marks { v: v.into() };
        let mut inlines = vec![text("“《书》说”")];
        open(&mut inlines);
        assert_eq!(inlines, [marks("“《"), text("书》说”")]);
        let mut inlines = vec![strong("“说"), text("话”")];
        open(&mut inlines);
        assert_eq!(inlines, [Inline::Strong { body: vec![marks("“"), text("说")] }, text("话”")]);
    }

    #[test]
    fn an_apostrophe_is_latin_and_a_quote_is_not() {
        let latin = || Inline::Latin { v: "’".into() };
        assert_eq!(tidied(vec![text("It’s")]), [text("It"), latin(), text("s")]);
        assert_eq!(
            tidied(vec![text("the models’ size")]),
            [text("the models"), latin(), text(" size")]
        );
        assert_eq!(tidied(vec![text("‘GPT’是")]), [text("‘GPT’是")]);
        assert_eq!(tidied(vec![text("说‘好’")]), [text("说‘好’")]);
    }

    #[test]
    fn two_marks_of_a_cry_are_a_run() {
        let marks = |v: &str| Inline::Marks { v: v.into() };
        assert_eq!(
            tidied(vec![text("什么？！”他")]),
            [text("什么\u{2060}"), marks("？！"), text("”他")]
        );
        assert_eq!(tidied(vec![text("“好”！！！")]), [text("“好\u{2060}"), marks("”！！！")]);
        assert_eq!(tidied(vec![text("什么？他")]), [text("什么？他")]);
    }

    #[test]
    fn numbers_stay_with_what_they_count() {
        assert_eq!(tidy_plain("约 5 GHz 和 30 km/h"), "约5 \u{2060}GHz和30 \u{2060}km/h");
        assert_eq!(
            tidy_plain("据 GB/T 7714 与 Claude 3.5 Sonnet"),
            "据GB/T \u{2060}7714与Claude \u{2060}3.5 Sonnet"
        );
        assert_eq!(tidy_plain("a model of 70 layers"), "a model of 70 layers");
        assert_eq!(tidy_plain("3 万亿元，几万"), "3\u{2060}万\u{2060}亿元，几万");
        assert_eq!(
            tidy_plain("10—20、10%–20%、1~2"),
            "10\u{2060}—\u{2060}20、10%\u{2060}–\u{2060}20%、1\u{2060}~\u{2060}2"
        );
        assert_eq!(tidy_plain("2024——元年"), "2024——元年");
    }

    #[test]
    fn a_gap_stands_where_typst_leaves_none() {
        let code = |v: &str| Inline::Code { v: v.into() };
        assert_eq!(
            tidied(vec![text("运行 "), code("--all"), text(" 即可")]),
            [text("运行\u{2005}"), code("--all"), text("即可")]
        );
        let sup = || Inline::Sup { body: vec![text("2")] };
        assert_eq!(
            tidied(vec![text("m"), sup(), text("的")]),
            [text("m"), sup(), text("\u{2005}的")]
        );
        let formula = || Inline::Formula { formula: Box::default() };
        assert_eq!(
            tidied(vec![text("当 "), formula(), text(" 时")]),
            [text("当\u{2005}"), formula(), text("\u{2005}时")]
        );
        assert_eq!(tidied(vec![text("m"), sup(), text("，")]), [text("m"), sup(), text("，")]);
    }

    #[test]
    fn a_citation_behind_code_or_another_is_joined() {
        let note = || Inline::NoteAgain { note: String::new(), mark: NoteMark::default() };
        let code = || Inline::Code { v: "x".into() };
        let joiner = || text("\u{2060}");
        assert_eq!(
            tidied(vec![code(), text(" "), note(), note()]),
            [code(), joiner(), note(), joiner(), note()]
        );
        assert_eq!(tidied(vec![strong("要点"), note()]), [strong("要点\u{2060}"), note()]);
    }
}
