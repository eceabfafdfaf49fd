//! Tables and formulas that are too wide for the page in any way that the template can set them, by
//! its notes `<too-wide>` and `<formula-too-wide>`.

use serde::Deserialize;
use typst_layout::PagedDocument;

use super::fit::PartPages;
use super::notes;
use crate::reading::model::Report;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place};

/// What a template says of such a table; widths are in points.
#[derive(Deserialize)]
struct TooWide {
    part: String,
    line: usize,
    needs: f64,
    has: f64,
    /// Whether it is turned by a right angle.
    turned: bool,
}

/// What a template says of such a formula; widths are in points.
#[derive(Deserialize)]
struct FormulaTooWide {
    line: usize,
    needs: f64,
    has: f64,
}

fn millimetres(points: f64) -> f64 {
    (points / 72.0 * 25.4).ceil()
}

/// Reports them, each at its line.
pub(super) fn check(
    document: &PagedDocument,
    report: &Report,
    pages: &[PartPages],
) -> Vec<Diagnostic> {
    let mut out = tables(document, report);
    out.extend(formulas(document, report, pages));
    out
}

fn formulas(document: &PagedDocument, report: &Report, pages: &[PartPages]) -> Vec<Diagnostic> {
    let notes: Vec<(FormulaTooWide, usize)> = notes::placed(document, "formula-too-wide");
    let mut out = vec![];
    for (note, page) in notes {
        let own = pages.iter().find(|own| (own.first..own.first + own.count).contains(&page));
        let part = report.parts.iter().find(|part| own.is_some_and(|own| own.id == part.id));
        let Some(part) = part else { continue };
        let place = part.line(note.line);
        let (needs, has) = (millimetres(note.needs), millimetres(note.has));
        let message = say!("this formula needs {needs} mm, and there are {has} for it", needs, has);
        out.push(Diagnostic::of(&rules::WIDE_FORMULA, place, message).hint(say!(
            "part it into lines: `\\begin{{aligned}}…\\end{{aligned}}`, or give a part of it a name"
        )));
    }
    out
}

fn tables(document: &PagedDocument, report: &Report) -> Vec<Diagnostic> {
    let notes: Vec<(TooWide, usize)> = notes::placed(document, "too-wide");
    let mut out: Vec<Diagnostic> = vec![];
    for (note, _) in notes {
        let Some(part) = report.parts.iter().find(|part| part.id == note.part) else { continue };
        let place = line_of(&part.place, note.line);
        let (needs, has) = (millimetres(note.needs), millimetres(note.has));
        let message = match note.turned {
            true => {
                say!("this table needs {needs} mm, and a page that is turned has {has}", needs, has)
            }
            false => say!("this table needs {needs} mm, and the text is {has} wide", needs, has),
        };
        out.push(Diagnostic::of(&rules::WIDE_TABLE, place, message).hint(say!(
            "split it into tables of fewer columns, shorten its longest words, or swap rows and columns"
        )));
    }
    out
}

fn line_of(part: &Place, line: usize) -> Place {
    let text = &part.file.text;
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    Place::new(&part.file, start..start + length)
}
