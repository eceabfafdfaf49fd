//! The only user of `typst_pdf`: standards, metadata, page labels.

use std::collections::BTreeSet;

use l10n::say;
use placed::Ground;
use source::Diagnostic;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::layout::PageRanges;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::profile;
use super::stand_in::{self, StandIns};
use crate::error::Error;
use crate::setting::world::ReportWorld;
use crate::setting::{Edition, explain};

/// Exports a PDF for the screen: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), colours in
/// sRGB.
pub(super) fn export(edition: &Edition, pages: Option<PageRanges>) -> Result<Vec<u8>, Error> {
    // A choice of pages cuts the structure tree, which Typst cannot: then the file is not tagged.
    let whole = pages.is_none();
    let wanted: &[PdfStandard] =
        if whole { &[PdfStandard::A_2a, PdfStandard::Ua_1] } else { &[PdfStandard::A_2b] };
    let placed = stand_in::of(&edition.document, true);
    let bytes = write(edition, &placed.document, pages, standards(wanted), whole)?;
    if placed.is_empty() {
        return Ok(bytes);
    }
    let (inks, _) = profile::of(edition)?;
    placed.put(bytes, Ground::Archive(&inks))
}

/// Exports pages that belong to no report, for the screen: PDF/UA-1. They have no date, which an
/// archive asks for.
pub(crate) fn alone(document: &PagedDocument, title: &str) -> Result<Vec<u8>, Error> {
    let options = options(title, None, standards(&[PdfStandard::Ua_1]), true);
    typst_pdf::pdf(document, &options).map_err(|errors| {
        let told = |error: &SourceDiagnostic| {
            Diagnostic::general(say!("the page cannot be written: {error}", error = error.message))
        };
        Error::Content(errors.iter().map(told).collect())
    })
}

/// Exports a PDF for the press pass to complete: PDF 1.6 without tags, with the template's own
/// colours.
pub(super) fn export_press(
    edition: &Edition,
    placed: &StandIns,
    pages: Option<PageRanges>,
) -> Result<Vec<u8>, Error> {
    write(edition, &placed.document, pages, standards(&[PdfStandard::V_1_6]), false)
}

/// Standards that go together: a test asks Typst so, for a file that silently claims none would
/// be worse than no file.
fn standards(wanted: &[PdfStandard]) -> PdfStandards {
    PdfStandards::new(wanted)
        .expect("PDF/A-2a goes with PDF/UA-1; PDF/A-2b and PDF 1.6 stand by themselves")
}

fn write(
    edition: &Edition,
    document: &PagedDocument,
    page_ranges: Option<PageRanges>,
    standards: PdfStandards,
    tagged: bool,
) -> Result<Vec<u8>, Error> {
    let options =
        |page_ranges| options(&edition.config.title, page_ranges, standards.clone(), tagged);
    typst_pdf::pdf(document, &options(page_ranges)).map_err(|errors| {
        // What is sought may be on any page: one that is not written brings nothing up.
        let told = |world: &ReportWorld| messages(world, &options(None));
        let explained =
            errors.iter().flat_map(|error| explain::explain(&edition.world, error, &told));
        Error::Content(explained.collect())
    })
}

fn options(
    title: &str,
    page_ranges: Option<PageRanges>,
    standards: PdfStandards,
    tagged: bool,
) -> PdfOptions {
    PdfOptions {
        // The document is named the same from edition to edition: the file's identifier stands on
        // it.
        ident: Smart::Custom(title.to_owned()),
        creator: Smart::Custom(Some(concat!("trendpress ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: None,
        page_ranges,
        standards,
        tagged,
        pretty: false,
    }
}

/// What the exporter tells of a report.
fn messages(world: &ReportWorld, options: &PdfOptions) -> BTreeSet<String> {
    let document = typst::compile::<PagedDocument>(world).output.ok();
    let errors = document.and_then(|document| {
        let placed = stand_in::of(&document, options.tagged);
        typst_pdf::pdf(&placed.document, options).err()
    });
    errors.into_iter().flatten().map(|error| error.message.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_of_every_output_go_together() {
        for wanted in [
            &[PdfStandard::A_2a, PdfStandard::Ua_1][..],
            &[PdfStandard::A_2b],
            &[PdfStandard::V_1_6],
            &[PdfStandard::Ua_1],
        ] {
            assert!(PdfStandards::new(wanted).is_ok(), "{wanted:?}");
        }
    }
}
