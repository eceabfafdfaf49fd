//! B11: what reaches the trim goes on to the bleed's edge, and what is small keeps a distance (GWG 2022, bleed).

use super::finding::{Findings, MM};
use super::inspect::Seen;
use super::page::Kind;
use super::rules;

/// A knife's care: what comes so near to an edge, in points, is at it.
const AT_EDGE: f64 = 0.1 * MM;

/// Checks a mark that lies at least partly within the trim.
pub(super) fn mark(seen: &Seen, findings: &mut Findings) {
    let mark = seen.mark;
    if mark.in_pattern
        || mark.paint.flat().is_some_and(|inks| inks.is_white()) && !matches!(mark.kind, Kind::Text { .. })
    {
        return;
    }
    let (trim, bleed, part) = (seen.sheet.trimmed(), seen.sheet.bled(), mark.bounds);
    // For each side: how far inside the trim the part begins, and how far inside the bleed.
    let sides = [
        ("left", part.x0 - trim.x0, part.x0 - bleed.x0),
        ("right", trim.x1 - part.x1, bleed.x1 - part.x1),
        ("lower", part.y0 - trim.y0, part.y0 - bleed.y0),
        ("upper", trim.y1 - part.y1, bleed.y1 - part.y1),
    ];
    let text = matches!(mark.kind, Kind::Text { .. });
    let short = sides.iter().find(|(_, to_trim, to_bleed)| *to_trim <= AT_EDGE && *to_bleed > AT_EDGE);
    if let Some((side, _, to_bleed)) = short.filter(|_| !text) {
        let message = format!("what reaches the {side} trim edge ends {:.1} mm before the bleed's", to_bleed / MM);
        findings.report(
            &rules::BLEED,
            seen.at(),
            message,
            "let it run to the bleed's edge, or keep it inside the page",
        );
        return;
    }
    let distance = findings.profile.limit(&rules::SAFETY, "distance") * MM;
    let size = findings.profile.limit(&rules::SAFETY, "size") * MM;
    let small = part.width() <= size && part.height() <= size;
    let near = sides.iter().find(|(_, to_trim, to_bleed)| *to_trim < distance - AT_EDGE && *to_bleed > AT_EDGE);
    if let Some((side, to_trim, _)) = near.filter(|_| text || small) {
        let what = if text { "text" } else { "a small part" };
        let message = format!("{what} stands {:.1} mm from the {side} trim edge", to_trim / MM);
        findings.report(&rules::SAFETY, seen.at(), message, "move it inwards: the cut varies by a millimetre or so");
    }
}
