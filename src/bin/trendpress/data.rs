//! `data`: writes the template and its data to a folder, for the stock `typst`.

use l10n::say;
use std::path::PathBuf;
use std::process::ExitCode;
use trendpress::setting::world::FONTS;
use trendpress::writing::bundle;

use crate::failure::Failure;
use crate::options::{JobArgs, ProjectArgs, SetArgs};
use crate::stdout;
use crate::terminal::Terminal;

/// Arguments of `data`.
#[derive(Debug, clap::Args)]
pub(crate) struct DataArgs {
    /// Target folder: must be new or empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub project: ProjectArgs,
    #[command(flatten)]
    pub values: SetArgs,
    #[command(flatten)]
    pub job: JobArgs,
}

pub(crate) fn run(args: &DataArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    crate::render::set_threads(None);
    let mut session = args.job.open(&args.project)?;
    session.set(args.values.set.clone());
    session.set_once();
    let edition = session.compile()?;
    let prepared = session.prepare()?.planned(&edition);
    terminal.problems(&prepared.warnings);
    let main = bundle::write(&prepared, session.fonts(), session.root(), &args.folder)?;
    // The project's own fonts stay where they are; built-in ones lie in the folder.
    let fonts: String = [session.root(), &args.folder]
        .iter()
        .map(|folder| folder.join(FONTS))
        .filter(|fonts| fonts.is_dir())
        .map(|fonts| format!("--font-path {} ", fonts.display()))
        .collect();
    terminal.line(&say!("to produce the same pages with the stock typst:"));
    stdout::line(&format!(
        "typst compile --root {} {fonts}--ignore-system-fonts {} report.pdf",
        args.folder.display(),
        main.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
