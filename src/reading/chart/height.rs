//! The height that a chart is to have.

use crate::reading::length;
use crate::reading::model::ChartSpec;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems};

/// The least height in which anything can be read, and the largest of a page.
const RANGE: std::ops::RangeInclusive<f64> = 15.0..=250.0;

/// Returns it in points.
pub(super) fn of(spec: &ChartSpec, document: &Document, problems: &mut Problems) -> Option<f64> {
    let mm = length::in_mm(spec.height.as_deref()?)?;
    if RANGE.contains(&mm) {
        return Some(mm * 72.0 / 25.4);
    }
    let (least, most) = (RANGE.start(), RANGE.end());
    let message = say!("a chart is {least} to {most} mm high", least, most);
    let hint = say!("write a height within these, such as `height: 60mm`, or remove the line");
    problems.push(Diagnostic::error(document.place("/height"), message).hint(hint));
    None
}
