//! A9, B6–B9, B10, H4: text and lines, their fonts, their inks and their overprinting (GWG 2022,
//! text and vector).

use kurbo::Shape;

use super::file::Sheet;
use super::finding::Findings;
use super::page::{Inks, Kind, Mark, Paint, Shown, Space, Width};
use super::rules;
use super::seen::Seen;
use l10n::say;

/// The amount of black ink from which a colour counts as black.
const BLACK: f32 = 0.85;

/// Checks the font of a string: that it is embedded and sound, that it has the glyphs, and that
/// their widths match those in the file.
pub(super) fn shown(shown: &Shown<'_>, sheet: &Sheet, findings: &mut Findings) {
    let (font, at) = (shown.font, sheet.at(shown.place));
    if !shown.embedded {
        let message = say!("the font `{font}` is not embedded", font);
        findings.report(&rules::FONT_EMBEDDED, at, message, say!("embed all fonts"));
    }
    let again = || say!("export the file again with its fonts embedded");
    if shown.broken {
        let message = say!("the program of the font `{font}` is damaged", font);
        findings.report(&rules::FONT_PROGRAM, at, message, again());
    }
    if shown.missing {
        let message = say!("the font `{font}` does not have a glyph that is shown", font);
        findings.report(&rules::GLYPH_MISSING, at, message, again());
    }
    if shown.undefined {
        let message = say!("the font `{font}` shows `.notdef` in place of a character", font);
        let hint = say!("set the character in a font that has it");
        findings.report(&rules::GLYPH_UNDEFINED, at, message, hint);
    }
    for Width { down, said, own } in shown.wrong {
        let (own, said) = (format!("{own:.0}"), format!("{said:.0}"));
        let message = if *down {
            say!("a glyph of `{font}` is {own} high, but the file declares {said}", font, own, said)
        } else {
            say!("a glyph of `{font}` is {own} wide, but the file declares {said}", font, own, said)
        };
        let hint = say!(
            "export the file again with its fonts re-embedded: letters are spaced too tightly or too widely"
        );
        findings.report(&rules::GLYPH_WIDTH, at, message, hint);
    }
}

/// Checks text and lines.
pub(super) fn mark(seen: &Seen, findings: &mut Findings) {
    let mark = seen.mark;
    // Of a gradient, each ink counts at its strongest.
    let strongest;
    let inks = match &mark.paint {
        Paint::Flat { inks, .. } => inks,
        // A shading that fills its clip is neither text nor a line.
        Paint::Gradient(_) if matches!(mark.kind, Kind::Fill) => return,
        Paint::Gradient(gradient) => {
            strongest = gradient.strongest(mark.bounds);
            &strongest
        }
        Paint::Picture(_) => return,
    };
    if mark.paint.flat().is_some() && inks.is_white() && overprints(mark) {
        findings.report(
            &rules::WHITE_OVERPRINT,
            seen.at(),
            say!("white overprints and will not be visible"),
            say!("set white to knock out"),
        );
    }
    match &mark.kind {
        Kind::Text { size, .. } => text(seen, *size, inks, findings),
        Kind::Line { width } => line(seen, *width, inks, findings),
        Kind::Fill => {
            // A thin rectangle is a line; a shading fills its clip, which is none.
            let extent = mark.shape.bounding_box();
            if mark.paint.flat().is_some() {
                line(seen, extent.width().min(extent.height()), inks, findings);
            }
        }
        Kind::Image { .. } => {}
    }
}

fn text(seen: &Seen, size: f64, inks: &Inks, findings: &mut Findings) {
    let profile = findings.profile;
    let at = seen.at();
    if size < profile.limit(&rules::TEXT_OVERPRINT_BELOW)
        && seen.over_colour
        && !overprints(seen.mark)
    {
        let message = say!(
            "black text of {size} pt knocks out the colour under it",
            size = format!("{size:.1}")
        );
        findings.report(
            &rules::TEXT_OVERPRINT,
            at,
            message,
            say!("set black text to overprint, in overprint mode 1"),
        );
    }
    if size < profile.limit(&rules::SMALL_TEXT_BELOW) - 0.005 {
        let message = match inks.count() {
            0 => Some(say!("white text is {size} pt", size = format!("{size:.1}"))),
            1 => None,
            n => Some(say!("text of {size} pt uses {n} inks", size = format!("{size:.1}"), n)),
        };
        if let Some(message) = message {
            findings.report(
                &rules::SMALL_TEXT,
                at,
                message,
                say!("make small text larger, or use one ink"),
            );
        }
    }
    let (black, percent) =
        (profile.limit(&rules::RICH_BLACK_BLACK), profile.limit(&rules::RICH_BLACK_PERCENT));
    let sum = f64::from(inks.sum()) * 100.0;
    if f64::from(inks.cmyk[3]) * 100.0 >= black - 0.01 && sum > percent {
        findings.report(
            &rules::RICH_BLACK,
            at,
            say!("black text has a total ink of {sum} %", sum = format!("{sum:.0}")),
            say!("set text in black ink only"),
        );
    }
    if size < profile.limit(&rules::BODY_BLACK_BELOW) && inks.count() > 1 && is_dark_grey(inks) {
        findings.report(
            &rules::BODY_BLACK,
            at,
            say!("dark text uses {count} inks", count = inks.count()),
            say!("set text in black ink only"),
        );
    }
}

fn line(seen: &Seen, width: f64, inks: &Inks, findings: &mut Findings) {
    hairline(seen, width, inks, findings);
    if width < findings.profile.limit(&rules::LINE_OVERPRINT_BELOW)
        && seen.over_colour
        && !overprints(seen.mark)
    {
        let message = say!(
            "a black line of {width} pt knocks out the colour under it",
            width = format!("{width:.2}")
        );
        findings.report(
            &rules::LINE_OVERPRINT,
            seen.at(),
            message,
            say!("set black lines to overprint, in overprint mode 1"),
        );
    }
    if width < findings.profile.limit(&rules::THIN_LINE_BELOW) - 0.005 && inks.count() != 1 {
        let what = if inks.is_white() {
            say!("white")
        } else {
            say!("in {count} inks", count = inks.count())
        };
        let message =
            say!("a line of {width} pt is printed {what}", width = format!("{width:.2}"), what);
        findings.report(
            &rules::THIN_LINE,
            seen.at(),
            message,
            say!("make thin lines thicker, or use one ink"),
        );
    }
}

/// Checks that a line is wide enough to be printed at all, and that it has few inks if it is thin.
fn hairline(seen: &Seen, width: f64, inks: &Inks, findings: &mut Findings) {
    let profile = findings.profile;
    if inks.is_white() || !seen.mark.bounds.overlaps(seen.sheet.trimmed()) {
        return;
    }
    let told = format!("{width:.2}");
    let least = profile.limit(&rules::HAIRLINE_LEAST);
    if width < least - 0.005 {
        let message = say!("a line is {width} pt wide, below {least}", width = told.clone(), least);
        let hint = say!("make the line wider: a hairline is as wide as the device makes it");
        findings.report(&rules::HAIRLINE, seen.at(), message, hint);
    }
    let most = profile.limit(&rules::LINE_INKS_INKS);
    let bleeds = profile.limit(&rules::THIN_LINE_BELOW) - 0.005;
    if width < profile.limit(&rules::LINE_INKS_BELOW) - 0.005
        && width >= bleeds
        && inks.count() as f64 > most
    {
        let count = inks.count();
        let message = say!("a line of {width} pt is printed in {count} inks", width = told, count);
        let hint =
            say!("use fewer inks: where plates are out of register, the line has coloured edges");
        findings.report(&rules::LINE_INKS, seen.at(), message, hint);
    }
}

/// Returns whether black leaves the inks beneath it: DeviceCMYK needs mode 1; grey always knocks
/// out.
fn overprints(mark: &Mark) -> bool {
    match mark.paint.space().base() {
        Space::Cmyk => mark.overprint && mark.keep_zero,
        Space::Colorants { .. } => mark.overprint,
        _ => false,
    }
}

/// Returns whether inks mix to a dark grey or a black.
fn is_dark_grey(inks: &Inks) -> bool {
    let [c, m, y, k] = inks.cmyk;
    let (least, most) = (c.min(m).min(y), c.max(m).max(y));
    k >= BLACK || (least + k >= 0.7 && most - least <= 0.2)
}
