//! What can be said on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use trendpress::error::Error;
use trendpress::fit::Mode;
use trendpress::model::{Output, Profile};
use trendpress::output::Request;
use trendpress::pages::Pages;
use trendpress::pipeline::Job;
use trendpress::session::Session;
use trendpress::words::say;

use crate::diff::DiffArgs;
use crate::impose::ImposeArgs;
use crate::language::Lang;
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

/// Which project.
#[derive(Debug, Clone, clap::Args)]
pub struct ProjectArgs {
    /// The project's folder: the one that holds `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Allow the machine's own fonts too: pages may then differ from machine to machine
    #[arg(long)]
    pub system_fonts: bool,
}

/// How the report is to be made.
#[derive(Debug, Clone, clap::Args)]
pub struct JobArgs {
    /// How parts are brought to their page budgets: a miss is an error (`strict`) or a warning (`loose`); `off` fits nothing
    #[arg(long, value_name = "MODE", default_value = "loose", value_parser = fit_mode())]
    pub fit: Mode,
    /// What it is made for: reading, printing (CMYK, bleed, PDF/X-4), or looking at what will be printed
    #[arg(long, value_name = "PROFILE", default_value = "screen", value_parser = profile())]
    pub profile: Profile,
    /// The press's own ICC profile
    #[arg(long, value_name = "FILE")]
    pub icc: Option<PathBuf>,
    /// The name of the profile's printing condition, such as `FOGRA51`
    #[arg(long, value_name = "NAME")]
    pub output_condition: Option<String>,
    /// Put crop marks, registration targets and a colour bar around press pages
    #[arg(long)]
    pub marks: bool,
    /// Write the press file whatever the preflight finds
    #[arg(long)]
    pub no_preflight: bool,
}

impl JobArgs {
    /// A project, open, its report to be made so.
    pub fn open(&self, project: &ProjectArgs) -> Result<Session, Error> {
        let mut session = Session::open(&project.project, project.system_fonts)?;
        session.set_job(Job {
            fit: self.fit,
            output: Output { profile: self.profile, marks: self.marks },
            icc: self.icc.clone(),
            condition: self.output_condition.clone(),
            unchecked: self.no_preflight,
        });
        Ok(session)
    }
}

fn fit_mode() -> impl TypedValueParser<Value = Mode> {
    PossibleValuesParser::new(["strict", "loose", "off"]).map(|word| match &*word {
        "strict" => Mode::Strict,
        "off" => Mode::Off,
        _ => Mode::Loose,
    })
}

fn profile() -> impl TypedValueParser<Value = Profile> {
    PossibleValuesParser::new(["screen", "press", "proof"]).map(|word| match &*word {
        "press" => Profile::Press,
        "proof" => Profile::Proof,
        _ => Profile::Screen,
    })
}

/// How to make the report.
#[derive(Debug, clap::Args)]
pub struct RenderArgs {
    /// The file to write: `.pdf`, or `.png` or `.svg` with a file a page (`out-01.png` …)
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Only these pages, such as `1-3,7,20-`
    #[arg(long, value_name = "PAGES")]
    pub pages: Option<String>,
    /// The resolution of PNG files, in pixels an inch
    #[arg(long, value_name = "PPI", default_value_t = 144.0, value_parser = resolution)]
    pub ppi: f64,
    #[command(flatten)]
    pub job: JobArgs,
    /// Write how each part was set to a JSON file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Show how each part was set
    #[arg(long, short)]
    pub verbose: bool,
    /// How many threads to use; as many as there are processors without it
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

impl RenderArgs {
    /// The request that these words make; page ranges that are none are refused here.
    pub fn request(&self) -> Result<Request, Error> {
        let pages = self.pages.as_deref().map(str::parse::<Pages>).transpose()?;
        Ok(Request { path: self.out.clone(), pages, ppi: self.ppi })
    }

    /// The project, open.
    pub fn open(&self) -> Result<Session, Error> {
        self.job.open(&self.project)
    }
}

fn resolution(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(ppi) if (9.0..=2400.0).contains(&ppi) => Ok(ppi),
        _ => Err(say!("a resolution lies between 9 and 2400")),
    }
}

/// How to show the report.
#[derive(Debug, clap::Args)]
pub struct PreviewArgs {
    #[command(flatten)]
    pub project: ProjectArgs,
    /// How parts are brought to their page budgets; see `render`
    #[arg(long, value_name = "MODE", default_value = "loose", value_parser = fit_mode())]
    pub fit: Mode,
    /// The port; any free one without it
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// What opens a line: an editor's name, or a command with `{file}`, `{line}` and `{column}`; without it, that of `VISUAL` or
    /// `EDITOR`, or one that is found
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
}

impl PreviewArgs {
    /// The project, open.
    pub fn open(&self) -> Result<Session, Error> {
        let mut session = Session::open(&self.project.project, self.project.system_fonts)?;
        session.set_job(Job { fit: self.fit, ..Job::default() });
        Ok(session)
    }
}

/// What to check, and what to do about it.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub project: ProjectArgs,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: CheckFormat,
    /// Show what can be mended without doubt as a diff, ask, and write it
    #[arg(long, conflicts_with = "format")]
    pub fix: bool,
    /// Write without asking
    #[arg(long, short, requires = "fix")]
    pub yes: bool,
    /// Leave out what only finished pages tell
    #[arg(long)]
    pub no_layout: bool,
}

/// How the findings of `check` are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CheckFormat {
    /// For people, each with its line
    Human,
    /// JSON
    Json,
    /// SARIF 2.1.0, with fixes
    Sarif,
    /// Commands of GitHub's workflows
    Github,
}

/// Which rule to explain.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Its code or name, such as `TP0101` or `han-latin-space`; all rules without it
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

/// Where to write the data.
#[derive(Debug, clap::Args)]
pub struct DataArgs {
    /// A folder that does not exist yet, or is empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub project: ProjectArgs,
    #[command(flatten)]
    pub job: JobArgs,
}

/// Where to begin.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// A folder that does not exist yet, or is empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Which schema.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Which one: `report` for report.yaml, the others for front matter and chart blocks
    #[arg(default_value = "report", value_parser = ["report", "trend", "foreword", "insert", "colophon", "chart"])]
    pub name: String,
}

/// What to check, and by what.
#[derive(Debug, clap::Args)]
pub struct PreflightArgs {
    /// The PDF to check
    #[arg(value_name = "FILE.pdf")]
    pub file: PathBuf,
    /// What it must meet: `x4` (PDF/X-4), `gwg-sheetfed`, `house` (Chinese house norms), or a `.yaml` file
    #[arg(long, value_name = "PROFILE", default_value = "house")]
    pub profile: String,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Draw the inks of all pages as one picture
    #[arg(long, value_name = "OUT.png", value_parser = png)]
    pub heat_map: Option<PathBuf>,
}

fn png(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let known = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    if known { Ok(path) } else { Err(say!("the picture is a PNG: end the name in `.png`")) }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// JSON, with the inks of each page
    Json,
    /// SARIF 2.1.0
    Sarif,
}
