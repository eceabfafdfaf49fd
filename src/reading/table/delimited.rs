//! Delimited text: commas, semicolons or tabs, in any encoding.

use std::ops::Range;
use std::sync::Arc;

use l10n::say;
use source::{Diagnostic, Place, Problems, SourceFile};

use super::{Asked, Cell};
use crate::reading::context::Context;
use crate::reading::encoding;

/// Reads the rows of a file (RFC 4180), with its start.
pub(super) fn rows(asked: &Asked, context: &mut Context) -> Option<(Place, Vec<Vec<Cell>>)> {
    let file = encoding::text(context.project, asked.data, &asked.place, context.problems)?;
    let rows = of_file(&file, &asked.names, context.problems)?;
    Some((Place::new(&file, 0..0), rows))
}

/// Reads the rows of a file whose columns have these names, if some are known.
pub(super) fn of_file(
    file: &Arc<SourceFile>,
    names: &[&str],
    problems: &mut Problems,
) -> Option<Vec<Vec<Cell>>> {
    let mut best: Option<(usize, Parted)> = None;
    // The delimiter is the one by which the names of columns are parted.
    for delimiter in [b',', b'\t', b';'] {
        let (rows, unclosed) = parted_or_told(file, delimiter, problems)?;
        let found = rows.iter().take(super::DEEPEST_HEAD).map(|row| {
            let has = |name: &&&str| row.iter().any(|cell| cell.text == **name);
            names.iter().filter(has).count()
        });
        // Without names, the one that parts the most columns.
        let columns = || rows.iter().map(Vec::len).max().unwrap_or(0);
        let found = if names.is_empty() { columns() } else { found.max().unwrap_or(0) };
        if best.as_ref().is_none_or(|(most, _)| found > *most) {
            best = Some((found, (rows, unclosed)));
        }
    }
    let (_, (rows, unclosed)) = best?;
    closed(file, rows, unclosed, problems)
}

/// Reads the rows of a file whose cells are parted so.
pub(in crate::reading) fn of_text(
    file: &Arc<SourceFile>,
    delimiter: u8,
    problems: &mut Problems,
) -> Option<Vec<Vec<Cell>>> {
    let (rows, unclosed) = parted_or_told(file, delimiter, problems)?;
    closed(file, rows, unclosed, problems)
}

fn parted_or_told(
    file: &Arc<SourceFile>,
    delimiter: u8,
    problems: &mut Problems,
) -> Option<Parted> {
    let told = |error| {
        let start = Place::new(file, 0..0);
        problems.push(Diagnostic::error(start, say!("not valid CSV: {error}", error)));
    };
    parted(file, delimiter).map_err(told).ok()
}

/// Rows, if no cell is left open: it would swallow those behind it.
fn closed(
    file: &Arc<SourceFile>,
    rows: Vec<Vec<Cell>>,
    unclosed: Option<Range<usize>>,
    problems: &mut Problems,
) -> Option<Vec<Vec<Cell>>> {
    let Some(at) = unclosed else { return Some(rows) };
    let quote = Place::new(file, at.start.saturating_sub(1)..at.start);
    let message = say!("nothing closes this quote");
    let hint = say!("put one behind the cell as well; a quote within a cell is written twice");
    problems.push(Diagnostic::error(quote, message).hint(hint));
    None
}

/// Where the field that begins at `at` is written, without the quotes around it, where the next one
/// begins, and whether nothing closes its quote.
fn written(text: &str, at: usize, delimiter: u8) -> (Range<usize>, usize, bool) {
    let bytes = text.as_bytes();
    let ends = |byte: u8| byte == delimiter || matches!(byte, b'\r' | b'\n');
    let end_from = |from: usize| {
        bytes[from..].iter().position(|byte| ends(*byte)).map_or(bytes.len(), |end| from + end)
    };
    let mut is_open = false;
    let (range, end) = if bytes.get(at) == Some(&b'"') {
        let mut close = at + 1;
        // Two quotes within are one of the text.
        while close < bytes.len() && (bytes[close] != b'"' || bytes.get(close + 1) == Some(&b'"')) {
            close += if bytes[close] == b'"' { 2 } else { 1 };
        }
        is_open = close >= bytes.len();
        let close = close.min(bytes.len());
        (at + 1..close, end_from((close + 1).min(bytes.len())))
    } else {
        let end = end_from(at);
        (at..end, end)
    };
    let next = if bytes.get(end) == Some(&delimiter) { end + 1 } else { end };
    (range, next, is_open)
}

/// The rows of a file, and a cell in quotes that nothing closes.
type Parted = (Vec<Vec<Cell>>, Option<Range<usize>>);

fn parted(file: &Arc<SourceFile>, delimiter: u8) -> Result<Parted, csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(file.text.as_bytes());
    let (mut rows, mut unclosed) = (vec![], None);
    for record in reader.records() {
        let record = record?;
        let mut at = record.position().map_or(0, |position| position.byte() as usize);
        at += file.text[at..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let cells = record.iter().map(|field| {
            let (range, next, is_open) = written(&file.text, at, delimiter);
            at = next;
            if is_open && unclosed.is_none() {
                unclosed = Some(range.clone());
            }
            let place = Place::new(file, range);
            Cell {
                text: field.trim().to_owned(),
                place,
                value: None,
                formatted: None,
                unread: None,
                indent: super::indent::of(field),
                merged: None,
            }
        });
        rows.push(cells.collect());
    }
    Ok((rows, unclosed))
}
