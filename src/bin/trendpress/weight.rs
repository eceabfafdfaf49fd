//! A stream that names a problem's severity in the current language: codespan only does so in
//! English.

use std::io::{self, Write};

use codespan_reporting::term::termcolor::{ColorSpec, WriteColor};
use l10n::say;
use source::Severity;

/// Passes text through, except for the first word that names the severity, which it translates.
pub struct Weighed<W> {
    out: W,
    word: Option<(&'static str, String)>,
}

impl<W: WriteColor> Weighed<W> {
    /// Creates a stream for one problem of this severity.
    pub fn new(out: W, severity: Severity) -> Self {
        let word = match severity {
            Severity::Error => ("error", say!("error")),
            Severity::Warning => ("warning", say!("warning")),
        };
        Self { out, word: Some(word) }
    }
}

impl<W: WriteColor> Write for Weighed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.word.take_if(|(word, _)| word.as_bytes() == bytes) {
            Some((_, told)) => self.out.write_all(told.as_bytes()).map(|()| bytes.len()),
            None => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: WriteColor> WriteColor for Weighed<W> {
    fn supports_color(&self) -> bool {
        self.out.supports_color()
    }

    fn set_color(&mut self, colour: &ColorSpec) -> io::Result<()> {
        self.out.set_color(colour)
    }

    fn reset(&mut self) -> io::Result<()> {
        self.out.reset()
    }
}
