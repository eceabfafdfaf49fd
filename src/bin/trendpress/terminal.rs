//! Messages for people, on stderr: problems with their source lines, and progress.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice as Colour};
use clap::ColorChoice;
use l10n::{counts, say};
use source::{Diagnostic, Severity};

use crate::failure::Failure;
use crate::snippet;
use crate::spinner::Spinner;

/// The most messages of one rule about one file: more are counted.
const MOST_OF_A_RULE: usize = 20;

/// Prints messages to stderr.
pub(crate) struct Terminal {
    colour: Colour,
}

impl Terminal {
    /// Creates a terminal that uses colour where `choice`, the terminal and `NO_COLOR` allow it.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        let plain = !std::io::stderr().is_terminal()
            || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let colour = match choice {
            ColorChoice::Always => Colour::Always,
            ColorChoice::Never => Colour::Never,
            ColorChoice::Auto if plain => Colour::Never,
            ColorChoice::Auto => Colour::Auto,
        };
        Self { colour }
    }

    /// Prints the error that stopped a run, and which output of an earlier one stays.
    pub(crate) fn failure(&self, failure: &Failure, stays: Option<&Path>) {
        let Some(problems) = failure.problems() else {
            return self.error(failure, failure.hint().as_deref());
        };
        self.problems(problems);
        if !matches!(failure, Failure::Settings(_)) {
            let errors =
                problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            let errors = counts::errors(errors);
            self.line(&match stays {
                Some(path) => say!(
                    "{errors}: nothing was written; the last good {path} stays",
                    errors,
                    path = path.display()
                ),
                None => say!("{errors}: nothing was written", errors),
            });
        }
    }

    /// Prints an error message and its hint.
    pub(crate) fn error(&self, message: &impl Display, hint: Option<&str>) {
        let line = say!("error: {message}", message);
        match hint {
            Some(hint) => self.hinted(&line, hint),
            None => self.line(&line),
        }
    }

    /// Prints a line with a hint below it.
    pub(crate) fn hinted(&self, line: &str, hint: &str) {
        self.line(line);
        self.line(&say!("hint: {hint}", hint));
    }

    /// Prints problems with their source lines.
    pub(crate) fn problems(&self, problems: &[Diagnostic]) {
        let mut out = AutoStream::new(std::io::stderr(), self.colour);
        let mut counts: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        for problem in problems {
            let file = problem.place.as_ref().map(|place| place.file.path.as_str());
            let count = counts.entry((problem.rule().code, file)).or_default();
            *count += 1;
            if *count <= MOST_OF_A_RULE {
                _ = out.write_all(snippet::of(problem).as_bytes());
            }
        }
        for ((code, file), count) in counts.iter().filter(|(_, count)| **count > MOST_OF_A_RULE) {
            let more = count - MOST_OF_A_RULE;
            let line = match file {
                Some(file) => say!("and {more} more of {code} in {file}", more, code, file),
                None => say!("and {more} more of {code}", more, code),
            };
            _ = writeln!(out, "{}\n", printable(&line));
        }
    }

    /// Prints a line.
    pub(crate) fn line(&self, text: &str) {
        _ = writeln!(std::io::stderr(), "{}", printable(text));
    }

    /// Runs `work`; a spinner appears on a terminal once it takes more than a second.
    pub(crate) fn busy<T>(&self, what: String, work: impl FnOnce() -> T) -> T {
        let _spinner = Spinner::start(what);
        work()
    }
}

/// Text of a file, or its name, in a line of a summary: what would act on a terminal is replaced, but for line
/// ends.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if cjk::acts_on_terminal(c) && c != '\n' && c != '\t' { '\u{FFFD}' } else { c })
        .collect()
}

/// Formats a size in the unit that reads best.
pub(crate) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
