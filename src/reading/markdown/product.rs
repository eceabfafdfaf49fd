//! Asterisks that multiply words: `长*宽*高`, which Markdown reads as emphasis.
//!
//! Factors are names, and of one kind: each is short, and at least one neighbour is as long as the
//! emphasis next to it. In a sentence, emphasis stands beside words of grammar (`这是*重点*的`):
//! no factor ends or begins with one.

/// The longest name of a factor.
const LONGEST: usize = 4;

/// Characters that a name beside an asterisk neither ends nor begins with.
const GRAMMAR: &str = "的地得了着过是在和与或及并而且但也又都就才只还再很更最太不没未无有为以于由从到向对把被让使给将会能可应要须请这那此该其每各某何谁它他她我你们吗呢吧啊中上下里外内前后时若如即则因所之等按用经";

/// Whether emphasis between two texts is the factor of a product.
pub(super) fn is_of_words(before: &str, inner: &str, after: &str) -> bool {
    let left = run(before.chars().rev());
    let right = run(after.chars());
    let (first, last) = (run(inner.chars()), run(inner.chars().rev()));
    let short = |run: usize| (1..=LONGEST).contains(&run);
    // All of it is a name, or it holds a mark: `宽，宽`.
    let whole = inner.chars().count() <= LONGEST || inner.contains(is_mark);
    let han = inner.contains(cjk::is_ideograph)
        || before.ends_with(cjk::is_ideograph)
        || after.starts_with(cjk::is_ideograph);
    han && whole
        && [left, right, first, last].into_iter().all(short)
        && (left == first || last == right)
}

/// Whether what two asterisks enclose is no phrase, so that they are signs: `带*的项目，标*者`,
/// `GB*、ISO*等`, `src/*/a与lib/*/b`, `a.*b，.*`.
pub(super) fn is_of_signs(before: &str, inner: &str, after: &str) -> bool {
    let (outer, next) = (before.chars().next_back(), after.chars().next());
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else {
        return false;
    };
    let begins = "、，。；：）)]】}／/._?!？！".contains(first);
    let ends = "/_([{（【、".contains(last)
        || last == '.' && inner.chars().rev().nth(1).is_none_or(is_mark);
    let count = |marks: [char; 2]| inner.chars().filter(|c| marks.contains(c)).count();
    let torn = count(['(', '（']) != count([')', '）']);
    // `*号`, `标*者`, as tables explain their signs.
    let sign = |text: &str| text.starts_with(['号', '者']);
    let comment = outer == Some('/') && next == Some('/');
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let spans = inner.contains(['，', '。', '、', '；']) && word(outer) && word(next);
    let factor =
        word(outer) && matches!(next, Some('(' | '（')) && inner.chars().count() <= LONGEST;
    begins || ends || torn || sign(inner) || sign(after) || comment || spans || factor
}

/// Whether underscores around a word are those of a program's name: `__init__.py`, `__str__()`.
pub(super) fn is_of_program(inner: &str, after: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('.') => next.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some('(') => true,
        _ => false,
    };
    (goes_on && inner.chars().all(name)) || OF_PYTHON.contains(&inner)
}

/// Names of Python between underscores that are no words which an author makes bold.
const OF_PYTHON: [&str; 13] = [
    "pycache", "init", "dict", "slots", "str", "repr", "len", "iter", "getattr", "setattr",
    "getitem", "setitem", "eq",
];

/// Whether a character is none of a name.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The number of characters that a name may have, up to a mark, a space or a word of grammar.
fn run(text: impl Iterator<Item = char>) -> usize {
    text.take(LONGEST + 1).take_while(|c| !is_mark(*c) && !GRAMMAR.contains(*c)).count()
}

#[cfg(test)]
mod tests {
    use super::{is_of_program, is_of_signs, is_of_words};

    #[test]
    fn signs_are_known_from_emphasis() {
        for (before, inner, after) in [
            ("带", "的项目为必填，标", "者为选填。"),
            ("GB", "、ISO", "等标准"),
            ("打上", "号的与", "号的。"),
            ("单价", "数量", "(1-折扣率)"),
            ("z=(x", "y)", "(y"),
            ("src/", "/a.c与lib/", "/b.c"),
            ("/", "注释", "/"),
            ("a.", "b，.", "?"),
            ("匹配", "_test.go与", "_spec.js"),
        ] {
            assert!(is_of_signs(before, inner, after), "{before}*{inner}*{after}");
        }
        for (before, inner, after) in [
            ("这是", "重点", "的词"),
            ("他说：", "这很好，真的", "。"),
            ("见", "《某书》", "一文"),
            ("", "Really.", " He said"),
            ("", "甲", "/"),
            ("他", "“引语”", "了"),
        ] {
            assert!(!is_of_signs(before, inner, after), "{before}*{inner}*{after}");
        }
        assert!(is_of_program("init", ".py and") && is_of_program("str", "()"));
        assert!(!is_of_program("bold", ". Then") && !is_of_program("two words", ".py"));
        assert!(is_of_program("pycache", " folder") && !is_of_program("file", " of it"));
    }

    #[test]
    fn products_of_words_are_known_from_emphasis() {
        for (before, inner, after, right) in [
            ("体积为长", "宽", "高。", true),
            ("金额=单价", "数量", "折扣", true),
            ("按单价", "数量", "折扣计算", true),
            ("5", "人数", "天数", true),
            ("面积（长", "宽，宽", "高）", true),
            ("这是", "重点", "词", false),
            ("我们要", "重点", "关注", false),
            ("深圳市", "重点", "实验室", false),
            ("说明", "一个很长的句子", "结束", false),
            ("他说：", "好", "。", false),
            ("a", "b", "c", false),
        ] {
            assert_eq!(is_of_words(before, inner, after), right, "{before}*{inner}*{after}");
        }
    }
}
