//! The numbers of a chart, and how they were written.

use crate::reading::calendar::narrow;
use crate::reading::model::{Scale, Series};
use crate::reading::table::{Cell, Number, plain, read_number};
use l10n::{counts, say};
use source::{Diagnostic, Problems};

/// Reads a number that a chart can draw, and how it was written.
pub(super) fn read(cell: &Cell, scale: Scale, problems: &mut Problems) -> Option<Number> {
    let text = cell.text.trim();
    let mut error = |message: String, hint: String| {
        problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
        None
    };
    match read_number(cell) {
        Ok(Number { value: Some(value), .. }) if value.abs() > MAX_VALUE => error(
            say!("`{text}` is too large", text),
            say!("choose another unit, or leave the cell empty"),
        ),
        Ok(Number { value: Some(value), .. }) if is_lost(text, value) => {
            error(say!("`{text}` is too small", text), say!("choose another unit, or write `0`"))
        }
        Ok(Number { value: Some(value), .. }) if scale == Scale::Log && value <= 0.0 => error(
            say!("`{text}` cannot be shown on a log scale", text),
            say!("use positive numbers, or `scale: linear`"),
        ),
        Ok(number) => Some(number),
        Err(()) if text.parse::<f64>().is_ok_and(f64::is_nan) => {
            error(say!("`{text}` is not a number", text), say!("leave the cell empty"))
        }
        Err(()) => error(
            say!("`{text}` is not a number", text),
            say!("write plain numbers such as `1234.5` or `1e29`: no units, no words"),
        ),
    }
}

/// The signs of parts, and those of money.
const SIGNS: [&str; 2] = ["%‰", "¥$€£"];

/// Refuses a column whose numbers are of several units: `5‰` and `6%`, `￥100` and `$300`; and `3%` and
/// `0.05`, where all without a sign are parts of one.
pub(super) fn check_signs<'c>(
    cells: impl Iterator<Item = &'c Cell> + Clone,
    problems: &mut Problems,
) {
    let first = |signs: &str, but: Option<char>| {
        cells.clone().find_map(|cell| {
            let sign = cell.text.chars().map(plain).find(|c| signs.contains(*c))?;
            (Some(sign) != but).then_some((sign, cell))
        })
    };
    let apart = SIGNS.into_iter().find_map(|signs| {
        let (sign, one) = first(signs, None)?;
        Some((one, first(signs, Some(sign))?.1))
    });
    let bare = |cell: &Cell| cell.text.trim().parse().ok().filter(|value: &f64| *value != 0.0);
    let of_one = || {
        let (_, percent) = first("%", None)?;
        let part = cells.clone().find(|cell| bare(cell).is_some())?;
        cells.clone().filter_map(bare).all(|value| value.abs() < 1.0).then_some((percent, part))
    };
    let Some((one, other)) = apart.or_else(of_one) else { return };
    let (one, two) = (one.text.trim(), other.text.trim());
    let message = say!("`{one}` and `{two}` stand in one column", one, two);
    let hint = say!("write all of its numbers in one unit");
    problems.push(Diagnostic::error(other.place.clone(), message).hint(hint));
}

/// The largest number allowed in a chart: beyond it, the sums along an axis overflow.
const MAX_VALUE: f64 = 1e300;
/// The smallest: below it, figures are lost, and in the end all of them.
const MIN_VALUE: f64 = 1e-300;

/// Whether a number that is not nought is nearly, or wholly, read as nought.
fn is_lost(text: &str, value: f64) -> bool {
    let figures = text.split(['e', 'E']).next().unwrap_or_default();
    let is_figure = |c: char| matches!(narrow(c), '1'..='9');
    value.abs() < MIN_VALUE && (value != 0.0 || figures.contains(is_figure))
}

/// What was read of cells otherwise than they are written: how many, and the first of each kind.
#[derive(Default)]
pub(super) struct Loose {
    count: usize,
    percents: usize,
    examples: Vec<(String, Option<f64>)>,
}

impl Loose {
    pub(super) fn add(&mut self, cell: &Cell, number: &Number) {
        if !number.otherwise {
            return;
        }
        self.count += 1;
        self.percents += usize::from(cell.text.ends_with(['%', '％']));
        // Cells are of one kind where only their figures differ.
        let kind = |text: &str| {
            let plain = text.chars().filter(|c| !c.is_numeric());
            let mut kind: Vec<char> = plain.collect();
            kind.dedup();
            (kind, text.is_ascii())
        };
        let new = !self.examples.iter().any(|(text, _)| kind(text) == kind(&cell.text));
        if new && self.examples.len() < 5 {
            self.examples.push((cell.text.clone(), number.value));
        }
    }

    /// Whether all values of these columns are written with a percent sign.
    pub(super) fn are_percents(&self, series: &[Series]) -> bool {
        self.percents > 0
            && self.percents == series.iter().flat_map(|s| &s.values).flatten().count()
    }

    pub(super) fn told(&self) -> Option<String> {
        let read = |(text, value): &(String, Option<f64>)| match value {
            Some(value) => say!("`{text}` as `{value}`", text, value),
            None => say!("`{text}` as no value", text),
        };
        let examples: Vec<_> = self.examples.iter().map(read).collect();
        let examples = examples.join(&say!(", "));
        (self.count > 0).then(|| {
            say!("{cells} as numbers: {examples}", cells = counts::cells(self.count), examples)
        })
    }
}
