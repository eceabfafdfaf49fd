//! Findings with their source line and their position on the pages.

use serde::Serialize;

use crate::setting::{Area, Origins};
use source::{Diagnostic, Severity};

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingView {
    /// Its severity.
    pub severity: Severity,
    /// The code of the rule that was broken; `None` if the format itself forbids it.
    pub code: Option<&'static str>,
    /// The message, one sentence.
    pub message: String,
    /// Hints.
    pub hints: Vec<String>,
    /// The content's file.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The line's text.
    pub excerpt: String,
    /// The length of the affected part, in characters.
    pub length: usize,
    /// Its position on the pages.
    pub on: Option<On>,
}

/// A position on the pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct On {
    /// The page, from 1.
    pub page: usize,
    /// The area on it; `None` for the page as a whole.
    pub area: Option<Area>,
}

/// Returns the findings, errors first.
pub(super) fn of(problems: &[Diagnostic], origins: &Origins) -> Vec<FindingView> {
    let mut findings: Vec<FindingView> =
        problems.iter().map(|problem| finding(problem, origins)).collect();
    findings.sort_by_key(|finding| finding.severity != Severity::Error);
    findings
}

fn finding(problem: &Diagnostic, origins: &Origins) -> FindingView {
    let place = problem.place.as_ref();
    let (line, column) = place.map_or((1, 1), |place| place.line_column());
    let text = place.map_or("", |place| &place.file.text);
    let excerpt = text.lines().nth(line - 1).unwrap_or_default().to_owned();
    let meant = place.and_then(|place| text.get(place.range.clone())).unwrap_or_default();
    let length = meant.lines().next().map_or(0, |meant| meant.chars().count());
    let on = place.and_then(|place| {
        let file = &place.file.path;
        let block = origins.of(file, line).and_then(|block| {
            let spot = block
                .spots
                .iter()
                .rev()
                .find(|spot| spot.offset <= place.range.start)
                .or(block.spots.first())?;
            Some(On { page: spot.page, area: Some(spot.area) })
        });
        block.or_else(|| Some(On { page: origins.first_page(file)?, area: None }))
    });
    FindingView {
        severity: problem.severity,
        code: problem.rule.map(|rule| rule.code),
        message: problem.message.clone(),
        hints: problem.hints.clone(),
        file: place.map(|place| place.file.path.clone()),
        line,
        column,
        excerpt,
        length,
        on,
    }
}
