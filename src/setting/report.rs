//! The layout report: how each part was set, and the lines that a typesetter would look at twice.

use serde::Serialize;

use super::fit::{PartFit, PartPages};
use super::lines::Line;
use crate::reading::model::Report;

/// How many of the worst lines are told.
const WORST: usize = 10;

/// How a report was set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LayoutReport {
    /// The parts in the order of pages.
    pub parts: Vec<PartLayout>,
    /// The lines with the widest gaps, the worst first.
    pub worst: Vec<WorstLine>,
}

/// How a part was set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartLayout {
    /// The part's name.
    pub part: String,
    /// Its first page, from 1.
    pub first: usize,
    /// How many pages it takes.
    pub pages: usize,
    /// How many it should.
    pub budget: Option<u32>,
    /// How it was fitted; `None` for a part that the template does not fit.
    pub fit: Option<PartFit>,
    /// Lines of text.
    pub lines: usize,
    /// The largest gap between two Han characters of a justified line, in ems.
    pub largest_gap: f64,
    /// Justified lines that are closed up: Han characters stand nearer than one em.
    pub squeezed: usize,
    /// Justified lines opened wider than the template's limit.
    pub stretched: usize,
    /// Paragraphs that end on a line of a single character.
    pub single: usize,
}

/// A line that is opened wide.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WorstLine {
    /// The content's file.
    pub file: String,
    /// The line of it on which the paragraph begins.
    pub line: usize,
    /// The page, from 1.
    pub page: usize,
    /// Its largest gap between two Han characters, in ems.
    pub gap: f64,
    /// What it says.
    pub text: String,
}

impl LayoutReport {
    /// The report as JSON, line by line.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("numbers and texts are JSON");
        text.push('\n');
        text
    }
}

/// Measures how each part was set, by the lines on its pages.
pub(super) fn measure(report: &Report, lines: &[Line], pages: &[PartPages], fits: &[PartFit]) -> LayoutReport {
    let mut worst: Vec<(f64, WorstLine)> = vec![];
    let parts = pages
        .iter()
        .map(|place| {
            let part = report.parts.iter().find(|part| part.id == place.id);
            let fit = fits.iter().find(|fit| fit.id == place.id);
            let within = place.first..place.first + place.count;
            let own: Vec<&Line> = lines.iter().filter(|line| within.contains(&line.page)).collect();
            let file = part.map_or(String::new(), |part| part.place.file.path.clone());
            worst.extend(own.iter().filter(|line| line.justified && line.widest > 0.0).map(|line| {
                let (gap, text) = (rounded(line.widest), line.text.clone());
                (line.widest, WorstLine { file: file.clone(), line: line.from, page: line.page, gap, text })
            }));
            let (tracking, high) = fit.map_or((0.0, 0.0), |fit| (fit.tracking, fit.limits.high));
            let count = |test: &dyn Fn(&Line) -> bool| own.iter().filter(|line| test(line)).count();
            PartLayout {
                part: place.id.clone(),
                first: place.first,
                pages: place.count,
                budget: part.and_then(|part| Some(part.budget.as_ref()?.0)),
                fit: fit.cloned(),
                lines: own.len(),
                largest_gap: rounded(own.iter().filter(|l| l.justified).map(|l| l.widest).fold(0.0, f64::max)),
                squeezed: count(&|line| line.justified && line.closest < tracking - TOLERANCE),
                stretched: count(&|line| line.justified && line.widest > tracking + high + TOLERANCE),
                single: count(&|line| line.last && line.characters <= 1),
            }
        })
        .collect();
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    let worst = worst.into_iter().map(|(_, line)| line).take(WORST).collect();
    LayoutReport { parts, worst }
}

/// What rounding may leave, in ems.
const TOLERANCE: f64 = 0.002;

/// To a thousandth, for people.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
