//! Which dollar signs enclose a formula, and which are prices.
//!
//! The rules are Pandoc's, and one more. A formula begins and ends without a space; its last sign is
//! not followed by a digit; and it holds nothing Chinese, except in `\text{…}`.

use std::ops::Range;

use cjk::is_wide;
use pulldown_cmark::{Event, Options, Parser};

use super::emphasis::is_escaped;
use super::{is_block, is_span};

/// The commands of TeX whose braces hold words.
const WORDS: [&str; 9] = [
    "\\text",
    "\\textrm",
    "\\textbf",
    "\\textit",
    "\\textsf",
    "\\texttt",
    "\\mbox",
    "\\mathrm",
    "\\operatorname",
];

/// Returns the places of all signs that stand for themselves.
pub(super) fn plain(text: &str, options: Options) -> Vec<usize> {
    let mut out = vec![];
    if !text.contains('$') {
        return out;
    }
    // Parsed without formulas, all signs outside code and addresses are in the text.
    let events = Parser::new_ext(text, options.difference(Options::ENABLE_MATH));
    let mut signs: Vec<usize> = vec![];
    for (event, range) in events.into_offset_iter() {
        match event {
            Event::Text(shown) if *shown == text[range.clone()] => {
                let found = text[range.clone()].match_indices('$').map(|(at, _)| range.start + at);
                signs.extend(found.filter(|&at| !is_escaped(text, at)));
            }
            Event::Start(tag) if is_block(&tag) => decide(text, &mut signs, &mut out),
            Event::End(end) if !is_span(end) => decide(text, &mut signs, &mut out),
            _ => {}
        }
    }
    decide(text, &mut signs, &mut out);
    out
}

/// Decides on the signs of one paragraph.
fn decide(text: &str, signs: &mut Vec<usize>, out: &mut Vec<usize>) {
    let is_double = |at: usize| signs.get(at + 1).is_some_and(|next| *next == signs[at] + 1);
    let mut at = 0;
    while at < signs.len() {
        let open = signs[at];
        let end = if is_double(at) {
            let close = (at + 2..signs.len()).find(|&at| is_double(at));
            close.filter(|&close| is_formula(&text[open + 2..signs[close]])).map(|close| close + 2)
        } else {
            let close = (at + 1 < signs.len()).then_some(at + 1);
            close.filter(|&close| is_inline(text, open..signs[close])).map(|close| close + 1)
        };
        match end {
            Some(end) => at = end,
            None => {
                out.push(open);
                at += 1;
            }
        }
    }
    signs.clear();
}

/// Whether two signs, at the ends of a range, enclose a formula in a line.
fn is_inline(text: &str, signs: Range<usize>) -> bool {
    let inner = &text[signs.start + 1..signs.end];
    let before = text[..signs.start].chars().next_back();
    let after = text[signs.end + 1..].chars().next();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // `US$100`, `HK$5`.
    let currency = before.is_some_and(|c| c.is_ascii_uppercase()) && digit(inner.chars().next());
    // `$HOME/$USER`, `$PATH:$HOME`.
    let goes_on = inner.ends_with(['/', '(', '[', '&', ':']);
    let variables = is_variable(inner) && is_variable(&text[signs.end + 1..]);
    // `5$/10$`, `约5$~10$`.
    let amounts = digit(before) && is_amount(inner);
    !currency
        && !variables
        && !amounts
        && !goes_on
        && !digit(after)
        && !inner.starts_with(char::is_whitespace)
        && !inner.ends_with(char::is_whitespace)
        && is_formula(inner)
}

/// Whether a text begins with the name of a variable of a shell: `HOME`, `MY_DIR`.
fn is_variable(text: &str) -> bool {
    let named = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let length = text.find(|c| !named(c)).unwrap_or(text.len());
    length > 1
        && text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && !text[length..].starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether a text is what stands between the signs behind two amounts: `/10`, `~1,000`.
fn is_amount(text: &str) -> bool {
    let amount = text.trim_start_matches(['/', '~', '-', '–', '—', '+', ',', ';', '.', '至', '到']);
    amount.len() < text.len()
        && amount.ends_with(|c: char| c.is_ascii_digit())
        && amount.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))
}

/// Whether a text can be a formula: there is one, and it holds nothing Chinese but words.
fn is_formula(inner: &str) -> bool {
    if inner.trim().is_empty() {
        return false;
    }
    // How many braces are open from the first that holds words.
    let mut words = 0usize;
    for piece in inner.split_inclusive(['{', '}']) {
        let name = piece.trim_end_matches(['{', '}']);
        if words == 0 && name.contains(is_wide) {
            return false;
        }
        let named = WORDS.iter().any(|words| name.trim_end().ends_with(words));
        match piece.chars().next_back() {
            Some('{') if words > 0 || named => words += 1,
            Some('}') => words = words.saturating_sub(1),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the signs of formulas as `<` and `>`.
    fn read(text: &str) -> String {
        let plain = plain(text, Options::ENABLE_MATH);
        let mut open = false;
        let mut out = String::new();
        for (at, c) in text.char_indices() {
            if c == '$' && !plain.contains(&at) && !is_escaped(text, at) {
                out.push(if open { '>' } else { '<' });
                open = !open;
            } else {
                out.push(c);
            }
        }
        out
    }

    #[test]
    fn prices_are_no_formulas() {
        for text in [
            "也有US$100和US$200的。",
            "售价$5，成本$3，利润$2。",
            "融资$5亿，估值$20亿",
            "$5-$6, $7/$8, US$5-HK$6",
            "from $5 to $6",
            "路径$HOME/$USER",
            "单价5$/10$，约5$~10$，区间1,000$-2,000$",
            "$PATH:$HOME与$A_B,$C_D",
            "售价5$和10$",
            "共$$100，$$200",
            "`$x$`与\\$5",
        ] {
            let shown = read(text);
            assert!(!shown.contains('<') || text.contains('`'), "{shown}");
        }
    }

    #[test]
    fn formulas_are_found_among_prices() {
        for (text, right) in [
            ("式$x_i$与$\\frac{a}{b}$。", "式<x_i>与<\\frac{a}{b}>。"),
            ("售价$5，共$n$台，每台$3。", "售价$5，共<n>台，每台$3。"),
            ("$\\text{增速} = x^2$", "<\\text{增速} = x^2>"),
            ("$增速=x$", "$增速=x$"),
            ("$e^-$，$a$$b$", "<e^->，<a><b>"),
            ("US$100对$x$", "US$100对<x>"),
            ("*售价$5*，$y$", "*售价$5*，<y>"),
            ("共3$x_1$台", "共3<x_1>台"),
            ("2$\\times 10$个，$AB$与$CD$", "2<\\times 10>个，<AB>与<CD>"),
        ] {
            assert_eq!(read(text), right);
        }
    }
}
