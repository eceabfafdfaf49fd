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
