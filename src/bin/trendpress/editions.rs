//! `editions`: makes many editions of a report, one for each row of a table.

mod progress;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Instant;

use clap::{Args, Subcommand};
use editions::{Journal, JournalError, Shard, ShardError, Target, TargetError, merge, verify};
use l10n::{counts, say};
use trendpress::Error;
use trendpress::editions::{Ended, Kind, Order, Summary, make, plan};
use trendpress::reading::Given;

use crate::failure::Failure;
use crate::options::{JobArgs, ProjectArgs, SetArgs};
use crate::stdout;
use crate::terminal::Terminal;
use progress::Progress;

/// Arguments of `editions`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct EditionsArgs {
    #[command(subcommand)]
    pub manifests: Option<Manifests>,
    #[command(flatten)]
    pub make: MakeArgs,
}

/// What is done with manifests.
#[derive(Debug, Subcommand)]
pub(crate) enum Manifests {
    /// Print the manifests of all shards as one, in the order of the table
    Merge {
        /// The manifests
        #[arg(value_name = "MANIFEST", required = true)]
        manifests: Vec<PathBuf>,
    },
    /// Check that all files are there and are those that the manifests name
    Verify {
        /// The manifests
        #[arg(value_name = "MANIFEST", required = true)]
        manifests: Vec<PathBuf>,
    },
}

/// Arguments for making editions.
#[derive(Debug, Args)]
pub(crate) struct MakeArgs {
    /// The table: `.csv`, `.xlsx` (`TABLE.xlsx#Sheet`), `.yaml` or `.jsonl`; a row for each edition
    #[arg(value_name = "TABLE")]
    pub table: Option<PathBuf>,
    /// The file of each edition, such as `out/{{id}}.pdf`
    #[arg(long, value_name = "FILE")]
    pub out: Option<String>,
    /// Also write a press file of each, such as `out/{{id}}-press.pdf`
    #[arg(long, value_name = "FILE")]
    pub press: Option<String>,
    /// Also write a picture of each cover, such as `out/{{id}}.png`
    #[arg(long, value_name = "FILE")]
    pub cover: Option<String>,
    /// Only the editions of these names; `*` stands for any characters
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Only every n-th row: the third of 64 tasks makes `3/64`; by default what Slurm says
    #[arg(long, value_name = "N/M", conflicts_with = "shards")]
    pub shard: Option<String>,
    /// The number of tasks, where Kubernetes or GNU parallel says which of them this is
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// The file that says what is done; by default `manifest.jsonl` beside the editions
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Check the table, and make nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Number of editions that are made at a time; defaults to the number of processors
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    #[command(flatten)]
    pub project: ProjectArgs,
    #[command(flatten)]
    pub job: JobArgs,
    #[command(flatten)]
    pub values: SetArgs,
}

impl MakeArgs {
    /// How many editions are made at a time.
    pub(crate) fn jobs(&self) -> usize {
        let processors = || available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        self.jobs.map_or_else(processors, usize::from)
    }
}

pub(crate) fn run(args: &EditionsArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    match &args.manifests {
        Some(Manifests::Merge { manifests }) => merged(manifests, terminal),
        Some(Manifests::Verify { manifests }) => verified(manifests, terminal),
        None => made(&args.make, terminal),
    }
}

fn made(args: &MakeArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let order = order(args)?;
    crate::render::set_threads(None);
    let session = args.job.open(&args.project)?;
    let planned = terminal
        .busy(say!("checking the table"), || plan(&order))
        .map_err(|found| Failure::Report(Error::Content(found)))?;
    if args.dry_run {
        terminal.line(&say!("{editions} can be made", editions = counts::editions(planned.len())));
        return Ok(ExitCode::SUCCESS);
    }
    let manifest = manifest(args, &order);
    let folder = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(Failure::machine(say!("cannot create"), folder))?;
    let mut journal = Journal::open(&manifest)?;
    let progress = Progress::start(planned.len());
    let told = |told: trendpress::editions::Told| progress.tell(&told);
    let summary = make(&order, &planned, &mut journal, args.jobs(), &session, &told)?;
    drop(progress);
    report(&summary, &manifest, started, terminal);
    let code = ExitCode::from(u8::from(!summary.failed.is_empty()));
    // The process ends here: taking large worlds apart would be work for nothing.
    std::mem::forget(session);
    Ok(code)
}

/// What the arguments ask for.
fn order(args: &MakeArgs) -> Result<Order, Failure> {
    // They are optional to the parser alone, for `merge` and `verify` have neither.
    let (Some(table), Some(out)) = (&args.table, &args.out) else {
        return Err(Failure::Unknown(
            say!("no table is specified, or no `--out`"),
            say!("write `trendpress editions TABLE --out 'out/{{{{id}}}}.pdf'`"),
        ));
    };
    let target = |text: &String| Target::parse(text).map_err(Failure::from);
    let mut outputs = vec![(Kind::Report, target(out)?)];
    for (kind, text) in [(Kind::Press, &args.press), (Kind::Cover, &args.cover)] {
        if let Some(text) = text {
            outputs.push((kind, target(text)?));
        }
    }
    for (kind, target) in &outputs {
        // What cannot be written as asked is known from the name alone.
        let path = target.path(|_| Some("a"))?;
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let fits = match kind {
            Kind::Report | Kind::Press => ending.eq_ignore_ascii_case("pdf"),
            Kind::Cover => ["png", "svg"].iter().any(|own| ending.eq_ignore_ascii_case(own)),
        };
        if !fits {
            let message = say!("`{path}` cannot be the file of an edition", path = path.display());
            let hint = say!("write `.pdf`, and `.png` or `.svg` behind `--cover`");
            return Err(Failure::Unknown(message, hint));
        }
    }
    let shard = match &args.shard {
        Some(text) => Shard::parse(text)?,
        None => {
            let count = args.shards.map(|count| count as usize);
            Shard::of_environment(count, |name| std::env::var(name).ok())?.unwrap_or_default()
        }
    };
    let given: Vec<Given> = args.values.set.clone();
    Ok(Order {
        project: args.project.project.clone(),
        table: table.clone(),
        outputs,
        given,
        job: args.job.job(),
        shard,
        only: args.only.clone(),
        ended: ended(),
    })
}

/// What the process that looks after this one says of those before.
#[cfg(unix)]
fn ended() -> Ended {
    crate::rows::ended()
}

#[cfg(not(unix))]
fn ended() -> Ended {
    Ended::default()
}

/// The manifest: of a shard one of its own, so that no two tasks write one file.
fn manifest(args: &MakeArgs, order: &Order) -> PathBuf {
    if let Some(path) = &args.manifest {
        return path.clone();
    }
    let name = match order.shard.is_whole() {
        true => "manifest.jsonl".to_owned(),
        false => format!("manifest-{}-of-{}.jsonl", order.shard.number(), order.shard.count()),
    };
    order.outputs.first().map_or_else(PathBuf::new, |(_, target)| target.folder()).join(name)
}

/// Tells what a run came to: failures with their reasons, then the sum.
fn report(summary: &Summary, manifest: &Path, started: Instant, terminal: &Terminal) {
    for failure in &summary.failed {
        let (name, row) = (&failure.name, failure.row);
        terminal.line(&say!("the edition `{name}` (row {row}):", name, row));
        let error = match &failure.error {
            Error::Content(problems) => {
                terminal.problems(problems);
                continue;
            }
            other => other.to_string(),
        };
        terminal.error(&error, None);
    }
    let elapsed = started.elapsed().as_secs_f64();
    let rate = format!("{:.1}", summary.done as f64 / elapsed.max(0.001));
    let (done, pages) = (counts::editions(summary.done), counts::pages(summary.pages));
    let elapsed = format!("{elapsed:.1}");
    let manifest = manifest.display();
    terminal.line(&say!(
        "{done}, {pages}, {elapsed} s ({rate} a second); see `{manifest}`",
        done,
        pages,
        elapsed,
        rate,
        manifest
    ));
    if summary.passed > 0 {
        terminal.line(&say!(
            "passed over, as they were done: {editions}",
            editions = counts::editions(summary.passed)
        ));
    }
    if !summary.failed.is_empty() {
        let names: Vec<&str> = summary.failed.iter().map(|failure| &*failure.name).collect();
        terminal.line(&say!("not made: `{names}`", names = names.join("`, `")));
    }
}

fn merged(manifests: &[PathBuf], terminal: &Terminal) -> Result<ExitCode, Failure> {
    let merged = merge(manifests)?;
    stdout::print(&merged.lines())?;
    merged.faults.iter().for_each(|fault| terminal.error(fault, None));
    Ok(ExitCode::from(u8::from(!merged.faults.is_empty())))
}

fn verified(manifests: &[PathBuf], terminal: &Terminal) -> Result<ExitCode, Failure> {
    let merged = merge(manifests)?;
    let faults = terminal.busy(say!("checking"), || verify(&merged));
    faults.iter().for_each(|fault| terminal.error(fault, None));
    let editions = counts::editions(merged.entries.len());
    terminal.line(&match faults.is_empty() {
        true => say!("{editions} are as they were made", editions),
        false => say!("{faults} in {editions}", faults = counts::errors(faults.len()), editions),
    });
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}

impl From<ShardError> for Failure {
    fn from(error: ShardError) -> Self {
        Self::Unknown(error.to_string(), error.hint())
    }
}

impl From<TargetError> for Failure {
    fn from(error: TargetError) -> Self {
        Self::Unknown(error.to_string(), error.hint())
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Io(path, source) => Self::machine(say!("cannot write"), path)(source),
            other => Self::Unknown(other.to_string(), other.hint()),
        }
    }
}
