//! What an entry says and no list prints, or a list prints by itself.

use l10n::say;

use super::{kinds, linked};

/// Message and hint for the number of a document that entries of its kind do not show.
pub(super) fn of_number(kind: &str, number: &str) -> Option<(String, String)> {
    // 国发〔2021〕5号 is how a document is known.
    let is_document = number.contains('号') || number.contains(['〔', '［']);
    (is_document && matches!(kind, "misc" | "web" | "book")).then(|| {
        (
            say!("the number `{number}` is not printed for an entry of this kind", number),
            say!("write `@report`, whose number is printed, or add it to the title"),
        )
    })
}

/// The length of a title without the mark of its kind that is typed behind it, message and hint.
pub(super) fn of_mark(title: &str) -> Option<(usize, String, String)> {
    let bare = linked::unmarked(title);
    let mark = title[bare.len()..].trim();
    (!mark.is_empty() && !bare.is_empty()).then(|| {
        (
            bare.len(),
            say!("`{mark}` behind the title is not printed", mark),
            say!("remove it: the style sets the mark of the kind itself"),
        )
    })
}

/// What to do with a field that no list prints and no program keeps.
pub(super) fn unknown(field: &str) -> Option<String> {
    (!kinds::is_field(field)).then(|| match source::nearest(field, kinds::fields()) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("remove it, or move it to `note`"),
    })
}

/// A title without the full stop that catalogues put behind it; that of an abbreviation stays.
pub(super) fn ended(title: &str) -> &str {
    let title = title.trim_end();
    let Some(bare) = title.strip_suffix(['.', '。']) else { return title };
    let word = bare.rsplit([' ', '.', '(']).next().unwrap_or_default();
    let short = ["etc", "inc", "ltd", "co", "corp", "al", "jr", "sr", "vol", "no"];
    let is_word = word.chars().count() > 1 && !short.contains(&&*word.to_lowercase());
    let is_chinese = title.ends_with('。') || bare.ends_with(cjk::is_ideograph);
    if !bare.ends_with(['.', '。'])
        && (is_word && !bare.ends_with(char::is_uppercase) || is_chinese)
    {
        bare
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_without_the_stop_of_a_catalogue() {
        for (title, right) in [
            ("A trial of tea.", "A trial of tea"),
            ("关于茶的试验。", "关于茶的试验"),
            ("Vitamin D in the U.S.", "Vitamin D in the U.S."),
            ("Tea, coffee, etc.", "Tea, coffee, etc."),
            ("To be continued...", "To be continued..."),
            ("What is tea?", "What is tea?"),
        ] {
            assert_eq!(ended(title), right);
        }
        assert!(of_number("misc", "某发［2024］3号").is_some());
        assert!(
            of_number("report", "某发［2024］3号").is_none() && of_number("misc", "3").is_none()
        );
    }
}
