//! A house's lists of words: tables with the columns `wrong`, `right` and `note`.

mod heading;

use std::sync::Arc;

use copydesk::{ListedWord, WordList};
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

use heading::Column;

use super::model::ReportConfig;
use super::project::shown;
use super::{Project, encoding, table};

/// A row of a list: its cells with their places.
struct Row {
    cells: [(String, Place); 3],
}

/// Reads the lists that the settings name; `document` holds the settings.
pub(super) fn read(
    project: &Project,
    config: &ReportConfig,
    document: &Document,
    problems: &mut Problems,
) -> Vec<WordList> {
    let mut lists: Vec<(&String, Vec<Row>)> = vec![];
    for (at, name) in config.check.lists.iter().enumerate() {
        let asked = document.place(&format!("/check/lists/{at}"));
        if lists.iter().any(|(earlier, _)| *earlier == name) {
            let message = say!("the list `{name}` is named twice", name);
            problems.push(Diagnostic::error(asked, message).hint(say!("remove one")));
            continue;
        }
        let cells = cells(project, name, &asked, problems);
        lists.push((name, rows(cells, problems)));
    }
    let all: Vec<&Row> = lists.iter().flat_map(|(_, rows)| rows).collect();
    contradictions(&all, config, problems);
    let list = |(name, rows): (&String, Vec<Row>)| WordList {
        name: name.clone(),
        words: rows
            .iter()
            .map(|Row { cells: [wrong, right, note] }| ListedWord::new(&wrong.0, &right.0, &note.0))
            .collect(),
    };
    lists.into_iter().map(list).collect()
}

/// A row as it stands: its cells with their places.
type Cells = Vec<(String, Place)>;

/// Reads the cells of a list, from a workbook or from text in any encoding.
fn cells(project: &Project, name: &str, asked: &Place, problems: &mut Problems) -> Vec<Cells> {
    let rows = match table::is_workbook(name) {
        true => of_workbook(project, name, asked, problems),
        false => encoding::text(project, name, asked, problems).and_then(|file| {
            // Cells are parted by the mark that the first line has, behind titles, which have none.
            let mark = |line: &str| {
                let is_in = |mark: &u8| line.as_bytes().contains(mark);
                [b',', b'\t', b';'].into_iter().find(is_in)
            };
            let first = file.text.lines().take(heading::MOST);
            let delimiter = first.filter_map(mark).next().unwrap_or(b',');
            table::of_text(&file, delimiter, problems)
        }),
    };
    let rows = rows.unwrap_or_default().into_iter();
    let cells = |row: Vec<table::Cell>| -> Cells {
        let mut cells: Cells =
            row.into_iter().map(|cell| (cell.text.trim().to_owned(), cell.place)).collect();
        while cells.last().is_some_and(|(text, _)| text.is_empty()) {
            cells.pop();
        }
        cells
    };
    rows.map(cells).filter(|row| !row.is_empty()).collect()
}

fn of_workbook(
    project: &Project,
    name: &str,
    asked: &Place,
    problems: &mut Problems,
) -> Option<Vec<Vec<table::Cell>>> {
    let file = table::file_of(name);
    let found = project.locate(file, asked).and_then(|path| {
        let path = path + &name[file.len()..];
        Ok((path, project.bytes(file, asked)?))
    });
    match found {
        Ok((path, bytes)) => table::of_bytes(&shown(&path), &bytes, problems),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// Reads the rows of a list; those that cannot be used are reported.
fn rows(cells: Vec<Cells>, problems: &mut Problems) -> Vec<Row> {
    let (columns, cells) = heading::read(cells, problems);
    cells.into_iter().filter_map(|cells| row(cells, &columns, problems)).collect()
}

/// Reads a row; `None`, with the reason, if it cannot be used.
fn row(cells: Cells, columns: &[Option<Column>], problems: &mut Problems) -> Option<Row> {
    let (first, last) = (&cells.first()?.1, &cells.last()?.1);
    // Each cell of a workbook is a place of its own.
    let whole = match Arc::ptr_eq(&first.file, &last.file) {
        true => Place::new(&first.file, first.range.start..last.range.end.max(first.range.start)),
        false => first.clone(),
    };
    if let Some((cell, place)) = cells.get(columns.len()) {
        let message = say!("`{cell}` stands in no column", cell);
        let hint = say!("put cells that contain a comma in double quotes");
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        return None;
    }
    let mut known = [(); 3].map(|()| (String::new(), whole.clone()));
    for (cell, column) in cells.into_iter().zip(columns) {
        if let Some(column) = column {
            known[*column as usize] = cell;
        }
    }
    let [wrong, right, _] = &known;
    let text = &wrong.0;
    let shown = |mark: &str| match mark {
        "\t" => say!("a tab"),
        " " => say!("a space"),
        mark => format!("`{mark}`"),
    };
    let wide = text.char_indices().find(|(_, c)| matches!(c, '，' | '\t' | '；' | ';'));
    let wide = wide.map(|(at, c)| &text[at..at + c.len_utf8()]);
    let refused = if let Some(mark) = wide.or_else(|| parted(text).filter(|_| right.0.is_empty())) {
        Some((
            say!("`{text}` is one word here: {mark} parts no columns", text, mark = shown(mark)),
            say!("write `,` between the columns, throughout the file"),
        ))
    } else if is_number(text) && !right.0.contains(|c: char| c.is_ascii_digit()) {
        // `911` may be `9·11`.
        Some((
            say!("`{text}` is a number, and no word that is wrong", text),
            say!("name the columns in the first row: `序号,错误,正确`"),
        ))
    } else if text.starts_with('#') || text.starts_with("//") {
        Some((say!("`{text}` is a word here, and no comment", text), say!("remove the line")))
    } else if text.contains('、') {
        Some((
            say!("`{text}` is one word here", text),
            say!("write a row for each word that is not to be used"),
        ))
    } else if ["(?", ".*", ".+", "\\b", "\\d", "\\w"].iter().any(|mark| text.contains(mark)) {
        Some((
            say!("`{text}` is no pattern here, but a word as it stands", text),
            say!("write a row for each form of the word"),
        ))
    } else if wrong.0.is_empty() {
        Some((say!("the cell of `wrong` is empty"), say!("fill it in, or remove the row")))
    } else if wrong.0 == right.0 {
        let text = &wrong.0;
        Some((say!("`{text}` is wrong and right at once", text), say!("remove the row")))
    } else {
        None
    };
    match refused {
        Some((message, hint)) => {
            problems.push(Diagnostic::error(whole, message).hint(hint));
            None
        }
        None => Some(Row { cells: known }),
    }
}

/// Whether a cell is the number of its row.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// What people write between two words of a row.
const BETWEEN: [&str; 11] = ["→", "⇒", "->", "=>", "=", "|", "｜", "——", "－", "：", ":"];

/// The mark between two Chinese words in one cell, if there is one.
fn parted(text: &str) -> Option<&str> {
    let is_between = |before: &str, after: &str| {
        before.trim_end().ends_with(cjk::is_han) && after.trim_start().starts_with(cjk::is_han)
    };
    let mark = BETWEEN.into_iter().find(|mark| {
        text.split_once(mark).is_some_and(|(before, after)| is_between(before, after))
    });
    let space = || text.split_once(' ').filter(|(before, after)| is_between(before, after));
    mark.or_else(|| space().map(|_| " "))
}

/// Checks for words that are listed twice, and for right words that another row, another list or
/// the terms have as wrong, or that contain a wrong one: what is mended would be told again.
fn contradictions(all: &[&Row], config: &ReportConfig, problems: &mut Problems) {
    for (at, Row { cells: [wrong, right, _] }) in all.iter().enumerate() {
        let mut refuse = |place: &Place, message: String, hint: String| {
            problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        };
        let text = &wrong.0;
        if let Some(first) = all[..at].iter().find(|row| row.cells[0].0 == *text) {
            let (other, place) = (&first.cells[1].0, &first.cells[0].1);
            if *other == right.0 {
                let message = say!("`{text}` is listed twice", text);
                refuse(&wrong.1, message, say!("the first is at {place}: remove one", place));
            } else {
                let message = say!("`{text}` is listed twice, with different right words", text);
                refuse(&wrong.1, message, say!("the other is at {place}: remove one", place));
            }
        }
        if let Some(term) = config.terms.keys().find(|term| *term == text) {
            let message = say!("`{term}` is a term in report.yaml and wrong here", term);
            refuse(&wrong.1, message, say!("remove one of them"));
        }
        let within = all.iter().find(|row| right.0.contains(row.cells[0].0.as_str()));
        if let Some(row) = within {
            let (other, place) = &row.cells[0];
            let message = say!(
                "the right word `{right}` contains `{other}`, a wrong one",
                right = right.0,
                other
            );
            let hint =
                say!("`{other}` is at {place}: write it with more of its context", other, place);
            refuse(&right.1, message, hint);
        }
    }
}
