//! Runs of marks: ellipses, dashes, repeated stops, superfluous commas.

use super::draft::Draft;
use super::width::is_within_latin;
use crate::prose::OBJECT;
use crate::rules;
use cjk::{is_han, is_mark};
use l10n::say;

fn is_cjk(c: Option<char>) -> bool {
    c.is_some_and(|c| is_han(c) || is_mark(c))
}

/// Calls `each` for every run of one of `marks`, from the last to the first.
fn rows(draft: &mut Draft, marks: &str, each: impl Fn(&mut Draft, std::ops::Range<usize>, char)) {
    let mut end = draft.chars().len();
    while end > 0 {
        let c = draft.chars()[end - 1];
        let same =
            |at: &usize| draft.at(*at) == Some(c) && (*at + 1 == end || !draft.is_apart(*at + 1));
        let start = end - (0..end).rev().take_while(same).count();
        if marks.contains(c) {
            each(draft, start..end, c);
        }
        end = start;
    }
}

/// Checks ellipses: an ellipsis is `……` (GB/T 15834—2011, 4.11.2).
pub(crate) fn dots(draft: &mut Draft) {
    rows(draft, ".。…·", |draft, range, c| {
        let beside = is_cjk(draft.before(range.start)) || is_cjk(draft.at(range.end));
        let wrong = match c {
            '…' => range.len() != 2 && beside,
            _ => range.len() >= 3 && beside,
        };
        if wrong && !is_of_formula(draft.chars(), &range) && !is_of_latin(draft, &range) {
            let was: String = draft.chars()[range.clone()].iter().collect();
            let message = say!("the ellipsis is written as `{was}`", was);
            draft.rewrite(&rules::ELLIPSIS, range, "……", message);
        }
    });
}

/// Whether dots stand for terms or figures that go on: `x₁、x₂、…、xₙ`, `0.333…`.
fn is_of_formula(chars: &[char], range: &std::ops::Range<usize>) -> bool {
    let term = |c: Option<&char>| {
        c.is_some_and(|&c| c.is_ascii_alphanumeric() || matches!(c, '₀'..='₎' | 'ₐ'..='ₜ' | OBJECT))
    };
    let comma = |c: Option<&char>| c.is_some_and(|c| "，、,".contains(*c));
    let before = |back: usize| range.start.checked_sub(back).and_then(|at| chars.get(at));
    let after = chars.get(range.end);
    let ends = after.is_none_or(|c| "。；".contains(*c));
    let terms = comma(before(1))
        && (comma(after) && term(chars.get(range.end + 1))
            || (comma(after) || ends) && term(before(2)));
    // The sign itself is named: `“…”表示数据不足`.
    let named = before(1).is_some_and(|c| "“‘「『（".contains(*c))
        && after.is_some_and(|c| "”’」』）".contains(*c));
    let digits = chars[..range.start].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    terms || named || digits > 0 && before(digits + 1) == Some(&'.')
}

/// Whether dots end a quotation in Latin letters, which keeps its own: `“Well...”`.
fn is_of_latin(draft: &Draft, range: &std::ops::Range<usize>) -> bool {
    draft.at(range.end).is_some_and(|c| "”’」』".contains(c))
        && draft.before(range.start).is_some_and(|c| c.is_ascii_alphabetic())
        && is_within_latin(draft.chars(), range.start)
}

/// Checks dashes: a dash is `——` (GB/T 15834—2011, 4.10.2).
pub(crate) fn dashes(draft: &mut Draft) {
    rows(draft, "-－—", |draft, range, c| {
        let between = is_cjk(draft.before(range.start)) && is_cjk(draft.at(range.end));
        let wrong = match c {
            '—' => range.len() > 2,
            _ => range.len() > 1,
        };
        // `｜---｜` is a row of a table.
        let row = draft.before(range.start) == Some('｜') || draft.at(range.end) == Some('｜');
        if wrong && between && !row {
            let was: String = draft.chars()[range.clone()].iter().collect();
            let message = say!("the dash is written as `{was}`", was);
            draft.rewrite(&rules::DASH, range, "——", message);
        }
    });
}

/// Checks for repeated marks and adjacent stops.
pub(crate) fn repeated(draft: &mut Draft) {
    rows(draft, "，、；：。", |draft, range, c| {
        if range.len() > 1 {
            let message = say!("`{c}` appears {count} times in a row", c, count = range.len());
            draft.mend(&rules::REPEATED_MARK, range, &c.to_string(), message, say!("keep one"));
        }
    });
    let stop = |c: char| "，、；：。！？".contains(c);
    for at in (1..draft.chars().len()).rev() {
        let (Some(first), Some(second)) = (draft.at(at - 1), draft.at(at)) else { continue };
        if first == second
            || !stop(first)
            || !stop(second)
            || draft.is_apart(at)
            || "！？".contains(second) && "！？".contains(first)
        {
            continue;
        }
        let message = say!("the marks `{first}` and `{second}` are adjacent", first, second);
        // Behind a question or an exclamation nothing more stops.
        if "！？".contains(first) && second == '。' {
            draft.mend(
                &rules::REPEATED_MARK,
                at..at + 1,
                "",
                message,
                say!("keep only `{first}`", first),
            );
        } else {
            draft.tell(&rules::REPEATED_MARK, at - 1..at + 1, message, say!("keep one of them"));
        }
    }
}

/// Checks that no comma separates adjacent quoted or titled items (GB/T 15834—2011, 4.5.3.5).
pub(crate) fn listed(draft: &mut Draft) {
    for at in (1..draft.chars().len()).rev() {
        let between = matches!(
            (draft.at(at - 1), draft.at(at + 1)),
            (Some('”'), Some('“')) | (Some('》'), Some('《')) | (Some('」'), Some('「'))
        );
        if draft.at(at) == Some('、') && between && !draft.is_apart(at) && !draft.is_apart(at + 1)
        {
            let message =
                say!("enumeration comma between items already separated by quotes or title marks");
            draft.mend(&rules::LISTED_MARKS, at..at + 1, "", message, say!("remove it"));
        }
    }
}

/// Checks that titles and captions end without a stop (GB/T 15834—2011, A.1).
pub(crate) fn title_stop(draft: &mut Draft) {
    let Some(last) = draft.chars().len().checked_sub(1) else { return };
    if let Some(c) = draft.at(last).filter(|c| "，、；：。".contains(*c)) {
        let message = say!("this ends with `{c}`", c);
        draft.mend(
            &rules::TITLE_STOP,
            last..last + 1,
            "",
            message,
            say!("remove it: this is not a sentence"),
        );
    }
}
