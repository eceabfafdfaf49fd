//! A1, A5, H3: header, file identifier, encryption, number of pages.

use hayro_syntax::object::{Array, String as PdfString};

use super::file::{File, find};
use super::finding::{At, Findings};
use super::rules;
use l10n::say;

/// Checks the file as a whole.
pub(super) fn check(file: &File, findings: &mut Findings) {
    let start = find(file.bytes, b"%PDF-").unwrap_or(0);
    let version =
        file.bytes.get(start + 5..start + 8).map(String::from_utf8_lossy).unwrap_or_default();
    // PDF/X-4 is PDF 1.6 (ISO 15930-7, 6.1); what came before is a part of it.
    if !matches!(&*version, "1.0" | "1.1" | "1.2" | "1.3" | "1.4" | "1.5" | "1.6") {
        findings.report(
            &rules::HEADER,
            At::FILE,
            say!("the header declares PDF `{version}`", version),
            say!("export as PDF 1.6"),
        );
    } else if let Some(later) = file
        .catalog
        .get::<hayro_syntax::object::Name<'_>>("Version")
        .filter(|name| name.as_str() > "1.6")
    {
        let message =
            say!("the document catalogue raises the version to `{later}`", later = later.as_str());
        findings.report(&rules::HEADER, At::FILE, message, say!("export as PDF 1.6"));
    }
    let id = file
        .trailer
        .get::<Array<'_>>("ID")
        .map(|id| id.iter::<PdfString<'_>>().filter(|part| !part.as_bytes().is_empty()).count());
    if id != Some(2) {
        findings.report(
            &rules::FILE_ID,
            At::FILE,
            say!("the trailer has no `ID` of two strings"),
            say!("let the program that writes the file add one"),
        );
    }
    if file.trailer.contains_key("Encrypt") {
        findings.report(
            &rules::ENCRYPTED,
            At::FILE,
            say!("the file is encrypted"),
            say!("export it without a password and without restrictions"),
        );
    }
    let multiple = findings.profile.limit(&rules::PAGE_COUNT_MULTIPLE).max(1.0);
    let pages = file.pages.len();
    if pages as f64 % multiple != 0.0 {
        let message =
            say!("the page count is {pages}, not a multiple of {multiple}", pages, multiple);
        findings.report(
            &rules::PAGE_COUNT,
            At::FILE,
            message,
            say!("add or remove pages: a folded sheet has 4"),
        );
    }
}
