//! The rows of a chart by their labels.

use l10n::say;
use source::{Diagnostic, Place, Problems, nearest};

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
