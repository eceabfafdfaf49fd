//! Charts: the block in the text, and the numbers in its table.

mod axis;
mod format;
mod keys;
mod marks;
mod number;
mod other_names;
mod panels;
mod provinces;
mod size;
mod values;
mod waterfall;

use std::ops::Range;
use std::sync::Arc;

use copydesk::Prose;

use super::context::Context;
use super::table::{Asked, Cell, Table, located};
use super::{Printed, prose, text};
use crate::reading::model::{
    Anchor, Chart, ChartKind, ChartSpec, Facet, Layered, Orient, Series, XType,
};
use l10n::say;
use number::Loose;
use source::schema;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, SourceFile, nearest};

/// Reads the table of a chart with a fault of its own, which so hides none in the data.
fn read_anyway(document: &Document, context: &mut Context) -> Option<()> {
    let value = &document.value;
    let place = document.place("/data");
    let data = located(value["data"].as_str()?, &place, context)?;
    let listed = value["y"].as_array().into_iter().flatten();
    let names = [&value["x"], &value["y"]].into_iter().chain(listed);
    let asked = Asked {
        data: &data,
        place,
        names: names.filter_map(|name| name.as_str()).collect(),
        skip: value["skip-rows"].as_u64().map_or(0, |rows| rows as usize),
    };
    Table::read(&asked, context).map(|_| ())
}

/// Reads the chart whose YAML is in `range` of `file`.
pub(super) fn read(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Option<Chart> {
    let line = file.line_column(range.start).0;
    let mut document = Document::parse(file, range, context.problems)?;
    let renamed = other_names::corrected(&mut document, context.problems);
    let spec = schema::read::<ChartSpec>(&document, context.problems).filter(|_| !renamed);
    let Some(mut spec) = spec else {
        read_anyway(&document, context);
        return None;
    };
    keys::settle(&mut spec);
    keys::check(&spec, &document, context.problems);
    size::columns_of(&spec, &document, context.problems)?;
    let asked = document.place("/data");
    spec.data = located(&spec.data, &asked, context)?;
    print(&document, context);
    let facet = match &spec.facet {
        Some(Facet::Column(name)) => Some(name),
        _ => None,
    };
    let over = spec.layer.iter().flat_map(|layer| layer.y.names());
    let others = spec.note.iter().chain(&spec.color).chain(facet).chain(over);
    let names = [&spec.x].into_iter().chain(spec.y.names()).chain(others);
    let asked = Asked {
        data: &spec.data,
        place: asked,
        names: names.map(String::as_str).collect(),
        skip: spec.skip_rows,
    };
    let mut table = Table::read(&asked, context)?;

    // All columns are looked up, and all of their values read, before the first that is missing
    // ends it: so that each fault is told.
    let mut find = |name: &str, key| column(name, key, &table, &spec, &document, context.problems);
    let x = find(&spec.x, "/x");
    let note = spec.note.as_ref().map(|name| find(name, "/note"));
    let color = spec.color.as_ref().map(|name| find(name, "/color"));
    let facet = facet.map(|name| find(name, "/facet"));
    let y: Vec<_> = spec.y.names().iter().map(|name| find(name, "/y")).collect();
    let over = spec.layer.iter().flat_map(|layer| layer.y.names());
    let over: Vec<_> = over.map(|name| find(name, "/layer/y")).collect();
    let x = x?;
    let before = context.problems.len();
    let (axis, mut positions) = axis::of(x, &mut table, &spec, context.problems);
    size::check(&spec, axis, &table, facet.flatten(), &document, context.problems);
    let mut loose = Loose::default();
    let mut series = series(spec.y.names(), &y, &table, &spec, &mut loose, context.problems)?;
    let mut layer = None;
    if let Some(asked) = &spec.layer {
        let series =
            self::series(asked.y.names(), &over, &table, &spec, &mut loose, context.problems)?;
        if !series.iter().any(Series::has_values) {
            values::nothing_to_draw("/layer/y", &document, context.problems);
        }
        let format =
            format::of(asked.format.as_deref(), "/layer/format", &document, context.problems);
        let unit = asked.unit.as_deref().map(text::tidy_plain);
        layer = Some(Layered { kind: asked.kind, unit, format, series });
    }
    let mut labels = table.texts(x);
    let totals = waterfall::totals(&spec, &labels, &mut series, &document, context.problems);
    // A cell that is no number is told already.
    if context.problems.len() == before {
        let chart = values::Drawn {
            spec: &spec,
            table: &table,
            x,
            y: &y,
            series: &series,
            totals: &totals,
        };
        chart.check(&document, context.problems);
    }
    table.otherwise.extend(loose.told());
    // What is written behind each number is their unit.
    let has_unit = keys::uses(&spec, "unit") && spec.kind != ChartKind::Pie;
    if spec.unit.is_none() && has_unit && layer.is_none() && loose.are_percents(&series) {
        spec.unit = Some("%".to_owned());
    }
    table.tell(context.problems);

    let words = y.iter().flatten().filter(|_| spec.kind.is_words()).copied();
    let named = [note, color, facet].into_iter().flatten().flatten();
    // The places of points are numbers, which are written as the template likes.
    let labelled = (spec.kind != ChartKind::Point).then_some(x);
    for at in labelled.into_iter().chain(named).chain(words) {
        let printed = |cell: &Cell| Printed { text: cell.text.clone(), place: cell.place.clone() };
        context.texts.printed.extend(table.column(at).map(printed));
        // What stands in a workbook cannot be mended there.
        if table.is_text {
            context.texts.prose.extend(table.column(at).map(|cell| Prose::cell(&cell.place)));
        }
    }
    let over = spec.layer.iter().flat_map(|layer| layer.y.names());
    for name in spec.y.names().iter().chain(over) {
        let head = table.head.iter().find(|cell| cell.text == *name);
        let printed = head.map(|cell| Printed { text: name.clone(), place: cell.place.clone() });
        context.texts.printed.extend(printed);
    }
    if let Some(highlight) = &mut spec.highlight {
        *highlight = text::tidy_plain(highlight);
        known(highlight, &labels, &document.place("/highlight"), context.problems);
    }
    let format = format::of(spec.format.as_deref(), "/format", &document, context.problems);
    let notes = match note {
        Some(at) => table.texts(at?),
        None => vec![],
    };
    let places = marks::Places {
        spec: &spec,
        document: &document,
        axis,
        labels: &labels,
        positions: &positions,
        series: &series,
    };
    let rules = places.rules(context.problems);
    let annotations = places.annotations(context.problems);
    let provinces = match spec.kind {
        ChartKind::Tiles => provinces::of(x, &table, context.problems),
        _ => vec![],
    };
    provinces.iter().filter_map(|it| Some((it.row?, &it.name))).for_each(|(row, name)| {
        labels[row].clone_from(name);
    });
    let panels = panels::of(&spec, facet.flatten(), &table, &series);
    if let Some(color) = color.flatten() {
        series = panels::by_color(&table.texts(color), &series);
    }
    if axis == XType::Ordinal && !spec.kind.has_axis() {
        positions.clear();
    }
    spec.title = text::tidy_plain(&spec.title);
    spec.source = spec.source.map(|source| text::tidy_plain(&source));
    let anchor = Anchor {
        place: spec.label.as_ref().map(|_| document.place("/label")),
        label: spec.label.take(),
        ..Anchor::default()
    };
    Some(Chart {
        line,
        anchor,
        spec,
        labels,
        axis,
        positions,
        notes,
        series,
        format,
        layer,
        panels,
        rules,
        annotations,
        totals,
        provinces,
    })
}

/// Takes the texts of a chart's block that are printed.
fn print(document: &Document, context: &mut Context) {
    let value = &document.value;
    let marks = ["rule", "annotation"].into_iter().flat_map(|key| {
        let count = value[key].as_array().map_or(0, Vec::len);
        (0..count).map(move |at| format!("/{key}/{at}/text"))
    });
    let keys = ["/title", "/unit", "/source", "/layer/unit"].map(str::to_owned);
    for key in keys.into_iter().chain(marks) {
        if let Some(text) = value.pointer(&key).and_then(|value| value.as_str()) {
            let place = document.place(&key);
            context.texts.printed.push(Printed { text: text.to_owned(), place });
        }
    }
    prose::of_yaml(document, &mut context.texts.prose);
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
        let hint = match nearest(name, names.iter().copied()) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("its columns are `{names}`", names = names.join("`, `")),
        };
        let message = say!("`{data}` has no column `{name}`", data = spec.data, name);
        problems.push(Diagnostic::error(document.place(key), message).hint(hint));
    }
    found
}

/// Reads the values of these columns.
fn series(
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
            for cell in table.column((*at)?) {
                let number = number::read(cell, spec.scale, problems);
                number.iter().for_each(|number| loose.add(cell, number));
                values.push(number.and_then(|number| number.value));
            }
        }
        Some(Series { name: text::tidy_plain(name), values, words })
    };
    names.iter().zip(at).map(read).collect()
}

/// The row with this label; none is told, with the one that is probably meant.
fn known(label: &str, labels: &[String], place: &Place, problems: &mut Problems) -> Option<usize> {
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

/// Whether bars stand upright.
fn is_upright(spec: &ChartSpec) -> bool {
    spec.kind.is_bars() && spec.orient == Orient::Vertical
}
