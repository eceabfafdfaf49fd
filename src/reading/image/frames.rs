//! How many pictures a file holds: a page shows the first.

use std::io::Cursor;

use image::AnimationDecoder;
use image::ImageFormat;
use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPDecoder;

/// The most pages of a file that are counted.
const MOST: usize = 1000;

/// What follows the first picture of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum More {
    /// Further frames of an animation.
    Frames,
    /// Further pages: this many in all.
    Pages(usize),
}

/// Returns what a file holds besides its first picture.
pub(super) fn beyond_first(bytes: &[u8], format: ImageFormat) -> Option<More> {
    let moves = match format {
        ImageFormat::Gif => GifDecoder::new(Cursor::new(bytes))
            .is_ok_and(|decoder| decoder.into_frames().take(2).filter(Result::is_ok).count() > 1),
        ImageFormat::WebP => {
            WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|decoder| decoder.has_animation())
        }
        ImageFormat::Png => frames_of_png(bytes).is_some_and(|frames| frames > 1),
        ImageFormat::Tiff => {
            let pages = pages_of_tiff(bytes);
            return (pages > 1).then_some(More::Pages(pages));
        }
        _ => false,
    };
    moves.then_some(More::Frames)
}

/// The frames that the animation control chunk of a PNG names (PNG third edition, 11.3.6.1).
fn frames_of_png(bytes: &[u8]) -> Option<u32> {
    const SIGNATURE: usize = 8;
    let mut at = SIGNATURE;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        match bytes.get(at + 4..at + 8)? {
            b"acTL" => {
                return Some(u32::from_be_bytes(bytes.get(at + 8..at + 12)?.try_into().ok()?));
            }
            // It stands before the picture.
            b"IDAT" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}

/// The pages of a TIFF: its directories, but for previews and masks of others (TIFF 6.0, section 2,
/// and `NewSubfileType` in section 8).
fn pages_of_tiff(bytes: &[u8]) -> usize {
    let little = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| -> Option<u64> {
        let read = bytes.get(at..at.checked_add(length)?)?;
        let fold = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if little { read.iter().rev().fold(0, fold) } else { read.iter().fold(0, fold) })
    };
    // Offsets of BigTIFF have eight bytes, counts too.
    let big = number(2, 2) == Some(43);
    let (first, offset, count, entry) = if big { (8, 8, 8, 20) } else { (4, 4, 2, 12) };
    let mut next = number(first, offset);
    let (mut pages, mut seen) = (0, 0);
    while let Some(at) = next.filter(|at| *at > 0 && seen < MOST).map(|at| at as usize) {
        seen += 1;
        let Some(entries) = number(at, count).filter(|entries| *entries < 10_000) else { break };
        let start = at + count;
        let mut tags = (0..entries as usize).map(|index| start + index * entry);
        const SUBFILE_TYPE: u64 = 254;
        /// A smaller picture of another, or a mask of it.
        const NO_PAGE: u64 = 0b101;
        let kind = tags.find(|tag| number(*tag, 2) == Some(SUBFILE_TYPE));
        let kind = kind.and_then(|tag| number(tag + entry - offset, 4)).unwrap_or(0);
        pages += usize::from(kind & NO_PAGE == 0);
        next = number(start + entries as usize * entry, offset);
    }
    pages
}
