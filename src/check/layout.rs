//! What only the finished pages tell.

use crate::diagnostic::{Diagnostic, Place, Problems, rules};
use crate::layout::{Flaws, PlacedDrawing};

/// Below this, a picture looks soft: the limits are those of preflight's house profile.
const ADVISED_PPI: f64 = 295.0;
/// Below this, its pixels can be seen.
const LEAST_PPI: f64 = 149.0;

/// Lines that stand alone, pictures that are too small or in foreign colours, a number of pages that fills no sheet;
/// `tokens` are the template's colours, `parts` is where the settings list the parts.
pub fn layout(flaws: &Flaws, tokens: &[[u8; 3]], parts: &Place, problems: &mut Problems) {
    for drawing in &flaws.drawings {
        problems.extend(foreign(drawing, tokens));
    }
    for (place, page) in &flaws.runts {
        problems.push(
            Diagnostic::of(
                &rules::RUNT,
                place.clone(),
                format!("this paragraph ends on page {page} with one character"),
            )
            .hint("change a word or two in it"),
        );
    }
    for (place, page) in &flaws.strays {
        problems.push(
            Diagnostic::of(
                &rules::STRAY_LINE,
                place.clone(),
                format!("a line of this paragraph stands alone on page {page}"),
            )
            .hint("change a few words before it"),
        );
    }
    for picture in &flaws.pictures {
        let rule = match picture.ppi {
            ppi if ppi < LEAST_PPI => &rules::COARSE,
            ppi if ppi < ADVISED_PPI => &rules::LOW_RESOLUTION,
            _ => continue,
        };
        let (ppi, width) = (picture.ppi.round(), picture.width.round());
        let message = format!("the picture is printed on page {} with {ppi} pixels an inch", picture.page);
        let needed = (picture.width / 25.4 * 300.0).ceil();
        problems.push(
            Diagnostic::of(rule, picture.place.clone(), message)
                .hint(format!("at its width of {width} mm it wants {needed} pixels; an SVG has no limit")),
        );
    }
    if !flaws.pages.is_multiple_of(4) {
        let wanted = flaws.pages.next_multiple_of(4);
        problems.push(
            Diagnostic::of(
                &rules::PAGE_COUNT,
                parts.clone(),
                format!("the report has {} pages, which fill no sheet", flaws.pages),
            )
            .hint(format!("fill {wanted}, or say `check: {{TP0506: off}}` where it is not printed on sheets")),
        );
    }
}

/// The colours of a drawing that are none of the template's; greys are black ink alone. A template that declares none
/// has nothing to compare with.
fn foreign(drawing: &PlacedDrawing, tokens: &[[u8; 3]]) -> Option<Diagnostic> {
    let grey = |[r, g, b]: [u8; 3]| r == g && g == b;
    let mut foreign = drawing.colours.iter().copied().filter(|&colour| !grey(colour) && !tokens.contains(&colour));
    let first = foreign.next().filter(|_| !tokens.is_empty())?;
    let more = match foreign.count() {
        0 => String::new(),
        count => format!(", and {count} more that it does not have"),
    };
    let message = format!("the picture has the colour `{}`, which the template does not have{more}", hex(first));
    let distance =
        |token: &&[u8; 3]| token.iter().zip(first).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    let nearest =
        tokens.iter().min_by_key(distance).map(|token| format!("the nearest of the template is `{}`", hex(*token)));
    Some(Diagnostic::of(&rules::FOREIGN_COLOUR, drawing.place.clone(), message).maybe_hint(nearest))
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}
