//! `watch`: the report again after each change, in one warm process.

use std::time::Instant;

use trendpress::error::Error;
use trendpress::output::Request;
use trendpress::session::Session;
use trendpress::watch::Watcher;
use trendpress::world::FONTS;

use crate::args::RenderArgs;
use crate::render::{check, report, set_jobs, summary};
use crate::table;
use crate::terminal::Terminal;

pub fn run(args: &RenderArgs, terminal: &Terminal) -> Result<(), Error> {
    let request = args.request()?;
    check(args, &request)?;
    set_jobs(args);
    let mut watcher = Watcher::new(&args.project.project)?;
    let mut session = args.open();
    loop {
        let started = Instant::now();
        match &mut session {
            Ok(session) => once(session, args, &request, terminal, started),
            Err(error) => terminal.failure(error),
        }
        let changes = watcher.wait(None)?;
        // Fonts are read when a session opens: it opens again when they change, or when one was broken.
        if changes.touch(FONTS) || session.is_err() {
            session = args.open();
        }
    }
}

fn once(session: &mut Session, args: &RenderArgs, request: &Request, terminal: &Terminal, started: Instant) {
    let done = session.compile().and_then(|edition| {
        let written = session.write(&edition, request)?;
        report(args, &edition.layout)?;
        Ok((edition, written))
    });
    match done {
        Ok((edition, written)) => {
            terminal.problems(&edition.warnings);
            terminal.problems(&written.warnings);
            if args.verbose {
                terminal.line(&table::of(&edition.layout));
            }
            terminal.line(&summary(&written, started));
        }
        Err(error) => terminal.failure(&error),
    }
}
