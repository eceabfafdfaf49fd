//! Words: doubled words, and variants of the house's terms.

use super::draft::Draft;
use crate::Settings;
use crate::rules;
use l10n::say;

/// Chinese words that never double, each with the continuations that make two in a row valid
/// after all.
const DOUBLED: [(&str, &[&str]); 42] = [
    ("的", &["确"]),
    ("了", &["然", "分明"]),
    ("是", &["非"]),
    ("和", &["气", "美", "睦"]),
    ("与", &[]),
    ("或", &[]),
    ("及", &[]),
    ("在", &["处处"]),
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
            if !idiom {
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
                if cuts(draft, &range) || within(draft.chars(), &range, term, variant) {
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

/// Returns whether a variant occurs there as part of the term itself.
fn within(chars: &[char], range: &std::ops::Range<usize>, term: &str, variant: &str) -> bool {
    term.match_indices(variant).any(|(offset, _)| {
        let before = term[..offset].chars().count();
        range.start.checked_sub(before).is_some_and(|start| starts(chars, start, term))
    })
}
