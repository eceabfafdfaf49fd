//! `:is(…)` and `:where(…)` in selectors: each of their alternatives is a selector of its own.

use super::value::{closing, listed};

/// The most alternatives of a selector that are written out.
const MOST: usize = 64;

/// A selector with alternatives, written out.
#[derive(Debug, PartialEq)]
pub(super) struct Alternatives {
    /// The selectors that it stands for.
    pub selectors: Vec<String>,
    /// The one that it weighs as: `:where(…)` weighs nothing.
    pub weight: String,
}

/// A function in a selector.
struct Function<'a> {
    before: &'a str,
    /// Whether it weighs what its alternatives do.
    weighs: bool,
    inner: &'a str,
    behind: &'a str,
}

fn first(selector: &str) -> Option<Function<'_>> {
    let lower = selector.to_ascii_lowercase();
    let found = [(":is(", true), (":where(", false)];
    let found = found
        .into_iter()
        .filter_map(|(name, weighs)| Some((lower.find(name)?, name.len(), weighs)));
    let (at, length, weighs) = found.min()?;
    let rest = &selector[at + length..];
    let end = closing(rest);
    let behind = rest.get(end + 1..)?;
    Some(Function { before: &selector[..at], weighs, inner: &rest[..end], behind })
}

/// What a selector with alternatives stands for; `None` of one that has none, or where they cannot be
/// written out.
pub(super) fn of(selector: &str) -> Option<Alternatives> {
    first(selector)?;
    let mut waiting = vec![selector.to_owned()];
    let mut selectors = vec![];
    while let Some(own) = waiting.pop() {
        let Some(function) = first(&own) else {
            selectors.push(own);
            continue;
        };
        for alternative in listed(function.inner) {
            waiting.push(joined(function.before, alternative, function.behind)?);
        }
        if waiting.len() + selectors.len() > MOST {
            return None;
        }
    }
    let mut weight = selector.to_owned();
    while let Some(function) = first(&weight) {
        let inner = listed(function.inner).into_iter().next().filter(|_| function.weighs);
        weight = joined(function.before, inner.unwrap_or(""), function.behind)?;
    }
    Some(Alternatives { selectors, weight })
}

/// Puts an alternative into the place of its function. The name of an element comes first in what says
/// more of it: `.a:is(rect)` is `rect.a`.
fn joined(before: &str, alternative: &str, behind: &str) -> Option<String> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~');
    let start = before.rfind(parts).map_or(0, |at| at + 1);
    let compound = &before[start..];
    let whole = compound.is_empty() && (behind.is_empty() || behind.starts_with(parts));
    if alternative.contains(parts) && !whole {
        return None;
    }
    let named = alternative.starts_with(|c: char| c.is_alphabetic() || c == '*');
    let compound = match (compound, alternative) {
        ("", "") => "*".to_owned(),
        (compound, alternative) if named && !compound.is_empty() => {
            // Two names would hold for nothing.
            if compound.starts_with(|c: char| c.is_alphabetic()) {
                return None;
            }
            format!("{alternative}{}", compound.trim_start_matches('*'))
        }
        (compound, alternative) => format!("{compound}{alternative}"),
    };
    Some(format!("{}{compound}{behind}", &before[..start]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_written_out() {
        for (selector, selectors, weight) in [
            (":where(.a)", vec![".a"], "*"),
            (":where(.a text)", vec![".a text"], "*"),
            (":where(.a) text", vec![".a text"], "* text"),
            ("g :is(.b, #c) path", vec!["g #c path", "g .b path"], "g .b path"),
            (".a:is(rect,.b)", vec![".a.b", "rect.a"], "rect.a"),
            (
                ":is(:where(.a), b):first-child",
                vec!["b:first-child", ".a:first-child"],
                "*:first-child",
            ),
        ] {
            let out = of(selector).expect(selector);
            assert_eq!(out.selectors, selectors, "{selector}");
            assert_eq!(out.weight, weight, "{selector}");
        }
        for selector in [".a", ".a:is(.b .c)", "a:is(b)", ":is(a", ":not(.a)"] {
            assert_eq!(of(selector), None, "{selector}");
        }
    }
}
