//! Numbers: ranges, mixed numerals, approximate numbers, thousands separators (GB/T 15835—2011).

use std::ops::Range;

use super::draft::Draft;
use crate::prose::{Prose, ProseKind};
use crate::rules;
use cjk::is_han;
use l10n::say;
use source::{Diagnostic, Problems};

/// Characters after ordinal numbers: a span of these takes a dash, a range of amounts a tilde.
const NAMED: &str = "月日号时点";

/// Characters that begin what is counted or measured: only before these are two numbers sure to be a
/// range. `010-12345678转801`, `737-800和`, `7-11便利店` are names.
const COUNTED: &str = "年月日号时点天周旬季届代世个人次名位家台条种项岁倍万亿千百元角分秒小钟刻米公里寸尺丈\
                       厘毫吨克斤两磅升度层页章篇款行列栏组批轮步级件张只辆户亩份支架艘辑卷册字枚套座间股期\
                       段片颗粒棵头匹双对幅束杯瓶箱盒袋桶回场盘课道部门所处例起单句句词字词帧像线";

/// What is behind the year of a span: `2023—2024学年`.
const YEARS: [&str; 5] = ["学年", "财年", "年度", "赛季", "雪季"];

/// Checks for ranges written with a hyphen or a half-width tilde.
pub(crate) fn ranges(draft: &mut Draft) {
    for at in (1..draft.chars().len()).rev() {
        if !matches!(draft.at(at), Some('-' | '~' | '–')) {
            continue;
        }
        let Some((start, end)) = range_around(draft.chars(), at) else { continue };
        let unit = draft.at(end);
        let percent = unit == Some('%') || unit == Some('％');
        let rest: String = draft.chars()[end..].iter().take(2).collect();
        let years = YEARS.contains(&&*rest);
        if !percent && !years && !unit.is_some_and(|c| COUNTED.contains(c)) {
            continue;
        }
        // `3-5年` is an amount, `2019-2023年` a span; 图3-2 is neither.
        let year = (years || unit == Some('年'))
            && draft.chars()[start..at].iter().take_while(|c| c.is_ascii_digit()).count() == 4;
        let before = draft.before(start);
        if before.is_some_and(|c| "图表式".contains(c)) {
            continue;
        }
        // An address: `1-101号楼`.
        let place: String = draft.chars()[end..].iter().take(2).collect();
        if ["号楼", "号院", "号室", "号门", "号铺"].contains(&&*place) {
            continue;
        }
        // Of `第1-3章、5-7章` each is a span.
        let goes_on = before == Some('、') && {
            let clause =
                draft.chars()[..start].iter().rev().take_while(|c| !"，。；：".contains(**c));
            clause.into_iter().any(|c| *c == '第')
        };
        let span =
            year || goes_on || before == Some('第') || unit.is_some_and(|c| NAMED.contains(c));
        let mark = if span { "—" } else { "～" };
        let was: String = draft.chars()[start..end].iter().collect();
        let c = draft.chars()[at];
        let message = say!("the range `{was}` is written with `{c}`", was, c);
        draft.rewrite(&rules::RANGE, at..at + 1, mark, message);
    }
}

/// Returns the bounds of the two numbers around a mark, if they are amounts and not part of a
/// name, a date or a telephone number.
pub(crate) fn range_around(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let digit = |c: &char| c.is_ascii_digit() || *c == '.';
    // Units may stand at both ends: `10%-20%`, `3年-5年`.
    let mut from = at;
    while from > 0
        && matches!(chars[from - 1], '%' | '％' | '年' | '月' | '日' | '万' | '亿' | '倍')
    {
        from -= 1;
    }
    let start = from - chars[..from].iter().rev().take_while(|c| digit(c)).count();
    let end = at + 1 + chars[at + 1..].iter().take_while(|c| digit(c)).count();
    let name = |c: char| c.is_ascii_alphanumeric() || "-–~/_.#:+".contains(c);
    let apart = start == 0 || !name(chars[start - 1]);
    let number = |range: Range<usize>| chars[range].iter().collect::<String>().parse::<f64>().ok();
    let rises =
        number(start..from).zip(number(at + 1..end)).is_some_and(|(first, second)| first < second);
    // Of amounts, none begins with a nought: 010-12345678, 021-5号.
    let code =
        |from: usize| chars[from] == '0' && chars.get(from + 1).is_some_and(char::is_ascii_digit);
    let rises = rises && !code(start) && !code(at + 1);
    (apart && rises).then_some((start, end))
}

/// Checks for numbers that mix Arabic and Chinese numerals, and for approximate numbers with a
/// comma.
pub(crate) fn numerals(draft: &mut Draft) {
    // 千克, 百分点: there the second is no numeral.
    const UNITS: [&str; 13] =
        ["克", "米", "瓦", "卡", "赫", "帕", "伏", "焦", "升", "吨", "字节", "安", "分"];
    let is_unit = |draft: &Draft, at: usize| {
        // The extent of a book is told in 千字.
        if draft.before(at) == Some('千') && draft.at(at) == Some('字') {
            return true;
        }
        let rest: String = draft.chars()[at..].iter().take(2).collect();
        UNITS.iter().any(|unit| rest.starts_with(unit))
    };
    for at in 1..draft.chars().len() {
        let (Some(before), Some(c)) = (draft.before(at), draft.at(at)) else { continue };
        let next = draft.at(at + 1);
        if before.is_ascii_digit() && "十百千".contains(c) && !is_unit(draft, at + 1) {
            let start =
                at - draft.chars()[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
            // A year before a list's name: 2025十大趋势.
            if at - start == 4 && next == Some('大') {
                continue;
            }
            let was: String = draft.chars()[start..=at].iter().collect();
            let message = say!("`{was}` mixes Arabic and Chinese numerals", was);
            draft.tell(
                &rules::MIXED_NUMERAL,
                start..at + 1,
                message,
                say!("use one kind of numeral for the whole number"),
            );
        }
    }
    const NUMERALS: &str = "一二三四五六七八九";
    const COUNTED: &str = "个天人次家项百千万十倍种位条小周步篇轮名台年";
    // Of these it is sure that no two things are each meant, as in 五、六年级.
    const SURE: &str = "个天人家倍种步名";
    const LISTED: [&str; 5] = ["年级", "年代", "年期", "年生", "次会"];
    for at in (1..draft.chars().len()).rev() {
        if draft.at(at) != Some('、') {
            continue;
        }
        let value = |c: Option<char>| c.and_then(|c| NUMERALS.chars().position(|n| n == c));
        let (first, second) = (value(draft.before(at)), value(draft.at(at + 1)));
        let neighbours = first.zip(second).is_some_and(|(first, second)| second == first + 1);
        let before = at.checked_sub(2).and_then(|index| draft.at(index));
        let listed = before.is_some_and(|c| "第、".contains(c) || NUMERALS.contains(c));
        let Some(counted) = draft.at(at + 2).filter(|c| COUNTED.contains(*c)) else { continue };
        let rest: String = draft.chars()[at + 2..].iter().take(2).collect();
        if !neighbours || listed || LISTED.contains(&&*rest) {
            continue;
        }
        let message = say!("enumeration comma in an approximate number");
        if SURE.contains(counted) && !before.is_some_and(|c| "初高大".contains(c)) {
            draft.mend(&rules::APPROXIMATE, at..at + 1, "", message, say!("remove it: 三四个"));
        } else {
            let hint = say!("remove it, 三四年, unless each of the two is meant");
            draft.tell(&rules::APPROXIMATE, at..at + 1, message, hint);
        }
    }
}

/// Whether a number is part of a name: of a standard, a model, a rule (`GB/T 15834—2011`, `ISO 15930`).
fn is_designation(chars: &[char], range: &Range<usize>) -> bool {
    let before = &chars[..range.start];
    let letters = before
        .iter()
        .rev()
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_ascii_alphabetic() || **c == '/');
    let mut letters = letters.peekable();
    let named = letters.peek().is_some() && letters.all(|c| c.is_ascii_uppercase() || *c == '/');
    let year = |dash: usize| {
        matches!(chars.get(dash), Some('—' | '–' | '-'))
            && chars[dash + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 4
    };
    named || year(range.end)
}

/// Words before a number that is a code: no amount stands behind them.
const CODES: [&str; 22] = [
    "邮编",
    "邮政编码",
    "账号",
    "帐号",
    "卡号",
    "编号",
    "编码",
    "代码",
    "号码",
    "电话",
    "手机",
    "传真",
    "热线",
    "证号",
    "书号",
    "序号",
    "学号",
    "工号",
    "单号",
    "密码",
    "股票",
    "QQ",
];

/// Whether a number is a code rather than an amount: behind a word that says so, or with nothing behind
/// it that is counted.
fn is_code(chars: &[char], range: &Range<usize>) -> bool {
    let link = |c: &&char| c.is_whitespace() || "：:为是（(".contains(**c);
    let before: Vec<char> =
        chars[..range.start].iter().rev().skip_while(link).take(4).copied().collect();
    let before: String = before.into_iter().rev().collect();
    // The number of a judgment or of a document: `民初12345号`.
    let numbered = chars.get(range.end) == Some(&'号')
        || range.start.checked_sub(1).is_some_and(|at| chars[at] == '第');
    numbered
        || CODES.iter().any(|word| before.ends_with(word))
        || !chars[range.end..].iter().find(|c| **c != ' ').is_some_and(|&c| is_han(c) || c == '%')
}

/// Checks that numbers of five digits or more are written consistently, either with or without
/// commas.
pub(crate) fn grouping(prose: &[Prose], problems: &mut Problems) {
    let mut grouped: Vec<(&Prose, Range<usize>)> = vec![];
    let mut plain = vec![];
    for piece in prose.iter().filter(|piece| {
        matches!(piece.kind, ProseKind::Body | ProseKind::Caption | ProseKind::Title)
    }) {
        let chars: Vec<char> = piece.letters.iter().map(|letter| letter.c).collect();
        let mut at = 0;
        while at < chars.len() {
            let inside = |c: &char| c.is_ascii_alphanumeric() || ",.-_/:@+".contains(*c);
            let end = at + chars[at..].iter().take_while(|c| inside(c)).count();
            let word: String = chars[at..end].iter().collect();
            let word = word.trim_end_matches([',', '.', ':', '-']);
            let whole = word.split('.').next().unwrap_or_default();
            let mut groups = whole.split(',');
            let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
            let first = groups.next().unwrap_or_default();
            let range = at..at + word.len();
            if digits(first)
                && first.len() <= 3
                && whole.len() >= 6
                && groups.all(|group| digits(group) && group.len() == 3)
            {
                grouped.push((piece, range));
            } else if digits(whole)
                && whole.len() >= 5
                && word.chars().all(|c| c.is_ascii_digit() || c == '.')
                && !is_designation(&chars, &range)
                && !is_code(&chars, &range)
            {
                plain.push((piece, range));
            }
            at = end.max(at + 1);
        }
    }
    if grouped.is_empty() || plain.is_empty() {
        return;
    }
    let (rarer, others, hint) = if grouped.len() < plain.len() {
        (grouped, plain, say!("without commas"))
    } else {
        (plain, grouped, say!("with commas"))
    };
    for (piece, range) in rarer {
        let was: String = piece.letters[range.clone()].iter().map(|letter| letter.c).collect();
        let message = say!("`{was}` is not written like the report's other large numbers", was);
        let (other, at) = &others[0];
        let example: String = other.letters[at.clone()].iter().map(|letter| letter.c).collect();
        problems.push(Diagnostic::of(&rules::GROUPING, piece.place(range), message).hint(say!(
            "write it {hint}, like `{example}` at {place}",
            hint,
            example,
            place = other.place(at.clone())
        )));
    }
}
