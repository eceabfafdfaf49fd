//! Characters that come into a text by accident: those that are no text, and look-alikes that no
//! search finds.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::classes::is_wide;

/// Whether a character is no text: a byte order mark within a file, an interlinear mark, an
/// object's place, the end of a line in another program.
///
/// ```
/// assert!(cjk::is_stray('\u{FEFF}') && cjk::is_stray('\u{2028}') && cjk::is_stray('\u{0B}'));
/// assert!(!cjk::is_stray('\n') && !cjk::is_stray('\u{2060}') && !cjk::is_stray('字'));
/// ```
pub fn is_stray(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}') || ends_line(c)
}

/// Whether a character ends a line in another program: Word's line and page breaks, Unicode's
/// separators.
fn ends_line(c: char) -> bool {
    matches!(c, '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns what stands for a stray character between two others: nothing, or the space that a
/// line's end is between words.
///
/// ```
/// assert_eq!(cjk::instead_of('\u{2028}', Some('a'), Some('b')), " ");
/// assert_eq!(cjk::instead_of('\u{2028}', Some('甲'), Some('b')), "");
/// ```
pub fn instead_of(c: char, before: Option<char>, after: Option<char>) -> &'static str {
    let parts = |c: Option<char>| c.is_some_and(|c| !is_wide(c) && !c.is_whitespace());
    if ends_line(c) && parts(before) && parts(after) { " " } else { "" }
}

/// The text without stray characters.
///
/// ```
/// assert_eq!(cjk::cleaned("甲\u{FEFF}乙\u{2028}丙, a\u{2028}b"), "甲乙丙, a b");
/// ```
pub fn cleaned(text: &str) -> Cow<'_, str> {
    if !text.contains(is_stray) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if is_stray(c) {
            let after = rest.clone().find(|c| !is_stray(*c));
            out.push_str(instead_of(c, out.chars().next_back(), after));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Radicals that stand for a character of their own, by Unicode's `EquivalentUnifiedIdeograph`:
/// normalisation leaves them as they are.
const RADICALS: &str = "⺁厂⺇几⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歺⺠民⺡氵⺢水⺣灬⺥爫⺦丬⺨犭⺩王⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺶羊⺷羋⺹耂⺻肀⺼月⺽臼⺾艹⺿艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀";

/// Returns what a look-alike stands for: a radical for a character (`⼈`, `⻓`), a compatibility
/// form of a character, of a mark (`︵`) or of letters (`ﬁ`); `None` for what is meant as it is.
///
/// ```
/// assert_eq!(cjk::meant('⼈').as_deref(), Some("人"));
/// assert_eq!(cjk::meant('⻓').as_deref(), Some("长"));
/// assert_eq!(cjk::meant('\u{F900}').as_deref(), Some("豈"));
/// assert_eq!(cjk::meant('︵').as_deref(), Some("（"));
/// assert_eq!(cjk::meant('ﬁ').as_deref(), Some("fi"));
/// assert_eq!(cjk::meant('㎡'), None);
/// ```
pub fn meant(c: char) -> Option<String> {
    let plain: String = match c {
        '\u{2E80}'..='\u{2EFF}' if !matches!(c, '\u{2E9F}' | '\u{2EF3}') => {
            let at = RADICALS.find(c)?;
            RADICALS[at..].chars().nth(1)?.to_string()
        }
        // Radicals, compatibility ideographs, letters that were joined.
        '\u{2E9F}'
        | '\u{2EF3}'
        | '\u{2F00}'..='\u{2FD5}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{2F800}'..='\u{2FA1F}' => c.nfkc().collect(),
        // Marks for vertical lines, and small ones: in Chinese text both are wide.
        '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE44}' | '\u{FE47}'..='\u{FE6B}' => {
            c.nfkc().map(widened).collect()
        }
        _ => return None,
    };
    (plain != c.to_string()).then_some(plain)
}

/// The wide form of a mark of ASCII.
fn widened(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_stand_for_characters_that_are_not_radicals() {
        let all: Vec<char> = RADICALS.chars().collect();
        for pair in all.chunks(2) {
            assert!(matches!(pair[0], '\u{2E80}'..='\u{2EF3}'), "{pair:?}");
            assert!(matches!(pair[1], '\u{4E00}'..='\u{9FFF}'), "{pair:?}");
        }
        for c in '\u{2F00}'..='\u{2FD5}' {
            let plain = meant(c).expect("a character");
            assert!(plain.chars().all(crate::is_han) && plain != c.to_string(), "{c} {plain}");
        }
    }

    #[test]
    fn what_stands_for_a_look_alike_is_none_itself() {
        for c in
            ('\0'..=char::MAX).filter_map(meant).flat_map(|plain| plain.chars().collect::<Vec<_>>())
        {
            assert_eq!(meant(c), None, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_is_clean_stays_as_it_is() {
        for text in ["", "甲 b\tc\nd", "a\u{AD}b\u{200B}c\u{2060}", "𠀀é"] {
            assert!(matches!(cleaned(text), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(cleaned("\u{FEFF}甲\u{0B}乙\u{FEFF}"), "甲乙");
        assert_eq!(cleaned("one\u{2028}\u{2028}two"), "one two");
    }
}
