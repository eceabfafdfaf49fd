//! Charts: the block in the text, and the numbers in its CSV file.

use std::ops::Range;
use std::sync::Arc;

use copydesk::Prose;

use super::context::Context;
use super::{Printed, prose, text};
use crate::reading::model::{Chart, ChartKind, ChartSpec, Scale, Series};
use crate::rules;
use l10n::{counts, say};
use source::schema;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, SourceFile, nearest};

/// Reads the chart whose YAML is in `range` of `file`.
pub(super) fn read(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Option<Chart> {
    let line = file.line_column(range.start).0;
    let document = Document::parse(file, range, context.problems)?;
    let Some(mut spec) = schema::read::<ChartSpec>(&document, context.problems) else {
        // A fault here hides none in the data.
        if let Some(name) = document.value["data"].as_str() {
            match context.project.text(name, &document.place("/data")) {
                Ok(data) => _ = Table::read(&data, context.problems),
                Err(problem) => context.problems.push(problem),
            }
        }
        return None;
    };
    check_idle_keys(&spec, &document, context.problems);
    columns_of(&spec, &document, context.problems)?;
    let data = context
        .project
        .text(&spec.data, &document.place("/data"))
        .map_err(|problem| context.problems.push(problem))
        .ok()?;
    print(&data, &document, context);
    let table = Table::read(&data, context.problems)?;
    check_size(&spec, table.rows.len(), &document, context.problems);

    // All columns are looked up, and all of their values read, before the first that is missing
    // ends it: so that each fault is told.
    let mut find = |name: &str, key| column(name, key, &table, &spec, &document, context.problems);
    let x = find(&spec.x, "/x");
    let note = spec.note.as_ref().map(|name| find(name, "/note"));
    let y: Vec<_> = spec.y.names().iter().map(|name| find(name, "/y")).collect();
    let x = x?;
    let series = series(&y, x, &table, &spec, &document, context.problems)?;

    let words = y.iter().flatten().filter(|_| spec.kind.is_words()).copied();
    for at in [x].into_iter().chain(note.flatten()).chain(words) {
        context.texts.prose.extend(table.column(at).map(|cell| Prose::cell(&cell.place)));
    }
    let labels = table.texts(x);
    if let Some(highlight) = &mut spec.highlight {
        *highlight = text::tidy_plain(highlight);
        check_highlight(highlight, &labels, &document, context.problems);
    }
    let notes = match note {
        Some(at) => table.texts(at?),
        None => vec![],
    };
    spec.title = text::tidy_plain(&spec.title);
    spec.source = spec.source.map(|source| text::tidy_plain(&source));
    Some(Chart { line, spec, labels, notes, series })
}

/// Checks for keys that the kind of chart does not use.
fn check_idle_keys(spec: &ChartSpec, document: &Document, problems: &mut Problems) {
    for key in spec.kind.idle_keys().iter().filter(|key| document.value.get(**key).is_some()) {
        problems.push(
            Diagnostic::of(
                &rules::IDLE_KEY,
                document.key_place(&format!("/{key}")),
                say!("this kind of chart does not use `{key}`", key),
            )
            .hint(say!("remove the line, or choose another kind")),
        );
    }
}

/// The most rows and the most columns of values that can be told apart in a chart as high as a page.
fn most(kind: ChartKind) -> (usize, usize) {
    match kind {
        ChartKind::Bar => (70, 1),
        ChartKind::Stacked => (70, 12),
        // The points of a line need no room of their own.
        ChartKind::Line => (usize::MAX, 12),
        ChartKind::Range => (50, 3),
        ChartKind::Pie | ChartKind::Timeline => (24, 1),
        ChartKind::Matrix => (60, 8),
    }
}

/// Checks that a page can hold the chart in type that can be read.
fn check_size(spec: &ChartSpec, rows: usize, document: &Document, problems: &mut Problems) {
    let (most_rows, most_columns) = most(spec.kind);
    let columns = spec.y.names().len();
    let mut refuse = |key: &str, message: String| {
        problems.push(
            Diagnostic::error(document.place(key), message)
                .hint(say!("split it into several charts, or write a table instead")),
        );
    };
    if rows > most_rows {
        refuse(
            "/data",
            say!(
                "this kind of chart holds {most} rows at most, not {rows}",
                most = most_rows,
                rows
            ),
        );
    }
    if columns > most_columns {
        refuse(
            "/y",
            say!(
                "this kind of chart holds {most} columns of values at most, not {columns}",
                most = most_columns,
                columns
            ),
        );
    }
}

/// Takes the texts of a chart and of its table that are printed.
fn print(data: &Arc<SourceFile>, document: &Document, context: &mut Context) {
    let whole = Place::new(data, 0..data.text.len());
    context.texts.printed.push(Printed { text: data.text.clone(), place: whole });
    for key in ["title", "unit", "source"] {
        if let Some(value) = document.value[key].as_str() {
            let place = document.place(&format!("/{key}"));
            context.texts.printed.push(Printed { text: value.to_owned(), place });
        }
    }
    prose::of_yaml(document, &mut context.texts.prose);
}

/// Finds the column that a key of the chart names.
fn column(
    name: &str,
    key: &str,
    table: &Table,
    spec: &ChartSpec,
    document: &Document,
    problems: &mut Problems,
) -> Option<usize> {
    let found = table.head.iter().position(|cell| cell.text == name);
    if found.is_none() {
        let names: Vec<_> = table.head.iter().map(|cell| cell.text.as_str()).collect();
        let hint = match nearest(name, names.iter().copied()) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("its columns are `{names}`", names = names.join("`, `")),
        };
        let message = say!("`{data}` has no column `{name}`", data = spec.data, name);
        problems.push(Diagnostic::error(document.place(key), message).hint(hint));
    }
    found
}

/// Reads the values of the columns `y`, and checks that they and the labels can be drawn.
fn series(
    y: &[Option<usize>],
    x: usize,
    table: &Table,
    spec: &ChartSpec,
    document: &Document,
    problems: &mut Problems,
) -> Option<Vec<Series>> {
    let before = problems.len();
    let series = spec
        .y
        .names()
        .iter()
        .zip(y)
        .map(|(name, at)| {
            let (mut values, mut words) = (vec![], vec![]);
            if spec.kind.is_words() {
                words = table.texts((*at)?);
            } else {
                values.extend(table.column((*at)?).map(|cell| number(cell, spec.scale, problems)));
            }
            Some(Series { name: text::tidy_plain(name), values, words })
        })
        .collect::<Option<Vec<_>>>()?;
    if spec.kind == ChartKind::Line {
        // Along a line chart's axis, labels are numbers.
        for cell in table.column(x) {
            if cell.text.is_empty() {
                let message = say!("a line chart needs a number in `{x}` in every row", x = spec.x);
                problems.push(
                    Diagnostic::error(cell.place.clone(), message)
                        .hint(say!("fill in the cell, or remove the row")),
                );
            }
            number(cell, Scale::Linear, problems);
        }
    }
    // A cell that is no number is told already.
    if problems.len() == before {
        check_values(spec, &series, document, problems);
    }
    Some(series)
}

/// Checks that the highlighted label is one of the chart's.
fn check_highlight(
    highlight: &str,
    labels: &[String],
    document: &Document,
    problems: &mut Problems,
) {
    if labels.iter().any(|label| label == highlight) {
        return;
    }
    let hint = match nearest(highlight, labels.iter().map(String::as_str)) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("the labels are `{labels}`", labels = labels.join("`, `")),
    };
    let message = say!("the chart has no label `{highlight}`", highlight);
    problems.push(Diagnostic::error(document.place("/highlight"), message).hint(hint));
}

/// Checks that the values can be drawn: at least one number; where lengths or shares show it, one
/// that is not zero; and where they add up, none below zero.
fn check_values(spec: &ChartSpec, series: &[Series], document: &Document, problems: &mut Problems) {
    let mut values = series.iter().flat_map(|series| &series.values).flatten().copied().peekable();
    let place = || document.place("/y");
    if spec.kind.is_words() {
        return;
    }
    if values.peek().is_none() {
        problems.push(
            Diagnostic::error(place(), say!("the chart has no values to draw"))
                .hint(say!("fill in the column, or choose another")),
        );
        return;
    }
    if spec.kind == ChartKind::Range {
        let rows = series.first().map_or(0, |low| low.values.len());
        let row = |at: usize| {
            series.iter().filter_map(move |series| series.values.get(at).copied().flatten())
        };
        if (0..rows).any(|at| !row(at).is_sorted()) {
            problems.push(
                Diagnostic::error(place(), say!("a range is not in the order low, middle, high"))
                    .hint(say!("list the columns from low to high, and make sure that every row keeps that order")),
            );
        }
        return;
    }
    if !matches!(spec.kind, ChartKind::Bar | ChartKind::Stacked | ChartKind::Pie) {
        return;
    }
    let (mut negative, mut visible) = (false, false);
    for value in values {
        negative |= value < 0.0;
        visible |= value != 0.0;
    }
    if negative && spec.kind != ChartKind::Bar {
        problems.push(
            Diagnostic::error(place(), say!("this kind of chart cannot show negative numbers"))
                .hint(say!("use `kind: bar` or `kind: line`, or give absolute values and mention the decrease in the title")),
        );
    } else if !visible {
        problems.push(
            Diagnostic::error(place(), say!("all values of the chart are zero"))
                .hint(say!("fill in the column, or choose another")),
        );
    }
}

/// Checks the number of columns, which depends on the kind of chart.
fn columns_of(spec: &ChartSpec, document: &Document, problems: &mut Problems) -> Option<()> {
    let given = spec.y.names().len();
    let (fits, wanted) = match spec.kind {
        ChartKind::Bar | ChartKind::Pie | ChartKind::Timeline => (given == 1, say!("one column")),
        ChartKind::Range => (given == 3, say!("three columns: low, middle and high")),
        ChartKind::Stacked => (given >= 2, say!("two columns or more")),
        ChartKind::Line | ChartKind::Matrix => (given >= 1, say!("one column or more")),
    };
    if !fits {
        let message = say!("this kind of chart needs {wanted} in `y`, not {given}", wanted, given);
        problems.push(
            Diagnostic::error(document.place("/y"), message)
                .hint(say!("write them as `y: [first, second]`")),
        );
    }
    fits.then_some(())
}

fn number(cell: &Cell, scale: Scale, problems: &mut Problems) -> Option<f64> {
    let text = cell.text.trim();
    if text.is_empty() {
        return None;
    }
    let mut error = |message: String, hint: String| {
        problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
        None
    };
    match text.parse::<f64>() {
        Ok(value) if value.is_nan() => {
            error(say!("`{text}` is not a number", text), say!("leave the cell empty"))
        }
        Ok(value) if value.abs() > MAX_VALUE => error(
            say!("`{text}` is too large", text),
            say!("choose another unit, or leave the cell empty"),
        ),
        Ok(value) if scale == Scale::Log && value <= 0.0 => error(
            say!("`{text}` cannot be shown on a log scale", text),
            say!("use positive numbers, or `scale: linear`"),
        ),
        Ok(value) => Some(value),
        Err(_) => error(
            say!("`{text}` is not a number", text),
            say!("write plain numbers such as `1234.5` or `1e29`: no separators, no units, no `%`"),
        ),
    }
}

/// The largest number allowed in a chart: beyond it, the sums along an axis overflow.
const MAX_VALUE: f64 = 1e300;

struct Table {
    head: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

struct Cell {
    text: String,
    place: Place,
}

impl Table {
    /// Reads the rows of a CSV file (RFC 4180), each as long as the first.
    fn read(file: &Arc<SourceFile>, problems: &mut Problems) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(file.text.as_bytes());
        let mut rows: Vec<Vec<Cell>> = vec![];
        let mut ragged = false;
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    problems.push(Diagnostic::error(
                        Place::new(file, 0..0),
                        say!("not valid CSV: {error}", error),
                    ));
                    return None;
                }
            };
            let mut at = record.position().map_or(0, |position| position.byte() as usize);
            let line = at;
            let row: Vec<_> = record
                .iter()
                .map(|field| {
                    // Quotes and their escapes hide a field's own text: then the cell begins
                    // where we are.
                    let start = file.text[at..].find(field).map_or(at, |offset| at + offset);
                    at = start + field.len();
                    Cell { text: field.trim().to_owned(), place: Place::new(file, start..at) }
                })
                .collect();
            if let Some(head) = rows.first()
                && head.len() != row.len()
            {
                let message = say!(
                    "this row has {cells}, but the first has {head}",
                    cells = counts::cells(row.len()),
                    head = head.len()
                );
                let end =
                    file.text[line..].find('\n').map_or(file.text.len(), |offset| line + offset);
                problems.push(
                    Diagnostic::error(Place::new(file, line..end), message)
                        .hint(say!("put cells that contain a comma in double quotes")),
                );
                ragged = true;
            }
            rows.push(row);
        }
        if ragged {
            return None;
        }
        if rows.len() < 2 {
            problems.push(
                Diagnostic::error(Place::new(file, 0..0), say!("the table has no rows"))
                    .hint(say!("the first line names the columns; values follow below it")),
            );
            return None;
        }
        let head = rows.remove(0);
        for (at, cell) in head.iter().enumerate() {
            if head[..at].iter().any(|earlier| earlier.text == cell.text) {
                problems.push(
                    Diagnostic::error(
                        cell.place.clone(),
                        say!("the column `{text}` is duplicated", text = cell.text),
                    )
                    .hint(say!("give each column a unique name")),
                );
            }
        }
        Some(Self { head, rows })
    }

    fn column(&self, at: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(at))
    }

    /// Returns the texts of a column as they are printed.
    fn texts(&self, at: usize) -> Vec<String> {
        self.column(at).map(|cell| text::tidy_plain(&cell.text)).collect()
    }
}
