//! A rectangle of a page.

use serde::Serialize;

/// A rectangle of a page, in points from the trim's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Area {
    /// The distance from the left edge.
    pub x: f64,
    /// The distance from the upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
    /// Returns the horizontal and vertical distance of a point from the area; 0 inside it.
    pub fn distance(&self, x: f64, y: f64) -> (f64, f64) {
        let away =
            |value: f64, from: f64, length: f64| (from - value).max(value - from - length).max(0.0);
        (away(x, self.x, self.width), away(y, self.y, self.height))
    }

    /// Returns the smallest rectangle around both.
    pub fn with(&self, other: &Area) -> Area {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let foot = (self.y + self.height).max(other.y + other.height);
        Area { x, y, width: right - x, height: foot - y }
    }

    /// Returns the rectangle that both cover; of no size where they are apart.
    pub(super) fn common(&self, other: &Area) -> Area {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let right = (self.x + self.width).min(other.x + other.width);
        let foot = (self.y + self.height).min(other.y + other.height);
        Area { x, y, width: (right - x).max(0.0), height: (foot - y).max(0.0) }
    }

    /// Whether another rectangle lies within this one, give or take `slack`.
    pub(super) fn holds(&self, other: &Area, slack: f64) -> bool {
        other.x >= self.x - slack
            && other.y >= self.y - slack
            && other.x + other.width <= self.x + self.width + slack
            && other.y + other.height <= self.y + self.height + slack
    }
}

#[cfg(test)]
mod tests {
    use super::Area;

    #[test]
    fn areas_measure_distance_and_grow() {
        let area = Area { x: 10.0, y: 10.0, width: 5.0, height: 5.0 };
        assert_eq!(area.distance(12.0, 12.0), (0.0, 0.0));
        assert_eq!(area.distance(0.0, 20.0), (10.0, 5.0));
        let other = Area { x: 0.0, y: 12.0, width: 1.0, height: 9.0 };
        assert_eq!(area.with(&other), Area { x: 0.0, y: 10.0, width: 15.0, height: 11.0 });
        let part = Area { x: 12.0, y: 9.0, width: 9.0, height: 3.0 };
        assert_eq!(area.common(&part), Area { x: 12.0, y: 10.0, width: 3.0, height: 2.0 });
        assert_eq!(area.common(&other).width, 0.0, "they are apart");
        assert!(area.holds(&area.common(&part), 0.0) && !area.holds(&part, 0.5));
        assert!(area.holds(&Area { x: 9.5, ..area }, 0.6));
    }
}
