//! Charts: the block in the text, and the numbers in its table.

use std::ops::Range;
use std::sync::Arc;

use copydesk::Prose;

use super::context::Context;
use super::table::{Asked, Cell, Number, Table, located, read_number, read_time};
use super::{Printed, prose, text};
use crate::reading::model::{Anchor, Chart, ChartKind, ChartSpec, Scale, Series};
use crate::rules;
use l10n::{counts, say};
use source::schema;
use source::yaml::Document;
use source::{Diagnostic, Problems, SourceFile, nearest};

/// Reads the table of a chart with a fault of its own, which so hides none in the data.
fn read_anyway(document: &Document, context: &mut Context) -> Option<()> {
    let value = &document.value;
    let place = document.place("/data");
    let data = located(value["data"].as_str()?, &place, context)?;
    let listed = value["y"].as_array().into_iter().flatten();
    let names = [&value["x"], &value["y"]].into_iter().chain(listed);
    let asked = Asked {
        data: &data,
        place,
        names: names.filter_map(|name| name.as_str()).collect(),
        skip: value["skip-rows"].as_u64().map_or(0, |rows| rows as usize),
        lang: context.lang,
    };
    Table::read(&asked, context).map(|_| ())
}

/// Reads the chart whose YAML is in `range` of `file`.
pub(super) fn read(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Option<Chart> {
    let line = file.line_column(range.start).0;
    let document = Document::parse(file, range, context.problems)?;
    let Some(mut spec) = schema::read::<ChartSpec>(&document, context.problems) else {
        read_anyway(&document, context);
        return None;
    };
    check_idle_keys(&spec, &document, context.problems);
    columns_of(&spec, &document, context.problems)?;
    let asked = document.place("/data");
    spec.data = located(&spec.data, &asked, context)?;
    print(&document, context);
    let names = [&spec.x].into_iter().chain(spec.y.names()).chain(&spec.note);
    let asked = Asked {
        data: &spec.data,
        place: asked,
        names: names.map(String::as_str).collect(),
        skip: spec.skip_rows,
        lang: context.lang,
    };
    let mut table = Table::read(&asked, context)?;
    check_size(&spec, table.rows.len(), &document, context.problems);

    // All columns are looked up, and all of their values read, before the first that is missing
    // ends it: so that each fault is told.
    let mut find = |name: &str, key| column(name, key, &table, &spec, &document, context.problems);
    let x = find(&spec.x, "/x");
    let note = spec.note.as_ref().map(|name| find(name, "/note"));
    let y: Vec<_> = spec.y.names().iter().map(|name| find(name, "/y")).collect();
    let x = x?;
    let mut loose = Loose::default();
    let series = series(&y, x, &table, &spec, &mut loose, &document, context.problems)?;
    let positions = positions(x, &mut table, &spec, context.problems);
    table.otherwise.extend(loose.told());
    // What is written behind each number is their unit.
    let has_unit = !spec.kind.idle_keys().contains(&"unit") && spec.kind != ChartKind::Pie;
    if spec.unit.is_none() && has_unit && loose.are_percents(&series) {
        spec.unit = Some("%".to_owned());
    }
    table.tell(context.problems);

    let words = y.iter().flatten().filter(|_| spec.kind.is_words()).copied();
    for at in [x].into_iter().chain(note.flatten()).chain(words) {
        let printed = |cell: &Cell| Printed { text: cell.text.clone(), place: cell.place.clone() };
        context.texts.printed.extend(table.column(at).map(printed));
        // What stands in a workbook cannot be mended there.
        if table.is_text {
            context.texts.prose.extend(table.column(at).map(|cell| Prose::cell(&cell.place)));
        }
    }
    for name in spec.y.names() {
        let head = table.head.iter().find(|cell| cell.text == *name);
        let printed = head.map(|cell| Printed { text: name.clone(), place: cell.place.clone() });
        context.texts.printed.extend(printed);
    }
    let labels = table.texts(x);
    if let Some(highlight) = &mut spec.highlight {
        *highlight = text::tidy_plain(highlight, context.lang);
        check_highlight(highlight, &labels, &document, context.problems);
    }
    let notes = match note {
        Some(at) => table.texts(at?),
        None => vec![],
    };
    spec.title = text::tidy_plain(&spec.title, context.lang);
    spec.source = spec.source.map(|source| text::tidy_plain(&source, context.lang));
    let anchor = Anchor {
        place: spec.label.as_ref().map(|_| document.place("/label")),
        label: spec.label.take(),
        ..Anchor::default()
    };
    Some(Chart { line, anchor, spec, labels, positions, notes, series })
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

/// Takes the texts of a chart's block that are printed.
fn print(document: &Document, context: &mut Context) {
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
        let names = table.head.iter().map(|cell| cell.text.as_str());
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
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
    loose: &mut Loose,
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
                for cell in table.column((*at)?) {
                    let number = number(cell, spec.scale, problems);
                    number.iter().for_each(|number| loose.add(cell, number));
                    values.push(number.and_then(|number| number.value));
                }
            }
            Some(Series { name: text::tidy_plain(name, &table.lang), values, words })
        })
        .collect::<Option<Vec<_>>>()?;
    if spec.kind == ChartKind::Line {
        for cell in table.column(x).filter(|cell| cell.text.is_empty()) {
            let message = say!("a line chart needs a number in `{x}` in every row", x = spec.x);
            problems.push(
                Diagnostic::error(cell.place.clone(), message)
                    .hint(say!("fill in the cell, or remove the row")),
            );
        }
    }
    // A cell that is no number is told already.
    if problems.len() == before {
        check_values(spec, &series, document, problems);
    }
    Some(series)
}

/// The places of a line chart's labels along its axis: numbers, or points in time.
fn positions(x: usize, table: &mut Table, spec: &ChartSpec, problems: &mut Problems) -> Vec<f64> {
    if spec.kind != ChartKind::Line {
        return vec![];
    }
    let cells: Vec<&Cell> = table.column(x).filter(|cell| !cell.text.is_empty()).collect();
    let times: Option<Vec<f64>> = cells.iter().map(|cell| read_time(&cell.text)).collect();
    let plain = |cell: &&Cell| read_number(cell).is_ok_and(|n| n.value.is_some() && !n.otherwise);
    // `2024.1` and `2024.10` are one number, and two months.
    let months = |times: &[f64]| {
        let whole = times.iter().all(|time| time.fract() == 0.0);
        let written = cells.iter().all(|cell| cell.text.contains('.') && cell.value.is_none());
        !whole && written
    };
    let years = cells.iter().all(|cell| cell.text.len() == 4);
    match times {
        Some(times) if !years && (!cells.iter().all(plain) || months(&times)) => {
            if months(&times) {
                let text = cells.first().map_or("", |cell| &cell.text).to_owned();
                table.otherwise.push(say!("`{text}` as a month", text));
            }
            times
        }
        _ => cells
            .iter()
            .filter_map(|cell| match read_number(cell) {
                Ok(Number { value: Some(value), .. }) => Some(value),
                _ => {
                    let message = say!("`{text}` is not a number", text = cell.text);
                    let hint = say!(
                        "write numbers, or times such as `2024-05`, `2024-05-17` or `2024Q1`, in every row"
                    );
                    problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
                    None
                }
            })
            .collect(),
    }
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

/// Reads a number that a chart can draw, and how it was written.
fn number(cell: &Cell, scale: Scale, problems: &mut Problems) -> Option<Number> {
    let text = cell.text.trim();
    let mut error = |message: String, hint: String| {
        problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
        None
    };
    match read_number(cell) {
        Ok(Number { value: Some(value), .. }) if value.abs() > MAX_VALUE => error(
            say!("`{text}` is too large", text),
            say!("choose another unit, or leave the cell empty"),
        ),
        Ok(Number { value: Some(value), .. }) if scale == Scale::Log && value <= 0.0 => error(
            say!("`{text}` cannot be shown on a log scale", text),
            say!("use positive numbers, or `scale: linear`"),
        ),
        Ok(number) => Some(number),
        Err(()) if text.parse::<f64>().is_ok_and(f64::is_nan) => {
            error(say!("`{text}` is not a number", text), say!("leave the cell empty"))
        }
        Err(()) => error(
            say!("`{text}` is not a number", text),
            say!("write plain numbers such as `1234.5` or `1e29`: no units, no words"),
        ),
    }
}

/// The largest number allowed in a chart: beyond it, the sums along an axis overflow.
const MAX_VALUE: f64 = 1e300;

/// What was read of cells otherwise than they are written: how many, and the first of each kind.
#[derive(Default)]
struct Loose {
    count: usize,
    percents: usize,
    examples: Vec<(String, Option<f64>)>,
}

impl Loose {
    fn add(&mut self, cell: &Cell, number: &Number) {
        if !number.otherwise {
            return;
        }
        self.count += 1;
        self.percents += usize::from(cell.text.ends_with(['%', '％']));
        // Cells are of one kind where only their figures differ.
        let kind = |text: &str| {
            let plain = text.chars().filter(|c| !c.is_numeric());
            let mut kind: Vec<char> = plain.collect();
            kind.dedup();
            (kind, text.is_ascii())
        };
        let new = !self.examples.iter().any(|(text, _)| kind(text) == kind(&cell.text));
        if new && self.examples.len() < 5 {
            self.examples.push((cell.text.clone(), number.value));
        }
    }

    /// Whether all values of these columns are written with a percent sign.
    fn are_percents(&self, series: &[Series]) -> bool {
        self.percents > 0
            && self.percents == series.iter().flat_map(|s| &s.values).flatten().count()
    }

    fn told(&self) -> Option<String> {
        let read = |(text, value): &(String, Option<f64>)| match value {
            Some(value) => say!("`{text}` as `{value}`", text, value),
            None => say!("`{text}` as no value", text),
        };
        let examples: Vec<_> = self.examples.iter().map(read).collect();
        let examples = examples.join(&say!(", "));
        (self.count > 0).then(|| {
            say!("{cells} as numbers: {examples}", cells = counts::cells(self.count), examples)
        })
    }
}
