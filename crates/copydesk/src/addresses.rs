//! Web and email addresses typed as plain text, whose marks are their own.

use std::ops::Range;

use crate::prose::OBJECT;
use cjk::is_mark;

/// Finds all addresses.
///
/// A web address may have Chinese in it, as browsers show it: it goes on up to a blank or a Chinese
/// mark. Its end is not told from a sentence that goes on behind a half-width mark: that is left as
/// it is, since the address would be lost.
pub(crate) fn addresses(chars: &[char]) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = web(chars, at).or_else(|| domain(chars, at)).or_else(|| code(chars, at))
        {
            out.push(at..end);
            at = end;
            continue;
        }
        // Up to the web address that may begin within a word: `见:https://a.cn`.
        let word = chars[at..].iter().take_while(|c| is_inside(**c)).count();
        let own = |at: &usize| {
            web(chars, *at).or_else(|| domain(chars, *at)).or_else(|| code(chars, *at)).is_some()
        };
        let end = (at + 1..at + word).find(own).unwrap_or(at + word);
        let word: String = chars[at..end].iter().collect();
        let last = word.trim_end_matches(STOPS).len();
        let dotted =
            word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if dotted {
            out.push(at..at + last);
        }
        at = end.max(at + 1);
    }
    out
}

/// Marks that end a sentence, and no address.
const STOPS: [char; 6] = ['.', ',', ';', ':', '!', '?'];

/// Whether a character can be one of a mail address.
fn is_inside(c: char) -> bool {
    c.is_ascii_graphic() && !"\"<>()".contains(c)
}

/// Where the web address ends that begins at an index.
fn web(chars: &[char], at: usize) -> Option<usize> {
    let starts = |at: usize, text: &str| {
        text.chars().enumerate().all(|(offset, c)| chars.get(at + offset) == Some(&c))
    };
    if at.checked_sub(1).is_some_and(|before| chars[before].is_ascii_alphanumeric()) {
        return None;
    }
    let letters = chars[at..].iter().take(16).take_while(|c| c.is_ascii_alphabetic()).count();
    let host = if letters > 0 && starts(at + letters, "://") {
        at + letters + 3
    } else if starts(at, "www.") {
        at + 4
    } else {
        return None;
    };
    let mut open = 0;
    let mut end = host;
    for c in &chars[host..] {
        match c {
            '(' => open += 1,
            ')' if open == 0 => break,
            ')' => open -= 1,
            '"' | '<' | '>' | &OBJECT => break,
            c if c.is_whitespace() || is_mark(*c) => break,
            _ => {}
        }
        end += 1;
    }
    while end > host && STOPS.contains(&chars[end - 1]) {
        end -= 1;
    }
    (end > host).then_some(end)
}

/// The ends of names of hosts that stand without `www.` in Chinese texts; others are those of
/// files, and of shares.
const ENDS: &[&str] = &[
    "com", "cn", "org", "net", "edu", "gov", "io", "ai", "dev", "app", "info", "hk", "tw", "jp",
    "uk", "de", "fr", "eu", "ru", "cc", "xyz", "top", "tech", "wiki", "ac", "me",
];

/// Where the name of a host ends that begins at an index, with what follows of its path.
fn domain(chars: &[char], at: usize) -> Option<usize> {
    let part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let before = at.checked_sub(1).map(|before| chars[before]);
    if before.is_some_and(|c| part(&c) || matches!(c, '@' | '_' | '/')) {
        return None;
    }
    let length = chars[at..].iter().take_while(|c| part(c)).count();
    let name: String = chars[at..at + length].iter().collect();
    let name = name.trim_end_matches('.');
    let (rest, end) = name.rsplit_once('.')?;
    let is_host = ENDS.contains(&end) && rest.split('.').all(|label| !label.is_empty());
    if !is_host || !rest.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut end = at + name.len();
    if matches!(chars.get(end), Some('@')) {
        return None;
    }
    if matches!(chars.get(end), Some('/' | ':')) {
        let inside = |c: &char| is_inside(*c) && *c != ',';
        let path = chars[end..].iter().take_while(|c| inside(c)).count();
        let path: String = chars[end..end + path].iter().collect();
        // A colon behind a name is one of the sentence unless a port follows.
        let port = path
            .strip_prefix(':')
            .is_none_or(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if port {
            end += path.trim_end_matches(STOPS).len();
        }
    }
    Some(end)
}

/// Where a code ends that begins at an index: of an emoji, `:smile:`, or of a character, `&amp;`.
fn code(chars: &[char], at: usize) -> Option<usize> {
    let (close, inside): (char, fn(&char) -> bool) = match chars[at] {
        ':' => (':', |c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(*c)),
        '&' => (';', |c| c.is_ascii_alphanumeric() || *c == '#'),
        _ => return None,
    };
    let length = chars[at + 1..].iter().take(32).take_while(|c| inside(c)).count();
    let name = &chars[at + 1..at + 1 + length];
    let said =
        name.iter().any(char::is_ascii_alphabetic) || matches!(name, ['+' | '-', ..] | ['#', ..]);
    let end = at + 1 + length;
    let closed = chars.get(end) == Some(&close) && chars.get(end + 1) != Some(&'/');
    (length >= 2 && said && closed).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_go_on_up_to_a_blank_or_a_chinese_mark() {
        for (text, right) in [
            (
                "见https://example.com/搜索?q=中文&p=1。",
                &["https://example.com/搜索?q=中文&p=1"][..],
            ),
            (
                "https://a.cn/item/大模型(人工智能):定义,甲 后文",
                &["https://a.cn/item/大模型(人工智能):定义,甲"],
            ),
            ("（https://例子.中国/a）", &["https://例子.中国/a"]),
            ("(https://a.cn/b), www.政务.cn!", &["https://a.cn/b", "www.政务.cn"]),
            ("见“http://a.cn/甲;乙”与ftp://b.cn/c.", &["http://a.cn/甲;乙", "ftp://b.cn/c"]),
            ("邮箱a.b@c.cn,电话", &["a.b@c.cn"]),
            (
                "网址:https://a.cn/?关键词=x、http://b.cn",
                &["https://a.cn/?关键词=x", "http://b.cn"],
            ),
            ("比例3://4,awww.b,https://", &[]),
            ("写信给x@y.cn或看www.z.cn/路径!甲", &["x@y.cn", "www.z.cn/路径!甲"]),
            (
                "见example.org与pip.example.com/a-b,又a.io。",
                &["example.org", "pip.example.com/a-b", "a.io"],
            ),
            ("Node.js与甲.com、3.com,v2.ai:后", &["v2.ai"]),
            ("好:tada:与:-1:,8:30:45;R&D;甲&nbsp;乙", &[":tada:", ":-1:", "&nbsp;"]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<String> =
                addresses(&chars).into_iter().map(|range| chars[range].iter().collect()).collect();
            assert_eq!(found, right, "{text}");
        }
    }
}
