//! Labels, and references to them, that are written nearly right.

use super::{Found, Reader};
use crate::reading::referable::{foreign, in_label, label};
use copydesk::ProseKind;
use l10n::say;

/// How labels begin.
const PREFIXES: [&str; 5] = ["fig-", "tbl-", "sec-", "eq-", "box-"];

impl Reader<'_> {
    /// `@Fig-a`, `@fig:a`, `@表1`: references as other programs have them.
    pub(super) fn foreign_label(&self, at: usize) -> Option<Found> {
        // In an address of mail, a name stands before the sign.
        if self.before(at).is_ascii_alphanumeric() {
            return None;
        }
        let behind = self.text(at + 1..self.line_end(at).min(at + 64));
        // A label in Chinese.
        if let Some(prefix) = PREFIXES.iter().find(|prefix| behind.starts_with(**prefix)) {
            let name = behind[prefix.len()..].chars();
            let count = name.clone().take_while(|c| in_label(*c) || cjk::is_han(*c)).count();
            if !name.clone().next().is_some_and(cjk::is_han) {
                return None;
            }
            let end = at + 1 + prefix.len() + count;
            let message = Some(say!("`{mark}` refers to nothing", mark = self.text(at..end)));
            let hint = say!(
                "a label is written in Latin letters, digits and hyphens: `{{#{prefix}name}}`, and `@{prefix}name`",
                prefix
            );
            return Some(Found { range: at..end, message, hint, error: true });
        }
        let (length, meant) = foreign(&behind)?;
        let end = at + 1 + behind[..length].chars().count();
        let message = Some(say!("`{mark}` refers to nothing", mark = self.text(at..end)));
        let hint = say!(
            "write `@{label}`, and give what is meant this label; to print it, write `\\@`",
            label = meant
        );
        Some(Found { range: at..end, message, hint, error: true })
    }

    /// `{# fig-a}`, and at the end of a heading or a title `{标题}`, `{sec-a}`: braces that are to be
    /// attributes, and are none.
    pub(super) fn nearly_label(&self, at: usize, end: usize, inner: &str) -> Option<Found> {
        let title = matches!(self.prose.kind, ProseKind::Title | ProseKind::Caption);
        let last = end + 1 == self.chars.len();
        let name = inner.trim();
        let bare = name.trim_start_matches(['#', '＃']);
        let marked = bare.len() < name.len() && bare.starts_with([' ', '\t', '\u{3000}']);
        // A set of things has marks between them.
        let word = bare.chars().count() > 1
            && bare.chars().all(|c| in_label(c) || cjk::is_han(c) || c == ':')
            && bare.contains(|c: char| c.is_alphabetic());
        if !(marked && bare.trim().contains(in_label) || title && last && word) {
            return None;
        }
        let name: String = bare.trim().chars().filter(|c| in_label(*c)).collect();
        let name = label(&name).map_or_else(|| "sec-name".to_owned(), str::to_owned);
        let hint = say!(
            "a label is written `{{#{name}}}`, in letters and digits; to print a brace, write `\\{{`",
            name
        );
        Found::mark(at..end + 1, hint)
    }

    /// `｛#fig-a｝`.
    pub(super) fn wide_braces(&self, at: usize) -> Option<Found> {
        let end = self.find(at, "｝").or_else(|| self.find(at, "}"))?;
        let inner = self.text(at + 1..end);
        // `｛｛name｝｝`.
        if let Some(name) = inner.strip_prefix(['｛', '{']).filter(|name| !name.trim().is_empty())
        {
            let name = name.trim();
            let end = end + self.run(end);
            return Found::mark(
                at..end,
                say!("write the braces in half width: `{{{{{name}}}}}`", name),
            );
        }
        if !inner.trim().starts_with(['#', '＃', '.']) {
            return None;
        }
        Found::mark(at..end + 1, say!("write the braces in half width: `{{…}}`"))
    }
}
