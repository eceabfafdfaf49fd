//! Page drawings.

use typst::layout::{Abs, Sides};
use typst_layout::Page;
use typst_svg::SvgOptions;

use super::runs;

/// Renders a page as SVG, including a bleed beyond its trim on each side, in points.
pub(super) fn svg(page: &Page, bleed: f64) -> String {
    // What runs off the page is drawn in every profile; only the page's box leaves it out.
    let mut page = page.clone();
    page.bleed = Sides::splat(Abs::pt(bleed));
    runs::joined(&typst_svg::svg(&page, &SvgOptions { render_bleed: true, pretty: false }))
}
