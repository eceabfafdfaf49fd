//! `preview`: the report in the browser, and again after each change, in one warm process.

use std::process::ExitCode;
use std::time::Instant;

use source::Severity;
use trendpress::setting::fit::Mode;
use trendpress::{Edition, Error, Job};
use trendpress::preview::editor::Editor;
use trendpress::preview::{Options, Server};
use trendpress::Session;
use trendpress::session::watch::Watcher;
use l10n::{counts, say};
use trendpress::setting::world::FONTS;

use crate::failure::Failure;
use crate::options::{ProjectArgs, fit_mode};
use crate::terminal::Terminal;

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

pub fn run(args: &PreviewArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let editor = match &args.editor {
        Some(command) => Some(Editor::named(command)?),
        None => Editor::of_machine(),
    };
    let mut watcher = Watcher::new(&args.project.project)?;
    let server = Server::start(Options {
        project: args.project.project.clone(),
        port: args.port,
        editor,
        fit: args.fit,
        system_fonts: args.project.system_fonts,
    })?;
    println!("{}", server.address());
    if args.open && opener::open_browser(server.address()).is_err() {
        terminal.line(&say!("warning: no browser was found: open the address in one"));
    }
    let mut session: Option<Session> = None;
    loop {
        let started = Instant::now();
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

/// One line of what is shown; what is wrong stands in the page.
fn said(outcome: &Result<Edition, Error>, started: Instant) -> String {
    match outcome {
        Ok(edition) => {
            let pages = counts::pages(edition.document.pages().len());
            let warnings = counts::warnings(edition.warnings.len());
            let elapsed = format!("{:.4}", started.elapsed().as_secs_f64());
            say!("{pages}, {warnings}, {elapsed} s", pages, warnings, elapsed)
        }
        Err(Error::Content(problems)) => {
            let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
            let first = errors.first().map_or(String::new(), |first| {
                let place = first.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
                format!("{place}{}", first.message)
            });
            match errors.len() {
                0 | 1 => say!("error: {first}; the last good pages stay", first),
                all => say!("error: {first}, and {more} more; the last good pages stay", first, more = all - 1),
            }
        }
        Err(error) => say!("error: {message}", message = error),
    }
}
