//! Tones of data: the house's colours first, then others of their kind, all of which can be told
//! apart in gray, in inks and by the colour-blind.

use l10n::say;
use source::{Diagnostic, Problems};

use crate::apart::{Seen, too_near};
use crate::colours::Resolved;
use crate::press::Press;
use crate::rules;
use crate::tokens::{Tone, main_of};
use crate::tone::{READABLE, Rgb, WHITE, contrast, from_polar, polar, readable};

/// The number of series that have a tone of their own.
const SERIES: usize = 12;
/// The least contrast of a bar with the paper.
const SHOWN: f32 = 1.75;
/// How many searches there are at most, each from another order of tones, and how many tones one
/// looks at.
const SEARCHES: usize = 40;
const LOOKS: usize = 1_000;

/// The tone of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is drawn in.
    pub tone: Tone,
    /// The same as text on white.
    pub name: Tone,
    /// Whether what stands on it is white; black otherwise.
    pub white_inside: bool,
}

/// Makes the tones of series; none of a brand without colours.
pub(crate) fn make(colours: &Resolved, press: &Press, problems: &mut Problems) -> Vec<Series> {
    let lightness = |tone: &Tone| press.seen(tone.inks).l;
    let given: Vec<Tone> = colours.data.iter().map(|colour| Tone::of(colour, press)).collect();
    let pairs: Vec<_> = given.iter().map(|tone| (tone.screen, lightness(tone))).collect();
    for (a, b) in too_near(&pairs) {
        let message = say!(
            "series {a} and {b} cannot be told apart in gray print or by the colour-blind",
            a = a + 1,
            b = b + 1
        );
        let place = colours.data[b].place.clone();
        problems.push(Diagnostic::of(&rules::SERIES, place, message).hint(say!(
            "make one of them plainly darker or lighter, or leave `data` out: then tones are found"
        )));
    }
    let chosen = match main_of(colours) {
        Some(main) => search(colours, press, &given, main.screen),
        None if given.is_empty() => return vec![],
        None => search(colours, press, &given, given[0].screen),
    };
    chosen
        .into_iter()
        .map(|tone| {
            let on_white = readable(tone.screen, &[WHITE], READABLE);
            let name =
                if on_white == tone.screen { tone.clone() } else { Tone::made(on_white, press) };
            // Where white cannot be read, black can.
            let white_inside = contrast(tone.screen, WHITE) >= READABLE;
            Series { tone, name, white_inside }
        })
        .collect()
}

/// What a search for tones chooses from, in the order of its liking; the first are the house's own,
/// whose number is returned too.
fn candidates(colours: &Resolved, press: &Press, main: Rgb) -> (Vec<Tone>, usize) {
    let mut out: Vec<Tone> = vec![];
    let add = |out: &mut Vec<Tone>, tone: Tone| {
        if contrast(tone.screen, WHITE) >= SHOWN && !out.iter().any(|one| one.screen == tone.screen)
        {
            out.push(tone);
        }
    };
    let roles = ["primary", "secondary", "tertiary", "dark", "foreground"];
    let of_roles = roles.iter().filter_map(|name| colours.roles.get(name));
    for colour in of_roles.chain(&colours.palette) {
        add(&mut out, Tone::of(colour, press));
    }
    let own = out.len();
    // Other colours of the house's kind: near in hue, opposite, then all around.
    let [_, chroma, hue] = polar(main);
    let chroma = chroma.clamp(0.08, 0.15);
    let turns = [0.0, 180.0, 40.0, 220.0, 320.0, 140.0, 90.0, 270.0, 20.0, 200.0, 340.0, 160.0];
    for l in [0.52, 0.72, 0.36, 0.8, 0.62, 0.44, 0.28, 0.76, 0.57, 0.67, 0.4, 0.48] {
        for turn in turns {
            for share in [1.0, 0.55] {
                let colour = from_polar([l, chroma * share, (hue + turn) % 360.0]);
                add(&mut out, Tone::made(colour, press));
            }
        }
    }
    (out, own)
}

/// Finds as many tones as there can be, or all that are wanted.
fn search(colours: &Resolved, press: &Press, given: &[Tone], main: Rgb) -> Vec<Tone> {
    let look = |tone: &Tone| Seen::of(tone.screen, press.seen(tone.inks).l);
    let (mut candidates, own) = candidates(colours, press, main);
    let fixed: Vec<Seen> = given.iter().map(look).collect();
    let mut seen: Vec<Seen> = candidates.iter().map(look).collect();
    let mut best: Vec<Tone> = vec![];
    for _ in 0..SEARCHES {
        let found = one_after_another(&fixed, &seen);
        if found.len() > best.len() {
            best = found.into_iter().map(|index| candidates[index].clone()).collect();
        }
        if fixed.len() + best.len() >= SERIES {
            break;
        }
        // Another order finds others.
        let step = 31.min(candidates.len() - own);
        candidates[own..].rotate_left(step);
        seen[own..].rotate_left(step);
    }
    given.iter().cloned().chain(best).collect()
}

/// Chooses tones one after the other; where none is left, the one before is changed.
fn one_after_another(fixed: &[Seen], seen: &[Seen]) -> Vec<usize> {
    let mut chosen: Vec<usize> = vec![];
    let mut longest = vec![];
    let mut next = 0;
    for _ in 0..LOOKS {
        let at = fixed.len() + chosen.len();
        if at >= SERIES {
            break;
        }
        let fits = |one: &usize| {
            let others = fixed.iter().chain(chosen.iter().map(|index| &seen[*index]));
            !chosen.contains(one)
                && others.enumerate().all(|(b, other)| !seen[*one].is_too_near(at, other, b))
        };
        match (next..seen.len()).find(fits) {
            Some(one) => {
                chosen.push(one);
                next = 0;
                if chosen.len() > longest.len() {
                    longest.clone_from(&chosen);
                }
            }
            None => match chosen.pop() {
                Some(last) => next = last + 1,
                None => break,
            },
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::Brand;
    use source::SourceFile;

    fn look(text: &str) -> (crate::Look, Problems) {
        let file = Arc::new(SourceFile { path: "brand.yaml".into(), text: text.into() });
        let mut problems = Problems::default();
        let brand = Brand::read(&file, &mut problems).expect("a brand");
        let press = Press::new(pdfx::COATED, 300.0).expect("a profile");
        let look = brand.look(&press, &mut problems);
        (look, problems)
    }

    #[test]
    fn twelve_series_can_be_told_apart_whatever_the_house() {
        for colours in [
            "{primary: \"#00594C\", secondary: \"#B58A3C\"}",
            "{primary: \"#9E1B22\", secondary: \"#C9A227\"}",
            "{primary: \"#111014\", secondary: \"#6C3BF5\"}",
            "{primary: \"#F2B705\"}",
            "{primary: \"#7A7F87\"}",
            "{primary: \"#FF0080\", secondary: \"#00C2FF\", tertiary: \"#FFD400\"}",
        ] {
            let (look, _) = look(&format!("color: {colours}\n"));
            assert_eq!(look.data.len(), SERIES, "{colours}");
            let press = Press::new(pdfx::COATED, 300.0).expect("a profile");
            let tones: Vec<_> = look
                .data
                .iter()
                .map(|one| (one.tone.screen, press.seen(one.tone.inks).l))
                .collect();
            assert_eq!(too_near(&tones), [], "{colours}");
            for one in &look.data {
                assert!(contrast(one.name.screen, WHITE) >= READABLE);
                let inner = if one.white_inside { WHITE } else { [0; 3] };
                assert!(contrast(one.tone.screen, inner) >= READABLE, "{colours}: {:?}", one.tone);
            }
        }
    }

    #[test]
    fn given_series_are_taken_and_told_where_they_are_too_near() {
        let (look, problems) =
            look("color:\n  primary: \"#00594C\"\n  data: [\"#B23C3C\", \"#46783C\"]\n");
        assert_eq!(look.data[0].tone.screen, [178, 60, 60]);
        assert_eq!(look.data[1].tone.screen, [70, 120, 60]);
        let found = problems.sorted();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].rule().code, "TP0605");
        assert_eq!(found[0].place.as_ref().map(|place| place.line_column()), Some((3, 21)));
    }
}
