//! B11: content that reaches the trim extends to the edge of the bleed, and small content keeps
//! its distance (GWG 2022, bleed).
//!
//! Both matter only where paper would show: a part of a picture or of a coloured ground that
//! bleeds may end anywhere. So what comes up is a doubt, settled on the plates once the page is
//! painted.

use kurbo::Rect;

use super::file::Sheet;
use super::finding::{At, Findings, MM};
use super::page::Kind;
use super::rules::{self, Rule};
use super::seen::Seen;
use l10n::say;

/// The cutting tolerance, in points: content this close to an edge is at it.
const AT_EDGE: f64 = 0.1 * MM;

/// A possible violation, confirmed if paper shows in a region.
pub(super) struct Doubt {
    pub(super) rule: &'static Rule,
    pub(super) at: At,
    /// The region that must show paper, in points; `None` if the violation is certain.
    pub(super) paper: Option<Rect>,
    pub(super) message: String,
    pub(super) hint: String,
}

/// Checks a mark that is at least partly within the trim.
pub(super) fn mark(seen: &Seen, findings: &Findings) -> Option<Doubt> {
    let mark = seen.mark;
    let text = matches!(mark.kind, Kind::Text { .. });
    let white = mark.paint.flat().is_some_and(|inks| inks.is_white());
    if mark.in_pattern || white && !text {
        return None;
    }
    let (trim, bleed, part) = (seen.sheet.trimmed(), seen.sheet.bled(), mark.bounds);
    let sides = sides(seen.sheet, part);
    let cut = sides.iter().find(|side| side.to_trim <= AT_EDGE && side.to_bleed > AT_EDGE);
    if let Some(side) = cut.filter(|_| !text) {
        return Some(short(side, seen.at(), side.beyond(part, bleed)));
    }
    let distance = findings.profile.limit(&rules::SAFETY_DISTANCE) * MM;
    let size = findings.profile.limit(&rules::SAFETY_SIZE) * MM;
    let small = part.width() <= size && part.height() <= size;
    let near =
        sides.iter().find(|side| side.to_trim < distance - AT_EDGE && side.to_bleed > AT_EDGE);
    let side = near.filter(|_| text || small)?;
    let what = if text { say!("text") } else { say!("a small element") };
    let length = format!("{:.1}", side.to_trim.abs() / MM);
    let message = if side.to_trim < -AT_EDGE {
        say!(
            "{what} is cut: it reaches {length} mm beyond the {side} trim edge",
            what,
            length,
            side = side.told()
        )
    } else {
        say!(
            "{what} is {to_trim} mm from the {side} trim edge",
            what,
            to_trim = length,
            side = side.told()
        )
    };
    let hint = say!("move it inwards: the cut can be off by about a millimetre");
    // Text is lost with whatever is under it.
    let paper = (!text).then(|| side.beyond(part, trim));
    Some(Doubt { rule: &rules::SAFETY, at: seen.at(), paper, message, hint })
}

/// Checks the area that a tiled pattern fills: its tiles are no elements of their own.
pub(super) fn tiled(area: Rect, sheet: &Sheet, findings: &Findings) -> Option<Doubt> {
    findings.profile.severity(&rules::BLEED)?;
    let bleed = sheet.bled();
    let sides = sides(sheet, area);
    let side = sides.iter().find(|side| side.to_trim <= AT_EDGE && side.to_bleed > AT_EDGE)?;
    Some(short(side, sheet.at(area), side.beyond(area, bleed)))
}

fn short(side: &Side, at: At, paper: Rect) -> Doubt {
    let message = say!(
        "an element at the {side} trim edge ends {to_bleed} mm short of the bleed edge",
        side = side.told(),
        to_bleed = format!("{:.1}", side.to_bleed / MM)
    );
    let hint = say!("extend it to the bleed edge, or keep it inside the page");
    Doubt { rule: &rules::BLEED, at, paper: Some(paper), message, hint }
}

/// A side of an object: its distances inwards from the page's edges, in points.
struct Side {
    name: &'static str,
    to_trim: f64,
    to_bleed: f64,
}

fn sides(sheet: &Sheet, part: Rect) -> [Side; 4] {
    let (trim, bleed) = (sheet.trimmed(), sheet.bled());
    let side = |name, to_trim, to_bleed| Side { name, to_trim, to_bleed };
    [
        side("left", part.x0 - trim.x0, part.x0 - bleed.x0),
        side("right", trim.x1 - part.x1, bleed.x1 - part.x1),
        side("lower", part.y0 - trim.y0, part.y0 - bleed.y0),
        side("upper", trim.y1 - part.y1, bleed.y1 - part.y1),
    ]
}

impl Side {
    /// Returns the side's name for messages.
    fn told(&self) -> String {
        match self.name {
            "left" => say!("left"),
            "right" => say!("right"),
            "lower" => say!("lower"),
            _ => say!("upper"),
        }
    }

    /// Returns the strip from an object to an edge on this side.
    fn beyond(&self, part: Rect, edge: Rect) -> Rect {
        let strip = match self.name {
            "left" => Rect::new(edge.x0, part.y0, part.x0, part.y1),
            "right" => Rect::new(part.x1, part.y0, edge.x1, part.y1),
            "lower" => Rect::new(part.x0, edge.y0, part.x1, part.y0),
            _ => Rect::new(part.x0, part.y1, part.x1, edge.y1),
        };
        strip.abs()
    }
}
