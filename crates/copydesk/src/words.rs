//! Variants of the house's terms.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::draft::Draft;
use crate::Settings;
use crate::rules;
use cjk::is_han;
use l10n::say;

fn count(word: &str) -> usize {
    word.chars().count()
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    word.chars().enumerate().all(|(index, c)| rest.get(index) == Some(&c))
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
                if is_part(draft.chars(), &range) {
                    let hint =
                        say!("write `{new}`, unless it is part of a longer word", new = term);
                    draft.tell(&rules::TERM, range, message, hint);
                } else {
                    draft.rewrite(&rules::TERM, range, term, message);
                }
            }
        }
    }
}

/// Returns whether a range begins or ends within a Latin word: `Open AI` is no part of `Open AIs`.
pub(crate) fn cuts(draft: &Draft, range: &Range<usize>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let last = range.end.checked_sub(1).and_then(|last| draft.at(last));
    latin(draft.at(range.start)) && latin(draft.before(range.start))
        || latin(last) && latin(draft.at(range.end))
}

/// Where the words of a text begin and end, by the dictionary.
pub(crate) fn bounds(text: &str) -> Vec<usize> {
    let words = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    words.segment_str(text).collect()
}

/// How far to each side of a word its sentence is read, in characters.
const REACH: usize = 16;

/// Returns whether the dictionary has a longer word there: 代理商 is another than 代理.
pub(crate) fn is_part(chars: &[char], range: &Range<usize>) -> bool {
    if !chars[range.clone()].iter().all(|c| is_han(*c)) {
        return false;
    }
    let han = |c: &&char| is_han(**c);
    let start = range.start - chars[..range.start].iter().rev().take(REACH).take_while(han).count();
    let end = range.end + chars[range.end..].iter().take(REACH).take_while(han).count();
    let text: String = chars[start..end].iter().collect();
    let bytes = |range: Range<usize>| chars[range].iter().map(|c| c.len_utf8()).sum::<usize>();
    let word = bytes(start..range.start)..bytes(start..range.end);
    let bounds = bounds(&text);
    bounds
        .windows(2)
        .any(|pair| pair[0] <= word.start && word.end <= pair[1] && pair[1] - pair[0] > word.len())
}

/// Returns whether a word of the dictionary begins before a range of a text and ends in it, or begins in
/// it and ends behind it: 频繁|锁定 has no 繁锁.
pub(crate) fn crosses(text: &str, range: &Range<usize>) -> bool {
    let han = |c: &char| is_han(*c);
    let width = |chars: &mut dyn Iterator<Item = char>| chars.map(char::len_utf8).sum::<usize>();
    let before = width(&mut text[..range.start].chars().rev().take(REACH).take_while(han));
    let behind = width(&mut text[range.end..].chars().take(REACH).take_while(han));
    let start = range.start - before;
    let bounds = bounds(&text[start..range.end + behind]);
    let within = |at: usize| at > 0 && at < before + range.len() + behind && !bounds.contains(&at);
    within(before) || within(before + range.len())
}

/// Returns whether a variant occurs there as part of the term itself.
fn within(chars: &[char], range: &Range<usize>, term: &str, variant: &str) -> bool {
    term.match_indices(variant).any(|(offset, _)| {
        let before = term[..offset].chars().count();
        range.start.checked_sub(before).is_some_and(|start| starts(chars, start, term))
    })
}
