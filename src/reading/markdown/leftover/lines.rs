//! Marks at the start of a line: headings, lists, tables.

use super::{Found, Reader};
use copydesk::ProseKind;
use l10n::say;

impl Reader<'_> {
    /// Reads what stands at the start of a line.
    pub(super) fn line_mark(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.behind_invisible(at) {
            return Some(found);
        }
        if !matches!(self.at(at), '#' | '＃' | '-' | '[' | '!' | '?' | '+' | '=' | '.' | '0'..='9')
        {
            return None;
        }
        let row = self.run(at);
        let behind = self.at(at + row);
        match self.at(at) {
            '#' if self.is_heading(at, row) => {
                let mark = "#".repeat(row);
                let hint = say!("put a space behind `{mark}`; to print it, write `\\{mark}`", mark);
                Found::mark(at..at + row, hint)
            }
            '＃' => {
                Found::mark(at..at + row, say!("write `#` in half width, and a space behind it"))
            }
            '-' if row == 1 && is_blank(behind) && at == 0 => Found::mark(
                at..at + 1,
                say!("put a plain space behind it, as typed on the keyboard"),
            ),
            '-' if row == 1 && cjk::is_han(behind) && self.before(self.line_end(at)) != '-' => {
                let hint = say!(
                    "put a space behind `{mark}` for a list; to print it, write `\\{mark}`",
                    mark = '-'
                );
                Found::mark(at..at + 1, hint)
            }
            '[' if at == 0 => self.task(),
            '#' if at == 0 && row == 1 && self.tags() > 1 => {
                Found::mark(0..1, say!("there are no tags: remove them; to print one, write `\\#`"))
            }
            '!' | '?' | '=' if row == 3 && at == 0 => self.admonition(),
            '.' if at == 0 => self.directive(),
            '+' if row == 3 && self.line_end(at) == at + row => {
                let hint = say!(
                    "remove it: what is set of a part stands at its head, between lines of `---`"
                );
                Found::mark(at..at + row, hint)
            }
            '0'..='9' => self.number(at),
            _ => None,
        }
    }

    /// A mark behind a character that nobody sees, which makes it text.
    fn behind_invisible(&self, at: usize) -> Option<Found> {
        let unseen = |c: &&char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}');
        let length = self.chars[at..].iter().take_while(unseen).count();
        let from = at + length;
        let row = self.run(from);
        let begins = match self.at(from) {
            '#' => row < 7 && self.at(from + row) == ' ',
            '-' | '*' | '+' | '>' => row == 1 && self.at(from + 1) == ' ',
            '`' | ':' => row > 2,
            _ => false,
        };
        let hint = say!("delete the invisible character before it: with it, it is no mark");
        (length > 0 && begins).then(|| Found::mark(from..from + row, hint)).flatten()
    }

    /// `## 标题##`: the signs behind a heading need a space before them.
    pub(super) fn closing_signs(&self, at: usize) -> Option<Found> {
        if self.prose.kind != ProseKind::Title || self.at(at) != '#' || self.before(at) == '#' {
            return None;
        }
        let row = self.run(at);
        if row < 2 || at + row != self.chars.len() {
            return None;
        }
        Found::mark(at..at + row, say!("remove it: a heading needs no signs at its end"))
    }

    /// Whether number signs are a heading's; one alone may be a number or a tag, as in `#1`, `#话题#`.
    fn is_heading(&self, at: usize, row: usize) -> bool {
        let behind = self.at(at + row);
        let tight = !matches!(behind, ' ' | '\t' | '\n' | super::OBJECT) || behind == '\u{3000}';
        let one = || {
            let others = self.chars[at + 1..].iter().any(|c| matches!(c, '#' | '。' | '，'));
            cjk::is_han(behind) && !others && at == 0
        };
        tight && (2..=6).contains(&row) || tight && row == 1 && one()
    }

    /// `1.第一条`, and `2. 第二条` within a paragraph.
    fn number(&self, at: usize) -> Option<Found> {
        let digits = self.chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let end = at + digits + 1;
        if digits > 3 || !matches!(self.at(end - 1), '.' | ')') {
            return None;
        }
        let mark = self.text(at..end);
        if is_blank(self.at(end)) && at == 0 {
            let hint = say!("put a plain space behind it, as typed on the keyboard");
            return Found::mark(at..end, hint);
        }
        let escaped = format!("{}\\{}", self.text(at..end - 1), self.at(end - 1));
        if cjk::is_han(self.at(end)) || cjk::is_opening(self.at(end)) {
            let hint = say!(
                "put a space behind `{mark}` for a list; to print it as it stands, write `{escaped}`",
                mark,
                escaped
            );
            return Found::mark(at..end, hint);
        }
        if at > 0 && self.at(end) == ' ' && cjk::is_han(self.at(end + 1)) {
            let hint = say!(
                "put a blank line before the list; to print it as it stands, write `{escaped}`",
                escaped
            );
            return Found::mark(at..end, hint);
        }
        None
    }

    /// `- [ ] 待办`.
    fn task(&self) -> Option<Found> {
        let boxed = self.at(2) == ']' && matches!(self.at(1), ' ' | 'x' | 'X');
        let start = self.prose.place(0..1).range.start;
        let text = &self.prose.file.text[..start];
        let in_list = text.trim_end_matches(' ').ends_with(['-', '*', '+', '.', ')']);
        if !(boxed && in_list && self.at(3) == ' ') {
            return None;
        }
        Found::mark(0..3, say!("there are no boxes to tick: remove it; to print it, write `\\[`"))
    }

    /// A row of a table that is none: `| 甲 | 乙 |` without a line of dashes that fits.
    pub(super) fn table_row(&self, at: usize) -> Option<Found> {
        let end = self.line_end(at);
        let line = self.text(at..end);
        let line = line.trim();
        let rule = line.contains("--")
            && line.contains('|')
            && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' '));
        let row = line.len() > 2 && line.starts_with('|') && line.ends_with('|');
        if !(rule || row) {
            return None;
        }
        let message = Some(say!("this is not read as a table"));
        let hint = say!(
            "a table has a head, and below it a line such as `|---|---|` with as many cells; to print a bar, write `\\|`"
        );
        Some(Found { range: at..end, message, hint, error: false })
    }
}

/// Whether a character looks like a space and is none to Markdown, as programs for offices write it.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{202F}' | '\u{3000}')
}
