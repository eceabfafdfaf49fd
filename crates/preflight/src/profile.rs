//! A profile: the rules that apply, their severities and limits. Data, in YAML.
//!
//! ```yaml
//! title: our press, sheet-fed, coated
//! rules:
//!   A7-trim-box: error
//!   B5-ink-coverage: { severity: warning, percent: 300 }
//! ```
//!
//! `spots: [PANTONE 186 C]` beside `title` names the spot colours that are meant,
//! `sizes: [[215.9, 279.4]]` the trim sizes, and `standard: PDF/X-1a` that files are held to an older
//! standard.
//!
//! A rule that is left out is off. The rules `P…` are always errors.
//!
//! A profile with a `base` says what departs from a built-in one; its title and its rules may be left
//! out:
//!
//! ```yaml
//! base: house
//! spots: [PANTONE 186 C]
//! rules: {B7-small-text: off}
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use l10n::say;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, Severity, SourceFile, nearest, schema};

use crate::rules::{self, Limit, Rule};

/// The built-in profiles: their names and their text.
pub const BUILT_IN: [(&str, &str); 8] = [
    ("x4", include_str!("../profiles/x4.yaml")),
    ("gwg-sheetfed", include_str!("../profiles/gwg-sheetfed.yaml")),
    ("house", include_str!("../profiles/house.yaml")),
    ("gwg-web", include_str!("../profiles/gwg-web.yaml")),
    ("gwg-newspaper", include_str!("../profiles/gwg-newspaper.yaml")),
    ("gwg-digital", include_str!("../profiles/gwg-digital.yaml")),
    ("x1a", include_str!("../profiles/x1a.yaml")),
    ("x3", include_str!("../profiles/x3.yaml")),
];

/// Trim sizes that printing houses in China can cut without waste, in millimetres: 大度16开, 正度16开,
/// A4.
const SIZES: [[f64; 2]; 3] = [[210.0, 285.0], [185.0, 260.0], [210.0, 297.0]];

/// The standard that a profile holds files to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Standard {
    /// PDF/X-4: ISO 15930-7.
    #[default]
    #[serde(rename = "PDF/X-4")]
    X4,
    /// PDF/X-1a: ISO 15930-1 and -4.
    #[serde(rename = "PDF/X-1a")]
    X1a,
    /// PDF/X-3: ISO 15930-3 and -6.
    #[serde(rename = "PDF/X-3")]
    X3,
}

impl Standard {
    /// Returns the latest version of PDF that it allows.
    pub(crate) fn latest(self) -> &'static str {
        match self {
            Self::X4 => "1.6",
            Self::X1a | Self::X3 => "1.4",
        }
    }

    /// Returns what `GTS_PDFXVersion` of Info may be.
    pub(crate) fn versions(self) -> &'static [&'static str] {
        match self {
            Self::X4 => &["PDF/X-4"],
            // The first edition has its conformance in a key of its own.
            Self::X1a => &["PDF/X-1:2001", "PDF/X-1a:2001", "PDF/X-1a:2003"],
            Self::X3 => &["PDF/X-3:2002", "PDF/X-3:2003"],
        }
    }

    /// Returns its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::X4 => "PDF/X-4",
            Self::X1a => "PDF/X-1a",
            Self::X3 => "PDF/X-3",
        }
    }
}

/// The rules that apply, their severities, and their limits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The name of the built-in profile or of the file.
    pub name: String,
    /// Its purpose.
    pub title: String,
    /// The intended spot colours, by their names in the file.
    pub spots: Vec<String>,
    /// The trim sizes that pages may have, width and height in millimetres; the house's own if
    /// there are none.
    pub sizes: Vec<[f64; 2]>,
    /// The standard that files claim to follow.
    pub standard: Standard,
    rules: BTreeMap<&'static str, Setting>,
}

#[derive(Debug, Clone, PartialEq)]
struct Setting {
    severity: Severity,
    limits: BTreeMap<&'static str, f64>,
}

/// A profile's file: which rules apply, their severities and limits.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The built-in profile that it departs from, such as `house`: rules that are left out are that
    /// profile's.
    #[serde(default)]
    base: Option<String>,
    /// What the profile is for.
    #[serde(default)]
    title: Option<String>,
    /// The intended spot colours, by their names in the file.
    #[serde(default)]
    spots: Vec<String>,
    /// The trim sizes that `H1-trim-size` allows, each `[width, height]` in millimetres: 210 × 285,
    /// 185 × 260 and 210 × 297 if not given.
    #[serde(default)]
    sizes: Vec<[f64; 2]>,
    /// The standard that files are held to: `PDF/X-4` if not given.
    #[serde(default)]
    standard: Option<Standard>,
    /// The rules by their codes, each `code: error`, `code: warning` or `code: off`.
    #[serde(default)]
    rules: Option<BTreeMap<String, Value>>,
}

/// The JSON Schema of a profile's file.
pub fn json_schema() -> Value {
    schema::of::<Written>()
}

impl Profile {
    /// Returns a built-in profile by its name, such as `x4` or `house`.
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::parse(name, text).ok()
    }

    /// Returns the built-in profile that our own press files must pass: Chinese house norms.
    pub fn house() -> Self {
        Self::built_in("house").expect("a test reads it")
    }

    /// Reads a profile's YAML; `name` is the file's, for messages. All faults are reported, each
    /// at its line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let file = Arc::new(SourceFile { path: name.to_owned(), text: text.to_owned() });
        let mut problems = Problems::default();
        let profile = Document::parse(&file, 0..text.len(), &mut problems).and_then(|document| {
            let written: Written = schema::read(&document, &mut problems)?;
            let mut reader = Reader { document: &document, problems: &mut problems };
            let base = reader.base(&written)?;
            let mut rules = base.rules;
            for (code, rule) in written.rules.iter().flatten() {
                let read = reader.rule(code, rule);
                rules.remove(&**code);
                rules.extend(read);
            }
            Some(Self {
                name: name.to_owned(),
                title: written.title.unwrap_or(base.title),
                spots: written.spots,
                sizes: written.sizes,
                standard: written.standard.unwrap_or(base.standard),
                rules,
            })
        });
        match profile.filter(|_| problems.is_empty()) {
            Some(profile) => Ok(profile),
            None => Err(problems.sorted()),
        }
    }

    /// The severity of a breach of `rule`; `None` where the rule is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        if rule.is_fixed() {
            return Some(Severity::Error);
        }
        self.rules.get(rule.code).map(|setting| setting.severity)
    }

    /// The trim sizes that pages may have.
    pub(crate) fn sizes(&self) -> &[[f64; 2]] {
        if self.sizes.is_empty() { &SIZES } else { &self.sizes }
    }

    /// A limit: the profile's value, or the rule's own.
    pub fn limit(&self, limit: &Limit) -> f64 {
        let set = self.rules.get(limit.rule).and_then(|setting| setting.limits.get(limit.name));
        set.copied().unwrap_or(limit.value)
    }
}

struct Reader<'a> {
    document: &'a Document,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    /// The profile that is departed from: an empty one, if none is named.
    fn base(&mut self, written: &Written) -> Option<Profile> {
        let Some(name) = &written.base else {
            let given = [("title", written.title.is_some()), ("rules", written.rules.is_some())];
            for (key, _) in given.iter().filter(|(_, given)| !given) {
                let message = say!("the key `{key}` is missing", key);
                let hint = say!("give it, or depart from a built-in profile: `base: house`");
                self.complain(self.document.key_place(""), message, Some(hint));
            }
            return given.iter().all(|(_, given)| *given).then(Profile::default);
        };
        let base = Profile::built_in(name);
        if base.is_none() {
            let names = BUILT_IN.map(|(name, _)| name);
            let hint = match nearest(name, names) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None => say!(
                    "it can be {names}",
                    names = names.map(|name| format!("`{name}`")).join(", ")
                ),
            };
            let message = say!("there is no profile `{name}`", name);
            self.complain(self.document.place("/base"), message, Some(hint));
        }
        base
    }

    fn rule(&mut self, code: &str, written: &Value) -> Option<(&'static str, Setting)> {
        let pointer = format!("/rules/{code}");
        let Some(rule) = rules::named(code).filter(|rule| !rule.is_fixed()) else {
            let known = rules::ALL.iter().filter(|rule| !rule.is_fixed()).map(|rule| rule.code);
            // The number by itself, as in `H1`, is not near enough in letters.
            let numbered =
                |known: &&str| known.strip_prefix(code).is_some_and(|rest| rest.starts_with('-'));
            let meant = nearest(code, known.clone()).or_else(|| known.clone().find(numbered));
            let hint = meant.map(|meant| say!("did you mean `{meant}`?", meant));
            self.complain(
                self.document.key_place(&pointer),
                say!("there is no rule `{code}`", code),
                hint,
            );
            return None;
        };
        let Value::Object(entries) = written else {
            let severity = self.severity(code, &pointer, Some(written))?;
            return Some((rule.code, Setting { severity, limits: BTreeMap::new() }));
        };
        let mut limits = BTreeMap::new();
        for (key, value) in entries.iter().filter(|(key, _)| *key != "severity") {
            let pointer = format!("{pointer}/{key}");
            let Some(limit) = rule.limits.iter().find(|limit| limit.name == key) else {
                let known = rule.limits.iter().map(|limit| limit.name).chain(["severity"]);
                let hint = match nearest(key, known.clone()) {
                    Some(meant) => say!("did you mean `{meant}`?", meant),
                    None => {
                        let known: Vec<_> = known.map(|key| format!("`{key}`")).collect();
                        say!("known keys: {known}", known = known.join(", "))
                    }
                };
                self.complain(
                    self.document.key_place(&pointer),
                    say!("`{code}` has no key `{key}`", code, key),
                    Some(hint),
                );
                continue;
            };
            match value.as_f64().filter(|number| *number >= 0.0) {
                Some(number) => _ = limits.insert(limit.name, number),
                None => self.complain(
                    self.document.place(&pointer),
                    say!("`{key}` of `{code}` is not a number", key, code),
                    Some(say!("write a number, without its unit")),
                ),
            }
        }
        let severity =
            self.severity(code, &format!("{pointer}/severity"), entries.get("severity"))?;
        Some((rule.code, Setting { severity, limits }))
    }

    /// The severity that is written at `pointer`; `None` where the rule is off, or where none can
    /// be read.
    fn severity(&mut self, code: &str, pointer: &str, written: Option<&Value>) -> Option<Severity> {
        let message = match written {
            // YAML 1.1 reads a bare `off` as false.
            Some(Value::Bool(false)) => return None,
            Some(Value::String(word)) => match word.as_str() {
                "error" => return Some(Severity::Error),
                "warning" => return Some(Severity::Warning),
                "off" => return None,
                word => say!("`{word}` is not a severity", word),
            },
            Some(Value::Bool(true)) => say!("`{word}` is not a severity", word = true),
            Some(_) => say!("a rule is a severity, or `{{ severity: …, limit: … }}`"),
            None => say!("`{code}` has no severity", code),
        };
        self.complain(
            self.document.place(pointer),
            message,
            Some(say!("write `error`, `warning` or `off`")),
        );
        None
    }

    fn complain(&mut self, place: Place, message: String, hint: Option<String>) {
        self.problems.push(Diagnostic::error(place, message).maybe_hint(hint));
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
        assert_eq!(house.limit(&rules::INK_PERCENT), 300.0);
        assert_eq!(house.limit(&rules::INK_SQUARE), 15.0);
    }

    #[test]
    fn sizes_of_a_profile_stand_for_the_houses() {
        let own = Profile::parse("own", "title: own\nsizes: [[215.9, 279.4]]\nrules: {}\n");
        assert_eq!(own.expect("a profile").sizes(), [[215.9, 279.4]]);
        assert_eq!(Profile::house().sizes(), SIZES);
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
        assert_eq!(
            problem("B5-ink-coverage: { severity: error, percnt: 3 }").1,
            "did you mean `percent`?"
        );
        assert_eq!(problem("H1: error").1, "did you mean `H1-trim-size`?");
        assert_eq!(problem("A1-header: errr").0, "`errr` is not a severity");
        assert_eq!(
            problem("B5-ink-coverage: { severity: error, percent: much }").0,
            "`percent` of `B5-ink-coverage` is not a number"
        );
        assert_eq!(problem("P1-readable: off").0, "there is no rule `P1-readable`");
        assert_eq!(
            problem("A1-header: [error]").0,
            "a rule is a severity, or `{ severity: …, limit: … }`"
        );
        assert_eq!(problem("A1-header: on").0, "`on` is not a severity");
        let off = Profile::parse(
            "mine.yaml",
            "title: t\nrules:\n  A1-header: off\n  A3-trapped: { severity: off }\n",
        );
        assert_eq!(off.expect("a profile").severity(&rules::HEADER), None);
        let problems = Profile::parse("mine.yaml", "title: t\nrule: {}\n").expect_err("a problem");
        assert!(problems[0].message.contains("`rule`"), "{problems:?}");
    }
}
