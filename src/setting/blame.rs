//! Which of an author's blocks brings up a fault of Typst or of its exporter.
//!
//! Such a fault names a line of the template at best, and that line sets every block of a kind. So
//! the report is made again with less and less in it: what brings the fault up alone is its cause.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use typst::World;
use typst::foundations::Bytes;

use super::inputs::{REPORT, plan};
use super::origins::key_start;
use super::world::{Files, ReportWorld, Written};
use crate::reading::model::PartFile;
use source::Place;

/// The most reports that are made to find the causes of one fault.
const TRIES: usize = 300;

/// What is told of a report: its faults' messages, as they are before ours.
pub(super) type Told<'a> = &'a dyn Fn(&ReportWorld) -> BTreeSet<String>;

/// Returns where the content stands that brings a fault up; nothing if the template does by itself.
pub(super) fn causes(world: &ReportWorld, message: &str, told: Told) -> Vec<Place> {
    let files = world.files();
    let Some(parts) = read(files, REPORT).and_then(|mut report| {
        Some(report.get_mut("parts")?.as_array_mut()?.drain(..).collect::<Vec<_>>())
    }) else {
        return vec![];
    };
    let mut search = Search { world, message, told, tries: 0, known: told(world) };
    if search.fails(&[], vec![]) {
        return vec![];
    }
    let parts = parts.iter().filter_map(Value::as_str);
    parts.flat_map(|path| search.part(path).unwrap_or_default()).collect()
}

struct Search<'a> {
    world: &'a ReportWorld,
    message: &'a str,
    told: Told<'a>,
    tries: usize,
    /// What is told of the whole report.
    known: BTreeSet<String>,
}

impl Search<'_> {
    /// The causes within a part.
    fn part(&mut self, path: &str) -> Option<Vec<Place>> {
        if !self.fails(&[path], vec![]) {
            return None;
        }
        let written = self.world.files().written(path)?.clone();
        let whole = read(self.world.files(), path)?;
        let all = |list: &str| whole.get(list).and_then(Value::as_array).cloned();
        for list in ["blocks", "entries"] {
            let Some(all) = all(list).filter(|all| !all.is_empty()) else { continue };
            // What stands around the list may bring it up too.
            if self.fails_with(path, &replaced(&whole, list, json!([]))) {
                continue;
            }
            let mut plain = Value::from(all.clone());
            plainly(&mut plain);
            // Plain text of the same kinds brings it up as well: then the template does.
            if self.fails_with(path, &replaced(&whole, list, plain)) {
                return Some(vec![]);
            }
            let all: Vec<_> = all.into_iter().enumerate().collect();
            let found = self.narrowed(&all, &mut |search, chosen| {
                let chosen: Vec<_> = chosen.iter().map(|(_, value)| value.clone()).collect();
                search.fails_with(path, &replaced(&whole, list, chosen.into()))
            });
            let places: Vec<_> = found
                .into_iter()
                .map(|(at, block)| match written.entries.get(at).cloned().flatten() {
                    Some(place) => place,
                    None => self.place(&written, &block, &mut |search, block| {
                        search.fails_with(path, &replaced(&whole, list, json!([block])))
                    }),
                })
                .collect();
            if !places.is_empty() {
                return Some(places);
            }
        }
        // A list of blocks that fails only as a whole, a field, or the template by itself.
        let bare =
            ["blocks", "entries"].iter().fold(whole.clone(), |value, list| match all(list) {
                Some(_) => replaced(&value, list, json!([])),
                None => value,
            });
        if !self.fails_with(path, &bare) {
            return Some(vec![written.place]);
        }
        let fields = whole.as_object()?.iter().filter(|(key, _)| !FIXED.contains(&key.as_str()));
        let found = fields.filter_map(|(key, value)| {
            let start = key_start(&written.place.file.text, key)?;
            let mut plain = value.clone();
            plainly(&mut plain);
            (plain != *value && self.is_healed(path, &replaced(&bare, key, plain)))
                .then(|| line(&written, start))
        });
        Some(found.collect())
    }

    /// The place of a block, or of what stands in it and brings the fault up by itself.
    fn place(
        &mut self,
        written: &Written,
        block: &Value,
        fails: &mut dyn FnMut(&mut Self, Value) -> bool,
    ) -> Place {
        // A point of a list is a list of blocks itself.
        let lists = match block {
            Value::Array(_) => vec![(None, block)],
            _ => ["items", "blocks"]
                .into_iter()
                .filter_map(|key| Some((Some(key), block.get(key)?)))
                .collect(),
        };
        for (key, list) in lists {
            let all = list.as_array().cloned().unwrap_or_default();
            let mut only = |search: &mut Self, chosen: &[Value]| {
                let chosen = Value::from(chosen.to_vec());
                fails(search, key.map_or(chosen.clone(), |key| replaced(block, key, chosen)))
            };
            if let Some(inner) = self.narrowed(&all, &mut only).first() {
                return self.place(written, inner, &mut |search, inner| only(search, &[inner]));
            }
        }
        match first_line(block) {
            Some(number) => PartFile::line(&written.files, &written.place, number),
            None => written.place.clone(),
        }
    }

    /// Those of a list that bring the fault up by themselves.
    fn narrowed<T: Clone>(
        &mut self,
        all: &[T],
        fails: &mut dyn FnMut(&mut Self, &[T]) -> bool,
    ) -> Vec<T> {
        if all.is_empty() || !fails(self, all) {
            return vec![];
        }
        if all.len() == 1 {
            return all.to_vec();
        }
        let (left, right) = all.split_at(all.len() / 2);
        [left, right].iter().flat_map(|half| self.narrowed(half, fails)).collect()
    }

    fn fails_with(&mut self, path: &str, part: &Value) -> bool {
        self.fails(&[path], changed(path, part))
    }

    /// Whether the fault is gone, and none came in its place.
    fn is_healed(&mut self, path: &str, part: &Value) -> bool {
        let told = self.tried(&[path], changed(path, part));
        told.is_some_and(|told| !told.contains(self.message) && told.is_subset(&self.known))
    }

    /// Whether a report of these parts alone brings the fault up.
    fn fails(&mut self, parts: &[&str], files: Vec<(String, Bytes)>) -> bool {
        self.tried(parts, files).is_some_and(|told| told.contains(self.message))
    }

    fn tried(&mut self, parts: &[&str], files: Vec<(String, Bytes)>) -> Option<BTreeSet<String>> {
        self.tries += 1;
        if self.tries > TRIES {
            return None;
        }
        let report = replaced(&read(self.world.files(), REPORT)?, "parts", json!(parts));
        let mut all: Files = self.world.files().clone();
        all.keep(REPORT, bytes(&report));
        for (path, bytes) in files {
            all.keep(path, bytes);
        }
        let main = self.world.main().get().vpath().get_with_slash().to_owned();
        Some((self.told)(&self.world.like(all, &main)))
    }
}

/// What of a part's data is no field that its author wrote.
const FIXED: [&str; 5] = ["blocks", "entries", "id", "layout", "pages"];

/// The fields that name a kind, of a run, a block or a chart.
const KINDS: [&str; 3] = ["t", "block", "kind"];

/// A part's data, and no plan: that of the whole part does not fit.
fn changed(path: &str, part: &Value) -> Vec<(String, Bytes)> {
    let plan = part.get("id").and_then(Value::as_str).map(plan);
    let plan = plan.map(|plan| (plan, bytes(&json!({}))));
    [(path.to_owned(), bytes(part))].into_iter().chain(plan).collect()
}

fn read(files: &Files, path: &str) -> Option<Value> {
    serde_json::from_slice(files.kept().find(|(kept, _)| *kept == path)?.1).ok()
}

fn bytes(value: &Value) -> Bytes {
    Bytes::from_string(value.to_string())
}

fn replaced(value: &Value, key: &str, with: Value) -> Value {
    let mut out = value.clone();
    out[key] = with;
    out
}

/// Makes all text of a value one plain character.
fn plainly(value: &mut Value) {
    match value {
        Value::String(text) => *text = "字".into(),
        Value::Array(list) => list.iter_mut().for_each(plainly),
        Value::Object(fields) => {
            let text = fields.iter_mut().filter(|(key, _)| !KINDS.contains(&key.as_str()));
            text.for_each(|(_, value)| plainly(value));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The line on which a block begins, or the first block in it.
fn first_line(value: &Value) -> Option<usize> {
    match value {
        Value::Object(fields) => match fields.get("line").and_then(Value::as_u64) {
            Some(line) => usize::try_from(line).ok(),
            None => fields.values().find_map(first_line),
        },
        Value::Array(list) => list.iter().find_map(first_line),
        _ => None,
    }
}

/// The line of a part's file that begins at `start`.
fn line(written: &Written, start: usize) -> Place {
    let file: &Arc<_> = &written.place.file;
    let length = file.text[start..].lines().next().map_or(0, str::len);
    Place::new(file, start..start + length)
}
