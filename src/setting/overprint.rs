//! The proof that no text of the content stands over other text.
//!
//! Boxes of items are swept band by band, so a page takes little more time than it has items; where
//! two boxes lie over each other, the ink of their characters decides. What the template marks as
//! an ornament (`pdf.artifact`) may lie behind text, and so may what is far larger and says little,
//! and dots and rules of its own.

use super::area::Area;
use super::expected::{Expected, Kind};
use super::owned::Owned;
use crate::rules;
use l10n::say;
use source::Diagnostic;
use typst::visualize::Paint;

/// The height of a band in points: about a line's.
const BAND: f64 = 16.0;
/// How far ink may reach over other ink, in points or in ems of the smaller, whichever is more.
const WIDTH: (f64, f64) = (1.0, 0.1);
/// How far it may, as a share of the lower one's height.
const HEIGHT: f64 = 0.25;
/// How far lines of one run may: leading may be tight.
const LEADING: f64 = 0.5;
/// How much larger an ornament's type is, and how many characters it has at most.
const ORNAMENT: (f64, usize) = (2.0, 3);

/// Reports the text that stands over other text, each block once.
pub(super) fn check(text: &Owned) -> Vec<Diagnostic> {
    let mut told = text.lost.clone();
    let mut out = vec![];
    let mut start = 0;
    for page in text.items.chunk_by(|a, b| a.page == b.page) {
        let boxes: Vec<Area> = page.iter().map(super::printed::Item::area).collect();
        sweep(&boxes, &mut |a, b| {
            let (a, b) = (start + a.min(b), start + a.max(b));
            let Some((upper, run, lower)) = accused(text, a, b) else { return };
            let others = text.run(lower).is_some_and(|run| text.lost.contains(&run.whole()));
            if !others && !told.contains(&run.whole()) && is_over(text, upper, lower) {
                told.insert(run.whole());
                out.push(overprint(text, upper, run, lower));
            }
        });
        start += page.len();
    }
    out
}

/// Shows each two boxes that lie over each other by more than a little.
fn sweep(boxes: &[Area], see: &mut impl FnMut(usize, usize)) {
    let band = |y: f64| (y.clamp(-1e5, 1e5) / BAND).floor() as i64;
    let mut entries: Vec<(i64, usize)> = vec![];
    for (at, area) in boxes.iter().enumerate().filter(|(_, area)| area.width > 0.0) {
        entries.extend((band(area.y)..=band(area.y + area.height)).map(|band| (band, at)));
    }
    let left = |at: usize| boxes[at].x;
    entries.sort_unstable_by(|(a, i), (b, j)| {
        a.cmp(b).then(left(*i).total_cmp(&left(*j))).then(i.cmp(j))
    });
    for entries in entries.chunk_by(|a, b| a.0 == b.0) {
        let mut open: Vec<usize> = vec![];
        for (here, at) in entries {
            let area = &boxes[*at];
            open.retain(|other| boxes[*other].x + boxes[*other].width > area.x + WIDTH.0);
            for other in &open {
                // Two that meet in several bands are shown in the first.
                let first = band(area.y).max(band(boxes[*other].y));
                let common = area.common(&boxes[*other]);
                if first == *here && common.height > 0.5 && common.width > WIDTH.0 {
                    see(*other, *at);
                }
            }
            open.push(*at);
        }
    }
}

/// Of two items, the one that is told, with its run, and the other; `None` where they may meet.
fn accused<'a>(text: &'a Owned, a: usize, b: usize) -> Option<(usize, &'a Expected, usize)> {
    let (upper, lower) = match (text.owners[a], text.owners[b]) {
        (None, None) => return None,
        (Some(_), None) => (a, b),
        (Some(one), Some(other)) if one > other => (a, b),
        _ => (b, a),
    };
    let (one, other) = (&text.items[a], &text.items[b]);
    let (boxes, sizes) = ([one.area(), other.area()], [one.size(), other.size()]);
    let common = boxes[0].common(&boxes[1]);
    let em = sizes[0].min(sizes[1]);
    if common.width <= WIDTH.0.max(WIDTH.1 * em) {
        return None;
    }
    // Ornaments, and what cannot be seen.
    let large = if sizes[0] > sizes[1] { a } else { b };
    let count = text.items[large].text.text.chars().count();
    let is_ornament = text.owners[large].is_none() || count <= ORNAMENT.1;
    if sizes[0].max(sizes[1]) > ORNAMENT.0 * em && is_ornament {
        return None;
    }
    let is_clear = |at: usize| {
        let item = text.items[at].text;
        matches!(&item.fill, Paint::Solid(colour) if colour.alpha() == Some(0.0))
            && item.stroke.is_none()
    };
    if is_clear(a) || is_clear(b) {
        return None;
    }
    // Dots and rules of the template's own, which stand close to what they mark.
    let is_mark = |at: usize| {
        text.owners[at].is_none() && !text.items[at].text.text.contains(char::is_alphanumeric)
    };
    if is_mark(a) || is_mark(b) {
        return None;
    }
    let away = (boxes[0].y - boxes[1].y).abs();
    let (run, under) = (text.run(upper)?, text.run(lower));
    let may_meet = match under {
        // Signs of one formula: limits stand in the bend of an integral. Which of two equal formulas
        // a sign belongs to, nobody knows.
        Some(under) if under.formula && run.formula => true,
        _ if run.formula && one.text.font == other.text.font => true,
        // A shadow.
        None if one.text.text == other.text.text => {
            away < 0.3 * em && (boxes[0].x - boxes[1].x).abs() < 0.3 * em
        }
        Some(under) if under.whole() != run.whole() => false,
        // On one line, signs are set into each other's space.
        _ if away < 0.15 * em => common.width < if same(text, a, b) { em } else { 0.3 * em },
        // Raised and lowered characters, accents, and tight leading.
        _ => same(text, a, b) && common.height < LEADING * em,
    };
    (!may_meet).then_some((upper, run, lower))
}

fn same(text: &Owned, a: usize, b: usize) -> bool {
    text.owners[a] == text.owners[b]
}

/// Whether the ink of two items lies over each other.
fn is_over(text: &Owned, a: usize, b: usize) -> bool {
    let share = if same(text, a, b) { LEADING } else { HEIGHT };
    let (one, other) = (&text.items[a], &text.items[b]);
    let least = WIDTH.0.max(WIDTH.1 * one.size().min(other.size()));
    let (around, within) = (other.area(), one.area());
    let inks = other.ink(&within);
    one.ink(&around).iter().any(|ink| {
        inks.iter().any(|under| {
            let common = ink.common(under);
            common.width > least && common.height > share * ink.height.min(under.height)
        })
    })
}

fn overprint(text: &Owned, upper: usize, run: &Expected, lower: usize) -> Diagnostic {
    let message = say!(
        "{what} stands over other text on page {page}: `{text}` over `{other}`",
        what = run.kind.name(),
        page = text.items[upper].page,
        text = text.shown(upper),
        other = text.shown(lower)
    );
    Diagnostic::of(&rules::OVERPRINT, run.place.clone(), message).hint(hint(run.kind))
}

pub(super) fn hint(kind: Kind) -> String {
    match kind {
        Kind::Table => {
            say!(
                "shorten the longest words in this row, or split the table into tables of fewer rows or columns"
            )
        }
        Kind::Chart => say!("shorten its labels, or split its data into charts of fewer rows"),
        _ => say!(
            "shorten it or what stands beside it; where that does not help, the template prints both in one place"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_that_lie_over_each_other_are_shown_once() {
        let area = |x, y, width, height| Area { x, y, width, height };
        let boxes = [
            area(0.0, 0.0, 100.0, 10.0),
            area(0.0, 10.2, 100.0, 10.0),
            area(100.5, 0.0, 50.0, 100.0),
            area(90.0, 5.0, 30.0, 40.0),
            area(149.5, 0.0, 50.0, 10.0),
        ];
        let mut pairs = vec![];
        sweep(&boxes, &mut |a, b| pairs.push((a.min(b), a.max(b))));
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 3), (1, 3), (2, 3)]);
    }

    #[test]
    fn thousands_of_boxes_take_no_time_of_their_square() {
        let at = |i: usize| Area {
            x: (i % 200) as f64 * 3.0,
            y: (i / 200) as f64 * 9.0,
            width: 2.9,
            height: 8.0,
        };
        let boxes: Vec<Area> = (0..40_000).map(at).collect();
        sweep(&boxes, &mut |a, b| panic!("{a} and {b} are apart"));
    }
}
