//! `^raised^` and `~lowered~` text.

use crate::reading::model::{Inline, Inlines};

/// Reads Pandoc's `^raised^` and `~lowered~`; what is not one of them is text as it stands.
///
/// pulldown-cmark has both as extensions, but not within a word, where a report needs them: `π^0^`.
pub(super) fn read(text: &str, escaped: bool, out: &mut Inlines) {
    let mut plain = 0;
    let mut at = usize::from(escaped);
    while let Some(open) = text[at..].find(['^', '~']).map(|offset| at + offset) {
        let mark = text[open..].chars().next().unwrap_or('^');
        let inner = &text[open + 1..];
        let fits =
            |length: &usize| is_script(&text[..open], &inner[..*length], &inner[*length + 1..]);
        let length = inner.find(mark).filter(fits);
        let Some(length) = length else {
            at = open + 1;
            continue;
        };
        if plain < open {
            out.push(Inline::text(&text[plain..open]));
        }
        let body = vec![Inline::text(&inner[..length])];
        out.push(if mark == '^' { Inline::Sup { body } } else { Inline::Sub { body } });
        plain = open + length + 2;
        at = plain;
    }
    if plain < text.len() {
        out.push(Inline::text(&text[plain..]));
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
fn is_script(before: &str, inner: &str, after: &str) -> bool {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(ADDRESS))..];
    let word = before.rsplit(|c: char| c.is_whitespace() || cjk::is_wide(c)).next();
    let address = word.is_some_and(|word| word.contains("://") || word.starts_with("www."));
    let letters = inner.contains(char::is_alphanumeric);
    let hangs = before.ends_with(|c: char| c.is_ascii_alphanumeric() || ")]".contains(c));
    if address || inner.starts_with('/') || !letters && !hangs {
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
    !(inner.is_empty() || inner.contains(odd) || another)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(text: &str, escaped: bool) -> Inlines {
        let mut out = vec![];
        read(text, escaped, &mut out);
        out
    }

    #[test]
    fn scripts_stand_within_words() {
        let sup = |v: &str| Inline::Sup { body: vec![Inline::text(v)] };
        let sub = |v: &str| Inline::Sub { body: vec![Inline::text(v)] };
        assert_eq!(scripts("π^0^是", false), [Inline::text("π"), sup("0"), Inline::text("是")]);
        assert_eq!(scripts("H~2~O", false), [Inline::text("H"), sub("2"), Inline::text("O")]);
        assert_eq!(scripts("^14^C", false), [sup("14"), Inline::text("C")]);
        assert_eq!(scripts("x^n-1^的", false), [Inline::text("x"), sup("n-1"), Inline::text("的")]);
        assert_eq!(scripts("Ca^2+^", false), [Inline::text("Ca"), sup("2+")]);
        assert_eq!(scripts("Cl^-^", false), [Inline::text("Cl"), sup("-")]);
        assert_eq!(scripts("约3~5m^2^", false), [Inline::text("约3~5m"), sup("2")]);
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
        ] {
            assert_eq!(scripts(text, false), [Inline::text(text)], "{text}");
        }
        assert_eq!(scripts("^b^", true)[0], Inline::text("^b^"));
    }
}
