//! The decimals of a chart's values, as they are written: `7.0` is no `7`.

use std::collections::BTreeMap;

use crate::reading::model::NumberFormat;
use crate::reading::table::{Cell, Table, read_number};

/// The values of a chart as they are written, or as a workbook shows them.
#[derive(Default)]
pub(super) struct Decimals {
    /// The value of each, and the figures of its decimals.
    values: Vec<(f64, String)>,
}

impl Decimals {
    /// Reads the decimals in these columns of a table.
    pub(super) fn of(table: &Table, columns: &[Option<usize>]) -> Self {
        let cells = columns.iter().flatten().flat_map(|at| table.column(*at));
        let read = |cell: &Cell| {
            let value = read_number(cell).ok()?.value?;
            Some((value, decimals(cell.shown())?.to_owned()))
        };
        Self { values: cells.filter_map(read).collect() }
    }

    /// Whether a number ends in zeros that say how exact it is.
    fn is_exact(&self) -> bool {
        self.values.iter().any(|(_, decimals)| decimals.ends_with('0'))
    }

    /// The format of all values, if they have the same number of decimals and some end in zeros.
    pub(super) fn format(&self) -> Option<NumberFormat> {
        let count = self.values.first()?.1.len();
        let same = self.values.iter().all(|(_, decimals)| decimals.len() == count);
        let format = NumberFormat {
            sign: false,
            comma: false,
            decimals: Some(count as u32),
            percent: false,
        };
        (same && count < 10 && self.is_exact()).then_some(format)
    }

    /// The numbers that end in zeros, where not all have the same number of decimals.
    pub(super) fn exceptions(&self) -> BTreeMap<String, String> {
        if self.format().is_some() {
            return BTreeMap::new();
        }
        let mut out: BTreeMap<String, String> = BTreeMap::new();
        for (value, decimals) in self.values.iter().filter(|(_, it)| it.ends_with('0')) {
            let count = decimals.len();
            let text = format!("{value:.count$}");
            let longest = out.entry(value.to_string()).or_default();
            if text.len() > longest.len() {
                *longest = text;
            }
        }
        out
    }
}

/// The figures behind a number's point; `None` if it is written otherwise than in plain figures.
fn decimals(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(['%', '％', ')', '）']).trim_end();
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let plain = whole.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric());
    (plain && figures(decimals)).then_some(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(f64, &str)]) -> Decimals {
        let read = |(value, text): &(f64, &str)| (*value, decimals(text).expect(text).to_owned());
        Decimals { values: values.iter().map(read).collect() }
    }

    #[test]
    fn numbers_keep_the_decimals_that_they_are_written_with() {
        let same = of(&[(7.0, "7.0"), (8.5, "8.5"), (-1234.0, "-1,234.0")]);
        assert_eq!(same.format().and_then(|format| format.decimals), Some(1));
        assert!(same.exceptions().is_empty());
        let mixed = of(&[(7.0, "7.00"), (12.0, "12"), (99.5, "99.5")]);
        assert_eq!(mixed.format(), None);
        assert_eq!(mixed.exceptions(), BTreeMap::from([("7".into(), "7.00".into())]));
        let plain = of(&[(7.5, "7.5"), (8.25, "8.25")]);
        assert!(plain.format().is_none() && plain.exceptions().is_empty());
        for text in ["1e29", "2024Q1", "1.2.3"] {
            assert_eq!(decimals(text), None, "{text}");
        }
    }
}
