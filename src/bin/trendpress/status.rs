//! The status line: rewritten in place on a terminal, a new line each time elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use source::Diagnostic;

use crate::terminal::Terminal;

pub(crate) struct Status<'a> {
    terminal: &'a Terminal,
    /// The status line, if there is a terminal to rewrite it on.
    bar: Option<ProgressBar>,
    /// The problems on the screen that are not fixed yet.
    shown: Vec<Diagnostic>,
}

impl<'a> Status<'a> {
    pub(crate) fn new(terminal: &'a Terminal) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            // As wide as the terminal, so that it stays one line.
            let style = ProgressStyle::with_template("{wide_msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(255))
                .with_style(style)
        });
        Self { terminal, bar, shown: vec![] }
    }

    /// Shows a status message.
    pub(crate) fn say(&self, text: String) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(text);
                bar.tick();
            }
            None => self.terminal.line(&text),
        }
    }

    /// Prints above the status line, where the output stays.
    pub(crate) fn above(&self, print: impl FnOnce(&Terminal)) {
        match &self.bar {
            Some(bar) => bar.suspend(|| print(self.terminal)),
            None => print(self.terminal),
        }
    }

    /// Shows problems until they are fixed; those already shown are not repeated.
    pub(crate) fn problems(&mut self, problems: Vec<Diagnostic>) {
        let new: Vec<_> =
            problems.iter().filter(|problem| !self.shown.contains(problem)).cloned().collect();
        if !new.is_empty() {
            self.above(|terminal| terminal.problems(&new));
        }
        self.shown = problems;
    }
}
