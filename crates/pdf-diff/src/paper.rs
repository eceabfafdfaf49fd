//! Pages that differ as paper: in size, in the way they are turned, in their spot colours. None of
//! this need be seen in the words, and inks not even on a screen.

use kurbo::Rect;
use l10n::say;

use super::pages::Row;
use super::version::{At, Page, Version};
use super::{Change, ChangeKind};

/// The difference of two lengths that programs round, in points.
const ROUNDED: f64 = 0.5;

/// Returns what differs of the paper of pages that are in both versions.
pub(super) fn changes(a: &Version, b: &Version, rows: &[Row]) -> Vec<Change> {
    let both = rows.iter().filter_map(|row| row.a.zip(row.b));
    both.flat_map(|(from, to)| {
        let (old, new) = (&a.pages[from], &b.pages[to]);
        let told = [size(old, new), turned(old, new), inks(old, new)];
        told.into_iter().flatten().map(move |told| Change {
            kind: ChangeKind::Look,
            figure: false,
            part: b.parts[b.part_of(to)].title.clone(),
            from: Some(old.label.clone()),
            to: Some(new.label.clone()),
            file: None,
            line: None,
            alt: None,
            told: Some(told),
            words: vec![],
            marks_a: vec![whole(old, from)],
            marks_b: vec![whole(new, to)],
        })
    })
    .collect()
}

/// Returns whether two pages are as large when they are cut.
pub(super) fn same_size(a: &Page, b: &Page) -> bool {
    let (own, its) = (cut(a), cut(b));
    (own.0 - its.0).abs() <= ROUNDED && (own.1 - its.1).abs() <= ROUNDED
}

/// The width and height of a page when it is cut, in points.
fn cut(page: &Page) -> (f64, f64) {
    (page.trim.width() * page.unit, page.trim.height() * page.unit)
}

fn whole(page: &Page, number: usize) -> At {
    At { page: number, rect: Rect::new(0.0, 0.0, page.width, page.height) }
}

fn size(old: &Page, new: &Page) -> Option<String> {
    if same_size(old, new) {
        return None;
    }
    let told = |page: &Page| {
        let (width, height) = cut(page);
        format!("{:.1} × {:.1}", width / 72.0 * 25.4, height / 72.0 * 25.4)
    };
    Some(say!("{new} mm, was {old} mm", new = told(new), old = told(old)))
}

fn turned(old: &Page, new: &Page) -> Option<String> {
    let by = (new.turns + 4 - old.turns) % 4;
    (by > 0).then(|| say!("turned by {degrees}° clockwise", degrees = by * 90))
}

fn inks(old: &Page, new: &Page) -> Option<String> {
    if old.spots == new.spots {
        return None;
    }
    let told = |page: &Page| match page.spots.as_slice() {
        [] => say!("none"),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    Some(say!("spot colours: {new}, was: {old}", new = told(new), old = told(old)))
}
