//! What the preflight says of a press file, at the content's own lines.

use typst::layout::Abs;

use super::Edition;
use crate::diagnostic::Diagnostic;
use crate::preflight::{Finding, Profile, check};

/// The built-in profile that a press file of ours has to pass.
const PROFILE: &str = "house";

/// The findings as problems of the content: the file and line of what stands at the place, where the
/// file holds the `whole` edition, page by page. `spots` are the spot colours that are meant.
pub fn findings(bytes: &[u8], edition: &Edition, spots: &[String], whole: bool) -> Vec<Diagnostic> {
    let Some(mut profile) = Profile::built_in(PROFILE) else { return vec![] };
    profile.spots = spots.to_vec();
    let report = check(bytes, &profile);
    report.findings.iter().map(|finding| told(finding, edition, whole)).collect()
}

fn told(finding: &Finding, edition: &Edition, whole: bool) -> Diagnostic {
    let page = finding.page.filter(|_| whole).and_then(|page| edition.document.pages().get(page - 1));
    let height = page.map_or(0.0, |page| page.frame.height().to_pt());
    let place = finding.place.map(|place| {
        let points = |mm: f64| Abs::mm(mm).to_pt();
        (points(place.x), height - points(place.y + place.height))
    });
    let origin = finding.page.filter(|_| whole).and_then(|page| edition.origins.at(page, place));
    let on = finding.page.map_or(String::new(), |page| format!("page {page}: "));
    let more = if finding.more > 0 { format!(", and {} more like it", finding.more) } else { String::new() };
    Diagnostic {
        severity: finding.severity,
        message: format!("{on}{}{more} ({})", finding.message, finding.code),
        place: origin,
        hints: vec![finding.hint.to_owned()],
        rule: None,
        fix: vec![],
    }
}
