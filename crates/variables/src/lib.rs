//! Variables in texts: how they are declared, which values they have, how `{{name}}` is printed, and
//! the conditions on them.
//!
//! A value is data: it is put into a text that is parsed already, so that no character of it is ever
//! read as markup. A parser is shown the text [masked](mask) instead: every mark becomes a word of as
//! many bytes, so that all places stay those of the author's file.
//!
//! ```
//! use variables::{Given, Variables};
//! use source::{Place, Problems, SourceFile, yaml::Document};
//!
//! let text = "variables:\n  partner: {default: 甲}\n  share: {type: number, example: 0.125}\n";
//! let file = std::sync::Arc::new(SourceFile { path: "report.yaml".into(), text: text.into() });
//! let mut problems = Problems::default();
//! let settings = Document::parse(&file, 0..text.len(), &mut problems).expect("YAML");
//! let given = [Given::parse("share=0.5").expect("a key and its value")];
//! let variables = Variables::read(&settings, &given, false, &mut problems);
//! let place = Place::start_of("a.md");
//! let printed = variables.fill("{{partner}} holds {{share:%}}", &place, &mut problems);
//! assert_eq!((printed.as_str(), problems.len()), ("甲 holds 50%", 0));
//! ```

mod condition;
mod declared;
mod format;
mod given;
mod mark;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use l10n::say;
use source::yaml::{Document, child};
use source::{Diagnostic, Place, Problems, nearest, schema};

pub use condition::Condition;
pub use declared::{Declaration, Kind, Scalar, Spec};
pub use format::MONTHS;
pub use given::Given;
pub use mark::{Mark, Piece, is_open, mask, mask_yaml, masked_pieces, pieces, restore};

/// The variables of a report, with their values.
#[derive(Debug, Default)]
pub struct Variables {
    all: BTreeMap<String, Variable>,
    /// The names that were asked for.
    used: Mutex<BTreeSet<String>>,
    /// The names of files that were filled in, with `*` in the place of each value.
    patterns: Mutex<BTreeSet<String>>,
}

/// A variable.
#[derive(Debug)]
struct Variable {
    kind: Kind,
    /// What it may be, where only some values are allowed.
    values: Vec<String>,
    /// Its value as it is written; `None` if it has none.
    value: Option<String>,
    /// The location of its name.
    place: Place,
}

impl Variables {
    /// Reads the declarations in `variables` of some settings; `given` are values from elsewhere,
    /// of which those for no variable are passed over. With `examples`, a variable without a value
    /// has that of its example.
    pub fn read(
        settings: &Document,
        given: &[Given],
        examples: bool,
        problems: &mut Problems,
    ) -> Self {
        let mut all = BTreeMap::new();
        let declared = settings.value.get("variables").and_then(|value| value.as_object());
        for (name, value) in declared.into_iter().flatten() {
            let at = child("/variables", name);
            let place = settings.key_place(&at);
            if !mark::is_name(name) {
                problems.push(
                    Diagnostic::error(place, say!("`{name}` cannot be the name of a variable", name))
                        .hint(say!("a name begins with a letter, and has letters, digits, `-`, `_` and single dots")),
                );
                continue;
            }
            // What is wrong with the declaration as such is the schema's to report.
            let Ok(declaration) = serde_json::from_value::<Declaration>(value.clone()) else {
                all.insert(name.clone(), Variable::unknown(place));
                continue;
            };
            let mut spec = declaration.spec();
            spec.values.iter_mut().for_each(|value| *value = restore(value));
            let kind = spec.kind();
            let check = |key: &str, value: &Option<Scalar>, problems: &mut Problems| {
                let text = value.as_ref()?.text();
                let at =
                    if value_stands_alone(settings, &at) { at.clone() } else { child(&at, key) };
                typed::check(kind, &spec.values, &text, name, &settings.place(&at), problems)
                    .then_some(text)
            };
            let default = check("default", &spec.default, problems);
            let example = check("example", &spec.example, problems);
            let said = spec.default.is_some() || examples && spec.example.is_some();
            let mut value = default.or_else(|| example.filter(|_| examples));
            let mut broken = said && value.is_none();
            for given in given.iter().filter(|given| given.key == *name) {
                broken =
                    !typed::check(kind, &spec.values, &given.value, name, &given.place, problems);
                value = (!broken).then(|| given.value.clone());
            }
            if value.is_none() && !broken {
                problems.push(
                    Diagnostic::error(
                        place.clone(),
                        say!("the variable `{name}` has no value", name),
                    )
                    .hint(say!("give it a `default`, or set it: `--set {name}=…`", name)),
                );
            }
            all.insert(name.clone(), Variable { kind, values: spec.values, value, place });
        }
        Self { all, ..Self::default() }
    }

    /// Whether none is declared: then braces are braces.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether one has this name.
    pub fn has(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// The names and values of those that have one, in order.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().filter_map(|(name, variable)| Some((&**name, variable.value.as_deref()?)))
    }

    /// The names and values of those that name a file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values().filter(|(name, _)| self.all[*name].kind == Kind::File)
    }

    /// Looks a variable up, and takes it as used; reports one that there is not.
    fn find(&self, name: &str, place: &Place, problems: &mut Problems) -> Option<&Variable> {
        let found = self.all.get(name);
        if found.is_none() {
            let hint = match nearest(name, self.names()) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!(
                    "declare it in `variables` of report.yaml; to print the braces, write `\\{{{{`"
                ),
            };
            problems.push(
                Diagnostic::error(place.clone(), say!("there is no variable `{name}`", name))
                    .hint(hint),
            );
        }
        self.touch(name);
        found
    }

    /// Takes a variable as used.
    pub fn touch(&self, name: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    /// Takes all variables in a text that is not printed in this edition as used.
    pub fn touch_all(&self, text: &str) {
        for piece in pieces(text) {
            if let Piece::Mark(mark) = piece {
                self.touch(mark.name);
            }
        }
        let words = text.split(|c: char| c.is_whitespace() || "()<>\"'`".contains(c));
        let files = words.filter(|word| word.contains('.'));
        files.for_each(|word| self.note_pattern(&pieces(word), word));
    }

    /// What a mark at `place` prints; `None`, with the reason in `problems`, if there is no such
    /// thing.
    pub fn printed(&self, mark: &Mark, place: &Place, problems: &mut Problems) -> Option<String> {
        let variable = self.find(mark.name, place, problems)?;
        let value = variable.value.as_deref()?;
        match mark.format {
            None => Some(value.to_owned()),
            Some(format) => format::of(variable.kind, value, mark.name, format)
                .map_err(|(message, hint)| {
                    problems.push(Diagnostic::error(place.clone(), message).hint(hint));
                })
                .ok(),
        }
    }

    /// Returns a text with the values in the place of its marks.
    pub fn fill(&self, text: &str, place: &Place, problems: &mut Problems) -> String {
        self.filled(&pieces(text), place, problems).0
    }

    /// The same for pieces of a text; with what of it is written by its author: a placeholder stands
    /// for each value.
    pub fn filled(
        &self,
        pieces: &[Piece],
        place: &Place,
        problems: &mut Problems,
    ) -> (String, String) {
        let (mut out, mut written) = (String::new(), String::new());
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    out.push_str(text);
                    written.push_str(text);
                }
                Piece::Mark(mark) => {
                    let place = within(place, mark);
                    out.push_str(&self.printed(mark, &place, problems).unwrap_or_default());
                    written.push(OBJECT);
                }
            }
        }
        if pieces.iter().any(|piece| matches!(piece, Piece::Mark(_))) {
            self.note_pattern(pieces, &out);
        }
        (out, written)
    }

    /// Notes which files a text with marks may name; `now` is what it names in this edition.
    fn note_pattern(&self, pieces: &[Piece], now: &str) {
        if now.contains(char::is_whitespace) || !now.contains(['.', '/']) {
            return;
        }
        let literal = |piece: &Piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Mark(_) => "*".to_owned(),
        };
        let pattern: String = pieces.iter().map(literal).collect();
        // A whole name that is a variable's may be any file in the folder of this one.
        let pattern = match pattern.chars().all(|c| c == '*') {
            true => format!("{}*", now.rfind('/').map_or("", |at| &now[..=at])),
            false => pattern,
        };
        self.patterns.lock().unwrap_or_else(PoisonError::into_inner).insert(pattern);
    }

    /// The names of files that another edition may have in the place of those of this one, with `*`
    /// for any characters.
    pub fn patterns(&self) -> Vec<String> {
        let patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        patterns.iter().cloned().collect()
    }

    /// The value of a mark that is a text's whole, as YAML has it: a number or a truth where the
    /// variable is one.
    pub fn scalar(&self, pieces: &[Piece]) -> Option<serde_json::Value> {
        let [Piece::Mark(mark)] = pieces else { return None };
        let variable = self.all.get(mark.name).filter(|_| mark.format.is_none())?;
        let value = variable.value.as_deref()?;
        match variable.kind {
            Kind::Number => serde_json::from_str(value).ok(),
            Kind::Boolean => Some((value == "true").into()),
            _ => None,
        }
    }

    /// Whether a condition holds; one that can hold for no value is reported.
    pub fn holds(&self, condition: &Condition, place: &Place, problems: &mut Problems) -> bool {
        let Some(variable) = self.find(&condition.name, place, problems) else { return false };
        let sound = condition.values.iter().all(|value| {
            typed::check(variable.kind, &variable.values, value, &condition.name, place, problems)
        });
        let Some(own) = variable.value.as_deref().filter(|_| sound) else { return false };
        let is = condition.values.iter().any(|value| typed::same(variable.kind, own, value));
        is == condition.is
    }

    /// Whether all conditions of a text such as `tier=gold, region!=north` hold.
    pub fn hold(&self, text: &str, place: &Place, problems: &mut Problems) -> bool {
        match condition::read(text) {
            Ok(conditions) => {
                // Each is looked at, so that every fault is told.
                let all: Vec<bool> = conditions
                    .iter()
                    .map(|condition| self.holds(condition, place, problems))
                    .collect();
                all.into_iter().all(|holds| holds)
            }
            Err(part) => {
                problems.push(
                    Diagnostic::error(place.clone(), say!("`{part}` is no condition", part))
                        .hint(say!("write `name=value`, `name!=value` or `name=one|other`; commas part several")),
                );
                false
            }
        }
    }

    /// The variables that nothing asked for, with the location of each.
    pub fn unused(&self) -> Vec<(String, Place)> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let unused = self.all.iter().filter(|(name, _)| !used.contains(*name));
        unused.map(|(name, variable)| (name.clone(), variable.place.clone())).collect()
    }
}

impl Variable {
    /// One whose declaration cannot be read: it is there, and has no value.
    fn unknown(place: Place) -> Self {
        Self { kind: Kind::Text, values: vec![], value: None, place }
    }
}

/// The placeholder for what the copy desk does not read.
const OBJECT: char = '\u{FFFC}';

/// Whether a declaration is its default alone: `name: value`.
fn value_stands_alone(settings: &Document, at: &str) -> bool {
    settings.value.pointer(at).is_some_and(|value| !value.is_object())
}

/// The location of a mark in a text at `place`, if the text is written there as it is.
fn within(place: &Place, mark: &Mark) -> Place {
    let written = place.file.text.get(place.range.clone()).unwrap_or_default();
    match written.find(&mark.written()) {
        Some(at) => {
            let start = place.range.start + at;
            Place::new(&place.file, start..start + mark.written().len())
        }
        None => place.clone(),
    }
}

/// The JSON Schema of a declaration, which [`Declaration`] has.
pub fn json_schema() -> serde_json::Value {
    schema::of::<Declaration>()
}

#[cfg(test)]
mod tests;
