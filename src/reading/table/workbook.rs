//! Workbooks of Excel, WPS and LibreOffice: the values of a sheet, each with its cell's name.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, SheetVisible, Sheets};
use l10n::say;
use source::{Diagnostic, Place, Problems, SourceFile, nearest};

use super::address::{self, Address};
use super::{Asked, Cell, compound, format, indent, moment, packed, times};
use crate::reading::context::Context;
use crate::reading::shown;

/// The largest workbook, in bytes, and the most cells of a sheet that are read.
const MOST_BYTES: usize = 20_000_000;
const MOST_CELLS: usize = 200_000;
/// The most bytes of text in the cells of a sheet.
const MOST_TEXT: usize = 50_000_000;

/// The most places for cells that a table has, empty ones included.
const MOST_PLACES: usize = 400_000;

/// The format of cells that have none.
const GENERAL: &str = "General";

/// The cells of a sheet that say something: row, column, and value.
type Cells = Vec<(u32, u32, Data)>;

/// A sheet: its name, and its cells.
#[derive(Debug, Clone)]
struct Read {
    sheet: String,
    cells: Cells,
    /// The formats of numbers and times, by row and column, where they are not the general one.
    formats: BTreeMap<(u32, u32), String>,
    /// How far cells are set in by their alignment, where they are.
    indents: BTreeMap<(u32, u32), u8>,
    /// The first and the last cell of each group that is merged.
    merged: Vec<[(u32, u32); 2]>,
    /// Formulas whose value the program that wrote them left out.
    unsolved: Vec<(u32, u32)>,
}

/// Why a workbook cannot be read.
#[derive(Debug, Clone)]
enum Fault {
    Broken(String),
    NoSheet(Vec<String>),
    TooLarge,
    /// What sites and instruments export under a name for workbooks.
    Text,
    Html,
}

/// Reads the rows of a sheet, with the start of the file.
pub(super) fn rows(
    address: &Address,
    asked: &Asked,
    context: &mut Context,
) -> Option<(Place, Vec<Vec<Cell>>)> {
    let bytes = context.project.bytes(address.file, &asked.place);
    let bytes = bytes.map_err(|problem| context.problems.push(problem)).ok()?;
    let path = shown(address.file);
    let rows = of_bytes(&bytes, address, &path, &asked.place, context.problems)?;
    Some((Place::start_of(path), rows))
}

/// The same of the bytes of a workbook with this path.
pub(super) fn of_bytes(
    bytes: &[u8],
    address: &Address,
    path: &str,
    asked: &Place,
    problems: &mut Problems,
) -> Option<Vec<Vec<Cell>>> {
    let read = match bytes.len() > MOST_BYTES {
        true => Arc::new(Err(Fault::TooLarge)),
        false => open(bytes, address.sheet.as_deref().map(str::to_owned)),
    };
    let sheet = (*read).as_ref().map(|read| Sheet { file: path.to_owned(), read });
    let rows = sheet.and_then(|sheet| match sheet.rows(address.range) {
        Some(rows) => Ok((sheet, rows)),
        None => Err(&Fault::TooLarge),
    });
    let (sheet, rows) = rows
        .map_err(|fault| {
            let (message, hint) = fault.told(address);
            problems.push(Diagnostic::error(asked.clone(), message).hint(hint));
        })
        .ok()?;
    for (row, column) in sheet.unsolved(address.range) {
        problems.push(
            Diagnostic::error(
                sheet.place(row, column, ""),
                say!("the formula in `{cell}` has no value", cell = address::name(row, column)),
            )
            .hint(say!("open the file in Excel or WPS and save it: that works out its formulas")),
        );
    }
    Some(rows)
}

impl Fault {
    /// The message and its hint.
    fn told(&self, address: &Address) -> (String, String) {
        let (file, sheet) = (address.file, address.sheet.as_deref().unwrap_or_default());
        if let (Self::NoSheet(_), Some(range)) = (self, address.wrong) {
            return (
                say!("`{range}` is no range of a sheet", range),
                say!(
                    "name two corners, `A1:C9`, whole columns, `A:C`, whole rows, `2:9`, or one cell, `B2`"
                ),
            );
        }
        match self {
            Self::TooLarge => {
                (say!("`{file}` is too large", file), say!("keep the sheet in a file of its own"))
            }
            Self::NoSheet(_) if sheet.contains('！') => (
                say!("`{file}` has no sheet `{sheet}`", file, sheet),
                say!("write the mark before the cells in half width: `!`"),
            ),
            Self::NoSheet(names) => {
                let hint = match nearest(sheet, names.iter().map(String::as_str)) {
                    Some(meant) => say!("did you mean `{meant}`?", meant),
                    None => say!("its sheets are `{names}`", names = names.join("`, `")),
                };
                (say!("`{file}` has no sheet `{sheet}`", file, sheet), hint)
            }
            Self::Text => (
                say!(
                    "`{file}` cannot be read: {why}",
                    file,
                    why = say!("it is text, and no workbook")
                ),
                say!("name it `.csv`, or open it in Excel or WPS, and save it as .xlsx"),
            ),
            Self::Html => (
                say!(
                    "`{file}` cannot be read: {why}",
                    file,
                    why = say!("it is a page of the web, and no workbook")
                ),
                say!("open it in Excel or WPS, and save it as .xlsx"),
            ),
            Self::Broken(why) => (
                say!("`{file}` cannot be read: {why}", file, why),
                say!(
                    "open it in the program that made it, and save it as .xlsx without a password"
                ),
            ),
        }
    }
}

struct Sheet<'a> {
    file: String,
    read: &'a Read,
}

impl Sheet<'_> {
    /// The place of a cell: a file of its own, named by sheet and cell.
    fn place(&self, row: u32, column: u32, text: &str) -> Place {
        let path = format!("{}#{}!{}", self.file, self.read.sheet, address::name(row, column));
        let file = Arc::new(SourceFile { path, text: text.to_owned() });
        Place::new(&file, 0..text.len())
    }

    /// The rows within a range, each as long as the others; `None` if they are too many.
    fn rows(&self, range: Option<address::Cells>) -> Option<Vec<Vec<Cell>>> {
        let chosen: Vec<_> = self
            .read
            .cells
            .iter()
            .filter(|(row, column, _)| within(range, *row, *column))
            .collect();
        let Some(left) = chosen.iter().map(|cell| cell.1).min() else { return Some(vec![]) };
        let right = chosen.iter().map(|cell| cell.1).max().unwrap_or(left);
        let height = 1 + chosen.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
        if height.saturating_mul((right - left + 1) as usize) > MOST_PLACES {
            return None;
        }
        let mut rows: Vec<Vec<Cell>> = vec![];
        let mut last = None;
        for (row, column, data) in chosen {
            if last != Some(*row) {
                let empty = (left..=right).map(|column| Cell {
                    text: String::new(),
                    place: self.place(*row, column, ""),
                    value: None,
                    formatted: None,
                    unread: None,
                    indent: 0.0,
                    merged: self.merged(range, *row, column),
                });
                rows.push(empty.collect());
                last = Some(*row);
            }
            let (mut text, value) = shown_value(data);
            let format = self.read.formats.get(&(*row, *column));
            let mut formatted =
                value.zip(format).and_then(|(value, code)| format::shown(value, code));
            if let (Data::DateTime(time), Some(code)) = (data, format) {
                formatted = moment::shown(time, code);
                // Along an axis it is shown so too, where that says the same.
                let same = |shown: &&String| times::read(shown) == times::read(&text);
                text = formatted.as_ref().filter(same).cloned().unwrap_or(text);
            }
            let unread = format.filter(|code| {
                formatted.is_none()
                    && value.is_some() | matches!(data, Data::DateTime(_))
                    && !format::is_of_the_reader(code)
            });
            let unread = unread.cloned();
            let place = self.place(*row, *column, &text);
            if let Some(cell) = rows.last_mut().and_then(|r| r.get_mut((column - left) as usize)) {
                let indent = match data {
                    Data::String(text) => indent::of(text),
                    _ => 0.0,
                };
                let set_in = self.read.indents.get(&(*row, *column)).copied().unwrap_or(0);
                let indent = (indent + f64::from(set_in)).min(indent::MOST);
                let merged = cell.merged;
                *cell = Cell { text, place, value, formatted, unread, indent, merged };
            }
        }
        Some(rows)
    }

    /// Whether a cell that begins within the range goes on here, from above or from the left.
    fn merged(&self, range: Option<address::Cells>, row: u32, column: u32) -> Option<&'static str> {
        let [first, _] = self.read.merged.iter().find(|[first, last]| {
            (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column)
        })?;
        let begins = *first == (row, column) || !within(range, first.0, first.1);
        (!begins).then_some(if column > first.1 { "<" } else { "^" })
    }

    fn unsolved(&self, range: Option<address::Cells>) -> impl Iterator<Item = (u32, u32)> {
        self.read.unsolved.iter().copied().filter(move |(row, column)| within(range, *row, *column))
    }
}

fn within(range: Option<address::Cells>, row: u32, column: u32) -> bool {
    range.is_none_or(|[first, last]| {
        (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column)
    })
}

/// The text that a cell shows, and its value if it is a number.
fn shown_value(data: &Data) -> (String, Option<f64>) {
    match data {
        Data::Int(value) => (value.to_string(), Some(*value as f64)),
        // The figures that a workbook shows of a number: fifteen.
        Data::Float(value) => {
            let shown = format::exact(*value);
            (shown.to_string(), Some(shown))
        }
        Data::String(text) => (text.trim().to_owned(), None),
        Data::Bool(value) => (value.to_string().to_uppercase(), None),
        Data::DateTime(time) => (moment::plain(time), None),
        Data::DateTimeIso(text) | Data::DurationIso(text) => {
            let time = moment::of_iso(text);
            (time.unwrap_or_else(|| text.trim_end_matches("T00:00:00").to_owned()), None)
        }
        Data::Error(error) => (error.to_string(), None),
        Data::Empty => (String::new(), None),
    }
}

/// Reads a sheet. Memoised until the file changes: most edits are of the text around a chart.
#[comemo::memoize]
fn open(bytes: &[u8], sheet: Option<String>) -> Arc<Result<Read, Fault>> {
    let damaged = || Err(Fault::Broken(say!("it is damaged")));
    let start = bytes.trim_ascii_start();
    if start.starts_with(b"<") && !start.starts_with(b"<?xml") {
        return Arc::new(Err(Fault::Html));
    }
    let is_packed = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]);
    if !is_packed && bytes.first().is_some_and(|first| *first >= b' ') && !bytes.contains(&0) {
        return Arc::new(Err(Fault::Text));
    }
    if !compound::is_bounded(bytes) {
        return Arc::new(damaged());
    }
    if !packed::is_bounded(bytes) {
        return Arc::new(Err(Fault::TooLarge));
    }
    let read = std::panic::catch_unwind(|| sheet_of(bytes, sheet));
    Arc::new(read.unwrap_or_else(|_| damaged()))
}

fn sheet_of(bytes: &[u8], asked: Option<String>) -> Result<Read, Fault> {
    let broken = |error: &dyn std::fmt::Display| Fault::Broken(error.to_string());
    let mut book =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    let sheet = match asked {
        Some(asked) => {
            // A workbook has no two names that differ by their case alone.
            let same = |name: &&String| name.to_lowercase() == asked.to_lowercase();
            match names.iter().find(same) {
                Some(name) => name.clone(),
                None => return Err(Fault::NoSheet(names)),
            }
        }
        None if !names.is_empty() => {
            // What a reader sees first: sheets for help are often hidden.
            let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
            let first = book.sheets_metadata().iter().find(shown).map(|sheet| sheet.name.clone());
            first.unwrap_or_else(|| names[0].clone())
        }
        _ => return Err(Fault::NoSheet(names)),
    };
    let (mut cells, mut unsolved, mut text): (Cells, _, _) = (vec![], vec![], 0);
    match &mut book {
        // Cell by cell, so that one far out does not fill the memory with what is between.
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(&sheet).map_err(|error| broken(&error))?;
            while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
                let (row, column) = cell.get_position();
                keep(row, column, owned(cell.get_value()), &mut cells, &mut text)?;
            }
            drop(reader);
            cells.sort_by_key(|cell| (cell.0, cell.1));
            let mut reader = book.worksheet_cells_reader(&sheet).map_err(|error| broken(&error))?;
            while let Some(cell) = reader.next_formula().map_err(|error| broken(&error))? {
                let (row, column) = cell.get_position();
                if !cell.get_value().is_empty()
                    && cells.binary_search_by_key(&(row, column), |cell| (cell.0, cell.1)).is_err()
                {
                    unsolved.push((row, column));
                }
            }
        }
        book => {
            let range = book.worksheet_range(&sheet).map_err(|error| broken(&error))?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                keep(top + row as u32, left + column as u32, data.clone(), &mut cells, &mut text)?;
            }
        }
    }
    cells.sort_by_key(|cell| (cell.0, cell.1));
    let merged = match &mut book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(&sheet).unwrap_or_default(),
        _ => vec![],
    };
    let merged = merged.iter().map(|region| [region.start, region.end]).collect();
    // A workbook whose styles cannot be read shows its values.
    let styles = book.worksheet_style(&sheet).unwrap_or_default();
    let number = |cell: &&(u32, u32, Data)| {
        matches!(cell.2, Data::Int(_) | Data::Float(_) | Data::DateTime(_))
    };
    let format = |(row, column, _): &(u32, u32, Data)| {
        let format = styles.get((*row, *column))?.number_format.as_ref()?;
        Some(((*row, *column), format.format_code.clone()))
    };
    let mut formats: BTreeMap<_, _> = cells.iter().filter(number).filter_map(format).collect();
    // LibreOffice shows all figures of a long number.
    if !matches!(book, Sheets::Ods(_)) {
        for (row, column, data) in &cells {
            let long = matches!(data, Data::Float(value) if format::shown(*value, GENERAL).is_some())
                || matches!(data, Data::Int(value) if format::shown(*value as f64, GENERAL).is_some());
            if long {
                formats.entry((*row, *column)).or_insert_with(|| GENERAL.to_owned());
            }
        }
    }
    let set_in = |(row, column, _): &(u32, u32, Data)| {
        let alignment = styles.get((*row, *column))?.alignment.as_ref()?;
        Some(((*row, *column), alignment.indent.filter(|indent| *indent > 0)?))
    };
    let indents = cells.iter().filter_map(set_in).collect();
    Ok(Read { sheet, cells, formats, indents, merged, unsolved })
}

fn keep(
    row: u32,
    column: u32,
    data: Data,
    cells: &mut Cells,
    text: &mut usize,
) -> Result<(), Fault> {
    if data == Data::Empty {
        return Ok(());
    }
    // Cells may share one long text in the file, and each has its own here.
    *text += match &data {
        Data::String(text) => text.len(),
        _ => 0,
    };
    if cells.len() >= MOST_CELLS || *text > MOST_TEXT {
        return Err(Fault::TooLarge);
    }
    cells.push((row, column, data));
    Ok(())
}

fn owned(value: &DataRef) -> Data {
    value.clone().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_workbook_shows_them() {
        for (value, right) in [(2022.0, "2022"), (0.1 + 0.2, "0.3"), (1_349_084.25, "1349084.25")] {
            assert_eq!(shown_value(&Data::Float(value)).0, right);
        }
        assert_eq!(shown_value(&Data::Int(7)), ("7".to_owned(), Some(7.0)));
        assert_eq!(shown_value(&Data::DateTimeIso("2024-01-05T00:00:00".into())).0, "2024-01-05");
    }
}
