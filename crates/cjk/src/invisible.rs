//! Characters that print nothing, and those that act on the terminal that shows them.

/// Whether a character prints nothing: white space, joiners, soft hyphens, variation selectors, a
/// byte order mark.
///
/// The characters are those of Unicode's `Default_Ignorable_Code_Point` that authors' programs
/// write, without the controls of direction, which change what is read.
///
/// ```
/// assert!(cjk::is_invisible('\u{2060}') && cjk::is_invisible(' '));
/// assert!(!cjk::is_invisible('字') && !cjk::is_invisible('\u{202E}'));
/// ```
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace() || is_joiner(c)
}

/// A character without width that is not white space.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The characters of a text that a reader sees: joiners and the like are left out, white space
/// stays.
///
/// ```
/// assert_eq!(cjk::visible("大卫\u{2060}·贝克").collect::<String>(), "大卫·贝克");
/// ```
pub fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !is_joiner(c))
}

/// Whether a character would act on a terminal instead of being shown: controls, and marks that
/// change the direction of writing (UAX #9, section 2). Line ends and tabs are controls too.
///
/// ```
/// assert!(cjk::acts_on_terminal('\u{1B}') && cjk::acts_on_terminal('\u{202E}'));
/// assert!(!cjk::acts_on_terminal('字'));
/// ```
pub fn acts_on_terminal(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that is called invisible is one by Unicode's own table.
    #[test]
    fn invisible_characters_are_ignorable_in_unicode() {
        use icu_properties::props::{BinaryProperty, DefaultIgnorableCodePoint, WhiteSpace};
        for c in ('\0'..=char::MAX).filter(|&c| is_invisible(c)) {
            let known = DefaultIgnorableCodePoint::for_char(c)
                || WhiteSpace::for_char(c)
                || c == '\u{FEFF}';
            assert!(known, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn marks_of_direction_are_not_invisible() {
        use icu_properties::props::{BidiControl, BinaryProperty};
        for c in ('\0'..=char::MAX).filter(|&c| BidiControl::for_char(c)) {
            // U+061C, U+200E and U+200F mark a direction; they do not override one.
            assert!(
                acts_on_terminal(c) || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}'),
                "U+{:04X}",
                u32::from(c)
            );
            assert!(!(acts_on_terminal(c) && is_invisible(c)), "U+{:04X}", u32::from(c));
        }
    }
}
