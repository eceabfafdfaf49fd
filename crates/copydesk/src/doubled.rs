//! Doubled words.
//!
//! A character that is doubled may end one word and begin the next, `为了|了解`, so such a one is told
//! only where no word of several characters has it, and never removed: that is for the author to
//! see.

use std::ops::Range;

use super::draft::Draft;
use super::english::words::is_slip;
use super::words::bounds;
use crate::rules;
use cjk::is_han;
use l10n::say;

/// Chinese words of one character that never double.
const ONE: &str = "的了是和与或及在被从为于而但并也就这该其使由因则向";

/// Chinese words of two characters that never double.
const TWO: &[&str] = &[
    "我们", "他们", "可以", "这个", "进行", "以及", "因为", "但是", "所以", "如果", "已经", "通过",
    "对于", "能够", "由于", "还有",
];

/// Words that begin or end with one of those characters and that the dictionary lacks, or parts
/// otherwise in their sentence.
const WORDS: &[&str] = &[
    "的确",
    "的士",
    "的哥",
    "的当",
    "的话",
    "标的",
    "目的",
    "打的",
    "有的放矢",
    "了解",
    "了结",
    "了然",
    "了却",
    "了断",
    "了事",
    "了得",
    "了如",
    "了无",
    "了不",
    "为了",
    "罢了",
    "除了",
    "明了",
    "是非",
    "是否",
    "是以",
    "于是",
    "和平",
    "和谐",
    "和解",
    "和气",
    "和美",
    "和睦",
    "和约",
    "和议",
    "和谈",
    "和声",
    "和弦",
    "和风",
    "和服",
    "和善",
    "和缓",
    "和煦",
    "和蔼",
    "和尚",
    "和好",
    "和局",
    "和盘",
    "和衷",
    "和田",
    "饱和",
    "总和",
    "中和",
    "调和",
    "缓和",
    "温和",
    "柔和",
    "与会",
    "与其",
    "与否",
    "与日",
    "与时",
    "与众",
    "与世",
    "与共",
    "参与",
    "给与",
    "在线",
    "在建",
    "在场",
    "在职",
    "在校",
    "在位",
    "在座",
    "在任",
    "在逃",
    "在押",
    "在编",
    "在册",
    "在岗",
    "在读",
    "在业",
    "在行",
    "在乎",
    "在意",
    "在于",
    "在内",
    "在家",
    "在先",
    "在即",
    "在握",
    "在望",
    "在野",
    "在途",
    "在研",
    "在售",
    "在租",
    "在用",
    "在产",
    "在世",
    "在朝",
    "在理",
    "在所",
    "在此",
    "在案",
    "在役",
    "在轨",
    "在地",
    "在外",
    "在华",
    "在京",
    "在网",
    "在园",
    "在制",
    "现在",
    "存在",
    "实在",
    "所在",
    "自在",
    "内在",
    "潜在",
    "为数",
    "为时",
    "为何",
    "为止",
    "为首",
    "为期",
    "以为",
    "认为",
    "作为",
    "成为",
    "行为",
    "从容",
    "其中",
];

/// Phrases in which a character is doubled.
const IDIOMS: &[&str] =
    &["小时了了", "甚了了", "了了分明", "了了可", "在在皆", "在在处处", "在在可"];

/// Words whose first character means what they mean: doubled before them, it is a slip.
const ALIKE: &[&str] = &[
    "因为", "因此", "这个", "这些", "这样", "这种", "或者", "或是", "而且", "但是", "并且", "就是",
    "也许", "该校", "由于",
];

/// Entries of the dictionary in which the character is one that is doubled all the same: 对于于.
const NO_WORDS: &[&str] = &[
    "和算", "也不", "在会", "这是", "那是", "就是", "但是", "还是", "而是", "对于", "由于", "关于",
    "基于", "位于", "然而", "从而", "因而", "应该", "尤其", "正在",
];

/// English words that stand twice by mistake mostly, and where one phrase ends and another begins: `what
/// it is is clear`, `moved on to to-morrow`.
const ENGLISH: &[&str] = &["to", "is", "are", "for", "with", "by", "from", "as"];

/// Checks for doubled words.
pub(crate) fn doubled(draft: &mut Draft) {
    for at in (0..draft.chars().len()).rev() {
        let chars = draft.chars();
        let c = chars[at];
        if ONE.contains(c) && draft.at(at + 1) == Some(c) {
            let single = draft.before(at) != Some(c) && draft.at(at + 2) != Some(c);
            if single && !is_worded(chars, at) {
                let message = say!("`{word}` is repeated", word = c);
                let hint = say!("remove one, unless a word ends or begins with it here");
                draft.tell(&rules::DOUBLED_WORD, at + 1..at + 2, message, hint);
            }
            continue;
        }
        let two = TWO.iter().find(|word| starts(chars, at, word) && starts(chars, at + 2, word));
        if let Some(word) = two {
            remove(draft, at + 2..at + 4, word);
            continue;
        }
        if draft.before(at).is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        let Some(first) = latin(draft.chars(), at) else { continue };
        let after = at + first.chars().count();
        let second = latin(draft.chars(), after + 1).filter(|_| draft.at(after) == Some(' '));
        let Some(second) = second.filter(|second| second.eq_ignore_ascii_case(&first)) else {
            continue;
        };
        let range = after..after + 1 + first.chars().count();
        if is_slip(&first, &second) {
            remove(draft, range, &first);
        } else if ENGLISH.contains(&&*second) {
            let message = say!("`{word}` is repeated", word = first);
            let hint = say!("remove one, unless a phrase ends or begins with it here");
            draft.tell(&rules::DOUBLED_WORD, range, message, hint);
        }
    }
}

fn remove(draft: &mut Draft, range: Range<usize>, word: &str) {
    let message = say!("`{word}` is repeated", word);
    draft.mend(&rules::DOUBLED_WORD, range, "", message, say!("remove one"));
}

/// How far to each side of a doubled character its sentence is read.
const REACH: usize = 16;

/// Whether the second of two characters from `at` begins a word, or the first ends one.
fn is_worded(chars: &[char], at: usize) -> bool {
    if ALIKE.iter().any(|word| starts(chars, at + 1, word)) {
        return false;
    }
    let ends = |word: &str| {
        let start = (at + 1).checked_sub(word.chars().count());
        start.is_some_and(|start| starts(chars, start, word))
    };
    let begins = |word: &str| word.starts_with(chars[at]) && starts(chars, at + 1, word);
    let within = |phrase: &str| {
        let whole: Vec<char> = phrase.chars().collect();
        let twice = whole.windows(2).position(|pair| pair == [chars[at]; 2]);
        let start = twice.and_then(|twice| at.checked_sub(twice));
        start.is_some_and(|start| starts(chars, start, phrase))
    };
    if WORDS.iter().any(|word| ends(word) || begins(word)) || IDIOMS.iter().any(|x| within(x)) {
        return true;
    }
    let before = chars[..at].iter().rev().take(REACH).take_while(|c| is_han(**c)).count();
    let behind = chars[at..].iter().take(REACH).take_while(|c| is_han(**c)).count();
    let text: String = chars[at - before..at + behind].iter().collect();
    let second: usize = text.chars().take(before + 1).map(char::len_utf8).sum();
    let bounds = bounds(&text);
    let width = chars[at].len_utf8();
    let found = |at: usize| {
        let pair = bounds.windows(2).find(|pair| (pair[0]..pair[1]).contains(&at));
        pair.map_or("", |pair| &text[pair[0]..pair[1]])
    };
    let is_word = |word: &str| {
        // Of whom something is says no word: 我的, 他在.
        let owner = word.starts_with(|c| "我你您他她它谁咱".contains(c));
        word.len() > width && !owner && !NO_WORDS.contains(&word)
    };
    is_word(found(second - width)) || is_word(found(second))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_begin_or_end_with_the_character() {
        let worded = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let twice =
                |at: &usize| ONE.contains(chars[*at]) && chars.get(at + 1) == Some(&chars[*at]);
            let at = (0..chars.len()).find(twice).expect("a doubled character");
            is_worded(&chars, at)
        };
        for text in [
            "为了了结旧账",
            "政府和和平组织",
            "乘坐的的士",
            "该标的的估值",
            "正在在线直播",
            "列入在建项目，人在在建工地",
            "分为为期三天的两段",
            "矛盾总和和分布",
            "所在在职人员",
            "他以为为时尚早",
            "投资与与会者",
            "他和和尚",
            "他年幼时小时了了",
            "道理在在皆是",
            "或是是否",
            "作为为首的一家",
            "为了了解市场情况",
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
            assert!(worded(text), "{text}");
        }
        for text in [
            "图像的的边缘",
            "大家在在会场",
            "这是是谁的",
            "因因为下雨",
            "声音和和图像",
            "模型的的能力有限",
            "数据和和算力",
            "他们在在会上",
            "这是是一个新的问题",
            "我的的书",
            "研究了了很多",
            "但是是这样",
            "对于于此",
        ] {
            assert!(!worded(text), "{text}");
        }
    }
}
