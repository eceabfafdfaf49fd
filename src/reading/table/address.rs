//! Where a table is: `numbers.csv`, or `numbers.xlsx#指标!A3:D20`.

/// The parts of a table's address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The file.
    pub(super) file: &'a str,
    /// The sheet of a workbook; the first if none is named.
    pub(super) sheet: Option<&'a str>,
    /// The first and the last row and column, counted from 0; the whole sheet if none is named.
    pub(super) range: Option<[(u32, u32); 2]>,
}

/// The endings of workbooks.
const WORKBOOKS: [&str; 6] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et"];

impl<'a> Address<'a> {
    /// Reads an address. Only behind a workbook's name does `#` begin a sheet's.
    pub(super) fn of(data: &'a str) -> Self {
        let plain = Self { file: data, sheet: None, range: None };
        let Some((file, rest)) = data.split_once('#').filter(|(file, _)| is_workbook(file)) else {
            return plain;
        };
        let (sheet, range) = match rest.rsplit_once('!') {
            Some((sheet, range)) => (sheet, cells(range)),
            None => match cells(rest) {
                Some(range) => ("", Some(range)),
                None => (rest, None),
            },
        };
        let sheet = sheet.trim_matches('\'');
        Self { file, sheet: Some(sheet).filter(|sheet| !sheet.is_empty()), range }
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

/// Reads a range such as `A3:D20` or `$A$3:$D$20`.
fn cells(text: &str) -> Option<[(u32, u32); 2]> {
    let (first, last) = text.split_once(':')?;
    let (first, last) = (cell(first)?, cell(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some([first, last])
}

/// Reads a cell's name: its row and column.
fn cell(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().replace('$', "").to_ascii_uppercase();
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1);
    let row: u32 = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    Some((row - 1, column - 1))
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
        assert_eq!((all.file, all.sheet), ("a/n.xlsx", Some("指标")));
        assert_eq!(all.range, Some([(2, 0), (19, 3)]));
        let quoted = Address::of("n.ods#'表 1'!$B$2:$AA$9");
        assert_eq!((quoted.sheet, quoted.range), (Some("表 1"), Some([(1, 1), (8, 26)])));
        assert_eq!(Address::of("n.XLS#B2:C3").range, Some([(1, 1), (2, 2)]));
        assert_eq!(Address::of("n.xls#2024年").sheet, Some("2024年"));
        assert_eq!(Address::of("n#1.csv").file, "n#1.csv");
        assert!(!Address::of("n.csv").is_workbook() && Address::of("n.xlsx").is_workbook());
    }

    #[test]
    fn cells_are_named() {
        assert_eq!(
            [name(6, 2), name(0, 25), name(0, 26), name(9, 701)],
            ["C7", "Z1", "AA1", "ZZ10"]
        );
        assert_eq!(cell("ZZ10"), Some((9, 701)));
        assert_eq!(cell("A0"), None);
    }
}
