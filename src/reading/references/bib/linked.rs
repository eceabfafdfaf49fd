//! Addresses among words, as in `howpublished = {\url{…}, 2023-05-01}`.

use super::tex::{self, Text};

/// Words that only say that an address follows, or what it is one of.
const IDLE: [&str; 14] = [
    "available",
    "at",
    "from",
    "online",
    "url",
    "website",
    "web",
    "site",
    "page",
    "webpage",
    "eb",
    "ol",
    "网址",
    "链接",
];

/// Whether a text has an address.
pub(super) fn is_linked(text: &str) -> bool {
    text.contains("\\url") || text.contains("http://") || text.contains("https://")
}

/// What says that a date is that on which a work was read.
const SEEN: [&str; 14] = [
    "访问日期",
    "访问时间",
    "引用日期",
    "引用时间",
    "检索日期",
    "查阅日期",
    "访问于",
    "last accessed",
    "last visited",
    "accessed",
    "retrieved",
    "visited",
    "viewed",
    "检索于",
];

/// The date on which a work was read, as notes have it: `Accessed: 2024-05-01`; and what else the text says.
pub(super) fn seen(text: &str) -> Option<(String, String)> {
    // Lower case of the words alone: other letters may change their length.
    let lower = text.to_ascii_lowercase();
    let (at, word) = SEEN.iter().find_map(|word| Some((lower.find(word)?, word)))?;
    let edge = |c: char| c.is_whitespace() || ",;:，；：.。[]［］()（）".contains(c);
    let date = text[at + word.len()..].trim_matches(edge);
    let date = date.strip_prefix("on ").or_else(|| date.strip_prefix("at ")).unwrap_or(date);
    let rest = text[..at].trim_matches(edge);
    date.contains(|c: char| c.is_ascii_digit()).then(|| (date.to_owned(), rest.to_owned()))
}

/// What a field says beside its address.
pub(super) fn words(value: &str) -> String {
    match is_linked(value) {
        true => parted(value).1,
        false => Text::read(value).plain(),
    }
}

/// The address of a paper in arXiv.
pub(super) fn archived(id: &str) -> String {
    let number = id.trim_start_matches("arXiv:").trim_start_matches("arxiv:");
    format!("https://arxiv.org/abs/{number}")
}

/// A text without the mark of the national standard that is typed at its end: `[EB/OL]`.
pub(super) fn unmarked(text: &str) -> &str {
    const MARKS: [&str; 17] =
        ["J", "M", "C", "D", "R", "S", "P", "N", "G", "A", "Z", "DB", "CP", "EB", "CM", "DS", "PP"];
    let Some(inner) = text.trim_end().strip_suffix(']') else { return text };
    let Some((before, mark)) = inner.rsplit_once('[') else { return text };
    let (kind, carrier) = mark.split_once('/').unwrap_or((mark, "OL"));
    let is_mark = MARKS.contains(&kind) && ["OL", "MT", "DK", "CD"].contains(&carrier);
    if is_mark { before.trim_end() } else { text }
}

/// The address in a text, and the words beside it.
pub(super) fn parted(value: &str) -> (String, String) {
    let command = |name: &str| value.find(name);
    let start = command("\\href").or_else(|| command("\\url")).or_else(|| command("http"));
    let start = start.unwrap_or(0);
    let rest = &value[start..];
    let group = |from: usize| rest[from..].find('}').map_or(rest.len(), |end| from + end + 1);
    let (end, mut behind) = if rest.starts_with("\\href") {
        let end = group(0);
        let words = group(end);
        // What a link says may be its address once more.
        let again = rest[end..words].contains("://") || rest[end..words].contains("www.");
        (end, if again { words } else { end })
    } else if rest.starts_with("\\url") {
        (group(0), group(0))
    } else {
        let end = rest.find(|c: char| c.is_whitespace() || "，；。".contains(c));
        let end = rest[..end.unwrap_or(rest.len())].trim_end_matches([',', ';']).len();
        (end, end)
    };
    behind += rest[behind..].len() - rest[behind..].trim_start_matches('}').len();
    let words = format!("{} {}", value[..start].trim_end_matches('{'), &rest[behind..]);
    let words = Text::read(&words).plain();
    let says = |word: &str| !word.is_empty() && !IDLE.contains(&&*word.to_lowercase());
    let said = words.split(|c: char| !c.is_alphanumeric()).any(says);
    let edge = |c: char| c.is_whitespace() || ",;:，；：.。".contains(c);
    let words = if said { words.trim_matches(edge) } else { "" };
    (tex::address(&rest[..end]), words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{parted, seen, unmarked};

    #[test]
    fn days_of_reading_are_found_in_notes() {
        for (text, date, rest) in [
            ("访问日期：2023-04-05", "2023-04-05", ""),
            ("Accessed: 2023-04-05", "2023-04-05", ""),
            ("https://a.cn/x, last accessed 5 April 2023.", "5 April 2023", "https://a.cn/x"),
            ("第二稿，检索日期2023年4月5日", "2023年4月5日", "第二稿"),
            ("Accessed on May 5, 2024.", "May 5, 2024", ""),
        ] {
            assert_eq!(seen(text), Some((date.to_owned(), rest.to_owned())), "{text}");
        }
        assert_eq!(seen("Retrieved from a drawer"), None);
        assert_eq!(seen("内部资料"), None);
        assert_eq!(unmarked("某报告[R/OL]"), "某报告");
        assert_eq!(unmarked("[EB/OL]"), "");
        assert_eq!(unmarked("论数组a[J/K]"), "论数组a[J/K]");
        assert_eq!(unmarked("题名[续]"), "题名[续]");
    }

    #[test]
    fn addresses_are_parted_from_words() {
        for (value, address, words) in [
            (r"\url{https://a.cn/x\_y}", "https://a.cn/x_y", ""),
            (r"{\href{https://a.cn/x.html}{https://a.cn/}}", "https://a.cn/x.html", ""),
            (
                r"\href{https://a.cn/a_b.html}{国家统计局网站}",
                "https://a.cn/a_b.html",
                "国家统计局网站",
            ),
            (r"\href{http://b.org/p}{The Portal}, 2020", "http://b.org/p", "The Portal, 2020"),
            ("https://a.cn/x, 2023-05-01", "https://a.cn/x", "2023-05-01"),
            ("https://a.cn/x，2023年5月", "https://a.cn/x", "2023年5月"),
            (r"Available at: \url{http://b.org}", "http://b.org", ""),
            (r"[EB/OL] {\url{http://b.org}}", "http://b.org", ""),
            ("某网站 https://c.cn/z", "https://c.cn/z", "某网站"),
        ] {
            assert_eq!(parted(value), (address.to_owned(), words.to_owned()), "{value}");
        }
    }
}
