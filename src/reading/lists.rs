//! A house's lists of words: CSV files with the columns `wrong`, `right` and `note`.

use std::sync::Arc;

use copydesk::{ListedWord, WordList};
use l10n::say;
use source::schema::unknown_column;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, SourceFile};

use super::Project;
use super::model::ReportConfig;

/// The columns, in the order that a file without a heading has them in.
const COLUMNS: [&str; 3] = ["wrong", "right", "note"];

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
        match project.text(name, &asked) {
            Ok(file) => lists.push((name, rows(&file, problems))),
            Err(problem) => problems.push(problem),
        }
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

/// Reads the rows of a list; those that cannot be used are reported.
fn rows(file: &Arc<SourceFile>, problems: &mut Problems) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(file.text.as_bytes());
    let mut rows = vec![];
    let mut columns: Option<Vec<Option<usize>>> = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |position| position.byte() as usize);
                let place = Place::new(file, at..at);
                problems.push(Diagnostic::error(place, say!("not valid CSV: {error}", error)));
                return rows;
            }
        };
        let mut at = record.position().map_or(0, |position| position.byte() as usize);
        let cells: Vec<(String, Place)> = record
            .iter()
            .map(|cell| {
                let start = file.text[at..].find(cell).map_or(at, |offset| at + offset);
                at = start + cell.len();
                (cell.trim().to_owned(), Place::new(file, start..at))
            })
            .collect();
        match &columns {
            None => {
                let of_words = [0, 1].iter().all(|&at| {
                    cells.get(at).is_some_and(|(cell, _)| column_named(cell) == Some(at))
                });
                let heading =
                    of_words || cells.iter().any(|(cell, _)| COLUMNS[..2].contains(&cell.as_str()));
                let usual = || COLUMNS.iter().enumerate().map(|(at, _)| Some(at)).collect();
                columns = Some(if heading { self::heading(&cells, problems) } else { usual() });
                if !heading {
                    rows.extend(row(file, cells, columns.as_deref().unwrap_or_default(), problems));
                }
            }
            Some(columns) => rows.extend(row(file, cells, columns, problems)),
        }
    }
    rows
}

/// The column with a name, as it is or in Chinese.
fn column_named(name: &str) -> Option<usize> {
    const CHINESE: [&[&str]; 3] = [
        &[
            "错误",
            "错",
            "错词",
            "误",
            "误写",
            "误用",
            "不用",
            "原词",
            "错误写法",
            "错误词",
            "不规范",
        ],
        &["正确", "对", "正词", "正", "改用", "应为", "规范", "推荐", "正确写法", "正确词", "建议"],
        &["说明", "备注", "注", "理由", "原因", "例"],
    ];
    let known = COLUMNS.iter().position(|column| *column == name);
    known.or_else(|| CHINESE.iter().position(|names| names.contains(&name)))
}

/// Reads the heading: which of [`COLUMNS`] each cell names.
fn heading(cells: &[(String, Place)], problems: &mut Problems) -> Vec<Option<usize>> {
    let columns: Vec<_> = cells
        .iter()
        .map(|(name, place)| {
            let known = column_named(name);
            if known.is_none() {
                problems.push(unknown_column(place.clone(), name, &COLUMNS));
            }
            known
        })
        .collect();
    for (at, column) in columns.iter().enumerate() {
        if column.is_some() && columns[..at].contains(column) {
            let (text, place) = &cells[at];
            let message = say!("the column `{text}` is duplicated", text);
            let hint = say!("give each column a unique name");
            problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        }
    }
    for (number, name) in COLUMNS[..2].iter().enumerate() {
        if !columns.contains(&Some(number)) {
            let place = cells.first().map(|(_, place)| place.clone());
            let message = say!("the list has no column `{name}`", name);
            let hint = say!("the columns are `wrong`, `right` and, if you like, `note`");
            problems.push(Diagnostic { place, ..Diagnostic::general(message) }.hint(hint));
        }
    }
    columns
}

/// Reads a row; `None`, with the reason, if it cannot be used.
fn row(
    file: &Arc<SourceFile>,
    cells: Vec<(String, Place)>,
    columns: &[Option<usize>],
    problems: &mut Problems,
) -> Option<Row> {
    let start = cells.first().map_or(0, |(_, place)| place.range.start);
    let end = cells.last().map_or(start, |(_, place)| place.range.end);
    let whole = Place::new(file, start..end);
    if let Some((cell, place)) = cells.get(columns.len()) {
        let message = say!("`{cell}` stands in no column", cell);
        let hint = say!("put cells that contain a comma in double quotes");
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        return None;
    }
    // Cells that are parted by another mark than a comma would be one odd word.
    if let [(cell, place)] = &cells[..]
        && cell.contains(['，', '\t', '；'])
    {
        let message = say!("`{cell}` is one cell", cell);
        let hint = say!("part the cells with `,` in half width");
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        return None;
    }
    let mut known = [(); 3].map(|()| (String::new(), whole.clone()));
    for (cell, column) in cells.into_iter().zip(columns) {
        if let Some(column) = column {
            known[*column] = cell;
        }
    }
    let [wrong, right, _] = &known;
    let refused = if wrong.0.is_empty() {
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
