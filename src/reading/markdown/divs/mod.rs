//! Fenced divs, as Pandoc writes them: boxes, callouts, large numbers, pictures side by side.

mod boxed;
mod fences;
mod figures;
mod kinds;
mod kpi;
mod labelled;
mod nest;
mod report;
mod speaker;
mod value;

use std::ops::Range;

use super::attributes::Attributes;
use super::{Converter, Cursor};
use crate::reading::model::Block;
use fences::Fence;
pub(super) use fences::{lines, masked};
use kinds::Kind;
use l10n::say;
pub(super) use nest::{Fault, nested};

/// The attributes of the div whose fence begins at `start`.
pub(super) fn fence_attributes(text: &str, start: usize) -> Option<Attributes> {
    Fence::at(text, start)?.attributes(text)
}

impl Converter<'_, '_> {
    /// Reads a div.
    pub(super) fn div(&mut self, range: &Range<usize>, inside: &mut Cursor) -> Option<Block> {
        let line = self.file.text[range.clone()].lines().next().map_or(0, str::len);
        let line = range.start..range.start + line.max(1);
        if self.in_div {
            self.error(
                &line,
                say!("a box is within another box"),
                say!("end the first with `:::` before this one begins"),
            );
            self.use_notes(inside);
            return None;
        }
        let fence = Fence::at(&self.file.text, range.start)?;
        let Some(attributes) = fence.attributes(&self.file.text) else {
            self.report_words(&fence.rest);
            self.use_notes(inside);
            return None;
        };
        let Some(kind) = self.div_kind(&attributes) else {
            self.use_notes(inside);
            return None;
        };
        let attributes = self.with_values(&attributes);
        self.in_div = true;
        let block = match kind {
            Kind::Box(kind) => self.boxed(kind, &attributes, &line, inside),
            Kind::Kpi => self.kpi(&attributes, &line, inside),
            Kind::Figures => self.side_by_side(&attributes, &line, inside),
            Kind::Bleed => self.bleeding(&attributes, &line, inside),
            Kind::Table => self.labelled_table(&attributes, &line, inside),
        };
        self.in_div = false;
        block
    }
}
