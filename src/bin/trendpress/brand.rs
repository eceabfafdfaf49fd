//! `brand`: shows a house's look on one sheet, checks it, and begins one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Subcommand;
use l10n::say;
use source::Severity;
use trendpress::output::Outputs;
use trendpress::session::brand::{self, Begun};
use trendpress::writing::{self, Request};

use crate::failure::Failure;
use crate::options::ProjectArgs;
use crate::render::summary;
use crate::terminal::Terminal;

/// Arguments of `brand`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BrandArgs {
    /// The sheet to write: `.pdf`, or `.png` or `.svg`
    #[arg(value_name = "OUT", required_unless_present = "check")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Tell all that is wrong with the brand
    #[arg(long)]
    pub check: bool,
    /// What to do instead of showing it
    #[command(subcommand)]
    pub command: Option<BrandCommand>,
}

/// The subcommands of `brand`.
#[derive(Debug, Subcommand)]
pub(crate) enum BrandCommand {
    /// Begin a brand file from the colours of a logo, or from one to three that `--colour` gives
    Init(InitArgs),
}

/// Arguments of `brand init`.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The logo: SVG, PNG or JPEG; it is copied beside the brand file
    #[arg(value_name = "LOGO", required_unless_present = "colours")]
    pub logo: Option<PathBuf>,
    /// A colour such as `#00594C`; given again, the second and the third one
    #[arg(long = "colour", value_name = "COLOUR")]
    pub colours: Vec<String>,
    /// The project folder, which contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
}

pub(crate) fn run(args: &BrandArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    if let Some(BrandCommand::Init(args)) = &args.command {
        return init(args, terminal);
    }
    let started = Instant::now();
    let mut session = args.project.open()?;
    if args.check {
        let found = terminal.busy(say!("checking"), || session.check_brand())?;
        let errors = found.iter().any(|one| one.severity == Severity::Error);
        terminal.problems(&found);
        if found.is_empty() {
            terminal.line(&say!("nothing found in the brand"));
        }
        if errors {
            return Ok(ExitCode::from(1));
        }
    }
    if let Some(out) = &args.out {
        writing::check(out, &mut Outputs::of_project(&args.project.project))?;
        let written =
            terminal.busy(say!("drawing the sheet"), || session.brand_sheet(&Request::to(out)))?;
        terminal.line(&summary(&written, started));
    }
    // The process ends here: taking a large world apart would be work for nothing.
    std::mem::forget(session);
    Ok(ExitCode::SUCCESS)
}

fn init(args: &InitArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let Begun { file, logo } = brand::begin(&args.project, args.logo.as_deref(), &args.colours)?;
    terminal.line(&say!("began a brand in `{file}`", file = file.display()));
    if let Some(logo) = logo {
        terminal.line(&say!("copied the logo to `{logo}`", logo = logo.display()));
    }
    let elsewhere = args.project != Path::new(".");
    let project =
        if elsewhere { format!(" --project {}", args.project.display()) } else { String::new() };
    terminal.line(&say!("hint: `trendpress brand brand.pdf{project}` shows it", project));
    Ok(ExitCode::SUCCESS)
}
