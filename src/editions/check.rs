//! All rows of a table, checked before the first page is set.

use std::collections::BTreeMap;
use std::path::PathBuf;

use editions::TargetError;
use l10n::say;
use rayon::prelude::*;
use source::{Diagnostic, Place, Problems, nearest};
use variables::Given;

use super::{Order, Planned, doors, folder_of};
use crate::progress;
use crate::reading::{self, Project, Row, matches, rows};

/// The column with the name of an edition.
const ID: &str = "id";

/// Reads a table and checks all of its rows; returns the editions that are asked for, or all that is
/// wrong with the table.
pub fn plan(order: &Order) -> Result<Vec<Planned>, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    let rows = rows(&order.table, &mut problems);
    let named: Vec<&str> = order.outputs.iter().flat_map(|(_, target)| target.names()).collect();
    let project = Project::new(&order.project);
    let is_known = reading::known_names(&project);
    // A column may be there for the names of files alone.
    let is_name = |key: &str| key == ID || named.contains(&key);
    let checked: Vec<(Planned, Problems)> = rows
        .par_iter()
        .map(|row| {
            progress::begins();
            let mut found = Problems::default();
            let given =
                row.given.iter().filter(|given| is_known(&given.key) || !is_name(&given.key));
            let row_given: Vec<Given> = given.cloned().collect();
            let others = order.given.iter().filter(|given| row.value(&given.key).is_none());
            let given: Vec<Given> = others.cloned().chain(row_given).collect();
            let project = project.clone().with(given.clone());
            let values = reading::check_settings_of(&project, &mut found);
            let outputs = outputs(row, order, &values, &mut found);
            let name =
                row.value(ID).map_or_else(|| row.position.to_string(), |id| id.value.clone());
            let place = row.value(ID).map_or(&row.place, |id| &id.place).clone();
            (Planned { row: row.position, name, given, place, outputs }, found)
        })
        .collect();
    let mut planned = vec![];
    let mut others: BTreeMap<(String, String), (Diagnostic, Vec<String>)> = BTreeMap::new();
    let table = order.table.display().to_string();
    for (edition, found) in checked {
        for told in found.sorted() {
            let in_table = told.place.as_ref().is_some_and(|place| is_of(place, &table));
            if in_table {
                problems.push(told);
                continue;
            }
            // What the row leaves open is told in the report: once, with the editions it is of.
            let place = told.place.as_ref().map(ToString::to_string).unwrap_or_default();
            let key = (place, told.message.clone());
            others.entry(key).or_insert((told, vec![])).1.push(edition.place.to_string());
        }
        planned.push(edition);
    }
    for (told, editions) in others.into_values() {
        let (place, more) = (&editions[0], editions.len() - 1);
        problems.push(told.hint(match more {
            0 => say!("this is of the edition at {place}", place = format!("`{place}`")),
            _ => say!(
                "this is of the edition at {place} and of {more} others",
                place = format!("`{place}`"),
                more
            ),
        }));
    }
    apart(&planned, &mut problems);
    choose(&mut planned, order, &mut problems);
    if problems.has_errors() { Err(problems.sorted()) } else { Ok(planned) }
}

/// Whether a place is in a table, or in a cell of a sheet of it.
fn is_of(place: &Place, table: &str) -> bool {
    let file = |path: &str| path.split('#').next().unwrap_or_default().to_owned();
    file(&place.file.path) == file(table)
}

/// Where the outputs of a row go.
fn outputs(
    row: &Row,
    order: &Order,
    values: &BTreeMap<String, String>,
    problems: &mut Problems,
) -> Vec<(super::Kind, PathBuf)> {
    let mut out = vec![];
    for (kind, target) in &order.outputs {
        let value = |name: &str| {
            let own = row.value(name).map(|given| given.value.as_str());
            own.or_else(|| values.get(name).map(String::as_str))
        };
        match target.path(value) {
            Ok(path) => out.push((*kind, path)),
            Err(error) => {
                let name = match &error {
                    TargetError::Unfit(name, _) => row.value(name).map(|given| &given.place),
                    _ => None,
                };
                let place = name.unwrap_or(&row.place).clone();
                problems.push(Diagnostic::error(place, error.to_string()).hint(error.hint()));
            }
        }
    }
    let doors = doors(order);
    for (_, path) in &out {
        if doors.allow_folder(folder_of(path)).is_err() {
            let path = path.display();
            problems.push(
                Diagnostic::error(
                    row.place.clone(),
                    say!("`{path}` is inside the report's own content", path),
                )
                .hint(say!("write the output next to the project's folders, not into them")),
            );
        }
    }
    out
}

/// Reports editions of one name, and outputs that would be one file.
fn apart(planned: &[Planned], problems: &mut Problems) {
    let mut names: BTreeMap<&str, &Planned> = BTreeMap::new();
    let mut paths: BTreeMap<String, &Planned> = BTreeMap::new();
    for edition in planned {
        if let Some(first) = names.get(&*edition.name) {
            let (name, first) = (&edition.name, first.place.to_string());
            problems.push(
                Diagnostic::error(
                    edition.place.clone(),
                    say!("there are two editions `{name}`", name),
                )
                .hint(say!("the first is at `{first}`: give each an `id` of its own", first)),
            );
            continue;
        }
        names.insert(&edition.name, edition);
        for (_, path) in &edition.outputs {
            // Not every file system tells large letters from small ones.
            let key = path.display().to_string().to_lowercase();
            match paths.get(&key) {
                Some(first) => {
                    let (path, first) = (path.display(), first.place.to_string());
                    problems.push(
                        Diagnostic::error(
                            edition.place.clone(),
                            say!("`{path}` would be the file of two editions", path),
                        )
                        .hint(say!(
                            "the first is at `{first}`: write a column that differs into `--out`",
                            first
                        )),
                    );
                }
                None => _ = paths.insert(key, edition),
            }
        }
    }
}

/// Keeps the editions that are asked for; reports a name that none has.
fn choose(planned: &mut Vec<Planned>, order: &Order, problems: &mut Problems) {
    for only in &order.only {
        if !planned.iter().any(|edition| matches(only, &edition.name)) {
            let names = planned.iter().map(|edition| &*edition.name);
            let hint = match nearest(only, names) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!("write a value of the column `id`, with `*` for any characters"),
            };
            problems.push(
                Diagnostic::general(say!("there is no edition `{name}`", name = only)).hint(hint),
            );
        }
    }
    let is_asked = |edition: &Planned| {
        order.only.is_empty() || order.only.iter().any(|only| matches(only, &edition.name))
    };
    planned.retain(|edition| order.shard.has(edition.row - 1) && is_asked(edition));
}
