//! The plan of a part, as its template reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::choice::{Choice, Material, Text, lines_of};
use super::seen::{FOOT, Seen, Thing};

/// The lines that a table's parts keep free for the line that says that it goes on.
const CONTINUED: f64 = 2.0;
/// The lines of text that keep a table company on the page where it begins.
const TEXT: f64 = 4.0;
/// The fewest rows that begin or end a table of several parts.
const ROWS: usize = 3;

/// What is planned for a part: the file `/data/plans/ID.json`. What is left out is the template's
/// own.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Plan {
    /// The lines that a page holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lines: Option<usize>,
    /// The lines between text, figures and blocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gap: Option<usize>,
    /// Tracking in ems.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tracking: Option<f64>,
    /// The text's size, its own being 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<f64>,
    /// The tracking in ems of single paragraphs, by the line of the content on which they begin.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) tracked: BTreeMap<usize, f64>,
    /// The lines of the content on which paragraphs begin that go to the next column, so that their
    /// notes stand on the page of their marks.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) breaks: BTreeSet<usize>,
    /// Those whose first and last lines may stand alone: a break before them brings no note home.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) alone: BTreeSet<usize>,
    /// Whether blocks that break (boxes, lists) do so between any two lines. Typst lays a block that
    /// goes on out once more for each page that it is on, and a line that is kept with its next one may
    /// stand on neither of two pages, where figures leave the second but little room.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) loose: bool,
    /// The space between a list's entries, in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) space: Option<f64>,
    /// What spans the columns, by the key that the template gave it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) things: BTreeMap<String, Planned>,
}

/// What is planned for a thing that spans the columns.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Planned {
    /// Its height in lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lines: Option<usize>,
    /// The space in points that brings the text below it back to the grid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pad: Option<f64>,
    /// The space in points above the foot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) above: Option<f64>,
    /// Which of its forms the foot has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) form: Option<usize>,
    /// How many points of it what stands there may grow by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) air: Option<f64>,
    /// The rows of each of the parts that a table is set in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rows: Vec<usize>,
    /// Whether it stands at its page's head.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<&'static str>,
    /// Before how many blocks of the text it is put in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) early: Option<usize>,
    /// Whether it stands in the text where it is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) here: bool,
    /// The space in points at the foot of the page before it, so that the text there ends level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<f64>,
    /// Whether it stands in the columns.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) columns: bool,
}

/// Rounds to a thousandth, so that the file can be read.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// A space in points to a thousandth, and never more than it is: what fills a page to its last line
/// would not fit any more.
fn room(value: f64) -> f64 {
    (value.max(0.0) * 1000.0 + 1e-6).floor() / 1000.0
}

/// Where a table is parted, whose parts so far are `pieces`: the first fills what its page has left,
/// each of the others a page. Empty for what is no table.
pub(super) fn parted(pieces: &[&Thing], seen: &Seen) -> Vec<usize> {
    let pitch = seen.setting.pitch;
    let page = seen.setting.lines as f64 * pitch;
    let Some(first) = pieces.first().filter(|first| !first.rows.is_empty()) else { return vec![] };
    let mut heights = vec![];
    for piece in pieces {
        let ends = piece.rows.iter().skip(1).copied().chain([piece.height]);
        heights.extend(piece.rows.iter().zip(ends).map(|(start, end)| end - start));
    }
    let around = |thing: &&Thing| {
        thing.page == first.page && thing.key != FOOT && !pieces.iter().any(|p| p.key == thing.key)
    };
    let others: f64 = seen.things.iter().filter(around).map(|thing| thing.height + pitch).sum();
    let head = first.rows[0] + CONTINUED * pitch;
    let whole = page - head;
    shared(&heights, whole - others - TEXT * pitch, whole)
}

/// How many of the rows go into each part, none of which begins or ends the table with a row or two
/// if that can be.
fn shared(heights: &[f64], first: f64, whole: f64) -> Vec<usize> {
    let mut out = packed(heights, first, whole);
    // A row or two under a title look torn out.
    if out.len() > 1 && out[0] < ROWS {
        out = packed(heights, whole, whole);
    }
    if let [.., before, last] = &mut out[..]
        && *last < ROWS
        && *before >= 2 * ROWS
    {
        *before -= ROWS - *last;
        *last = ROWS;
    }
    out
}

/// How many of the rows go into each part, where the first has so much room and each of the others
/// so much.
fn packed(heights: &[f64], first: f64, other: f64) -> Vec<usize> {
    let (mut room, mut used) = (first, 0.0);
    let mut out = vec![];
    for height in heights {
        if out.is_empty() || used + height > room {
            if !out.is_empty() {
                room = other;
            }
            out.push(0);
            used = 0.0;
        }
        if let Some(count) = out.last_mut() {
            *count += 1;
        }
        used += height;
    }
    out
}

impl Plan {
    /// The plan that has a part measured at a setting of its text, with a form of its foot.
    pub(super) fn measuring(text: Text, form: usize) -> Self {
        let mut plan = Self::set(text);
        if form > 0 {
            plan.things.entry(FOOT.into()).or_default().form = Some(form);
        }
        plan
    }

    fn set(text: Text) -> Self {
        let mut plan = Self::default();
        plan.set_text(text);
        plan
    }

    /// Sets the part's text so.
    pub(super) fn set_text(&mut self, text: Text) {
        let own = Text::OWN;
        self.tracking = (text.tracking != own.tracking).then(|| rounded(text.tracking));
        self.size = (text.size != own.size).then_some((text.size * 1e5).round() / 1e5);
    }

    /// Whether there was room for the foot.
    pub(super) fn has_foot(&self) -> bool {
        self.things.get(FOOT).is_some_and(|foot| foot.above.is_some())
    }

    /// Whether the other plan differs from this one in nothing but the space above the foot.
    pub(super) fn differs_by_room(&self, other: &Self) -> bool {
        let without = |plan: &Self| {
            let mut plan = plan.clone();
            if let Some(foot) = plan.things.get_mut(FOOT) {
                (foot.above, foot.air) = (None, None);
            }
            plan
        };
        self != other && without(self) == without(other)
    }

    /// The plan of a choice; `free` is the number of lines below the text on the part's last page, once
    /// that is known; `lift` the lines by which text on a page, from 0, begins lower.
    pub(super) fn of(
        seen: &Seen,
        material: &Material,
        (text, choice): (Text, Choice),
        free: Option<usize>,
        lift: Option<(usize, usize)>,
    ) -> Self {
        let setting = &seen.setting;
        let mut plan = Self::set(text);
        plan.lines = Some(choice.lines);
        plan.gap = Some(choice.gap);
        let pitch = setting.pitch;
        let same = setting.lines == choice.lines;
        let mut packed = material.packed(&choice);
        if let Some((page, lines)) = lift {
            let heads = material.wide.iter().zip(&packed.pages);
            let last = heads.enumerate().rfind(|(_, (wide, at))| wide.head && **at == page);
            if let Some((at, _)) = last {
                packed.holes[at] += lines;
            }
        }
        let wide = seen.things.iter().filter(|thing| thing.key != FOOT);
        for ((thing, wide), hole) in wide.zip(&material.wide).zip(packed.holes) {
            let mut planned = Planned::default();
            if thing.bounds.is_some() {
                planned.lines = Some(wide.lines(&choice));
            }
            if same {
                let whole = (lines_of(thing.height, pitch) + hole) as f64 * pitch;
                planned.pad = Some(room(whole - thing.height));
            }
            plan.things.insert(thing.key.clone(), planned);
        }
        let foot = material.foot(choice.form);
        if foot.is_some() {
            plan.things.entry(FOOT.into()).or_default().form = Some(choice.form);
        }
        if let (Some(free), true) = (free, same) {
            let height = free as f64 * pitch;
            let planned = plan.things.entry(FOOT.into()).or_default();
            planned.air = foot.map(|foot| {
                let free = height - foot - choice.gap as f64 * pitch;
                room(free.min(setting.vary.foot as f64 * pitch))
            });
            let own = foot.unwrap_or(0.0) + planned.air.unwrap_or(0.0);
            planned.above = Some(room(height - own));
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn a_table_begins_and_ends_with_some_rows() {
        let rows = |count| vec![10.0; count];
        for (count, first, right) in [
            (30, 400.0, vec![30]),
            (50, 100.0, vec![10, 40]),
            (45, 15.0, vec![40, 5]),
            (41, 25.0, vec![38, 3]),
            (51, 100.0, vec![10, 38, 3]),
            (4, 15.0, vec![4]),
        ] {
            assert_eq!(shared(&rows(count), first, 400.0), right, "{count} rows, {first}");
        }
        // Where a page has few rows, they stay.
        assert_eq!(shared(&[200.0; 5], 400.0, 400.0), [2, 2, 1]);
    }
}
