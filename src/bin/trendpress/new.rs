//! `new`: writes a small report to start from.

use l10n::say;
use std::path::PathBuf;
use std::process::ExitCode;
use trendpress::reading::starter;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// Target folder: must be new or empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

pub(crate) fn run(args: &NewArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    starter::write(&args.folder)?;
    let folder = args.folder.display();
    terminal.line(&say!(
        "created a report in `{folder}`\n\
         hint: `trendpress render report.pdf --project {folder}` renders it\n\
         hint: edit `{folder}/content/trends/01-first.md`, then render it again\n\
         hint: `trendpress watch report.pdf --project {folder}` renders it after each change",
        folder
    ));
    Ok(ExitCode::SUCCESS)
}
