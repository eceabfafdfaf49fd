//! Page images, and how much two pages without words look alike.

use std::io::Cursor;
use std::num::NonZeroUsize;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};
use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use kurbo::Rect;

use super::pages::Likeness;
use super::version::Version;
use crate::error::Unreadable;
use l10n::say;

/// The resolution at which pages without words are told apart, in pixels per inch.
const SKETCH: f64 = 16.0;
/// The columns and rows at which sketches are compared.
const POINTS: usize = 64;
/// The mean difference of a colour value at which sketches have nothing in common, out of 255.
const FAR: f64 = 24.0;
/// The similarity of pages that look nothing like each other: their place may still tell that one
/// was made of the other.
const UNLIKE: f64 = 0.3;
/// The maximum size of a page's longer side, in pixels.
const LARGEST: f64 = 4000.0;
/// The stack size of a drawing thread.
const STACK: usize = 64 << 20;

/// A page image, three bytes per pixel.
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) rgb: Vec<u8>,
    /// Pixels per point.
    pub(super) scale: f64,
}

impl Picture {
    /// Encodes the image as a PNG file.
    pub(super) fn png(&self) -> Vec<u8> {
        // An eighth of the colours will do to see what changed, in half the bytes; white stays
        // white.
        let level = |value: &u8| ((u16::from(*value) + 4) / 8 * 8).min(255) as u8;
        let rgb: Vec<u8> = self.rgb.iter().map(level).collect();
        let mut out = Cursor::new(vec![]);
        let (width, height) = (self.width as u32, self.height as u32);
        // A picture in memory is written whole, for the sizes agree.
        let encoder =
            PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
        _ = encoder.write_image(&rgb, width, height, ExtendedColorType::Rgb8);
        out.into_inner()
    }

    /// Returns the mean difference of a colour value to another image, whatever its size.
    fn distance(&self, other: &Self) -> f64 {
        let place = |point: usize, most: usize| (2 * point + 1) * most / (2 * POINTS);
        let pixel = |one: &Self, x: usize, y: usize| {
            let at = (place(y, one.height) * one.width + place(x, one.width)) * 3;
            [one.rgb[at], one.rgb[at + 1], one.rgb[at + 2]]
        };
        let points = (0..POINTS).flat_map(|y| (0..POINTS).map(move |x| (x, y)));
        let sum: u64 = points
            .map(|(x, y)| {
                let both = pixel(self, x, y).into_iter().zip(pixel(other, x, y));
                both.map(|(own, its)| u64::from(own.abs_diff(its))).sum::<u64>()
            })
            .sum();
        sum as f64 / (POINTS * POINTS * 3) as f64
    }

    /// Turns the image by quarter turns against the clock.
    fn turned(self, turns: usize) -> Self {
        let Self { width, height, rgb, scale } = self;
        let from = |x: usize, y: usize| match turns {
            1 => (width - 1 - y, x),
            2 => (width - 1 - x, height - 1 - y),
            _ => (y, height - 1 - x),
        };
        let (across, down) = if turns == 2 { (width, height) } else { (height, width) };
        if turns == 0 {
            return Self { width, height, rgb, scale };
        }
        let places = (0..down).flat_map(|y| (0..across).map(move |x| from(x, y)));
        let rgb = places
            .flat_map(|(x, y)| {
                let at = (y * width + x) * 3;
                [rgb[at], rgb[at + 1], rgb[at + 2]]
            })
            .collect();
        Self { width: across, height: down, rgb, scale }
    }

    /// Returns the part of the image within a rectangle, given in points.
    pub(super) fn part(&self, rect: Rect) -> Self {
        let pixel = |points: f64, most: usize| {
            ((points * self.scale).round().max(0.0) as usize).min(most.saturating_sub(1))
        };
        let (left, top) = (pixel(rect.x0, self.width), pixel(rect.y0, self.height));
        let side =
            |points: f64, most: usize| ((points * self.scale).round() as usize).clamp(1, most);
        let width = side(rect.width(), self.width - left);
        let height = side(rect.height(), self.height - top);
        let rows = self.rgb.chunks_exact(self.width * 3).skip(top).take(height);
        let rgb = rows.flat_map(|row| &row[left * 3..(left + width) * 3]).copied().collect();
        Self { width, height, rgb, scale: self.scale }
    }

    /// Returns the values of a row.
    pub(super) fn row(&self, row: usize) -> &[u8] {
        self.rgb.chunks_exact(self.width * 3).nth(row).unwrap_or_default()
    }

    /// Fills a rectangle, given in points, with white.
    pub(super) fn blank(&mut self, rect: Rect) {
        let pixel = |points: f64, most: usize| ((points * self.scale).max(0.0) as usize).min(most);
        let (left, right) = (pixel(rect.x0 - 1.0, self.width), pixel(rect.x1 + 2.0, self.width));
        for row in pixel(rect.y0 - 1.0, self.height)..pixel(rect.y1 + 2.0, self.height) {
            self.rgb[(row * self.width + left) * 3..(row * self.width + right) * 3].fill(255);
        }
    }
}

/// Returns how much the pages without words look alike, each of the old version with each of the
/// new one.
pub(super) fn likeness(a: &Version, b: &Version) -> Result<Likeness, Unreadable> {
    let (old, new) = (wordless(a), wordless(b));
    // Where there is one of each, it has no choice.
    if old.is_empty() || new.is_empty() || old.len() == 1 && new.len() == 1 {
        return Ok(Likeness::new());
    }
    let (was, is) = (draw(a, &old, SKETCH)?, draw(b, &new, SKETCH)?);
    let mut out = Likeness::new();
    for (from, was) in old.iter().zip(&was) {
        for (to, is) in new.iter().zip(&is) {
            out.insert((*from, *to), (1.0 - was.distance(is) / FAR).max(UNLIKE));
        }
    }
    Ok(out)
}

/// Returns the pages without words.
fn wordless(version: &Version) -> Vec<usize> {
    let mut has_words = vec![false; version.pages.len()];
    version.blocks.iter().flat_map(|block| &block.places).for_each(|at| has_words[at.page] = true);
    (0..has_words.len()).filter(|page| !has_words[*page]).collect()
}

/// Draws pages at a resolution in pixels per inch.
pub(super) fn draw(
    version: &Version,
    pages: &[usize],
    ppi: f64,
) -> Result<Vec<Picture>, Unreadable> {
    let threads =
        std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(pages.len()).max(1);
    let share = |first: usize| -> Option<Vec<(usize, Picture)>> {
        let pdf = preflight::open_with(&version.bytes, version.effort).ok()?;
        let cache = RenderCache::new();
        let own = (first..pages.len()).step_by(threads);
        own.map(|at| {
            let own = version.pages.get(pages[at])?;
            let drawn = page(pdf.pages().get(pages[at])?, own.drawable.then_some(&cache), ppi);
            Some((at, drawn.turned(own.turns)))
        })
        .collect()
    };
    let drawn: Option<Vec<Vec<(usize, Picture)>>> = std::thread::scope(|scope| {
        let start = |first: usize| {
            let thread = std::thread::Builder::new().name("draw".into()).stack_size(STACK);
            thread.spawn_scoped(scope, move || share(first)).ok()
        };
        let running: Vec<_> = (0..threads).map(start).collect();
        running.into_iter().map(|thread| thread?.join().ok().flatten()).collect()
    });
    let mut drawn: Vec<_> = drawn.into_iter().flatten().flatten().collect();
    if drawn.len() != pages.len() {
        let why = say!("a page is too damaged to be drawn");
        return Err(Unreadable::damaged(&version.name, why));
    }
    drawn.sort_by_key(|(at, _)| *at);
    Ok(drawn.into_iter().map(|(_, picture)| picture).collect())
}

/// Draws a page; it stays white without a cache to draw with.
fn page<'a>(
    page: &'a hayro_syntax::page::Page<'a>,
    cache: Option<&RenderCache<'a>>,
    ppi: f64,
) -> Picture {
    let (width, height) = page.render_dimensions();
    let scale = (ppi / 72.0).min(LARGEST / f64::from(width.max(height)));
    let Some(cache) = cache else {
        let side = |points: f32| (f64::from(points) * scale).ceil().max(1.0) as usize;
        let (width, height) = (side(width), side(height));
        return Picture { width, height, rgb: vec![255; width * height * 3], scale };
    };
    let settings = RenderSettings {
        x_scale: scale as f32,
        y_scale: scale as f32,
        bg_color: WHITE,
        ..RenderSettings::default()
    };
    let pixels = hayro::render(page, cache, &InterpreterSettings::default(), &settings);
    let (width, height) = (usize::from(pixels.width()), usize::from(pixels.height()));
    let rgb = pixels
        .data_as_u8_slice()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    Picture { width, height, rgb, scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, height: usize) -> Picture {
        let rgb = (0..width * height).flat_map(|at| [at as u8; 3]).collect();
        Picture { width, height, rgb, scale: 1.0 }
    }

    #[test]
    fn pictures_are_turned_against_the_clock() {
        let told = |turns: usize| {
            let Picture { width, height, rgb, .. } = picture(3, 2).turned(turns);
            (width, height, rgb.chunks(3).map(|pixel| pixel[0]).collect::<Vec<_>>())
        };
        // 0 1 2
        // 3 4 5
        assert_eq!(told(0), (3, 2, vec![0, 1, 2, 3, 4, 5]));
        assert_eq!(told(1), (2, 3, vec![2, 5, 1, 4, 0, 3]));
        assert_eq!(told(2), (3, 2, vec![5, 4, 3, 2, 1, 0]));
        assert_eq!(told(3), (2, 3, vec![3, 0, 4, 1, 5, 2]));
    }

    #[test]
    fn a_part_is_cut_out_where_it_is() {
        let part = picture(4, 3).part(Rect::new(1.0, 1.0, 3.0, 3.0));
        assert_eq!((part.width, part.height), (2, 2));
        assert_eq!(part.rgb.chunks(3).map(|pixel| pixel[0]).collect::<Vec<_>>(), [5, 6, 9, 10]);
        // Beyond the picture there is nothing.
        let part = picture(4, 3).part(Rect::new(2.0, 2.0, 30.0, 30.0));
        assert_eq!((part.width, part.height), (2, 1));
    }
}
