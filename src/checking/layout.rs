//! Checks that need the finished pages.

use std::collections::BTreeMap;

use crate::rules;
use crate::setting::{Flaws, PlacedDrawing, PlacedPicture};
use l10n::say;
use source::{Diagnostic, Place, Problems, Severity};

/// Checks for stranded lines, images of low resolution or with foreign colours, and a page count
/// that fills no sheet; `tokens` are the template's colours with their numbers of inks, `parts` is the location of the list
/// of parts in the settings.
pub fn layout(
    flaws: &Flaws,
    tokens: &BTreeMap<[u8; 3], usize>,
    parts: &Place,
    problems: &mut Problems,
) {
    for drawing in &flaws.drawings {
        problems.extend(foreign(drawing, tokens));
        problems.extend(small_words(drawing, tokens));
    }
    for (place, page) in &flaws.runts {
        problems.push(
            Diagnostic::of(
                &rules::RUNT,
                place.clone(),
                say!(
                    "the last line of this paragraph, on page {page}, has only one character",
                    page
                ),
            )
            .hint(say!("change a word or two in it")),
        );
    }
    for (place, page) in &flaws.strays {
        problems.push(
            Diagnostic::of(
                &rules::STRAY_LINE,
                place.clone(),
                say!("a line of this paragraph is stranded on page {page}", page),
            )
            .hint(say!("change a few words before it")),
        );
    }
    problems.extend(flaws.pictures.iter().filter_map(resolution));
    if !flaws.pages.is_multiple_of(4) {
        let wanted = flaws.pages.next_multiple_of(4);
        problems.push(
            Diagnostic::of(
                &rules::PAGE_COUNT,
                parts.clone(),
                say!("the report has {pages} pages, which do not fill whole sheets", pages = flaws.pages),
            )
            .hint(say!("extend it to {wanted} pages, or set `check: {{TP0506: off}}` if it is not printed on sheets", wanted)),
        );
    }
}

/// Tells of pictures of the house whose pixels can be seen. A report for the screen is made all the
/// same, of pixels that `most` an inch may be at most.
pub fn coarse(flaws: &Flaws, most: u16, problems: &mut Problems) {
    let of_house = |picture: &&PlacedPicture| {
        flaws.house.iter().any(|one| one.page == picture.page && one.place == picture.place)
    };
    // What the program itself makes coarse is no fault of a picture.
    let own = |picture: &&PlacedPicture| picture.ppi < f64::from(most) * 0.95;
    let mut found: Vec<_> = flaws.pictures.iter().filter(of_house).filter(own).collect();
    // One that stands on several pages is told once, where it is coarsest.
    found.sort_by(|a, b| a.ppi.total_cmp(&b.ppi));
    let mut told: Vec<&Place> = vec![];
    for picture in found {
        let coarse = resolution(picture).filter(|one| one.rule() == &rules::COARSE);
        if let Some(one) = coarse.filter(|_| !told.contains(&&picture.place)) {
            told.push(&picture.place);
            problems.push(Diagnostic { severity: Severity::Warning, ..one });
        }
    }
}

/// Reports a picture of too few pixels. The limits are those of the press file: below the one a
/// picture looks soft, below the other its pixels can be seen.
fn resolution(picture: &PlacedPicture) -> Option<Diagnostic> {
    let house = preflight::Profile::house();
    let advised = house.limit(&preflight::rules::RESOLUTION_ADVICE_PPI);
    let least = house.limit(&preflight::rules::RESOLUTION_PPI);
    let rule = match picture.ppi {
        ppi if ppi < least => &rules::COARSE,
        ppi if ppi < advised => &rules::LOW_RESOLUTION,
        _ => return None,
    };
    let (ppi, width) = (picture.ppi.round(), picture.width.round());
    let message =
        say!("the picture is printed on page {page} at {ppi} ppi", page = picture.page, ppi);
    let needed = (picture.width / 25.4 * 300.0).ceil();
    Some(Diagnostic::of(rule, picture.place.clone(), message).hint(say!(
        "at a width of {width} mm it needs {needed} pixels; SVG has no such limit",
        width,
        needed
    )))
}

/// Reports the colours of a drawing that are not the template's; greys are printed in black ink
/// only. A template that declares none has nothing to compare with.
fn foreign(drawing: &PlacedDrawing, tokens: &BTreeMap<[u8; 3], usize>) -> Option<Diagnostic> {
    let grey = |[r, g, b]: [u8; 3]| r == g && g == b;
    let mut foreign = drawing
        .colours
        .iter()
        .copied()
        .filter(|&colour| !grey(colour) && !tokens.contains_key(&colour));
    let first = foreign.next().filter(|_| !tokens.is_empty())?;
    let colour = hex(first);
    let message = match foreign.count() {
        0 => say!("the picture uses the colour `{colour}`, which is not in the template", colour),
        more => {
            say!(
                "the picture uses the colour `{colour}` and {more} more that are not in the template",
                colour,
                more
            )
        }
    };
    let distance = |token: &&[u8; 3]| {
        token.iter().zip(first).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>()
    };
    let nearest = tokens
        .keys()
        .min_by_key(distance)
        .map(|token| say!("the nearest template colour is `{colour}`", colour = hex(*token)));
    Some(Diagnostic::of(&rules::FOREIGN_COLOUR, drawing.place.clone(), message).maybe_hint(nearest))
}

/// The least size at which words of any colour are read, in points.
const LEAST: f64 = 5.0;

/// Reports words of a drawing that a press blurs: coloured ones below the limit of press files, and any
/// that nobody reads.
fn small_words(drawing: &PlacedDrawing, tokens: &BTreeMap<[u8; 3], usize>) -> Option<Diagnostic> {
    let below = preflight::Profile::house().limit(&preflight::rules::SMALL_TEXT_BELOW);
    let page = drawing.page;
    // Grey is black ink alone; white is what several inks leave.
    let one_ink = |colour: &Option<[u8; 3]>| {
        colour.is_some_and(|colour| match tokens.get(&colour) {
            Some(inks) => *inks == 1,
            None => colour[0] == colour[1] && colour[1] == colour[2] && colour[0] < 255,
        })
    };
    let least = |black: bool, below: f64| {
        let words = drawing.words.iter().filter(|(colour, _)| one_ink(colour) == black);
        let words = words.map(|(_, words)| words).filter(|words| words.size < below - 0.01);
        words.min_by(|a, b| a.size.total_cmp(&b.size))
    };
    // What is shown is rounded, and no size is told as the limit that it misses.
    let shown = |size: f64| (size * 10.0).floor() / 10.0;
    let (message, hint) = if let Some(words) = least(false, below) {
        let (text, size) = (&words.text, shown(words.size));
        (
            say!(
                "the words `{text}` are printed on page {page} in colour at {size} pt",
                text,
                page,
                size
            ),
            say!(
                "draw them larger, the picture wider, or the words in black: those in colour need {below} pt",
                below
            ),
        )
    } else {
        let words = least(true, LEAST)?;
        let (text, size) = (&words.text, shown(words.size));
        (
            say!("the words `{text}` are printed on page {page} at {size} pt", text, page, size),
            say!("draw them larger or the picture wider: words need {least} pt", least = LEAST),
        )
    };
    Some(Diagnostic::of(&rules::SMALL_WORDS, drawing.place.clone(), message).hint(hint))
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}
