//! `new`: writes a small report to start from.

use clap::builder::PossibleValuesParser;
use l10n::say;
use std::path::PathBuf;
use std::process::ExitCode;
use trendpress::reading::starter::{LANGUAGES, Starter, TEMPLATES};

use crate::failure::Failure;
use crate::options::Lang;
use crate::terminal::Terminal;

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// Target folder: must be new or empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The template: `report` for trends, `paper` for white papers, blue books and annual reports;
    /// `--lang en` has the report in English
    #[arg(
        long,
        value_name = "NAME",
        default_value = TEMPLATES[0],
        value_parser = PossibleValuesParser::new(TEMPLATES)
    )]
    pub template: String,
}

/// Writes the report in the language that is asked for; the machine's has no say in it.
pub(crate) fn run(
    args: &NewArgs,
    lang: Option<Lang>,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let language = match lang {
        Some(Lang::En) => "en",
        Some(Lang::Zh) => "zh",
        None => LANGUAGES[0],
    };
    let starter = Starter::of(&args.template, language).expect("a test finds each");
    starter.write(&args.folder)?;
    let (folder, text) = (args.folder.display(), starter.text());
    terminal.line(&say!(
        "created a report in `{folder}`\n\
         hint: `trendpress render report.pdf --project {folder}` renders it\n\
         hint: edit `{folder}/{text}`, then render it again\n\
         hint: `trendpress watch report.pdf --project {folder}` renders it after each change",
        folder,
        text
    ));
    Ok(ExitCode::SUCCESS)
}
