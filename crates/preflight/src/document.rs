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
    // What came before the standard's version is a part of it (ISO 15930-7, 6.1).
    let latest = findings.profile.standard.latest();
    let hint = || say!("export as PDF {latest}", latest);
    let known = version.len() == 3 && version.starts_with("1.") && *version <= *latest;
    if !known {
        let message = say!("the header declares PDF `{version}`", version);
        findings.report(&rules::HEADER, At::FILE, message, hint());
    } else if let Some(later) = file
        .catalog
        .get::<hayro_syntax::object::Name<'_>>("Version")
        .filter(|name| name.as_str() > latest)
    {
        let message =
            say!("the document catalogue raises the version to `{later}`", later = later.as_str());
        findings.report(&rules::HEADER, At::FILE, message, hint());
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
