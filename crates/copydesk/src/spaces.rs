//! Typed spaces that print nothing: `content` knows which.

use super::draft::Draft;
use cjk::{idle_spaces, is_mark};
use crate::prose::OBJECT;
use crate::rules;
use l10n::say;

/// Spaces between Chinese and Latin, beside marks, before citations, and full-width ones that indent.
pub fn idle(draft: &mut Draft) {
    let indent = draft.chars().iter().take_while(|c| **c == '\u{3000}').count();
    if indent > 0 {
        let message = say!("full-width spaces indent the text");
        draft.mend(&rules::MARK_SPACE, 0..indent, "", message, say!("take them out: the template indents"));
    }
    // Code and formulas are Latin to the typesetter. A full-width space between words is meant, as in `图1　题`.
    let mark = |at: Option<usize>| at.and_then(|at| draft.at(at)).is_some_and(is_mark);
    let read = |(at, &c): (usize, &char)| match c {
        OBJECT => 'x',
        '\u{3000}' if mark(at.checked_sub(1)) || mark(Some(at + 1)) => ' ',
        c => c,
    };
    let chars: Vec<char> = draft.chars().iter().enumerate().map(read).collect();
    for range in idle_spaces(&chars).into_iter().rev() {
        let (before, after) = (draft.before(range.start), draft.at(range.end));
        let beside_mark = |c: Option<char>| c.is_none_or(|c| is_mark(c) || c == '\n');
        if beside_mark(before) || beside_mark(after) {
            let message = say!("this space prints nothing: a mark or a citation brings its own");
            draft.mend(&rules::MARK_SPACE, range, "", message, say!("take it out"));
        } else {
            let message = say!("a space is typed between Chinese and Latin");
            let hint = say!("take it out: the gap there is the typesetter's");
            draft.mend(&rules::HAN_LATIN_SPACE, range, "", message, hint);
        }
    }
}
