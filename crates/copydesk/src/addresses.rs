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
        if let Some(end) = web(chars, at) {
            out.push(at..end);
            at = end;
            continue;
        }
        // Up to the web address that may begin within a word: `见:https://a.cn`.
        let word = chars[at..].iter().take_while(|c| is_inside(**c)).count();
        let end = (at + 1..at + word).find(|at| web(chars, *at).is_some()).unwrap_or(at + word);
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
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<String> =
                addresses(&chars).into_iter().map(|range| chars[range].iter().collect()).collect();
            assert_eq!(found, right, "{text}");
        }
    }
}
