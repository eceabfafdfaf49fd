//! Images: their pixels as inks, and the opacity of each pixel (ISO 32000-1, 8.9).
//!
//! Plates are coarse, so of a large image every so many pixels one is kept, while its rows are
//! unpacked: no image is held whole unless its coding asks for that.

use std::io::Read;
use std::rc::Rc;

use door::{End, Filter};
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::jpeg::Jpeg;
use super::{Inks, Space, data};

/// The maximum longer side kept, in pixels: plates are coarser.
const KEPT: usize = 1024;
/// The maximum length of a row, in bytes.
const ROW: usize = 64 << 20;

/// An image's colours.
#[derive(Debug)]
pub(crate) struct Picture {
    /// The space of the colours.
    pub(crate) space: Rc<Space>,
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

/// What is wrong with an image's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// They are cut off, or cannot be read.
    Damaged,
    /// They would take more memory than is allowed.
    Large,
    /// They are of another size than the dictionary says: what it says, what they are.
    Size((u32, u32), (u32, u32)),
    /// They have another number of components than their colour space.
    Components(usize, usize),
    /// They name colours that the table of their colour space does not have.
    Table,
    /// The function of their tints has too few samples.
    Tints,
}

/// An image as encountered during the walk.
pub(super) struct Image {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether it has one bit per pixel.
    pub(super) bitmap: bool,
    /// Its colours; `None` for a stencil.
    pub(super) picture: Option<Rc<Picture>>,
    /// What is wrong with its data.
    pub(super) fault: Option<Fault>,
    /// Its opacity: the stencil, or the image's mask.
    pub(super) alpha: Option<Rc<Grid<u8>>>,
    /// The size of its soft mask, in pixels.
    pub(super) mask: Option<(u32, u32)>,
}

impl Image {
    /// Returns the bytes that it takes, nearly.
    pub(super) fn bytes(&self) -> usize {
        let inks = self.picture.as_ref().and_then(|picture| picture.inks.as_ref());
        let alpha = self.alpha.as_ref().map_or(0, |alpha| alpha.values.len());
        200 + alpha + inks.map_or(0, |inks| inks.values.len() * 5)
    }
}

/// Reads an image in the colour space `own`, whose decoded data take `limit` bytes at most.
pub(super) fn read(stream: &Stream<'_>, own: Option<Rc<Space>>, limit: usize) -> Image {
    let dict = stream.dict();
    let head = Head::of(dict);
    let gray = Rc::new(Space::Gray);
    let shell = |bitmap: bool| Image {
        width: head.width,
        height: head.height,
        bitmap,
        picture: None,
        fault: None,
        alpha: None,
        mask: None,
    };
    if head.stencil {
        // A sample of 0 paints, unless Decode turns that round.
        let (alpha, fault) = grid(stream, &head, Some(&gray), limit, |_, v| 255 - v[0]);
        return Image { fault, alpha: alpha.map(|(grid, _)| Rc::new(grid)), ..shell(true) };
    }
    let top = f32::from((1u16 << head.bits.min(8)) - 1);
    let mut short = false;
    let (found, fault) = grid(stream, &head, own.as_ref(), limit, |space, value| {
        let mut colour = [0.0f32; 32];
        let indexed = matches!(space, Space::Indexed { .. });
        for (to, byte) in colour.iter_mut().zip(value) {
            let share = f32::from(*byte) / 255.0;
            *to = if indexed { (share * top).round() } else { share };
        }
        short |= indexed && space.entry(colour[0]).is_none();
        let inks = space.inks(&colour[..value.len().min(32)]);
        [inks.cmyk[0], inks.cmyk[1], inks.cmyk[2], inks.cmyk[3], inks.spot]
            .map(|ink| (ink * 255.0).round() as u8)
    });
    let fault = fault.or(short.then_some(Fault::Table));
    let (inks, space) = match found {
        Some((grid, space)) => (Some(grid), space),
        None => (None, own.unwrap_or_else(|| Rc::new(Space::Unknown))),
    };
    let mask = |key: &str| dict.get::<Stream<'_>>(key);
    let soft = mask("SMask");
    let (alpha, mask_fault) = match (&soft, mask("Mask")) {
        (Some(mask), _) => grid(mask, &Head::of(mask.dict()), Some(&gray), limit, |_, v| v[0]),
        // Of a stencil mask, a sample of 1 hides.
        (None, Some(mask)) => {
            grid(&mask, &Head::of(mask.dict()), Some(&gray), limit, |_, v| 255 - v[0])
        }
        (None, None) => (None, None),
    };
    Image {
        picture: Some(Rc::new(Picture { space, inks })),
        fault: fault.or(mask_fault),
        alpha: alpha.map(|(grid, _)| Rc::new(grid)),
        mask: soft.map(|mask| Head::of(mask.dict())).map(|head| (head.width, head.height)),
        ..shell(head.bits == 1)
    }
}

/// The work of reading an image, in bytes that are unpacked.
pub(super) fn work(stream: &Stream<'_>) -> usize {
    let head = Head::of(stream.dict());
    (head.width as usize).saturating_mul(head.height as usize)
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
        let one_bit = stencil || is_fax(dict);
        Self {
            width: number("Width", "W"),
            height: number("Height", "H"),
            bits: if one_bit { 1 } else { u8::try_from(bits).ok().filter(|&b| b > 0).unwrap_or(8) },
            stencil,
            turned: matches!(ends[..], [from, to] if from > to),
        }
    }
}

/// Returns the name of an image's last filter.
fn coding(dict: &Dict<'_>) -> Vec<u8> {
    let filter = dict.get::<Object<'_>>("Filter").or_else(|| dict.get::<Object<'_>>("F"));
    match filter {
        Some(Object::Name(name)) => name.as_ref().to_vec(),
        Some(Object::Array(list)) => {
            list.iter::<Name<'_>>().last().map(|name| name.as_ref().to_vec()).unwrap_or_default()
        }
        _ => vec![],
    }
}

fn is_fax(dict: &Dict<'_>) -> bool {
    matches!(&coding(dict)[..], b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode")
}

/// An image's samples, row by row.
struct Rows<'a> {
    source: Box<dyn Read + 'a>,
    width: usize,
    height: usize,
    bits: usize,
    /// The components of a pixel.
    n: usize,
    space: Rc<Space>,
}

/// A grid, and the colour space of what it was made of.
type InSpace<T> = (Grid<T>, Rc<Space>);

/// Makes a grid of an image's pixels, each `made` of its samples (from 0 to 255); large images are
/// subsampled by a whole number. `space` is what the dictionary says.
fn grid<T: Copy + Default>(
    stream: &Stream<'_>,
    head: &Head,
    space: Option<&Rc<Space>>,
    limit: usize,
    mut made: impl FnMut(&Space, &[u8]) -> T,
) -> (Option<InSpace<T>>, Option<Fault>) {
    let raw = stream.raw_data();
    let chain = data::filters(stream);
    let mut fault = None;
    let decoded;
    let rows = if chain.contains(&Filter::Picture) {
        match decode(stream, &raw, &chain, head, space, limit, &mut fault) {
            Ok((data, rows)) => {
                decoded = data;
                Rows { source: Box::new(&decoded[..]), ..rows }
            }
            Err(fault) => return (None, Some(fault)),
        }
    } else {
        let space = space.cloned().unwrap_or_else(|| Rc::new(Space::Unknown));
        let (width, height) = (head.width as usize, head.height as usize);
        let n = space.components().max(1);
        Rows {
            source: door::reader(&raw, &chain),
            width,
            height,
            bits: usize::from(head.bits),
            n,
            space,
        }
    };
    let Rows { mut source, width, height, bits, n, space } = rows;
    if width == 0 || height == 0 || !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return (None, Some(Fault::Damaged));
    }
    let length = width.saturating_mul(n).saturating_mul(bits).div_ceil(8);
    if length > ROW {
        return (None, Some(Fault::Large));
    }
    let step = width.max(height).div_ceil(KEPT).max(1);
    let (columns, lines) = (width.div_ceil(step), height.div_ceil(step));
    let mut values = Vec::with_capacity(columns * lines);
    let (mut row, mut pixel) = (vec![0; length], vec![0; n]);
    'rows: for y in 0..height {
        let mut read = 0;
        while read < length {
            match source.read(&mut row[read..]) {
                Ok(more @ 1..) => read += more,
                _ => {
                    fault = fault.or(Some(Fault::Damaged));
                    break 'rows;
                }
            }
        }
        if y % step != 0 {
            continue;
        }
        for x in (0..width).step_by(step) {
            for (component, to) in pixel.iter_mut().enumerate() {
                let level = sample(&row, (x * n + component) * bits, bits);
                *to = if head.turned { 255 - level } else { level };
            }
            values.push(made(&space, &pixel));
        }
    }
    // What is missing paints nothing that could be known.
    values.resize(columns * lines, T::default());
    (Some((Grid { width: columns, height: lines, values }, space)), fault)
}

/// Returns a sample that begins at a bit of a row, from 0 to 255.
fn sample(row: &[u8], at: usize, bits: usize) -> u8 {
    let byte = row.get(at / 8).copied().unwrap_or(0);
    match bits {
        8 | 16 => byte,
        _ => {
            let top = (1u16 << bits) - 1;
            let level = (u16::from(byte) >> (8 - bits - at % 8)) & top;
            (level * 255 / top) as u8
        }
    }
}

/// Decodes an image that is coded as a picture; a fault that leaves it readable is noted.
fn decode(
    stream: &Stream<'_>,
    raw: &[u8],
    chain: &[Filter],
    head: &Head,
    space: Option<&Rc<Space>>,
    limit: usize,
    fault: &mut Option<Fault>,
) -> Result<(Vec<u8>, Rows<'static>), Fault> {
    let said = (head.width, head.height);
    let (mut size, mut n) = (said, space.map_or(4, |space| space.components()).max(1));
    let kind = coding(stream.dict());
    if matches!(&kind[..], b"DCTDecode" | b"DCT") {
        let before = &chain[..chain.len() - 1];
        let packed = door::unpack(raw, before, limit);
        let jpeg = Jpeg::read(&packed.bytes).ok_or(Fault::Damaged)?;
        *fault = if packed.end != End::Whole || !jpeg.whole {
            Some(Fault::Damaged)
        } else if jpeg.size != said && jpeg.size.1 != 0 {
            Some(Fault::Size(said, jpeg.size))
        } else {
            None
        };
        (size, n) = (jpeg.size, usize::from(jpeg.components));
    } else if kind == b"JPXDecode" {
        let packed = door::unpack(raw, &chain[..chain.len() - 1], limit);
        if let Some((own, components)) = codestream(&packed.bytes) {
            (size, n) = (own, components);
        }
    }
    let bytes =
        u64::from(size.0) * u64::from(size.1) * n as u64 / if head.bits == 1 { 8 } else { 1 };
    if bytes > limit as u64 {
        return Err(Fault::Large);
    }
    let params = ImageDecodeParams {
        is_indexed: false,
        bpc: Some(head.bits),
        num_components: space.and_then(|space| u8::try_from(space.components()).ok()),
        target_dimension: None,
        width: head.width,
        height: head.height,
    };
    let found = stream.decoded_image(&params).map_err(|_| Fault::Damaged)?;
    let (mut width, mut height) = (head.width as usize, head.height as usize);
    let (mut bits, mut own) = (usize::from(head.bits), None);
    if let Some(image) = &found.image_data {
        (width, height) = (image.width as usize, image.height as usize);
        bits = usize::from(image.bits_per_component);
        own = image.color_space.map(|space| match space {
            ImageColorSpace::Gray => Space::Gray,
            ImageColorSpace::Rgb => Space::Rgb,
            ImageColorSpace::Cmyk => Space::Cmyk,
            ImageColorSpace::Unknown(_) => Space::Unknown,
        });
    }
    let n = found.data.len() * 8 / (width * height * bits).max(1);
    let space = match (space, own) {
        (Some(space), _) => space.clone(),
        // Of JPEG 2000 alone the data may say the colours.
        (None, own) => Rc::new(own.unwrap_or(Space::Unknown)),
    };
    let wanted = space.components();
    // A picture of one bit has rows that end with a byte, and so seems to have more.
    if bits == 8 && wanted > 0 && n != wanted && fault.is_none() {
        *fault = Some(Fault::Components(wanted, n));
    }
    let n = if bits == 8 { n } else { wanted.max(1) };
    let rows = Rows { source: Box::new(&[][..]), width, height, bits, n: n.max(1), space };
    Ok((found.data.into_owned(), rows))
}

/// Returns the size and the components of a JPEG 2000 codestream (ITU-T T.800, A.5.1).
fn codestream(data: &[u8]) -> Option<((u32, u32), usize)> {
    let at = crate::file::find(data, &[0xFF, 0x4F, 0xFF, 0x51])?;
    let word = |from: usize| {
        data.get(at + from..at + from + 4)?.first_chunk().map(|b| u32::from_be_bytes(*b))
    };
    let (width, height) = (word(8)?.checked_sub(word(16)?)?, word(12)?.checked_sub(word(20)?)?);
    let components = data.get(at + 40..at + 42)?.first_chunk().map(|b| u16::from_be_bytes(*b))?;
    Some(((width, height), usize::from(components)))
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

    #[test]
    fn samples_are_taken_from_their_bits() {
        let row = [0b1010_0001, 0xF0];
        assert_eq!([0, 1, 2, 7, 8].map(|at| sample(&row, at, 1)), [255, 0, 255, 255, 255]);
        assert_eq!([0, 4, 8, 12].map(|at| sample(&row, at, 4)), [170, 17, 255, 0]);
        assert_eq!(sample(&row, 8, 8), 0xF0);
    }
}
