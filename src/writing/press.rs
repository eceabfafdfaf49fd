//! From an edition to a press file: the profile, the colours that the template declares, the
//! pass, the preflight.

use pdfx::{Known, PressSettings, Token};
use placed::Ground;
use source::{Diagnostic, Severity};
use typst::layout::PageRanges;

use super::{findings, pdf, profile, stand_in};
use crate::error::Error;
use crate::progress::{Progress, Step};
use crate::reading::model::OutputProfile;
use crate::setting::Edition;
use crate::setting::notes::rgb;

/// Editions have most of their pages in common.
static KNOWN: Known = Known::new();

/// Exports an edition as PDF/X-4; returns its bytes and the preflight's warnings, and fails on
/// the preflight's errors.
pub(super) fn file(
    edition: &Edition,
    pages: Option<PageRanges>,
    progress: &dyn Progress,
) -> Result<(Vec<u8>, Vec<Diagnostic>), Error> {
    let (config, job) = (&edition.config, &edition.job);
    let chosen =
        |index: &usize| pages.as_ref().is_none_or(|pages| pages.includes_page_index(*index));
    let held: Vec<usize> = (0..edition.document.pages().len()).filter(chosen).collect();
    let placed = stand_in::of(&edition.document, false);
    let bytes = pdf::export_press(edition, &placed, pages)?;
    let declared = &edition.declared;
    // What a house gives wins.
    let tokens = declared.plain.iter().chain(&declared.tokens);
    let tokens = tokens
        .filter_map(|(screen, inks)| {
            Some(Token { screen: rgb(screen)?, inks: inks.map(|share| share / 100.0) })
        })
        .collect();
    let (profile, condition) = profile::of(edition)?;
    let mut date = config.date.split('-').filter_map(|number| number.parse::<u16>().ok());
    let date = (
        date.next().unwrap_or(1),
        date.next().and_then(|month| month.try_into().ok()).unwrap_or(1),
        date.next().and_then(|day| day.try_into().ok()).unwrap_or(1),
    );
    let settings = PressSettings {
        profile,
        condition,
        bleed: declared.bleed,
        tokens,
        title: config.title.clone(),
        date,
    };
    let bytes = pdfx::finish(&bytes, &settings, &KNOWN)?;
    let bytes = placed.put(bytes, Ground::Press)?;
    // A proof is looked at: its marks are no fault, and what it shows is told when it is printed.
    if job.unchecked || job.output.profile != OutputProfile::Press {
        return Ok((bytes, vec![]));
    }
    progress.begins(Step::Checking);
    let found = findings::of(&bytes, edition, &held, &config.press.spots);
    if found.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(Error::Content(found));
    }
    Ok((bytes, found))
}
