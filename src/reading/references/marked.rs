//! Marks around pieces of a text: emphasis, raised and lowered letters, and what a style may not
//! fold.

use super::guard::{EMPH, Pair, STRONG, SUB, SUP};

/// Around what a style may not fold, such as a name within a title.
pub(super) const KEPT: Pair = ['\u{FDD8}', '\u{FDD9}'];

/// What an element means for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Emph,
    Strong,
    Sub,
    Sup,
    /// Its case is kept.
    Kept,
    /// Its text is as any other.
    Plain,
    /// A space.
    Break,
}

/// Adds a text to another by what its element of HTML means.
pub(super) fn put(meaning: Meaning, inner: &str, out: &mut String) {
    match meaning {
        Meaning::Emph => around(EMPH, inner, out),
        Meaning::Strong => around(STRONG, inner, out),
        Meaning::Sub => script(SUB, inner, out),
        Meaning::Sup => script(SUP, inner, out),
        Meaning::Kept => around(KEPT, inner, out),
        Meaning::Plain => out.push_str(inner),
        Meaning::Break => out.push(' '),
    }
}

/// Puts marks around a text; a stop at its end stays outside, where a style looks for it.
pub(super) fn around(pair: Pair, inner: &str, out: &mut String) {
    if inner.is_empty() {
        return;
    }
    let body = inner.trim_end_matches(['.', '?', '!']);
    out.push(pair[0]);
    out.push_str(body);
    out.push(pair[1]);
    out.push_str(&inner[body.len()..]);
}

/// Raises or lowers a text: by Unicode's own characters where it has all of them, so that it
/// reads as an author types it elsewhere.
pub(super) fn script(pair: Pair, inner: &str, out: &mut String) {
    let own = inner.chars().map(|c| own(c, pair == SUP)).collect::<Option<String>>();
    match own {
        Some(own) => out.push_str(&own),
        None => around(pair, inner, out),
    }
}

/// A character that has a raised or lowered form of its own.
fn own(c: char, raised: bool) -> Option<char> {
    let at = match c {
        '0'..='9' => c as usize - '0' as usize,
        '+' => 10,
        '-' | '−' => 11,
        _ => return None,
    };
    let forms = if raised {
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
    } else {
        "₀₁₂₃₄₅₆₇₈₉₊₋"
    };
    forms.chars().nth(at)
}
