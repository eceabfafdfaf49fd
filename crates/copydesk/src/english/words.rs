//! Words that stand twice.

use crate::draft::Draft;
use crate::rules;
use l10n::say;

/// Words that can stand twice in a row.
const TWICE: [&str; 25] = [
    "that", "had", "very", "so", "no", "ha", "bye", "knock", "there", "more", "long", "many",
    "much", "really", "far", "you", "go", "tut", "aye", "hear", "now", "over", "again", "yes",
    "blah",
];

/// Words that no phrase ends with and none begins with where another one ends: one of two is a slip.
const SURE: [&str; 10] = ["the", "an", "of", "and", "or", "our", "my", "your", "their", "every"];

/// Whether a word that stands twice is a slip; `a` is a name in capitals: `vitamin A a person needs`.
pub(crate) fn is_slip(first: &str, second: &str) -> bool {
    SURE.contains(&second) && first.eq_ignore_ascii_case(second) || (first, second) == ("a", "a")
}

/// Checks for a word that stands twice, on one line or on two.
pub(crate) fn doubled(draft: &mut Draft) {
    let mut at = draft.chars().len();
    while at > 0 {
        at -= 1;
        if !matches!(draft.at(at), Some(' ' | '\n')) || draft.is_apart(at) || draft.is_apart(at + 1)
        {
            continue;
        }
        let (first, second) = (before(draft, at), after(draft, at + 1));
        // A name may be its own twin, as `Bora Bora`; a letter or a number is none.
        let common =
            first.chars().skip(1).all(char::is_lowercase) && second.chars().all(char::is_lowercase);
        // `vitamin A a person needs`.
        let letter = second.chars().count() == 1 && (second != "a" || first != "a");
        if first.is_empty()
            || !common
            || !first.eq_ignore_ascii_case(&second)
            || TWICE.contains(&second.as_str())
            || letter
        {
            continue;
        }
        let end = at + 1 + second.chars().count();
        let message = say!("`{word}` is repeated", word = first);
        if is_slip(&first, &second) {
            draft.mend(&rules::DOUBLED_WORD, at..end, "", message, say!("remove one"));
        } else {
            // `what it is is clear`, `sailed on on Friday`.
            let hint = say!("remove one, unless a phrase ends or begins with it here");
            draft.tell(&rules::DOUBLED_WORD, at..end, message, hint);
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// The word before an index, if it stands apart.
fn before(draft: &Draft, at: usize) -> String {
    let chars = &draft.chars()[..at];
    let length = chars.iter().rev().take_while(|c| is_letter(**c)).count();
    let apart =
        chars[..at - length].last().is_none_or(|c| c.is_whitespace() || "“‘(\"'—–".contains(*c));
    if apart { chars[at - length..].iter().collect() } else { String::new() }
}

/// The word at an index, if it stands apart.
fn after(draft: &Draft, at: usize) -> String {
    let chars = draft.chars().get(at..).unwrap_or_default();
    let length = chars.iter().take_while(|c| is_letter(**c)).count();
    let apart = chars.get(length).is_none_or(|c| !(c.is_alphanumeric() || "'’-_".contains(*c)));
    if apart { chars[..length].iter().collect() } else { String::new() }
}
