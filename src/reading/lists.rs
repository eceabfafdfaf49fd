//! A house's lists of words: tables with the columns `wrong`, `right` and `note`.

use std::sync::Arc;

use copydesk::{ListedWord, WordList};
use l10n::say;
use source::schema::unknown_column;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

use super::model::ReportConfig;
use super::project::shown;
use super::{Project, encoding, table};

/// The columns, in the order that a file without a heading has them in.
const COLUMNS: [&str; 3] = ["wrong", "right", "note"];

/// What Chinese houses call these columns.
const CHINESE: [&[&str]; 3] = [
    &[
        "错误",
        "错",
        "错词",
        "错误词",
        "错字",
        "错例",
        "别字",
        "错别字",
        "误",
        "误用",
        "不用",
        "禁用",
        "禁用词",
        "不规范",
        "原词",
        "原文",
        "错误写法",
        "误写",
        "不推荐",
    ],
    &[
        "正确",
        "对",
        "正词",
        "正确词",
        "正字",
        "正",
        "改用",
        "用",
        "推荐",
        "规范",
        "规范词",
        "改为",
        "改成",
        "应为",
        "替换",
        "替换为",
        "正确写法",
        "建议",
    ],
    &["说明", "备注", "注", "注释", "理由", "原因", "依据", "例"],
];

/// The column that a cell of a heading names.
fn column(name: &str) -> Option<usize> {
    let own = COLUMNS.iter().position(|column| *column == name);
    own.or_else(|| CHINESE.iter().position(|names| names.contains(&name)))
}

/// Whether a row is a heading: it has one of the names, or what Chinese houses call both columns.
fn is_heading(cells: &[(String, Place)]) -> bool {
    let known: Vec<usize> = cells.iter().filter_map(|(cell, _)| column(cell)).collect();
    cells.iter().any(|(cell, _)| COLUMNS[..2].contains(&cell.as_str()))
        || known.contains(&0) && known.contains(&1)
}

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
            // Cells are parted by the mark that the first line has.
            let first = file.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let is_in = |mark: &u8| first.as_bytes().contains(mark);
            let delimiter = [b',', b'\t', b';'].into_iter().find(is_in).unwrap_or(b',');
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
    let mut cells = cells.into_iter().peekable();
    let heading = cells.next_if(|first| is_heading(first));
    let usual = || (0..COLUMNS.len()).map(Some).collect::<Vec<_>>();
    let columns = heading.map_or_else(usual, |heading| self::heading(&heading, problems));
    cells.filter_map(|cells| row(cells, &columns, problems)).collect()
}

/// Reads the heading: which of [`COLUMNS`] each cell names.
fn heading(cells: &[(String, Place)], problems: &mut Problems) -> Vec<Option<usize>> {
    let columns: Vec<_> = cells
        .iter()
        .map(|(name, place)| {
            let known = column(name);
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
fn row(cells: Cells, columns: &[Option<usize>], problems: &mut Problems) -> Option<Row> {
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
            known[*column] = cell;
        }
    }
    let [wrong, right, _] = &known;
    let text = &wrong.0;
    let refused = if let Some(mark) = text.chars().find(|c| matches!(c, '，' | '\t' | '；' | ';'))
    {
        let shown = if mark == '\t' { say!("a tab") } else { format!("`{mark}`") };
        Some((
            say!("`{text}` is one word here: {mark} parts no columns", text, mark = shown),
            say!("write `,` between the columns, throughout the file"),
        ))
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
