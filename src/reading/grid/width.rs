//! Estimates of the width of text, in ems.

use crate::reading::model::{CellBlock, Inline, TableCell, TableColumn};
use crate::reading::text;

use super::row::Row;

/// The least width of a column, and the widest piece of text that is never broken.
const LEAST: f64 = 2.0;
const WHOLE: f64 = 15.0;
/// From this number of characters on, templates break a word anywhere.
const ENDLESS: usize = 25;
/// The height of a picture in a cell, in ems, and its greatest width.
const PICTURE: (f64, f64) = (3.0, 8.0);
/// What a bullet takes.
const BULLET: f64 = 1.2;

/// The columns of a table, by what stands in them. What reaches over several asks for no more
/// than they have.
pub(super) fn columns<'r>(
    count: usize,
    rows: impl Iterator<Item = &'r Row> + Clone,
) -> Vec<TableColumn> {
    let mut out = vec![TableColumn { least: LEAST, ..TableColumn::default() }; count];
    for (at, cell) in rows.clone().flat_map(|row| &row.cells) {
        if cell.colspan == 1 {
            out[*at].ems = lines(cell).into_iter().fold(out[*at].ems, f64::max);
            out[*at].least = least(cell).max(out[*at].least);
        }
    }
    for (at, cell) in rows.flat_map(|row| &row.cells) {
        let over = &mut out[*at..(*at + cell.colspan).min(count)];
        let missing = least(cell) - over.iter().map(|column| column.least).sum::<f64>();
        if cell.colspan > 1 && missing > 0.0 {
            let share = missing / over.len() as f64;
            over.iter_mut().for_each(|column| column.least += share);
        }
    }
    for column in &mut out {
        column.ems = rounded(column.ems.max(column.least.min(LEAST)));
        column.least = rounded(column.least.min(column.ems.max(LEAST)));
    }
    out
}

/// The width of each line of a cell, if each of its pieces stood in one.
pub(super) fn lines(cell: &TableCell) -> Vec<f64> {
    let mut out = vec![];
    for block in &cell.blocks {
        match block {
            CellBlock::Text { body } => {
                let parts = body.split(|run| matches!(run, Inline::Break));
                out.extend(parts.map(|part| rounded(ems(&text::plain(part)))));
            }
            CellBlock::List { items, .. } => {
                out.extend(items.iter().map(|item| rounded(ems(&text::plain(item)) + BULLET)));
            }
            CellBlock::Picture { ratio, .. } => {
                out.push(rounded((ratio * PICTURE.0).min(PICTURE.1)));
                out.extend([0.0, 0.0]);
            }
        }
    }
    out.iter_mut().for_each(|ems| *ems += cell.indent);
    out
}

/// The width of the longest piece of a cell that does not break.
fn least(cell: &TableCell) -> f64 {
    let pieces = |text: &str| {
        text.split(|c: char| c.is_whitespace() || is_wide(c) || matches!(c, '/' | '-' | '–'))
            .map(|word| match word.chars().count() {
                ENDLESS.. => 10.0 * narrow('n'),
                _ => ems(word),
            })
            .fold(0.0, f64::max)
    };
    let mut out: f64 = 0.0;
    for block in &cell.blocks {
        out = out.max(match block {
            CellBlock::Text { body } => pieces(&text::plain(body)),
            CellBlock::List { items, .. } => {
                BULLET + items.iter().map(|item| pieces(&text::plain(item))).fold(0.0, f64::max)
            }
            CellBlock::Picture { ratio, .. } => (ratio * PICTURE.0).min(PICTURE.1),
        });
    }
    out.min(WHOLE) + cell.indent
}

/// The width of a text in one line.
pub(super) fn ems(text: &str) -> f64 {
    let width = |c| if is_wide(c) { 1.0 } else { narrow(c) };
    cjk::visible(text).map(width).sum()
}

/// About the width of a character that is narrower than a Chinese one, in a sans bold face.
fn narrow(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '(' | ')'
        | ' ' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' => 0.9,
        c if c.is_uppercase() => 0.64,
        _ => 0.56,
    }
}

/// Whether a character is as wide as a Chinese one.
fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '—' | '…' | '“' | '”' | '‘' | '’')
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
