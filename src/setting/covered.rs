//! The proof that no text of the content stands behind a picture, or over one that stands among it.
//!
//! What a template marks as an ornament (`pdf.artifact`) may lie anywhere. A picture that is drawn
//! first may carry text, as a cover's does; one that spans the columns carries none but its own.

use super::overprint;
use super::owned::Owned;
use super::printed::Picture;
use crate::rules;
use l10n::say;
use source::Diagnostic;

/// How far text may reach over a picture's edge, in ems.
const REACH: f64 = 0.5;

/// Reports the text that shares its place with a picture, each block once.
pub(super) fn check(text: &Owned, pictures: &[Picture]) -> Vec<Diagnostic> {
    let mut told = text.lost.clone();
    let mut out = vec![];
    for picture in pictures {
        let start = text.items.partition_point(|item| item.page < picture.page);
        let end = text.items.partition_point(|item| item.page <= picture.page);
        for at in start..end {
            let (item, Some(run)) = (&text.items[at], text.run(at)) else { continue };
            let hides = at < picture.after;
            let crosses = picture.spans && !item.spans;
            if !(hides || crosses) || told.contains(&run.whole()) {
                continue;
            }
            let (area, reach) = (item.area(), REACH * item.size());
            let common = area.common(&picture.area);
            if common.width <= reach.min(0.5 * area.width) || common.height <= reach {
                continue;
            }
            told.insert(run.whole());
            let message = say!(
                "{what} and a picture stand in one place on page {page}: `{text}`",
                what = run.kind.name(),
                page = item.page,
                text = text.shown(at)
            );
            out.push(
                Diagnostic::of(&rules::OVERPRINT, run.place.clone(), message)
                    .hint(overprint::hint(run.kind)),
            );
        }
    }
    out
}
