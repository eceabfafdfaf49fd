//! The result of a preflight, and its JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Facts, Finding, PageInk, Profile, heat, rules};
use source::Severity;

/// The result of a preflight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preflight {
    /// The profile's name.
    pub profile: String,
    /// What the file says of itself and holds; empty if it could not be read.
    pub facts: Facts,
    /// The findings: of the whole file first, then by page, then by code.
    pub findings: Vec<Finding>,
    /// The inks of each page; empty if the file could not be read.
    pub pages: Vec<PageInk>,
}

impl Preflight {
    pub(super) fn new(profile: &Profile, findings: Vec<Finding>, pages: Vec<PageInk>) -> Self {
        Self { profile: profile.name.clone(), facts: Facts::default(), findings, pages }
    }

    /// Returns the number of findings with a severity, including those that are only counted.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .map(|finding| 1 + finding.more)
            .sum()
    }

    /// Returns whether there are no errors.
    pub fn passes(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// Returns the page with the most ink over a square, the first if several are equal.
    pub fn heaviest(&self) -> Option<&PageInk> {
        heat::heaviest(&self.pages)
    }

    /// Draws the inks as an image (PNG): all pages on one sheet, each with its number, its worst
    /// square outlined, and the total ink there. The colour warns where the profile's limit is
    /// exceeded.
    ///
    /// `None` where no page could be read, or they are more than a picture can hold.
    pub fn heat_map(&self, profile: &Profile) -> Option<Vec<u8>> {
        heat::draw(
            &self.pages,
            profile.limit(&rules::INK_PERCENT),
            profile.limit(&rules::INK_SQUARE),
        )
    }

    /// Returns the report as JSON.
    ///
    /// ```json
    /// { "file": "report.pdf", "profile": "house", "errors": 1, "warnings": 0,
    ///   "facts": { "title": "Trends", "creator": null, "producer": null, "version": "1.6",
    ///              "standard": "PDF/X-4", "condition": "FOGRA39", "boxes": [], "fonts": [],
    ///              "pictures": [], "picture_count": 0 },
    ///   "findings": [{ "code": "A7-trim-box", "severity": "error", "page": 2, "place": null,
    ///                  "message": "the page has no TrimBox",
    ///                  "hint": "set a TrimBox to define where the page is cut", "more": 0 }],
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
            "facts": self.facts,
            "findings": self.findings,
            "pages": self.pages,
        })
    }
}
