//! The preflight findings on a press file, mapped to lines of the content.

use typst::layout::Abs;

use crate::setting::{Edition, HousePicture, pictures};
use l10n::say;
use preflight::{Finding, Known, Profile, check_known};
use source::{Diagnostic, Place};

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

/// Where the picture is named that a finding is about, if it is one of the house, of the cover or of a
/// partner. What is written on such a picture has a place of its own.
fn house(finding: &Finding, edition: &Edition, page: usize, (x, y): (f64, f64)) -> Option<Place> {
    /// The rules about pictures of pixels begin so: no text breaks them.
    const OF_PIXELS: &str = "B4-";
    if !finding.code.starts_with(OF_PIXELS) && edition.origins.on(page, (x, y)).is_some() {
        return None;
    }
    let here = edition
        .flaws
        .house
        .iter()
        .filter(|picture| picture.page == page && picture.area.distance(x, y) == (0.0, 0.0));
    // A logo may stand on the picture of a cover.
    let size = |picture: &&HousePicture| picture.area.width * picture.area.height;
    let found = here.min_by(|a, b| size(a).total_cmp(&size(b)));
    found.map(|picture| picture.place.clone())
}

fn told(finding: &Finding, edition: &Edition, pages: &[usize]) -> Diagnostic {
    let index = finding.page.and_then(|page| pages.get(page - 1).copied());
    let page = index.and_then(|index| edition.document.pages().get(index));
    let height = page.map_or(0.0, |page| page.frame.height().to_pt());
    let place = finding.place.map(|place| {
        let points = |mm: f64| Abs::mm(mm).to_pt();
        (points(place.x), height - points(place.y + place.height))
    });
    let middle = finding.place.map(|place| {
        let points = |mm: f64| Abs::mm(mm).to_pt();
        let (x, y) = (place.x + place.width / 2.0, place.y + place.height / 2.0);
        (points(x), height - points(y))
    });
    let origin = index.and_then(|index| {
        let picture = middle.and_then(|at| house(finding, edition, index + 1, at));
        picture.or_else(|| edition.origins.under_head(index + 1, place))
    });
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
