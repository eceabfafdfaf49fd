//! Tables whose rows are editions: CSV, workbooks, YAML, JSON lines, each value with its place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use l10n::say;
use serde_json::Value;
use source::yaml::{Document, child};
use source::{Diagnostic, Place, Problems, SourceFile};
use variables::Given;

use super::encoding;
use super::table::{Cell, of_bytes};

/// A row of such a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its position among the rows, from 1.
    pub position: usize,
    /// Its values; those that it leaves empty are none.
    pub given: Vec<Given>,
    /// Its location.
    pub place: Place,
}

impl Row {
    /// The value of a column.
    pub fn value(&self, key: &str) -> Option<&Given> {
        self.given.iter().find(|given| given.key == key)
    }
}

/// Reads a table of editions; reports what is wrong with it as such.
pub fn rows(path: &Path, problems: &mut Problems) -> Vec<Row> {
    let shown = path.display().to_string();
    let bare = || Place::start_of(shown.clone());
    let file = shown.split_once('#').map_or(&*shown, |(file, _)| file);
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = say!("cannot read `{name}`: {error}", name = file, error);
            problems.push(Diagnostic::error(bare(), message).hint(say!(
                "specify a table: `.csv`, `.xlsx`, `.yaml` or `.jsonl`, a row for each edition"
            )));
            return vec![];
        }
    };
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    let before = problems.len();
    let rows = match &*ending {
        "yaml" | "yml" | "json" => {
            encoding::of_bytes(&shown, &bytes, problems).map(|file| of_yaml(&file, problems))
        }
        "jsonl" | "ndjson" => {
            encoding::of_bytes(&shown, &bytes, problems).map(|file| of_lines(&file, problems))
        }
        _ => of_bytes(&shown, &bytes, problems).map(|rows| of_cells(rows, problems)),
    };
    let rows = rows.unwrap_or_default();
    if rows.is_empty() && problems.len() == before {
        problems.push(
            Diagnostic::error(bare(), say!("the table has no rows"))
                .hint(say!("the first line names the columns; values follow below it")),
        );
    }
    rows
}

fn of_cells(rows: Vec<Vec<Cell>>, problems: &mut Problems) -> Vec<Row> {
    let filled = |row: &Vec<Cell>| row.iter().any(|cell| !cell.text.is_empty());
    let mut rows = rows.into_iter().filter(filled);
    let Some(head) = rows.next() else { return vec![] };
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for cell in head.iter().filter(|cell| !cell.text.is_empty()) {
        if seen.insert(&cell.text, ()).is_some() {
            problems.push(
                Diagnostic::error(
                    cell.place.clone(),
                    say!("the column `{text}` is duplicated", text = cell.text),
                )
                .hint(say!("give each column a unique name")),
            );
        }
    }
    let mut out = vec![];
    for (at, row) in rows.enumerate() {
        let mut given = vec![];
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            let Some(name) = head.get(column).filter(|name| !name.text.is_empty()) else {
                problems.push(
                    Diagnostic::error(cell.place.clone(), say!("no column has this value"))
                        .hint(say!("name the column in the first row, or remove the value")),
                );
                continue;
            };
            // A workbook shows a number as it is formatted; what is set is its value.
            given.push(Given {
                key: name.text.clone(),
                value: cell.text.clone(),
                place: cell.place.clone(),
            });
        }
        let place = row.iter().find(|cell| !cell.text.is_empty()).map(|cell| cell.place.clone());
        out.extend(place.map(|place| Row { position: at + 1, given, place }));
    }
    out
}

fn of_yaml(file: &Arc<SourceFile>, problems: &mut Problems) -> Vec<Row> {
    let Some(document) = Document::parse(file, 0..file.text.len(), problems) else {
        return vec![];
    };
    let Some(items) = document.value.as_array() else {
        problems.push(no_row(document.place("")));
        return vec![];
    };
    let row = |(at, _): (usize, &Value)| row_of(&document, &format!("/{at}"), at + 1);
    let rows: Vec<_> = items.iter().enumerate().map(row).collect();
    collected(rows, problems)
}

fn of_lines(file: &Arc<SourceFile>, problems: &mut Problems) -> Vec<Row> {
    let (mut start, mut position, mut rows) = (0, 0, vec![]);
    for line in file.text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        position += 1;
        if let Some(document) = Document::parse(file, range, problems) {
            rows.push(row_of(&document, "", position));
        }
    }
    collected(rows, problems)
}

fn collected(rows: Vec<Result<Row, Place>>, problems: &mut Problems) -> Vec<Row> {
    let row = |row: Result<Row, Place>| row.map_err(|place| problems.push(no_row(place))).ok();
    rows.into_iter().filter_map(row).collect()
}

fn no_row(place: Place) -> Diagnostic {
    Diagnostic::error(place, say!("this is no edition")).hint(say!(
        "write a list of mappings, one for each edition: `- {{id: acme, partner: ACME}}`"
    ))
}

fn row_of(document: &Document, pointer: &str, position: usize) -> Result<Row, Place> {
    let place = document.place(pointer);
    match document.value.pointer(pointer) {
        Some(value @ Value::Object(_)) => {
            let mut given = vec![];
            flatten(document, value, pointer, "", &mut given);
            Ok(Row { position, given, place })
        }
        _ => Err(place),
    }
}

/// Collects the values of a mapping, by their dotted names; a list is one value.
fn flatten(document: &Document, value: &Value, pointer: &str, name: &str, out: &mut Vec<Given>) {
    let place = || document.place(pointer);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(document, value, &child(pointer, key), &name, out);
            }
        }
        Value::Null => {}
        Value::String(text) => {
            out.push(Given { key: name.to_owned(), value: text.clone(), place: place() });
        }
        Value::Number(_) | Value::Bool(_) => {
            let place = place();
            let written = place.file.text[place.range.clone()].to_owned();
            out.push(Given { key: name.to_owned(), value: written, place });
        }
        // What JSON writes, YAML reads.
        Value::Array(_) => {
            out.push(Given { key: name.to_owned(), value: value.to_string(), place: place() });
        }
    }
}
