//! The proof that text keeps within its column, where the template declares columns (`<flow>`), and
//! within the text's margins, where it declares those (`<output>`).
//!
//! What stands in the margin altogether was put there; what runs into it did not fit.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use typst_layout::PagedDocument;

use super::expected::Kind;
use super::notes::{self, Declared};
use super::owned::Owned;
use super::printed::Item;
use crate::reading::model::Report;
use crate::rules;
use l10n::say;
use source::Diagnostic;

/// How far text may reach over an edge, in points or in ems, whichever is more: marks hang there.
const SLACK: (f64, f64) = (3.0, 0.6);

/// How a part is set, as far as it matters here. Lengths are in points.
#[derive(Deserialize)]
struct Flow {
    part: String,
    #[serde(default = "one")]
    columns: usize,
    column: f64,
    #[serde(default)]
    gutter: f64,
}

fn one() -> usize {
    1
}

/// Reports the text that runs out of its column, or out of the text's margins, each block once.
pub(super) fn check(
    document: &PagedDocument,
    text: &Owned,
    report: &Report,
    declared: &Declared,
) -> Vec<Diagnostic> {
    let Some(margins) = declared.margins else { return vec![] };
    let bleeding: BTreeSet<usize> =
        notes::marks(document, "full-bleed").into_iter().map(|(_, page)| page).collect();
    let flows: Vec<(Flow, usize)> = notes::placed(document, "flow");
    let flows: BTreeMap<&str, &(Flow, usize)> =
        flows.iter().map(|flow| (flow.0.part.as_str(), flow)).collect();
    let mut told = text.lost.clone();
    let mut out = vec![];
    for (at, item) in text.items.iter().enumerate().filter(|(_, it)| !bleeding.contains(&it.page)) {
        let Some(run) = text.run(at) else { continue };
        let inside = [margins.inside, margins.outside];
        let [left, right] = if item.page % 2 == 0 { [inside[1], inside[0]] } else { inside };
        let width = document.pages()[item.page - 1].frame.size().x.to_pt();
        let measure = [left, width - right];
        let flow = flows.get(report.parts[run.part].id.as_str());
        let flow = flow.filter(|(_, first)| item.page >= *first && !item.spans);
        let column = flow.and_then(|(flow, _)| column(flow, left, item.area().x));
        if !leaves(item, column.unwrap_or(measure)) || !told.insert(run.whole()) {
            continue;
        }
        let (what, page, text) = (run.kind.name(), item.page, text.shown(at));
        let message = match column {
            Some(_) => {
                say!("{what} runs out of its column on page {page} at `{text}`", what, page, text)
            }
            None => {
                say!("{what} runs into the margin of page {page} at `{text}`", what, page, text)
            }
        };
        out.push(
            Diagnostic::of(&rules::OUT_OF_COLUMN, run.place.clone(), message).hint(hint(run.kind)),
        );
    }
    out
}

/// The edges of the column in which something begins.
fn column(flow: &Flow, left: f64, x: f64) -> Option<[f64; 2]> {
    let step = flow.column + flow.gutter;
    let number = ((x - left + flow.gutter / 2.0) / step).floor();
    let start = left + number * step;
    (number >= 0.0 && number < flow.columns as f64).then_some([start, start + flow.column])
}

/// Whether text stands on both sides of an edge.
fn leaves(item: &Item, [left, right]: [f64; 2]) -> bool {
    let slack = SLACK.0.max(SLACK.1 * item.size());
    let area = item.area();
    let end = area.x + area.width;
    if area.x >= right || end <= left || (area.x >= left - slack && end <= right + slack) {
        return false;
    }
    // Spaces may end it.
    item.ink(&area).iter().any(|ink| ink.x < left - slack || ink.x + ink.width > right + slack)
}

fn hint(kind: Kind) -> String {
    match kind {
        Kind::Code => say!("break its long lines"),
        Kind::Table => {
            say!(
                "shorten the longest words in this row, or split the table into tables of fewer columns"
            )
        }
        Kind::Chart => say!("shorten its labels, or split its data into charts of fewer rows"),
        _ => say!("put a space where the word may break, or shorten it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_belongs_to_the_column_in_which_it_begins() {
        let flow = Flow { part: String::new(), columns: 2, column: 200.0, gutter: 20.0 };
        assert_eq!(column(&flow, 50.0, 50.0), Some([50.0, 250.0]));
        assert_eq!(column(&flow, 50.0, 249.0), Some([50.0, 250.0]));
        assert_eq!(column(&flow, 50.0, 262.0), Some([270.0, 470.0]));
        assert_eq!(column(&flow, 50.0, 39.0), None);
        assert_eq!(column(&flow, 50.0, 481.0), None);
    }
}
