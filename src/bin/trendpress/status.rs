//! The one line that says how things stand: rewritten in place on a terminal, a line each time elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use source::Diagnostic;

use crate::terminal::Terminal;

pub struct Status<'a> {
    terminal: &'a Terminal,
    /// The line, where there is a terminal to rewrite it on.
    bar: Option<ProgressBar>,
    /// What stands on the screen and is not mended yet.
    shown: Vec<Diagnostic>,
}

impl<'a> Status<'a> {
    pub fn new(terminal: &'a Terminal) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            // As wide as the terminal, so that it stays one line.
            let style = ProgressStyle::with_template("{wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(255)).with_style(style)
        });
        Self { terminal, bar, shown: vec![] }
    }

    /// Says how things stand.
    pub fn say(&self, text: String) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(text);
                bar.tick();
            }
            None => self.terminal.line(&text),
        }
    }

    /// Prints above the line, where it stays.
    pub fn above(&self, print: impl FnOnce(&Terminal)) {
        match &self.bar {
            Some(bar) => bar.suspend(|| print(self.terminal)),
            None => print(self.terminal),
        }
    }

    /// Shows problems until they are mended; what stands there already is not said twice.
    pub fn problems(&mut self, problems: Vec<Diagnostic>) {
        let new: Vec<_> = problems.iter().filter(|problem| !self.shown.contains(problem)).cloned().collect();
        if !new.is_empty() {
            self.above(|terminal| terminal.problems(&new));
        }
        self.shown = problems;
    }
}
