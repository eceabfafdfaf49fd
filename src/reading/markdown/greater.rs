//! Signs of comparison at the start of a paragraph, which Markdown reads as a quotation's: `>5%的样本`.

use std::ops::Range;

use super::Converter;
use crate::rules;
use l10n::say;

impl Converter<'_, '_> {
    /// Reports a quotation whose only sign stands right before a number.
    pub(super) fn report_greater(&mut self, range: &Range<usize>) {
        if compares(&self.file.text[range.clone()]) {
            let start = range.start;
            self.warning(
                &rules::LEFT_OVER,
                &(start..start + 1),
                say!("`{mark}` is read as a quotation's sign, and is not printed", mark = '>'),
                say!("to print it, write `\\>`; for a quotation, put a space behind it"),
            );
        }
    }
}

/// Whether what is written as a quotation compares: `>5%`, `>=50`, but not a date or an item of a
/// list, nor several lines that all have the sign.
fn compares(written: &str) -> bool {
    let Some(rest) = written.strip_prefix('>') else { return false };
    if written.lines().skip(1).any(|line| line.trim_start().starts_with('>')) {
        return false;
    }
    let (rest, equal) = match rest.strip_prefix(['=', '＝']) {
        Some(rest) => (rest.trim_start_matches(' '), true),
        None => (rest, false),
    };
    let rest = rest.strip_prefix(['-', '−', '+', '¥', '￥', '$']).unwrap_or(rest);
    let figures = rest.bytes().take_while(|b| b.is_ascii_digit() || b",.".contains(b)).count();
    let (number, behind) = rest.split_at(figures);
    let item = number.ends_with('.') || behind.starts_with([')', '、', '）', '．']);
    let date = behind.starts_with(['年', '月', '日', '-', '/', ':']);
    number.starts_with(|c: char| c.is_ascii_digit()) && (equal || !(item || date))
}

#[cfg(test)]
mod tests {
    use super::compares;

    #[test]
    fn signs_before_numbers_compare() {
        for text in [
            ">5%的样本有效。",
            ">=50%的企业",
            ">= 3次的记录",
            ">100万元的合同\n另行审批",
            ">1,000台",
            ">0.05时不显著",
            ">-2℃时",
            ">￥500的",
            ">12",
        ] {
            assert!(compares(text), "{text}");
        }
        for text in [
            "> 5%的样本有效。",
            ">引文",
            ">2024年，公司成立。",
            ">3月起",
            ">2024-05-01",
            ">1. 第一条",
            ">2、第二条",
            ">12:30开会",
            ">5个人\n>都来了",
            ">",
            ">-",
            ">>5",
        ] {
            assert!(!compares(text), "{text}");
        }
    }
}
