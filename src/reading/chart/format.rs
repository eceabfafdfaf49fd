//! How numbers are written: a part of the format specifiers of d3, which Vega-Lite takes too.

use crate::reading::model::NumberFormat;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// The most decimals.
const MOST_DECIMALS: u32 = 9;

/// Reads the format that a key gives.
pub(super) fn of(
    text: Option<&str>,
    key: &str,
    document: &Document,
    problems: &mut Problems,
) -> Option<NumberFormat> {
    let text = text?;
    let format = parse(text);
    if format.is_none() {
        let message = say!("`{text}` is not a format of numbers", text);
        problems.push(
            Diagnostic::error(document.place(key), message)
                .hint(say!("write `,` for thousands, `.1f` for one decimal, `,.2f` for both, `.1%` for shares of 1 in per cent, and `+` first for signs")),
        );
    }
    format
}

/// `[+][,][.N][f|%|d]`.
fn parse(text: &str) -> Option<NumberFormat> {
    let rest = text.trim();
    let (sign, rest) = rest.strip_prefix('+').map_or((false, rest), |rest| (true, rest));
    let (comma, rest) = rest.strip_prefix(',').map_or((false, rest), |rest| (true, rest));
    let (percent, rest) = rest.strip_suffix('%').map_or((false, rest), |rest| (true, rest));
    let (fixed, rest) = match rest.strip_suffix('f').filter(|_| !percent) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (whole, rest) = match rest.strip_suffix('d').filter(|_| !percent && !fixed) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let decimals = match rest.strip_prefix('.') {
        Some(digits) if !whole && (fixed || percent) => {
            Some(digits.parse().ok().filter(|count| *count <= MOST_DECIMALS)?)
        }
        None if rest.is_empty() => (whole || fixed).then_some(if fixed { 6 } else { 0 }),
        _ => return None,
    };
    let says = sign || comma || percent || decimals.is_some();
    // `f` alone has six decimals in d3: nobody means that.
    (says && !(fixed && rest.is_empty())).then_some(NumberFormat { sign, comma, decimals, percent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_d3_are_read() {
        let format =
            |sign, comma, decimals, percent| Some(NumberFormat { sign, comma, decimals, percent });
        assert_eq!(parse(","), format(false, true, None, false));
        assert_eq!(parse(",.2f"), format(false, true, Some(2), false));
        assert_eq!(parse("+.1%"), format(true, false, Some(1), true));
        assert_eq!(parse("%"), format(false, false, None, true));
        assert_eq!(parse("d"), format(false, false, Some(0), false));
        for text in ["", "f", "0.0", "#,##0", ".2", ".1fx", "~s", ".99f", ".f", "$,", ".-1f"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
