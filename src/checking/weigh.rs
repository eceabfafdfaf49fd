//! Severities and suppressions applied to findings.

use std::collections::BTreeMap;

use crate::reading::model::{Report, Suppression, Weight};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems, Severity};

/// Gives each finding the severity that report.yaml asks for; what is off or suppressed goes.
/// Where budgets are `strict`, what misses one is an error.
pub fn weigh(problems: &mut Problems, report: &Report, strict: bool) {
    problems.retain(|problem| {
        let rule = problem.rule();
        if rule.is_fixed() {
            return true;
        }
        let weights = &report.config.check.weights;
        match weights.get(rule.code).or_else(|| weights.get(rule.name)) {
            Some(Weight::Off) => return false,
            Some(Weight::Error) => problem.severity = Severity::Error,
            Some(Weight::Warning) => problem.severity = Severity::Warning,
            None => {}
        }
        if strict && [&rules::OVER_BUDGET, &rules::UNDER_BUDGET].contains(&rule) {
            problem.severity = Severity::Error;
        }
        !report.suppressions.iter().any(|silence| suppressions(silence, problem))
    });
}

/// Folds what print cannot use of a brand file into one message a file: a file that web pages are made
/// of too has much of it, and no run needs to hear of each again. A check tells all.
pub fn folded(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let file = |one: &Diagnostic| {
        let is_unused = one.rule() == &brand::rules::UNUSED && one.severity == Severity::Warning;
        one.place.as_ref().filter(|_| is_unused).map(|place| place.file.path.clone())
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in found.iter().filter_map(file) {
        *counts.entry(path).or_default() += 1;
    }
    let mut out: Vec<Diagnostic> = vec![];
    for mut one in found {
        let Some(path) = file(&one) else {
            out.push(one);
            continue;
        };
        // The first stands for all; what follows it is counted there.
        match counts.remove(&path) {
            Some(count) if count > 1 => {
                let more = count - 1;
                one.hints.push(say!(
                    "print has no use for {more} more of this file: `trendpress brand --check` tells all",
                    more
                ));
                out.push(one);
            }
            Some(_) => out.push(one),
            None => {}
        }
    }
    out
}

/// Returns a finding for each unused suppression, given the findings before severities and
/// suppressions are applied.
///
/// Those of rules that need pages are judged only where `pages` were made.
pub fn idle(problems: &[Diagnostic], report: &Report, pages: bool) -> Vec<Diagnostic> {
    let seen =
        |silence: &Suppression| pages || !silence.rules.iter().any(|rule| rule.needs_pages());
    let idle = |silence: &&Suppression| {
        seen(silence) && !problems.iter().any(|problem| suppressions(silence, problem))
    };
    report
        .suppressions
        .iter()
        .filter(idle)
        .map(|silence| {
            let codes: Vec<_> = silence.rules.iter().map(|rule| rule.code).collect();
            let message = if silence.scope.is_empty() {
                say!("nothing follows this suppression")
            } else {
                say!("nothing here triggers `{codes}`", codes = codes.join("`, `"))
            };
            Diagnostic::of(&rules::IDLE_SILENCE, silence.place.clone(), message)
                .hint(say!("remove it, or put it directly before the content it applies to"))
        })
        .collect()
}

fn suppressions(silence: &Suppression, problem: &Diagnostic) -> bool {
    let Some(place) = &problem.place else { return false };
    let within = |scope: &Place| {
        scope.file.path == place.file.path
            && scope.range.start <= place.range.start
            && place.range.start < scope.range.end.max(scope.range.start + 1)
    };
    silence.rules.contains(&problem.rule())
        && (silence.scope.iter().any(within) || silence.tables.contains(&place.file.path))
}
