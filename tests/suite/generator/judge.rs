//! Renders a report and says what is wrong with what comes of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use source::{Diagnostic, Problems, Rule, Severity};
use trendpress::setting::world::{Fonts, ReportWorld};
use trendpress::{Error, Job, Request, Session, rules, setting, writing};

use super::pages;
use super::text::Manuscript;
use crate::project::Project;

/// How long a report may take in a debug build: much longer than any does, for a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The program panics.
    Panic,
    /// It takes longer than the limit.
    Slow,
    /// It refuses what it documents as possible.
    Rejected,
    /// It refuses and names no line of the content.
    Nowhere,
    /// It refuses only because the template loses text or leaves pages blank.
    Refused,
    /// It refuses so, although each word stands where it must.
    InVain,
    /// A word of the content is on no page.
    Lost,
    /// A word is printed more often than it was written.
    Repeated,
    /// A word reaches beyond the page's edge.
    OffPage,
    /// Text stands on a page whose folio cannot be seen.
    NoFolio,
    /// A page is blank that nobody asked for.
    Blank,
    /// A footnote begins on another page than its mark.
    NoteElsewhere,
    /// Two words stand over each other.
    Overprint,
}

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub(super) struct Breach {
    pub(super) kind: Kind,
    pub(super) told: String,
}

impl Breach {
    pub(super) fn new(kind: Kind, told: String) -> Self {
        Self { kind, told }
    }
}

/// What came of a report.
pub(super) struct Verdict {
    pub(super) breaches: Vec<Breach>,
    pub(super) took: Duration,
}

impl Verdict {
    /// The kinds of what is wrong, each once.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let mut out: Vec<Kind> = self.breaches.iter().map(|breach| breach.kind).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Renders a report and judges it. One that takes too long is left behind in its thread.
pub(super) fn judge(manuscript: Manuscript, keep: Option<&Path>) -> Verdict {
    let started = Instant::now();
    let project = Project::empty();
    for (path, bytes) in &manuscript.files {
        project.write(path, bytes);
    }
    if let Some(keep) = keep {
        crate::project::copy(project.path(), keep);
    }
    let keep = keep.map(|keep| keep.join("report.pdf"));
    let (sender, receiver) = mpsc::channel();
    // As much stack as the main thread of the program has.
    let worker = thread::Builder::new().stack_size(8 << 20).spawn(move || {
        let judged =
            catch_unwind(AssertUnwindSafe(|| look(&project, &manuscript, keep.as_deref())));
        let breaches = judged.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?");
            vec![Breach::new(Kind::Panic, text.to_owned())]
        });
        // Nobody listens if it took too long.
        _ = sender.send(breaches);
    });
    worker.expect("a thread");
    let breaches = receiver
        .recv_timeout(LIMIT)
        .unwrap_or_else(|_| vec![Breach::new(Kind::Slow, format!("more than {LIMIT:?}"))]);
    Verdict { breaches, took: started.elapsed() }
}

fn look(project: &Project, manuscript: &Manuscript, keep: Option<&Path>) -> Vec<Breach> {
    let path = project.join("report.pdf");
    let read = |strict| {
        let bytes = std::fs::read(&path).expect("a report");
        if let Some(keep) = keep {
            std::fs::write(keep, &bytes).expect("a copy");
        }
        pages::judge(bytes, manuscript, strict)
    };
    let rendered = Session::open(project.path(), false)
        .and_then(|mut session| session.render(&Request::to(path.clone())));
    let mut out: Vec<_> = match rendered {
        Ok(_) => return read(false),
        Err(Error::Content(list)) => {
            // Words that no size makes fit are told with the width that they need.
            let is_told = |it: &&Diagnostic| it.rule().code == rules::WIDE_TABLE.code;
            let errors = list.iter().filter(|it| it.severity == Severity::Error);
            errors.filter(|it| !is_told(it)).map(refusal).collect()
        }
        Err(error) => return vec![Breach::new(Kind::Nowhere, error.to_string())],
    };
    // Its pages are looked at all the same: the refusal may be wrong.
    let refused = !out.is_empty() && out.iter().all(|breach| breach.kind == Kind::Refused);
    if refused && write_refused(project, &path).is_ok() {
        let bad = [
            Kind::Lost,
            Kind::OffPage,
            Kind::NoFolio,
            Kind::Blank,
            Kind::Overprint,
            Kind::NoteElsewhere,
        ];
        if !read(true).iter().any(|breach| bad.contains(&breach.kind)) {
            let told = out[0].told.clone();
            out.push(Breach::new(Kind::InVain, told));
        }
    }
    out
}

/// Writes a report whatever its pages lose.
fn write_refused(project: &Project, path: &Path) -> Result<(), Error> {
    let prepared = Session::open(project.path(), false)?.prepare()?;
    let folder = trendpress::reading::Project::new(project.path());
    let fonts = Arc::new(Fonts::of(project.path(), None, false)?);
    let world = ReportWorld::new(fonts, prepared.files, &prepared.main);
    let problems = &mut Problems::default();
    let (_, edition) = setting::lay_out(
        &folder,
        world,
        &prepared.report,
        &Job::default(),
        &mut setting::Memory::default(),
        problems,
    );
    match edition {
        Some(edition) => writing::write(&edition, &Request::to(path), &|_| {}).map(|_| ()),
        None => Err(Error::Content(std::mem::take(problems).sorted())),
    }
}

/// The rules by which a report is refused because of its pages.
const LOSSES: [&Rule; 5] = [
    &rules::LOST_CONTENT,
    &rules::BLANK_PAGE,
    &rules::OVERPRINT,
    &rules::OUT_OF_COLUMN,
    &rules::NOTE_ASTRAY,
];

fn refusal(error: &Diagnostic) -> Breach {
    let place = error.place.as_ref();
    let in_content = place.is_some_and(|place| {
        place.file.path.starts_with("content/") && !place.file.text.is_empty()
    });
    let lost = LOSSES.iter().any(|rule| rule.code == error.rule().code);
    let kind = match in_content {
        true if lost => Kind::Refused,
        true => Kind::Rejected,
        false => Kind::Nowhere,
    };
    let place = place.map_or("no place".to_owned(), |place| place.to_string());
    Breach::new(kind, format!("{place}: {}", error.message))
}
