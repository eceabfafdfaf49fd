//! The columns of a chart's table that its keys name.

use super::number::{self, Loose};
use crate::reading::context::Context;
use crate::reading::model::{ChartKind, ChartSpec, Facet, Series};
use crate::reading::table::{Cell, Table, prose_of_cell};
use crate::reading::{Printed, text};
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Problems, nearest};

/// Where each column is in the table; none that the table lacks.
pub(super) struct Found {
    pub(super) x: Option<usize>,
    pub(super) y: Vec<Option<usize>>,
    pub(super) note: Option<Option<usize>>,
    pub(super) color: Option<Option<usize>>,
    pub(super) facet: Option<Option<usize>>,
    /// The columns of the layer.
    pub(super) over: Vec<Option<usize>>,
}

fn facet(spec: &ChartSpec) -> Option<&String> {
    match &spec.facet {
        Some(Facet::Column(name)) => Some(name),
        _ => None,
    }
}

fn over(spec: &ChartSpec) -> impl Iterator<Item = &String> {
    spec.layer.iter().flat_map(|layer| layer.y.names())
}

/// The names of all columns that a chart asks for; the first is that of the labels.
pub(super) fn names(spec: &ChartSpec) -> Vec<&str> {
    let others = spec.note.iter().chain(&spec.color).chain(facet(spec)).chain(over(spec));
    [&spec.x].into_iter().chain(spec.y.names()).chain(others).map(String::as_str).collect()
}

impl Found {
    /// Looks all of them up.
    pub(super) fn of(
        spec: &ChartSpec,
        table: &Table,
        document: &Document,
        problems: &mut Problems,
    ) -> Self {
        let mut find = |name: &str, key| column(name, key, table, spec, document, problems);
        Self {
            x: find(&spec.x, "/x"),
            note: spec.note.as_ref().map(|name| find(name, "/note")),
            color: spec.color.as_ref().map(|name| find(name, "/color")),
            facet: facet(spec).map(|name| find(name, "/facet")),
            y: spec.y.names().iter().map(|name| find(name, "/y")).collect(),
            over: over(spec).map(|name| find(name, "/layer/y")).collect(),
        }
    }

    /// Takes the texts of the table that are printed.
    pub(super) fn print(&self, spec: &ChartSpec, table: &Table, context: &mut Context) {
        let words = self.y.iter().flatten().filter(|_| spec.kind.is_words()).copied();
        let named = [self.note, self.color, self.facet].into_iter().flatten().flatten();
        // The places of points are numbers, which are written as the template likes.
        let labelled = self.x.filter(|_| spec.kind != ChartKind::Point);
        for at in labelled.into_iter().chain(named).chain(words) {
            let printed =
                |cell: &Cell| Printed { text: cell.text.clone(), place: cell.place.clone() };
            context.texts.printed.extend(table.column(at).map(printed));
            // What stands in a workbook cannot be mended there.
            if table.is_text {
                let read = |cell: &Cell| prose_of_cell(cell, context.variables);
                context.texts.prose.extend(table.column(at).map(read));
            }
        }
        let axis = Some(&spec.x).filter(|_| spec.kind == ChartKind::Point);
        for name in axis.into_iter().chain(spec.y.names()).chain(over(spec)) {
            let head = table.head.iter().find(|cell| cell.text == *name);
            let printed =
                head.map(|cell| Printed { text: name.clone(), place: cell.place.clone() });
            context.texts.printed.extend(printed);
        }
    }
}

/// Finds the column that a key of the chart names.
fn column(
    name: &str,
    key: &str,
    table: &Table,
    spec: &ChartSpec,
    document: &Document,
    problems: &mut Problems,
) -> Option<usize> {
    let found = table.head.iter().position(|cell| cell.text == name);
    if found.is_none() {
        let names = table.head.iter().map(|cell| cell.text.as_str());
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        let wide = |names: &[&str]| names.len() == 1 && names[0].contains(['，', '；', '、']);
        let hint = match nearest(name, names.iter().copied()) {
            _ if wide(&names) => {
                say!("part the columns with `,` in half width, in the head and in all rows")
            }
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("its columns are `{names}`", names = names.join("`, `")),
        };
        let message = say!("`{data}` has no column `{name}`", data = spec.data, name);
        problems.push(Diagnostic::error(document.place(key), message).hint(hint));
    }
    found
}

/// Reads the values of these columns.
pub(super) fn series(
    names: &[String],
    at: &[Option<usize>],
    table: &Table,
    spec: &ChartSpec,
    loose: &mut Loose,
    problems: &mut Problems,
) -> Option<Vec<Series>> {
    let read = |(name, at): (&String, &Option<usize>)| {
        let (mut values, mut words) = (vec![], vec![]);
        if spec.kind.is_words() {
            words = table.texts((*at)?);
        } else {
            number::check_signs(table.column((*at)?), problems);
            for cell in table.column((*at)?) {
                let number = number::read(cell, spec.scale, problems);
                number.iter().for_each(|number| loose.add(cell, number));
                values.push(number.and_then(|number| number.value));
            }
        }
        Some(Series { name: text::tidy_plain(name, &table.lang), values, words })
    };
    names.iter().zip(at).map(read).collect()
}
