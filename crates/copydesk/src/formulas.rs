//! Brackets of formulas: of mathematics, chemistry and crystals, which stay half-width in Chinese.

use std::collections::BTreeSet;
use std::ops::Range;

use cjk::is_han;

/// How far back a sentence's Latin words are looked at, in characters.
const REACH: usize = 200;

/// Whether a character is raised or lowered by itself.
fn is_script(c: char) -> bool {
    matches!(c, '₀'..='ₜ' | '⁰'..='ⁿ' | '²' | '³' | '¹')
}

/// Whether half-width brackets are those of a unit, `L/(人·d)`, of a chemical name, `2-(4-氯苯基)乙醇`,
/// `(NH₄)₂SO₄`, `铁(III)`, of terms, `(a+b)²`, of crystal planes, or of numbers, `(0, 1)`. `scripted` is
/// whether what stands behind them is raised or lowered.
pub(crate) fn is_formula(chars: &[char], range: Range<usize>, scripted: bool) -> bool {
    let (start, end) = (range.start, range.end);
    if chars[start] != '(' || chars[end] != ')' {
        return false;
    }
    let (before, after) = (start.checked_sub(1).map(|at| chars[at]), chars.get(end + 1).copied());
    let inside = &chars[start + 1..end];
    if is_locant(inside) || matches!(before, Some('/' | '-')) {
        return true;
    }
    if inside.is_empty() || inside.iter().any(|c| is_han(*c)) {
        return false;
    }
    let touched = |c: Option<char>| c.is_some_and(|c| is_script(c) || "=×÷±√^∀∃∑∏∫∂∇".contains(c));
    let greek = before.is_some_and(|c| matches!(c, 'Α'..='Ω' | 'α'..='ω'));
    let argument = inside.len() <= 3 || inside.contains(&',');
    let touches = scripted || touched(before) || touched(after) || after == Some('-');
    // The code of a place before a number: `(02)2345-6789`.
    let dialled = (2..=4).contains(&inside.len())
        && inside[0] == '0'
        && inside.iter().all(char::is_ascii_digit)
        && after.is_some_and(|c| c.is_ascii_digit());
    let roman = |c: &char| matches!(c, 'I' | 'V' | 'X');
    let valence = before.is_some_and(is_han) && inside.iter().all(roman);
    let signs = inside.iter().all(|c| "+-−±".contains(*c));
    (touches && inside.iter().any(|c| c.is_alphanumeric() || is_script(*c)))
        || valence
        || dialled
        || signs
        || greek && argument
        || is_proposition(inside)
        || is_tuple(inside)
        || are_numbers(inside)
        || is_sum(inside)
        || is_plane(chars, &range)
        || is_beside_others(chars, start)
}

/// How long an interval is at most, in characters.
const INTERVAL: usize = 24;

/// The round brackets of half-open intervals, `(0,1]` and `[0,+∞)`: they pair with square ones.
pub(crate) fn half_open(chars: &[char]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for (at, c) in chars.iter().enumerate().filter(|(_, c)| matches!(c, '(' | '[')) {
        let rest = chars[at + 1..].iter().take(INTERVAL);
        let Some(length) = rest.clone().position(|c| matches!(c, ')' | ']' | '(' | '[')) else {
            continue;
        };
        let inside = &chars[at + 1..at + 1 + length];
        let close = at + 1 + length;
        let commas = inside.iter().filter(|c| **c == ',').count();
        let plain = !inside.iter().any(|c| is_han(*c));
        match (c, chars[close]) {
            ('(', ']') if commas == 1 && plain => _ = out.insert(at),
            ('[', ')') if commas == 1 && plain => _ = out.insert(close),
            _ => {}
        }
    }
    out
}

/// `3-己基噻吩`, `2,4-二氯苯`: the places of groups before their names.
fn is_locant(inside: &[char]) -> bool {
    let place = |c: &&char| c.is_ascii_digit() || matches!(c, ',' | '\'' | '′');
    let length = inside.iter().take_while(place).count();
    inside.first().is_some_and(char::is_ascii_digit)
        && inside.get(length) == Some(&'-')
        && inside.get(length + 1).is_some_and(|c| is_han(*c))
}

/// `0, 1`, `−∞, 0`.
fn are_numbers(inside: &[char]) -> bool {
    let number = |c: &char| c.is_ascii_digit() || ".,，、 +-−–±∞%*".contains(*c);
    inside.iter().all(number)
        && inside.contains(&',')
        && inside.iter().any(|c| c.is_ascii_digit() || *c == '∞')
}

/// `a+b`, `2n−1`, `1+1`: terms of a letter or of figures. `5G+AI` is none, nor is `2020-2024`.
fn is_sum(inside: &[char]) -> bool {
    let mut letters = 0;
    let mut terms = inside.split(|c| "+-−×".contains(*c));
    let is_term = |term: &[char]| {
        let figures = term.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        let rest = &term[figures..];
        letters += usize::from(!rest.is_empty());
        let letter =
            rest.first().is_some_and(|c| c.is_ascii_lowercase() || ('α'..='ω').contains(c));
        let scripts = rest.iter().skip(1).all(|c| is_script(*c));
        !term.is_empty() && (rest.is_empty() || letter && scripts)
    };
    let adds = inside.iter().any(|c| "+×".contains(*c));
    terms.all(is_term) && (adds || letters > 0 && inside.iter().any(|c| "-−".contains(*c)))
}

/// `p→q`, `x∈A`: signs of logic and of sets between letters.
fn is_proposition(inside: &[char]) -> bool {
    let is_sign = |c: &char| "→⇒↔⇔∧∨¬∈∉⊂⊆∪∩".contains(*c);
    let short = inside.split(is_sign).all(|term| term.len() <= 3);
    short && inside.iter().any(is_sign) && inside.iter().any(|c| c.is_alphanumeric())
}

/// `x,y,z`, `x₀,y₀`: letters in order, each perhaps with its index.
fn is_tuple(inside: &[char]) -> bool {
    let letter = |c: &char| c.is_ascii_lowercase() || ('α'..='ω').contains(c);
    let index = |c: &char| is_script(*c) || c.is_ascii_digit();
    let mut terms = inside.split(|c| *c == ',').map(|term| match term {
        [' ', rest @ ..] => rest,
        term => term,
    });
    let is_term = |term: &[char]| term.first().is_some_and(letter) && term[1..].iter().all(index);
    inside.contains(&',') && terms.all(is_term)
}

/// `(002)晶面`, `(100)、(110)晶面`: three figures before a word of crystals.
fn is_plane(chars: &[char], range: &Range<usize>) -> bool {
    let inside = &chars[range.start + 1..range.end];
    let figures = |inside: &[char]| inside.len() == 3 && inside.iter().all(char::is_ascii_digit);
    let list = |c: &&char| c.is_ascii_digit() || "()、，和与".contains(**c);
    let behind = chars[range.end + 1..].iter().take(REACH).find(|c| !list(c));
    figures(inside) && behind.is_some_and(|c| matches!(c, '晶' | '衍'))
}

/// Whether others with Latin words stand before them with nothing Chinese between:
/// `NMR (400 MHz, CDCl3) δ 1.25 (m, 4H)`.
fn is_beside_others(chars: &[char], start: usize) -> bool {
    let latin = chars[..start].iter().rev().take(REACH).take_while(|c| !cjk::is_wide(**c));
    latin.into_iter().any(|c| *c == ')')
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn brackets_of_formulas_are_known() {
        let read = |text: &str, scripted: bool| {
            let chars: Vec<char> = text.chars().collect();
            let start = chars.iter().rposition(|c| *c == '(').expect("a bracket");
            let end = start + chars[start..].iter().position(|c| *c == ')').expect("its partner");
            is_formula(&chars, start..end, scripted)
        };
        for text in [
            "，(a+b)",
            "(a+b)²=",
            "log₂(x+1)的",
            "(±)-薄荷醇",
            "聚(3-己基噻吩)、",
            "加入(1+1)盐酸",
            "(002)晶面",
            "测了(100)、(110)晶面",
            "NMR (400 MHz, CDCl3) δ 7.26 (s, 1H)。",
            "铁(III)离子",
            "用量2.0L/(人·d)",
            "区间(0, 1)",
            "电话(02)2345-6789",
            "即e^(−x)",
            "约10^(-3)",
            "∀(x,y)∈R",
            "命题(p→q)",
            "角Δ(G)",
            "与π(r²)",
            "点(x₀,y₀)处",
            "向量(x, y, z)",
        ] {
            assert!(read(text, false), "{text}");
        }
        assert!(read("的(NH4)", true) && !read("的(NH4)", false));
        for text in [
            "人工智能(AI)是",
            "（2020年）(2020-2024)年",
            "融合(5G+AI)发展",
            "甲组(A-B)",
            "由(2)式",
            "模型(GPT-4)的",
            "语言(C++)与",
            "人数(120)人",
            "β(beta ray)粒子",
            "甲(A,B)组",
            "(甲)",
        ] {
            assert!(!read(text, false), "{text}");
        }
    }
}
