//! Marks of TeX outside of formulas, and the backslashes of paths.

use super::{Found, REACH, Reader};
use l10n::say;

impl Reader<'_> {
    /// `\(x^2\)`, which TeX takes for a formula.
    pub(super) fn formula(&self, at: usize) -> Option<Found> {
        let escaped = |at: usize, c: char| {
            let letter = self.prose.letters.get(at).filter(|letter| letter.c == c);
            letter.is_some_and(|letter| {
                let written = &self.prose.file.text[letter.at.clone()];
                written.strip_prefix('\\').is_some_and(|rest| rest.starts_with(c))
            })
        };
        let (_, close) = [('(', ')'), ('[', ']')].into_iter().find(|(c, _)| escaped(at, *c))?;
        // `\[`, the formula and `\]` may stand on lines of their own.
        let displayed = close == ']' && self.before(at) == '\n';
        let near = if displayed { self.chars.len() } else { self.line_end(at) };
        let near = near.min(at + REACH);
        let end = (at + 1..near).find(|&at| escaped(at, close))?;
        let inner = self.text(at + 1..end);
        if inner.is_empty()
            || inner.contains(cjk::is_wide)
            || !inner.contains(['^', '_', '=', '\\'])
        {
            return None;
        }
        let hint = match displayed {
            true => say!("write a formula on a line of its own between two signs each: `$$…$$`"),
            false => say!("write a formula between dollar signs: `$…$`"),
        };
        Some(Found {
            message: Some(say!("this is not read as a formula")),
            ..Found::mark(at..end + 1, hint)?
        })
    }

    /// `$增速=x$`, which holds Chinese and so is no formula, and `$$` that nothing closes; prices and
    /// paths are no such thing.
    pub(super) fn dollars(&self, at: usize) -> Option<Found> {
        let displayed = self.before(at) == '\n' && self.at(at + 1) == '$';
        if displayed && !self.at(at + 2).is_ascii_digit() && self.at(at + 2) != '$' {
            let hint = say!(
                "a displayed formula ends with `$$`, and has no blank line in it, and no Chinese but in `\\text{{…}}`; to print the signs, write `\\$\\$`"
            );
            return Found::mark(at..at + 2, hint);
        }
        let close = self.find(at + 1, "$")?;
        let inner = &self.chars[at + 1..close];
        let (first, last) = (*inner.first()?, *inner.last()?);
        let mathematical = |c: &char| "=\\^_×÷≈≤≥<>".contains(*c);
        let price = first.is_ascii_digit() || self.before(at).is_ascii_uppercase();
        let loose = first.is_whitespace() || last.is_whitespace() || mathematical(&last);
        if price
            || loose
            || !inner.iter().any(mathematical)
            || !inner.iter().any(|c| cjk::is_wide(*c))
        {
            return None;
        }
        let hint = say!(
            "a formula holds no Chinese but in `\\text{{…}}`; to print a dollar sign, write `\\$`"
        );
        Found::mark(at..close + 1, hint)
    }

    /// A command of TeX; `D:\data\raw` is a path.
    pub(super) fn command(&self, at: usize) -> Option<Found> {
        let length = self.chars[at + 1..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let end = at + 1 + length;
        let before = self.before(at);
        let path = before.is_ascii_alphanumeric()
            || ":/\\._-".contains(before)
            || matches!(self.at(end), '\\' | '.' | '_' | '-' | '0'..='9');
        if length < 2 || path {
            return None;
        }
        let name = self.text(at + 1..end);
        let pages = ["newpage", "pagebreak", "clearpage", "cleardoublepage"];
        let hint = if pages.contains(&&*name) {
            page_hint()
        } else if ["newline", "linebreak"].contains(&&*name) {
            say!("remove it: lines break by themselves; for a new line, end this one with `\\`")
        } else {
            say!("TeX is read in formulas, between dollar signs; to print a backslash, write two")
        };
        Found::mark(at..end, hint)
    }

    /// `C:\\dir\\*.txt`: a backslash before a mark is none of the path any more.
    pub(super) fn path(&self, at: usize) -> Option<Found> {
        let letter = self.prose.letters.get(at)?;
        let written = &self.prose.file.text[letter.at.clone()];
        if !written.strip_prefix('\\').is_some_and(|rest| rest.starts_with(letter.c)) {
            return None;
        }
        let word = |c: &&char| !c.is_whitespace() && !cjk::is_wide(**c);
        let length = self.chars[..at].iter().rev().take(REACH).take_while(word).count();
        let before = self.text(at - length..at);
        // `\\\\server\\share` of a network.
        let share = letter.c == '\\' && length == 0 && {
            let word = self.chars[at + 1..].iter().take(REACH).take_while(word);
            let word: String = word.collect();
            word.split_once('\\').is_some_and(|(host, name)| {
                !host.is_empty()
                    && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
                    && !name.is_empty()
            })
        };
        // Behind the letter of a drive.
        let drive = before.split_once(':').map(|(drive, _)| drive);
        let is_path = drive.is_some_and(|drive| {
            drive.len() == 1 && drive.chars().all(|c| c.is_ascii_alphabetic())
        });
        if !share && (!is_path || cjk::is_wide(self.at(at + 1))) {
            return None;
        }
        let hint = say!("write a path between back-ticks, or each of its backslashes twice");
        let message = Some(say!("the backslash of `{written}` is not printed", written));
        Some(Found { range: at..at + 1, message, hint, error: false })
    }
}

/// What to do in the place of a page break.
pub(super) fn page_hint() -> String {
    say!(
        "remove it: pages break by themselves, and each part begins on a page of its own; what is to begin one goes into a file of its own in `parts`"
    )
}
