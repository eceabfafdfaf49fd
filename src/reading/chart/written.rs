//! The numbers of a chart as they are written, or as a workbook shows them: `7.0` is no `7`.

use std::collections::BTreeMap;

use crate::reading::model::{NumberFormat, Series};
use crate::reading::table::{Cell, Table, read_number};

/// The most decimals of a format.
const MOST_DECIMALS: usize = 9;

/// By how much the sum of rounded shares may miss the whole, as a part of it.
const ROUNDED: f64 = 0.005;

/// The values of a chart as they are written.
#[derive(Default)]
pub(super) struct Decimals {
    values: Vec<Written>,
}

/// A value, and how it is written.
struct Written {
    value: f64,
    /// Its figures before the point, with the commas of a workbook's format, and behind it.
    whole: String,
    decimals: String,
    /// The per cent sign behind it; `None` where nothing tells which it is.
    sign: Option<PerCent>,
    /// Whether a workbook's format says how it is shown.
    is_shown: bool,
}

/// A per cent sign behind a number.
#[derive(Clone, Copy, PartialEq)]
enum PerCent {
    No,
    /// The value is a hundredth of what is shown, as a workbook's `0%` has it.
    OfOne,
    /// The value is what is shown.
    AsIs,
}

impl Decimals {
    /// Reads the numbers in these columns of a table.
    pub(super) fn of(table: &Table, columns: &[Option<usize>]) -> Self {
        let cells = columns.iter().flatten().flat_map(|at| table.column(*at));
        let read = |cell: &Cell| Written::of(read_number(cell).ok()?.value?, cell);
        Self { values: cells.filter_map(read).collect() }
    }

    /// The same of what is drawn as shares of a whole: only where its values are those shares, and
    /// then in per cent.
    pub(super) fn of_shares(table: &Table, columns: &[Option<usize>], series: &[Series]) -> Self {
        let mut out = Self::of(table, columns);
        let rows = series.iter().map(|series| series.values.len()).max().unwrap_or(0);
        let sum_of = |row: usize| -> f64 {
            series.iter().filter_map(|series| series.values.get(row).copied().flatten()).sum()
        };
        let sums: Vec<f64> = match series {
            [one] => vec![one.values.iter().flatten().sum()],
            _ => (0..rows).map(sum_of).collect(),
        };
        let of_one = out.sign() == Some(PerCent::OfOne);
        let whole = if of_one { 1.0 } else { 100.0 };
        if sums.iter().any(|sum| (sum - whole).abs() > whole * ROUNDED) {
            return Self::default();
        }
        if of_one {
            out.values.iter_mut().for_each(|it| it.value *= 100.0);
        }
        out.values.iter_mut().for_each(|it| it.sign = None);
        out
    }

    /// The sign that all numbers have.
    fn sign(&self) -> Option<PerCent> {
        let mut told = self.values.iter().filter_map(|it| it.sign);
        let first = told.next()?;
        told.all(|sign| sign == first).then_some(first)
    }

    /// Whether each number is shown with a per cent sign that multiplies nothing: the unit of all.
    pub(super) fn are_percents(&self) -> bool {
        self.sign() == Some(PerCent::AsIs) && self.values.iter().all(|it| it.is_shown)
    }

    /// How many decimals all have, if it is the same number.
    fn decimals(&self) -> Option<usize> {
        let count = self.values.first()?.decimals.len();
        let same = self.values.iter().all(|it| it.decimals.len() == count);
        (same && count <= MOST_DECIMALS).then_some(count)
    }

    /// The format of all values: where a workbook shows them so, or where they have the same number
    /// of decimals, some of which say by a zero how exact they are.
    pub(super) fn format(&self) -> Option<NumberFormat> {
        let is_shown = !self.values.is_empty() && self.values.iter().all(|it| it.is_shown);
        let is_exact = self.values.iter().any(|it| it.decimals.ends_with('0'));
        let percent = self.sign() == Some(PerCent::OfOne);
        let comma = is_shown && self.has_commas();
        let decimals = self.decimals().filter(|_| is_shown || is_exact);
        (comma || percent || decimals.is_some()).then_some(NumberFormat {
            sign: false,
            comma,
            decimals: decimals.map(|count| count as u32),
            percent,
        })
    }

    /// Whether thousands are parted, and none are not.
    fn has_commas(&self) -> bool {
        let mut large = self.values.iter().filter(|it| it.whole.len() > 3).peekable();
        large.peek().is_some() && large.all(|it| it.whole.contains(','))
    }

    /// The numbers that are written otherwise than the format has it, by their values.
    pub(super) fn exceptions(&self) -> BTreeMap<String, String> {
        let format = self.format();
        if format.is_some_and(|format| format.decimals.is_some()) {
            return BTreeMap::new();
        }
        let mut out: BTreeMap<String, String> = BTreeMap::new();
        for it in self.values.iter().filter(|it| it.is_shown || it.decimals.ends_with('0')) {
            let text = it.text();
            let longest = out.entry(key(it.value)).or_default();
            if text.len() > longest.len() {
                *longest = text;
            }
        }
        out
    }
}

impl Written {
    fn of(value: f64, cell: &Cell) -> Option<Self> {
        if let Some(written) = cell.formatted.as_deref().and_then(|text| Self::shown(value, text)) {
            return Some(written);
        }
        let (mut whole, decimals) = figures(&cell.text)?;
        whole.retain(|c| c != ',');
        let sign = match cell.text.contains(['%', '％']) {
            true => Some(PerCent::AsIs),
            false => Some(PerCent::No).filter(|_| value != 0.0),
        };
        Some(Self { value, whole, decimals, sign, is_shown: false })
    }

    /// As a workbook shows it; `None` where it shows another number, such as one of thousands.
    fn shown(value: f64, text: &str) -> Option<Self> {
        let (whole, decimals) = figures(text)?;
        let shown: f64 = format!("{whole}.{decimals}0").replace(',', "").parse().ok()?;
        let least = (0..decimals.len()).fold(0.5, |least, _| least / 10.0);
        let is =
            |value: f64| (shown - value.abs()).abs() <= least * (1.0 + 1e-6) + value.abs() * 1e-12;
        let sign = match (text.contains(['%', '％']), is(value), is(value * 100.0)) {
            (true, true, true) => None,
            (true, _, true) => Some(PerCent::OfOne),
            (true, true, _) => Some(PerCent::AsIs),
            (false, true, _) => Some(PerCent::No).filter(|_| value != 0.0),
            _ => return None,
        };
        Some(Self { value, whole, decimals, sign, is_shown: true })
    }

    fn text(&self) -> String {
        let Self { whole, decimals, .. } = self;
        let zero = whole.bytes().chain(decimals.bytes()).all(|b| matches!(b, b'0' | b','));
        let minus = if self.value < 0.0 && !zero { "−" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        let percent = if self.sign == Some(PerCent::OfOne) { "%" } else { "" };
        format!("{minus}{whole}{point}{decimals}{percent}")
    }
}

/// A value as templates write it where nothing says how: without the noise of binary fractions.
fn key(value: f64) -> String {
    let power = format!("{value:e}").rsplit('e').next().and_then(|power| power.parse().ok());
    let digits = (13 - power.unwrap_or(0_i32)).max(0) as usize;
    let rounded: f64 = format!("{value:.digits$}").parse().unwrap_or(value);
    rounded.to_string().replace('-', "−")
}

/// The figures of a number before and behind its point, without what stands around them; `None`
/// if it is written otherwise than in plain figures.
fn figures(text: &str) -> Option<(String, String)> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let first = text.find(|c: char| c.is_ascii_digit() || c == '.')?;
    let (before, rest) = text.split_at(first);
    let (number, behind) = rest.split_at(rest.find(|c| !is_figure(c)).unwrap_or(rest.len()));
    // Figures apart from these, or letters that are part of a number: `1e29`, `2024Q1`.
    let more = before.chars().chain(behind.chars()).any(|c| c.is_ascii_digit());
    if more || behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let plain = decimals.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| (whole.to_owned(), decimals.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use source::Place;

    /// Numbers of a text file, and those that a workbook shows.
    fn of(values: &[(f64, &str)], is_shown: bool) -> Decimals {
        let read = |(value, text): &(f64, &str)| {
            let cell = Cell {
                text: if is_shown { value.to_string() } else { (*text).to_owned() },
                place: Place::start_of("a"),
                value: is_shown.then_some(*value),
                formatted: is_shown.then(|| (*text).to_owned()),
                unread: None,
                indent: 0.0,
                merged: None,
            };
            Written::of(*value, &cell).expect(text)
        };
        Decimals { values: values.iter().map(read).collect() }
    }

    #[test]
    fn numbers_keep_the_decimals_that_they_are_written_with() {
        let same = of(&[(7.0, "7.0"), (8.5, "8.5"), (-1234.0, "-1,234.0")], false);
        assert_eq!(same.format().and_then(|format| format.decimals), Some(1));
        assert!(same.exceptions().is_empty());
        let mixed = of(&[(7.0, "7.00"), (-12.0, "-12.0"), (99.5, "99.5")], false);
        assert_eq!(mixed.format(), None);
        let told = [("7", "7.00"), ("−12", "−12.0")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(mixed.exceptions(), told.into());
        let plain = of(&[(7.5, "7.5"), (8.25, "8.25"), (0.2, "20%")], false);
        assert!(plain.format().is_none() && plain.exceptions().is_empty());
        // As many figures as a binary fraction keeps, and none of its noise.
        for (value, right) in [
            (99_999_999.999, "99999999.999"),
            (12_345_678_901.23, "12345678901.23"),
            (0.1 + 0.2, "0.3"),
            (-1234.5, "−1234.5"),
        ] {
            assert_eq!(key(value), right);
        }
        for text in ["1e29", "2024Q1", "1.2.3", "n/a"] {
            assert_eq!(figures(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_a_workbook_are_those_that_it_shows() {
        let format = |values| of(values, true).format();
        let told =
            |comma, decimals, percent| Some(NumberFormat { sign: false, comma, decimals, percent });
        let shares = [(0.1453, "14.53%"), (0.0, "0.00%"), (-0.101, "−10.10%")];
        assert_eq!(format(&shares), told(false, Some(2), true));
        assert_eq!(format(&[(45.2, "45.20"), (40.125, "40.13")]), told(false, Some(2), false));
        assert_eq!(format(&[(1523.4, "1,523"), (7.0, "7")]), told(true, Some(0), false));
        assert_eq!(format(&[(3.7, "¥3.7亿元")]), told(false, Some(1), false));
        // A per cent sign that is a word multiplies nothing.
        let words = of(&[(12.0, "12.0%"), (7.5, "7.5%")], true);
        assert!(words.are_percents() && words.format().is_some_and(|format| !format.percent));
        // Of several formats each value has its own.
        let mixed = of(&[(0.5, "50%"), (0.1253, "12.5%"), (-0.07, "(7.0%)")], true);
        assert_eq!(mixed.format(), told(false, None, true));
        let told = [("0.5", "50%"), ("0.1253", "12.5%"), ("−0.07", "−7.0%")];
        assert_eq!(mixed.exceptions(), told.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    }
}
