//! Lists of entries that do not break: the space between them that fills their pages.

use super::seen::Seen;

/// The steps in which the space between entries varies, in points.
const STEP: f64 = 0.5;

/// A list with a space between its entries.
pub(super) struct Spaced {
    pub(super) space: f64,
    /// How full its last page is.
    pub(super) fill: f64,
    /// By how many lines it is too long (positive) or too short (negative).
    pub(super) excess: i64,
}

/// How many pages entries of these heights take with `space` behind each, and how far down the last
/// one they reach.
fn paged(heights: &[f64], head: f64, space: f64, full: f64) -> (usize, f64) {
    let (mut pages, mut used) = (1, head);
    for height in heights {
        if used + height > full + 0.01 {
            pages += 1;
            used = 0.0;
        }
        used += height + space;
    }
    (pages, used)
}

/// Sets a list to so many pages: with the widest space that keeps to them, or the least.
pub(super) fn spaced(seen: &Seen, [least, most]: [f64; 2], budget: Option<usize>) -> Spaced {
    let heights: Vec<f64> = seen.things.iter().map(|thing| thing.height).collect();
    let head = seen.things.first().map_or(0.0, |thing| thing.top);
    let full = seen.setting.lines as f64 * seen.setting.pitch;
    let steps = ((most - least) / STEP).round().max(0.0) as usize;
    let fits =
        |space: &f64| budget.is_some_and(|budget| paged(&heights, head, *space, full).0 <= budget);
    let space = (0..=steps).rev().map(|step| least + step as f64 * STEP).find(fits);
    let space = space.unwrap_or(least);
    let (pages, used) = paged(&heights, head, space, full);
    let whole = (pages - 1) as f64 * full + used;
    let line = seen.setting.size * 1.5;
    let excess = budget.map_or(0, |budget| {
        let long = ((whole - budget as f64 * full) / line).ceil().max(0.0);
        let short = (((budget as f64 - 1.0) * full - whole) / line).ceil().max(0.0);
        long as i64 - short as i64
    });
    Spaced { space, fill: used / full, excess }
}
