//! Where a table is: `numbers.csv`, or `numbers.xlsx#指标!A3:D20`.

use std::borrow::Cow;

/// The endings of workbooks.
const WORKBOOKS: [&str; 6] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et"];

/// The first and the last row and column, counted from 0.
pub(super) type Cells = [(u32, u32); 2];

/// The last row and column that a sheet can have.
const LAST: (u32, u32) = (1_048_575, 16_383);

/// The parts of a table's address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The file.
    pub(super) file: &'a str,
    /// The sheet of a workbook; the first if none is named.
    pub(super) sheet: Option<Cow<'a, str>>,
    /// The cells; the whole sheet if none are named.
    pub(super) range: Option<Cells>,
    /// What stands in the place of a range and is none, unless it is the end of the sheet's name.
    pub(super) wrong: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// Reads an address. Only behind a workbook's name does `#` begin a sheet's.
    pub(super) fn of(data: &'a str) -> Self {
        let plain = Self { file: data, sheet: None, range: None, wrong: None };
        let Some((file, rest)) = data.split_once('#').filter(|(file, _)| is_workbook(file)) else {
            return plain;
        };
        let quoted = rest.len() > 1 && rest.starts_with('\'') && rest.ends_with('\'');
        let parts = rest.rsplit_once('!').filter(|_| !quoted);
        let (sheet, range, wrong) = match parts {
            Some((sheet, text)) => match cells(text) {
                Some(range) => (sheet, Some(range), None),
                None => (rest, None, Some(if text.is_empty() { "!" } else { text })),
            },
            // A name such as `Q1` is a sheet's.
            None => match cells(rest).filter(|_| rest.contains(':')) {
                Some(range) => ("", Some(range), None),
                None => (rest, None, None),
            },
        };
        // Between quotes, Excel writes one twice that is of the name: `'it''s'!A1`.
        let sheet = match sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            Some(inner) => Cow::Owned(inner.replace("''", "'")),
            None => Cow::Borrowed(sheet.trim_matches('\'')),
        };
        Self { file, sheet: Some(sheet).filter(|sheet| !sheet.is_empty()), range, wrong }
    }

    /// Whether the file is a workbook.
    pub(super) fn is_workbook(&self) -> bool {
        is_workbook(self.file)
    }
}

fn is_workbook(file: &str) -> bool {
    let lower = file.to_lowercase();
    WORKBOOKS.iter().any(|ending| lower.ends_with(ending))
}

/// Reads a range: `A3:D20` or `$A$3:$D$20` by any two of its corners, whole columns `A:C`, whole
/// rows `2:4`, or one cell.
fn cells(text: &str) -> Option<Cells> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (end(first)?, end(last)?);
    let one = !text.contains(':');
    let (rows, columns) = match (first, last) {
        ((Some(a), Some(b)), (Some(c), Some(d))) => ((a.min(c), a.max(c)), (b.min(d), b.max(d))),
        ((None, Some(b)), (None, Some(d))) if !one => ((0, LAST.0), (b.min(d), b.max(d))),
        ((Some(a), None), (Some(c), None)) if !one => ((a.min(c), a.max(c)), (0, LAST.1)),
        _ => return None,
    };
    Some([(rows.0, columns.0), (rows.1, columns.1)])
}

/// Reads an end of a range, `C7`, `$C$7`, `C` or `7`: its row and its column.
fn end(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let text = text.trim();
    let fixed = text.strip_prefix('$').unwrap_or(text);
    let (letters, rest) = fixed.split_at(fixed.bytes().take_while(u8::is_ascii_alphabetic).count());
    let column = match letters.len() {
        0 => None,
        1..=3 => {
            let letters = letters.bytes().map(|b| b.to_ascii_uppercase());
            let column = letters.fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1) - 1;
            Some(Some(column).filter(|column| *column <= LAST.1)?)
        }
        _ => return None,
    };
    // Without letters the sign before is the row's own.
    let digits = if column.is_some() { rest.strip_prefix('$').unwrap_or(rest) } else { rest };
    let row = match digits {
        "" if rest.is_empty() => None,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            let row: u32 = digits.parse().ok()?;
            Some(row.checked_sub(1).filter(|row| *row <= LAST.0)?)
        }
        _ => return None,
    };
    (row.is_some() || column.is_some()).then_some((row, column))
}

/// The name of a cell: `C7`.
pub(super) fn name(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (vec![], column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_and_ranges_are_read() {
        let all = Address::of("a/n.xlsx#指标!A3:D20");
        assert_eq!((all.file, all.sheet.as_deref()), ("a/n.xlsx", Some("指标")));
        assert_eq!(all.range, Some([(2, 0), (19, 3)]));
        let quoted = Address::of("n.ods#'表 1'!$B$2:$AA$9");
        assert_eq!(quoted.sheet.as_deref(), Some("表 1"));
        assert_eq!(quoted.range, Some([(1, 1), (8, 26)]));
        let twice = Address::of("n.xlsx#'d''été'!B2:C3");
        assert_eq!((twice.sheet.as_deref(), twice.range), (Some("d'été"), Some([(1, 1), (2, 2)])));
        assert_eq!(Address::of("n.xlsx#'l''an'").sheet.as_deref(), Some("l'an"));
        assert_eq!(Address::of("n.XLS#B2:C3").range, Some([(1, 1), (2, 2)]));
        assert_eq!(Address::of("n.xls#2024年").sheet.as_deref(), Some("2024年"));
        assert_eq!(Address::of("n#1.csv").file, "n#1.csv");
        assert!(!Address::of("n.csv").is_workbook() && Address::of("n.xlsx").is_workbook());
    }

    #[test]
    fn cells_are_named() {
        assert_eq!(
            [name(6, 2), name(0, 25), name(0, 26), name(9, 701)],
            ["C7", "Z1", "AA1", "ZZ10"]
        );
    }

    #[test]
    fn ranges_are_read_as_people_write_them() {
        for (text, right) in [
            ("A3:D20", [(2, 0), (19, 3)]),
            ("$B$2:$AA$9", [(1, 1), (8, 26)]),
            ("c1:a3", [(0, 0), (2, 2)]),
            ("A9:C2", [(1, 0), (8, 2)]),
            ("A:C", [(0, 0), (LAST.0, 2)]),
            ("$D:$B", [(0, 1), (LAST.0, 3)]),
            ("B:B", [(0, 1), (LAST.0, 1)]),
            ("2:4", [(1, 0), (3, LAST.1)]),
            ("$7:$5", [(4, 0), (6, LAST.1)]),
            ("A1", [(0, 0), (0, 0)]),
            ("$ZZ$10", [(9, 701), (9, 701)]),
            ("A1 : XFD1048576", [(0, 0), LAST]),
        ] {
            assert_eq!(cells(text), Some(right), "{text}");
        }
        for text in [
            "",
            "B",
            "4",
            "A1:C",
            "A:C3",
            "2:C3",
            "A1-C3",
            "A1..C3",
            "A0:C3",
            "A1:C3:D4",
            "A1:C3,E1:E3",
            "R1C1:R3C3",
            "项目:比例",
            "A1：C3",
            "A1:",
            ":C3",
            "XFE1",
            "A1048577",
            "A$$1",
            "$",
            "A$:C$",
            "ABCD1",
            "A1.5",
            "Table1",
            "A:5",
        ] {
            assert_eq!(cells(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_range_is_known_or_the_end_of_a_name() {
        let wrong = |data: &str| {
            let address = Address::of(data);
            (address.sheet.map(Cow::into_owned), address.wrong.map(str::to_owned))
        };
        let said =
            |sheet: &str, wrong: Option<&str>| (Some(sheet.to_owned()), wrong.map(str::to_owned));
        assert_eq!(wrong("n.xlsx#指标!B"), said("指标!B", Some("B")));
        assert_eq!(wrong("n.xlsx#指标!"), said("指标!", Some("!")));
        assert_eq!(wrong("n.ods#'甲!乙'"), said("甲!乙", None));
        assert_eq!(wrong("n.xlsx#Q1"), said("Q1", None));
        assert_eq!(Address::of("n.xlsx#Q1!B:D").range, Some([(0, 1), (LAST.0, 3)]));
        assert_eq!(Address::of("n.xlsx#3:1").range, Some([(0, 0), (2, LAST.1)]));
    }
}
