//! A9, B6–B9, B10, H4: text and lines, their fonts, their inks and how these overprint (GWG 2022, text and vector).

use kurbo::Shape;

use super::finding::Findings;
use super::inspect::Seen;
use super::page::{Inks, Kind, Mark, Space, Width};
use super::rules;

/// Black enough to be meant as black.
const BLACK: f32 = 0.85;

/// Checks the font of text: that it is embedded, and as wide as the file says.
pub(super) fn font(seen: &Seen, findings: &mut Findings) {
    let Kind::Text { font, embedded, wrong, .. } = &seen.mark.kind else { return };
    if !embedded {
        let message = format!("the font `{font}` is not embedded");
        findings.report(&rules::FONT_EMBEDDED, seen.at(), message, "embed all fonts");
    }
    for Width { said, own } in wrong.iter() {
        let message = format!("a glyph of `{font}` is {own:.0} wide, and set as if it were {said:.0}");
        let hint = "export the file again, with its fonts embedded anew: letters stand too tight or too wide";
        findings.report(&rules::GLYPH_WIDTH, seen.at(), message, hint);
    }
}

/// Checks text and lines.
pub(super) fn mark(seen: &Seen, findings: &mut Findings) {
    let mark = seen.mark;
    let Some(inks) = mark.paint.flat() else { return };
    if mark.overprint && inks.is_white() {
        findings.report(
            &rules::WHITE_OVERPRINT,
            seen.at(),
            "white overprints, so it will not be seen",
            "let white knock out",
        );
    }
    match &mark.kind {
        Kind::Text { size, .. } => text(seen, *size, inks, findings),
        Kind::Line { width } => line(seen, *width, inks, findings),
        Kind::Fill => {
            // A thin rectangle is a line.
            let extent = mark.shape.bounding_box();
            line(seen, extent.width().min(extent.height()), inks, findings);
        }
        Kind::Image { .. } => {}
    }
}

fn text(seen: &Seen, size: f64, inks: &Inks, findings: &mut Findings) {
    let limit = |findings: &Findings, rule, key| findings.profile.limit(rule, key);
    let at = seen.at();
    if size < limit(findings, &rules::TEXT_OVERPRINT, "below") && seen.over_colour && !overprints(seen.mark) {
        let message = format!("black text of {size:.1} pt knocks out the colour under it");
        findings.report(&rules::TEXT_OVERPRINT, at, message, "set black text to overprint, in mode 1");
    }
    if size < limit(findings, &rules::SMALL_TEXT, "below") - 0.005 {
        let message = match inks.count() {
            0 => Some(format!("white text is {size:.1} pt")),
            1 => None,
            n => Some(format!("text of {size:.1} pt is of {n} inks")),
        };
        if let Some(message) = message {
            findings.report(&rules::SMALL_TEXT, at, message, "set small text larger, or in one ink");
        }
    }
    let (black, percent) =
        (limit(findings, &rules::RICH_BLACK, "black"), limit(findings, &rules::RICH_BLACK, "percent"));
    let sum = f64::from(inks.sum()) * 100.0;
    if f64::from(inks.cmyk[3]) * 100.0 >= black - 0.01 && sum > percent {
        findings.report(
            &rules::RICH_BLACK,
            at,
            format!("black text sums to {sum:.0} %"),
            "set text in black ink alone",
        );
    }
    if size < limit(findings, &rules::BODY_BLACK, "below") && inks.count() > 1 && is_dark_grey(inks) {
        findings.report(
            &rules::BODY_BLACK,
            at,
            format!("dark text is of {} inks", inks.count()),
            "set text in black ink alone",
        );
    }
}

fn line(seen: &Seen, width: f64, inks: &Inks, findings: &mut Findings) {
    if width < findings.profile.limit(&rules::LINE_OVERPRINT, "below") && seen.over_colour && !overprints(seen.mark) {
        let message = format!("a black line of {width:.2} pt knocks out the colour under it");
        findings.report(&rules::LINE_OVERPRINT, seen.at(), message, "set black lines to overprint, in mode 1");
    }
    if width < findings.profile.limit(&rules::THIN_LINE, "below") - 0.005 && inks.count() != 1 {
        let what = if inks.is_white() { "white".to_owned() } else { format!("of {} inks", inks.count()) };
        let message = format!("a line of {width:.2} pt is {what}");
        findings.report(&rules::THIN_LINE, seen.at(), message, "draw thin lines thicker, or in one ink");
    }
}

/// Whether black leaves the inks under it: in DeviceCMYK that takes mode 1; grey always knocks out.
fn overprints(mark: &Mark) -> bool {
    match mark.paint.space().base() {
        Space::Cmyk => mark.overprint && mark.keep_zero,
        Space::Colorants { .. } => mark.overprint,
        _ => false,
    }
}

/// Whether inks are mixed to a dark grey or a black.
fn is_dark_grey(inks: &Inks) -> bool {
    let [c, m, y, k] = inks.cmyk;
    let (least, most) = (c.min(m).min(y), c.max(m).max(y));
    k >= BLACK || (least + k >= 0.7 && most - least <= 0.2)
}
