//! Paragraphs and figures of an untagged PDF, found by their positions.

use std::collections::{HashMap, HashSet};

use kurbo::Rect;

use super::ink::{Glyph, Ink};
use super::text;
use crate::version::{At, Drawing, Paint, Passage};

/// The minimum width and height of a figure, in points.
const LEAST: f64 = 24.0;
/// The share of the page above which a path is a panel behind text.
const PANEL: f64 = 0.05;
/// The maximum distance between the pieces of a figure, in points.
const NEAR: f64 = 6.0;
/// The minimum number of pages that a running head appears on.
const RUNNING: usize = 3;
/// The share of a page's height, at its head and its foot, in which running heads appear.
const MARGIN: f64 = 0.12;

/// A line: consecutive glyphs on a baseline.
struct Line<'a> {
    page: usize,
    glyphs: Vec<&'a Glyph>,
}

impl Line<'_> {
    fn rect(&self) -> Rect {
        self.glyphs.iter().skip(1).fold(self.glyphs[0].rect, |rect, glyph| rect.union(glyph.rect))
    }

    fn size(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max)
    }

    /// Returns its words without digits, in which running heads of different pages differ.
    fn words(&self) -> String {
        self.glyphs
            .iter()
            .flat_map(|glyph| glyph.text.chars())
            .filter(|c| !c.is_ascii_digit())
            .collect()
    }
}

/// Returns the blocks of all pages, and the locations of running heads.
pub(super) fn blocks(inks: &[Ink]) -> (Vec<Passage>, Vec<At>) {
    let lines: Vec<Vec<Line<'_>>> =
        inks.iter().enumerate().map(|(page, ink)| lines(page, ink)).collect();
    let running = running(inks, &lines);
    let (mut out, mut heads) = (vec![], vec![]);
    let mut open: Vec<Line<'_>> = vec![];
    for (page, lines) in lines.into_iter().enumerate() {
        let mut figures: Vec<(Rect, Vec<(usize, &Glyph)>)> =
            figures(&inks[page]).into_iter().map(|rect| (rect, vec![])).collect();
        for line in lines {
            if is_outer(&inks[page], &line) && running.contains(&key(&line)) {
                heads.extend(line.glyphs.iter().map(|glyph| At { page, rect: glyph.rect }));
                continue;
            }
            let middle = line.rect().center();
            if let Some((_, words)) = figures.iter_mut().find(|(rect, _)| rect.contains(middle)) {
                words.extend(line.glyphs.iter().map(|glyph| (page, *glyph)));
                continue;
            }
            if open.last().is_some_and(|last| !goes_on(&open, last, &line)) {
                close(&mut open, &mut out);
            }
            open.push(line);
        }
        if !figures.is_empty() {
            close(&mut open, &mut out);
        }
        out.extend(figures.into_iter().map(|(rect, words)| {
            let figure = Drawing {
                alt: String::new(),
                at: At { page, rect },
                shapes: inks[page].within(rect),
            };
            Passage { figure: Some(figure), ..text::block(&words) }
        }));
    }
    close(&mut open, &mut out);
    out.retain(|block| !block.text.is_empty() || block.figure.is_some());
    (out, heads)
}

fn close(open: &mut Vec<Line<'_>>, out: &mut Vec<Passage>) {
    let glyphs: Vec<_> =
        open.iter().flat_map(|line| line.glyphs.iter().map(|glyph| (line.page, *glyph))).collect();
    out.push(text::block(&glyphs));
    open.clear();
}

fn lines(page: usize, ink: &Ink) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = vec![];
    for glyph in &ink.glyphs {
        let same = out.last().and_then(|line| line.glyphs.last()).is_some_and(|last| {
            let size = last.size.max(glyph.size);
            let gap = glyph.rect.x0 - last.rect.x1;
            (glyph.origin.y - last.origin.y).abs() < 0.6 * size && gap > -size && gap < 1.8 * size
        });
        match out.last_mut() {
            Some(line) if same => line.glyphs.push(glyph),
            _ => out.push(Line { page, glyphs: vec![glyph] }),
        }
    }
    out
}

/// Returns whether a line continues the paragraph whose last line is `last`.
fn goes_on(open: &[Line<'_>], last: &Line<'_>, line: &Line<'_>) -> bool {
    let (size, own) = (last.size(), line.size());
    if (size - own).abs() > 0.05 * size {
        return false;
    }
    let (above, below) = (last.rect(), line.rect());
    // A sentence that is not at its end goes on in the next column or on the next page.
    let ended = last
        .glyphs
        .last()
        .and_then(|glyph| glyph.text.chars().last())
        .is_none_or(|c| "。！？.!?：:”」』）)".contains(c));
    let next = line.glyphs[0].origin.y - last.glyphs[0].origin.y;
    if last.page != line.page || next < -0.5 * size {
        return !ended && above.width() > 8.0 * size;
    }
    let beside = |rect: Rect| below.x0 < rect.x1 && rect.x0 < below.x1;
    // Where the column's lines begin, but for the paragraph's first.
    let column = open
        .iter()
        .skip(1)
        .filter(|own| own.page == line.page)
        .map(Line::rect)
        .filter(|own| beside(*own));
    let left = column.map(|own| own.x0).fold(above.x0, f64::min);
    let indented = below.x0 - left > 0.8 * size;
    next < 2.1 * size && beside(above) && !indented
}

fn is_outer(ink: &Ink, line: &Line<'_>) -> bool {
    let (middle, height) = (line.rect().center().y, ink.size.1);
    middle < MARGIN * height || middle > (1.0 - MARGIN) * height
}

fn key(line: &Line<'_>) -> (i64, String) {
    (line.rect().center().y.round() as i64, line.words())
}

/// Returns the lines that appear at the same height in the head or the foot of several pages.
fn running(inks: &[Ink], lines: &[Vec<Line<'_>>]) -> HashSet<(i64, String)> {
    let mut pages: HashMap<(i64, String), HashSet<usize>> = HashMap::new();
    for (ink, lines) in inks.iter().zip(lines) {
        for line in lines.iter().filter(|line| is_outer(ink, line)) {
            pages.entry(key(line)).or_default().insert(line.page);
        }
    }
    pages.into_iter().filter(|(_, pages)| pages.len() >= RUNNING).map(|(key, _)| key).collect()
}

/// Returns the extents of drawings: shapes that touch or nearly touch, except backgrounds and
/// hairlines.
fn figures(ink: &Ink) -> Vec<Rect> {
    let mut out: Vec<Rect> = vec![];
    for marked in &ink.shapes {
        let shape = &marked.shape;
        let panel =
            shape.paint != Paint::Image && shape.rect.area() > PANEL * ink.size.0 * ink.size.1;
        if panel || ink.is_ground(shape.rect) {
            continue;
        }
        let mut rect = marked.shape.rect;
        // What it joins may now touch others.
        while let Some(at) = out.iter().position(|other| touch(*other, rect)) {
            rect = rect.union(out.swap_remove(at));
        }
        out.push(rect);
    }
    out.retain(|rect| rect.width() >= LEAST && rect.height() >= LEAST && !ink.is_ground(*rect));
    out.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    out
}

fn touch(a: Rect, b: Rect) -> bool {
    a.x0 - NEAR < b.x1 && b.x0 - NEAR < a.x1 && a.y0 - NEAR < b.y1 && b.y0 - NEAR < a.y1
}
