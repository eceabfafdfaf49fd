//! `preview`: shows the report in the browser, and again after each change, in one warm process.

use std::process::ExitCode;
use std::time::Instant;

use l10n::{counts, say};
use source::Severity;
use trendpress::Session;
use trendpress::preview::editor::Editor;
use trendpress::preview::{PreviewOptions, Server};
use trendpress::session::watch::Watcher;
use trendpress::setting::fit::Mode;
use trendpress::setting::world::FONTS;
use trendpress::{Edition, Error, Job};

use crate::failure::Failure;
use crate::options::{ProjectArgs, SetArgs, fit_mode};
use crate::resume::Resume;
use crate::stdout;
use crate::terminal::Terminal;

/// Arguments of `preview`.
#[derive(Debug, clap::Args)]
pub(crate) struct PreviewArgs {
    #[command(flatten)]
    pub project: ProjectArgs,
    #[command(flatten)]
    pub values: SetArgs,
    /// How parts are fitted to their page budgets; see `render`
    #[arg(long, value_name = "MODE", default_value = "loose", value_parser = fit_mode())]
    pub fit: Mode,
    /// Port; defaults to any free port
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Editor that opens a line: its name, or a command with `{file}`, `{line}` and `{column}`;
    /// defaults to `VISUAL` or `EDITOR`, or to an installed editor
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
}

impl PreviewArgs {
    /// Opens the project with these options.
    pub(crate) fn open(&self) -> Result<Session, Error> {
        let mut session = self.project.open()?;
        session.set(self.values.set.clone());
        session.use_examples();
        session.set_job(Job { fit: self.fit, ..Job::default() });
        Ok(session)
    }
}

pub(crate) fn run(args: &PreviewArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    crate::render::set_threads(None);
    let editor = match &args.editor {
        Some(command) => Some(Editor::named(command)?),
        None => Editor::of_machine(),
    };
    let mut watcher = Watcher::new(&args.project.project)?;
    let resume = Resume::here();
    let server = Server::start(PreviewOptions {
        project: args.project.project.clone(),
        port: args.port,
        address: resume.address(),
        editor,
        fit: args.fit,
        system_fonts: args.project.system_fonts,
    })?;
    if resume.serves(server.address()) {
        stdout::line(server.address())?;
        let opened = || opener::open_browser(server.ticket().ok()?).ok();
        if args.open && opened().is_none() {
            terminal.line(&say!("warning: no browser was found; open the address yourself"));
        }
    }
    let mut session: Option<Session> = None;
    // What ended the process before this one stays on the page until something changes.
    if let Some(end) = resume.ended() {
        server.show(Err(Error::Content(vec![end.told(&args.project.project)])));
        if resume.is_same(&watcher) {
            watcher.wait(None)?;
        }
    }
    loop {
        let started = Instant::now();
        resume.begins(&watcher);
        let outcome = match &mut session {
            Some(session) => session.compile(),
            none => args.open().and_then(|opened| none.insert(opened).compile()),
        };
        // The page first: it is what one looks at.
        let line = said(&outcome, started);
        server.show(outcome);
        terminal.line(&line);
        // What a copy desk would say can come a moment later.
        if let Some(session) = &mut session {
            server.tell(&session.check().list);
        }
        // Fonts are read when a session opens.
        if watcher.wait(None)?.touch(FONTS) {
            session = None;
        }
    }
}

/// Summarises the outcome in one line; the page itself shows the problems.
fn said(outcome: &Result<Edition, Error>, started: Instant) -> String {
    match outcome {
        Ok(edition) => {
            let pages = counts::pages(edition.document.pages().len());
            let warnings = counts::warnings(edition.warnings.len());
            let elapsed = format!("{:.4}", started.elapsed().as_secs_f64());
            say!("{pages}, {warnings}, {elapsed} s", pages, warnings, elapsed)
        }
        Err(Error::Content(problems)) => {
            let errors: Vec<_> =
                problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
            let first = errors.first().map_or(String::new(), |first| {
                let place =
                    first.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
                format!("{place}{}", first.message)
            });
            match errors.len() {
                0 | 1 => say!("error: {first}; the last good pages stay", first),
                all => say!(
                    "error: {first}, and {more} more; the last good pages stay",
                    first,
                    more = all - 1
                ),
            }
        }
        Err(error) => say!("error: {message}", message = error),
    }
}
