//! The rows that a chart sets apart.

use super::labels::known;
use crate::reading::context::Context;
use crate::reading::model::{ChartKind, ChartSpec, Columns, Series};
use crate::reading::text;
use source::yaml::Document;

/// Looks up the rows that are to be highlighted; of a timeline, what happened names one too.
pub(super) fn settle(
    spec: &mut ChartSpec,
    labels: &[String],
    series: &[Series],
    document: &Document,
    context: &mut Context,
) {
    let events = series.iter().filter(|_| spec.kind == ChartKind::Timeline);
    let events = events.flat_map(|series| &series.words);
    let all: Vec<String> = labels.iter().chain(events).cloned().collect();
    let Some(asked) = &mut spec.highlight else { return };
    let tidied = |name: &String| text::tidy_plain(name, context.lang);
    let names: Vec<String> = asked.names().iter().map(tidied).collect();
    for (at, name) in names.iter().enumerate() {
        let key = match asked {
            Columns::One(_) => "/highlight".to_owned(),
            Columns::Many(_) => format!("/highlight/{at}"),
        };
        known(name, &all, &document.place(&key), context.problems);
    }
    *asked = Columns::Many(names);
}
