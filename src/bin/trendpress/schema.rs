//! `schema`: prints JSON Schemas for editors that complete and check while typing.

use std::process::ExitCode;

use trendpress::reading;

use crate::failure::Failure;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Which schema: `report` for report.yaml, the others for front matter and chart blocks
    #[arg(default_value = "report", value_parser = ["report", "trend", "foreword", "insert", "colophon", "chart"])]
    pub name: String,
}

pub fn run(args: &SchemaArgs) -> Result<ExitCode, Failure> {
    let schema = reading::schemas().into_iter().find(|(name, _)| *name == args.name);
    if let Some((_, schema)) = schema {
        println!("{schema:#}");
    }
    Ok(ExitCode::SUCCESS)
}
