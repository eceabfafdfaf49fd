//! B4: the effective resolution of images as printed (GWG 2022, image resolution).

use super::finding::Findings;
use super::page::Kind;
use super::rules;
use super::seen::Seen;
use l10n::say;

/// Checks an image; returns its resolution as printed.
pub(super) fn mark(seen: &Seen, findings: &mut Findings) -> Option<f64> {
    let Kind::Image { matrix, width, height, bitmap, mask, .. } = &seen.mark.kind else {
        return None;
    };
    let [a, b, c, d, ..] = matrix.as_coeffs();
    // A pixel is a place, not an area: what is one pixel wide or high has no resolution.
    let along = |pixels: u32, points: f64| {
        if pixels > 1 { f64::from(pixels) / (points / 72.0).max(1e-6) } else { f64::INFINITY }
    };
    let (wide, high) = ((a * a + b * b).sqrt(), (c * c + d * d).sqrt());
    let ppi = along(*width, wide).min(along(*height, high));
    if let Some((width, height)) = *mask {
        let ppi = along(width, wide).min(along(height, high));
        let least = findings.profile.limit(&rules::MASK_RESOLUTION_PPI);
        if ppi < least {
            let message = say!(
                "a soft mask of {width} × {height} pixels is printed at {ppi} ppi, below {least}",
                width,
                height,
                ppi = format!("{ppi:.0}"),
                least
            );
            let hint = say!("export the picture with a finer mask: its edges show steps");
            findings.report(&rules::MASK_RESOLUTION, seen.at(), message, hint);
        }
    }
    let limits = if *bitmap {
        [&rules::RESOLUTION_BITMAP_PPI, &rules::RESOLUTION_ADVICE_BITMAP_PPI]
    } else {
        [&rules::RESOLUTION_PPI, &rules::RESOLUTION_ADVICE_PPI]
    };
    for (rule, limit) in [&rules::RESOLUTION, &rules::RESOLUTION_ADVICE].into_iter().zip(limits) {
        let least = findings.profile.limit(limit);
        if ppi < least && findings.profile.severity(rule).is_some() {
            let message = say!(
                "an image of {width} × {height} pixels is printed at {ppi} ppi, below {least}",
                width,
                height,
                ppi = format!("{ppi:.0}"),
                least
            );
            findings.report(
                rule,
                seen.at(),
                message,
                say!("use a larger picture, or print it smaller"),
            );
            break;
        }
    }
    Some(ppi)
}
