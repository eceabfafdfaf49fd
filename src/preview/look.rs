//! What can be seen of a page: its drawing, and a number that differs where the drawing does.

use std::hash::{DefaultHasher, Hash, Hasher};

use typst::layout::{Abs, Frame, FrameItem, Sides};
use typst_layout::Page;
use typst_svg::SvgOptions;

use super::runs;

/// A page as SVG, with so much of what lies beyond its trim on each side, in points.
pub fn svg(page: &Page, bleed: f64) -> String {
    // What runs off the page is drawn in every profile; only the page's box leaves it out.
    let mut page = page.clone();
    page.bleed = Sides::splat(Abs::pt(bleed));
    runs::joined(&typst_svg::svg(&page, &SvgOptions { render_bleed: true, pretty: false }))
}

/// A name of what can be seen. Where things were written, and what only the program reads, is no part of it.
pub fn name(page: &Page) -> String {
    let mut hasher = DefaultHasher::new();
    page.fill.hash(&mut hasher);
    frame(&page.frame, &mut hasher);
    format!("{:016x}", hasher.finish())
}

fn frame(of: &Frame, hasher: &mut DefaultHasher) {
    of.size().hash(hasher);
    for (at, item) in of.items() {
        match item {
            FrameItem::Group(group) => {
                (at, group.transform, &group.clip).hash(hasher);
                frame(&group.frame, hasher);
            }
            FrameItem::Text(text) => {
                (at, &text.font, text.size, &text.fill, &text.stroke).hash(hasher);
                for glyph in &text.glyphs {
                    (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(hasher);
                }
            }
            FrameItem::Shape(shape, _) => (at, shape).hash(hasher),
            FrameItem::Image(image, size, _) => (at, image, size).hash(hasher),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
