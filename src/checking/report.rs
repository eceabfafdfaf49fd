//! The result of a check, and its formats for programs: JSON, SARIF, GitHub workflow commands.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Count;
use crate::rules;
use l10n::{said, say};
use source::{Diagnostic, Edit, Place, Severity, sarif};

/// The result of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The findings by file and location.
    pub list: Vec<Diagnostic>,
    /// The number of pages; `None` if the report was not laid out.
    pub pages: Option<usize>,
    /// How long the report is; `None` if it could not be read.
    pub count: Option<Count>,
}

impl Findings {
    /// Returns the number of findings with a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Returns whether there are no errors.
    pub fn passes(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// Returns the findings as JSON.
    ///
    /// ```json
    /// { "errors": 0, "warnings": 1, "pages": 24,
    ///   "findings": [{ "code": "TP0103", "rule": "half-width-mark", "severity": "warning",
    ///                  "message": "half-width `,` in Chinese text", "hints": ["write `，`"],
    ///                  "file": "content/foreword.md", "line": 6, "column": 12, "end-line": 6, "end-column": 13,
    ///                  "fix": [{ "line": 6, "column": 12, "end-line": 6, "end-column": 13, "text": "，" }] }] }
    /// ```
    ///
    /// Lines and columns count from 1, columns in characters; ends are exclusive. A finding
    /// without a place has `null` for its file.
    pub fn json(&self) -> Value {
        let finding = |finding: &Diagnostic| {
            let rule = finding.rule();
            let mut out = json!({
                "code": rule.code,
                "rule": rule.name,
                "severity": finding.severity,
                "message": finding.message,
                "hints": finding.hints,
                "file": finding.place.as_ref().map(|place| &place.file.path),
                "fix": [],
            });
            if let Some(place) = &finding.place {
                merge(&mut out, stretch(place, ["line", "column", "end-line", "end-column"]));
                out["fix"] = edits(finding, place)
                    .map(|(edit, place)| {
                        let mut out = stretch(&place, ["line", "column", "end-line", "end-column"]);
                        out["text"] = json!(edit.text);
                        out
                    })
                    .collect();
            }
            out
        };
        json!({
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "pages": self.pages,
            "findings": self.list.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    /// Returns the findings as SARIF 2.1.0, including fixes; `folder` is the path to the project's
    /// folder, such as `report/`.
    pub fn sarif(&self, folder: &str) -> Value {
        let rules: Vec<Value> = rules::ALL
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.code,
                    "name": rule.name,
                    "shortDescription": { "text": said(rule.summary) },
                    "help": { "text": rule.page(), "markdown": rule.page() },
                    "defaultConfiguration": { "level": sarif::level(rule.severity) },
                })
            })
            .collect();
        let results: Vec<Value> = self.list.iter().map(|finding| result(finding, folder)).collect();
        sarif::log("trendpress check", &rules, &results)
    }

    /// Returns the findings as GitHub workflow commands, one per line; `folder` is the path to the
    /// project's folder.
    pub fn github(&self, folder: &str) -> String {
        let mut out = String::new();
        for finding in &self.list {
            let rule = finding.rule();
            let mut properties = vec![];
            if let Some(place) = &finding.place {
                properties
                    .push(format!("file={}", property(&format!("{folder}{}", place.file.path))));
                let names = ["line", "col", "endLine", "endColumn"];
                let stretch = stretch(place, names);
                properties.extend(names.iter().map(|name| format!("{name}={}", stretch[name])));
            }
            properties.push(format!("title={}", property(&format!("{} {}", rule.code, rule.name))));
            let hints =
                finding.hints.iter().map(|hint| format!("\n{}", say!("hint: {hint}", hint)));
            let message = format!("{}{}", finding.message, hints.collect::<String>());
            _ = writeln!(
                out,
                "::{} {}::{}",
                sarif::level(finding.severity),
                properties.join(","),
                data(&message)
            );
        }
        out
    }
}

fn result(finding: &Diagnostic, folder: &str) -> Value {
    let rule = finding.rule();
    let hints = finding.hints.iter().map(|hint| format!("; {}", say!("hint: {hint}", hint)));
    let mut out = json!({
        "ruleId": rule.code,
        "ruleIndex": rules::ALL.iter().position(|other| *other == rule),
        "level": sarif::level(finding.severity),
        "message": { "text": format!("{}{}", finding.message, hints.collect::<String>()) },
    });
    let Some(place) = &finding.place else { return out };
    let region =
        |place: &Place| stretch(place, ["startLine", "startColumn", "endLine", "endColumn"]);
    let artifact = json!({ "uri": sarif::uri(&format!("{folder}{}", place.file.path)) });
    out["locations"] =
        json!([{ "physicalLocation": { "artifactLocation": artifact, "region": region(place) } }]);
    if !finding.fix.is_empty() {
        let replacements: Vec<Value> = edits(finding, place)
            .map(|(edit, place)| json!({ "deletedRegion": region(&place), "insertedContent": { "text": edit.text } }))
            .collect();
        out["fixes"] = json!([{ "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements }] }]);
    }
    out
}

fn edits<'a>(finding: &'a Diagnostic, place: &Place) -> impl Iterator<Item = (&'a Edit, Place)> {
    finding.fix.iter().map(|edit| (edit, Place::new(&place.file, edit.range.clone())))
}

/// Returns the lines and columns of a span under four names: those of its start, then those of
/// its end.
fn stretch(place: &Place, names: [&str; 4]) -> Value {
    let ((line, column), (end_line, end_column)) = (place.line_column(), place.end_line_column());
    json!({ names[0]: line, names[1]: column, names[2]: end_line, names[3]: end_column })
}

fn merge(into: &mut Value, from: Value) {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if cjk::acts_on_terminal(c) && c != '\n' { '\u{FFFD}' } else { c })
        .collect();
    text.replace('%', "%25").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_addresses_are_escaped() {
        assert_eq!(property("a:b,c%\n\u{1b}"), "a%3Ab%2Cc%25%0A\u{FFFD}");
        assert_eq!(sarif::uri("a b/甲.md"), "a%20b/%E7%94%B2.md");
    }
}
