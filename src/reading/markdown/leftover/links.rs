//! What other programs add to links and words: attributes, and the meaning of abbreviations.

use super::{Found, Reader};
use l10n::say;

impl Reader<'_> {
    /// `[words](address){target="_blank"}`: a link has no attributes.
    pub(super) fn attributes_of_link(&self, at: usize) -> Option<Found> {
        if self.at(at) != '{' {
            return None;
        }
        let start = self.prose.letters.get(at)?.at.start;
        let is_behind_link = self.prose.file.text[..start].ends_with(')') && self.before(at) != ')';
        let end = self.find(at, "}").filter(|_| is_behind_link)?;
        let inner = self.text(at + 1..end);
        let is_meant = inner.starts_with(['#', '.', ':']) || inner.contains('=');
        let hint = say!("remove it: a link has no attributes; to print a brace, write `\\{{`");
        is_meant.then(|| Found::mark(at..end + 1, hint)).flatten()
    }

    /// `[词] (https://…)`, `【词】(https://…)`: brackets that are to be a link, and are none. Its first bracket
    /// closes at an index.
    pub(super) fn apart_address(&self, at: usize) -> Option<Found> {
        let wide = self.at(at) == '】';
        let blanks = self.chars[at + 1..].iter().take_while(|c| **c == ' ').count();
        let open = at + 1 + blanks;
        if !matches!(self.at(open), '(' | '（') || !wide && blanks == 0 {
            return None;
        }
        let mark = if wide { '【' } else { '[' };
        let words = self.chars[..at].iter().rev().take(64).take_while(|c| **c != '\n');
        let length = words.into_iter().position(|c| *c == mark)?;
        let behind: String = self.written(open).chars().skip(1).take(8).collect();
        if !["http://", "https:/", "www.", "<http"].iter().any(|start| behind.starts_with(start)) {
            return None;
        }
        let close = self.find(open, ")").or_else(|| self.find(open, "）")).unwrap_or(open);
        let hint =
            say!("for a link, write `[…](…)`: half-width brackets, and no space between them");
        Found::mark(at - 1 - length..close + 1, hint)
    }

    /// `*[HRI]: human–robot interaction` at the start of a paragraph.
    pub(super) fn abbreviation(&self, at: usize) -> Option<Found> {
        if !self.starts(at, "*[") {
            return None;
        }
        let close = self.find(at, "]:").filter(|close| *close > at + 2)?;
        let word = self.text(at + 2..close);
        let hint =
            say!("explain `{word}` in the text, or in the glossary: `[{word}]{{.term}}`", word);
        Some(Found {
            range: at..close + 2,
            message: Some(say!("this is not read as the meaning of an abbreviation")),
            hint,
            error: false,
        })
    }
}
