//! `diff`: shows the changes between two versions.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use l10n::say;
use pdf_diff::{Comparison, Version};
use trendpress::Error;
use trendpress::output::Outputs;
use trendpress::session::compare::{CompareError, Side};

use crate::failure::Failure;
use crate::options::ProjectArgs;
use crate::stdout;
use crate::terminal::{Terminal, printable};

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The old version: a PDF, a project or content folder, or a git revision such as `HEAD~1`
    /// (`NAME:` is always a revision)
    #[arg(value_name = "A")]
    pub a: String,
    /// The new version; defaults to the current state of the project
    #[arg(value_name = "B")]
    pub b: Option<String>,
    /// Write an HTML report with the pages side by side
    #[arg(long, value_name = "FILE.html", value_parser = html)]
    pub out: Option<PathBuf>,
    /// Output format of the summary
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Raise the limits on memory and work so many times, for files that exceed them
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub effort: u32,
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// Output formats of the summary.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// Human-readable
    Human,
    /// JSON
    Json,
}

fn html(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let known = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    if known { Ok(path) } else { Err(say!("the report is a web page: use the extension `.html`")) }
}

/// Compares two versions; the exit code is 0 if nothing changed, 1 if something did, 2 or more if
/// the comparison failed.
pub(crate) fn run(args: &DiffArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    // What stops the reader of a damaged file is told in our words; Rust's own would only be in
    // the way.
    std::panic::set_hook(Box::new(|_| {}));
    crate::render::set_threads(None);
    let compared = compare(args, terminal);
    _ = std::panic::take_hook();
    match compared {
        Ok(comparison) => {
            let text = match args.format {
                Format::Human => comparison.to_string(),
                Format::Json => comparison.to_json(),
            };
            stdout::print(&printable(&text))?;
            Ok(ExitCode::from(if comparison.same() { 0 } else { 1 }))
        }
        Err(failure) => {
            terminal.failure(&failure, None);
            Ok(ExitCode::from(failure.exit_code().max(2)))
        }
    }
}

fn compare(args: &DiffArgs, terminal: &Terminal) -> Result<Comparison, Failure> {
    let project = &args.project.project;
    let a = Side::of(&args.a);
    let b = args.b.as_deref().map_or_else(|| Side::Folder(project.clone()), Side::of);
    let mut outputs = Outputs::of_project(project);
    for side in [&a, &b] {
        outputs = match side {
            Side::Folder(folder) => outputs.beside(folder),
            Side::Pdf(file) => outputs.keeping(file),
            Side::Revision(_) => outputs,
        };
    }
    if let Some(out) = &args.out {
        outputs.ask(out)?;
    }
    let read = |side: &Side| -> Result<Version, CompareError> {
        let opened = terminal.busy(say!("reading a version"), || {
            side.open_with(project, args.project.system_fonts, args.effort)
        });
        opened.inspect_err(|error| {
            if matches!(error, CompareError::Report(Error::Content(_))) {
                terminal.line(&say!("in `{name}`:", name = side.name()));
            }
        })
    };
    let (before, after) = (read(&a)?, read(&b)?);
    terminal.busy(say!("comparing"), || {
        let comparison = pdf_diff::compare(&before, &after)?;
        if let Some(out) = &args.out {
            let page = pdf_diff::html(&comparison, &before, &after)?.into_bytes();
            outputs.write(&[(out.clone(), page)], &[])?;
        }
        Ok(comparison)
    })
}
