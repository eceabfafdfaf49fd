//! Fewer inks for a colour that is drawn: they lie better upon each other.

use palette::color_difference::Ciede2000;
use palette::{IntoColor, Lab, Srgb, white_point::D65};

use super::proof::Proof;

/// C, M, Y and K, each from 0 to 1.
type Cmyk = [f32; 4];

/// The most black beside other inks: more of it is a black, which text has as one ink.
const MOST_BLACK: f32 = 0.84;
/// The steps by which inks approach a colour, from coarse to fine.
const STEPS: [f32; 4] = [0.08, 0.04, 0.02, 0.01];

/// Takes the least of the three colours out and has black in its place, if that looks the same: at
/// most `near` away (CIEDE2000).
pub(crate) fn few(proof: &Proof, inks: Cmyk, near: f32) -> Cmyk {
    let look = |inks: Cmyk| -> Lab<D65, f32> { Srgb::from(proof.of_inks(inks)).into_color() };
    let goal = look(inks);
    let least = (0..3).min_by(|a, b| inks[*a].total_cmp(&inks[*b])).unwrap_or(0);
    let mut best = inks;
    best[least] = 0.0;
    best[3] = (best[3] + inks[least] * 0.5).min(MOST_BLACK);
    let away = |inks: &Cmyk| goal.difference(look(*inks));
    let mut distance = away(&best);
    for step in STEPS {
        loop {
            let moves = (0..4).filter(|ink| *ink != least).flat_map(|ink| {
                [-step, step].map(|by| {
                    let mut next = best;
                    let most = if ink == 3 { MOST_BLACK } else { 1.0 };
                    next[ink] = (next[ink] + by).clamp(0.0, most);
                    next
                })
            });
            let next = moves
                .map(|next| (away(&next), next))
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .unwrap_or((distance, best));
            if next.0 >= distance {
                break;
            }
            (distance, best) = next;
        }
    }
    if distance <= near { best } else { inks }
}
