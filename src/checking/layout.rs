//! What only the finished pages tell.

use crate::rules;
use source::{Diagnostic, Place, Problems};
use crate::setting::{Flaws, PlacedDrawing};
use l10n::say;

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
                say!("this paragraph ends on page {page} with one character", page),
            )
            .hint(say!("change a word or two in it")),
        );
    }
    for (place, page) in &flaws.strays {
        problems.push(
            Diagnostic::of(
                &rules::STRAY_LINE,
                place.clone(),
                say!("a line of this paragraph stands alone on page {page}", page),
            )
            .hint(say!("change a few words before it")),
        );
    }
    // The same limits as for the press file: below the one a picture looks soft, below the other its pixels can be seen.
    let house = preflight::Profile::house();
    let advised = house.limit(&preflight::rules::RESOLUTION_ADVICE_PPI);
    let least = house.limit(&preflight::rules::RESOLUTION_PPI);
    for picture in &flaws.pictures {
        let rule = match picture.ppi {
            ppi if ppi < least => &rules::COARSE,
            ppi if ppi < advised => &rules::LOW_RESOLUTION,
            _ => continue,
        };
        let (ppi, width) = (picture.ppi.round(), picture.width.round());
        let message = say!("the picture is printed on page {page} with {ppi} pixels an inch", page = picture.page, ppi);
        let needed = (picture.width / 25.4 * 300.0).ceil();
        problems.push(Diagnostic::of(rule, picture.place.clone(), message).hint(say!(
            "at its width of {width} mm it wants {needed} pixels; an SVG has no limit",
            width,
            needed
        )));
    }
    if !flaws.pages.is_multiple_of(4) {
        let wanted = flaws.pages.next_multiple_of(4);
        problems.push(
            Diagnostic::of(
                &rules::PAGE_COUNT,
                parts.clone(),
                say!("the report has {pages} pages, which fill no sheet", pages = flaws.pages),
            )
            .hint(say!("fill {wanted}, or say `check: {{TP0506: off}}` where it is not printed on sheets", wanted)),
        );
    }
}

/// The colours of a drawing that are none of the template's; greys are black ink alone. A template that declares none
/// has nothing to compare with.
fn foreign(drawing: &PlacedDrawing, tokens: &[[u8; 3]]) -> Option<Diagnostic> {
    let grey = |[r, g, b]: [u8; 3]| r == g && g == b;
    let mut foreign = drawing.colours.iter().copied().filter(|&colour| !grey(colour) && !tokens.contains(&colour));
    let first = foreign.next().filter(|_| !tokens.is_empty())?;
    let colour = hex(first);
    let message = match foreign.count() {
        0 => say!("the picture has the colour `{colour}`, which the template does not have", colour),
        more => {
            say!("the picture has the colour `{colour}` and {more} more that the template does not have", colour, more)
        }
    };
    let distance =
        |token: &&[u8; 3]| token.iter().zip(first).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    let nearest = tokens
        .iter()
        .min_by_key(distance)
        .map(|token| say!("the nearest of the template is `{colour}`", colour = hex(*token)));
    Some(Diagnostic::of(&rules::FOREIGN_COLOUR, drawing.place.clone(), message).maybe_hint(nearest))
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}
