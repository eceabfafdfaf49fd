//! Inks of colours, as the press prints them: few of them, and what they look like on paper.

use palette::{Lab, white_point::D65};
use pdfx::{Inks, PressError, Proof};

use crate::tone::{self, Rgb};

/// Cyan, magenta, yellow and black, in per cent.
pub type Cmyk = [f32; 4];

/// A difference that is plain to see where a colour is printed.
pub(crate) const PLAIN: f32 = 6.0;

/// The steps of a search for inks, in per cent.
const STEPS: [f32; 4] = [8.0, 4.0, 2.0, 1.0];

/// Below these chromas a dark colour and a light one are grays, and black ink alone prints them: the
/// eye sees less colour in the dark.
const GRAY: [f32; 2] = [0.02, 0.005];
/// The lightness that parts the two.
const LIGHT: f32 = 0.5;

/// Whether a colour is a gray, which black ink alone prints: no other ink makes it darker than that.
pub(crate) fn is_gray(colour: Rgb) -> bool {
    let [l, chroma, _] = tone::polar(colour);
    chroma < if l < LIGHT { GRAY[0] } else { GRAY[1] }
}

/// A press: its inks by its profile, and the most that its paper takes.
pub struct Press {
    inks: Inks,
    proof: Proof,
    limit: f32,
}

impl Press {
    /// Creates a press from its ICC profile; `limit` is the most ink in per cent that its paper
    /// takes.
    pub fn new(profile: &[u8], limit: f32) -> Result<Self, PressError> {
        Ok(Self { inks: Inks::new(profile, &[])?, proof: Proof::new(profile)?, limit })
    }

    /// Returns the most ink that the paper takes, in per cent.
    pub fn limit(&self) -> f32 {
        self.limit
    }

    /// Returns what inks look like on paper.
    pub fn seen(&self, inks: Cmyk) -> Lab<D65, f32> {
        self.look(inks.map(|ink| ink / 100.0))
    }

    /// Returns what inks look like, as a colour of a screen.
    pub fn shown(&self, inks: Cmyk) -> Rgb {
        let part = |part: f32| (part * 255.0).round() as u8;
        self.proof.of_inks(inks.map(|ink| ink / 100.0)).map(part)
    }

    /// Returns how different a colour looks in its inks.
    pub fn error(&self, colour: Rgb, inks: Cmyk) -> f32 {
        tone::difference(tone::lab(tone::parts(colour)), self.seen(inks))
    }

    /// Returns the inks of a colour, in whole per cent: three at most where three will do, and black
    /// alone for grays. Where they would look plainly otherwise, the nearest there are.
    pub fn inks(&self, colour: Rgb) -> Cmyk {
        let inks = self.whole(colour, Inks::drawn);
        if is_gray(colour) || self.error(colour, inks) < PLAIN {
            return inks;
        }
        self.nearest(colour)
    }

    /// Searches for the inks that look most like a colour, within what the paper takes.
    pub(crate) fn nearest(&self, colour: Rgb) -> Cmyk {
        let drawn = self.whole(colour, Inks::drawn);
        let all = self.inks.of_rgb(tone::parts(colour)).map(|ink| (ink * 100.0).round());
        let mut best = [drawn, self.within(all)]
            .map(|inks| (self.error(colour, inks), inks))
            .into_iter()
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap_or((f32::INFINITY, drawn));
        for step in STEPS {
            loop {
                let turns = (0..4).flat_map(|ink| [(ink, step), (ink, -step)]);
                let tried = turns.map(|(ink, by)| {
                    let mut inks = best.1;
                    inks[ink] = (inks[ink] + by).clamp(0.0, 100.0);
                    inks
                });
                let fits = |inks: &Cmyk| inks.iter().sum::<f32>() <= self.limit;
                let found = tried
                    .filter(fits)
                    .map(|inks| (self.error(colour, inks), inks))
                    .min_by(|a, b| a.0.total_cmp(&b.0));
                match found {
                    Some(found) if found.0 < best.0 - 0.01 => best = found,
                    _ => break,
                }
            }
        }
        best.1
    }

    /// Returns the inks of a tone that is derived, in whole per cent: it may look a little otherwise to
    /// be printed in three.
    pub(crate) fn derived(&self, colour: Rgb) -> Cmyk {
        self.whole(colour, Inks::chosen)
    }

    fn whole(&self, colour: Rgb, inks: fn(&Inks, [f32; 3]) -> Cmyk) -> Cmyk {
        let all = if is_gray(colour) && colour != [255; 3] {
            self.black(colour)
        } else {
            inks(&self.inks, tone::parts(colour))
        };
        all.map(|ink| (ink * 100.0).round())
    }

    /// Reduces inks to what the paper takes, black last.
    pub fn within(&self, inks: Cmyk) -> Cmyk {
        let [c, m, y, k] = inks;
        let share = ((self.limit - k) / (c + m + y)).min(1.0);
        [c, m, y].map(|ink| (ink * share).floor()).into_iter().chain([k]).collect::<Vec<_>>()[..]
            .try_into()
            .unwrap_or(inks)
    }

    fn look(&self, inks: [f32; 4]) -> Lab<D65, f32> {
        tone::lab(self.proof.of_inks(inks))
    }

    /// The black ink that is as light as a gray.
    fn black(&self, colour: Rgb) -> [f32; 4] {
        if colour[0] == colour[1] && colour[1] == colour[2] {
            return self.inks.of_rgb(tone::parts(colour));
        }
        let wanted = tone::lab(tone::parts(colour)).l;
        let (mut light, mut dark) = (0.0, 1.0);
        for _ in 0..12 {
            let middle = f32::midpoint(light, dark);
            let is_lighter = self.look([0.0, 0.0, 0.0, middle]).l > wanted;
            if is_lighter { light = middle } else { dark = middle }
        }
        [0.0, 0.0, 0.0, dark]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press() -> Press {
        Press::new(pdfx::COATED, 300.0).expect("the profile that comes along")
    }

    #[test]
    fn a_colour_is_printed_in_three_inks_that_look_like_it() {
        let press = press();
        for colour in [[0, 89, 76], [150, 20, 30], [60, 40, 90], [12, 35, 64]] {
            let inks = press.inks(colour);
            assert!(inks.contains(&0.0), "{colour:?}: {inks:?}");
            assert!(inks.iter().sum::<f32>() <= 300.0);
            let error = press.error(colour, inks);
            assert!(error < 6.5, "{colour:?}: {inks:?} is off by {error}");
        }
    }

    #[test]
    fn grays_are_black_alone_and_white_is_paper() {
        let press = press();
        assert_eq!(press.inks([255; 3]), [0.0; 4]);
        assert_eq!(press.inks([0; 3]), [0.0, 0.0, 0.0, 100.0]);
        let [c, m, y, k] = press.inks([12, 11, 14]);
        assert_eq!([c, m, y], [0.0; 3]);
        assert!(k > 90.0);
    }

    #[test]
    fn too_much_ink_is_reduced_and_black_stays() {
        let press = press();
        let inks = press.within([100.0, 100.0, 80.0, 90.0]);
        assert!(inks.iter().sum::<f32>() <= 300.0);
        assert_eq!(inks[3], 90.0);
        assert_eq!(press.within([10.0, 20.0, 0.0, 5.0]), [10.0, 20.0, 0.0, 5.0]);
    }
}
