//! A profile: which rules hold, how much each weighs, and the limits. Data, in YAML.
//!
//! ```yaml
//! title: our press, sheet-fed, coated
//! rules:
//!   A7-trim-box: error
//!   B5-ink-coverage: { severity: warning, percent: 300 }
//! ```
//!
//! `spots: [PANTONE 186 C]` beside `title` names the spot colours that are meant.
//!
//! A rule that is left out is off. The rules `P…` are always errors.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::rules::{self, Rule};
use crate::diagnostic::{Diagnostic, Place, Severity, SourceFile, nearest};
use crate::words::say;

/// The profiles that are built in: their names and their text.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("x4", include_str!("profiles/x4.yaml")),
    ("gwg-sheetfed", include_str!("profiles/gwg-sheetfed.yaml")),
    ("house", include_str!("profiles/house.yaml")),
];

/// Which rules hold, how much they weigh, and their limits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The built-in profile's name, or the file's.
    pub name: String,
    /// What it is for.
    pub title: String,
    /// The spot colours that are meant, by their names in the file.
    pub spots: Vec<String>,
    rules: BTreeMap<&'static str, Setting>,
}

#[derive(Debug, Clone, PartialEq)]
struct Setting {
    severity: Severity,
    limits: BTreeMap<&'static str, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    #[serde(default)]
    spots: Vec<String>,
    rules: BTreeMap<String, WrittenRule>,
}

// YAML 1.1 reads a bare `off` as false.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a rule is a severity, or `{ severity: …, limit: … }`")]
enum WrittenRule {
    Flag(bool),
    Word(String),
    Map(BTreeMap<String, WrittenValue>),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a limit is a number, a severity a word")]
enum WrittenValue {
    Flag(bool),
    Number(f64),
    Word(String),
}

impl Profile {
    /// A built-in profile: `x4`, `gwg-sheetfed` or `house`.
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::parse(name, text).ok()
    }

    /// The built-in profile that a press file of ours has to pass: Chinese house norms.
    pub fn house() -> Self {
        Self::built_in("house").expect("a test reads it")
    }

    /// Reads a profile's YAML; `name` is the file's, for messages.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let file = Arc::new(SourceFile { path: name.to_owned(), text: text.to_owned() });
        let written: Written = serde_saphyr::from_str(text).map_err(|error| {
            let line = error.location().map_or(1, |at| at.line() as usize);
            let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
            let said = error.to_string();
            let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ");
            // The place comes with the message.
            let said =
                said.split_once(": ").filter(|(place, _)| place.starts_with("line ")).map_or(said, |(_, said)| said);
            vec![
                Diagnostic::error(Place::new(&file, start..start), say!("this is no profile: {said}", said)).hint(
                    say!("a profile has a `title` and `rules`, each `code: error`, `code: warning` or `code: off`"),
                ),
            ]
        })?;
        let mut reader = Reader { file, problems: vec![] };
        let rules = written.rules.into_iter().filter_map(|(code, rule)| reader.rule(&code, rule)).collect();
        if !reader.problems.is_empty() {
            return Err(reader.problems);
        }
        Ok(Self { name: name.to_owned(), title: written.title, spots: written.spots, rules })
    }

    /// How much a breach of `rule` weighs; `None` where the rule is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        if rule.is_fixed() {
            return Some(Severity::Error);
        }
        self.rules.get(rule.code).map(|setting| setting.severity)
    }

    /// A limit of `rule`: the profile's, or the rule's own.
    pub fn limit(&self, rule: &Rule, name: &str) -> f64 {
        let own = || rule.limits.iter().find(|(known, _)| *known == name).map_or(0.0, |&(_, value)| value);
        self.rules.get(rule.code).and_then(|setting| setting.limits.get(name).copied()).unwrap_or_else(own)
    }
}

fn word_of(on: bool) -> String {
    if on { "on" } else { "off" }.into()
}

struct Reader {
    file: Arc<SourceFile>,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn rule(&mut self, code: &str, written: WrittenRule) -> Option<(&'static str, Setting)> {
        let Some(rule) = rules::named(code).filter(|rule| !rule.is_fixed()) else {
            let known = rules::ALL.iter().filter(|rule| !rule.is_fixed()).map(|rule| rule.code);
            self.complain(
                code,
                say!("there is no rule `{code}`", code),
                nearest(code, known).map(|n| say!("did you mean `{meant}`?", meant = n)),
            );
            return None;
        };
        let mut limits = BTreeMap::new();
        let word = match written {
            WrittenRule::Flag(on) => Some(word_of(on)),
            WrittenRule::Word(word) => Some(word),
            WrittenRule::Map(entries) => {
                let mut severity = None;
                for (key, value) in entries {
                    match (rule.limits.iter().find(|(known, _)| *known == key), value) {
                        (None, WrittenValue::Word(word)) if key == "severity" => severity = Some(word),
                        (None, WrittenValue::Flag(on)) if key == "severity" => severity = Some(word_of(on)),
                        (Some(&(known, _)), WrittenValue::Number(number)) if number >= 0.0 => {
                            limits.insert(known, number);
                        }
                        (Some(_), _) => {
                            self.complain(
                                &key,
                                say!("`{key}` of `{code}` is not a number", key, code),
                                Some(say!("write a number, without its unit")),
                            );
                        }
                        (None, _) => {
                            let known = rule.limits.iter().map(|&(known, _)| known).chain(["severity"]);
                            let hint = nearest(&key, known.clone()).map_or_else(
                                || {
                                    say!(
                                        "it has {known}",
                                        known = known.map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")
                                    )
                                },
                                |meant| say!("did you mean `{meant}`?", meant),
                            );
                            self.complain(&key, say!("`{code}` has no key `{key}`", code, key), Some(hint));
                        }
                    }
                }
                severity
            }
        };
        let severity = match word.as_deref() {
            Some("error") => Severity::Error,
            Some("warning") => Severity::Warning,
            Some("off") => return None,
            other => {
                let said = other.map_or_else(
                    || say!("`{code}` has no severity", code),
                    |word| say!("`{word}` is no severity", word),
                );
                self.complain(other.unwrap_or(code), said, Some(say!("write `error`, `warning` or `off`")));
                return None;
            }
        };
        Some((rule.code, Setting { severity, limits }))
    }

    /// A problem at the first place that has `word`.
    fn complain(&mut self, word: &str, message: String, hint: Option<String>) {
        let start = self.file.text.find(word).unwrap_or(0);
        let range = start..(start + word.len()).min(self.file.text.len());
        self.problems.push(Diagnostic::error(Place::new(&self.file, range), message).maybe_hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_are_sound() {
        for (name, text) in BUILT_IN {
            assert_eq!(Profile::parse(name, text).expect(name).name, name);
        }
        let house = Profile::house();
        assert_eq!(house.limit(&rules::INK, "percent"), 300.0);
        assert_eq!(house.limit(&rules::INK, "square"), 15.0);
    }

    #[test]
    fn slips_are_named_with_what_was_meant() {
        let problem = |rules: &str| {
            let text = format!("title: t\nrules:\n  {rules}\n");
            let problems = Profile::parse("mine.yaml", &text).expect_err("a problem");
            assert_eq!(problems.len(), 1, "{problems:?}");
            (problems[0].message.clone(), problems[0].hints.join(" "))
        };
        assert_eq!(problem("A7-trim-bx: error").1, "did you mean `A7-trim-box`?");
        assert_eq!(problem("B5-ink-coverage: { severity: error, percnt: 3 }").1, "did you mean `percent`?");
        assert_eq!(problem("A1-header: errr").0, "`errr` is no severity");
        assert_eq!(
            problem("B5-ink-coverage: { severity: error, percent: much }").0,
            "`percent` of `B5-ink-coverage` is not a number"
        );
        assert_eq!(problem("P1-readable: off").0, "there is no rule `P1-readable`");
        assert_eq!(
            problem("A1-header: [error]").0,
            "this is no profile: a rule is a severity, or `{ severity: …, limit: … }`"
        );
        assert_eq!(problem("A1-header: on").0, "`on` is no severity");
        let off = Profile::parse("mine.yaml", "title: t\nrules:\n  A1-header: off\n  A3-trapped: { severity: off }\n");
        assert_eq!(off.expect("a profile").severity(&rules::HEADER), None);
        let problems = Profile::parse("mine.yaml", "title: t\nrule: {}\n").expect_err("a problem");
        assert!(problems[0].message.contains("`rule`"), "{problems:?}");
    }
}
