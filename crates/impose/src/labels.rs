//! Labels for the binder on folded sheets: the side, and marks that show whether signatures are
//! in order.
//!
//! Figures are drawn of seven strokes, so that a file of sheets needs no font for them.

use std::fmt::Write;

use super::layout::{GAP, LENGTH, Layout, MM};
use super::order::Side;
use super::rect::numbers;

/// A figure's size, the thickness of its strokes, and the advance to the next one.
const FIGURE: (f64, f64) = (1.4 * MM, 2.8 * MM);
const STROKE: f64 = 0.25 * MM;
const STEP: f64 = 2.2 * MM;
/// The distance from the trim's left edge, clear of the crop mark.
const INDENT: f64 = 4.0 * MM;

/// The size of a collation mark, and the position of the first one below the head.
const COLLATION: (f64, f64) = (2.0 * MM, 6.0 * MM);
const HEAD: f64 = 15.0 * MM;

/// The strokes of each figure: head, upper left and right, middle, lower left and right, foot.
const STROKES: [u8; 10] = [
    0b111_0111, 0b001_0010, 0b101_1101, 0b101_1011, 0b011_1010, 0b110_1011, 0b110_1111, 0b101_0010,
    0b111_1111, 0b111_1011,
];
const DASH: u8 = 0b000_1000;

/// Draws the label of a side below its left page: the signature if there are several, the sheet
/// within it, and 1 for its front or 2 for its back. The back of each signature has a collation
/// mark, one step lower than on the previous one.
pub(crate) fn content(layout: &Layout, side: &Side) -> String {
    if !layout.folded {
        return String::new();
    }
    let trim = layout.trim();
    let parts = side
        .signature
        .map(|signature| signature + 1)
        .into_iter()
        .chain([side.depth + 1, 1 + usize::from(side.back)]);
    let label = parts.map(|part| part.to_string()).collect::<Vec<_>>().join("-");
    let y = trim.bottom - layout.bleed - GAP - (LENGTH + FIGURE.1) / 2.0;
    let mut out = String::from("q /All cs 1 scn\n");
    for (at, c) in label.chars().enumerate() {
        let strokes =
            c.to_digit(10).and_then(|digit| STROKES.get(digit as usize)).copied().unwrap_or(DASH);
        figure(&mut out, trim.left + INDENT + at as f64 * STEP, y, strokes);
    }
    if let Some(signature) = side.signature.filter(|_| side.depth == 0 && !side.back) {
        let room = ((trim.height() - 2.0 * HEAD) / COLLATION.1).floor().max(1.0);
        let top = trim.top - HEAD - (signature as f64 % room) * COLLATION.1;
        let left = (trim.left + trim.right - COLLATION.0) / 2.0;
        // In black alone: four plates in full do not dry on a fold.
        let mark = numbers(&[left, top - COLLATION.1, COLLATION.0, COLLATION.1]);
        _ = writeln!(out, "0 0 0 1 k {mark} re f");
    }
    out.push_str("Q\n");
    out
}

/// Draws a figure from its lower left corner.
fn figure(out: &mut String, x: f64, y: f64, strokes: u8) {
    let (width, height) = FIGURE;
    let half = height / 2.0;
    let (right, middle, head) = (x + width - STROKE, y + half - STROKE / 2.0, y + height - STROKE);
    let places = [
        (x, head, width, STROKE),
        (x, y + half, STROKE, half),
        (right, y + half, STROKE, half),
        (x, middle, width, STROKE),
        (x, y, STROKE, half),
        (right, y, STROKE, half),
        (x, y, width, STROKE),
    ];
    for (at, (x, y, width, height)) in places.into_iter().enumerate() {
        if strokes & (1 << (6 - at)) != 0 {
            // Writing to a string does not fail.
            _ = writeln!(out, "{} re f", numbers(&[x, y, width, height]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_their_strokes() {
        let counts = STROKES.map(u8::count_ones);
        assert_eq!(counts, [6, 2, 5, 5, 4, 5, 6, 3, 7, 6]);
        let mut out = String::new();
        figure(&mut out, 0.0, 0.0, DASH);
        assert_eq!(out.lines().count(), 1);
    }
}
