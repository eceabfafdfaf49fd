//! The layout report: the settings of each part, and the lines that deserve a second look.

use serde::Serialize;

use super::fit::{PartFit, PartPages};
use super::lines::Line;
use crate::reading::model::Report;

/// The number of worst lines to report.
const WORST: usize = 10;

/// The layout of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LayoutReport {
    /// The parts in page order.
    pub parts: Vec<PartLayout>,
    /// The blank pages that stand before parts which open on a left-hand or right-hand page.
    pub blank: Vec<usize>,
    /// The blank pages that fill the last signature.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filling: Vec<usize>,
    /// The lines with the widest gaps, worst first.
    pub worst: Vec<WorstLine>,
}

/// The layout of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartLayout {
    /// The part's name.
    pub part: String,
    /// Its first page, from 1.
    pub first: usize,
    /// Its number of pages.
    pub pages: usize,
    /// Its page budget.
    pub budget: Option<u32>,
    /// Its fit; `None` for a part that the template does not fit.
    pub fit: Option<PartFit>,
    /// The number of lines of text.
    pub lines: usize,
    /// The largest gap between two Han characters of a justified line, in ems.
    pub largest_gap: f64,
    /// The number of justified lines that are tightened: Han characters are closer than one em.
    pub squeezed: usize,
    /// The number of justified lines that are wider than the template's limit.
    pub stretched: usize,
    /// The number of paragraphs that end on a line of a single character.
    pub single: usize,
}

/// A line with wide gaps.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WorstLine {
    /// The content's file.
    pub file: String,
    /// The line of that file on which the paragraph begins.
    pub line: usize,
    /// The page, from 1.
    pub page: usize,
    /// Its largest gap between two Han characters, in ems.
    pub gap: f64,
    /// Its text.
    pub text: String,
}

impl LayoutReport {
    /// Returns the report as pretty-printed JSON.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("numbers and texts are JSON");
        text.push('\n');
        text
    }
}

/// Measures how each part was set, by the lines on its pages.
pub(super) fn measure(
    report: &Report,
    lines: &[Line],
    pages: &[PartPages],
    fits: &[PartFit],
) -> LayoutReport {
    let mut worst: Vec<(f64, WorstLine)> = vec![];
    let parts = pages
        .iter()
        .map(|place| {
            let part = report.parts.iter().find(|part| part.id == place.id);
            let fit = fits.iter().find(|fit| fit.id == place.id);
            let within = place.first..place.first + place.count;
            let own: Vec<&Line> = lines.iter().filter(|line| within.contains(&line.page)).collect();
            worst.extend(own.iter().filter(|line| line.justified && line.widest > 0.0).map(
                |line| {
                    let (gap, text) = (rounded(line.widest), line.text.clone());
                    let place = part.map(|part| part.line(line.from));
                    let file = place.as_ref().map_or(String::new(), |at| at.file.path.clone());
                    let from = place.map_or(line.from, |at| at.line_column().0);
                    (line.widest, WorstLine { file, line: from, page: line.page, gap, text })
                },
            ));
            let (tracking, high) = fit.map_or((0.0, 0.0), |fit| (fit.tracking, fit.limits.high));
            let count = |test: &dyn Fn(&Line) -> bool| own.iter().filter(|line| test(line)).count();
            PartLayout {
                part: place.id.clone(),
                first: place.first,
                pages: place.count,
                budget: part.and_then(|part| Some(part.budget.as_ref()?.0)),
                fit: fit.cloned(),
                lines: own.len(),
                largest_gap: rounded(
                    own.iter().filter(|l| l.justified).map(|l| l.widest).fold(0.0, f64::max),
                ),
                squeezed: count(&|line| line.justified && line.closest < tracking - TOLERANCE),
                stretched: count(&|line| {
                    line.justified && line.widest > tracking + high + TOLERANCE
                }),
                single: count(&|line| line.last && line.characters <= 1),
            }
        })
        .collect();
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    let worst = worst.into_iter().map(|(_, line)| line).take(WORST).collect();
    LayoutReport { parts, blank: vec![], filling: vec![], worst }
}

/// The tolerance for rounding, in ems.
const TOLERANCE: f64 = 0.002;

/// Rounds to a thousandth, for readability.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
