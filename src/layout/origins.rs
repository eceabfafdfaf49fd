//! From a place on a page back to the content: which line of which file stands there.

use crate::diagnostic::Place;
use crate::fit::PartPages;
use crate::model::Report;

use super::lines::{FigureAt, Line};

/// A line of text on a page, and where it was written.
#[derive(Debug, Clone)]
struct Origin {
    page: usize,
    x: f64,
    y: f64,
    place: Place,
}

/// Where the text of every page was written.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    lines: Vec<Origin>,
    /// Each part's pages, and where the part itself was asked for.
    parts: Vec<(std::ops::Range<usize>, Place)>,
}

impl Origins {
    pub(super) fn new(report: &Report, pages: &[PartPages], lines: &[Line], figures: &[FigureAt]) -> Self {
        let mut out = Self::default();
        for place in pages {
            let Some(part) = report.parts.iter().find(|part| part.id == place.id) else { continue };
            let within = place.first..place.first + place.count;
            let file = &part.place.file;
            let of = |from: usize, page, x, y| {
                let start: usize = file.text.split_inclusive('\n').take(from.saturating_sub(1)).map(str::len).sum();
                let length = file.text[start..].lines().next().map_or(0, str::len);
                Origin { page, x, y, place: Place::new(file, start..start + length) }
            };
            let lines = lines.iter().filter(|line| within.contains(&line.page));
            out.lines.extend(lines.map(|line| of(line.from, line.page, line.x, line.y)));
            let figures = figures.iter().filter(|figure| within.contains(&figure.page));
            out.lines.extend(figures.map(|figure| of(figure.from, figure.page, figure.x, figure.y)));
            out.parts.push((within, part.place.clone()));
        }
        out
    }

    /// What was written nearest to a place of a page, in points from the trim's upper left corner; the
    /// part itself on a page without text.
    pub fn at(&self, page: usize, place: Option<(f64, f64)>) -> Option<Place> {
        let (x, y) = place.unwrap_or_default();
        // What stands there begins above it; across a page, height counts more.
        let below = |distance: f64| if distance > 0.0 { 2.0 * distance } else { -distance };
        let distance = |origin: &&Origin| below(origin.y - y) + 0.2 * (origin.x - x).abs();
        let lines = self.lines.iter().filter(|origin| origin.page == page && place.is_some());
        let nearest = lines.min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let part = || self.parts.iter().find(|(pages, _)| pages.contains(&page)).map(|(_, place)| place.clone());
        nearest.map(|origin| origin.place.clone()).or_else(part)
    }
}
