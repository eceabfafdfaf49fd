//! `schema`: prints JSON Schemas for editors that complete and check while typing.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use source::Problems;
use trendpress::Error;
use trendpress::reading::{self, Project};

use crate::failure::Failure;
use crate::stdout;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Which schema: `report` for report.yaml, `template` for a template's template.yaml, the
    /// others for front matter, charts and tables
    #[arg(
        default_value = "report",
        value_parser = PossibleValuesParser::new(reading::schema_names()),
    )]
    pub name: String,
    /// The project whose template gives defaults and motifs; the built-in template's if there is
    /// no report
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
}

pub(crate) fn run(args: &SchemaArgs) -> Result<ExitCode, Failure> {
    let mut problems = Problems::default();
    let schemas = reading::schemas_of(&Project::new(&args.project), &mut problems);
    if problems.has_errors() {
        return Err(Error::Content(problems.sorted()).into());
    }
    if let Some((_, schema)) = schemas.into_iter().find(|(name, _)| *name == args.name) {
        stdout::line(&format!("{schema:#}"))?;
    }
    Ok(ExitCode::SUCCESS)
}
