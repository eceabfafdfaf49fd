//! The program's messages, in the user's language.
//!
//! A message stands in the source as it reads in English, said with [`say!`]. The catalogue
//! `zh-Hans.po` (GNU gettext's format) has each under the same words in simplified Chinese; what
//! it lacks is said in English, and a test sees to it that it lacks nothing. The language is one
//! for the whole process, as with gettext.

pub mod counts;
mod language;

use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::sync::LazyLock;

pub use language::Language;

/// The message catalogue: English to simplified Chinese.
pub const CATALOGUE: &str = include_str!("zh-Hans.po");

/// Formats a message in the process's [`Language`]: takes the English sentence with `{name}` for
/// each value, then the values as `name = value`, or just `name` for a variable of that name.
///
/// ```
/// let count = 3;
/// assert_eq!(l10n::say!("{count} pages in `{file}`", count, file = "a.pdf"), "3 pages in `a.pdf`");
/// ```
#[macro_export]
macro_rules! say {
    ($text:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        match $crate::translated($text) {
            None => format!($text $(, $name = $crate::say!(@ $name $(, $value)?))*),
            Some(words) => $crate::fill(words, &[$((stringify!($name), &$crate::say!(@ $name $(, $value)?))),*]),
        }
    };
    (@ $name:ident) => { $name };
    (@ $name:ident, $value:expr) => { $value };
}

/// Translates a message without values to the process's language, for texts kept in tables.
pub fn said(english: &'static str) -> &'static str {
    translated(english).unwrap_or(english)
}

/// Returns a message's translation, with its placeholders; `None` if the language is English.
pub fn translated(english: &str) -> Option<&'static str> {
    match Language::now() {
        Language::English => None,
        Language::Chinese => in_chinese(english),
    }
}

/// Returns a message's Chinese translation, whatever the current language.
pub fn in_chinese(english: &str) -> Option<&'static str> {
    CHINESE.get("").and_then(|messages| messages.get(english)).map(String::as_str)
}

/// Returns the translations of a context (`msgctxt`): messages from outside the program's own
/// code; `None` in English.
pub fn context(name: &str) -> Option<&'static HashMap<String, String>> {
    (Language::now() == Language::Chinese).then(|| CHINESE.get(name)).flatten()
}

/// The catalogue by context and message.
static CHINESE: LazyLock<HashMap<String, HashMap<String, String>>> = LazyLock::new(|| {
    let catalogue =
        polib::po_file::parse_from_reader(CATALOGUE.as_bytes()).expect("tests read the catalogue");
    let mut contexts: HashMap<String, HashMap<String, String>> = HashMap::new();
    for message in catalogue.messages() {
        let context = contexts.entry(message.msgctxt().unwrap_or_default().to_owned()).or_default();
        context.insert(message.msgid().to_owned(), message.msgstr().unwrap_or_default().to_owned());
    }
    contexts
});

/// Replaces the placeholders of a translation by their values; `{{` and `}}` are braces.
pub fn fill(words: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut said = String::new();
    let mut rest = words;
    while let Some(at) = rest.find(['{', '}']) {
        said.push_str(&rest[..at]);
        let (brace, after) = rest[at..].split_at(1);
        let value = after.split_once('}').filter(|_| brace == "{" && !after.starts_with('{'));
        rest = match value {
            Some((name, after)) => {
                if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                    _ = write!(said, "{value}");
                }
                after
            }
            None => {
                said.push_str(brace);
                after.strip_prefix(brace).unwrap_or(after)
            }
        };
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_the_translation_has_them() {
        let values: [(&str, &dyn Display); 2] = [("count", &3), ("file", &"a.pdf")];
        assert_eq!(fill("`{file}` 有 {count} 页，{{另}}", &values), "`a.pdf` 有 3 页，{另}");
    }

    #[test]
    fn english_needs_no_catalogue() {
        let file = "a.md";
        assert_eq!(
            say!("`{file}` has {{braces}} and {count}", file, count = 1 + 1),
            "`a.md` has {braces} and 2"
        );
    }
}
