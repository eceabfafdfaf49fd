//! What Markdown takes into a list or a quotation although it may be meant to stand behind it.

use std::ops::Range;

use super::{Converter, Holder};
use crate::rules;
use l10n::say;

/// The highest number that a list begins with: further on, it is a year, or the number of a document.
const MOST: u64 = 999;

impl Converter<'_, '_> {
    /// Reports a line that belongs to the item or the quotation above it without its mark; `range` is the
    /// break before it.
    pub(super) fn report_lazy(&mut self, range: &Range<usize>) {
        let Some(holder @ (Holder::List | Holder::Quote)) = self.within else { return };
        let text = &self.file.text;
        let start = range.start + text[range.start..].find('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let begins = line.trim_start();
        let is_lazy = match holder {
            Holder::Quote => !begins.starts_with(['>', '＞']),
            _ => begins.len() == line.len() && !begins.starts_with('>'),
        };
        // The first line that goes on so says it for those below.
        let above = text[..start].trim_end_matches(['\n', '\r']);
        let above = above.rsplit('\n').next().unwrap_or_default();
        let is_first = match holder {
            Holder::Quote => above.trim_start().starts_with(['>', '＞']),
            _ => is_item(above) || above.starts_with([' ', '\t']),
        };
        if !is_lazy || !is_first || begins.is_empty() {
            return;
        }
        let (message, hint) = match holder {
            Holder::Quote => (
                say!("this line is printed as a part of the quotation above it"),
                say!(
                    "put a blank line before it; if it belongs to the quotation, write `>` before it"
                ),
            ),
            _ => (
                say!("this line is printed as a part of the item above it"),
                say!("put a blank line before it; if it belongs to the item, indent it"),
            ),
        };
        self.warning(&rules::LEFT_OVER, &(start..start + line.len()), message, hint);
    }

    /// Refuses a list that begins with a year, as a sentence may: `2024. 年终`.
    pub(super) fn report_year(&mut self, start: Option<u64>, range: &Range<usize>) {
        let Some(number) = start.filter(|number| *number > MOST) else { return };
        let line = self.file.text[range.clone()].lines().next().unwrap_or_default();
        let at = range.start..range.start + line.len();
        let mark = line.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next();
        let mark = mark.unwrap_or('.');
        self.error(
            &at,
            say!("a list begins here with `{number}`", number),
            say!(
                "if it is none, write `{number}\\{mark}`; a list has numbers up to {most}",
                number,
                mark,
                most = MOST
            ),
        );
    }
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '+']) || rest.len() < line.len() && rest.starts_with(['.', ')'])
}
