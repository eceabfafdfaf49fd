//! `^raised^` and `~lowered~`: which carets and tildes are marks, in Markdown and in texts that have
//! no other.

use std::borrow::Cow;
use std::ops::Range;

use super::model::{Inline, Inlines};

/// A piece of a text between two marks.
struct Script {
    /// The mark, `^` or `~`.
    mark: char,
    /// Where it stands, with its marks.
    range: Range<usize>,
}

impl Script {
    /// What is raised or lowered.
    fn inner(&self) -> Range<usize> {
        self.range.start + 1..self.range.end - 1
    }
}

/// Returns what is raised or lowered in a text from `at` on.
fn scripts(text: &str, mut at: usize) -> Vec<Script> {
    let mut out = vec![];
    while let Some(open) = text[at..].find(['^', '~']).map(|offset| at + offset) {
        let mark = text[open..].chars().next().unwrap_or('^');
        let inner = &text[open + 1..];
        let fits = |length: &usize| {
            is_script(mark, &text[..open], &inner[..*length], &inner[*length + 1..])
        };
        match inner.find(mark).filter(fits) {
            Some(length) => {
                at = open + length + 2;
                out.push(Script { mark, range: open..at });
            }
            None => at = open + 1,
        }
    }
    out
}

/// Reads `^raised^` and `~lowered~`, as Pandoc has them; what is not one of them is text as it stands.
/// A mark that begins an `escaped` text is none.
///
/// pulldown-cmark has both as extensions, but not within a word, where a report needs them: `π^0^`.
pub(super) fn read(text: &str, escaped: bool, out: &mut Inlines) {
    let mut plain = 0;
    for script in scripts(text, usize::from(escaped)) {
        push(&text[plain..script.range.start], out);
        let body = vec![Inline::text(&text[script.inner()])];
        out.push(if script.mark == '^' { Inline::Sup { body } } else { Inline::Sub { body } });
        plain = script.range.end;
    }
    push(&text[plain..], out);
}

/// The lowered letters that Unicode has and the built-in faces have not, and what each is: `xᵢ`.
const LETTERS: [(char, &str); 10] = [
    ('ᵢ', "i"),
    ('ᵣ', "r"),
    ('ᵤ', "u"),
    ('ᵥ', "v"),
    ('ⱼ', "j"),
    ('ᵦ', "β"),
    ('ᵧ', "γ"),
    ('ᵨ', "ρ"),
    ('ᵩ', "φ"),
    ('ᵪ', "χ"),
];

/// A text as fonts are asked for it: letters that no built-in face has lowered are lowered here. One that
/// they have, and that is as long, stands for them, so that places in the text stay.
pub(super) fn printed(text: &str) -> Cow<'_, str> {
    let lowered = |c| LETTERS.iter().any(|(own, _)| *own == c);
    if text.contains(lowered) { text.replace(lowered, "ₙ").into() } else { text.into() }
}

/// Adds a text; of letters that no built-in face has lowered, those that are lowered here.
fn push(text: &str, out: &mut Inlines) {
    let mut rest = text;
    let letter = |c| LETTERS.iter().find(|(own, _)| *own == c);
    while let Some((at, (c, plain))) =
        rest.char_indices().find_map(|(at, c)| Some((at, letter(c)?)))
    {
        if at > 0 {
            out.push(Inline::text(&rest[..at]));
        }
        out.push(Inline::Sub { body: vec![Inline::text(*plain)] });
        rest = &rest[at + c.len_utf8()..];
    }
    if !rest.is_empty() {
        out.push(Inline::text(rest));
    }
}

/// The characters that Unicode has raised, and lowered: those that the built-in faces have.
const RAISED: [&str; 2] = ["0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"];
const LOWERED: [&str; 2] = ["0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"];

/// A text between marks in characters that are raised or lowered themselves; `None` if one is not
/// among these.
fn in_characters(mark: char, inner: &str) -> Option<String> {
    let [from, to] = if mark == '^' { RAISED } else { LOWERED };
    let one = |c| from.chars().zip(to.chars()).find(|(plain, _)| *plain == c).map(|(_, set)| set);
    inner.chars().map(one).collect()
}

/// Sets `m^2^` and `CO~2~` in a text without runs: as `m²` and `CO₂`.
pub(super) fn set(text: &mut String) {
    if !text.contains(['^', '~']) {
        return;
    }
    for script in scripts(text, 0).into_iter().rev() {
        if let Some(set) = in_characters(script.mark, &text[script.inner()]) {
            text.replace_range(script.range, &set);
        }
    }
}

/// Returns what was to be raised or lowered in such a text, and is printed as it stands.
pub(super) fn left(text: &str) -> Vec<Range<usize>> {
    let scripts = scripts(text, 0).into_iter();
    let left = scripts.filter(|it| in_characters(it.mark, &text[it.inner()]).is_none());
    left.map(|it| it.range).collect()
}

/// Signs of notes, of significance and of ownership, which are raised by themselves.
const SIGNS: &str = "*†‡§¶#®™©℠'′″＋－";

/// Whether a Chinese text between two marks is what Chinese authors raise and lower: the mark of a note,
/// `甲^注1^`, `甲^（1）^`, and the index of a quantity, `V~实~`.
fn named(mark: char, behind: Option<char>, inner: &str) -> bool {
    let Some(behind) = behind else { return false };
    let length = inner.chars().count();
    match mark {
        '^' => {
            let number = |inner: &str| {
                inner.chars().all(|c| c.is_ascii_digit()) || matches!(inner, "+" | "-" | "−" | "＋")
            };
            let pairs = [("（", "）"), ("〔", "〕"), ("【", "】"), ("［", "］")];
            let within = |(open, close): &(&str, &str)| {
                inner.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.is_empty())
            };
            length <= 6
                && (inner.strip_prefix('注').is_some_and(number)
                    || pairs.iter().find_map(within).is_some_and(number))
        }
        _ => {
            let index = length <= 4 && inner.chars().all(cjk::is_han);
            index && behind.is_alphabetic() && !cjk::is_wide(behind)
        }
    }
}

/// How far back the beginning of an address is looked for, in bytes.
const ADDRESS: usize = 1_000;

/// Whether the text between two marks is raised or lowered, given what stands before the first and
/// behind the second.
///
/// Ranges and powers have the same marks: `3~5V，14~17℃`, `2^10，2^20`, `x^2+y^2`. So no white space
/// and nothing Chinese is raised, no digit follows, and no letter where what is raised goes on to
/// another term. Nor are they marks in an address, or in a face such as `^_^`.
pub(super) fn is_script(mark: char, before: &str, inner: &str, after: &str) -> bool {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(ADDRESS))..];
    let word = before.rsplit(|c: char| c.is_whitespace() || cjk::is_wide(c)).next();
    let address = word.is_some_and(|word| word.contains("://") || word.starts_with("www."));
    if address || inner.is_empty() {
        return false;
    }
    let behind = before.chars().next_back().filter(|c| !c.is_whitespace());
    if mark == '^' && behind.is_some() && inner.chars().all(|c| SIGNS.contains(c)) {
        return true;
    }
    if named(mark, behind, inner) {
        return true;
    }
    // `A~B~C` names what goes from A to C, and so does `a~b~c`, where each follows the one before.
    let capital = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
    let names = inner.chars().count() == 1 && capital(inner.chars().next());
    if mark == '~' && names && capital(behind) && capital(after.chars().next()) {
        return false;
    }
    let alone = before.chars().rev().nth(1).is_none_or(|c| !c.is_ascii_alphanumeric())
        && after.chars().nth(1).is_none_or(|c| !c.is_ascii_alphanumeric());
    let next = |c: Option<char>| c.map(u32::from).map_or(0, |c| c + 1);
    let (first, last) = (inner.chars().next(), after.chars().next());
    let in_order = inner.len() == 1
        && inner.starts_with(|c: char| c.is_ascii_lowercase())
        && first.map(u32::from) == Some(next(behind))
        && last.map(u32::from) == Some(next(first));
    if alone && in_order {
        return false;
    }
    let letters = inner.contains(char::is_alphanumeric);
    // `NH~4~^+^` hangs on what is lowered.
    let lowered = || {
        let (_, lowered) = before.strip_suffix(['~', '^'])?.rsplit_once(['~', '^'])?;
        let fits = !lowered.is_empty() && lowered.chars().all(|c| c.is_ascii_alphanumeric());
        fits.then_some(())
    };
    let hangs = before.ends_with(|c: char| c.is_ascii_alphanumeric() || ")]".contains(c))
        || lowered().is_some();
    // Charges, and the point of a radical: `O~2~^·-^`.
    if mark == '^' && hangs && inner.chars().all(|c| "·•+-−".contains(c)) {
        return true;
    }
    if inner.starts_with('/') || !letters && !hangs {
        return false;
    }
    let next = after.chars().next();
    let terms = || {
        let mut pieces = inner.split(['+', '-', '−', '=', '/', '*', '×', ',', ';', ':', '~', '^']);
        pieces.next().is_some_and(|first| !first.is_empty())
            && pieces.next_back().is_some_and(|last| !last.is_empty())
    };
    let odd = |c: char| c.is_whitespace() || cjk::is_wide(c);
    let letter = |c: char| c.is_alphabetic() && !cjk::is_wide(c);
    let another = next.is_some_and(|c| c.is_ascii_digit()) || next.is_some_and(letter) && terms();
    !(inner.contains(odd) || another)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_runs_has_characters_that_are_raised() {
        for (text, right) in [
            ("每公顷CO~2~当量（t·m^-2^）", "每公顷CO₂当量（t·m⁻²）"),
            ("Fe^3+^与SO~4~", "Fe³⁺与SO₄"),
            ("10^29^次", "10²⁹次"),
            ("第3~5年与6~8年", "第3~5年与6~8年"),
            ("x^k^与v~max~", "x^k^与v~max~"),
        ] {
            let mut set = text.to_owned();
            super::set(&mut set);
            assert_eq!(set, right);
        }
        let text = "x^k^与v~max~与m^2^";
        assert_eq!(
            left(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>(),
            ["^k^", "~max~"]
        );
    }

    fn runs(text: &str, escaped: bool) -> Inlines {
        let mut out = vec![];
        read(text, escaped, &mut out);
        out
    }

    #[test]
    fn scripts_stand_within_words() {
        let sup = |v: &str| Inline::Sup { body: vec![Inline::text(v)] };
        let sub = |v: &str| Inline::Sub { body: vec![Inline::text(v)] };
        assert_eq!(runs("π^0^是", false), [Inline::text("π"), sup("0"), Inline::text("是")]);
        assert_eq!(runs("H~2~O", false), [Inline::text("H"), sub("2"), Inline::text("O")]);
        assert_eq!(runs("^14^C", false), [sup("14"), Inline::text("C")]);
        assert_eq!(runs("x^n-1^的", false), [Inline::text("x"), sup("n-1"), Inline::text("的")]);
        assert_eq!(runs("Ca^2+^", false), [Inline::text("Ca"), sup("2+")]);
        assert_eq!(runs("Cl^-^", false), [Inline::text("Cl"), sup("-")]);
        assert_eq!(runs("约3~5m^2^", false), [Inline::text("约3~5m"), sup("2")]);
        for (text, body) in [("甲^†^", "†"), ("Intel^®^", "®"), ("甲^***^", "***")] {
            assert_eq!(runs(text, false)[1], sup(body), "{text}");
        }
        for (text, body) in [
            ("NH~4~^+^", "+"),
            ("PO~4~^-^", "-"),
            ("O~2~^·-^", "·-"),
            ("Q~1~^*^", "*"),
            ("a~1~^'^", "'"),
        ] {
            assert_eq!(runs(text, false)[2], sup(body), "{text}");
        }
        assert_eq!(runs("Na^＋^与K^（+）^", false)[1], sup("＋"));
        assert_eq!(runs("xᵢ为", false), [Inline::text("x"), sub("i"), Inline::text("为")]);
        assert_eq!(runs("ᵤ", false), [sub("u")]);
        for (text, body) in [("甲^注1^", "注1"), ("甲^（2）^", "（2）")] {
            assert_eq!(runs(text, false)[1], sup(body), "{text}");
        }
        assert_eq!(runs("x~i~y", false), [Inline::text("x"), sub("i"), Inline::text("y")]);
        assert_eq!(runs("V~实~为", false), [Inline::text("V"), sub("实"), Inline::text("为")]);
    }

    #[test]
    fn ranges_powers_and_escaped_marks_print_as_written() {
        for text in [
            "a ^ b ^ c",
            "2^10",
            "约~3天",
            "^^",
            "电压3~5V，温度14~17℃，时长8~10分钟；约~10%与~20%。",
            "2^10与2^20字节，x^2+y^2，a^2b^2。",
            "x^a+y^b",
            "周一~周三~周五",
            "1~3/5~8",
            "A~B/C~D",
            "网址https://a.cn/~user/~x与www.a.cn/~b~c",
            "~/bin与~/lib",
            "笑脸^_^与^-^",
            "甲^乙丙^",
            "A~甲，B~乙",
            "A~B~C三点",
            "点a~b~c与p^q^r",
        ] {
            assert_eq!(runs(text, false), [Inline::text(text)], "{text}");
        }
        assert_eq!(runs("^b^", true)[0], Inline::text("^b^"));
    }
}
