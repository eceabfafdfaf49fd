//! Data for programs, on stdout.

use std::io::{self, Write};

use l10n::say;

use crate::failure::Failure;

/// Writes text to stdout; a reader that has seen enough, such as `head`, is not an error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Writes a line to stdout.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    print(&format!("{text}\n"))
}

/// Writes bytes to stdout.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::machine(say!("cannot write"), "stdout")(error))
        }
        _ => Ok(()),
    }
}
