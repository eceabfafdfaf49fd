//! Tests of `check`: every fault at its location, no false alarm, fixes like an editor's, and its
//! formats.

mod command;
mod copydesk;
mod count;
mod faults;
mod lists;
mod silence;
mod together;

use trendpress::Session;
use trendpress::checking::Findings;

use crate::project::Project;

/// What `check` finds in a project.
fn check(project: &Project) -> Findings {
    Session::open(project.path(), false).expect("a project").check()
}

/// The findings as `CODE file:line:column`, in order.
fn places(findings: &Findings) -> Vec<String> {
    let place = |finding: &source::Diagnostic| match &finding.place {
        Some(place) => format!("{} {place}", finding.rule().code),
        None => finding.rule().code.to_owned(),
    };
    let mut out: Vec<_> = findings.list.iter().map(place).collect();
    out.sort();
    out
}
