//! The command line: its global options and its commands.

use clap::{ColorChoice, Parser, Subcommand};

use crate::brand::BrandArgs;
use crate::check::CheckArgs;
use crate::data::DataArgs;
use crate::diff::DiffArgs;
use crate::editions::EditionsArgs;
use crate::explain::ExplainArgs;
use crate::fonts::FontsArgs;
use crate::impose::ImposeArgs;
use crate::new::NewArgs;
use crate::options::Lang;
use crate::preflight::PreflightArgs;
use crate::preview::PreviewArgs;
use crate::render::RenderArgs;
use crate::schema::SchemaArgs;
use crate::shell::{CompletionsArgs, ManArgs};

/// The press for structured Chinese reports: Markdown, CSV and references in, a print-ready PDF
/// out.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Args {
    /// When to use colour in messages
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: ColorChoice,
    /// Language of messages, help and the preview; defaults to the system locale
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Seconds of the processor after which a report is given up; by default as its size requires
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub limit_time: Option<u64>,
    /// Memory above which a report is given up, in MB; by default as its size requires
    #[arg(long, global = true, value_name = "MB", value_parser = clap::value_parser!(u64).range(100..=1_000_000))]
    pub limit_memory: Option<u64>,
    /// The subcommand
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Render the report: one PDF, or one PNG or SVG file per page
    Render(RenderArgs),
    /// Make many editions of the report, one for each row of a table
    Editions(EditionsArgs),
    /// Render the report again whenever one of its files changes
    Watch(RenderArgs),
    /// Preview the report in the browser, updating whenever one of its files changes
    Preview(PreviewArgs),
    /// Check the content (punctuation, wording, references, pictures, layout); `--fix` applies
    /// safe fixes
    Check(CheckArgs),
    /// Explain a rule of `check`, or list them all
    Explain(ExplainArgs),
    /// Write the template and its data to a folder, for the stock `typst`
    Data(DataArgs),
    /// Create a report in a new folder
    New(NewArgs),
    /// Impose the pages of a PDF on sheets: as a booklet, as signatures, or several pages per side
    Impose(ImposeArgs),
    /// List the fonts available to a report, or bring one into it
    Fonts(FontsArgs),
    /// Show the house's look on one sheet, check it, or begin one
    Brand(BrandArgs),
    /// Print the JSON Schema of report.yaml, front matter or chart blocks
    Schema(SchemaArgs),
    /// Check whether a PDF from any program is fit to print
    Preflight(PreflightArgs),
    /// Show what changed between two versions: PDFs, folders or git revisions
    Diff(DiffArgs),
    /// Print a shell completion script
    Completions(CompletionsArgs),
    /// Print the main man page, or write one man page per command
    Man(ManArgs),
}
