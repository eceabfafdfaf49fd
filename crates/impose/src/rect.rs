//! Rectangles and matrices in points, y upwards, as in PDF (ISO 32000-1, 7.9.5 and 8.3.3).

use lopdf::{Document, Object};

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The bottom edge.
    pub bottom: f64,
    /// The right edge.
    pub right: f64,
    /// The top edge.
    pub top: f64,
}

impl Rect {
    /// Reads an array of four numbers, which may name any two opposite corners.
    pub fn of(object: &Object, document: &Document) -> Option<Self> {
        let array = document.dereference(object).ok()?.1.as_array().ok()?;
        let number = |part| Some(f64::from(document.dereference(part).ok()?.1.as_float().ok()?));
        let parts: Vec<f64> = array.iter().map(number).collect::<Option<_>>()?;
        let [x, y, z, w]: [f64; 4] = parts.try_into().ok()?;
        Some(Self { left: x.min(z), bottom: y.min(w), right: x.max(z), top: y.max(w) })
    }

    /// Creates a rectangle from its lower left corner and its size.
    pub fn at(left: f64, bottom: f64, width: f64, height: f64) -> Self {
        Self { left, bottom, right: left + width, top: bottom + height }
    }

    /// Returns its width.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Returns its height.
    pub fn height(self) -> f64 {
        self.top - self.bottom
    }

    /// Returns the intersection; its width or height is not above 0 if there is none.
    pub fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// Returns the smallest rectangle around both.
    pub(crate) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    /// Returns the rectangle enlarged by a distance on every side.
    pub fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    /// Returns the rectangle translated.
    pub(crate) fn moved(self, x: f64, y: f64) -> Self {
        Self::at(self.left + x, self.bottom + y, self.width(), self.height())
    }

    /// Returns the smallest rectangle around this one transformed by a matrix.
    pub(crate) fn through(self, [a, b, c, d, e, f]: [f64; 6]) -> Self {
        let corner = |x: f64, y: f64| Self::at(a * x + c * y + e, b * x + d * y + f, 0.0, 0.0);
        corner(self.left, self.bottom)
            .around(corner(self.right, self.bottom))
            .around(corner(self.left, self.top))
            .around(corner(self.right, self.top))
    }

    /// Returns the rectangle as a PDF array.
    pub fn object(self) -> Object {
        let round = |number: f64| Object::Real((number * 1e4).round() as f32 / 1e4);
        Object::Array([self.left, self.bottom, self.right, self.top].map(round).to_vec())
    }
}

/// Formats a number for a content stream: to a ten thousandth of a point, without an exponent.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// Formats numbers for a content stream.
pub fn numbers(values: &[f64]) -> String {
    values.iter().map(|&value| number(value)).collect::<Vec<_>>().join(" ")
}
