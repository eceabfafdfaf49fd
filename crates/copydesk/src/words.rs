//! Words: doubled words, and variants of the house's terms.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::draft::Draft;
use crate::Settings;
use crate::rules;
use l10n::say;

/// Chinese words that never double, each with the continuations that make two in a row valid
/// after all.
const DOUBLED: [(&str, &[&str]); 42] = [
    ("的", &["确", "士"]),
    ("了", &["然", "分明"]),
    ("是", &["非"]),
    ("和", &["气", "美", "睦"]),
    ("与", &[]),
    ("或", &[]),
    ("及", &[]),
    (
        "在",
        &[
            "处处", "皆是", "线", "建", "校", "职", "岗", "编", "册", "读", "研", "途", "售", "野",
            "逃",
        ],
    ),
    ("被", &[]),
    ("从", &["容"]),
    ("为", &[]),
    ("于", &[]),
    ("而", &[]),
    ("但", &[]),
    ("并", &[]),
    ("也", &[]),
    ("就", &[]),
    ("这", &[]),
    ("该", &[]),
    ("其", &[]),
    ("使", &[]),
    ("由", &[]),
    ("因", &[]),
    ("则", &[]),
    ("向", &[]),
    ("我们", &[]),
    ("他们", &[]),
    ("可以", &[]),
    ("这个", &[]),
    ("进行", &[]),
    ("以及", &[]),
    ("因为", &[]),
    ("但是", &[]),
    ("所以", &[]),
    ("如果", &[]),
    ("就是", &[]),
    ("已经", &[]),
    ("通过", &[]),
    ("对于", &[]),
    ("能够", &[]),
    ("由于", &[]),
    ("还有", &[]),
];

/// English words that never double.
const ENGLISH: [&str; 14] =
    ["the", "a", "an", "of", "to", "and", "or", "is", "are", "for", "with", "by", "from", "as"];

/// Checks for doubled words.
pub(crate) fn doubled(draft: &mut Draft) {
    for at in (0..draft.chars().len()).rev() {
        let found = DOUBLED.iter().find(|(word, _)| {
            starts(draft.chars(), at, word) && starts(draft.chars(), at + count(word), word)
        });
        if let Some((word, unless)) = found {
            let end = at + 2 * count(word);
            let idiom = unless.iter().any(|rest| starts(draft.chars(), end, rest))
                || *word == "了" && draft.before(at) == Some('甚');
            if !(idiom || count(word) == 1 && is_of_words(draft.chars(), at)) {
                tell(draft, at + count(word)..end, word);
            }
            continue;
        }
        if draft.before(at).is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        let Some(first) = latin(draft.chars(), at) else { continue };
        let after = at + first.chars().count();
        if draft.at(after) == Some(' ')
            && ENGLISH.contains(&&*first.to_lowercase())
            && latin(draft.chars(), after + 1)
                .is_some_and(|second| second.eq_ignore_ascii_case(&first))
        {
            tell(draft, after..after + 1 + first.chars().count(), &first);
        }
    }
}

/// How many characters beside two alike are looked at.
const BESIDE: usize = 12;

/// Entries of the dictionary behind which, or before which, a doubled character is one all the same.
const NO_WORDS: [&str; 21] = [
    "和算", "也不", "在会", "这是", "那是", "就是", "但是", "还是", "而是", "对于", "由于", "关于",
    "基于", "位于", "然而", "从而", "因而", "应该", "尤其", "现在", "正在",
];

/// Whether two characters alike are parts of words: 为了|了解, 标的|的.
fn is_of_words(chars: &[char], at: usize) -> bool {
    let han = |c: &&char| cjk::is_han(**c);
    let before = chars[..at].iter().rev().take(BESIDE).take_while(han).count();
    let length = before + chars[at..].iter().take(BESIDE).take_while(han).count();
    let text: String = chars[at - before..at - before + length].iter().collect();
    let words = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends: Vec<usize> =
        words.segment_str(&text).map(|end| text[..end].chars().count()).collect();
    let word = |of: usize| {
        let from = ends.iter().rev().find(|end| **end <= of).copied().unwrap_or(0);
        let to = ends.iter().find(|end| **end > of).copied().unwrap_or(length);
        (from, to)
    };
    let (first, second) = (word(before), word(before + 1));
    let is_word = |(from, to): (usize, usize)| {
        let word: String = text.chars().skip(from).take(to - from).collect();
        // Of whom something is says no word: 我的, 他在.
        let owner = word.starts_with(|c| "我你您他她它谁咱".contains(c));
        to - from > 1 && !owner && !NO_WORDS.contains(&&*word)
    };
    // 标的 is in no dictionary.
    let thing = before > 0 && chars[at - 1..=at] == ['标', '的'];
    let ends_word = first.1 == before + 1 && is_word(first);
    let begins_word = second.0 == before + 1 && is_word(second);
    thing || ends_word || begins_word
}

fn tell(draft: &mut Draft, range: std::ops::Range<usize>, word: &str) {
    let message = say!("`{word}` is repeated", word);
    draft.mend(&rules::DOUBLED_WORD, range, "", message, say!("remove one"));
}

fn count(word: &str) -> usize {
    word.chars().count()
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    word.chars().enumerate().all(|(index, c)| rest.get(index) == Some(&c))
}

/// Returns the Latin word that begins at an index.
fn latin(chars: &[char], at: usize) -> Option<String> {
    let word: String = chars.get(at..)?.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    (!word.is_empty()).then_some(word)
}

/// Checks for variants of the terms that report.yaml sets.
pub(crate) fn terms(draft: &mut Draft, settings: &Settings) {
    for (term, variants) in &settings.terms {
        for variant in variants.iter().filter(|variant| !variant.is_empty() && *variant != term) {
            for at in (0..draft.chars().len()).rev() {
                if !starts(draft.chars(), at, variant) {
                    continue;
                }
                let range = at..at + count(variant);
                // 智源 is no part of 智源研究院 where that is the term.
                if cuts(draft, &range)
                    || is_addressed(draft.chars(), &range)
                    || within(draft.chars(), &range, term, variant)
                {
                    continue;
                }
                let message = say!("`{variant}` is a variant of `{term}`", variant, term);
                draft.rewrite(&rules::TERM, range, term, message);
            }
        }
    }
}

/// Returns whether a range begins or ends within a Latin word: `Open AI` is no part of `Open AIs`.
pub(crate) fn cuts(draft: &Draft, range: &std::ops::Range<usize>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let last = range.end.checked_sub(1).and_then(|last| draft.at(last));
    latin(draft.at(range.start)) && latin(draft.before(range.start))
        || latin(last) && latin(draft.at(range.end))
}

/// Whether a range is part of a domain or an address of mail: `openai.com`, `hi@openai.com`.
fn is_addressed(chars: &[char], range: &std::ops::Range<usize>) -> bool {
    let inside = |c: &&char| c.is_ascii_alphanumeric() || "-_.@/:".contains(**c);
    let from = range.start - chars[..range.start].iter().rev().take(64).take_while(inside).count();
    let to = range.end + chars[range.end..].iter().take(64).take_while(inside).count();
    let (before, behind): (String, String) =
        (chars[from..range.start].iter().collect(), chars[range.end..to].iter().collect());
    let behind = behind.trim_end_matches(['.', ',', ':', '/', '-']);
    // A dot before letters: one behind a word ends a sentence.
    let dotted = |text: &str| {
        text.match_indices('.')
            .any(|(at, _)| text[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count() > 1)
    };
    let host = before.ends_with('.') && before.len() > 1;
    before.contains('@') || behind.contains('@') || dotted(behind) || host
}

/// Returns whether a variant occurs there as part of the term itself.
fn within(chars: &[char], range: &std::ops::Range<usize>, term: &str, variant: &str) -> bool {
    term.match_indices(variant).any(|(offset, _)| {
        let before = term[..offset].chars().count();
        range.start.checked_sub(before).is_some_and(|start| starts(chars, start, term))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_of_two_words_is_not_doubled() {
        let alike = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let at = chars.windows(2).position(|pair| pair[0] == pair[1]).expect("two alike");
            is_of_words(&chars, at)
        };
        for text in [
            "为了了解市场情况",
            "为了了结此事",
            "战争和和平是主题",
            "标的的价格",
            "饱和和不饱和",
            "参与与否",
            "该行为为违法行为",
            "原因因人而异",
            "规则则不同",
            "普及及应用",
            "理由由他定",
            "就就业问题",
            "目的的明确",
        ] {
            assert!(alike(text), "{text}");
        }
        for text in [
            "模型的的能力有限",
            "数据和和算力",
            "他们在在会上",
            "这是是一个新的问题",
            "我的的书",
            "研究了了很多",
            "但是是这样",
            "对于于此",
        ] {
            assert!(!alike(text), "{text}");
        }
    }

    #[test]
    fn words_in_addresses_are_no_terms() {
        let within = |text: &str, word: &str| {
            let chars: Vec<char> = text.chars().collect();
            let at = text.find(word).map_or(0, |at| text[..at].chars().count());
            is_addressed(&chars, &(at..at + word.chars().count()))
        };
        for text in
            ["详见openai.com与", "写信给hi@openai.com。", "api.openai.com/v1", "openai@x.cn"]
        {
            assert!(within(text, "openai"), "{text}");
        }
        for text in ["用openai.", "用openai/", "见openai。", "the openai. Then"] {
            assert!(!within(text, "openai"), "{text}");
        }
    }
}
