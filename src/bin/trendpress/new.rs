//! `new`: a small report to begin from.

use std::path::PathBuf;
use std::process::ExitCode;
use trendpress::reading::starter;
use l10n::say;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Where to begin.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// A folder that does not exist yet, or is empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

pub fn run(args: &NewArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    starter::write(&args.folder)?;
    let folder = args.folder.display();
    terminal.line(&say!(
        "a report begins in `{folder}`\n\
         hint: `trendpress render report.pdf --project {folder}` makes it\n\
         hint: edit `{folder}/content/trends/01-first.md`, then make it again\n\
         hint: `trendpress watch report.pdf --project {folder}` makes it at each change",
        folder
    ));
    Ok(ExitCode::SUCCESS)
}
