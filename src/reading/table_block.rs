//! Tables of data: the block in the text, and the cells in its file.

mod columns;

use std::ops::Range;
use std::sync::Arc;

use super::context::Context;
use super::grid::{self, Raw, RawRow, Shape, Slot};
use super::model::{CellBlock, Inline, Inlines, Table, TableSpec};
use super::referable::Referable;
use super::table::{Asked, Cell, located, prose_of_cell, rows, tell_unread};
use super::{Printed, prose, raised, text, variables};
use l10n::say;
use source::schema;
use source::yaml::Document;
use source::{Diagnostic, Place, SourceFile};

/// Reads the table whose YAML is in `range` of `file`; its label is not checked.
pub(super) fn read(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Option<Table> {
    let line = Place::new(file, range.clone()).line_column().0;
    let document = variables::document(file, range, context.variables, context.problems)?;
    let spec = schema::read::<TableSpec>(&document, context.problems)?;
    let place = document.place("/data");
    let data = located(&spec.data, &place, context)?;
    print(&document, context);
    let names = spec.columns.iter().flatten().map(String::as_str).collect();
    let asked = Asked {
        data: &data,
        place: place.clone(),
        names,
        skip: spec.skip_rows,
        lang: context.lang,
    };
    let (mut cells, is_text) = rows(&asked, context)?;
    if cells.len() < spec.head + usize::from(spec.total > 0) {
        let message = say!("the table has no rows below its head");
        let hint = say!("the first line names the columns; values follow below it");
        context.problems.push(Diagnostic::error(place, message).hint(hint));
        return None;
    }
    if let Some(names) = &spec.columns {
        columns::choose(names, spec.head, &mut cells, &document, context.problems)?;
    }
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let shape = Shape {
        head: spec.head,
        total: spec.total,
        groups: spec.groups,
        widths: columns::widths(&spec, columns, &document, context.problems),
        aligns: vec![],
    };
    tell_unread(cells.iter().flatten(), context.problems);
    for cell in cells.iter().flatten().filter(|cell| !cell.text.is_empty()) {
        let printed = Printed { text: cell.text.clone(), place: cell.place.clone() };
        context.texts.printed.push(printed);
        // What stands in a workbook cannot be mended there.
        if is_text && cell.goes_on().is_none() {
            let prose = prose_of_cell(cell, context.variables);
            context.texts.prose.push(prose);
        }
    }
    let lang = context.lang;
    let raw = cells.into_iter().map(|row| raw_row(row, line, columns, &document, lang)).collect();
    let built = grid::build(raw, &shape, &document.place("/data"), context.problems);
    let label = spec.label.as_deref();
    let anchor = Referable::Table.written(label, &document, context.problems);
    Some(Table {
        line,
        anchor,
        caption: spec.title.iter().flat_map(|title| runs(title, lang)).collect(),
        en: spec.en.as_deref().map(|title| text::tidy_plain(title, "en")),
        caption_line: line,
        unnumbered: !spec.numbered,
        unit: spec.unit.as_deref().map(|unit| text::tidy_plain(unit, lang)),
        source: spec.source.as_deref().map(|source| text::tidy_plain(source, lang)),
        cited: vec![],
        notes: spec.notes.iter().map(|note| runs(note, lang)).collect(),
        landscape: spec.landscape,
        here: spec.here,
        data: Some(data),
        columns: built.columns,
        head: built.head,
        rows: built.rows,
    })
}

fn raw_row(row: Vec<Cell>, line: usize, columns: usize, document: &Document, lang: &str) -> RawRow {
    let end = row.last().map_or_else(|| document.place("/data"), |cell| cell.place.clone());
    let mut cells: Vec<Raw> = row.into_iter().map(|cell| raw(cell, lang)).collect();
    cells.resize_with(columns, || Raw {
        place: end.clone(),
        slot: Slot::Own(vec![]),
        merged: false,
        indent: 0.0,
    });
    RawRow { line, cells }
}

fn raw(cell: Cell, lang: &str) -> Raw {
    let (merged, indent) = (cell.merged.is_some(), cell.indent);
    let slot = cell.goes_on().and_then(Slot::merging).unwrap_or_else(|| {
        // A mark of merged cells that is printed.
        let text = cell.shown();
        let text = text.strip_prefix('\\').filter(|rest| ["^", "<"].contains(rest)).unwrap_or(text);
        let mut body: Inlines = vec![];
        for (at, line) in text.lines().enumerate() {
            if at > 0 {
                body.push(Inline::Break);
            }
            body.extend(runs(line, lang));
        }
        Slot::Own(if body.is_empty() { vec![] } else { vec![CellBlock::Text { body }] })
    });
    Raw { place: cell.place, slot, merged, indent }
}

/// A text without Markdown as runs; `CO~2~` is lowered all the same.
fn runs(text: &str, lang: &str) -> Inlines {
    let mut runs = vec![];
    raised::read(text.trim(), false, &mut runs);
    text::tidy(&mut runs, lang);
    runs.retain(|run| !matches!(run, Inline::Text { v } if v.is_empty()));
    runs
}

/// Takes the texts of a block that are printed.
fn print(document: &Document, context: &mut Context) {
    let notes = document.value["notes"].as_array().map_or(0, Vec::len);
    let notes = (0..notes).map(|at| format!("/notes/{at}"));
    let keys = ["/title", "/en", "/unit", "/source"].map(str::to_owned).into_iter();
    for key in keys.chain(notes) {
        if let Some(value) = document.value.pointer(&key).and_then(|value| value.as_str()) {
            let place: Place = document.place(&key);
            context.texts.printed.push(Printed { text: value.to_owned(), place });
        }
    }
    prose::of_yaml(document, &mut context.texts.prose);
    prose::marks_of_block(document, context.problems);
}
