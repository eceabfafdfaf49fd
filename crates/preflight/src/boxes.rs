//! A7, B3, B10, H1, H2: the boxes of the pages (ISO 15930-7, 6.6; GWG 2022, page boxes).

use kurbo::Rect;

use super::file::File;
use super::finding::{At, Findings, MM};
use super::rules;
use l10n::say;

/// The tolerance for equal lengths, in points: half a tenth of a millimetre.
const SAME: f64 = 0.05 * MM;

/// Checks the boxes of all pages.
pub(super) fn check(file: &File, findings: &mut Findings) {
    let first = file.pages.first().and_then(|page| page.trim);
    for page in &file.pages {
        let at = At::page(page.number);
        if page.trim.is_none() {
            findings.report(
                &rules::TRIM_BOX,
                at,
                say!("the page has no TrimBox"),
                say!("set a TrimBox to define where the page is cut"),
            );
        } else if page.art.is_some() {
            findings.report(
                &rules::ART_BOX,
                at,
                say!("the page has an ArtBox in addition to its TrimBox"),
                say!("keep only the TrimBox"),
            );
        }
        if page.bleed.is_none() {
            findings.report(
                &rules::BLEED_BOX,
                at,
                say!("the page has no BleedBox"),
                say!("set a BleedBox to define how far the page is printed"),
            );
        }
        for (inner, name, outer, of) in [
            (page.trim, "TrimBox", page.bleed, "BleedBox"),
            (page.trim, "TrimBox", Some(page.media), "MediaBox"),
            (page.bleed, "BleedBox", Some(page.media), "MediaBox"),
        ] {
            if let (Some(inner), Some(outer)) = (inner, outer)
                && !outer.inflate(SAME, SAME).contains_rect(inner)
            {
                findings.report(
                    &rules::BOX_NESTING,
                    at,
                    say!("the {name} extends beyond the {of}", name, of),
                    say!("nest the boxes: TrimBox in BleedBox in MediaBox"),
                );
            }
        }
        if page.crop.is_some() {
            findings.report(
                &rules::CROP_BOX,
                at,
                say!("the CropBox differs from the MediaBox"),
                say!("remove the CropBox"),
            );
        }
        if page.page.raw().contains_key("UserUnit") {
            findings.report(
                &rules::USER_UNIT,
                at,
                say!("the page has a UserUnit"),
                say!("give the page size in points"),
            );
        }
        if page.rotated {
            findings.report(
                &rules::ROTATE,
                at,
                say!("the page is rotated"),
                say!("set the page upright and remove `Rotate`"),
            );
        }
        if let (Some(trim), Some(first)) = (page.trim, first) {
            if !same_size(trim, first) {
                let message = say!(
                    "the page is {size}, the first is {first}",
                    size = size(trim),
                    first = size(first)
                );
                findings.report(
                    &rules::PAGE_SIZE,
                    at,
                    message,
                    say!("give all pages the same trim size"),
                );
            }
            let of = |&[w, h]: &[f64; 2]| same_size(trim, Rect::new(0.0, 0.0, w * MM, h * MM));
            if !findings.profile.sizes().iter().any(of) {
                let message = say!("the page is {size}", size = size(trim));
                findings.report(
                    &rules::SHEET,
                    at,
                    message,
                    say!(
                        "use {sizes}, or agree on the size with the printing house and give it in a profile of your own: `sizes: [[{width}, {height}]]`",
                        sizes = listed(findings.profile.sizes()),
                        width = format!("{:.1}", trim.width() / MM),
                        height = format!("{:.1}", trim.height() / MM)
                    ),
                );
            }
        }
        if let (Some(trim), Some(bleed)) = (page.trim, page.bleed) {
            let wanted = findings.profile.limit(&rules::BLEED_WIDTH_BLEED);
            let sides =
                [trim.x0 - bleed.x0, bleed.x1 - trim.x1, trim.y0 - bleed.y0, bleed.y1 - trim.y1];
            if let Some(side) = sides.iter().find(|side| (*side - wanted * MM).abs() > 2.0 * SAME) {
                let message = say!(
                    "the bleed is {side} mm wide, not {wanted}",
                    side = format!("{:.1}", side / MM),
                    wanted
                );
                findings.report(
                    &rules::BLEED_WIDTH,
                    at,
                    message,
                    say!("set the same bleed on all four sides"),
                );
            }
        }
    }
}

fn same_size(a: Rect, b: Rect) -> bool {
    (a.width() - b.width()).abs() < SAME && (a.height() - b.height()).abs() < SAME
}

/// Sizes in a hint: `210 × 285 mm or 185 × 260 mm`.
fn listed(sizes: &[[f64; 2]]) -> String {
    let named = sizes.iter().map(|[width, height]| format!("{width} × {height} mm"));
    named.collect::<Vec<_>>().join(&say!(" or "))
}

fn size(rect: Rect) -> String {
    format!("{:.1} × {:.1} mm", rect.width() / MM, rect.height() / MM)
}
