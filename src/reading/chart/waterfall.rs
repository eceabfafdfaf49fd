//! The sums of a waterfall.

use super::labels::known;
use crate::reading::model::{ChartKind, ChartSpec, Series};
use crate::reading::text;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// By how much of the largest number a stated sum may depart from what its changes add up to: what
/// rounding each of them does.
const TOLERANCE: f64 = 0.01;

/// Which rows are sums. A sum that is not given is worked out; one that is must be right.
pub(super) fn totals(
    spec: &ChartSpec,
    labels: &[String],
    series: &mut [Series],
    lang: &str,
    document: &Document,
    problems: &mut Problems,
) -> Vec<bool> {
    let (ChartKind::Waterfall, Some(series)) = (spec.kind, series.first_mut()) else {
        return vec![];
    };
    let mut totals = vec![false; labels.len()];
    let asked = spec.total.as_ref();
    for (at, name) in asked.iter().flat_map(|total| total.names()).enumerate() {
        let list = format!("/total/{at}");
        let key = if document.value["total"].is_array() { &*list } else { "/total" };
        let name = text::tidy_plain(name, lang);
        if let Some(row) = known(&name, labels, &document.place(key), problems) {
            totals[row] = true;
        }
    }
    let most = series.values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
    let mut sum = 0.0;
    for (row, value) in series.values.iter_mut().enumerate() {
        match value {
            Some(change) if !totals[row] => sum += *change,
            // The first sum is where the changes begin.
            Some(total) if row == 0 => sum = *total,
            Some(total) => {
                if (*total - sum).abs() > TOLERANCE * most {
                    wrong_sum(&labels[row], *total, sum, document, problems);
                }
                sum = *total;
            }
            None if totals[row] => *value = Some(shortest(sum)),
            None => {}
        }
    }
    totals
}

/// A sum without the noise of binary fractions.
fn shortest(sum: f64) -> f64 {
    format!("{sum:.9e}").parse().unwrap_or(sum)
}

fn wrong_sum(label: &str, total: f64, sum: f64, document: &Document, problems: &mut Problems) {
    let sum = shortest(sum);
    let message =
        say!("`{label}` is {total}, but what stands before it adds up to {sum}", label, total, sum);
    problems.push(
        Diagnostic::error(document.place("/total"), message).hint(say!(
            "correct the numbers, or leave the cell of the sum empty: it is worked out"
        )),
    );
}
