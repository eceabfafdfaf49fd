//! Slips of authors that YAML reads as something else: what to write instead.

use l10n::say;

/// The key and the place behind its colon, of the first line `title:甲` whose colon has no space behind it.
pub(super) fn tight_colon(text: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches([' ', '-']).len();
        at += line.len();
        let Some((key, rest)) = text[start..at].split_once(':') else { continue };
        let named = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        // `https://…` is no key.
        let tight = !rest.starts_with(|c: char| c.is_whitespace() || c == '/') && !rest.is_empty();
        if named && tight {
            return Some((start + key.len() + 1, key));
        }
    }
    None
}

/// The hint for a fault at a place, where the line says what was meant.
pub(super) fn hint(text: &str, at: usize) -> Option<String> {
    let at = text.floor_char_boundary(at);
    // A value that goes on is refused at the next line.
    let own = text[..at].rfind('\n').map_or(0, |start| start + 1);
    let above = text[..own.saturating_sub(1)].rfind('\n').map_or(0, |start| start + 1);
    [own, above].into_iter().find_map(|start| of_line(text[start..].lines().next()?))
}

fn of_line(line: &str) -> Option<String> {
    let own = line.trim_start_matches([' ', '-']);
    let (key, value) = own.split_once(": ").map_or((None, own), |(key, value)| (Some(key), value));
    let value = value.trim();
    let first = value.chars().next()?;
    let flow = line.find(['[', '{']).map(|start| &line[start..]);
    if let Some(flow) = flow {
        let closed = value.ends_with([']', '}']);
        if let Some(mark) =
            flow.chars().find(|c| matches!(c, '，' | '：' | '、')).filter(|_| closed)
        {
            return Some(match mark {
                '：' => say!("the colon is full-width: between `{{` and `}}` write `: `"),
                _ => say!("the mark `{mark}` is full-width: between brackets write `, `", mark),
            });
        }
    }
    let quoted = format!("'{}'", value.replace('\'', "''"));
    let new = key.map_or_else(|| quoted.clone(), |key| format!("{key}: {quoted}"));
    let quote = |c: char| value.strip_prefix(c).is_some_and(|rest| rest.contains(c));
    if matches!(first, '"' | '\'') && quote(first) && !value.ends_with(first) {
        return Some(say!("a value that begins with a quote ends with it: write `{new}`", new));
    }
    // One that is not closed is another fault.
    let close = match first {
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    };
    if close.is_some_and(|close| !value.contains(close) || value.ends_with(close)) {
        return None;
    }
    "[{@*&!%|>`".contains(first).then(|| {
        say!("a value that begins with `{mark}` goes in quotes: `{new}`", mark = first, new)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_named() {
        assert_eq!(tight_colon("date: 2026\ntitle:茶\n"), Some((17, "title")));
        assert_eq!(tight_colon("a: b\nhttps://a.cn\n  x: http://b\n"), None);
        for (line, part) in [
            ("title: @茶 的", "`@`"),
            ("- %50 茶", "`%`"),
            ("title: [新] 茶", "`[`"),
            ("title: \"茶\"话", "quote"),
            ("quote: {name: 茶，kind: x}", "`，`"),
            ("quote: {name：茶，kind：x}", "colon"),
        ] {
            let hint = hint(line, line.len()).unwrap_or_default();
            assert!(hint.contains(part), "{line}: {hint}");
        }
        for line in ["title: 茶", "publisher: {name: 甲", "keywords: [甲, 乙]"] {
            assert_eq!(hint(line, 3), None, "{line}");
        }
        assert_eq!(hint("a: 1\n b: 2\n", 5), None);
    }
}
