//! The visual differences between two pages with the same words.

use kurbo::{Rect, Vec2};

use super::blocks::Pair;
use super::pages::Row;
use super::picture::{Picture, draw};
use super::version::{At, Page, Version};
use super::{Change, ChangeKind, paper};
use crate::error::Unreadable;

/// The resolution at which pages are compared, in pixels per inch.
const LOOK: f64 = 72.0;
/// The difference of a colour value that is seen on a single pixel, out of 255.
const SEEN: i16 = 24;
/// The difference of a colour value that is seen where many pixels have it, such as a tint of 2 %,
/// and how many that are in a tile. What is only written anew, a hundredth of a point beside its
/// old place, has less.
const FAINT: i16 = 5;
const MANY: i32 = 10;
/// The side of the tiles in which differences are collected, in pixels.
const TILE: usize = 12;
/// The maximum number of boxes: more say no more than one around them all.
const MOST: usize = 12;

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
        let (own, its) = (&a.pages[from], &b.pages[to]);
        let boxes = compared((own, old), (its, new));
        if boxes.is_empty() {
            continue;
        }
        let marks = |page: usize, trim: Vec2| -> Vec<At> {
            boxes.iter().map(|&rect| At { page, rect: rect + trim }).collect()
        };
        let (from_trim, to_trim) = match is_alike(own, its) {
            true => (Vec2::ZERO, Vec2::ZERO),
            false => (own.trim.origin().to_vec2(), its.trim.origin().to_vec2()),
        };
        changes.push(Change {
            kind: ChangeKind::Look,
            figure: false,
            part: b.parts[b.part_of(to)].title.clone(),
            from: Some(a.pages[from].label.clone()),
            to: Some(b.pages[to].label.clone()),
            file: None,
            line: None,
            alt: None,
            told: None,
            words: vec![],
            marks_a: marks(from, from_trim),
            marks_b: marks(to, to_trim),
        });
    }
    Ok(())
}

/// Returns whether two pages have sheets of one size.
fn is_alike(a: &Page, b: &Page) -> bool {
    (a.width - b.width).abs() < 0.5 && (a.height - b.height).abs() < 0.5
}

/// Returns the areas in which two pages differ: on sheets of one size, all over them; else within
/// the trim, as a file for the press has more around it. Of pages that are cut to other sizes
/// nothing is compared: that they are is told.
fn compared((a, old): (&Page, &Picture), (b, new): (&Page, &Picture)) -> Vec<Rect> {
    if is_alike(a, b) {
        differences(old, new)
    } else if paper::same_size(a, b) {
        differences(&old.part(a.trim), &new.part(b.trim))
    } else {
        vec![]
    }
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

/// Returns the areas in which two images differ, in points; of images of different sizes, what both
/// have is compared.
fn differences(a: &Picture, b: &Picture) -> Vec<Rect> {
    let (width, height) = (a.width.min(b.width), a.height.min(b.height));
    let mut boxes: Vec<Rect> = vec![];
    for top in (0..height).step_by(TILE) {
        let rows: Vec<(&[u8], &[u8])> =
            (top..height.min(top + TILE)).map(|at| (a.row(at), b.row(at))).collect();
        if rows.iter().all(|(old, new)| old == new) {
            continue;
        }
        for left in (0..width).step_by(TILE) {
            let range = left * 3..width.min(left + TILE) * 3;
            let tile = rows.iter().map(|(old, new)| (&old[range.clone()], &new[range.clone()]));
            if !is_seen(tile) {
                continue;
            }
            let corner = (left as f64, top as f64);
            let mut rect = Rect::from_origin_size(corner, (TILE as f64, TILE as f64));
            while let Some(at) = boxes.iter().position(|other| touch(*other, rect)) {
                rect = rect.union(boxes.swap_remove(at));
            }
            boxes.push(rect);
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

/// Returns whether a difference between the rows of two tiles is seen: on one pixel by itself, or
/// on many that are all lighter, or all darker, than they were.
fn is_seen<'a>(rows: impl Iterator<Item = (&'a [u8], &'a [u8])>) -> bool {
    let (mut lighter, mut darker) = (0, 0);
    for (old, new) in rows {
        for (old, new) in old.chunks_exact(3).zip(new.chunks_exact(3)) {
            let differs = |at: usize| i16::from(new[at]) - i16::from(old[at]);
            let most = [differs(0), differs(1), differs(2)];
            let Some(most) = most.into_iter().max_by_key(|by| by.abs()) else { continue };
            if most.abs() > SEEN {
                return true;
            }
            lighter += i32::from(most > FAINT);
            darker += i32::from(most < -FAINT);
        }
    }
    // What is packed anew is lighter here and darker there.
    lighter.max(darker) >= MANY && lighter.min(darker) * 4 <= lighter.max(darker)
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

    #[test]
    fn a_tint_is_seen_where_it_covers_something() {
        let tinted = |by: &dyn Fn(usize) -> u8| {
            let mut one = picture(&[]);
            for (at, value) in one.rgb.iter_mut().enumerate() {
                *value -= by(at / 3);
            }
            one
        };
        let square = |at: usize| at / 120 < 24 && at % 120 < 24;
        let found = |by: &dyn Fn(usize) -> u8| differences(&picture(&[]), &tinted(by));
        assert_eq!(found(&|at| u8::from(square(at)) * 8), [Rect::new(0.0, 0.0, 12.0, 12.0)]);
        // A single pixel of it, or one that rounding makes, is not.
        assert!(found(&|at| u8::from(at == 500) * 8).is_empty());
        assert!(found(&|at| u8::from(square(at)) * 4).is_empty());
        // Nor is what a picture is that was packed anew: lighter here, darker there.
        let noisy = |shift: usize| {
            tinted(&move |at| {
                if square(at) { 8 * u8::from((at + shift).is_multiple_of(2)) } else { 0 }
            })
        };
        assert!(differences(&noisy(0), &noisy(1)).is_empty());
    }
}
