//! Classes of characters (GB/T 15834—2011, CLREQ).

/// U+2060 WORD JOINER, which forbids a line break and has no width.
pub const WORD_JOINER: char = '\u{2060}';
/// U+2005 FOUR-PER-EM SPACE, for the gap between Chinese and Latin where the typesetter leaves
/// none.
pub const QUARTER_SPACE: char = '\u{2005}';

/// Returns whether a character is white space of the manuscript.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t')
}

/// Returns whether a character is a Han character, kana, or a full-width mark.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3001}'..='\u{30FF}' | '\u{3100}'..='\u{312F}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFF}')
        || is_mark(c)
}

/// A Han character, kana, or another character of a full em that is not a mark.
pub fn is_han(c: char) -> bool {
    is_cjk(c) && !is_mark(c)
}

/// A Han ideograph of any of Unicode's blocks (`Unified_Ideograph`, and the compatibility forms).
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A character that is set without blanks around it: Han, kana, Yi, and the marks that go with
/// them.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{2014}' | '\u{2018}'..='\u{201D}' | '\u{2026}' | '·')
}

/// Returns whether a character is a Chinese punctuation mark, including the quotes and dashes
/// shared with Latin.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF60}')
        || is_shared(c)
}

/// Returns whether a character is a mark written alike in Chinese and Latin.
pub fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

const OPENING: &str = "“‘（《〈『「【〖〔［｛";
const CLOSING: &str = "”’）》〉』」】〗〕］｝";

/// Returns whether a character is an opening mark, whose left half is empty.
pub fn is_opening(c: char) -> bool {
    OPENING.contains(c)
}

/// Returns the closing partner of the opening mark `c`.
pub fn partner(c: char) -> Option<char> {
    let at = OPENING.chars().position(|mark| mark == c)?;
    CLOSING.chars().nth(at)
}

/// Returns whether a character is a mark whose right half is empty.
pub fn is_closing(c: char) -> bool {
    CLOSING.contains(c) || "，。．、：；？！".contains(c)
}

/// Returns whether a character is a mark that gives up half its width to a neighbour of its kind
/// (rule 5).
pub fn is_half_empty(c: char) -> bool {
    is_opening(c) || is_closing(c)
}

/// Returns whether Typst takes a character for Latin when it leaves a gap beside Chinese.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "#$%&".contains(c)
        || c.is_alphabetic() && matches!(c, '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}')
}

/// Returns whether a character represents a power of ten after digits.
pub fn is_magnitude(c: char) -> bool {
    matches!(c, '百' | '千' | '万' | '亿')
}

/// Returns whether a character is a dash that can separate the ends of a range.
pub fn is_range_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '~' | '～' | '－')
}

/// Returns whether a character can be the last of a range's first end.
pub fn ends_a_quantity(c: char) -> bool {
    c.is_ascii_digit()
        || is_magnitude(c)
        || matches!(c, '%' | '％' | '‰' | '℃' | '°' | '年' | '月' | '日')
}

#[cfg(test)]
mod tests {
    use icu_properties::props::{
        BinaryProperty, EnumeratedProperty, Ideographic, Script, UnifiedIdeograph,
    };

    use super::*;

    #[test]
    fn every_ideograph_of_unicode_is_han() {
        for c in ('\0'..=char::MAX).filter(|&c| UnifiedIdeograph::for_char(c)) {
            assert!(
                is_ideograph(c) && is_han(c) && is_cjk(c) && is_wide(c) && !is_mark(c),
                "U+{:04X}",
                u32::from(c)
            );
        }
    }

    #[test]
    fn what_is_an_ideograph_here_is_of_the_han_script() {
        // Compatibility forms and code points of planes 2 and 3 that are not assigned yet are
        // allowed.
        for c in ('\0'..='\u{1FFFF}').filter(|&c| is_ideograph(c)) {
            let unassigned = Script::for_char(c) == Script::Unknown;
            assert!(Ideographic::for_char(c) || unassigned, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn marks_and_letters_are_apart() {
        for c in ('\0'..=char::MAX).filter(|&c| is_mark(c)) {
            assert!(!c.is_alphanumeric() && !is_latin(c) && !is_han(c), "U+{:04X}", u32::from(c));
        }
        for (opening, closing) in [('“', '”'), ('《', '》'), ('（', '）')] {
            assert_eq!(partner(opening), Some(closing));
            assert!(
                is_opening(opening) && is_closing(closing) && is_mark(opening) && is_mark(closing)
            );
        }
    }
}
