//! Titles as they are written. What is printed of one has lost the spaces between Chinese words, and
//! with them the end of a number that is typed before it.

/// How many characters of a title are sought, and how far, in bytes.
const SOUGHT: usize = 8;
const REACH: usize = 4_000;

/// Behind these a number counts something: 5 个趋势, 图2024年的变化.
const COUNTED: &str = "亿億万萬千百十个個元％%倍年月日号人家次项項种種款台套美版代级級星米度℃°条條张張份位名件批组組层層步期届览覽致般大点點类類轮輪波座场場只处處分秒时時周季岁歲维維问問";

/// Whether a character behind a number says what it counts.
pub(super) fn is_counted(c: char) -> bool {
    COUNTED.contains(c)
}

/// Whether a character is seen on a page.
fn is_seen(c: &char) -> bool {
    !(c.is_whitespace() || cjk::is_invisible(*c))
}

/// Returns a title as a text has it from `from` on, to the end of its line; as it is printed where
/// it does not stand there.
pub(super) fn written<'t>(text: &'t str, from: usize, printed: &'t str) -> &'t str {
    let sought: Vec<char> = printed.chars().filter(is_seen).take(SOUGHT).collect();
    let Some(first) = sought.first() else { return printed };
    let near = text.get(from..).unwrap_or_default();
    let near = &near[..near.floor_char_boundary(REACH)];
    let mut lines = near.match_indices(*first).filter_map(|(at, _)| near[at..].lines().next());
    let begins =
        |line: &&str| line.chars().filter(is_seen).take(sought.len()).eq(sought.iter().copied());
    lines.find(begins).unwrap_or(printed)
}

/// Returns what a printed title has behind its beginning, however that is written.
pub(super) fn behind<'t>(printed: &'t str, beginning: &str) -> &'t str {
    let length = beginning.chars().filter(is_seen).count();
    let mut seen = printed.char_indices().filter(|(_, c)| is_seen(c));
    seen.nth(length).map_or("", |(at, _)| &printed[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_with_their_spaces() {
        let text = "title-lines: [总, 论]\ntitle: \"第三章 总论\"\n\n## 1.2\u{3000}方法 {#sec-a}\n";
        assert_eq!(written(text, 0, "第三章总论"), "第三章 总论\"");
        assert_eq!(written(text, 0, "1.2方法"), "1.2\u{3000}方法 {#sec-a}");
        assert_eq!(written(text, 0, "无处"), "无处");
        assert_eq!(written("", 9, "题"), "题");
        assert_eq!(behind("第\u{2060}三章总论", "第三章 "), "总论");
        assert_eq!(behind("总论", "第一章总论"), "");
    }
}
