//! `check`: reports problems in the content without making a file; `--fix` fixes what is beyond
//! doubt.

use clap::ValueEnum;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use l10n::{counts, say};
use similar::TextDiff;
use source::Severity;
use trendpress::Session;
use trendpress::checking::{Changes, FileChange, Findings};

use crate::failure::Failure;
use crate::options::{ProjectArgs, SetArgs};
use crate::stdout;
use crate::table;
use crate::terminal::{Terminal, printable};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub project: ProjectArgs,
    #[command(flatten)]
    pub values: SetArgs,
    /// Output format of the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: CheckFormat,
    /// Show safe fixes as a diff and apply them after confirmation
    #[arg(long, conflicts_with = "format")]
    pub fix: bool,
    /// Write without asking
    #[arg(long, short, requires = "fix")]
    pub yes: bool,
    /// Skip the checks that need finished pages
    #[arg(long)]
    pub no_layout: bool,
    /// Count the characters by part, and the findings about marks and words per ten thousand
    #[arg(long)]
    pub count: bool,
}

/// Output formats of `check`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Human-readable, with source lines
    Human,
    /// JSON
    Json,
    /// SARIF 2.1.0, with fixes
    Sarif,
    /// GitHub workflow commands
    Github,
}

/// Checks the project; the exit code is 1 if errors remain.
pub(crate) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    if args.count && matches!(args.format, CheckFormat::Sarif | CheckFormat::Github) {
        let message = say!("`--count` has no place in this format");
        return Err(Failure::Unknown(message, say!("use `--format json`, or leave it out")));
    }
    crate::render::set_threads(None);
    let mut session = args.project.open()?;
    session.set(args.values.set.clone());
    session.use_examples();
    let mut findings = check(args, &mut session, terminal);
    let mut mended = Mended { some: false, all: true };
    if args.fix {
        mended = mend(&session, args, &findings, terminal)?;
        if mended.some {
            findings = check(args, &mut session, terminal);
        }
    }
    let folder = prefix(args);
    match args.format {
        CheckFormat::Human => {
            terminal.problems(&findings.list);
            terminal.line(&summary(&findings));
            if let Some(count) = findings.count.as_ref().filter(|_| args.count) {
                stdout::line(&table::of_count(count))?;
            }
        }
        CheckFormat::Json => {
            let mut json = findings.json();
            if let Some(count) = findings.count.as_ref().filter(|_| args.count) {
                json["count"] = count.json();
            }
            stdout::line(&format!("{json:#}"))?
        }
        CheckFormat::Sarif => stdout::line(&format!("{:#}", findings.sarif(&folder)))?,
        CheckFormat::Github => stdout::print(&findings.github(&folder))?,
    }
    let code = ExitCode::from(match (mended.all, findings.passes()) {
        (false, _) => 3,
        (true, false) => 1,
        (true, true) => 0,
    });
    // The process ends here: taking a large world apart would be work for nothing.
    std::mem::forget(session);
    Ok(code)
}

fn check(args: &CheckArgs, session: &mut Session, terminal: &Terminal) -> Findings {
    terminal.busy(say!("checking"), || {
        if args.no_layout { session.check_content() } else { session.check() }
    })
}

/// Returns the path from here to the project's folder, with a trailing slash.
fn prefix(args: &CheckArgs) -> String {
    let path = args.project.project.to_string_lossy().replace('\\', "/");
    match path.trim_end_matches('/') {
        "." => String::new(),
        path => format!("{}/", path.strip_prefix("./").unwrap_or(path)),
    }
}

/// What became of the fixes.
struct Mended {
    /// Whether anything was written.
    some: bool,
    /// Whether all was done that was to be done.
    all: bool,
}

/// Shows the fixes and, if confirmed, applies them, file by file; names those that were fixed and
/// those that could not be.
fn mend(
    session: &Session,
    args: &CheckArgs,
    findings: &Findings,
    terminal: &Terminal,
) -> Result<Mended, Failure> {
    let Changes { files, refused } = Changes::of(session.root(), &findings.list);
    let mut out = Mended { some: false, all: refused.is_empty() };
    for error in refused {
        terminal.failure(&error.into(), None);
    }
    if files.is_empty() {
        terminal.line(&say!("there are no safe fixes"));
        return Ok(out);
    }
    for FileChange { name, before, after, .. } in &files {
        let diff = TextDiff::from_lines(before, after);
        stdout::print(&format!(
            "{}",
            diff.unified_diff()
                .context_radius(1)
                .header(&format!("a/{name}"), &format!("b/{name}"))
        ))?;
    }
    let count = counts::files(files.len());
    if !args.yes && !ask(&say!("change {files}? [y/N] ", files = count)) {
        terminal.hinted(&say!("nothing was written"), &say!("`--yes` writes without asking"));
        return Ok(out);
    }
    let mut written = 0;
    for change in &files {
        match change.write() {
            Ok(()) => {
                written += 1;
                terminal.line(&say!("fixed `{name}`", name = printable(&change.name)));
            }
            Err(error) => {
                out.all = false;
                terminal.failure(&error.into(), None);
            }
        }
    }
    out.some = written > 0;
    terminal.line(&say!("{files} changed", files = counts::files(written)));
    Ok(out)
}

/// Asks on a terminal; without one, the answer is no.
fn ask(question: &str) -> bool {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return false;
    }
    _ = write!(std::io::stderr(), "{question}");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok()
        && ["y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

/// Summarises in one line the number of findings and how many of them `--fix` can fix.
fn summary(findings: &Findings) -> String {
    let pages = findings.pages.map(counts::pages);
    if findings.list.is_empty() {
        return match pages {
            Some(pages) => say!("nothing found on {pages}", pages),
            None => say!("nothing found"),
        };
    }
    let errors = counts::errors(findings.count(Severity::Error));
    let warnings = counts::warnings(findings.count(Severity::Warning));
    let found = match pages {
        Some(pages) => say!("{errors}, {warnings} on {pages}", errors, warnings, pages),
        None => say!("{errors}, {warnings}", errors, warnings),
    };
    match findings.list.iter().filter(|finding| !finding.fix.is_empty()).count() {
        0 => found,
        fixable => say!("{found}; `--fix` can fix {fixable}", found, fixable),
    }
}
