//! The language of messages.

use std::sync::atomic::{AtomicU8, Ordering};

/// A language of the program's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, for any country.
    English,
    /// Simplified Chinese.
    Chinese,
}

static NOW: AtomicU8 = AtomicU8::new(Language::English as u8);

impl Language {
    /// Returns the language of a locale such as `zh_CN.UTF-8` (POSIX) or `zh-Hans-CN` (BCP 47):
    /// Chinese for all its variants, English for all other languages.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// Returns the language chosen by the machine's user.
    pub fn of_machine() -> Self {
        sys_locale::get_locale().map_or(Self::English, |locale| Self::of_locale(&locale))
    }

    /// Makes this the language of all further messages, in the whole process.
    pub fn speak(self) {
        NOW.store(self as u8, Ordering::Relaxed);
    }

    /// Returns the current language; English until [`speak`](Self::speak) selects another.
    pub fn now() -> Self {
        if NOW.load(Ordering::Relaxed) == Self::Chinese as u8 {
            Self::Chinese
        } else {
            Self::English
        }
    }

    /// Returns its tag (BCP 47), as in a page's `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_locale_names_its_language_first() {
        for chinese in ["zh_CN.UTF-8", "zh-Hans-CN", "zh", "zh_TW@radical"] {
            assert_eq!(Language::of_locale(chinese), Language::Chinese, "{chinese}");
        }
        for english in ["C", "POSIX", "en_GB.UTF-8", "de-CH", "", "zha-CN"] {
            assert_eq!(Language::of_locale(english), Language::English, "{english}");
        }
    }
}
