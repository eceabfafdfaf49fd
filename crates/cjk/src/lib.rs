//! Chinese characters as a typesetter sees them.
//!
//! The one place that knows which characters are Han, which are marks, which are invisible, which
//! words are units, and what goes between two characters. It has no dependencies and knows no
//! document format.
//!
//! ```
//! use cjk::{is_han, is_mark, tidy, units::is_unit};
//!
//! assert!(is_han('汉') && is_mark('，') && is_unit("km/h"));
//! assert_eq!(tidy("2025 十大 AI 技术趋势"), "2025十大AI技术趋势");
//! ```

mod classes;
mod invisible;
pub mod stitch;
mod stray;
pub mod units;

use std::ops::Range;

pub use classes::{
    QUARTER_SPACE, WORD_JOINER, ends_a_quantity, is_blank, is_cjk, is_closing, is_half_empty,
    is_han, is_ideograph, is_latin, is_magnitude, is_mark, is_opening, is_range_dash, is_shared,
    is_wide, partner,
};
pub use invisible::{acts_on_terminal, is_invisible, visible};
pub use stray::{cleaned, instead_of, is_stray, meant};

use stitch::{Cell, CellKind};

/// The text with its spaces as the typesetter wants them: see [`stitch::stitch`].
///
/// ```
/// assert_eq!(cjk::tidy("约 5 GHz"), "约5 \u{2060}GHz");
/// ```
pub fn tidy(text: &str) -> String {
    let cells: Vec<_> = text.trim().chars().map(|c| Cell { c, kind: CellKind::Text(0) }).collect();
    stitch::stitch(&cells, 1).concat()
}

/// The typed spaces of a text that print nothing, as ranges of character indices.
///
/// ```
/// let text: Vec<char> = "十大 AI 趋势".chars().collect();
/// assert_eq!(cjk::idle_spaces(&text), [2..3, 5..6]);
/// ```
pub fn idle_spaces(text: &[char]) -> Vec<Range<usize>> {
    let cells: Vec<_> = text.iter().map(|&c| Cell { c, kind: CellKind::Text(0) }).collect();
    stitch::idle_spaces(&cells)
}
