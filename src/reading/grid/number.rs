//! Columns of numbers, which are set with their decimal points under each other.

use crate::reading::model::{CellBlock, Inline, RowKind, TableCell, TableColumn};
use crate::reading::text;

use super::row::Row;

/// The parts of a number as it is written: `1,234`, `.5`, `%`.
#[derive(Debug, PartialEq)]
struct Written<'t> {
    whole: &'t str,
    /// With its point.
    fraction: &'t str,
    suffix: &'t str,
    /// Whether it says that there is no value.
    missing: bool,
}

/// The marks for a value that is missing.
const MISSING: [&str; 10] = ["-", "–", "—", "——", "－", "…", "……", "...", "N/A", "n/a"];

fn read(text: &str) -> Option<Written<'_>> {
    let text = text.trim();
    if MISSING.contains(&text) {
        return Some(Written { whole: text, fraction: "", suffix: "", missing: true });
    }
    let signs = |c: char| {
        matches!(
            c,
            '+' | '-'
                | '−'
                | '±'
                | '<'
                | '>'
                | '≤'
                | '≥'
                | '≈'
                | '¥'
                | '￥'
                | '$'
                | '€'
                | '('
                | '（'
        )
    };
    let signed = text.trim_start_matches(signs);
    let figures = |c: char| c.is_ascii_digit() || matches!(c, ',' | '\u{2009}' | '\u{202f}');
    let digits = signed.find(|c| !figures(c)).unwrap_or(signed.len());
    if !signed.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, rest) = text.split_at(text.len() - signed.len() + digits);
    let fraction = rest
        .strip_prefix('.')
        .map_or(0, |rest| 1 + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let (fraction, suffix) = rest.split_at(fraction);
    // A loss in brackets: `(9,353.60)`.
    let opened = whole.contains(['(', '（']);
    let bare = suffix.trim().strip_suffix([')', '）']).filter(|_| opened);
    let bare = bare.unwrap_or(if opened { "(" } else { suffix.trim() });
    let known = matches!(bare, "" | "%" | "％" | "‰" | "℃" | "°" | "×" | "x" | "*" | "pp");
    (known && fraction != ".").then_some(Written { whole, fraction, suffix, missing: false })
}

/// The text of a cell that holds one number at most, without the marks of notes behind it; `None`
/// if it holds more.
fn text_of(cell: &TableCell) -> Option<String> {
    match &*cell.blocks {
        [] => Some(String::new()),
        [CellBlock::Text { body }] => {
            let simple = |run: &&Inline| {
                matches!(run, Inline::Text { .. } | Inline::Latin { .. } | Inline::Strong { .. })
            };
            let marks = body.iter().rev().take_while(|run| {
                matches!(run, Inline::Footnote { .. } | Inline::NoteAgain { .. })
            });
            let own = &body[..body.len() - marks.count()];
            own.iter().all(|run| simple(&run)).then(|| cjk::visible(&text::plain(own)).collect())
        }
        _ => None,
    }
}

/// Aligns the columns whose cells are numbers: but for the first, which names rows, all that their
/// author has not aligned otherwise.
pub(super) fn align(columns: &mut [TableColumn], rows: &mut [Row]) {
    for (at, column) in columns.iter_mut().enumerate() {
        let own = |row: &&mut Row| row.kind != RowKind::Group;
        let mut cells: Vec<&mut TableCell> = rows
            .iter_mut()
            .filter(own)
            .flat_map(|row| row.cells.iter_mut().filter(|(x, c)| *x == at && c.colspan == 1))
            .map(|(_, cell)| cell)
            .collect();
        let chosen = cells.first().and_then(|cell| cell.align);
        if matches!(chosen, Some("left" | "center")) || (at == 0 && chosen.is_none()) {
            continue;
        }
        let texts: Option<Vec<String>> = cells.iter().map(|cell| text_of(cell)).collect();
        let Some(texts) = texts else { continue };
        let filled = || texts.iter().filter(|text| !text.is_empty());
        let Some(read) = filled().map(|text| read(text)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        if read.iter().all(|number| number.missing) {
            continue;
        }
        let most = |width: &dyn Fn(&Written) -> f64| {
            let most = read.iter().map(width).fold(0.0, f64::max);
            (most * 10.0).ceil() / 10.0
        };
        let whole = most(&|number| ems(number.whole));
        let rest = most(&|number| ems(number.fraction) + ems(number.suffix));
        column.numbers = Some([whole, rest]);
        (column.ems, column.least) = (column.ems.max(whole + rest), column.least.max(whole + rest));
        for (cell, text) in cells.iter_mut().zip(&texts) {
            cell.number = !text.is_empty();
        }
    }
}

/// About the width of a number's characters.
fn ems(text: &str) -> f64 {
    let width = |c| match c {
        '.' | ',' | '\u{2009}' | '\u{202f}' => 0.3,
        '%' | '‰' => 0.9,
        c if c.is_ascii() => 0.54,
        '−' | '–' | '±' | '≈' => 0.6,
        _ => 1.0,
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parted_at_their_points() {
        for (text, parts) in [
            ("1,234.5", ["1,234", ".5", ""]),
            ("−3", ["−3", "", ""]),
            ("12%", ["12", "", "%"]),
            ("+0.05‰", ["+0", ".05", "‰"]),
            ("—", ["—", "", ""]),
            ("¥1,200", ["¥1,200", "", ""]),
            ("(9,353.60)", ["(9,353", ".60", ")"]),
            ("（1.2%）", ["（1", ".2", "%）"]),
            ("≥5", ["≥5", "", ""]),
            ("36.4pp", ["36", ".4", "pp"]),
        ] {
            let read = read(text).expect(text);
            assert_eq!([read.whole, read.fraction, read.suffix], parts, "{text}");
        }
        for text in ["", "甲", "3年", "(3", "3)", "（3）年", "1.2.3", "1.", "2023Q1", "A1", "1—3"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
