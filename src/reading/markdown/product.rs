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
    use super::is_of_words;

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
