//! `explain`: a rule's page, or the list of rules.

use std::process::ExitCode;

use trendpress::diagnostic::rules;
use trendpress::words::{said, say};

use crate::args::ExplainArgs;
use crate::terminal::Terminal;

pub fn run(args: &ExplainArgs, terminal: &Terminal) -> ExitCode {
    match args.rule.as_deref().map(|word| (word, rules::named(word))) {
        None => {
            let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in rules::ALL {
                println!("{}  {:width$}  {}", rule.code, rule.name, said(rule.summary));
            }
        }
        Some((_, Some(rule))) => print!("{}", rule.page()),
        Some((word, None)) => {
            terminal.error(&say!("there is no rule `{word}`", word), Some(&rules::hint(word)));
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
