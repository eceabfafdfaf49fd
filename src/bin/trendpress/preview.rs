//! `preview`: the report in the browser, and again after each change, in one warm process.

use std::time::Instant;

use trendpress::diagnostic::Severity;
use trendpress::error::Error;
use trendpress::pipeline::Edition;
use trendpress::preview::editor::Editor;
use trendpress::preview::{Options, Server};
use trendpress::session::Session;
use trendpress::watch::Watcher;
use trendpress::words::{counts, say};
use trendpress::world::FONTS;

use crate::args::PreviewArgs;
use crate::terminal::Terminal;

pub fn run(args: &PreviewArgs, terminal: &Terminal) -> Result<(), Error> {
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
    let mut session = None;
    loop {
        let started = Instant::now();
        let outcome = open(&mut session, args).and_then(|session| session.compile());
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

/// The project, opened where it is not: its fonts changed, or one was broken.
fn open<'s>(session: &'s mut Option<Session>, args: &PreviewArgs) -> Result<&'s mut Session, Error> {
    match session {
        Some(session) => Ok(session),
        none => Ok(none.insert(args.open()?)),
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
