//! `explain`: prints a rule's page, or the list of rules.

use std::process::ExitCode;

use l10n::{said, say};
use trendpress::rules;

use crate::failure::Failure;
use crate::stdout;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Code or name of the rule, such as `TP0101`, `han-latin-space` or `A7-trim-box`; if omitted,
    /// the rules of `check` are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode, Failure> {
    match args.rule.as_deref().map(|word| (word, rules::named(word))) {
        None => {
            let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in rules::ALL.iter() {
                stdout::line(&format!(
                    "{}  {:width$}  {}",
                    rule.code,
                    rule.name,
                    said(rule.summary)
                ))?;
            }
        }
        Some((_, Some(rule))) => stdout::print(rule.page())?,
        Some((word, None)) if preflight::rules::named(word).is_some() => {
            let rule = preflight::rules::named(word);
            stdout::print(&rule.map(preflight::page).unwrap_or_default())?;
        }
        Some((word, None)) => {
            return Err(Failure::Unknown(
                say!("there is no rule `{word}`", word),
                rules::hint(word),
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
