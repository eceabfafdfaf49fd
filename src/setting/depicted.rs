//! The proof that each picture of the content stands on a page, and can be seen there.
//!
//! A picture is known by its bytes, whatever the template makes of its size and place: one that is
//! shown twice must stand twice.

use l10n::say;
use source::Diagnostic;
use typst::foundations::Bytes;
use typst::layout::{FrameItem, Point};
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

use super::area::Area;
use super::expected::Pictured;
use super::frames;
use super::world::ReportWorld;
use crate::rules;

/// The part of a picture that must be seen: one that fills a box is cut at its edges.
const SEEN: f64 = 0.2;
/// The least width and height of what is seen, in points.
const LEAST: f64 = 4.0;

/// A picture on a page.
struct Shown<'a> {
    bytes: &'a Bytes,
    /// Its page, from 1.
    page: usize,
    is_seen: bool,
    /// Whether it is one of the content that was found.
    taken: bool,
}

/// Reports the pictures of these that no page shows.
pub(super) fn check(
    document: &PagedDocument,
    wanted: Vec<Pictured>,
    world: &ReportWorld,
) -> Vec<Diagnostic> {
    if wanted.is_empty() {
        return vec![];
    }
    let mut shown = shown(document);
    let mut out = vec![];
    for Pictured { path, place } in wanted {
        let Some(bytes) = world.bytes(&path).filter(|_| is_known(&path)) else { continue };
        let own = |shown: &&mut Shown| !shown.taken && *shown.bytes == bytes;
        if let Some(found) = shown.iter_mut().filter(own).find(|shown| shown.is_seen) {
            found.taken = true;
            continue;
        }
        let message = match shown.iter_mut().find(own) {
            Some(hidden) => {
                hidden.taken = true;
                say!("this picture cannot be seen on page {page}", page = hidden.page)
            }
            None => say!("this picture is on no page"),
        };
        let hint = say!("where nothing is wrong with the picture, the template does not print it");
        out.push(Diagnostic::of(&rules::LOST_CONTENT, place, message).hint(hint));
    }
    out
}

/// Whether a file reaches the pages as it is: a page of a PDF is set behind the template.
fn is_known(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["svg", "png", "jpg", "jpeg"].contains(&ending.as_str())
}

fn shown(document: &PagedDocument) -> Vec<Shown<'_>> {
    let mut out = vec![];
    for (at, page) in document.pages().iter().enumerate() {
        let size = page.frame.size();
        let whole = Area { x: 0.0, y: 0.0, width: size.x.to_pt(), height: size.y.to_pt() };
        frames::visit(&page.frame, &mut |item, stance| {
            let FrameItem::Image(image, size, _) = item else { return };
            let bytes = match image.kind() {
                ImageKind::Raster(image) => image.data(),
                ImageKind::Svg(image) => image.data(),
                ImageKind::Pdf(_) => return,
            };
            let full = stance.area(Point::zero(), *size);
            let seen = stance.clip.map_or(whole, |clip| clip.common(&whole)).common(&full);
            let is_seen = seen.width.min(seen.height) >= LEAST
                && seen.width * seen.height >= full.width * full.height * SEEN;
            out.push(Shown { bytes, page: at + 1, is_seen, taken: false });
        });
    }
    out
}
