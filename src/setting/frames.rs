//! The one walk over the frames of a page: each item with its place, whatever groups it stands in.

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;

use super::area::Area;

/// Where an item of a frame stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stance {
    /// From the item's own coordinates to the page's, in points from the page's upper left corner.
    pub(crate) transform: Transform,
    /// The part of the page that the groups around it leave: what lies outside is cut off.
    pub(crate) clip: Option<Area>,
}

impl Stance {
    /// The item's origin on the page.
    pub(crate) fn at(&self) -> Point {
        Point::zero().transform(self.transform)
    }

    /// Whether a group around it cuts off what lies outside of the group.
    pub(crate) fn is_clipped(&self) -> bool {
        self.clip.is_some()
    }

    /// The rectangle on the page around one of the item's own: from `corner`, of a size.
    pub(crate) fn area(&self, corner: Point, size: Size) -> Area {
        let far = corner + size.to_point();
        let corners = [corner, Point::new(far.x, corner.y), Point::new(corner.x, far.y), far];
        let corners = corners.map(|corner| corner.transform(self.transform));
        let least =
            |of: fn(&Point) -> Abs| corners.iter().map(of).fold(Abs::inf(), Abs::min).to_pt();
        let most =
            |of: fn(&Point) -> Abs| corners.iter().map(of).fold(-Abs::inf(), Abs::max).to_pt();
        let (x, y) = (least(|p| p.x), least(|p| p.y));
        Area { x, y, width: most(|p| p.x) - x, height: most(|p| p.y) - y }
    }

    /// The factors by which the item is drawn wider and higher than it is set.
    pub(crate) fn scale(&self) -> (f64, f64) {
        let Transform { sx, ky, kx, sy, .. } = self.transform;
        let length = |a: f64, b: f64| (a * a + b * b).sqrt();
        (length(sx.get(), ky.get()), length(kx.get(), sy.get()))
    }
}

/// Shows each item of a frame and of the groups in it, in the order in which they are drawn; a
/// group comes before what is in it.
pub(crate) fn visit<'a>(frame: &'a Frame, see: &mut impl FnMut(&'a FrameItem, Stance)) {
    walk(frame, Stance { transform: Transform::identity(), clip: None }, see);
}

fn walk<'a>(frame: &'a Frame, around: Stance, see: &mut impl FnMut(&'a FrameItem, Stance)) {
    for (offset, item) in frame.items() {
        let transform = around.transform.pre_concat(Transform::translate(offset.x, offset.y));
        let here = Stance { transform, ..around };
        see(item, here);
        if let FrameItem::Group(group) = item {
            let transform = transform.pre_concat(group.transform);
            let mut inner = Stance { transform, clip: around.clip };
            if let Some(clip) = &group.clip {
                let extent = clip.bbox(None);
                let own = inner.area(extent.min, extent.size().to_point().to_size());
                inner.clip = Some(around.clip.map_or(own, |outer| outer.common(&own)));
            }
            walk(&group.frame, inner, see);
        }
    }
}

/// Whether text at `(x, y)` goes on with the line that ends at `end` on `baseline`: text that is
/// raised or lowered is on its line; another line is further down, or in another column. All in
/// points.
pub(crate) fn goes_on(end: f64, baseline: f64, x: f64, y: f64, size: f64) -> bool {
    (baseline - y).abs() < 0.7 * size && (x - end).abs() < size
}

/// The box of a text on the page, as high as its size, `ascent` of it (in ems) above the baseline.
pub(crate) fn text_box(text: &TextItem, stance: Stance, ascent: f64) -> Area {
    let top = -text.size * ascent;
    stance.area(Point::with_y(top), Size::new(text.width(), text.size))
}

#[cfg(test)]
mod tests {
    use typst::layout::{Angle, GroupItem, Ratio};
    use typst::model::{Destination, Url};

    use super::*;

    /// A frame that holds another in a group.
    fn group(inner: Frame, at: Point, transform: Transform) -> Frame {
        let mut outer = Frame::soft(Size::splat(Abs::pt(500.0)));
        let group = GroupItem { frame: inner, transform, clip: None, label: None, parent: None };
        outer.push(at, FrameItem::Group(group));
        outer
    }

    #[test]
    fn places_follow_groups_that_are_moved_scaled_and_turned() {
        let mut inner = Frame::soft(Size::splat(Abs::pt(10.0)));
        inner.push(
            Point::splat(Abs::pt(3.0)),
            FrameItem::Link(Destination::Url(Url::new("a").expect("one")), Size::zero()),
        );
        let turned = Transform::rotate(Angle::deg(90.0))
            .pre_concat(Transform::scale(Ratio::new(2.0), Ratio::new(2.0)));
        let page = group(inner, Point::splat(Abs::pt(100.0)), turned);
        let mut places = vec![];
        visit(&page, &mut |item, stance| {
            if let FrameItem::Link(..) = item {
                let area = stance.area(Point::zero(), Size::new(Abs::pt(4.0), Abs::pt(1.0)));
                places.push((stance.scale(), area));
            }
        });
        let [((wide, high), area)] = places[..] else { panic!("{places:?}") };
        assert!((wide - 2.0).abs() < 1e-9 && (high - 2.0).abs() < 1e-9);
        // (3, 3) scaled is (6, 6), turned by a right angle (-6, 6): from there 2 to the left and
        // 8 down.
        let expected = Area { x: 92.0, y: 106.0, width: 2.0, height: 8.0 };
        for (a, b) in [
            (area.x, expected.x),
            (area.y, expected.y),
            (area.width, expected.width),
            (area.height, expected.height),
        ] {
            assert!((a - b).abs() < 1e-6, "{area:?}");
        }
    }
}
