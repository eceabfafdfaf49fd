//! `render`: the report, once.

use std::time::Instant;

use trendpress::error::Error;
use trendpress::output::{self, Written};
use trendpress::session::Session;

use crate::args::RenderArgs;
use crate::terminal::{Terminal, size};

pub fn run(args: &RenderArgs, terminal: &Terminal) -> Result<(), Error> {
    let started = Instant::now();
    let request = args.request()?;
    output::check(&request.path)?;
    set_jobs(args);
    let (edition, written, session) = terminal.busy("making the report", || {
        let mut session = Session::open(&args.project.project, args.project.system_fonts)?;
        let edition = session.compile()?;
        let written = session.write(&edition, &request)?;
        Ok::<_, Error>((edition, written, session))
    })?;
    terminal.problems(&edition.warnings);
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

/// One line: file, pages, size, time.
pub fn summary(written: &Written, started: Instant) -> String {
    let names = match &written.files[..] {
        [one] => one.display().to_string(),
        [first, .., last] => format!("{} … {}", first.display(), last.display()),
        [] => String::new(),
    };
    let pages = if written.pages == 1 { "1 page".into() } else { format!("{} pages", written.pages) };
    format!("{names}: {pages}, {}, {:.2} s", size(written.bytes), started.elapsed().as_secs_f64())
}
