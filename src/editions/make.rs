//! Editions made by several threads, each with a session that stays warm.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use editions::{Entry, Hash, Hasher, Journal, JournalError, Made, Output};
use l10n::say;
use source::Diagnostic;

use super::{Kind, Order, Planned, doors, folder_of, sources};
use crate::error::Error;
use crate::output::Outputs;
use crate::progress;
use crate::reading::model::OutputProfile;
use crate::session::Session;
use crate::setting::{Edition, Job};
use crate::writing::page_range::Pages;
use crate::writing::{self, Files, Request};

/// What is told while editions are made.
#[derive(Debug)]
pub enum Told<'a> {
    /// One is done already.
    Passed(&'a Planned),
    /// One is done now, with so many pages.
    Done(&'a Planned, usize),
    /// One cannot be made.
    Failed(&'a Planned),
}

/// An edition that cannot be made, and why.
#[derive(Debug)]
pub struct Failure {
    /// Its position in the table, from 1.
    pub row: usize,
    /// Its name.
    pub name: String,
    /// The reasons.
    pub error: Error,
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many were made.
    pub done: usize,
    /// How many were done already.
    pub passed: usize,
    /// How many pages were made.
    pub pages: usize,
    /// Those that cannot be made, in the order of the table.
    pub failed: Vec<Failure>,
}

/// The stack of each thread, in bytes, as any report may need it; only what is used is memory.
const STACK: usize = 256 << 20;

/// The part of a run that threads share.
struct Run<'a> {
    order: &'a Order,
    hasher: Hasher,
    doors: Outputs,
    journal: Mutex<&'a mut Journal>,
    summary: Mutex<Summary>,
    /// What stops the run: the journal cannot be written.
    stopped: Mutex<Option<JournalError>>,
    stop: AtomicBool,
    told: &'a (dyn Fn(Told) + Sync),
}

/// Makes editions, with so many threads; those that the journal has with the same inputs are passed
/// over.
pub fn make(
    order: &Order,
    planned: &[Planned],
    journal: &mut Journal,
    jobs: usize,
    session: &Session,
    told: &(dyn Fn(Told) + Sync),
) -> Result<Summary, JournalError> {
    let run = Run {
        order,
        hasher: sources::hash(order),
        doors: doors(order),
        journal: Mutex::new(journal),
        summary: Mutex::default(),
        stopped: Mutex::default(),
        stop: AtomicBool::new(false),
        told,
    };
    let is_alone = |edition: &&Planned| order.ended.alone.contains(&edition.row);
    let (alone, together): (Vec<&Planned>, Vec<_>) = planned.iter().partition(is_alone);
    run.all(&together, jobs, session);
    run.all(&alone, 1, session);
    if let Some(error) = locked(&run.stopped).take() {
        return Err(error);
    }
    let mut summary = std::mem::take(&mut *locked(&run.summary));
    summary.failed.sort_by_key(|failure| failure.row);
    Ok(summary)
}

impl Run<'_> {
    /// Makes editions with so many threads.
    fn all(&self, editions: &[&Planned], jobs: usize, session: &Session) {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut maker = Maker { run: self, warm: vec![], first: session };
            while !self.stop.load(Ordering::Relaxed) {
                let Some(edition) = editions.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                progress::makes(edition.row);
                maker.take(edition);
                progress::made(edition.row);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..jobs.min(editions.len()) {
                let thread = std::thread::Builder::new().stack_size(STACK);
                if thread.spawn_scoped(scope, work).is_err() {
                    // With no thread left, what others leave is made here.
                    work();
                }
            }
        });
    }
}

/// Locks what threads share. Nothing that they do to it can be half done.
fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread's own part: a session for each profile, which stay warm.
struct Maker<'r, 'a> {
    run: &'r Run<'a>,
    warm: Vec<(OutputProfile, Session)>,
    first: &'r Session,
}

impl Maker<'_, '_> {
    fn take(&mut self, edition: &Planned) {
        let run = self.run;
        let inputs = sources::of(edition, run.hasher.clone());
        let is_done = {
            let journal = locked(&run.journal);
            journal.has(&edition.name, &inputs)
        };
        if is_done {
            locked(&run.summary).passed += 1;
            (run.told)(Told::Passed(edition));
            return;
        }
        let started = Instant::now();
        let made = match run.order.ended.why(edition) {
            Some(why) => Err(Error::Content(vec![why])),
            None => self.make(edition),
        };
        let entry = Entry {
            row: edition.row,
            edition: edition.name.clone(),
            inputs,
            seconds: (started.elapsed().as_secs_f64() * 1e3).round() / 1e3,
            made: match &made {
                Ok(made) => made.clone(),
                Err(error) => Made::Failed { errors: messages(error) },
            },
        };
        let added = {
            let mut journal = locked(&run.journal);
            journal.add(entry)
        };
        if let Err(error) = added {
            run.stop.store(true, Ordering::Relaxed);
            *locked(&run.stopped) = Some(error);
            return;
        }
        let mut summary = locked(&run.summary);
        match made {
            Ok(made) => {
                let pages = match made {
                    Made::Done { pages, .. } => pages,
                    Made::Failed { .. } => 0,
                };
                summary.done += 1;
                summary.pages += pages;
                drop(summary);
                (run.told)(Told::Done(edition, pages));
            }
            Err(error) => {
                let (row, name) = (edition.row, edition.name.clone());
                summary.failed.push(Failure { row, name, error });
                drop(summary);
                (run.told)(Told::Failed(edition));
            }
        }
    }

    /// Makes all outputs of an edition; none is put in its place before all are whole.
    fn make(&mut self, edition: &Planned) -> Result<Made, Error> {
        let mut written: Vec<(PathBuf, Vec<u8>)> = vec![];
        let (mut pages, mut findings) = (0, 0);
        let own = self.run.order.job.output.profile;
        for profile in [own, OutputProfile::Press] {
            let of_profile = |kind: Kind| match kind {
                Kind::Report | Kind::Cover => own,
                Kind::Press => OutputProfile::Press,
            };
            let wanted: Vec<_> =
                edition.outputs.iter().filter(|(kind, _)| of_profile(*kind) == profile).collect();
            if wanted.is_empty() || !written.is_empty() && profile == own {
                continue;
            }
            let session = self.session(profile);
            session.set(edition.given.clone());
            let made = session.compile()?;
            findings += made.warnings.len();
            for (kind, path) in wanted {
                let Files { files, warnings, .. } = output(&made, *kind, path)?;
                findings += warnings.len();
                written.extend(files);
            }
            pages = pages.max(made.document.pages().len());
        }
        for (path, _) in &written {
            let folder = folder_of(path);
            fs::create_dir_all(folder).map_err(Error::machine(say!("cannot create"), folder))?;
        }
        self.run.doors.write(&written, &[])?;
        let outputs = written
            .into_iter()
            .map(|(path, bytes)| Output {
                path,
                bytes: bytes.len() as u64,
                sha256: Hash::of(&bytes),
            })
            .collect();
        Ok(Made::Done { outputs, pages, findings })
    }

    fn session(&mut self, profile: OutputProfile) -> &mut Session {
        let at = match self.warm.iter().position(|(known, _)| *known == profile) {
            Some(at) => at,
            None => {
                let mut session = self.first.beside();
                let mut job: Job = self.run.order.job.clone();
                job.output.profile = profile;
                session.set_job(job);
                self.warm.push((profile, session));
                self.warm.len() - 1
            }
        };
        &mut self.warm[at].1
    }
}

/// The files of one output.
fn output(edition: &Edition, kind: Kind, path: &Path) -> Result<Files, Error> {
    let mut request = Request::to(path);
    if kind == Kind::Cover {
        request.pages = Some("1".parse::<Pages>()?);
    }
    let mut made = writing::make(edition, &request, &|_| {})?;
    if kind == Kind::Cover
        && let [(own, _)] = &mut made.files[..]
    {
        // One page is one file, without its number.
        *own = path.to_owned();
    }
    Ok(made)
}

/// What stands in the journal of an edition that cannot be made.
fn messages(error: &Error) -> Vec<String> {
    let line = |problem: &Diagnostic| match &problem.place {
        Some(place) => format!("{place}: {}", problem.message),
        None => problem.message.clone(),
    };
    match error {
        Error::Content(problems) => {
            let errors = problems.iter().filter(|found| found.severity == source::Severity::Error);
            errors.map(line).collect()
        }
        other => vec![other.to_string()],
    }
}
