//! Several keys or labels in one bracket: `[@first; @second]`, and as people write them besides:
//! `[@first, @second]`, `[@fig-a、@fig-b]`.

use crate::reading::referable::label;

/// Words and marks that part keys, but for blanks.
const JOINTS: [&str; 8] = ["and", "&", "和", "与", "及", "、", ",", "，"];

/// Returns the items of a bracket, each with one key where it is clear which keys there are: they
/// follow each other with nothing between them but what parts them.
pub(super) fn items<'a>(reference: &'a str, keys: &[String]) -> Vec<&'a str> {
    let mut out = vec![];
    for item in reference.split([';', '；']).map(str::trim) {
        match bare(item, keys) {
            Some(pieces) => out.extend(pieces),
            None => out.push(item),
        }
    }
    out
}

/// Returns what to write for an item that holds several keys and words between them; `None` if it
/// holds one key.
pub(super) fn apart(item: &str, keys: &[String]) -> Option<String> {
    let starts = starts(item, keys);
    if starts.len() < 2 {
        return None;
    }
    let mut out = String::new();
    let mut from = 0;
    for pair in starts.windows(2) {
        let (end, next) = (pair[0].1, pair[1].0);
        let between = &item[end..next];
        let trimmed = without_joints(between);
        // What stands behind the last mark goes with the key behind it.
        let cut = if trimmed.len() < between.trim_end().len() {
            trimmed.len()
        } else {
            let mark = trimmed.rfind([',', '，', '、']);
            mark.or_else(|| trimmed.find(char::is_whitespace)).unwrap_or(trimmed.len())
        };
        out.push_str(item[from..end + cut].trim());
        out.push_str("; ");
        let rest = &item[end + cut..next];
        from = next - rest.trim_start_matches(|c: char| is_gap(c) || c == '、').len();
        if cut == trimmed.len() {
            from = next;
        }
    }
    out.push_str(item[from..].trim());
    Some(out)
}

/// The pieces of an item with several keys, if nothing else stands between or behind them.
fn bare<'a>(item: &'a str, keys: &[String]) -> Option<Vec<&'a str>> {
    let starts = starts(item, keys);
    if starts.len() < 2 || starts.last()?.1 != item.len() {
        return None;
    }
    let parted = |pair: &[(usize, usize)]| {
        let between = &item[pair[0].1..pair[1].0];
        !between.is_empty() && without_joints(between).is_empty()
    };
    if !starts.windows(2).all(parted) {
        return None;
    }
    // Words before the first key are its own.
    let piece = |(at, (start, end))| &item[if at == 0 { 0 } else { start }..end];
    Some(starts.into_iter().enumerate().map(piece).collect())
}

/// Where the keys and labels of an item begin and end, each with its `@` and a `-` before it.
fn starts(item: &str, keys: &[String]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = vec![];
    for (at, _) in item.match_indices('@') {
        if out.last().is_some_and(|(_, end)| at < *end) {
            continue;
        }
        let rest = &item[at + 1..];
        let known = known_key(rest, keys).or_else(|| label(rest));
        // In a mail address a name stands before the sign.
        let begins = !item[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let unknown = || {
            let end = rest.find(|c: char| ends_key(c)).unwrap_or(rest.len());
            Some(&rest[..end]).filter(|key| begins && !key.is_empty())
        };
        if let Some(key) = known.or_else(unknown) {
            // A sign that ends the label before is none of this one.
            let least = out.last().map_or(0, |(_, end)| *end);
            let start = if item[..at].ends_with('-') { (at - 1).max(least) } else { at };
            out.push((start, at + 1 + key.len()));
        }
    }
    out
}

/// The longest known key at the start of a text, if it ends there.
pub(in crate::reading) fn known_key<'a>(text: &str, known: &'a [String]) -> Option<&'a str> {
    let ends = |key: &&str| {
        let next = text[key.len()..].chars().next();
        !next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    let keys = known.iter().map(String::as_str);
    keys.filter(|key| text.starts_with(key)).filter(ends).max_by_key(|key| key.len())
}

/// Whether a key that is not known ends before a character.
fn ends_key(c: char) -> bool {
    is_gap(c) || matches!(c, '、' | '：' | '@' | '&') || cjk::is_han(c)
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，')
}

/// A text without the marks and words at its end that part keys.
fn without_joints(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some(shorter) = JOINTS.iter().find_map(|joint| {
        let shorter = rest.strip_suffix(joint)?;
        // `and` is a word, and no end of one.
        let word = joint.is_ascii() && joint.len() > 1;
        let whole = !word || shorter.is_empty() || shorter.ends_with(is_gap);
        whole.then_some(shorter)
    }) {
        rest = shorter.trim_end();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<String> {
        ["k1", "k2", "a:b/c"].map(str::to_owned).to_vec()
    }

    #[test]
    fn keys_with_nothing_but_marks_between_them_are_several() {
        for (reference, right) in [
            ("@k1,@k2", &["@k1", "@k2"][..]),
            ("@k1, @k2", &["@k1", "@k2"]),
            ("@k1，@k2", &["@k1", "@k2"]),
            ("@k1、@k2、@a:b/c", &["@k1", "@k2", "@a:b/c"]),
            ("@k1 @k2", &["@k1", "@k2"]),
            ("@k1 and @k2", &["@k1", "@k2"]),
            ("@k1, and @k2", &["@k1", "@k2"]),
            ("@k1 & @k2; @a:b/c", &["@k1", "@k2", "@a:b/c"]),
            ("@k1和@k2", &["@k1", "@k2"]),
            ("见 @k1、@k2", &["见 @k1", "@k2"]),
            ("@fig-a与@fig-b", &["@fig-a", "@fig-b"]),
            ("-@fig-a, -@fig-b", &["-@fig-a", "-@fig-b"]),
            ("@wang2020, @li2021", &["@wang2020", "@li2021"]),
            ("@k1, p. 5", &["@k1, p. 5"]),
            ("@k1, a@b.cn", &["@k1, a@b.cn"]),
            ("@k1, p. 5, @k2", &["@k1, p. 5, @k2"]),
            ("@k1, brand @k2", &["@k1, brand @k2"]),
            ("@k1、@k2, 第5页", &["@k1、@k2, 第5页"]),
            ("@fig-a所示", &["@fig-a所示"]),
        ] {
            assert_eq!(items(reference, &keys()), right, "{reference}");
        }
    }

    #[test]
    fn words_between_keys_are_told_with_what_to_write() {
        for (item, right) in [
            ("@k1, p. 5, @k2", Some("@k1, p. 5; @k2")),
            ("@k1, p. 5 and @k2", Some("@k1, p. 5; @k2")),
            ("@k1，第5页，另见 @k2", Some("@k1，第5页; 另见 @k2")),
            ("@k1 see @k2", Some("@k1; see @k2")),
            ("@k1@k2", Some("@k1; @k2")),
            ("@k1、@k2, 第5页", Some("@k1; @k2, 第5页")),
            ("见 @k1, 12", None),
        ] {
            let written = apart(item, &keys());
            assert_eq!(written.as_deref(), right, "{item}");
            // Followed, it is read.
            for item in written.iter().flat_map(|written| written.split(';')) {
                assert_eq!(apart(item.trim(), &keys()), None, "{item}");
            }
        }
        for item in ["@fig-@a fig-b", "-@-@a", "@-@", "@a-@b-@c"] {
            _ = (apart(item, &keys()), items(item, &keys()));
        }
    }
}
