//! `render`: the report, once.

use std::time::Instant;

use trendpress::error::Error;
use trendpress::layout::Layout;
use trendpress::output::{self, Request, Written};
use trendpress::words::{counts, say};

use crate::args::RenderArgs;
use crate::spinner::Spinner;
use crate::table;
use crate::terminal::{Terminal, size};

pub fn run(args: &RenderArgs, terminal: &Terminal) -> Result<(), Error> {
    let started = Instant::now();
    let request = args.request()?;
    check(args, &request)?;
    set_jobs(args);
    let spinner = Spinner::start(say!("reading the fonts"));
    let mut session = args.open()?;
    session.set_progress(spinner.steps());
    let (edition, written) = session.render(&request)?;
    report(args, &edition.layout)?;
    drop(spinner);
    terminal.problems(&edition.warnings);
    terminal.problems(&written.warnings);
    if args.verbose {
        terminal.line(&table::of(&edition.layout));
    }
    terminal.line(&summary(&written, started));
    // The process ends here: taking a large world apart would be work for nothing.
    std::mem::forget((edition, session));
    Ok(())
}

/// The number of threads is the process's, so it is set before the first page.
pub fn set_jobs(args: &RenderArgs) {
    if let Some(jobs) = args.jobs {
        // Fails only where threads are set already, which nothing here does.
        _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
}

/// Whether all that is wanted can be written.
pub fn check(args: &RenderArgs, request: &Request) -> Result<(), Error> {
    output::check(&request.path)?;
    args.report.iter().try_for_each(|path| output::check_folder(path))
}

/// Writes how each part was set, where that is wanted.
pub fn report(args: &RenderArgs, layout: &Layout) -> Result<(), Error> {
    match &args.report {
        Some(path) => output::replace(&[(path.clone(), layout.to_json().into_bytes())]),
        None => Ok(()),
    }
}

/// One line: file, pages, size, time.
pub fn summary(written: &Written, started: Instant) -> String {
    let names = match &written.files[..] {
        [one] => one.display().to_string(),
        [first, .., last] => format!("{} … {}", first.display(), last.display()),
        [] => String::new(),
    };
    let (pages, size) = (counts::pages(written.pages), size(written.bytes));
    let elapsed = format!("{:.2}", started.elapsed().as_secs_f64());
    say!("{names}: {pages}, {size}, {elapsed} s", names, pages, size, elapsed)
}
