//! Photographs in inks (CMYK JPEG), for a screen: through the profile within, or that of the
//! press.

use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Whether a JPEG holds inks rather than light.
pub(super) fn is(jpeg: &[u8]) -> bool {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options());
    decoder.decode_headers().is_ok()
        && matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK))
        && decoder.info().is_some_and(|info| info.components == 4)
}

/// Converts a JPEG in inks to sRGB, lying as it is stored; `press` is the profile for inks that
/// come without one.
pub(super) fn to_light(jpeg: &[u8], press: &[u8]) -> Result<DynamicImage, String> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options());
    decoder.decode_headers().map_err(|why| why.to_string())?;
    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::CMYK);
    // Decoded as they are stored: what the decoder would make of them knows no profile.
    decoder.set_options(options().jpeg_set_out_colorspace(stored));
    let profile = decoder.icc_profile();
    let mut inks = decoder.decode().map_err(|why| why.to_string())?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    if stored == ColorSpace::YCCK {
        inks.chunks_exact_mut(4).for_each(from_ycck);
    }
    // Adobe's programs store the share of paper that stays white, and leave their mark.
    if pdfx::has_adobe_mark(jpeg) {
        inks.iter_mut().for_each(|share| *share = 255 - *share);
    }
    let mut light = vec![0; width * height * 3];
    let profile = profile
        .and_then(|own| ColorProfile::new_from_slice(&own).ok())
        .filter(|own| own.color_space == DataColorSpace::Cmyk)
        .map_or_else(|| ColorProfile::new_from_slice(press), Ok)
        .map_err(|why| why.to_string())?;
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    };
    profile
        .create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options)
        .and_then(|transform| transform.transform(&inks, &mut light))
        .map_err(|why| why.to_string())?;
    let pixels = u32::try_from(width)
        .ok()
        .zip(u32::try_from(height).ok())
        .and_then(|(width, height)| RgbImage::from_raw(width, height, light))
        .ok_or("its size is wrong")?;
    Ok(DynamicImage::ImageRgb8(pixels))
}

fn options() -> DecoderOptions {
    DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX)
}

/// One pixel of luma and chroma to the inks that were stored (ITU-T T.872, 6.5.3): the first three
/// as a picture in light, its complement; the fourth as it is.
fn from_ycck(pixel: &mut [u8]) {
    let [y, blue, red] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
    let (blue, red) = (blue - 128.0, red - 128.0);
    let light = [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue];
    for (part, light) in pixel.iter_mut().zip(light) {
        *part = 255 - light.round().clamp(0.0, 255.0) as u8;
    }
}
