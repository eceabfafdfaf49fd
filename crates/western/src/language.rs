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
            ("Это не английский текст вовсе", "zh-CN", Language::Chinese),
            ("A，B，C，D，E，F", "zh-CN", Language::Chinese),
        ] {
            assert_eq!(Language::of(text, report), language, "{text} {report}");
        }
        assert_eq!(Language::English.beside("zh-CN"), Some("en"));
        assert_eq!(Language::English.beside("en-GB"), None);
    }
}
