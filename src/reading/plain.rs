//! Marks of Markdown in texts that are printed without it: in YAML, in attributes, in the source of a
//! picture.

use std::ops::Range;

use super::raised;
use super::referable::label;

/// How far the end of a mark is looked for, in bytes.
const REACH: usize = 400;

/// Returns the marks of Markdown in a text, each with what it encloses and in their order: `**bold**`,
/// `*emphasis*`, `[words](https://…)`, `[词]{.term}`, `[@key]`, `[^1]`, `![…](…)`, `` `code` ``,
/// `$x^2$`, and what is raised or lowered by letters that no character stands for.
pub(super) fn marks(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    let mut at = 0;
    let scripts = raised::left(text);
    while let Some(open) = text[at..].find(['*', '[', '!', '`', '$', '^', '~', '=', '_']) {
        let start = at + open;
        let script = scripts.iter().find(|script| script.start == start).map(|script| script.end);
        match mark_at(text, start).or(script) {
            Some(end) => {
                out.push(start..end);
                at = end;
            }
            None => at = start + 1,
        }
    }
    out
}

/// Returns the first reference to a label in a text where none is resolved: `@fig-a`.
pub(super) fn cross(text: &str) -> Option<Range<usize>> {
    text.match_indices('@').find_map(|(at, _)| {
        let within = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let label = label(&text[at + 1..]).filter(|_| !within)?;
        Some(at..at + 1 + label.len())
    })
}

/// Returns the end of the mark that begins at an index.
fn mark_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..text.floor_char_boundary((start + REACH).min(text.len()))];
    let before = text[..start].chars().next_back();
    let between = |mark: &str, fits: &dyn Fn(&str) -> bool| {
        let inner = rest.strip_prefix(mark)?;
        let length = inner.find(mark)?;
        let end = start + 2 * mark.len() + length;
        fits(&inner[..length]).then_some(end)
    };
    let words = |inner: &str| {
        let ends = |c: char| c.is_whitespace() || "*=".contains(c);
        !inner.is_empty() && !inner.starts_with(ends) && !inner.ends_with(ends)
    };
    if rest.starts_with('*') && before == Some('*') {
        return None;
    }
    if rest.starts_with("**") {
        return between("**", &words);
    }
    if rest.starts_with("==") || rest.starts_with("~~") || rest.starts_with("__") {
        let inside = before.is_some_and(|c| c.is_ascii_alphanumeric());
        return between(&rest[..2], &|inner| words(inner) && inner.contains(cjk::is_han))
            .filter(|_| !inside);
    }
    match rest.chars().next()? {
        '*' => {
            // One alone is a remark's sign: `甲*和乙*`.
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '*');
            between("*", &|inner| words(inner) && inner.contains(char::is_alphabetic))
                .filter(|end| apart(before) && apart(text[*end..].chars().next()))
        }
        '`' => between("`", &words),
        '$' => between("$", &|inner| {
            inner.contains(['^', '_', '\\'])
                && !inner.contains(|c: char| c == ' ' || cjk::is_wide(c))
        }),
        '!' => picture(rest).map(|length| start + length),
        '[' => bracket(rest).map(|length| start + length),
        _ => None,
    }
}

fn picture(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("![")?;
    let end = inner.find("](")?;
    Some("![".len() + end + inner[end..].find(')')? + 1)
}

/// `[@key]`, `[^1]`, `[words](address)`, `[words]{.class}`.
fn bracket(rest: &str) -> Option<usize> {
    let close = rest.find(']')?;
    let inner = &rest[1..close];
    let behind = &rest[close + 1..];
    if !inner.is_empty() {
        let address = behind.strip_prefix('(').is_some_and(|rest| {
            ["http", "www.", "mailto:", "#"].iter().any(|start| rest.starts_with(start))
        });
        if address || behind.starts_with("{.") {
            let end = behind.find(if address { ')' } else { '}' })?;
            return Some(close + 1 + end + 1);
        }
    }
    let marked = inner.strip_prefix(['@', '^']).is_some_and(|rest| !rest.is_empty());
    marked.then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn marks_of_markdown_are_found() {
        for (text, found) in [
            ("二氧化碳CO~2~减排", &[][..]),
            ("**重点**领域，*强调*", &["**重点**", "*强调*"][..]),
            ("据[@li2024]与[^1]", &["[@li2024]", "[^1]"]),
            ("参数w~max~与10^29^", &["~max~"]),
            ("面积$x^2$，`n`，[网](https://e.org)", &["$x^2$", "`n`", "[网](https://e.org)"]),
            ("见[检索]{.term}与![图](a.svg)", &["[检索]{.term}", "![图](a.svg)"]),
            ("==要点==与~~旧文~~", &["==要点==", "~~旧文~~"]),
            ("价格$5与$6_", &[]),
            ("3~5年与6~8年，2~3", &[]),
            ("A*B**C，甲*和乙*，2*3*4", &[]),
            ("数组[1]与[注]（见后）", &[]),
            ("a==b，c==d，x_1_y", &[]),
            ("***p<0.01，**p<0.05，*p<0.1", &[]),
        ] {
            let marks: Vec<&str> = marks(text).into_iter().map(|at| &text[at]).collect();
            assert_eq!(marks, found, "{text}");
        }
    }
}
