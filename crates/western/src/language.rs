//! The language that a piece of text is set in.

/// The languages that are set by rules of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese, and what stands within Chinese text.
    Chinese,
    /// English.
    English,
    /// Any other: its quotes and dashes are as they were typed.
    Other,
}

/// The fewest words without a Chinese character that are a paragraph of another language in a
/// Chinese report: fewer are a name or a label in it.
const WORDS: usize = 5;

/// The fewest words of a paragraph in English that names something in Chinese characters.
const SENTENCE: usize = 8;

/// The fewest words among which a Chinese word may stand without brackets: a list of names has fewer.
const MANY: usize = 20;

impl Language {
    /// Returns the language of a report by its tag, such as `zh-CN`.
    pub fn of_tag(tag: &str) -> Self {
        match tag.split('-').next() {
            Some("en") => Self::English,
            // A report that says nothing is Chinese.
            Some("zh" | "") | None => Self::Chinese,
            Some(_) => Self::Other,
        }
    }

    /// Returns the language of a piece of text in a report whose tag is `report`: by its letters.
    ///
    /// ```
    /// use western::Language;
    ///
    /// assert_eq!(Language::of("本报告由张伟写成。", "en-GB"), Language::Chinese);
    /// assert_eq!(Language::of("This is an abstract in English.", "zh-CN"), Language::English);
    /// assert_eq!(Language::of("GPT-4 Turbo", "zh-CN"), Language::Chinese);
    /// ```
    pub fn of(text: &str, report: &str) -> Self {
        let own = Self::of_tag(report);
        let (mut han, mut letters, mut words, mut within) = (0, 0, 0, false);
        for c in text.chars() {
            let wide = cjk::is_han(c) || cjk::is_mark(c) && !cjk::is_shared(c);
            let letter = !wide && c.is_alphabetic();
            han += usize::from(wide);
            letters += usize::from(letter);
            words += usize::from(letter && !within);
            within = letter || within && matches!(c, '\'' | '’' | '-');
        }
        match own {
            Self::Chinese if han == 0 && words >= WORDS && is_latin(text) => Self::English,
            Self::Chinese if words >= SENTENCE && is_glossed(text, words, han) => Self::English,
            Self::English | Self::Other if han > letters => Self::Chinese,
            own => own,
        }
    }

    /// Returns its tag where it is not that of the report.
    pub fn beside(self, report: &str) -> Option<&'static str> {
        match self {
            _ if self == Self::of_tag(report) => None,
            Self::Chinese => Some("zh"),
            Self::English => Some("en"),
            Self::Other => None,
        }
    }
}

/// Whether the Chinese characters of a text are what English words explain, or are few among these:
/// `Wang Xiaoming (王晓明), Peking University`.
fn is_glossed(text: &str, words: usize, han: usize) -> bool {
    let (mut depth, mut outside, mut marks) = (0usize, 0, 0);
    for c in text.chars() {
        match c {
            '(' | '（' | '“' | '《' | '[' => depth += 1,
            ')' | '）' | '”' | '》' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && cjk::is_han(c) => outside += 1,
            '，' | '。' | '；' | '：' | '、' | '！' | '？' => marks += 1,
            _ => {}
        }
    }
    let latin: String = text.chars().filter(|c| !cjk::is_han(*c)).collect();
    let named = || words >= MANY && words >= 10 * han;
    marks == 0 && is_latin(&latin) && (outside == 0 || named() || is_sentence(text, words, han))
}

/// Small words of which an English sentence is made, and a list of names is not.
const SMALL: [&str; 22] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "means", "of",
    "on", "that", "the", "to", "was", "were", "which", "with",
];

/// Whether a text begins in English and is for the most part English words that make sentences:
/// `The word for water is 水, and 人工智能 means artificial intelligence.`
fn is_sentence(text: &str, words: usize, han: usize) -> bool {
    let begins = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let small = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| SMALL.iter().any(|small| small.eq_ignore_ascii_case(word)));
    begins.starts_with(|c: char| c.is_ascii_alphabetic())
        && words >= 3 * han
        && 6 * small.count() >= words
}

/// Whether all letters of a text are of the Latin alphabet, as far as English words have them.
fn is_latin(text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .all(|c| c.is_ascii() || ('\u{C0}'..='\u{24F}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_say_which_language() {
        for (text, report, language) in [
            ("张伟 and Li Na wrote it.", "en", Language::English),
            ("张伟", "en-US", Language::Chinese),
            ("黄铁军 (Huang Tiejun)", "en", Language::English),
            ("Das ist ein Satz auf Deutsch.", "de", Language::Other),
            ("Mixture of Experts", "zh-CN", Language::Chinese),
            ("One model, two views, three data sets", "", Language::English),
            (
                "The survey was led by Wang Xiaoming (王晓明) of the university.",
                "zh-CN",
                Language::English,
            ),
            (
                "The word for water is 水, and 印刷 means printing, as in the name of the shop.",
                "zh-CN",
                Language::English,
            ),
            (
                "OpenAI, Google DeepMind, Anthropic, Meta, Mistral, Cohere和xAI",
                "zh-CN",
                Language::Chinese,
            ),
            ("用the state of the art of printing in the world的方法", "zh-CN", Language::Chinese),
            ("Это не английский текст вовсе", "zh-CN", Language::Chinese),
            ("A，B，C，D，E，F", "zh-CN", Language::Chinese),
        ] {
            assert_eq!(Language::of(text, report), language, "{text} {report}");
        }
        assert_eq!(Language::English.beside("zh-CN"), Some("en"));
        assert_eq!(Language::English.beside("en-GB"), None);
    }
}
