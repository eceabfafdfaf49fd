//! The text on the pages, each item with the run of the content that it prints.

use std::collections::BTreeSet;

use super::area::Area;
use super::expected::Expected;
use super::printed::Item;
use typst::layout::{Abs, Point, Ratio, Size};
use typst::text::{Glyph, TextItem};

/// The number of characters that a message shows of a text.
const SHOWN: usize = 8;
/// The height of an item's box above its baseline, in ems: that of Han characters.
const ASCENT: f64 = 0.88;

/// The text on the pages, and whose it is.
pub(super) struct Owned<'a> {
    pub(super) items: &'a [Item<'a>],
    /// For each item, its run's number, if it prints one.
    pub(super) owners: Vec<Option<usize>>,
    pub(super) runs: &'a [Expected],
    /// The blocks of which something is lost: nothing else is told of them.
    pub(super) lost: BTreeSet<(usize, bool)>,
}

impl Owned<'_> {
    /// The run that an item prints.
    pub(super) fn run(&self, item: usize) -> Option<&Expected> {
        self.owners[item].map(|run| &self.runs[run])
    }

    /// The first characters of an item and of what goes on with it on its line.
    pub(super) fn shown(&self, item: usize) -> String {
        let first = &self.items[item];
        let goes_on = |at: &usize| {
            let next = &self.items[*at];
            next.page == first.page
                && self.owners[*at] == self.owners[item]
                && (next.stance.at().y - first.stance.at().y).to_pt().abs() < 0.1 * first.size()
        };
        let line = (item..self.items.len()).take_while(goes_on).take(SHOWN);
        let text = line.flat_map(|at| cjk::visible(&self.items[at].text.text));
        text.filter(|c| !c.is_whitespace()).take(SHOWN).collect()
    }
}

impl Item<'_> {
    /// The item's box on its page: from the beginning of its first character to the end of its
    /// last, and as high as Han characters are.
    pub(super) fn area(&self) -> Area {
        self.part(
            Point::with_y(self.text.size * -ASCENT),
            Size::new(self.text.width(), self.text.size),
        )
    }

    /// Its type size on the page, in points.
    pub(super) fn size(&self) -> f64 {
        self.text.size.to_pt() * self.stance.scale().1
    }

    /// The boxes of the ink of its characters that reach into an area.
    pub(super) fn ink(&self, within: &Area) -> Vec<Area> {
        let size = self.text.size;
        let mut out = vec![];
        let mut x = Abs::zero();
        for glyph in &self.text.glyphs {
            let width = glyph.x_advance.at(size);
            let body = self.part(Point::new(x, size * -1.5), Size::new(width, size * 2.0));
            if body.common(within).width > 0.0 {
                out.extend(self.drawn(glyph, x));
            }
            x += width;
        }
        out
    }

    fn drawn(&self, glyph: &Glyph, x: Abs) -> Option<Area> {
        let alone = TextItem { glyphs: vec![glyph.clone()], ..self.text.clone() };
        let bounds = alone.bbox();
        // Typst gives its lower edge first.
        let (low, high) = (bounds.min, bounds.max);
        let (width, height) = (high.x - low.x, low.y - high.y);
        // Spaces have none.
        let drawn = width > Abs::zero() && height > Abs::zero() && width < Abs::inf();
        let area =
            drawn.then(|| self.part(Point::new(x + low.x, high.y), Size::new(width, height)))?;
        // The box around what is turned is larger than it.
        let spare = if self.is_turned() { 0.25 } else { 0.0 };
        Some(Area {
            x: area.x + spare * area.width,
            y: area.y + spare * area.height,
            width: (1.0 - 2.0 * spare) * area.width,
            height: (1.0 - 2.0 * spare) * area.height,
        })
    }

    /// Whether it is turned by other than right angles.
    fn is_turned(&self) -> bool {
        let transform = self.stance.transform;
        transform.ky.get().abs() > 0.01 && transform.sx.get().abs() > 0.01
    }

    /// A rectangle of its own on the page, as far as nothing cuts it off; what is slanted stands
    /// upright for it.
    fn part(&self, corner: Point, size: Size) -> Area {
        let mut stance = self.stance;
        if stance.transform.ky.get().abs() < 0.01 {
            stance.transform.kx = Ratio::zero();
        }
        let area = stance.area(corner, size);
        stance.clip.map_or(area, |clip| clip.common(&area))
    }
}
