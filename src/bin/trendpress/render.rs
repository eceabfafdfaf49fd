//! `render`: makes the report once.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use l10n::{counts, say};
use trendpress::Session;
use trendpress::output::Outputs;
use trendpress::setting::LayoutReport;
use trendpress::writing::page_range::Pages;
use trendpress::writing::{self, Request, Written};

use crate::failure::Failure;
use crate::options::{JobArgs, ProjectArgs, SetArgs};
use crate::spinner::Spinner;
use crate::table;
use crate::terminal::{Terminal, size};

/// Arguments of `render` and `watch`.
#[derive(Debug, clap::Args)]
pub(crate) struct RenderArgs {
    /// The file to write: `.pdf`, or `.png` or `.svg` for one file per page (`out-01.png` …)
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Only these pages, such as `1-3,7,20-`
    #[arg(long, value_name = "PAGES")]
    pub pages: Option<String>,
    /// Resolution of PNG files, in pixels per inch
    #[arg(long, value_name = "PPI", default_value_t = 144.0, value_parser = resolution)]
    pub ppi: f64,
    #[command(flatten)]
    pub job: JobArgs,
    #[command(flatten)]
    pub values: SetArgs,
    /// Write layout details of each part to a JSON file
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,
    /// Show layout details of each part
    #[arg(long, short)]
    pub verbose: bool,
    /// Number of threads; defaults to the number of processors
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

impl RenderArgs {
    /// Builds the request from these arguments; rejects invalid page ranges.
    pub(crate) fn request(&self) -> Result<Request, Failure> {
        let pages = self.pages.as_deref().map(str::parse::<Pages>).transpose()?;
        Ok(Request { path: self.out.clone(), pages, ppi: self.ppi })
    }

    /// Opens the project with these options.
    pub(crate) fn open(&self) -> Result<Session, Failure> {
        let mut session = self.job.open(&self.project)?;
        session.set(self.values.set.clone());
        Ok(session)
    }
}

fn resolution(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(ppi) if (9.0..=2400.0).contains(&ppi) => Ok(ppi),
        _ => Err(say!("the resolution must be between 9 and 2400")),
    }
}

pub(crate) fn run(args: &RenderArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let request = args.request()?;
    check(args, &request)?;
    set_threads(args.jobs);
    let spinner = Spinner::start(say!("reading the fonts"));
    let mut session = args.open()?;
    session.set_once();
    session.set_progress(spinner.steps());
    let edition = session.compile()?;
    let written = session.write_with(&edition, &request, report(args, &edition.layout))?;
    drop(spinner);
    terminal.problems(&edition.warnings);
    terminal.problems(&written.warnings);
    if args.verbose {
        terminal.line(&table::of(&edition.layout));
    }
    if let Some(gone) = gone(&written) {
        terminal.line(&gone);
    }
    if let Some(filled) = filled(&edition.layout) {
        terminal.line(&filled);
    }
    if let Some(blank) = blank(&edition.layout) {
        terminal.line(&blank);
    }
    terminal.line(&summary(&written, started));
    // The process ends here: taking a large world apart would be work for nothing.
    std::mem::forget((edition, session));
    Ok(ExitCode::SUCCESS)
}

/// Sets the number of threads. It applies to the whole process, so it is set before the first
/// page.
pub(crate) fn set_threads(jobs: Option<u16>) {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(crate::STACK);
    // Fails only where threads are set already, which nothing here does.
    _ = threads.num_threads(jobs.unwrap_or(0).into()).build_global();
}

/// Checks that every requested file can be written.
pub(crate) fn check(args: &RenderArgs, request: &Request) -> Result<(), Failure> {
    let mut outputs = Outputs::of_project(&args.project.project);
    if let Some(icc) = &args.job.icc {
        outputs = outputs.keeping(icc);
    }
    writing::check(&request.path, &mut outputs)?;
    if let Some(report) = &args.report {
        outputs.ask(report)?;
        if report.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("json")) {
            let message = say!("`{path}` is not the name of a JSON file", path = report.display());
            return Err(Failure::Unknown(message, say!("use the extension `.json`")));
        }
    }
    Ok(())
}

/// Returns the layout report as a file, if requested.
pub(crate) fn report(args: &RenderArgs, layout: &LayoutReport) -> Vec<(PathBuf, Vec<u8>)> {
    args.report.iter().map(|path| (path.clone(), layout.to_json().into_bytes())).collect()
}

/// Names the pages of a longer set that were taken away.
pub(crate) fn gone(written: &Written) -> Option<String> {
    match &written.gone[..] {
        [] => None,
        [one] => Some(say!("removed `{page}`, of a longer set", page = one.display())),
        [first, .., last] => Some(say!(
            "removed `{first}` to `{last}`, of a longer set",
            first = first.display(),
            last = last.display()
        )),
    }
}

/// Names the blank pages.
pub(crate) fn blank(layout: &LayoutReport) -> Option<String> {
    let pages: Vec<String> = layout.blank.iter().map(usize::to_string).collect();
    match &pages[..] {
        [] => None,
        [page] => Some(say!(
            "page {page} is blank: the part behind it opens on a page of the other side",
            page
        )),
        _ => Some(say!(
            "pages {pages} are blank: the parts behind them open on a page of the other side",
            pages = pages.join(", ")
        )),
    }
}

/// Names the pages that fill the last signature.
fn filled(layout: &LayoutReport) -> Option<String> {
    match &layout.filling[..] {
        [] => None,
        [page] => Some(say!("page {page} is blank: it fills the last signature", page)),
        [first, .., last] => Some(say!(
            "pages {first} to {last} are blank: they fill the last signature",
            first,
            last
        )),
    }
}

/// Summarises the written files in one line: file, pages, size, time.
pub(crate) fn summary(written: &Written, started: Instant) -> String {
    let names = match &written.files[..] {
        [one] => one.display().to_string(),
        [first, .., last] => format!("{} … {}", first.display(), last.display()),
        [] => String::new(),
    };
    let (pages, size) = (counts::pages(written.pages), size(written.bytes));
    let elapsed = format!("{:.2}", started.elapsed().as_secs_f64());
    say!("{names}: {pages}, {size}, {elapsed} s", names, pages, size, elapsed)
}
