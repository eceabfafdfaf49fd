//! `watch`: the report again after each change, in one warm process.

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use trendpress::error::Error;
use trendpress::output::Request;
use trendpress::session::Session;
use trendpress::world::FONTS;
use typst_kit::watcher::Watcher;

use crate::args::RenderArgs;
use crate::render::{check, report, set_jobs, summary};
use crate::table;
use crate::terminal::Terminal;

pub fn run(args: &RenderArgs, terminal: &Terminal) -> Result<(), Error> {
    let request = args.request()?;
    check(args, &request)?;
    set_jobs(args);
    let failed = |text: String| Error::Machine {
        action: "cannot watch",
        path: args.project.project.clone(),
        source: std::io::Error::other(text),
    };
    let mut watcher = Watcher::new(Some(request.path.clone())).map_err(|error| failed(error.to_string()))?;
    let open = || args.open();
    let fonts = args.project.project.join(FONTS);
    let mut stamp = stamp_of(&fonts);
    let mut session = open();
    loop {
        // Before the files are read: what changes while pages are made is not missed.
        let mut watched = vec![];
        for name in trendpress::session::SOURCE_FOLDERS {
            collect(&args.project.project.join(name), &mut watched);
        }
        watcher.update(watched).map_err(|error| failed(error.to_string()))?;
        let started = Instant::now();
        // Fonts are read when a session opens: it opens again when they change, or when one was broken.
        let now = stamp_of(&fonts);
        if now != stamp || session.is_err() {
            stamp = now;
            session = open();
        }
        match &mut session {
            Ok(session) => once(session, args, &request, terminal, started),
            Err(error) => terminal.failure(error),
        }
        watcher.wait().map_err(|error| failed(error.to_string()))?;
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

/// A folder and everything below it: folders tell of new files, files of new text.
fn collect(path: &Path, out: &mut Vec<PathBuf>) {
    out.push(path.to_owned());
    for entry in std::fs::read_dir(path).into_iter().flatten().filter_map(Result::ok) {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&entry.path(), out);
        } else {
            out.push(entry.path());
        }
    }
}

fn stamp_of(folder: &Path) -> Vec<(PathBuf, Option<SystemTime>)> {
    let mut files = vec![];
    collect(folder, &mut files);
    files.sort();
    files.into_iter().map(|file| (file.clone(), file.metadata().and_then(|data| data.modified()).ok())).collect()
}
