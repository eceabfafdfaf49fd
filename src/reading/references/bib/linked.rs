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

/// The day on which an address was looked at, as a note says it: `Accessed: 2024-05-01`.
pub(super) fn seen(value: &str) -> Option<String> {
    const WORDS: [&str; 10] = [
        "last accessed",
        "accessed",
        "retrieved",
        "last visited",
        "visited",
        "访问日期",
        "访问时间",
        "引用日期",
        "检索日期",
        "访问于",
    ];
    let words = match is_linked(value) {
        true => parted(value).1,
        false => Text::read(value).plain(),
    };
    let lower = words.to_lowercase();
    let (at, word) = WORDS.iter().find_map(|word| Some((lower.find(word)?, *word)))?;
    // Letters whose small form has another length do not stand before a date.
    let rest = words.get(at + word.len()..)?;
    let edge = |c: char| !c.is_alphanumeric();
    let rest = rest.trim_matches(edge);
    let rest = rest.strip_prefix("on ").or_else(|| rest.strip_prefix("at ")).unwrap_or(rest);
    (!rest.is_empty()).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{parted, seen};

    #[test]
    fn notes_say_when_an_address_was_looked_at() {
        for (note, right) in [
            ("访问日期：2024-05-01", Some("2024-05-01")),
            ("Accessed: 2024-05-01", Some("2024-05-01")),
            ("Accessed on May 5, 2024.", Some("May 5, 2024")),
            (r"\url{https://e.com/z}, last accessed 5 May 2024", Some("5 May 2024")),
            ("内部资料", None),
        ] {
            assert_eq!(seen(note).as_deref(), right, "{note}");
        }
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
