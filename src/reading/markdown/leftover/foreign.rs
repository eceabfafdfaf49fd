//! Marks that other programs have: wikis, boards, generators of sites, programs that chat.

use super::{Found, Reader};
use l10n::say;

/// What to write for a box.
fn box_hint() -> String {
    say!(
        "for a box, write `::: note` above the text and `:::` below it; to print the marks, put a backslash before the first"
    )
}

impl Reader<'_> {
    /// `!!! note "标题"` and `=== "选项"`, as MkDocs has boxes and tabs.
    pub(super) fn admonition(&self) -> Option<Found> {
        let end = self.line_end(0);
        let name = self.text(3..end);
        let name = name.strip_prefix(['+']).unwrap_or(&name).strip_prefix(' ')?;
        let begins = match self.at(0) {
            '=' => name.starts_with(['"', '“']) && name.len() > 1 && name.ends_with(['"', '”']),
            _ => name.starts_with(|c: char| c.is_ascii_lowercase() || cjk::is_han(c)),
        };
        // Three marks that end a cry begin none.
        let fits = begins && !name.contains(['。', '，', '！']);
        fits.then(|| Found::mark(0..end, box_hint())).flatten()
    }

    /// `.. note:: 提示`, as reStructuredText has boxes.
    pub(super) fn directive(&self) -> Option<Found> {
        let line = self.text(0..self.line_end(0));
        let (name, _) = line.strip_prefix(".. ")?.split_once("::")?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        is_name.then(|| Found::mark(0..5 + name.len(), box_hint())).flatten()
    }

    /// How many `#标签` begin the line, one behind another.
    pub(super) fn tags(&self) -> usize {
        let line = self.text(0..self.line_end(0));
        let is_tag = |word: &&str| {
            word.strip_prefix('#').is_some_and(|tag| {
                tag.starts_with(cjk::is_han)
                    && tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'))
            })
        };
        line.split(' ').take_while(is_tag).count()
    }

    /// `【4†source】`, where a program that chats has found its words.
    pub(super) fn chat_source(&self, at: usize) -> Option<Found> {
        let close = self.find(at, "】")?;
        let inner = self.text(at + 1..close);
        let (number, _) = inner.split_once('†')?;
        let is_number = number.chars().all(|c| c.is_ascii_digit() || c == ':');
        let hint = say!("remove it, and cite the source: `[@key]` of an entry in the references");
        (is_number && !number.is_empty()).then(|| Found::mark(at..close + 1, hint)).flatten()
    }

    /// `'''粗体'''`, as wikis have it.
    pub(super) fn wiki_bold(&self, at: usize) -> Option<Found> {
        let close = self.find(at + 3, "'''").filter(|close| *close > at + 3)?;
        let hint = say!("for bold, write `**…**`");
        (self.before(at) != '\'').then(|| Found::mark(at..close + 3, hint)).flatten()
    }

    /// `[b]粗体[/b]`, as boards have it.
    pub(super) fn board_tag(&self, at: usize, inner: &str) -> Option<Found> {
        let name = inner.split('=').next().unwrap_or_default();
        let known = ["b", "i", "u", "s", "url", "img", "color", "size", "quote", "code", "center"];
        if !known.contains(&name) {
            return None;
        }
        let end = format!("[/{name}]");
        let close = self.find(at, &end)?;
        let hint = say!("only Markdown is read: for bold, write `**…**`; to print it, write `\\[`");
        Found::mark(at..close + end.len(), hint)
    }

    /// `段落 ^block-id` at the end of a paragraph or a heading, as Obsidian has it.
    pub(super) fn block_name(&self, at: usize) -> Option<Found> {
        let end = self.line_end(at);
        let name = self.text(at + 1..end);
        let fits = self.before(at) == ' '
            && end == self.chars.len()
            && name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let hint = say!(
            "remove it; what is referred to has a label, such as `{{#sec-name}}` behind a heading"
        );
        fits.then(|| Found::mark(at..end, hint)).flatten()
    }

    /// `:smile:`.
    pub(super) fn shortcode(&self, at: usize) -> Option<Found> {
        let name = |c: &&char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(**c);
        let length = self.chars[at + 1..].iter().take(32).take_while(name).count();
        let end = at + 1 + length;
        let hand = matches!(&*self.text(at + 1..end), "+1" | "-1");
        let letters = self.chars[at + 1..end].iter().filter(|c| c.is_ascii_alphabetic()).count();
        let beside = |c: char| c.is_ascii_alphanumeric() || c == ':' || c == '/';
        if letters < 3 && !hand
            || self.at(end) != ':'
            || beside(self.before(at))
            || beside(self.at(end + 1))
        {
            return None;
        }
        let hint = say!("write the character itself, or a word; to print it, write `\\:`");
        Found::mark(at..end + 1, hint)
    }
}
