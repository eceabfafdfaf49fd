//! The only user of `typst_pdf`: standards, metadata, page labels.

use typst::ecow::EcoVec;
use typst::foundations::{Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::PageRanges;
use typst::model::{Document, Numbering};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::compile;
use crate::diagnostic::Diagnostic;
use crate::world::ReportWorld;

/// The bytes of a PDF for the screen: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), colours in sRGB.
///
/// `ident` names the document the same from edition to edition: the file's identifier stands on it.
pub fn export(
    world: &ReportWorld,
    document: &PagedDocument,
    ident: &str,
    pages: Option<PageRanges>,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    // A choice of pages cuts the structure tree, which Typst cannot: then the file is not tagged.
    let whole = pages.is_none();
    let wanted: &[PdfStandard] = if whole { &[PdfStandard::A_2a, PdfStandard::Ua_1] } else { &[PdfStandard::A_2b] };
    let standards = PdfStandards::new(wanted).unwrap_or_default();
    write(world, document, &options(ident, pages, standards, whole))
}

/// The bytes of a PDF that the press pass completes: PDF 1.6 without tags, colours as the template has them.
pub fn export_press(
    world: &ReportWorld,
    document: &PagedDocument,
    ident: &str,
    pages: Option<PageRanges>,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let standards = PdfStandards::new(&[PdfStandard::V_1_6]).unwrap_or_default();
    write(world, document, &options(ident, pages, standards, false))
}

fn options(ident: &str, pages: Option<PageRanges>, standards: PdfStandards, tagged: bool) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(concat!("trendpress ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: None,
        page_ranges: pages,
        standards,
        tagged,
        pretty: false,
    }
}

fn write(world: &ReportWorld, document: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, Vec<Diagnostic>> {
    typst_pdf::pdf(&with_folios(document), options)
        .map_err(|errors| errors.iter().map(|error| compile::explain(world, error)).collect())
}

/// Page labels with leading zeros.
///
/// Typst counts `p01` as p01 … p09, p010: the zero is a mere prefix. A label that grew a digit
/// takes it from the zeros, so that labels agree with the folios on the page.
fn with_folios(document: &PagedDocument) -> PagedDocument {
    let pages: EcoVec<Page> = document
        .pages()
        .iter()
        .map(|page| {
            let mut page = page.clone();
            if let Some(Numbering::Pattern(pattern)) = &mut page.numbering
                && let Some((prefix, _)) = pattern.pieces.make_mut().first_mut()
            {
                for _ in 1..page.number.to_string().len() {
                    if let Some(shorter) = prefix.strip_suffix('0') {
                        *prefix = shorter.into();
                    }
                }
            }
            page
        })
        .collect();
    PagedDocument::new(pages, document.info().clone())
}

/// The metadata labelled `label` in the order of the document, and the page of each from 1.
fn labelled(document: &PagedDocument, label: &str) -> Vec<(Value, usize)> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return vec![] };
    let introspector = document.introspector();
    let found = introspector.query(&Selector::Label(label));
    found
        .iter()
        .filter_map(|content| {
            let page = introspector.page(content.location()?)?;
            Some((content.to_packed::<MetadataElem>()?.value.clone(), page.get()))
        })
        .collect()
}

/// Where each element labelled `label` begins: the text of its metadata, and its page from 1.
pub fn marks(document: &PagedDocument, label: &str) -> Vec<(String, usize)> {
    let text = |(value, page)| match value {
        Value::Str(text) => Some((text.to_string(), page)),
        _ => None,
    };
    labelled(document, label).into_iter().filter_map(text).collect()
}

/// The values of the metadata labelled `label`, as data.
pub fn values(document: &PagedDocument, label: &str) -> Vec<serde_json::Value> {
    labelled(document, label).iter().filter_map(|(value, _)| serde_json::to_value(value).ok()).collect()
}
