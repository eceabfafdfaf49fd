//! The command line: its global options and its commands.

use clap::{ColorChoice, Parser, Subcommand};

use crate::check::CheckArgs;
use crate::data::DataArgs;
use crate::diff::DiffArgs;
use crate::explain::ExplainArgs;
use crate::impose::ImposeArgs;
use crate::new::NewArgs;
use crate::options::{Lang, ProjectArgs};
use crate::preflight::PreflightArgs;
use crate::preview::PreviewArgs;
use crate::render::RenderArgs;
use crate::schema::SchemaArgs;
use crate::shell::{CompletionsArgs, ManArgs};

/// The press for structured Chinese reports: Markdown, CSV and references in, a print-ready PDF out.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Args {
    /// When to use colour in messages
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: ColorChoice,
    /// The language of messages, help and the preview; that of the machine's locale without it
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the report: a PDF, or a PNG or SVG file for each page
    Render(RenderArgs),
    /// Make the report again whenever one of its files changes
    Watch(RenderArgs),
    /// Show the report in the browser, and anew whenever one of its files changes
    Preview(PreviewArgs),
    /// Check the content: marks, words, references, pictures, layout; mend what is beyond doubt
    Check(CheckArgs),
    /// Explain a rule of `check`, or list them all
    Explain(ExplainArgs),
    /// Write the template and its data to a folder, for the stock `typst`
    Data(DataArgs),
    /// Begin a report in a new folder
    New(NewArgs),
    /// Put the pages of a PDF on sheets: a booklet, signatures, several pages to a side
    Impose(ImposeArgs),
    /// List the fonts that a report may use
    Fonts(ProjectArgs),
    /// Print the JSON Schema of what an editor writes
    Schema(SchemaArgs),
    /// Check whether a PDF, by whatever program, is fit to print
    Preflight(PreflightArgs),
    /// Show what changed between two versions: PDFs, folders or git revisions
    Diff(DiffArgs),
    /// Print the completion script of a shell
    Completions(CompletionsArgs),
    /// Print the man page, or write one for each command
    Man(ManArgs),
}
