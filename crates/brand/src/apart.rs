//! Whether tones of data can be told apart: in gray, in inks, and by eyes that see fewer colours.

use palette::{LinSrgb, Srgb};

use crate::tone::{self, Rgb};

/// The light that eyes see which lack one of the three receptors (Machado, Oliveira and Fernandes
/// 2009), with the least distance that series must have then.
const EYES: [([[f32; 3]; 3], f32); 4] = [
    ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], 12.5),
    (
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        12.5,
    ),
    (
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        12.5,
    ),
    // One in ten thousand.
    (
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
        8.5,
    ),
];
/// The least distance in lightness, from 0 to 100, of series that only their tones tell apart.
const GRAY: f32 = 12.0;
/// Series that dashes or marks tell apart too may be nearer.
const OTHERWISE_APART: f32 = 0.6;
/// How many series tones alone tell apart: lines have dashes and marks from the next on.
pub(crate) const ALONE: usize = 4;

/// A tone of data as it is seen, on a screen and on paper.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    gray: f32,
    printed: f32,
    eyes: [[f32; 3]; 4],
}

impl Seen {
    /// Looks at a tone; `printed` is its lightness on paper, from 0 to 100.
    pub(crate) fn of(colour: Rgb, printed: f32) -> Self {
        let linear: LinSrgb<f32> = Srgb::from(colour).into_format::<f32>().into_linear();
        let light = [linear.red, linear.green, linear.blue];
        let through = |(rows, _): ([[f32; 3]; 3], f32)| {
            let seen = rows
                .map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f32>().clamp(0.0, 1.0));
            let srgb: Srgb<u8> = Srgb::from_linear(LinSrgb::from(seen));
            tone::place(srgb.into())
        };
        let gray = tone::lab(tone::parts(colour)).l;
        Self { gray, printed, eyes: EYES.map(through) }
    }

    /// Whether this tone, the series of number `a` from 0, is too near to another one.
    pub(crate) fn is_too_near(&self, a: usize, other: &Self, b: usize) -> bool {
        let alone = a / ALONE == b / ALONE;
        let gray = (self.gray - other.gray).abs().min((self.printed - other.printed).abs());
        if (alone || a.abs_diff(b) == 1) && gray < GRAY {
            return true;
        }
        self.eyes.iter().zip(&other.eyes).zip(EYES).any(|((a, b), (_, least))| {
            let least = if alone { least } else { least * OTHERWISE_APART };
            tone::distance(*a, *b) < least
        })
    }
}

/// Two series that are too near to each other, by their numbers from 0.
pub type Pair = (usize, usize);

/// Returns the pairs of tones that cannot be told apart; each is a colour, and how light it is on
/// paper.
pub fn too_near(tones: &[(Rgb, f32)]) -> Vec<Pair> {
    let seen: Vec<Seen> =
        tones.iter().map(|(colour, printed)| Seen::of(*colour, *printed)).collect();
    let pairs = (0..seen.len()).flat_map(|a| (a + 1..seen.len()).map(move |b| (a, b)));
    pairs.filter(|(a, b)| seen[*a].is_too_near(*a, &seen[*b], *b)).collect()
}

#[cfg(test)]
mod tests {
    use super::too_near;

    #[test]
    fn red_and_green_of_one_lightness_are_too_near() {
        assert_eq!(too_near(&[([178, 60, 60], 43.0), ([70, 120, 60], 44.0)]), [(0, 1)]);
        assert_eq!(too_near(&[([20, 60, 140], 27.0), ([240, 160, 40], 73.0)]), []);
    }
}
