//! Images: their pixels as inks, and the opacity of each pixel (ISO 32000-1, 8.9).

use std::rc::Rc;

use hayro_syntax::object::stream::ImageDecodeParams;
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::page::Resources;

use super::{Inks, Space, colour};

/// The maximum number of pixels of an image that is unpacked.
const PIXELS: u64 = 1 << 26;
/// The maximum longer side kept, in pixels: plates are coarser.
const KEPT: usize = 1024;

/// An image's colours.
#[derive(Debug)]
pub(crate) struct Picture {
    /// The space of the colours.
    pub(crate) space: Space,
    inks: Option<Grid<[u8; 5]>>,
}

/// Values in rows, from the top.
#[derive(Debug)]
pub(crate) struct Grid<T> {
    width: usize,
    height: usize,
    values: Vec<T>,
}

impl<T: Copy> Grid<T> {
    /// Returns the value at a point in the unit square, from the upper left corner.
    pub(crate) fn at(&self, x: f64, y: f64) -> Option<T> {
        let cell = |place: f64, count: usize| {
            ((place * count as f64) as usize).min(count.saturating_sub(1))
        };
        self.values.get(cell(y, self.height) * self.width + cell(x, self.width)).copied()
    }
}

impl Picture {
    /// Returns the inks at a point in the unit square, from the upper left corner.
    pub(crate) fn inks(&self, x: f64, y: f64) -> Option<Inks> {
        let [c, m, y, k, spot] = self.inks.as_ref()?.at(x, y)?.map(|byte| f32::from(byte) / 255.0);
        Some(Inks { spot, ..Inks::process([c, m, y, k]) })
    }
}

/// An image as encountered during the walk.
pub(super) struct Image {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether it has one bit per pixel.
    pub(super) bitmap: bool,
    /// Its colours; `None` for a stencil.
    pub(super) picture: Option<Rc<Picture>>,
    /// Whether its samples could not be unpacked, or are too many.
    pub(super) damaged: bool,
    /// Its opacity: the stencil, or the image's mask.
    pub(super) alpha: Option<Rc<Grid<u8>>>,
}

/// Reads an image.
pub(super) fn read(stream: &Stream<'_>, resources: &Resources<'_>) -> Image {
    let dict = stream.dict();
    let head = Head::of(dict);
    if head.stencil {
        // A sample of 0 paints, unless Decode turns that round.
        let shows = samples(stream, &head, 1).map(|grid| grid.map(|v| 255 - v[0]));
        let (damaged, alpha) = (shows.is_none(), shows.map(Rc::new));
        return Image {
            width: head.width,
            height: head.height,
            bitmap: true,
            picture: None,
            damaged,
            alpha,
        };
    }
    let space = colour::of_dict(dict, resources).unwrap_or(Space::Unknown);
    let (indexed, n) = (matches!(space, Space::Indexed { .. }), space.components());
    let top = if indexed { f32::from((1u16 << head.bits.min(8)) - 1) } else { 1.0 };
    let inks = samples(stream, &head, n.max(1)).map(|grid| {
        grid.map(|value| {
            let colour: Vec<f32> =
                value.iter().map(|&byte| f32::from(byte) / 255.0 * top).collect();
            let colour: Vec<f32> =
                if indexed { colour.iter().map(|c| c.round()).collect() } else { colour };
            let inks = space.inks(&colour);
            [inks.cmyk[0], inks.cmyk[1], inks.cmyk[2], inks.cmyk[3], inks.spot]
                .map(|ink| (ink * 255.0).round() as u8)
        })
    });
    let mask = |key: &str| dict.get::<Stream<'_>>(key);
    let alpha = match (mask("SMask"), mask("Mask")) {
        (Some(mask), _) => samples(&mask, &Head::of(mask.dict()), 1).map(|grid| grid.map(|v| v[0])),
        // Of a stencil mask, a sample of 1 hides.
        (None, Some(mask)) => {
            samples(&mask, &Head::of(mask.dict()), 1).map(|grid| grid.map(|v| 255 - v[0]))
        }
        (None, None) => None,
    };
    let (damaged, picture) = (inks.is_none(), Some(Rc::new(Picture { space, inks })));
    let (bitmap, alpha) = (head.bits == 1, alpha.map(Rc::new));
    Image { width: head.width, height: head.height, bitmap, picture, damaged, alpha }
}

struct Head {
    width: u32,
    height: u32,
    bits: u8,
    stencil: bool,
    /// Whether Decode inverts the samples.
    turned: bool,
}

impl Head {
    fn of(dict: &Dict<'_>) -> Self {
        let number = |long: &str, short: &str| {
            dict.get::<u32>(long).or_else(|| dict.get::<u32>(short)).unwrap_or(0)
        };
        let stencil =
            dict.get::<bool>("ImageMask").or_else(|| dict.get::<bool>("IM")).unwrap_or(false);
        let bits = number("BitsPerComponent", "BPC");
        let decode = dict.get::<Array<'_>>("Decode").or_else(|| dict.get::<Array<'_>>("D"));
        let ends: Vec<f32> =
            decode.map(|array| array.iter::<f32>().take(2).collect()).unwrap_or_default();
        Self {
            width: number("Width", "W"),
            height: number("Height", "H"),
            bits: if stencil { 1 } else { u8::try_from(bits).ok().filter(|&b| b > 0).unwrap_or(8) },
            stencil,
            turned: matches!(ends[..], [from, to] if from > to),
        }
    }
}

impl Grid<Vec<u8>> {
    fn map<T>(self, change: impl Fn(&[u8]) -> T) -> Grid<T> {
        Grid {
            width: self.width,
            height: self.height,
            values: self.values.iter().map(|value| change(value)).collect(),
        }
    }
}

/// Returns the samples of an image with `n` components per pixel, each from 0 to 255; large
/// images are subsampled by a whole number.
fn samples(stream: &Stream<'_>, head: &Head, n: usize) -> Option<Grid<Vec<u8>>> {
    let pixels = u64::from(head.width) * u64::from(head.height);
    if pixels == 0 || pixels > PIXELS {
        return None;
    }
    let params = ImageDecodeParams {
        is_indexed: false,
        bpc: Some(head.bits),
        num_components: u8::try_from(n).ok(),
        target_dimension: None,
        width: head.width,
        height: head.height,
    };
    let unpacked = stream.decoded_image(&params).ok()?;
    let (mut width, mut height, mut bits) =
        (head.width as usize, head.height as usize, usize::from(head.bits));
    if let Some(own) = &unpacked.image_data {
        (width, height, bits) =
            (own.width as usize, own.height as usize, usize::from(own.bits_per_component));
    }
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return None;
    }
    let row = (width * n * bits).div_ceil(8);
    let step = width.max(height).div_ceil(KEPT).max(1);
    let mut values = Vec::with_capacity((width / step + 1) * (height / step + 1));
    for y in (0..height).step_by(step) {
        let line = unpacked.data.get(y * row..)?;
        for x in (0..width).step_by(step) {
            let sample = |component: usize| {
                let at = (x * n + component) * bits;
                let byte = line.get(at / 8).copied().unwrap_or(0);
                let level = match bits {
                    8 | 16 => byte,
                    _ => {
                        let top = (1u16 << bits) - 1;
                        let level = (u16::from(byte) >> (8 - bits - at % 8)) & top;
                        (level * 255 / top) as u8
                    }
                };
                if head.turned { 255 - level } else { level }
            };
            values.push((0..n).map(sample).collect());
        }
    }
    Some(Grid { width: width.div_ceil(step), height: height.div_ceil(step), values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_falls_into_its_cell() {
        let grid = Grid { width: 2, height: 2, values: vec![1, 2, 3, 4] };
        assert_eq!(
            [(0.0, 0.0), (0.9, 0.0), (0.0, 0.9), (1.0, 1.0)].map(|(x, y)| grid.at(x, y)),
            [1, 2, 3, 4].map(Some)
        );
    }
}
