//! The outcome of a check, and its JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Finding, PageInk, Profile, heat, rules};
use source::Severity;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preflight {
    /// The profile's name.
    pub profile: String,
    /// The findings: of the whole file first, then by page, then by code.
    pub findings: Vec<Finding>,
    /// The inks of each page; none where the file could not be read.
    pub pages: Vec<PageInk>,
}

impl Preflight {
    pub(super) fn new(profile: &Profile, findings: Vec<Finding>, pages: Vec<PageInk>) -> Self {
        Self { profile: profile.name.clone(), findings, pages }
    }

    /// How many findings have a severity, those that are only counted included.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).map(|finding| 1 + finding.more).sum()
    }

    /// Whether there is no error.
    pub fn passes(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// The page with the most ink over a square, the first of those that are equal.
    pub fn heaviest(&self) -> Option<&PageInk> {
        heat::heaviest(&self.pages)
    }

    /// The inks as a picture (PNG): all pages on a sheet, each with its number, its worst square outlined, and
    /// how much ink is there. Where there is more than the profile's limit, the colour warns.
    ///
    /// `None` where no page could be read, or they are more than a picture can hold.
    pub fn heat_map(&self, profile: &Profile) -> Option<Vec<u8>> {
        heat::draw(&self.pages, profile.limit(&rules::INK_PERCENT), profile.limit(&rules::INK_SQUARE))
    }

    /// The report as JSON.
    ///
    /// ```json
    /// { "file": "report.pdf", "profile": "house", "errors": 1, "warnings": 0,
    ///   "findings": [{ "code": "A7-trim-box", "severity": "error", "page": 2, "place": null,
    ///                  "message": "the page has no TrimBox", "hint": "say where the page is cut", "more": 0 }],
    ///   "pages": [{ "page": 1, "worst": 214.5,
    ///               "inks": { "cyan": 60.0, "magenta": 50.0, "yellow": 50.0, "black": 54.5, "spots": 0.0 },
    ///               "place": { "x": 12.0, "y": 30.5, "width": 15.0, "height": 15.0 },
    ///               "mean": { "cyan": 3.1, "magenta": 2.0, "yellow": 2.0, "black": 9.7, "spots": 0.0 } }] }
    /// ```
    ///
    /// Places are millimetres from the trim's lower left corner; inks are percentages.
    pub fn json(&self, file: &str) -> Value {
        json!({
            "file": file,
            "profile": self.profile,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "findings": self.findings,
            "pages": self.pages,
        })
    }
}
