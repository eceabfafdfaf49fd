//! Numbers of footnotes that begin anew on each page: read from where the marks stand, and given to
//! the template with the part's data.
//!
//! Another number may have another width, and so move marks: one that was wide stays so, once it has
//! gone back and forth. So the pages come to rest.

use std::collections::BTreeMap;

use serde_json::Value;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use crate::reading::model::{Inline, Report};
use crate::reading::number_on_page;
use crate::setting::inputs;
use crate::setting::notes;
use crate::setting::world::Files;

/// The label under which a template leaves the name of a mark where it stands.
const NOTED: &str = "noted";
/// How often numbers change before the widest keep their width.
const FREE: usize = 3;
/// A space as wide as a figure.
const FIGURE_SPACE: &str = "\u{2007}";

/// The numbers by the names of the marks.
pub(super) type Numbers = BTreeMap<String, String>;

/// The numbers that were given, if numbers hang on pages.
pub(super) struct Noted {
    lang: String,
    /// For each mark its part, and the mark that the note has first; in the order written.
    marks: Vec<(String, Mark)>,
    given: Numbers,
    rounds: usize,
}

struct Mark {
    id: String,
    /// The name of the note of which this is another mark.
    again: Option<String>,
    /// The name by which other marks refer to it.
    note: Option<String>,
}

impl Noted {
    /// The marks of a report; none where their numbers hang on no page. `given`: the numbers of the
    /// layout before.
    pub(super) fn of(report: &Report, given: &Numbers) -> Self {
        let mut marks = vec![];
        if report.config.footnotes.by_page() {
            for part in &report.parts {
                for runs in part.content.runs() {
                    collect(runs, &part.id, &mut marks);
                }
            }
        }
        let given = if marks.is_empty() { Numbers::new() } else { given.clone() };
        Self { lang: report.config.lang.clone(), marks, given, rounds: 0 }
    }

    /// The data of parts with the numbers that are given now.
    pub(super) fn files(&self, files: &Files) -> Vec<(String, Bytes)> {
        let mut parts: Vec<&str> = self.marks.iter().map(|(part, _)| part.as_str()).collect();
        parts.dedup();
        let renumbered = |part: &str| {
            let path = inputs::part(part);
            let bytes = files.kept().find(|(kept, _)| *kept == path).map(|(_, bytes)| bytes)?;
            let mut value: Value = serde_json::from_slice(bytes).ok()?;
            renumber(&mut value, &self.given).then(|| (path, inputs::json(&value)))
        };
        parts.into_iter().filter_map(renumbered).collect()
    }

    /// Numbers the marks anew by the pages on which they stand; whether any number changed.
    pub(super) fn see(&mut self, document: &PagedDocument) -> bool {
        if self.marks.is_empty() {
            return false;
        }
        let mut pages: BTreeMap<String, usize> = BTreeMap::new();
        for (id, page) in notes::marks(document, NOTED) {
            pages.entry(id).or_insert(page);
        }
        let (mut counts, mut numbers, mut known) =
            (BTreeMap::new(), Numbers::new(), BTreeMap::new());
        for (_, Mark { id, again, note }) in &self.marks {
            let Some(page) = pages.get(id) else { continue };
            let number = match again {
                None => {
                    let count = counts.entry(*page).or_insert(0);
                    *count += 1;
                    number_on_page(&self.lang, *count)
                }
                Some(note) => known.get(note).cloned().unwrap_or_default(),
            };
            if let Some(note) = note {
                known.insert(note.clone(), number.clone());
            }
            numbers.insert(id.clone(), number);
        }
        self.rounds += 1;
        if self.rounds > FREE {
            for (id, number) in &mut numbers {
                let width = self.given.get(id).map_or(0, |old| old.chars().count());
                while number.chars().count() < width {
                    number.push_str(FIGURE_SPACE);
                }
            }
        }
        let changed = self.given != numbers;
        self.given = numbers;
        changed
    }

    /// The numbers that are given now.
    pub(super) fn given(self) -> Numbers {
        self.given
    }
}

fn collect(runs: &[Inline], part: &str, out: &mut Vec<(String, Mark)>) {
    for run in runs {
        let mark = match run {
            Inline::Footnote { note, mark, .. } => {
                mark.id.clone().map(|id| Mark { id, again: None, note: note.clone() })
            }
            Inline::NoteAgain { note, mark } => {
                mark.id.clone().map(|id| Mark { id, again: Some(note.clone()), note: None })
            }
            run => {
                collect(run.body(), part, out);
                None
            }
        };
        out.extend(mark.map(|mark| (part.to_owned(), mark)));
    }
}

/// Puts numbers to the marks in a part's data; whether any is another.
fn renumber(value: &mut Value, numbers: &Numbers) -> bool {
    let mut changed = false;
    match value {
        Value::Array(list) => {
            for inner in list {
                changed |= renumber(inner, numbers);
            }
        }
        Value::Object(fields) => {
            let id = fields.get("id").and_then(Value::as_str).filter(|_| fields.contains_key("t"));
            if let Some(number) = id.and_then(|id| numbers.get(id))
                && let Some(old) = fields.get_mut("number")
                && *old != **number
            {
                *old = number.clone().into();
                changed = true;
            }
            for inner in fields.values_mut() {
                changed |= renumber(inner, numbers);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    changed
}
