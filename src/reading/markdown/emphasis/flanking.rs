//! What stands beside a run of emphasis marks, and what it lets the run do.

use cjk::{is_han, is_shared, is_wide};
use icu_properties::props::{EnumeratedProperty, GeneralCategory, GeneralCategoryGroup};

/// Marks with which no words begin.
const PAUSES: &str = "，。、；：！？）》〉」』】〕";
/// Marks with which no words end.
const BRACKETS: &str = "（《〈「『【〔";

/// What a run of marks can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Roles {
    /// Whether it can begin emphasis.
    pub(super) opens: bool,
    /// Whether it can end emphasis.
    pub(super) closes: bool,
}

/// The text in which runs of marks stand.
pub(super) struct Surroundings<'t> {
    pub(super) text: &'t str,
    /// Whether it is Chinese, so that the quotes and dashes that it shares with Latin are too.
    pub(super) chinese: bool,
}

impl Surroundings<'_> {
    /// Returns the character before a place; a space at the text's start.
    pub(super) fn before(&self, at: usize) -> char {
        let mut before = self.text[..at].chars().rev();
        // A variation selector belongs to the character before it.
        before.find(|c| !is_selector(*c)).unwrap_or(' ')
    }

    /// Returns the character behind a place; a space at the text's end.
    pub(super) fn after(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    /// Returns what a run of `count` marks can do between two characters.
    ///
    /// This is CommonMark's rule, but for some points: a Chinese mark is no punctuation to it; a
    /// Chinese character or mark on one side is as good as punctuation on that side, since words are
    /// not spaced out in Chinese, so that nothing there tells a word's start from its end; and no
    /// emphasis begins with a Chinese comma or ends with an opening bracket. In Chinese text, two
    /// asterisks are told by white space alone, as in `**5%**2倍`; one may be a product's.
    pub(super) fn roles(&self, mark: u8, count: usize, before: char, after: char) -> Roles {
        let bold = self.chinese && mark == b'*' && count > 1;
        let foreign = |c: char| !bold && is_punctuation(c) && !self.is_chinese(c);
        let parts = |c: char| c.is_whitespace() || foreign(c) || self.is_chinese(c);
        let left = !after.is_whitespace() && (!foreign(after) || parts(before));
        let right = !before.is_whitespace() && (!foreign(before) || parts(after));
        let left = left && !PAUSES.contains(after);
        let right = right && !BRACKETS.contains(before);
        // One asterisk before each of several things: `甲、*乙、*丙`.
        let right =
            right && !(self.chinese && count == 1 && mark == b'*' && "、，；".contains(before));
        // Underscores within words are the words' own: `snake_case`, and as much in Chinese.
        let (opens, closes) = match mark {
            b'_' => (
                left && (!right || is_punctuation(before)),
                right && (!left || is_punctuation(after)),
            ),
            _ => (left, right),
        };
        Roles { opens, closes }
    }

    fn is_chinese(&self, c: char) -> bool {
        let shared = is_shared(c) || c == '·';
        let hangul = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7FF}');
        if shared { self.chinese } else { is_wide(c) || hangul }
    }
}

/// Returns whether any of the texts has Chinese characters.
pub(super) fn has_han<'t>(mut texts: impl Iterator<Item = &'t str>) -> bool {
    texts.any(|text| text.chars().any(is_han))
}

/// Returns whether any of the texts has Chinese characters or marks, but for those that Latin has.
pub(super) fn has_cjk<'t>(mut texts: impl Iterator<Item = &'t str>) -> bool {
    texts.any(|text| text.chars().any(|c| cjk::is_cjk(c) && !is_shared(c)))
}

/// Punctuation as CommonMark has it: Unicode's, and its symbols.
fn is_punctuation(c: char) -> bool {
    let category = GeneralCategory::for_char(c);
    GeneralCategoryGroup::Punctuation.contains(category)
        || GeneralCategoryGroup::Symbol.contains(category)
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}' | '\u{E0100}'..='\u{E01EF}')
}
