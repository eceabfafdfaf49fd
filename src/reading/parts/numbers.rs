//! Numbers of parts and of the headings within them, as they are printed.

use chinese_number::{ChineseCase, ChineseVariant, from_u64_to_chinese_ten_thousand};

use crate::reading::model::{
    Block, Counted, LabelsConfig, Numbering, Part, PartKind, ReportConfig, TextBlock,
};

/// The number `{一}`, or `{1}` where headings have decimal numbers and in other languages.
const EITHER: &str = "{#}";

/// The marks of which a label must have one.
pub(super) const MARKS: [&str; 4] = ["{一}", "{1}", "{A}", EITHER];

/// Gives each part that is numbered its label, and the headings in it their numbers.
pub(super) fn number(parts: &mut [Part], config: &ReportConfig) {
    for part in parts {
        let Some(number) = part.number else { continue };
        let kind = part.content.kind();
        part.label = label_of(kind, config).map(|pattern| label(pattern, number, config));
        part.running_label =
            (kind == PartKind::Trend).then(|| label(&config.running_label, number, config));
        // Chapters are counted through all dividers.
        if kind == PartKind::Divider {
            continue;
        }
        let mark = match kind.entry().counted {
            Some(Counted::Letters) => letters(number),
            _ => number.to_string(),
        };
        headings(part.content.blocks_mut(), config.numbering, &mark);
        part.mark = Some(mark);
    }
}

fn label_of(kind: PartKind, config: &ReportConfig) -> Option<&str> {
    let LabelsConfig { chapter, divider, appendix } = &config.labels;
    Some(match kind {
        PartKind::Trend => &config.label,
        PartKind::Chapter => chapter,
        PartKind::Divider => divider,
        PartKind::Appendix => appendix,
        _ => return None,
    })
}

/// Returns a label with its number, such as `第三章` or `Appendix B`.
fn label(pattern: &str, number: usize, config: &ReportConfig) -> String {
    let is_chinese = config.lang.starts_with("zh") && config.numbering != Numbering::Decimal;
    let either = if is_chinese { chinese(number) } else { number.to_string() };
    pattern
        .replace("{一}", &chinese(number))
        .replace("{1}", &number.to_string())
        .replace("{A}", &letters(number))
        .replace(EITHER, &either)
}

/// Numbers headings; those below one without a number have none.
fn headings(blocks: &mut [Block], numbering: Numbering, mark: &str) {
    let mut counts: Vec<usize> = vec![];
    let mut bare: Option<u8> = None;
    for block in blocks {
        let Block::Text(TextBlock::Heading { level, anchor, unnumbered, .. }) = block else {
            continue;
        };
        if bare.is_some_and(|above| *level > above) {
            continue;
        }
        bare = unnumbered.then_some(*level);
        if *unnumbered {
            continue;
        }
        counts.resize(usize::from(*level), 0);
        if let Some(last) = counts.last_mut() {
            *last += 1;
        }
        anchor.number = printed(&counts, numbering, mark);
    }
}

/// Returns the number of a heading by its place below each level above it.
fn printed(counts: &[usize], numbering: Numbering, mark: &str) -> Option<String> {
    let own = *counts.last()?;
    match numbering {
        Numbering::None => None,
        Numbering::Chinese => Some(match counts.len() {
            1 => format!("{}、", chinese(own)),
            2 => format!("（{}）", chinese(own)),
            3 => format!("{own}."),
            4 => format!("（{own}）"),
            _ => format!("{own}）"),
        }),
        Numbering::Decimal => {
            let below = counts.iter().map(|count| format!(".{count}"));
            Some([mark.to_owned()].into_iter().chain(below).collect())
        }
    }
}

/// Returns a number in Chinese numerals.
fn chinese(number: usize) -> String {
    let number = u64::try_from(number).unwrap_or(u64::MAX);
    from_u64_to_chinese_ten_thousand(ChineseVariant::Simple, ChineseCase::Lower, number)
}

/// Returns a number as letters: A to Z, then AA.
fn letters(number: usize) -> String {
    let (mut rest, mut out) = (number, vec![]);
    while rest > 0 {
        rest -= 1;
        out.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    out.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::model::Anchor;

    fn heading(level: u8, unnumbered: bool) -> Block {
        let (anchor, body) = (Anchor::default(), vec![]);
        TextBlock::Heading { level, unnumbered, unlisted: false, line: 1, anchor, body }.into()
    }

    fn numbers(levels: &[u8], numbering: Numbering, mark: &str) -> Vec<String> {
        let mut blocks: Vec<_> =
            levels.iter().map(|level| heading(*level % 10, *level > 10)).collect();
        headings(&mut blocks, numbering, mark);
        let number = |block: &Block| match block {
            Block::Text(TextBlock::Heading { anchor: Anchor { number, .. }, .. }) => {
                number.clone().unwrap_or_default()
            }
            _ => String::new(),
        };
        blocks.iter().map(number).collect()
    }

    #[test]
    fn numerals_are_those_that_are_read() {
        let read = [1, 2, 10, 11, 20, 21, 99, 100, 110].map(chinese);
        let right = ["一", "二", "十", "十一", "二十", "二十一", "九十九", "一百", "一百一十"];
        assert_eq!(read, right);
        assert_eq!([1, 26, 27, 52, 53, 703].map(letters), ["A", "Z", "AA", "AZ", "BA", "AAA"]);
    }

    #[test]
    fn headings_count_below_the_one_above_them() {
        let levels = [1, 2, 2, 3, 4, 5, 1, 2, 3];
        let chinese = numbers(&levels, Numbering::Chinese, "7");
        assert_eq!(
            chinese,
            ["一、", "（一）", "（二）", "1.", "（1）", "1）", "二、", "（一）", "1."]
        );
        let decimal = numbers(&levels, Numbering::Decimal, "A");
        let right = [
            "A.1",
            "A.1.1",
            "A.1.2",
            "A.1.2.1",
            "A.1.2.1.1",
            "A.1.2.1.1.1",
            "A.2",
            "A.2.1",
            "A.2.1.1",
        ];
        assert_eq!(decimal, right);
        assert!(numbers(&levels, Numbering::None, "7").iter().all(String::is_empty));
    }

    #[test]
    fn what_is_below_an_unnumbered_heading_has_no_number() {
        // 11 is a heading of the first level without a number.
        let found = numbers(&[1, 11, 2, 3, 1, 12, 2, 3], Numbering::Decimal, "2");
        assert_eq!(found, ["2.1", "", "", "", "2.2", "", "2.2.1", "2.2.1.1"]);
    }
}
