//! Pictures of pixels: their size as seen, and what they are turned into for the pages.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat,
    ImageReader, ImageResult,
};

use l10n::say;
use source::{Diagnostic, Place};

use super::cmyk;
use crate::reading::Project;

/// The longest side of an image, in pixels: a whole sheet of 700 × 1000 mm at 600 ppi.
const MAX_SIDE: u32 = 24_000;
/// The maximum number of pixels in an image: decoded, they take four bytes each.
const MAX_PIXELS: u64 = 200_000_000;

/// The quality of a photograph that is encoded again: no eye sees a difference.
const QUALITY: u8 = 94;

/// A picture of pixels, and how its file becomes one that a page can show.
#[derive(Debug, Clone)]
pub struct Pixels {
    /// The path by which a template names it.
    pub path: String,
    /// Its name in the content.
    name: String,
    /// The location that asks for it.
    place: Place,
    /// What its file holds.
    format: ImageFormat,
    /// Width and height as seen.
    size: (u32, u32),
    orientation: Orientation,
    /// Whether it holds inks.
    inks: bool,
}

/// What pictures are made for.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// Whether it is for a screen, where inks become light.
    pub screen: bool,
    /// The profile of inks that come without one.
    pub press: &'a [u8],
    /// The most pixels across and down that the page can show; `None` if all are wanted.
    pub most: Option<(u32, u32)>,
}

/// A picture as a page shows it.
pub struct Ready {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Whether they are a JPEG; a PNG otherwise.
    pub jpeg: bool,
    /// Whether they differ from the author's file, or go by another name.
    pub made: bool,
}

impl Pixels {
    /// Reads the size of a picture of pixels, and refuses what cannot be shown.
    pub(super) fn read(
        bytes: &[u8],
        format: ImageFormat,
        name: &str,
        place: &Place,
    ) -> Result<Self, Diagnostic> {
        let error =
            |message: String, hint: String| Diagnostic::error(place.clone(), message).hint(hint);
        let broken = |why: String| {
            error(say!("`{name}` is broken: {why}", name, why), say!("export it again"))
        };
        let mut decoder = ImageReader::with_format(Cursor::new(bytes), format)
            .into_decoder()
            .map_err(|why| match why {
                ImageError::Unsupported(why) => error(
                    say!("`{name}` cannot be read: {why}", name, why),
                    say!("save it in RGB, as PNG or JPEG"),
                ),
                why => broken(why.to_string()),
            })?;
        let (width, height) = decoder.dimensions();
        if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(error(
                say!(
                    "`{name}` measures {width} × {height} pixels, more than any page can show",
                    name,
                    width,
                    height
                ),
                say!("scale it down: 300 pixels per inch at its printed size are enough"),
            ));
        }
        if !is_whole(bytes, format) {
            return Err(error(
                say!("`{name}` is truncated: its end is missing", name),
                say!("export or copy it again"),
            ));
        }
        if width == 0 || height == 0 {
            return Err(error(say!("`{name}` has no pixels", name), say!("export it again")));
        }
        // What a camera says of its own position is no reason to refuse the picture.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let four = [ExtendedColorType::Cmyk8, ExtendedColorType::Cmyk16];
        if format == ImageFormat::Tiff && four.contains(&decoder.original_color_type()) {
            return Err(error(
                say!("`{name}` is a TIFF picture in inks (CMYK)", name),
                say!("save it as JPEG, which may stay in CMYK, or convert it to RGB"),
            ));
        }
        let size = if turns(orientation) { (height, width) } else { (width, height) };
        let inks = format == ImageFormat::Jpeg && cmyk::is(bytes);
        let path = if goes_as_it_is(name, format) && !inks {
            super::served(name)
        } else {
            super::made(name, if format == ImageFormat::Jpeg { "jpg" } else { "png" })
        };
        let (name, place) = (name.to_owned(), place.clone());
        Ok(Self { path, name, place, format, size, orientation, inks })
    }

    /// The ratio of its width to its height, as seen.
    pub(super) fn ratio(&self) -> f64 {
        f64::from(self.size.0) / f64::from(self.size.1)
    }

    /// Makes the picture for a purpose.
    pub fn make(&self, project: &Project, purpose: Purpose) -> Result<Ready, Diagnostic> {
        let bytes = project.bytes(&self.name, &self.place)?;
        let (width, height) = self.size;
        let most = purpose
            .most
            .filter(|(across, down)| purpose.screen && width > *across && height > *down);
        let made = if self.inks && purpose.screen {
            inks_to_light(&bytes, purpose.press, self.orientation, most)
        } else if most.is_some() || !matches!(self.format, ImageFormat::Jpeg | ImageFormat::Png) {
            again(&bytes, self.format, self.orientation, most)
        } else {
            let made = !self.path.starts_with(&super::served(""));
            return Ok(Ready { bytes: bytes.into(), jpeg: self.is_jpeg(), made });
        };
        let bytes = made.map_err(|why| self.broken(&why))?;
        Ok(Ready { bytes, jpeg: self.is_jpeg(), made: true })
    }

    /// Returns that the picture cannot be decoded.
    pub fn broken(&self, why: &str) -> Diagnostic {
        let message = say!("`{name}` is broken: {why}", name = self.name, why);
        Diagnostic::error(self.place.clone(), message).hint(say!("export it again"))
    }

    fn is_jpeg(&self) -> bool {
        self.format == ImageFormat::Jpeg
    }
}

/// Whether an orientation makes a picture's width its height.
fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Whether Typst reads the file rightly by its name, and finds in it all that it needs.
fn goes_as_it_is(name: &str, format: ImageFormat) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match format {
        ImageFormat::Png => ending == "png",
        ImageFormat::Jpeg => ending == "jpg" || ending == "jpeg",
        _ => false,
    }
}

/// Returns whether an image has its end marker; the decoder judges the data before it.
fn is_whole(bytes: &[u8], format: ImageFormat) -> bool {
    let end: &[u8] = match format {
        ImageFormat::Png => b"IEND",
        ImageFormat::Jpeg => &[0xFF, 0xD9],
        _ => return true,
    };
    bytes[bytes.len() / 2..].windows(end.len()).any(|window| window == end)
}

/// A photograph in inks as one in light, upright.
#[comemo::memoize]
fn inks_to_light(
    bytes: &[u8],
    press: &[u8],
    orientation: Orientation,
    most: Option<(u32, u32)>,
) -> Result<Arc<[u8]>, String> {
    let picture = fitted(cmyk::to_light(bytes, press)?, orientation, most);
    encoded(&picture, None, true)
}

/// Decodes a picture and encodes it again: upright, in a format that Typst reads, and no finer
/// than `most`.
#[comemo::memoize]
fn again(
    bytes: &[u8],
    format: ImageFormat,
    orientation: Orientation,
    most: Option<(u32, u32)>,
) -> Result<Arc<[u8]>, String> {
    let read = || -> ImageResult<_> {
        let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder()?;
        let profile = decoder.icc_profile()?;
        Ok((DynamicImage::from_decoder(decoder)?, profile))
    };
    let (picture, profile) = read().map_err(|why| why.to_string())?;
    encoded(&fitted(picture, orientation, most), profile, format == ImageFormat::Jpeg)
}

/// Turns a picture upright, and makes it no finer than `most` pixels across and down can show.
fn fitted(
    mut picture: DynamicImage,
    orientation: Orientation,
    most: Option<(u32, u32)>,
) -> DynamicImage {
    picture.apply_orientation(orientation);
    match most {
        // It may be cropped to fill the page: then the side that is cropped has more.
        Some((across, down)) => {
            let share = (f64::from(across) / f64::from(picture.width()))
                .max(f64::from(down) / f64::from(picture.height()));
            let side = |pixels: u32| (f64::from(pixels) * share).ceil() as u32;
            let (width, height) = (side(picture.width()), side(picture.height()));
            picture.resize_exact(width, height, FilterType::CatmullRom)
        }
        None => picture,
    }
}

fn encoded(
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
    jpeg: bool,
) -> Result<Arc<[u8]>, String> {
    let mut out = Cursor::new(vec![]);
    let done = if jpeg {
        write(picture, profile, JpegEncoder::new_with_quality(&mut out, QUALITY))
    } else {
        write(picture, profile, PngEncoder::new(&mut out))
    };
    done.map_err(|why| why.to_string())?;
    Ok(out.into_inner().into())
}

fn write(
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
    mut encoder: impl ImageEncoder,
) -> ImageResult<()> {
    if let Some(profile) = profile {
        // An encoder that has no place for it writes none.
        _ = encoder.set_icc_profile(profile);
    }
    picture.write_with_encoder(encoder)
}
