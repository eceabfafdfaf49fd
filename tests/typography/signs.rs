//! The checkers' classification of characters as Chinese, Latin or punctuation, independent of
//! the program's own.

use super::lines::{Line, Sign};

/// How far two places may lie apart and still be one, in ems: Typst rounds, and letters are
/// tracked by 0.05 em.
pub(super) const SLACK: f64 = 0.06;

/// A Han character.
pub(super) fn han(sign: &Sign) -> bool {
    matches!(sign.c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// A letter or a digit of Latin or Greek.
pub(super) fn latin(sign: &Sign) -> bool {
    sign.c.is_ascii_alphanumeric() || matches!(sign.c, 'α'..='ω' | 'Α'..='Ω')
}

/// A mark of full width that opens.
pub(super) fn opening(sign: &Sign) -> bool {
    "“‘（《〈「『【〔".contains(sign.c) && sign.width > 0.95
}

/// A mark of full width that closes or ends.
pub(super) fn closing(sign: &Sign) -> bool {
    "”’）》〉」』】〕，。、；：？！".contains(sign.c) && sign.width > 0.95
}

/// A space, whatever its width.
pub(super) fn space(sign: &Sign) -> bool {
    sign.c.is_whitespace()
}

/// Where the ink begins: an opening mark's left half is empty.
pub(super) fn left_ink(sign: &Sign) -> f64 {
    sign.x + if opening(sign) { 0.5 } else { 0.0 }
}

/// Where the ink ends: a closing mark's right half is empty.
pub(super) fn right_ink(sign: &Sign) -> f64 {
    sign.end() - if closing(sign) { 0.5 } else { 0.0 }
}

/// Neighbours in a line, spaces between them aside.
pub(super) fn pairs(line: &Line) -> impl Iterator<Item = (&Sign, &Sign)> {
    let signs: Vec<&Sign> = line.signs.iter().filter(|sign| !space(sign)).collect();
    (1..signs.len()).map(move |at| (signs[at - 1], signs[at]))
}

/// Neighbours in a line, spaces counted as signs.
pub(super) fn touching(line: &Line) -> impl Iterator<Item = (&Sign, &Sign)> {
    line.signs.windows(2).map(|pair| (&pair[0], &pair[1]))
}

/// How far justification drives two Han characters of the line apart at least; `None` in a line
/// that holds no two, which is stretched no one knows how far.
pub(super) fn stretch(line: &Line) -> Option<f64> {
    let gaps = touching(line).filter(|(a, b)| han(a) && han(b)).map(|(a, b)| b.x - a.x - 1.0);
    gaps.reduce(f64::min).map(|least| least.max(0.0))
}
