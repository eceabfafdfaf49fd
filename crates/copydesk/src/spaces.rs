//! Typed spaces that print nothing; `cjk` decides which.

use std::ops::Range;

use super::draft::Draft;
use crate::prose::OBJECT;
use crate::rules;
use cjk::{idle_spaces, is_mark};
use l10n::say;

/// Whether spaces part columns: there are several in a row, twice in a line. Without them nobody could
/// read such a table again.
fn is_of_table(chars: &[char], range: &Range<usize>) -> bool {
    let start = chars[..range.start].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
    let line = chars[start..].split(|c| *c == '\n').next().unwrap_or_default();
    let wide = |gap: &&[char]| gap.len() > 1 && gap.iter().all(|c| *c == ' ');
    let gaps = line.chunk_by(|a, b| (*a == ' ') == (*b == ' '));
    gaps.filter(wide).count() > 1
}

/// Whether the letter of a choice stands at an index: `B. 氛围`.
fn is_choice(chars: &[char], at: usize) -> bool {
    let mark = chars.get(at + 1).is_some_and(|c| matches!(c, '.' | '．' | '、' | ')' | '）'));
    mark && chars.get(at).is_some_and(char::is_ascii_uppercase)
}

/// Whether the space at an index is behind a mark that opens its line, such as `##` or `:`: without it
/// the mark would be none of any program's.
fn opens_line(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rev().take_while(|c| **c != '\n');
    let mut marks = before.filter(|c| !cjk::is_invisible(**c) && **c != ' ').peekable();
    marks.peek().is_some() && marks.all(|c| "#:".contains(*c))
}

/// Checks for spaces between Chinese and Latin, beside marks and before citations, and for
/// full-width spaces used as indentation.
pub(crate) fn idle(draft: &mut Draft) {
    let indent = draft.chars().iter().take_while(|c| **c == '\u{3000}').count();
    if indent > 0 {
        let message = say!("text is indented with full-width spaces");
        draft.mend(
            &rules::MARK_SPACE,
            0..indent,
            "",
            message,
            say!("remove them: the template indents paragraphs"),
        );
    }
    // Code and formulas are Latin to the typesetter. A full-width space between words is meant,
    // as in `图1　题`.
    let mark = |at: Option<usize>| at.and_then(|at| draft.at(at)).is_some_and(is_mark);
    let read = |(at, &c): (usize, &char)| match c {
        OBJECT => 'x',
        // Between choices it is meant: `A. 慰藉（jiè）　B. 氛围（fēn）`.
        '\u{3000}' if is_choice(draft.chars(), at + 1) => c,
        '\u{3000}' if mark(at.checked_sub(1)) || mark(Some(at + 1)) => ' ',
        c => c,
    };
    let chars: Vec<char> = draft.chars().iter().enumerate().map(read).collect();
    for range in idle_spaces(&chars).into_iter().rev() {
        let (before, after) = (draft.before(range.start), draft.at(range.end));
        // `[词] (https://…)` is a link that is none, and told as such.
        if matches!((before, after), (Some(']' | '】'), Some('(' | '（'))) {
            continue;
        }
        if is_of_table(draft.chars(), &range) || opens_line(draft.chars(), range.start) {
            continue;
        }
        // A blank to be filled in, or brackets shown as a sign: `（　）`.
        if matches!(
            (before, after),
            (Some('（' | '［' | '【' | '〔' | '['), Some('）' | '］' | '】' | '〕' | ']'))
        ) {
            // Spaces of a typewriter leave no blank.
            if range.len() > 1 && draft.chars()[range.clone()].iter().all(|c| *c == ' ') {
                let message = say!("these spaces do not print: the brackets are printed empty");
                let hint = say!("for a blank to be filled in, type full-width spaces");
                draft.tell(&rules::MARK_SPACE, range, message, hint);
            }
            continue;
        }
        // A sign between two spaces keeps both: `AI + 医疗`.
        let sign = |at: usize| draft.at(at).is_some_and(|c| "+-=×÷/&|→<>".contains(c));
        let spaced = |at: Option<usize>| at.and_then(|at| draft.at(at)) == Some(' ');
        let behind =
            range.start.checked_sub(1).is_some_and(sign) && spaced(range.start.checked_sub(2));
        if range.len() == 1 && (behind || sign(range.end) && spaced(Some(range.end + 1))) {
            continue;
        }
        let beside_mark = |c: Option<char>| c.is_none_or(|c| is_mark(c) || c == '\n');
        if beside_mark(before) || beside_mark(after) {
            let message = say!("this space does not print: a mark or a citation brings its own");
            draft.mend(&rules::MARK_SPACE, range, "", message, say!("remove it"));
        } else {
            let message = say!("space typed between Chinese and Latin text");
            let hint = say!("remove it: the typesetter adds the gap");
            draft.mend(&rules::HAN_LATIN_SPACE, range, "", message, hint);
        }
    }
}
