//! The report as SARIF 2.1.0 (OASIS), for programs that show the findings of many checkers.

use serde_json::{Value, json};

use super::{Finding, Preflight, rules};
use l10n::{said, say};
use source::sarif;

impl Preflight {
    /// Returns the report as SARIF 2.1.0; `file` is the URI of the checked file, relative or
    /// absolute.
    ///
    /// Page and place, which SARIF has no words for, are logical locations: `page 2` and
    /// `page 2, x 10 mm, y 20 mm, 15 × 15 mm`.
    pub fn sarif(&self, file: &str) -> Value {
        let rules: Vec<Value> = rules::ALL
            .iter()
            .map(|rule| json!({ "id": rule.code, "shortDescription": { "text": said(rule.demand) } }))
            .collect();
        let results: Vec<Value> =
            self.findings.iter().map(|finding| result(finding, file)).collect();
        sarif::log("trendpress preflight", &rules, &results)
    }
}

fn result(finding: &Finding, file: &str) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": file } } });
    if let Some(page) = finding.page {
        let name = match finding.place {
            Some(p) => say!(
                "page {page}, x {x} mm, y {y} mm, {width} × {height} mm",
                page,
                x = p.x,
                y = p.y,
                width = p.width,
                height = p.height
            ),
            None => say!("page {page}", page),
        };
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name }]);
    }
    json!({
        "ruleId": finding.code,
        "ruleIndex": rules::ALL.iter().position(|rule| rule.code == finding.code),
        "level": sarif::level(finding.severity),
        "message": { "text": format!("{}; {}", finding.message, say!("hint: {hint}", hint = finding.hint)) },
        "occurrenceCount": finding.more + 1,
        "locations": [location],
    })
}
