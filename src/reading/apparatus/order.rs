//! The order of words: by pinyin or by strokes in Chinese, by the alphabet in other languages.
//!
//! The rules are CLDR's, which also name the groups: what follows U+FDD0 and a letter begins with
//! that letter's sound.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;

use super::readings;
use crate::reading::model::WordOrder;
use crate::reading::text::is_traditional;

/// The letters of the alphabet.
const LETTERS: u32 = 26;

/// The order of a report's lists of words.
pub(super) struct Order {
    collator: CollatorBorrowed<'static>,
    by: WordOrder,
    chinese: bool,
    /// The word for strokes.
    stroke: &'static str,
}

impl Order {
    /// Returns the order for a language, a BCP 47 tag.
    pub(super) fn of(lang: &str, by: WordOrder) -> Self {
        let tag = match (lang.starts_with("zh"), by) {
            (true, WordOrder::Pinyin) => "zh-u-co-pinyin",
            (true, WordOrder::Strokes) => "zh-u-co-stroke",
            (false, _) => lang,
        };
        let locale = tag.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
        let options = CollatorOptions::default();
        let collator = Collator::try_new((&locale).into(), options)
            .or_else(|_| Collator::try_new((&Locale::UNKNOWN).into(), options))
            .expect("the root order is built in");
        let stroke = if is_traditional(lang) { "畫" } else { "画" };
        Self { collator, by, chinese: lang.starts_with("zh"), stroke }
    }

    /// What a word is put in order by: its characters, each in the place of one that is read
    /// otherwise; `sort` is how its author says that it is read.
    pub(super) fn key(&self, word: &str, sort: Option<&str>) -> String {
        // Quotes, title marks and brackets before a word are passed over: 《书名》 stands by 书.
        let bare = word.trim_start_matches(|c: char| "“‘\"'「『《〈（(【[〔".contains(c));
        let word = if bare.is_empty() { word } else { bare };
        if !self.chinese || self.by != WordOrder::Pinyin {
            return word.to_owned();
        }
        match sort.filter(|sort| !sort.is_empty()) {
            Some(sort) => readings::of_pinyin(sort).unwrap_or_else(|| sort.to_owned()),
            None => readings::as_read(word),
        }
    }

    /// Compares two keys: by their groups, in a group Latin before Chinese.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        let rank = |word: &str| (self.rank(word), word.starts_with(cjk::is_ideograph));
        rank(a).cmp(&rank(b)).then_with(|| self.collator.compare(a, b)).then_with(|| a.cmp(b))
    }

    /// Returns the group of a word: its letter, or its number of strokes, such as `8画`; what
    /// begins with neither stands under `#`.
    pub(super) fn group(&self, word: &str) -> String {
        match self.rank(word) {
            0 => "#".to_owned(),
            rank @ 1..=LETTERS => char::from_u32(u32::from('A') + rank - 1).unwrap_or('#').into(),
            rank => format!("{}{}", rank - LETTERS, self.stroke),
        }
    }

    /// The place of a word's group among all: what begins with no letter, letters, strokes.
    fn rank(&self, word: &str) -> u32 {
        let first = word.chars().next().unwrap_or('#');
        let reaches = |bound: &str| self.collator.compare(bound, word) != Ordering::Greater;
        let letter = |count: u32| char::from_u32(u32::from('A') + count - 1).unwrap_or('A');
        if !cjk::is_ideograph(first) {
            // Accents stand with their letters; other scripts have no letter here.
            let base = first.nfd().next().unwrap_or(first).to_ascii_uppercase();
            let is_letter = base.is_ascii_uppercase();
            return if is_letter { u32::from(base) - u32::from('A') + 1 } else { 0 };
        }
        let marked = |mark: Option<char>| {
            mark.is_some_and(|mark| reaches(&['\u{FDD0}', mark].iter().collect::<String>()))
        };
        match self.by {
            WordOrder::Pinyin => {
                (1..=LETTERS).rev().find(|count| marked(Some(letter(*count)))).unwrap_or(0)
            }
            // Strokes are counted from U+2800 on.
            WordOrder::Strokes => {
                let count = (1..=64).rev().find(|count| marked(char::from_u32(0x2800 + count)));
                count.map_or(0, |count| LETTERS + count)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_words_stand_by_their_sound_or_by_their_strokes() {
        let order = Order::of("zh-CN", WordOrder::Pinyin);
        let mut words = ["智能体", "算力", "大模型", "AI", "量子", "安全", "zeta", "重庆", "5G"];
        words.sort_by(|a, b| order.compare(a, b));
        assert_eq!(words, ["5G", "AI", "安全", "重庆", "大模型", "量子", "算力", "zeta", "智能体"]);
        let groups = words.map(|word| order.group(word));
        assert_eq!(groups, ["#", "A", "A", "C", "D", "L", "S", "Z", "Z"]);
        let order = Order::of("zh-CN", WordOrder::Strokes);
        let mut words = ["算力", "一致性", "大模型", "人工智能"];
        words.sort_by(|a, b| order.compare(a, b));
        assert_eq!(words, ["一致性", "人工智能", "大模型", "算力"]);
        assert_eq!(words.map(|word| order.group(word)), ["1画", "2画", "3画", "14画"]);
        let order = Order::of("zh-TW", WordOrder::Strokes);
        assert_eq!(["臺灣", "一致"].map(|word| order.group(word)), ["14畫", "1畫"]);
    }

    #[test]
    fn other_words_stand_by_the_alphabet() {
        let order = Order::of("en-GB", WordOrder::Pinyin);
        assert_eq!(["c", "w", "Ω", "$x"].map(|word| order.group(word)), ["C", "W", "#", "#"]);
        let mut words = ["zebra", "Édition", "apple", "2D", "Edit"];
        words.sort_by(|a, b| order.compare(a, b));
        assert_eq!(words, ["2D", "apple", "Edit", "Édition", "zebra"]);
        assert_eq!(words.map(|word| order.group(word)), ["#", "A", "E", "E", "Z"]);
    }
}
