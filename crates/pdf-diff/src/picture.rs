//! Page images, and the visual differences between two pages with the same words.

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

use super::blocks::Pair;
use super::pages::Row;
use super::version::{At, Version};
use super::{Change, ChangeKind};
use crate::error::Unreadable;
use l10n::say;

/// The resolution at which pages are compared visually, in pixels per inch.
const LOOK: f64 = 72.0;
/// The maximum size of a page's longer side, in pixels.
const LARGEST: f64 = 4000.0;
/// The smallest visible difference of a colour value, out of 255.
const SEEN: u8 = 24;
/// The side of the tiles in which differences are collected, in pixels.
const TILE: usize = 12;
/// The maximum number of boxes: more say no more than one around them all.
const MOST: usize = 12;
/// The stack size of a drawing thread.
const STACK: usize = 64 << 20;

/// A page image, three bytes per pixel.
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    rgb: Vec<u8>,
    /// Pixels per point.
    scale: f64,
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

    /// Fills a rectangle, given in points, with white.
    fn blank(&mut self, rect: Rect) {
        let pixel = |points: f64, most: usize| ((points * self.scale).max(0.0) as usize).min(most);
        let (left, right) = (pixel(rect.x0 - 1.0, self.width), pixel(rect.x1 + 2.0, self.width));
        for row in pixel(rect.y0 - 1.0, self.height)..pixel(rect.y1 + 2.0, self.height) {
            self.rgb[(row * self.width + left) * 3..(row * self.width + right) * 3].fill(255);
        }
    }
}

/// Adds visual changes on pages where nothing else changed.
pub(super) fn looks(
    a: &Version,
    b: &Version,
    pairs: &[Pair],
    rows: &[Row],
    changes: &mut Vec<Change>,
) -> Result<(), Unreadable> {
    if a.bytes == b.bytes {
        return Ok(());
    }
    let marked = |marks: &dyn Fn(&Change) -> &[At], page: usize| {
        changes.iter().any(|change| marks(change).iter().any(|at| at.page == page))
    };
    let same: Vec<(usize, usize)> = rows
        .iter()
        .filter_map(|row| row.a.zip(row.b))
        .filter(|(old, new)| a.pages[*old].drawable && b.pages[*new].drawable)
        .filter(|(old, new)| {
            !marked(&|change| &change.marks_a, *old) && !marked(&|change| &change.marks_b, *new)
        })
        .filter(|(old, new)| {
            a.pages[*old].label == b.pages[*new].label || !is_shifted(a, b, pairs, *old, *new)
        })
        .collect();
    let mut old = draw(a, &same.iter().map(|(old, _)| *old).collect::<Vec<_>>(), LOOK)?;
    let mut new = draw(b, &same.iter().map(|(_, new)| *new).collect::<Vec<_>>(), LOOK)?;
    for (((from, to), old), new) in same.into_iter().zip(&mut old).zip(&mut new) {
        // A page that has another number now has another folio, and maybe its running head on the
        // other side.
        if a.pages[from].label != b.pages[to].label {
            let heads = |version: &'_ Version, page: usize| -> Vec<Rect> {
                version.running.iter().filter(|at| at.page == page).map(|at| at.rect).collect()
            };
            for rect in heads(a, from).into_iter().chain(heads(b, to)) {
                old.blank(rect);
                new.blank(rect);
            }
        }
        let boxes = differences(old, new);
        if boxes.is_empty() {
            continue;
        }
        changes.push(Change {
            kind: ChangeKind::Look,
            figure: false,
            part: b.parts[b.part_of(to)].title.clone(),
            from: Some(a.pages[from].label.clone()),
            to: Some(b.pages[to].label.clone()),
            file: None,
            line: None,
            alt: None,
            words: vec![],
            marks_a: boxes.iter().map(|&rect| At { page: from, rect }).collect(),
            marks_b: boxes.iter().map(|&rect| At { page: to, rect }).collect(),
        });
    }
    Ok(())
}

/// Returns whether all words of a page are offset by the same distance: a left-hand page has
/// become a right-hand one.
fn is_shifted(a: &Version, b: &Version, pairs: &[Pair], old: usize, new: usize) -> bool {
    let both = pairs.iter().filter_map(|pair| Some((&a.blocks[pair.a?], &b.blocks[pair.b?])));
    let starts = both.filter_map(|(a, b)| Some((a.places.first()?, b.places.first()?)));
    let own = starts.filter(|(a, b)| a.page == old && b.page == new);
    let shifts: Vec<_> = own.map(|(a, b)| b.rect.origin() - a.rect.origin()).collect();
    let near = |a: f64, b: f64| (a - b).abs() < 0.3;
    shifts.first().is_some_and(|first| {
        first.hypot() > 0.05
            && shifts.iter().all(|shift| near(shift.x, first.x) && near(shift.y, first.y))
    })
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
            let drawable = version.pages.get(pages[at])?.drawable;
            Some((at, page(pdf.pages().get(pages[at])?, drawable.then_some(&cache), ppi)))
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

/// Returns the areas in which two images differ, in points; pages of different sizes differ
/// everywhere.
fn differences(a: &Picture, b: &Picture) -> Vec<Rect> {
    if (a.width, a.height) != (b.width, b.height) {
        return vec![Rect::new(0.0, 0.0, a.width as f64 / a.scale, a.height as f64 / a.scale)];
    }
    let mut boxes: Vec<Rect> = vec![];
    for (row, (old, new)) in
        a.rgb.chunks_exact(a.width * 3).zip(b.rgb.chunks_exact(a.width * 3)).enumerate()
    {
        if old == new {
            continue;
        }
        for (tile, (old, new)) in old.chunks(TILE * 3).zip(new.chunks(TILE * 3)).enumerate() {
            if old.iter().zip(new).any(|(old, new)| old.abs_diff(*new) > SEEN) {
                let corner = ((tile * TILE) as f64, (row / TILE * TILE) as f64);
                let mut rect = Rect::from_origin_size(corner, (TILE as f64, TILE as f64));
                while let Some(at) = boxes.iter().position(|other| touch(*other, rect)) {
                    rect = rect.union(boxes.swap_remove(at));
                }
                boxes.push(rect);
            }
        }
    }
    if boxes.len() > MOST {
        boxes = boxes.into_iter().reduce(|all, one| all.union(one)).into_iter().collect();
    }
    boxes.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    boxes
        .iter()
        .map(|rect| {
            Rect::new(rect.x0 / a.scale, rect.y0 / a.scale, rect.x1 / a.scale, rect.y1 / a.scale)
        })
        .collect()
}

fn touch(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(dots: &[(usize, usize)]) -> Picture {
        let (width, height) = (120, 120);
        let mut rgb = vec![255; width * height * 3];
        dots.iter().for_each(|(x, y)| rgb[(y * width + x) * 3] = 0);
        Picture { width, height, rgb, scale: 2.0 }
    }

    #[test]
    fn differences_are_boxes_where_they_are() {
        assert!(differences(&picture(&[(5, 5)]), &picture(&[(5, 5)])).is_empty());
        let far = differences(&picture(&[]), &picture(&[(3, 3), (100, 100)]));
        assert_eq!(far, [Rect::new(0.0, 0.0, 6.0, 6.0), Rect::new(48.0, 48.0, 54.0, 54.0)]);
        let near = differences(&picture(&[]), &picture(&[(3, 3), (14, 14)]));
        assert_eq!(near, [Rect::new(0.0, 0.0, 12.0, 12.0)]);
    }
}
