//! Messages for people, on stderr: problems with their source lines, and progress.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use clap::ColorChoice;
use codespan_reporting::diagnostic::{Diagnostic as Shown, Label, LabelStyle, Severity as Weight};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::termcolor::{ColorChoice as Colour, StandardStream};
use codespan_reporting::term::{self, Chars, Config};
use l10n::{counts, say};
use source::{Diagnostic, Severity};

use crate::failure::Failure;
use crate::spinner::Spinner;
use crate::weight::Weighed;

/// Prints messages to stderr.
pub struct Terminal {
    colour: Colour,
}

impl Terminal {
    /// Creates a terminal that uses colour where `choice`, the terminal and `NO_COLOR` allow it.
    pub fn new(choice: ColorChoice) -> Self {
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

    /// Prints the error that stopped a run.
    pub fn failure(&self, failure: &Failure) {
        let Some(problems) = failure.problems() else {
            return self.error(failure, failure.hint().as_deref());
        };
        self.problems(problems);
        if !matches!(failure, Failure::Settings(_)) {
            let errors =
                problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            self.line(&say!("{errors}: nothing was written", errors = counts::errors(errors)));
        }
    }

    /// Prints an error message and its hint.
    pub fn error(&self, message: &impl Display, hint: Option<&str>) {
        let line = say!("error: {message}", message);
        match hint {
            Some(hint) => self.hinted(&line, hint),
            None => self.line(&line),
        }
    }

    /// Prints a line with a hint below it.
    pub fn hinted(&self, line: &str, hint: &str) {
        self.line(line);
        self.line(&say!("hint: {hint}", hint));
    }

    /// Prints problems with their source lines.
    pub fn problems(&self, problems: &[Diagnostic]) {
        let config = Config { chars: Chars::ascii(), ..Config::default() };
        for problem in problems {
            let weight = match problem.severity {
                Severity::Error => Weight::Error,
                Severity::Warning => Weight::Warning,
            };
            let mut shown = Shown::new(weight).with_message(harmless(&problem.message));
            if let Some(rule) = problem.rule {
                shown = shown.with_code(rule.code);
            }
            let mut notes: Vec<_> =
                problem.hints.iter().map(|hint| harmless(&say!("hint: {hint}", hint))).collect();
            let (mut name, mut text) = ("", "");
            match &problem.place {
                Some(place) if !place.file.text.is_empty() => {
                    (name, text) = (&place.file.path, &place.file.text);
                    shown.labels.push(Label::new(
                        LabelStyle::Primary,
                        (),
                        first_line(text, place.range.clone()),
                    ));
                }
                // A file that is missing or is not text has no line to show.
                Some(place) => notes.insert(0, place.to_string()),
                None => {}
            }
            shown.notes = notes;
            let mut out = Weighed::new(StandardStream::stderr(self.colour), problem.severity);
            _ = term::emit_to_write_style(
                &mut out,
                &config,
                &SimpleFile::new(name, harmless(text)),
                &shown,
            );
        }
    }

    /// Prints a line.
    pub fn line(&self, text: &str) {
        _ = writeln!(std::io::stderr(), "{text}");
    }

    /// Runs `work`; a spinner appears on a terminal once it takes more than a second.
    pub fn busy<T>(&self, what: String, work: impl FnOnce() -> T) -> T {
        let _spinner = Spinner::start(what);
        work()
    }
}

/// Makes text harmless to a terminal: replaces control and bidirectional characters, each by one
/// of as many bytes, so that positions do not change.
fn harmless(text: &str) -> String {
    let replace = |c: char| match c {
        '\n' | '\t' => c,
        c if !cjk::acts_on_terminal(c) => c,
        c if c.len_utf8() == 3 => '\u{FFFD}',
        c if c.len_utf8() == 2 => '·',
        _ => '?',
    };
    text.chars().map(replace).collect()
}

/// Text of a file in a line of a summary: what would act on a terminal is replaced, but for line
/// ends.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if cjk::acts_on_terminal(c) && c != '\n' { '\u{FFFD}' } else { c })
        .collect()
}

/// Shortens a span to its first line.
fn first_line(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let line = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
    range.start..line
}

/// Formats a size in the unit that reads best.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
