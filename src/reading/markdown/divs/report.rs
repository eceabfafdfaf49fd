//! What is told of fences and of what stands behind them.

use std::ops::Range;

use super::super::Converter;
use super::fences::Fence;
use super::{Fault, kinds};
use l10n::say;

impl Converter<'_, '_> {
    /// Reports fences that have no counterpart, stand where none can, or are typed full width;
    /// `start` is the place of the parsed text in the file.
    pub(in crate::reading::markdown) fn report_fences(
        &mut self,
        fences: &[Range<usize>],
        faults: &[Fault],
        start: usize,
    ) {
        let moved = |at: &Range<usize>| start + at.start..start + at.end;
        for line in fences {
            let Some(fence) = Fence::at(&self.file.text, start + line.start) else { continue };
            if self.file.text[fence.colons.clone()].contains('：') {
                self.error(
                    &fence.colons,
                    say!("the colons of a box are full width"),
                    say!("write `:::` in half width"),
                );
            }
        }
        for fault in faults {
            let (range, message, hint) = match fault {
                Fault::Unclosed(range) => (
                    range,
                    say!("this box is not closed"),
                    say!("write `:::` on a line of its own behind its last paragraph"),
                ),
                Fault::Stray(range) => (
                    range,
                    say!("this ends a box that does not begin"),
                    say!(
                        "remove it, or begin the box above: `::: note`; to print it, write `\\:::`"
                    ),
                ),
                Fault::Within(range) => (
                    range,
                    say!("a box is within a list, a quotation or a footnote, which hold only text"),
                    say!(
                        "begin its lines at the left edge, with a blank line before the first `:::`"
                    ),
                ),
            };
            self.error(&moved(range), message, hint);
        }
    }

    /// Reports words behind the colons that are no attributes: `::: tip 标题`.
    pub(super) fn report_words(&mut self, rest: &Range<usize>) {
        let written = self.file.text[rest.clone()].to_owned();
        let parts = written.split_once(char::is_whitespace);
        let hint = match parts.filter(|(class, _)| kinds::of(class).is_some()) {
            Some((class, title)) => {
                let title = title.trim().trim_matches(['"', '“', '”']);
                say!("write its title so: `::: {{.{class} title=\"{title}\"}}`", class, title)
            }
            None => say!("write a class, `::: note`, or attributes, `::: {{.box title=\"…\"}}`"),
        };
        self.error(rest, say!("`{written}` is no kind of box", written), hint);
    }

    /// Reports a heading within a box, which is no place for one.
    pub(in crate::reading::markdown) fn report_boxed_heading(&mut self, range: &Range<usize>) {
        self.error(
            range,
            say!("a heading is within a box"),
            say!("write it as a bold paragraph, `**…**`, or as the box's title"),
        );
    }
}
