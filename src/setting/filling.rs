//! The blank pages before the back cover that fill the last signature of a file for the press.

use typst_layout::PagedDocument;

use super::world::ReportWorld;
use super::{Job, compile, inputs};
use crate::reading::model::{OutputProfile, Report};
use l10n::say;
use source::{Diagnostic, Problems};

/// Has the template fill the last signature, if the settings say how many pages one has; `None`, with
/// the reasons in `problems`, where Typst cannot. A template that adds no pages is told at the line of
/// the settings.
pub(super) fn fill(
    world: &mut ReportWorld,
    report: &Report,
    job: &Job,
    document: PagedDocument,
    problems: &mut Problems,
) -> Option<PagedDocument> {
    let signature = report.config.press.signature.map_or(1, usize::from);
    let over = document.pages().len() % signature;
    if job.output.profile == OutputProfile::Screen || over == 0 {
        return Some(document);
    }
    world.keep([inputs::filling(signature - over)]);
    let made = compile::settle(world, document.introspector().clone(), problems)?.document;
    let count = made.pages().len();
    if !count.is_multiple_of(signature) {
        problems.push(
            Diagnostic::error(
                report.signature.clone(),
                say!(
                    "the template leaves {pages} pages, not a multiple of {signature}",
                    pages = count,
                    signature
                ),
            )
            .hint(say!(
                "have it set parts by the kit's `set-part` and `pages-of`, or remove `signature`"
            )),
        );
    }
    Some(made)
}
