//! Numbers that authors type before the titles of parts and before headings, although the program
//! prints one there.

use crate::reading::model::{Block, Part, PartFile, TextBlock};
use crate::reading::text;
use crate::reading::written::{behind, is_counted, written};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// Numerals of Chinese.
const NUMERALS: &str = "〇零一二三四五六七八九十百";
/// What stands behind 第 and a number that counts parts.
const COUNTED: [&str; 7] = ["部分", "章", "篇", "编", "節", "节", "讲"];
/// Words before the number of a part, in any case.
const WORDS: [&str; 6] = ["附录", "附錄", "appendix", "chapter", "part", "section"];
/// Letters and signs with which a quantity goes on: `1.5 km`.
const UNITS: &str = "x×kgmt";

/// Reports numbers that are typed where one is printed.
pub(super) fn report(parts: &[Part], problems: &mut Problems) {
    for part in parts {
        if let (Some(printed), Some(title)) = (&part.label, part.content.title()) {
            problems.extend(told(title, printed, title_of(part), true));
        }
        for block in part.content.blocks() {
            if let Block::Text(TextBlock::Heading { line, anchor, body, .. }) = block
                && let Some(printed) = &anchor.number
            {
                problems.extend(told(&text::plain(body), printed, part.line(*line), false));
            }
        }
    }
}

fn told(title: &str, printed: &str, place: Place, part: bool) -> Option<Diagnostic> {
    let written = written(&place.file.text, place.range.start, title);
    let number = |title: &str| {
        let rest = behind_number(title)?;
        Some(title[..title.len() - rest.len()].trim().to_owned())
    };
    let typed = number(written).or_else(|| number(title))?;
    let rest = behind(title, &typed);
    if rest.is_empty() {
        return None;
    }
    let message =
        say!("the title says `{typed}`, and `{printed}` is printed before it", typed, printed);
    let hint = if part {
        say!("write the title without a number, `{rest}`, or add `numbered: false`", rest)
    } else {
        say!("write the heading without a number, `{rest}`, or add `{{.unnumbered}}` to it", rest)
    };
    Some(Diagnostic::of(&rules::TITLE_NUMBER, place, message).hint(hint))
}

/// Where the title of a part is written.
fn title_of(part: &Part) -> Place {
    let Some(PartFile { file, .. }) = part.files.first() else { return part.place.clone() };
    let line = file.text.lines().position(|line| line.starts_with("title"));
    line.map_or_else(|| part.place.clone(), |line| Place::of_line(file, line + 1))
}

/// The title behind the number that it begins with; `None` if it begins with none.
fn behind_number(title: &str) -> Option<&str> {
    let rest = worded(title).or_else(|| bracketed(title)).or_else(|| plain(title))?;
    let rest = rest.trim_start_matches(|c: char| is_blank(c) || "：:、．.—–-".contains(c));
    (!rest.is_empty()).then_some(rest)
}

/// `第一章 …`, `附录A …`, `Chapter 2: …`.
fn worded(title: &str) -> Option<&str> {
    if let Some(rest) = title.strip_prefix('第') {
        let behind = rest.trim_start_matches(is_numeral);
        let word = COUNTED.iter().find(|word| behind.starts_with(**word))?;
        let behind = &behind[word.len()..];
        return (rest.len() > behind.len() + word.len() && is_end(behind)).then_some(behind);
    }
    let word = WORDS.iter().find(|word| {
        title.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    })?;
    let rest = title[word.len()..].trim_start_matches(is_blank);
    let number = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || NUMERALS.contains(c);
    let behind = rest.trim_start_matches(number);
    let length = rest.len() - behind.len();
    let gap = word.is_ascii() && rest.len() + word.len() == title.len();
    ((1..=12).contains(&length) && !gap && is_end(behind)).then_some(behind)
}

/// `（一）…`, `(1) …`, `1) …`, `① …`.
fn bracketed(title: &str) -> Option<&str> {
    let circled = |c: char| ('①'..='⑳').contains(&c) || ('⑴'..='⒛').contains(&c);
    if let Some(rest) = title.strip_prefix(circled) {
        return Some(rest);
    }
    let inner = title.strip_prefix(['（', '(']);
    let behind = inner.unwrap_or(title).trim_start_matches(is_numeral);
    let rest = behind.strip_prefix(['）', ')'])?;
    (inner.unwrap_or(title).len() > behind.len()).then_some(rest)
}

/// `1.1 …`, `2. …`, `2 …`, `一、…`, `一 …`.
fn plain(title: &str) -> Option<&str> {
    let counts = |rest: &str| rest.trim_start().starts_with(is_counted);
    let chinese = title.trim_start_matches(|c| NUMERALS.contains(c));
    if chinese.len() < title.len() {
        let blank = chinese.starts_with(is_blank) && !counts(chinese);
        let rest = if blank { chinese } else { chinese.strip_prefix(['、', '．'])? };
        // 三、四线城市 counts on.
        return (!rest.trim_start().starts_with(|c| NUMERALS.contains(c))).then_some(rest);
    }
    let levels = title.trim_start_matches(|c: char| c.is_ascii_digit() || ".．".contains(c));
    let number = &title[..title.len() - levels.len()];
    let digits = |part: &str| (1..=3).contains(&part.len()) && part.parse::<u16>().is_ok();
    let parts: Vec<&str> = number.trim_end_matches(['.', '．']).split(['.', '．']).collect();
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let rest = levels.trim_start_matches(|c| is_blank(c) || c == '、');
    let marked = number.ends_with(['.', '．']) || levels.starts_with('、');
    // No heading has the number 4.0. The space behind a number may be gone.
    let word = levels.starts_with(|c: char| c.is_ascii_alphabetic());
    let many = parts.len() > 1 && parts.last() != Some(&"0") && !word;
    let alone = parts.len() == 1 && number.len() < 3 && levels.starts_with(is_blank);
    let quantity = rest.chars().next().is_none_or(|c| {
        is_counted(c) || UNITS.contains(c.to_ascii_lowercase()) || c.is_ascii_digit()
    });
    let alone = alone && rest.starts_with(cjk::is_han);
    ((marked || many || alone) && !quantity).then_some(levels)
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || NUMERALS.contains(c)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || cjk::is_invisible(c)
}

fn is_end(behind: &str) -> bool {
    behind.starts_with(|c: char| is_blank(c) || "：:、．.—–-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::behind_number;

    #[test]
    fn numbers_before_titles_are_known_from_words() {
        for (title, rest) in [
            ("第一章　总论", Some("总论")),
            ("第3部分：展望", Some("展望")),
            ("附录A 数据", Some("数据")),
            ("Chapter 2: Data", Some("Data")),
            ("1.1 背景", Some("背景")),
            ("1.1背景", Some("背景")),
            ("工业4.0", None),
            ("4.0时代", None),
            ("2.5D封装", None),
            ("2. 方法", Some("方法")),
            ("3、结论", Some("结论")),
            ("一、背景", Some("背景")),
            ("（二）方法", Some("方法")),
            ("(3) 数据", Some("数据")),
            ("第一性原理", None),
            ("第三方数据", None),
            ("第二章节", None),
            ("三、四线城市", None),
            ("1.5 亿参数", None),
            ("2025 年度回顾", None),
            ("3D 打印", None),
            ("5 个趋势", None),
            ("6G：下一代", None),
            ("Participation", None),
            ("Part of the whole", None),
            ("（试行）办法", None),
            ("2 标题", Some("标题")),
            ("一 背景", Some("背景")),
            ("第三章 总论", Some("总论")),
            ("1) 标题", Some("标题")),
            ("② 标题", Some("标题")),
            ("3 大趋势", None),
            ("三 个方向", None),
            ("5 G", None),
            ("500 强", None),
        ] {
            assert_eq!(behind_number(title), rest, "{title}");
        }
    }
}
