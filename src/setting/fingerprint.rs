//! A hash of a page's visible content.

use std::hash::{DefaultHasher, Hash, Hasher};

use typst::layout::FrameItem;
use typst_layout::{Page, PagedDocument};

use super::frames::{self, Stance};

/// Returns the hash of each page. Source locations and other invisible data do not affect it.
pub fn of(document: &PagedDocument) -> Vec<u64> {
    document.pages().iter().map(of_page).collect()
}

/// Returns the pages, from 1, whose hash changed or that exist on one side only.
pub fn changed(before: &[u64], now: &[u64]) -> Vec<usize> {
    (0..before.len().max(now.len()))
        .filter(|&at| before.get(at) != now.get(at))
        .map(|at| at + 1)
        .collect()
}

/// Returns the hash of a page.
pub fn of_page(page: &Page) -> u64 {
    let mut hasher = DefaultHasher::new();
    page.fill.hash(&mut hasher);
    page.frame.size().hash(&mut hasher);
    frames::visit(&page.frame, &mut |of, stance| item(of, stance, &mut hasher));
    hasher.finish()
}

fn item(item: &FrameItem, stance: Stance, hasher: &mut DefaultHasher) {
    match item {
        FrameItem::Group(group) => {
            (stance.transform, group.transform, group.frame.size(), &group.clip).hash(hasher)
        }
        FrameItem::Text(text) => {
            (stance.transform, &text.font, text.size, &text.fill, &text.stroke).hash(hasher);
            for glyph in &text.glyphs {
                (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset)
                    .hash(hasher);
            }
        }
        FrameItem::Shape(shape, _) => (stance.transform, shape).hash(hasher),
        FrameItem::Image(image, size, _) => (stance.transform, image, size).hash(hasher),
        FrameItem::Link(..) | FrameItem::Tag(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn pages_that_come_and_go_have_changed() {
        assert!(changed(&[1, 2, 3], &[1, 2, 3]).is_empty());
        assert_eq!(changed(&[1, 2, 3], &[1, 5, 3, 4]), [2, 4]);
        assert_eq!(changed(&[1, 2, 3], &[1]), [2, 3]);
    }
}
