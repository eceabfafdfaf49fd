//! Values of properties: `light-dark()` is its light colour, `var()` what stands for it.

use std::collections::BTreeMap;

/// How often one value may lead to another.
const DEPTH: usize = 16;

/// The custom properties (`--name`) in force at an element.
pub(super) type Custom = BTreeMap<String, String>;

/// Whether a value holds a function that is put in here.
pub(super) fn is_open(value: &str) -> bool {
    next(value).is_some()
}

/// Puts in what the functions of a value stand for; `None` where one stands for nothing, and CSS
/// drops the declaration.
pub(super) fn put_in(value: &str, custom: &Custom) -> Option<String> {
    at_depth(value, custom, DEPTH)
}

fn at_depth(value: &str, custom: &Custom, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let mut out = String::new();
    let mut rest = value;
    while let Some((start, name)) = next(rest) {
        out.push_str(&rest[..start]);
        let inside = &rest[start + name.len() + 1..];
        let end = closing(inside);
        let (first, second) = match comma(&inside[..end]) {
            Some(at) => (&inside[..at], Some(&inside[at + 1..end])),
            None => (&inside[..end], None),
        };
        let meant = if name.eq_ignore_ascii_case("var") {
            let known = custom.get(first.trim());
            known
                .and_then(|known| at_depth(known, custom, depth))
                .or_else(|| at_depth(second?, custom, depth))?
        } else {
            at_depth(first, custom, depth)?
        };
        out.push_str(meant.trim());
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    Some(out)
}

/// Returns the next function that is put in: its offset and its name.
fn next(value: &str) -> Option<(usize, &str)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    value.match_indices('(').find_map(|(open, _)| {
        let start = value[..open]
            .rfind(|c| !is_name(c))
            .map_or(0, |at| at + value[at..].chars().next().map_or(1, char::len_utf8));
        let name = &value[start..open];
        ["var", "light-dark"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
            .then_some((start, name))
    })
}

/// Returns the offset of the parenthesis that closes a function, from behind the opening one.
pub(super) fn closing(inside: &str) -> usize {
    nested(inside, |_, depth| depth < 0).unwrap_or(inside.len())
}

/// Returns the offset of the first comma that is in no parentheses.
fn comma(inside: &str) -> Option<usize> {
    nested(inside, |c, depth| c == ',' && depth == 0)
}

/// Returns the offset of the first character that passes a test, which is told how many
/// parentheses are open behind it.
fn nested(inside: &str, test: impl Fn(char, i32) -> bool) -> Option<usize> {
    let mut depth = 0;
    split_points(inside, |c, _| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        test(c, depth)
    })
}

/// The selectors of a list; a comma in brackets parts none.
pub(super) fn listed(selectors: &str) -> Vec<&str> {
    let (mut depth, mut from, mut out) = (0, 0, vec![]);
    split_points(selectors, |c, at| {
        depth += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        if c == ',' && depth == 0 {
            out.push(&selectors[from..at]);
            from = at + 1;
        }
        false
    });
    out.push(&selectors[from..]);
    out.into_iter().map(str::trim).filter(|selector| !selector.is_empty()).collect()
}

/// Returns the offset of the first character outside of quotes for which a test holds.
pub(super) fn split_points(text: &str, mut test: impl FnMut(char, usize) -> bool) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (quote, c) {
            (_, '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, _) if test(c, at) => return Some(at),
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(value: &str) -> Option<String> {
        let custom = [("--a", "red"), ("--b", "var(--a)"), ("--loop", "var(--loop)")];
        let custom = custom.map(|(name, value)| (name.to_owned(), value.to_owned()));
        put_in(value, &custom.into())
    }

    #[test]
    fn light_and_what_a_name_stands_for_are_put_in() {
        for (value, meant) in [
            ("light-dark(rgb(1, 2, 3), #000)", Some("rgb(1, 2, 3)")),
            ("LIGHT-DARK( #fff , #000 )", Some("#fff")),
            ("var(--a)", Some("red")),
            ("var(--b, blue)", Some("red")),
            ("var(--none, light-dark(white, black))", Some("white")),
            ("var(--none, var(--gone, rgb(0, 0, 9)))", Some("rgb(0, 0, 9)")),
            ("1px solid var(--a)", Some("1px solid red")),
            ("light-dark(var(--none, #eee), var(--dark))", Some("#eee")),
            ("url(#a) var(--a)", Some("url(#a) red")),
            ("var(--none)", None),
            ("var(--loop)", None),
            ("var(--loop, 3)", Some("3")),
            ("rgb(1, 2, 3)", Some("rgb(1, 2, 3)")),
            ("light-dark(", Some("")),
        ] {
            assert_eq!(put(value).as_deref(), meant, "{value}");
        }
        assert!(is_open("a var(--x)") && !is_open("calc(1px)") && !is_open("my-var(1)"));
    }
}
