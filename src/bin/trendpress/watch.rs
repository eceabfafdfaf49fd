//! `watch`: makes the report again after each change, in one warm process.

use std::process::ExitCode;
use std::time::Instant;

use l10n::{counts, say};
use source::Severity;
use trendpress::Request;
use trendpress::session::watch::Watcher;
use trendpress::setting::fingerprint;
use trendpress::setting::world::FONTS;
use trendpress::{Error, Session};

use crate::failure::Failure;
use crate::render::RenderArgs;
use crate::render::{check, gone, report, set_threads, summary};
use crate::resume::Resume;
use crate::status::Status;
use crate::table;
use crate::terminal::Terminal;

pub(crate) fn run(args: &RenderArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let request = args.request()?;
    check(args, &request)?;
    set_threads(args.jobs);
    let mut watcher = Watcher::new(&args.project.project)?;
    let resume = Resume::here();
    // What ended the process before this one is told: it is made again when something changes.
    let broken = resume.ended().is_some();
    let mut waits = broken && resume.is_same(&watcher);
    let mut session = None;
    let mut state = State { status: Status::new(terminal), looks: None, broken };
    loop {
        let started = Instant::now();
        if !std::mem::take(&mut waits) {
            resume.begins(&watcher);
            match once(&mut session, args, &request, &mut state, started) {
                Ok(()) => state.broken = false,
                Err(error) => state.fail(error, &request),
            }
        }
        // Fonts are read when a session opens: it opens again when they change.
        if watcher.wait(None)?.touch(FONTS) {
            session = None;
        }
    }
}

/// State kept from one edition to the next.
struct State<'a> {
    status: Status<'a>,
    /// The page hashes of the last good edition.
    looks: Option<Vec<u64>>,
    broken: bool,
}

fn once(
    session: &mut Option<Session>,
    args: &RenderArgs,
    request: &Request,
    state: &mut State,
    started: Instant,
) -> Result<(), Failure> {
    let session = match session {
        Some(session) => session,
        none => {
            let mut opened = args.open()?;
            opened.use_examples();
            none.insert(opened)
        }
    };
    let mut edition = session.compile()?;
    let written = session.write_with(&edition, request, report(args, &edition.layout))?;
    if let Some(gone) = gone(&written) {
        state.status.above(|terminal| terminal.line(&gone));
    }
    let told = summary(&written, started);
    let looks = fingerprint::of(&edition.document);
    let changed = state.looks.as_ref().map(|before| said(&fingerprint::changed(before, &looks)));
    state.looks = Some(looks);
    edition.warnings.extend(written.warnings);
    state.status.problems(edition.warnings);
    if args.verbose {
        state.status.above(|terminal| terminal.line(&table::of(&edition.layout)));
    }
    let told = match changed {
        Some(changed) => say!("{told}, {changed}", told, changed),
        None => told,
    };
    state.status.say(if state.broken { say!("fixed: {told}", told) } else { told });
    Ok(())
}

impl State<'_> {
    /// Reports an error; the last good file stays.
    fn fail(&mut self, error: Failure, request: &Request) {
        let errors = match error {
            Failure::Report(Error::Content(problems)) => {
                let errors =
                    problems.iter().filter(|problem| problem.severity == Severity::Error).count();
                self.status.problems(problems);
                errors
            }
            other => {
                self.status.above(|terminal| terminal.failure(&other, None));
                1
            }
        };
        self.broken = true;
        let errors = counts::errors(errors);
        self.status.say(match self.looks {
            Some(_) => {
                say!(
                    "{errors}: nothing was written; the last good {path} stays",
                    errors,
                    path = request.path.display()
                )
            }
            None => say!("{errors}: nothing was written", errors),
        });
    }
}

/// Formats page numbers for a reader: `page 3 changed`, `pages 3, 8-11 changed`.
fn said(pages: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = vec![];
    for &page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => ranges.push((page, page)),
        }
    }
    let shown: Vec<_> = ranges
        .iter()
        .map(
            |&(first, last)| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            },
        )
        .collect();
    match pages.len() {
        0 => say!("no page changed"),
        1 => say!("page {shown} changed", shown = shown.join(", ")),
        _ => say!("pages {shown} changed", shown = shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn pages_in_a_row_are_a_range() {
        assert_eq!(said(&[]), "no page changed");
        assert_eq!(said(&[3]), "page 3 changed");
        assert_eq!(said(&[3, 8, 9, 10]), "pages 3, 8-10 changed");
    }
}
