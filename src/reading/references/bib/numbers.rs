//! Pages, editions, numbers of standards, and languages.

use crate::reading::calendar::narrow;

/// Writes pages as Hayagriva reads them: `1-5,7,9-12`. What is no range of pages stays.
pub(super) fn pages(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '，' | '、' | ';' | '；' => ',',
            '–' | '—' | '－' | '―' | '‐' | '‑' | '−' | '~' | '～' | '∼' => '-',
            _ => narrow(c),
        })
        .collect();
    let mut bare = folded.trim();
    for head in ["pages", "page", "pp.", "pp", "p.", "p", "第"] {
        let after = bare.get(..head.len()).filter(|start| start.eq_ignore_ascii_case(head));
        // `P12`, and no word.
        let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        let counts = head != "p" || bare.get(1..).is_some_and(digit);
        if after.is_some() && counts {
            bare = bare[head.len()..].trim_start();
            break;
        }
    }
    let bare = bare.trim_end_matches(['页', '.', ',']).trim_end();
    let parts: Vec<String> = bare
        .split(',')
        .map(|part| {
            let ends: Vec<&str> =
                part.split('-').map(str::trim).filter(|e| !e.is_empty()).collect();
            ends.join("-")
        })
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { text.trim().to_owned() } else { parts.join(",") }
}

/// Writes the number of a volume or of an issue without the words around it: `第12卷`, `总第45期`.
pub(super) fn bare(text: &str) -> String {
    let folded: String = text.trim().chars().map(narrow).collect();
    let inner = folded.trim_start_matches("总").trim_start_matches(['第', 'v', 'V', 'n', 'N']);
    let inner = inner.trim_start_matches("ol.").trim_start_matches("o.").trim();
    let inner = inner.trim_end_matches(['卷', '期', '号', '辑', '册']).trim();
    let is_number = !inner.is_empty()
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '+' | '–'));
    if is_number { inner.to_owned() } else { text.trim().to_owned() }
}

/// Whether the title of a standard says its number: `ISO 9001:2015 Quality management`.
pub(super) fn says(title: &serde_json::Value, number: &str) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let number = bare(number);
    number.len() > 3 && bare(title.as_str().unwrap_or_default()).contains(&number)
}

/// Writes an edition as a number where it is one: `2nd`, `second`, `第2版`, `第二版`.
pub(super) fn edition(text: &str) -> String {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let lower = text.trim().to_lowercase();
    let bare = lower
        .trim_start_matches('第')
        .trim_end_matches(['版', '.', ' '])
        .trim_end_matches("edition")
        .trim_end_matches("edn")
        .trim_end_matches("ed")
        .trim_end_matches([' ', '.']);
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| bare.strip_suffix(end));
    let figures = figures.unwrap_or(bare);
    if !figures.is_empty() && figures.len() < 4 && figures.bytes().all(|b| b.is_ascii_digit()) {
        return figures.to_owned();
    }
    if let Some(at) = WORDS.iter().position(|word| *word == bare) {
        return (at + 1).to_string();
    }
    match "一二三四五六七八九十".chars().position(|c| bare.chars().eq([c])) {
        Some(at) => (at + 1).to_string(),
        None => text.trim().to_owned(),
    }
}

/// Whether a number is that of a standard, such as `GB/T 7714—2015`.
pub(super) fn is_standard(number: &str) -> bool {
    const BODIES: [&str; 14] =
        ["GB", "ISO", "IEC", "IEEE", "ITU", "DB", "CY", "YD", "SJ", "HJ", "JT", "JG", "WS", "YY"];
    let letters = number.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(number.len());
    let body = &number[..letters];
    let follows = number[letters..].starts_with(['/', ' ', '-'])
        || number[letters..].starts_with(|c: char| c.is_ascii_digit());
    BODIES.contains(&body) && follows && number.contains(|c: char| c.is_ascii_digit())
}

/// The language tag of a language's name or tag; `None` if it is not known.
pub(super) fn language(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase().replace('_', "-");
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let known = if starts(&[
        "zh", "chi", "cmn", "schinese", "tchinese", "pinyin", "中", "汉", "漢", "简", "繁",
    ]) {
        "zh"
    } else if starts(&[
        "en",
        "american",
        "british",
        "usenglish",
        "ukenglish",
        "australian",
        "canadian",
        "英",
    ]) {
        "en"
    } else if starts(&["ja", "jp", "日"]) {
        "ja"
    } else if starts(&["ger", "ngerman", "de", "german", "德"]) {
        "de"
    } else if starts(&["fr", "法"]) {
        "fr"
    } else if starts(&["ru", "俄"]) {
        "ru"
    } else if starts(&["spanish", "es", "西"]) {
        "es"
    } else if starts(&["ko", "韩"]) {
        "ko"
    } else if lower.len() == 2 && lower.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(lower);
    } else {
        return None;
    };
    Some(known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_ranges_however_they_are_written() {
        for (text, right) in [
            ("22, 45", "22,45"),
            ("1-5,7,9--12", "1-5,7,9-12"),
            ("100–110", "100-110"),
            ("pp. 3—9", "3-9"),
            ("第12～15页", "12-15"),
            ("P12-15", "12-15"),
            ("Preface", "Preface"),
            ("１２，１５", "12,15"),
            ("17+", "17+"),
            ("e1023", "e1023"),
            ("23 -- 30", "23-30"),
            ("--", "--"),
        ] {
            assert_eq!(pages(text), right, "{text}");
        }
    }

    #[test]
    fn volumes_and_issues_are_bare_numbers() {
        for (text, right) in [
            ("第3期", "3"),
            ("总第45期", "45"),
            ("第12卷", "12"),
            ("Vol. 30", "30"),
            ("No. 2", "2"),
            ("3-4", "3-4"),
            ("S1", "S1"),
            ("增刊1", "增刊1"),
            ("第三期", "第三期"),
        ] {
            assert_eq!(bare(text), right, "{text}");
        }
    }

    #[test]
    fn editions_are_numbers() {
        for text in ["2", "2nd", "Second", "2nd ed.", "第2版", "第二版", "2版"] {
            assert_eq!(edition(text), "2", "{text}");
        }
        assert_eq!(edition("修订版"), "修订版");
    }

    #[test]
    fn standards_and_languages_are_known() {
        assert!(is_standard("GB/T 7714—2015") && is_standard("ISO 690:2010"));
        assert!(!is_standard("CAICT-2021-03") && !is_standard("GBA") && !is_standard("3"));
        assert_eq!(language("chinese").as_deref(), Some("zh"));
        assert_eq!(language("en-GB").as_deref(), Some("en"));
        assert_eq!(language("klingon"), None);
    }
}
