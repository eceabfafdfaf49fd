//! Charts: the block in the text, and the numbers in its table.

mod axis;
mod columns;
mod format;
mod height;
mod highlight;
mod keys;
mod labels;
mod marks;
mod number;
mod other_names;
mod panels;
mod provinces;
mod size;
mod values;
mod waterfall;
mod written;

use std::ops::Range;
use std::sync::Arc;

use super::context::Context;
use super::table::{Asked, Table, located, tell_unread};
use super::{Printed, prose, raised, text, variables};
use crate::reading::model::{Chart, ChartKind, ChartSpec, Layered, Scale, Series, Stack};
use crate::reading::referable::Referable;
use number::Loose;
use source::schema;
use source::yaml::Document;
use source::{Place, Problems, SourceFile};

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
        lang: context.lang,
    };
    Table::read(&asked, context).map(|_| ())
}

/// Reads the chart whose YAML is in `range` of `file`.
pub(super) fn read(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    context: &mut Context,
) -> Option<Chart> {
    let line = Place::new(file, range.clone()).line_column().0;
    let mut document = variables::document(file, range, context.variables, context.problems)?;
    let renamed = other_names::corrected(&mut document, context.problems);
    let spec = schema::read::<ChartSpec>(&document, context.problems).filter(|_| !renamed);
    let Some(mut spec) = spec else {
        read_anyway(&document, context);
        return None;
    };
    keys::settle(&mut spec);
    keys::check(&spec, &document, context.problems);
    size::columns_of(&spec, &document, context.problems)?;
    let place = document.place("/data");
    spec.data = located(&spec.data, &place, context)?;
    print(&document, context);
    let asked = Asked {
        data: &spec.data,
        place,
        names: columns::names(&spec),
        skip: spec.skip_rows,
        lang: context.lang,
    };
    let mut table = Table::read(&asked, context)?;
    // All columns are looked up, and all of their values read, before the first that is missing
    // ends it: so that each fault is told.
    let columns = columns::Found::of(&spec, &table, &document, context.problems);
    let x = columns.x?;
    let before = context.problems.len();
    labels::tell(x, &spec, &mut table, context.problems);
    let (axis, mut positions) = axis::of(x, &mut table, &spec, context.problems);
    size::check(&spec, axis, &table, columns.facet.flatten(), &document, context.problems);
    let mut loose = Loose::default();
    let mut series =
        columns::series(spec.y.names(), &columns.y, &table, &spec, &mut loose, context.problems)?;
    let layer = match &spec.layer {
        Some(_) => Some(layer(&spec, &columns, &table, &mut loose, &document, context.problems)?),
        None => None,
    };
    let mut labels = table.texts(x);
    let totals =
        waterfall::totals(&spec, &labels, &mut series, &table.lang, &document, context.problems);
    // A cell that is no number is told already.
    if context.problems.len() == before {
        let (series, totals) = (&series[..], &totals[..]);
        let drawn = values::Drawn { spec: &spec, table: &table, x, y: &columns.y, series, totals };
        drawn.check(&document, context.problems);
    }
    table.otherwise.extend(loose.told());
    // What is written behind each number is their unit.
    let has_unit = keys::uses(&spec, "unit") && spec.kind != ChartKind::Pie;
    let are_percents =
        || loose.are_percents(&series) || written::Decimals::of(&table, &columns.y).are_percents();
    if spec.unit.is_none() && has_unit && layer.is_none() && are_percents() {
        spec.unit = Some("%".to_owned());
    }
    table.tell(context.problems);
    tell_unread(table.column(x), context.problems);
    columns.print(&spec, &table, context);
    highlight::settle(&mut spec, &labels, &series, &document, context);
    let notes = match columns.note {
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
        lang: context.lang,
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
    let panels = panels::of(&spec, columns.facet.flatten(), &table, &series);
    if let Some(color) = columns.color.flatten() {
        series = panels::by_color(&table.texts(color), &series);
    }
    if !spec.kind.has_axis() {
        positions.clear();
    }
    let format = format::of(spec.format.as_deref(), "/format", &document, context.problems);
    let are_shares = spec.kind == ChartKind::Pie || spec.stack == Some(Stack::Normalize);
    let decimals = match (&spec.format, spec.kind.is_words()) {
        (None, false) if are_shares => written::Decimals::of_shares(&table, &columns.y, &series),
        (None, false) => written::Decimals::of(&table, &columns.y),
        _ => written::Decimals::default(),
    };
    let format = format.or_else(|| decimals.format().filter(|_| spec.scale == Scale::Linear));
    spec.title = text::tidy_plain(&spec.title, context.lang);
    spec.unit.iter_mut().for_each(raised::set);
    spec.en = spec.en.map(|title| text::tidy_plain(&title, "en"));
    spec.source = spec.source.map(|source| text::tidy_plain(&source, context.lang));
    let height = height::of(&spec, &document, context.problems);
    let label = spec.label.take();
    let anchor = Referable::Figure.written(label.as_deref(), &document, context.problems);
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
        written: decimals.exceptions(),
        height,
        layer,
        panels,
        rules,
        annotations,
        totals,
        provinces,
        cited: vec![],
    })
}

/// Reads what lies over upright bars.
fn layer(
    spec: &ChartSpec,
    columns: &columns::Found,
    table: &Table,
    loose: &mut Loose,
    document: &Document,
    problems: &mut Problems,
) -> Option<Layered> {
    let asked = spec.layer.as_ref()?;
    let series = columns::series(asked.y.names(), &columns.over, table, spec, loose, problems)?;
    if !series.iter().any(Series::has_values) {
        values::nothing_to_draw("/layer/y", document, problems);
    }
    let format = match &asked.format {
        Some(text) => format::of(Some(text), "/layer/format", document, problems),
        None => written::Decimals::of(table, &columns.over).format(),
    };
    let unit = asked.unit.as_deref().map(|unit| text::tidy_plain(unit, &table.lang));
    Some(Layered { kind: asked.kind, unit, format, values: asked.values, series })
}

/// Takes the texts of a chart's block that are printed.
fn print(document: &Document, context: &mut Context) {
    let value = &document.value;
    let marks = ["rule", "annotation"].into_iter().flat_map(|key| {
        let count = value[key].as_array().map_or(0, Vec::len);
        (0..count).map(move |at| format!("/{key}/{at}/text"))
    });
    let keys = ["/title", "/en", "/unit", "/source", "/layer/unit"].map(str::to_owned);
    for key in keys.into_iter().chain(marks) {
        if let Some(text) = value.pointer(&key).and_then(|value| value.as_str()) {
            let place = document.place(&key);
            context.texts.printed.push(Printed { text: text.to_owned(), place });
        }
    }
    prose::of_yaml(document, &mut context.texts.prose);
    prose::marks_of_block(document, context.problems);
}
