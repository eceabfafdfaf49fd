//! Text files as their authors wrote them, and what is wrong in them: by which rule, where, and how to fix it.
//!
//! Knows no terminal and prints nothing. [`yaml`] reads YAML with the place of every key and value, [`schema`] judges it
//! by the JSON Schema of a Rust type and reports each fault at its place, [`sarif`] passes findings on to other programs.
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
mod rules;
pub mod sarif;
pub mod schema;
pub mod yaml;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use fix::Edit;
pub use rules::{Rule, Trait};

/// A text file as it was read: its path as the author knows it (relative to the project) and its text.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct SourceFile {
    /// The path with `/` between its parts, relative to the project's folder.
    pub path: String,
    /// The text without a byte order mark, lines ending in `\n`.
    pub text: String,
}

impl SourceFile {
    /// The 1-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        (line, column)
    }
}

/// A stretch of a source file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes of its text that are meant.
    pub range: Range<usize>,
}

impl Place {
    /// A stretch of `file`.
    pub fn new(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        Self { file: file.clone(), range }
    }

    /// The start of a file of which no text is known: it is missing, or it is not text.
    pub fn start_of(path: impl Into<String>) -> Self {
        Self { file: Arc::new(SourceFile { path: path.into(), text: String::new() }), range: 0..0 }
    }

    /// The 1-based line and column (in characters) at which the stretch begins.
    pub fn line_column(&self) -> (usize, usize) {
        self.file.line_column(self.range.start)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.path)
    }
}

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written until it is mended.
    Error,
    /// The report is made all the same.
    Warning,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence: lower case, no full stop, values in backticks.
    pub message: String,
    /// Where it was written.
    pub place: Option<Place>,
    /// What would help, a sentence each.
    pub hints: Vec<String>,
    /// The rule that is broken; `None` for what the format as such forbids.
    pub rule: Option<&'static Rule>,
    /// What mends it without doubt, in the file of its place; empty where that is for a person to say.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// An error that has no place in a file.
    pub fn general(message: impl Into<String>) -> Self {
        let (severity, message) = (Severity::Error, message.into());
        Self { severity, message, place: None, hints: vec![], rule: None, fix: vec![] }
    }

    /// An error at `place`.
    pub fn error(place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::general(message) }
    }

    /// A breach of `rule` at `place`, of the rule's own weight.
    pub fn of(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self { severity: rule.severity, rule: Some(rule), ..Self::error(place, message) }
    }

    /// The rule that is broken: what the format as such forbids is [`format::CONTENT`]'s.
    pub fn rule(&self) -> &'static Rule {
        self.rule.unwrap_or(&format::CONTENT)
    }

    /// Adds what would help.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds what would help, where there is something.
    pub fn maybe_hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hints.extend(hint.map(Into::into));
        self
    }
}

/// All that was found in a run, in the order of files and lines once [sorted](Problems::sorted).
#[derive(Debug, Default)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(other);
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether anything found forbids to go on.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Those found so far.
    pub fn list(&self) -> &[Diagnostic] {
        &self.0
    }

    /// Keeps those that a test lets pass, each changed as it likes.
    pub fn retain(&mut self, test: impl FnMut(&mut Diagnostic) -> bool) {
        self.0.retain_mut(test);
    }

    /// The diagnostics by file and place; a file's come together, those without a place last.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                d.place.as_ref().map_or((true, String::new(), 0), |p| (false, p.file.path.clone(), p.range.start))
            };
            key(a).cmp(&key(b))
        });
        self.0.dedup();
        self.0
    }
}

/// The candidate that was probably meant by `word`, if one is near enough to be worth naming.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= (word.chars().count().max(candidate.chars().count()) / 3).max(1))
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
