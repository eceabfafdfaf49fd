//! Tables of numbers: delimited text and workbooks, as people and their programs write them.
//!
//! What a table has besides a head and rows of plain values (a title, units, empty columns, notes)
//! is found and told once, so that nobody has to clean a file by hand, and nothing is dropped
//! without a word.

mod address;
mod compound;
mod cycles;
mod delimited;
mod edition;
mod format;
pub(super) mod indent;
mod moment;
mod number;
mod packed;
mod times;
mod workbook;

use l10n::{counts, say};
use source::{Diagnostic, Place, Problems};

use address::Address;
pub(super) use cycles::read as read_cycles;
pub(super) use delimited::of_text;
pub(super) use edition::prose as prose_of_cell;
pub(super) use number::{Number, plain, read as read_number};
pub(super) use times::read as read_time;

use super::context::Context;
use super::{encoding, text};
use crate::rules;

/// How far down a table's head is looked for.
const DEEPEST_HEAD: usize = 30;

/// Returns the file of a table's address: without sheet and range.
pub(crate) fn file_of(data: &str) -> &str {
    Address::of(data).file
}

/// The address of a table, with the file's name as it is in the project.
pub(super) fn located(data: &str, place: &Place, context: &mut Context) -> Option<String> {
    let file = file_of(data);
    let found = context.project.locate(file, place);
    let found = found.map_err(|problem| context.problems.push(problem)).ok()?;
    Some(found + &data[file.len()..])
}

/// The rows of a table as they are written, without those that are empty; whether they are pieces
/// of a text file.
pub(super) fn rows(asked: &Asked, context: &mut Context) -> Option<(Vec<Vec<Cell>>, bool)> {
    let address = Address::of(asked.data);
    let (start, mut rows) = written(&address, asked, context)?;
    rows.drain(..asked.skip.min(rows.len()));
    rows.retain(|row| !is_empty(row));
    let last = |row: &Vec<Cell>| row.iter().rposition(|cell| !cell.text.is_empty());
    let width = rows.iter().filter_map(last).max().map_or(0, |last| last + 1);
    rows.iter_mut().for_each(|row| row.truncate(width));
    // A column without a cell, merged ones counted, is space between others in the file.
    let has_cell = |at: &usize| {
        let cell = |row: &Vec<Cell>| {
            row.get(*at).is_some_and(|cell| !cell.text.is_empty() || cell.merged.is_some())
        };
        rows.iter().any(cell)
    };
    let filled: Vec<bool> = (0..width).map(|at| has_cell(&at)).collect();
    let empty = filled.iter().filter(|filled| !**filled).count();
    if empty > 0 {
        for row in &mut rows {
            let mut filled = filled.iter();
            row.retain(|_| filled.next().is_none_or(|filled| *filled));
        }
        tell(&start, &[without_columns(empty)], context.problems);
    }
    Some((rows, !address.is_workbook()))
}

/// Whether a file, with its sheet perhaps, is a workbook.
pub(super) fn is_workbook(data: &str) -> bool {
    Address::of(data).is_workbook()
}

/// The rows of a table outside a report, whose path may name a sheet.
pub(super) fn of_bytes(
    path: &str,
    bytes: &[u8],
    problems: &mut Problems,
) -> Option<Vec<Vec<Cell>>> {
    let address = Address::of(path);
    if address.is_workbook() {
        let file = address.file.to_owned();
        return workbook::of_bytes(bytes, &address, &file, &Place::start_of(path), problems);
    }
    let file = encoding::of_bytes(path, bytes, problems)?;
    delimited::of_file(&file, &[], problems)
}

fn written(
    address: &Address,
    asked: &Asked,
    context: &mut Context,
) -> Option<(Place, Vec<Vec<Cell>>)> {
    let (start, mut rows) = match address.is_workbook() {
        true => workbook::rows(address, asked, context),
        false => delimited::rows(asked, context),
    }?;
    edition::fill(&mut rows, context.variables, context.problems);
    Some((start, rows))
}

/// What a chart or a table block asks of a table.
pub(super) struct Asked<'a> {
    /// Its file, with sheet and range.
    pub(super) data: &'a str,
    /// Where that is written.
    pub(super) place: Place,
    /// The names of the columns that are asked for; the first of a chart is that of the labels.
    pub(super) names: Vec<&'a str>,
    /// The rows above the head that the author leaves out.
    pub(super) skip: usize,
    /// The report's language, a BCP 47 tag.
    pub(super) lang: &'a str,
}

/// A table: the names of its columns, and its rows, each as long as the head.
pub(super) struct Table {
    /// The names.
    pub(super) head: Vec<Cell>,
    /// The rows.
    pub(super) rows: Vec<Vec<Cell>>,
    /// Whether its cells are pieces of a text file, which can be mended.
    pub(super) is_text: bool,
    /// What was read otherwise than it is written.
    pub(super) otherwise: Vec<String>,
    /// The report's language, a BCP 47 tag.
    pub(super) lang: String,
    start: Place,
}

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Its text, as written, or as a workbook shows it.
    pub(super) text: String,
    /// Where it is.
    pub(super) place: Place,
    /// The value of a number in a workbook.
    pub(super) value: Option<f64>,
    /// The number as the workbook shows it, if its format is a simple one.
    pub(super) formatted: Option<String>,
    /// The format by which the workbook shows it, where that is not read: it is printed otherwise.
    pub(super) unread: Option<String>,
    /// How far it is set in, in ems.
    pub(super) indent: f64,
    /// Whether another cell goes on here that is merged with it in a workbook: `^` the one above,
    /// `<` the one to the left.
    pub(super) merged: Option<&'static str>,
}

impl Cell {
    /// The text that a reader of the workbook sees.
    pub(super) fn shown(&self) -> &str {
        self.formatted.as_deref().unwrap_or(&self.text)
    }

    /// The mark of a cell that another one goes on in.
    pub(super) fn goes_on(&self) -> Option<&str> {
        self.merged.or_else(|| Some(self.text.trim()).filter(|text| ["^", "<"].contains(text)))
    }
}

impl Table {
    /// Reads a table.
    pub(super) fn read(asked: &Asked, context: &mut Context) -> Option<Self> {
        let address = Address::of(asked.data);
        let (start, mut rows) = written(&address, asked, context)?;
        rows.drain(..asked.skip.min(rows.len()));
        Shape { asked, start, otherwise: vec![] }.read(
            rows,
            !address.is_workbook(),
            context.problems,
        )
    }

    /// The cells of a column.
    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = &Cell> + Clone {
        self.rows.iter().filter_map(move |row| row.get(at))
    }

    /// Returns the texts of a column as they are printed.
    pub(super) fn texts(&self, at: usize) -> Vec<String> {
        self.column(at).map(|cell| text::tidy_plain(&cell.text, &self.lang)).collect()
    }

    /// Tells what was read otherwise than it is written.
    pub(super) fn tell(&self, problems: &mut Problems) {
        tell(&self.start, &self.otherwise, problems);
    }
}

/// Tells each format by which a workbook shows cells otherwise than they are printed.
pub(super) fn tell_unread<'c>(cells: impl Iterator<Item = &'c Cell>, problems: &mut Problems) {
    let mut told: Vec<&str> = vec![];
    for cell in cells {
        let Some(code) = cell.unread.as_deref().filter(|code| !told.contains(code)) else {
            continue;
        };
        if told.len() == MOST_FORMATS {
            return;
        }
        told.push(code);
        let text = &cell.text;
        let message = say!(
            "`{text}` is printed, and the workbook shows it by a format that is not read, `{code}`",
            text,
            code
        );
        let hint = say!("choose a plainer format in the workbook, or write the words themselves");
        problems.push(Diagnostic::of(&rules::READ_TABLE, cell.place.clone(), message).hint(hint));
    }
}

/// The most formats of one table that are told.
const MOST_FORMATS: usize = 5;

/// Tells what of a file was read otherwise than it is written: once, however many charts it has.
fn tell(start: &Place, otherwise: &[String], problems: &mut Problems) {
    let told = problems.list().iter().any(|problem| {
        problem.rule.is_some_and(|rule| rule.code == rules::READ_TABLE.code)
            && problem.place.as_ref().is_some_and(|p| p.file.path == start.file.path)
    });
    if told || otherwise.is_empty() {
        return;
    }
    let what = otherwise.join(&say!("; "));
    problems.push(
        Diagnostic::of(
            &rules::READ_TABLE,
            start.clone(),
            say!("the table is read otherwise than it is written: {what}", what),
        )
        .hint(say!("if that is right, nothing is to be done")),
    );
}

fn without_columns(count: usize) -> String {
    say!("without empty columns ({columns})", columns = counts::columns(count))
}

/// The search for head and rows.
struct Shape<'a> {
    asked: &'a Asked<'a>,
    start: Place,
    otherwise: Vec<String>,
}

impl Shape<'_> {
    fn read(
        mut self,
        rows: Vec<Vec<Cell>>,
        is_text: bool,
        problems: &mut Problems,
    ) -> Option<Table> {
        let all = rows.len();
        let mut rows: Vec<_> = rows.into_iter().filter(|row| !is_empty(row)).collect();
        let empty = all - rows.len();
        self.name_across_lines(&mut rows);
        let above = self.head(&rows);
        let mut body = rows.split_off((above + 1).min(rows.len()));
        let head = rows.pop().unwrap_or_default();
        if above > 0 {
            let text: Vec<_> = rows.iter().filter_map(|row| first_text(row)).collect();
            self.otherwise.push(say!(
                "without {rows} above the head (`{text}`)",
                rows = counts::rows(above),
                text = text.join("`, `")
            ));
        }
        if empty > 0 {
            self.otherwise.push(say!("without empty rows ({rows})", rows = counts::rows(empty)));
        }
        let width = head.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |at| at + 1);
        let dropped = head.len() - width;
        if dropped > 0 {
            self.otherwise.push(without_columns(dropped));
        }
        self.extras(&head, &mut body);
        let sound = check_rows(&head, width, (&mut body, is_text), problems);
        if body.is_empty() {
            problems.push(
                Diagnostic::error(self.start.clone(), say!("the table has no rows"))
                    .hint(say!("the first line names the columns; values follow below it")),
            );
            return None;
        }
        let head: Vec<Cell> = head.into_iter().take(width).collect();
        check_names(&head, problems);
        let Self { asked, start, otherwise } = self;
        let lang = asked.lang.to_owned();
        sound.then_some(Table { head, rows: body, is_text, otherwise, lang, start })
    }

    /// Takes a name in a head as one line where the chart names it so: a break there parts no words.
    fn name_across_lines(&self, rows: &mut [Vec<Cell>]) {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let tight = |text: &str| text.split_whitespace().collect::<String>();
        for cell in rows.iter_mut().take(DEEPEST_HEAD).flatten() {
            if !cell.text.contains(['\n', '\r']) || self.asked.names.contains(&&*cell.text) {
                continue;
            }
            let same = |name: &&&str| flat(name) == flat(&cell.text) || **name == tight(&cell.text);
            if let Some(name) = self.asked.names.iter().find(same) {
                cell.text = (*name).to_owned();
            }
        }
    }

    /// The row that names the columns: the first with all that the chart draws, or the first.
    fn head(&self, rows: &[Vec<Cell>]) -> usize {
        let has = |row: &Vec<Cell>, name: &str| row.iter().any(|cell| cell.text == name);
        let most = |row: &Vec<Cell>| self.asked.names.iter().filter(|name| has(row, name)).count();
        let near = rows.iter().take(DEEPEST_HEAD).map(most);
        let best = near.clone().max().unwrap_or(0);
        if self.asked.skip > 0 { 0 } else { near.into_iter().position(|n| n == best).unwrap_or(0) }
    }

    /// Takes out what stands between the head and the values, and below them: units and notes.
    fn extras(&mut self, head: &[Cell], body: &mut Vec<Vec<Cell>>) {
        let at = |name: &str| head.iter().position(|cell| cell.text == name);
        let Some((x, y)) = self.asked.names.split_first() else { return };
        let Some(x) = at(x) else { return };
        let columns: Vec<usize> = y.iter().filter_map(|name| at(name)).collect();
        let text =
            |row: &Vec<Cell>, at: usize| row.get(at).map_or("", |cell| &*cell.text).to_owned();
        let is_value = |row: &Vec<Cell>, at: usize| {
            row.get(at).is_some_and(|cell| read_number(cell).is_ok_and(|n| n.value.is_some()))
        };
        if body.len() > 1 && !columns.is_empty() {
            let name = text(&body[0], x);
            let row_of_units = ["年", "年份", "月", "月份", "日", "日期", "季度", "时间", "期间"];
            let blank = ["", "单位", "（单位）", "(单位)", "unit", "units"]
                .contains(&&*name.trim_end_matches(['：', ':']).to_lowercase());
            // `年,万吨`, as offices of statistics write it.
            let short = |at: &usize| {
                let unit = text(&body[0], *at);
                (1..=8).contains(&unit.chars().count())
                    && body[0].get(*at).is_some_and(|cell| read_number(cell).is_err())
            };
            let blank = blank || row_of_units.contains(&&*name) && columns.iter().all(short);
            let words = columns.iter().all(|&at| !is_value(&body[0], at));
            let values = body[1..].iter().any(|row| columns.iter().any(|&at| is_value(row, at)));
            if blank && words && values {
                let row = body.remove(0);
                let units = row.iter().map(|c| c.text.clone()).filter(|t| !t.is_empty());
                self.otherwise.push(say!(
                    "without the row of units (`{units}`)",
                    units = units.collect::<Vec<_>>().join("`, `")
                ));
            }
        }
        while let Some(row) = body.last().filter(|_| body.len() > 1) {
            let first = first_text(row).unwrap_or_default();
            let alone = row.iter().filter(|cell| !cell.text.is_empty()).count() == 1;
            if !alone || !is_note(&first) {
                break;
            }
            self.otherwise.push(say!("without the note `{text}`", text = first));
            body.pop();
        }
    }
}

/// Whether a line below a table says where its numbers are from, or explains them.
fn is_note(text: &str) -> bool {
    [
        "数据来源",
        "资料来源",
        "来源",
        "注：",
        "注:",
        "附注",
        "备注",
        "说明",
        "Source",
        "Note",
        "*",
        "＊",
        "※",
    ]
    .iter()
    .any(|start| text.starts_with(start))
        && text.chars().count() > 3
}

fn is_empty(row: &[Cell]) -> bool {
    row.iter().all(|cell| cell.text.is_empty() && cell.merged.is_none())
}

fn first_text(row: &[Cell]) -> Option<String> {
    row.iter().map(|cell| &cell.text).find(|text| !text.is_empty()).cloned()
}

/// Checks that each row has a cell for each column, and none that no column names.
fn check_rows(
    head: &[Cell],
    width: usize,
    (body, is_text): (&mut [Vec<Cell>], bool),
    problems: &mut Problems,
) -> bool {
    let before = problems.len();
    for row in body {
        let extra = row.len() > width && !is_empty(&row[width..]);
        if row.len() < width || extra {
            let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
            let end = last.place.range.end.max(first.place.range.end);
            let place = Place::new(&first.place.file, first.place.range.start..end);
            let message = say!(
                "this row has {cells}, but the first has {head}",
                cells = counts::cells(row.len()),
                head = if extra { width } else { head.len() }
            );
            let hint = match (extra, is_text) {
                (false, true) => {
                    say!("for an empty cell, leave nothing between two commas, or behind the last")
                }
                (_, true) => say!("put cells that contain a comma in double quotes"),
                _ => say!(
                    "name the column in the first row of the head, and leave what stands above it out with `skip-rows`"
                ),
            };
            problems.push(Diagnostic::error(place, message).hint(hint));
        }
        row.truncate(width);
    }
    problems.len() == before
}

/// Checks that no two columns have one name.
fn check_names(head: &[Cell], problems: &mut Problems) {
    for (at, cell) in head.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
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
}
