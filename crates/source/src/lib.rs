//! Text files as their authors wrote them, and what is wrong in them: by which rule, where, and
//! how to fix it.
//!
//! Knows no terminal and prints nothing. [`yaml`] reads YAML with the place of every key and
//! value, [`schema`] judges it by the JSON Schema of a Rust type and reports each fault at its
//! place, [`sarif`] passes findings on to other programs.
//!
//! ```
//! use std::sync::Arc;
//! use source::{Problems, SourceFile, schema, yaml::Document};
//!
//! #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
//! #[serde(deny_unknown_fields)]
//! struct Settings {
//!     /// The title.
//!     title: String,
//! }
//!
//! let text = "titel: Trends\n";
//! let file = Arc::new(SourceFile { path: "settings.yaml".into(), text: text.into() });
//! let mut problems = Problems::default();
//! let document = Document::parse(&file, 0..text.len(), &mut problems).expect("YAML");
//! let settings: Option<Settings> = schema::read(&document, &mut problems);
//! assert!(settings.is_none());
//! let problem = &problems.sorted()[0];
//! assert_eq!(problem.message, "unknown key `titel`");
//! assert_eq!(problem.hints, ["did you mean `title`?"]);
//! assert_eq!(problem.place.as_ref().map(|place| place.line_column()), Some((1, 1)));
//! ```

pub mod fix;
pub mod format;
mod lines;
mod rules;
pub mod sarif;
pub mod schema;
pub mod yaml;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use l10n::say;
use serde::{Deserialize, Serialize};

pub use fix::Edit;
pub use rules::{Rule, Trait};

/// A text file as read: its path as the author knows it (relative to the project) and its text.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct SourceFile {
    /// The path, relative to the project's folder, with `/` as separator.
    pub path: String,
    /// The text without a byte order mark, with lines ending in `\n`.
    pub text: String,
}

impl SourceFile {
    /// Returns the 1-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        (line, column)
    }
}

/// A span of a source file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The byte range of the span in its text.
    pub range: Range<usize>,
}

impl Place {
    /// Creates a span of `file`.
    pub fn new(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        Self { file: file.clone(), range }
    }

    /// Creates a span at the start of a file whose text is not known: it is missing, or it is not
    /// text.
    pub fn start_of(path: impl Into<String>) -> Self {
        Self { file: Arc::new(SourceFile { path: path.into(), text: String::new() }), range: 0..0 }
    }

    /// Creates a span from `start` to the end of its line.
    pub fn rest_of_line(file: &Arc<SourceFile>, start: usize) -> Self {
        let length = file.text[start..].lines().next().map_or(0, str::len);
        Self::new(file, start..start + length)
    }

    /// Creates a span of a line, counted from 1; of the end if the file has fewer.
    pub fn of_line(file: &Arc<SourceFile>, line: usize) -> Self {
        let before = file.text.split_inclusive('\n').take(line.saturating_sub(1));
        let start = before.map(str::len).sum::<usize>().min(file.text.len());
        Self::rest_of_line(file, start)
    }

    /// Returns the 1-based line and column (in characters) of the start of the span.
    pub fn line_column(&self) -> (usize, usize) {
        lines::line_column(&self.file, self.range.start)
    }

    /// Returns the 1-based line and column (in characters) of the end of the span.
    pub fn end_line_column(&self) -> (usize, usize) {
        lines::line_column(&self.file, self.range.end)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.path)
    }
}

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written until it is fixed.
    Error,
    /// The report is made anyway.
    Warning,
}

/// A single problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its severity.
    pub severity: Severity,
    /// The message: one sentence, lower case, no full stop, values in backticks.
    pub message: String,
    /// Its location in the source.
    pub place: Option<Place>,
    /// Hints, one sentence each.
    pub hints: Vec<String>,
    /// The rule that was broken; `None` if the format itself forbids it.
    pub rule: Option<&'static Rule>,
    /// The safe fix, in the file of its location; empty if a person must decide.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// Creates an error without a location.
    pub fn general(message: impl Into<String>) -> Self {
        let (severity, message) = (Severity::Error, message.into());
        Self { severity, message, place: None, hints: vec![], rule: None, fix: vec![] }
    }

    /// Creates an error at `place`.
    pub fn error(place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::general(message) }
    }

    /// Creates a diagnostic of `rule` at `place`, with the rule's own severity.
    pub fn of(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self { severity: rule.severity, rule: Some(rule), ..Self::error(place, message) }
    }

    /// The rule that is broken: what the format as such forbids is [`format::CONTENT`]'s.
    pub fn rule(&self) -> &'static Rule {
        self.rule.unwrap_or(&format::CONTENT)
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a hint, if there is one.
    pub fn maybe_hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hints.extend(hint.map(Into::into));
        self
    }
}

/// All diagnostics of a run, in the order of files and lines once [sorted](Problems::sorted).
#[derive(Debug, Default)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all diagnostics of another collection.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(other);
    }

    /// Returns the number of diagnostics.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Returns the diagnostics so far.
    pub fn list(&self) -> &[Diagnostic] {
        &self.0
    }

    /// Keeps the diagnostics that pass a test, which may modify them.
    pub fn retain(&mut self, test: impl FnMut(&mut Diagnostic) -> bool) {
        self.0.retain_mut(test);
    }

    /// Returns the diagnostics sorted by file and position; those of a file stay together, those
    /// without a location come last.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                d.place.as_ref().map_or((true, String::new(), 0), |p| {
                    (false, p.file.path.clone(), p.range.start)
                })
            };
            key(a).cmp(&key(b))
        });
        self.0.dedup();
        self.0
    }
}

/// Says which limit was met, as the hint of a diagnostic.
pub fn limit(name: &str, most: usize) -> String {
    say!("the limit `{name}` is {most}", name, most)
}

/// Returns the candidate that `word` was probably meant to be, if one is near enough to suggest.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|&(distance, candidate)| {
            distance <= (word.chars().count().max(candidate.chars().count()) / 3).max(1)
        })
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let file = SourceFile { path: "a.md".into(), text: "一二\n三x".into() };
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column("一二\n三".len()), (2, 2));
    }

    #[test]
    fn nearest_names_a_slip_and_not_a_stranger() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "date"]), None);
    }
}
