//! Spaces behind stops and before marks.

use super::house::{House, Percent};
use super::is_word;
use crate::draft::Draft;
use crate::rules;
use l10n::say;

/// Checks for more than one space behind the end of a sentence.
pub(crate) fn between_sentences(draft: &mut Draft) {
    let mut at = draft.chars().len();
    while at > 0 {
        at -= 1;
        if draft.at(at) != Some(' ') {
            continue;
        }
        let end = at + 1;
        while at > 0 && draft.at(at - 1) == Some(' ') {
            at -= 1;
        }
        let stop = draft.before(at).is_some_and(|c| ".!?:;,”’\")…".contains(c));
        if end - at > 1 && stop && is_word_or_opening(draft.at(end)) {
            let message = say!("{count} spaces behind a stop", count = end - at);
            draft.mend(&rules::SENTENCE_SPACE, at..end, " ", message, say!("write one"));
        }
    }
}

fn is_word_or_opening(c: Option<char>) -> bool {
    is_word(c) || c.is_some_and(|c| "“‘\"'([".contains(c))
}

/// Checks for spaces before stops; before a per cent sign as the house has it.
pub(crate) fn before_marks(draft: &mut Draft, house: &House) {
    for at in (1..draft.chars().len()).rev() {
        let Some(c) = draft.at(at) else { continue };
        let blanks = draft.chars()[..at].iter().rev().take_while(|c| **c == ' ').count();
        let before = draft.before(at - blanks);
        if c == '%' && before.is_some_and(|c| c.is_ascii_digit()) {
            percent(draft, at - blanks..at, house);
            continue;
        }
        // `.5`, `…`, `:)` and `?!` are no stops behind a word.
        let next = draft.at(at + 1);
        let ends = next.is_none_or(|c| c.is_whitespace() || "”’\")".contains(c));
        if blanks == 0
            || !".,;:!?".contains(c)
            || !ends
            || !is_word_or_closing(before)
            || draft.is_apart(at)
        {
            continue;
        }
        let message = say!("a space stands before `{c}`", c);
        draft.mend(&rules::SPACE_BEFORE, at - blanks..at, "", message, say!("remove it"));
    }
}

fn is_word_or_closing(c: Option<char>) -> bool {
    is_word(c) || c.is_some_and(|c| "”’\")]%".contains(c))
}

fn percent(draft: &mut Draft, blanks: std::ops::Range<usize>, house: &House) {
    match house.percent {
        Some(Percent::Closed) if !blanks.is_empty() => {
            let message = say!("a space stands before `{c}`", c = '%');
            draft.mend(&rules::SPACE_BEFORE, blanks, "", message, say!("remove it"));
        }
        Some(Percent::Spaced) if blanks.is_empty() => {
            let at = blanks.end;
            let message = say!("no space stands before `%`");
            draft.mend(
                &rules::SPACE_BEFORE,
                at..at + 1,
                " %",
                message,
                say!("write `{new}`", new = "5 %"),
            );
        }
        _ => {}
    }
}
