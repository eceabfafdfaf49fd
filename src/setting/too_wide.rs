//! Tables and formulas that are too wide for the page in any way that the template can set them, rows
//! that are too high for it, and what is to stand in a column and spans all of them: by the notes
//! `<too-wide>`, `<too-high>`, `<formula-too-wide>` and `<unpinned>` of templates.

use std::collections::BTreeSet;

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
    /// Whether its author has it stand in one of several columns.
    #[serde(default)]
    pinned: bool,
}

/// What a template says of a table with rows that no page holds; heights are in points.
#[derive(Deserialize)]
struct TooHigh {
    part: String,
    line: usize,
    needs: f64,
    has: f64,
    /// Whether cells reach over more rows than two.
    #[serde(default)]
    merged: bool,
}

/// What a template says of a block that is to stand where it is written, and cannot.
#[derive(Deserialize)]
struct Unpinned {
    part: String,
    line: usize,
    by: Spans,
}

/// What has a block span the columns.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Spans {
    Wide,
    Bleed,
    Landscape,
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
    out.extend(unpinned(document, report));
    out.extend(too_high(document, report));
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
        let place = part.line(note.line);
        let (needs, has) = (millimetres(note.needs), millimetres(note.has));
        let message = match note.turned {
            true => {
                say!("this table needs {needs} mm, and a page that is turned has {has}", needs, has)
            }
            false => say!("this table needs {needs} mm, and the text is {has} wide", needs, has),
        };
        let hint = match note.pinned {
            true => say!("remove `.here` or `here: true`: then it stands over all columns"),
            false => say!(
                "split it into tables of fewer columns, shorten its longest words, or swap rows and columns"
            ),
        };
        out.push(Diagnostic::of(&rules::WIDE_TABLE, place, message).hint(hint));
    }
    out
}

/// The places of the tables that are told to be too wide, each with its part, by its place among all.
pub(super) fn wide_tables(document: &PagedDocument, report: &Report) -> Vec<(usize, Place)> {
    let notes: Vec<(TooWide, usize)> = notes::placed(document, "too-wide");
    let told = |(note, _): (TooWide, usize)| {
        let at = report.parts.iter().position(|part| part.id == note.part)?;
        Some((at, report.parts[at].line(note.line)))
    };
    notes.into_iter().filter_map(told).collect()
}

fn unpinned(document: &PagedDocument, report: &Report) -> Vec<Diagnostic> {
    let notes: Vec<(Unpinned, usize)> = notes::placed(document, "unpinned");
    let told = |(note, _): (Unpinned, usize)| {
        let part = report.parts.iter().find(|part| part.id == note.part)?;
        let (message, hint) = match note.by {
            Spans::Wide => (
                say!("a box over all columns cannot stand within the text of one"),
                say!("remove `.wide`: then it stands here in its column; or remove `.here`"),
            ),
            Spans::Bleed => (
                say!("a picture over the page's width cannot stand within the text of a column"),
                say!("remove `.bleed`: then it stands here in its column; or remove `.here`"),
            ),
            Spans::Landscape => (
                say!(
                    "what is turned has a page of its own, and cannot stand within the text of a column"
                ),
                say!("remove `.here` or `here: true`"),
            ),
        };
        Some(Diagnostic::error(part.line(note.line), message).hint(hint))
    };
    notes.into_iter().filter_map(told).collect()
}

/// The parts, by their place among all, with a table of which rows are higher than a page.
pub(super) fn parts_too_high(document: &PagedDocument, report: &Report) -> BTreeSet<usize> {
    let notes: Vec<(TooHigh, usize)> = notes::placed(document, "too-high");
    let part = |note: &TooHigh| report.parts.iter().position(|part| part.id == note.part);
    notes.iter().filter_map(|(note, _)| part(note)).collect()
}

fn too_high(document: &PagedDocument, report: &Report) -> Vec<Diagnostic> {
    let notes: Vec<(TooHigh, usize)> = notes::placed(document, "too-high");
    let told = |(note, _): (TooHigh, usize)| {
        let part = report.parts.iter().find(|part| part.id == note.part)?;
        let (needs, has) = (millimetres(note.needs), millimetres(note.has));
        let message = say!(
            "rows of this table that stay together need {needs} mm, and a page has {has}",
            needs,
            has
        );
        let hint = match note.merged {
            true => say!(
                "write the words of a merged cell again, in the place of one of its `^`: there the table may be parted"
            ),
            false => {
                say!("share the text of its cells among several rows, or write it as paragraphs")
            }
        };
        Some(Diagnostic::error(part.line(note.line), message).hint(hint))
    };
    notes.into_iter().filter_map(told).collect()
}
