//! The preflight findings on a press file, mapped to lines of the content.

use typst::layout::Abs;

use crate::setting::{Edition, pictures};
use l10n::say;
use preflight::{Finding, Known, Profile, check_known};
use source::Diagnostic;

/// Editions have most of their pages in common.
static KNOWN: Known = Known::new();

/// Converts findings to diagnostics at the source of the content concerned. `pages` are the
/// edition's pages in the file, from 0; `spots` are the intended spot colours.
pub(super) fn of(
    bytes: &[u8],
    edition: &Edition,
    pages: &[usize],
    spots: &[String],
) -> Vec<Diagnostic> {
    let mut profile = Profile::house();
    profile.spots = spots.to_vec();
    // The size that its author gives is the one to hold pages to.
    let (width, height) = pictures::points(&edition.config.trim);
    profile.sizes = vec![[Abs::pt(width).to_mm(), Abs::pt(height).to_mm()]];
    let report = check_known(bytes, &profile, &KNOWN);
    report.findings.iter().map(|finding| told(finding, edition, pages)).collect()
}

fn told(finding: &Finding, edition: &Edition, pages: &[usize]) -> Diagnostic {
    let index = finding.page.and_then(|page| pages.get(page - 1).copied());
    let page = index.and_then(|index| edition.document.pages().get(index));
    let height = page.map_or(0.0, |page| page.frame.height().to_pt());
    let place = finding.place.map(|place| {
        let points = |mm: f64| Abs::mm(mm).to_pt();
        (points(place.x), height - points(place.y + place.height))
    });
    let origin = index.and_then(|index| edition.origins.under_head(index + 1, place));
    let message = match finding.more {
        0 => finding.message.clone(),
        more => say!("{message}, and {more} more like it", message = finding.message, more),
    };
    let message = match index {
        Some(index) => say!("page {page}: {message}", page = index + 1, message),
        None => message,
    };
    Diagnostic {
        severity: finding.severity,
        message: format!("{message} ({})", finding.code),
        place: origin,
        hints: vec![finding.hint.clone()],
        rule: None,
        fix: vec![],
    }
}
