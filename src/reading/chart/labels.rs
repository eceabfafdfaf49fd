//! The rows of a chart by their labels.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use crate::reading::model::{ChartKind, ChartSpec};
use crate::reading::table::{Cell, Table};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems, nearest};

/// Tells rows without a label, which workbooks make of merged cells, and labels that are the days of one,
/// counted from 1900.
pub(super) fn tell(x: usize, spec: &ChartSpec, table: &mut Table, problems: &mut Problems) {
    if spec.kind.is_words() {
        return;
    }
    let cells: Vec<Cell> = table.column(x).cloned().collect();
    let any = cells.iter().any(|cell| !cell.text.is_empty());
    for cell in cells.iter().filter(|cell| cell.text.is_empty() && any && !spec.kind.has_axis()) {
        let hint = say!("write the label in each row: of merged cells only the first has it");
        let message = say!("this row has no label");
        problems.push(Diagnostic::of(&rules::READ_TABLE, cell.place.clone(), message).hint(hint));
    }
    if spec.kind == ChartKind::Point {
        return;
    }
    if let Some(day) = first_day(&cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>()) {
        let text = cells.iter().map(|cell| &cell.text).find(|text| !text.is_empty());
        let text = text.cloned().unwrap_or_default();
        table.otherwise.push(say!(
            "`{text}` as a number, and not as the day {day} of a workbook",
            text,
            day
        ));
    }
}

/// The day that a workbook shows for the first of its numbers of days; `None` if labels are none of these:
/// days from 1982 on, whose distances are those of days, weeks, months, quarters or years.
fn first_day(labels: &[&str]) -> Option<String> {
    let serial = |text: &&str| {
        let figures = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|day| figures && (30_000..60_000).contains(day))
    };
    let labels = labels.iter().filter(|text| !text.is_empty());
    let days: Vec<u32> = labels.map(serial).collect::<Option<_>>()?;
    let step = |days: u32| matches!(days, 1 | 7 | 14 | 28..=31 | 90..=92 | 181..=184 | 365 | 366);
    let steady = days.len() > 1 && days.windows(2).all(|pair| step(pair[0].abs_diff(pair[1])));
    steady.then(|| {
        let first = ExcelDateTime::new(f64::from(days[0]), ExcelDateTimeType::DateTime, false);
        let (year, month, day, ..) = first.to_ymd_hms_milli();
        format!("{year}-{month:02}-{day:02}")
    })
}

/// The row with this label; none is told, with the one that is probably meant.
pub(super) fn known(
    label: &str,
    labels: &[String],
    place: &Place,
    problems: &mut Problems,
) -> Option<usize> {
    let found = labels.iter().position(|known| known == label);
    if found.is_none() {
        let hint = match nearest(label, labels.iter().map(String::as_str)) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("the labels are `{labels}`", labels = labels.join("`, `")),
        };
        let message = say!("the chart has no label `{highlight}`", highlight = label);
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::first_day;

    #[test]
    fn days_of_workbooks_are_known_by_their_distances() {
        assert_eq!(first_day(&["45292", "45323", "45352"]).as_deref(), Some("2024-01-01"));
        assert_eq!(first_day(&["44197", "44562"]).as_deref(), Some("2021-01-01"));
        for labels in [&["45292"][..], &["45000", "46000"], &["2023", "2024"], &["45292", "甲"]] {
            assert_eq!(first_day(labels), None, "{labels:?}");
        }
    }
}
