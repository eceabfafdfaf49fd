//! The pass over a page's marks: each is passed to the rules, then painted into the plates.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hayro_interpret::InterpreterCache;
use hayro_syntax::object::{Dict, Object};
use kurbo::Rect;

use super::file::{File, Sheet};
use super::finding::{At, Findings};
use super::ink::{PageInk, Plates};
use super::intent::Intent;
use super::margins::{self, Doubt};
use super::page::{self, Budget, Kind, Mark, Sink, Space};
use super::seen::Seen;
use super::{STACK, colour, images, rules, typeset};
use l10n::say;

/// The work allowed, and the work done; see [`Budget`].
#[derive(Debug, Clone, Copy)]
struct Work {
    /// The work on the content of pages.
    walking: usize,
    /// The number of pixels painted.
    painting: usize,
}

/// The limit of a page.
const PAGE: Work = Work { walking: 60_000_000, painting: 600_000_000 };
/// The limit of a whole file.
const FILE: Work = Work { walking: 2_000_000_000, painting: 12_000_000_000 };

/// Inspects all pages, several at a time; returns their inks.
///
/// A file's limit holds in the order of pages: whether a page is inspected depends on what the
/// pages before it cost, never on which of them was ready first.
pub(super) fn check(file: &File, intent: Intent, findings: &mut Findings) -> Vec<PageInk> {
    let profile = findings.profile;
    let (next, done) = (AtomicUsize::new(0), Mutex::new(vec![None; file.pages.len()]));
    let work = || {
        // Fonts are read once a thread: the cache cannot be shared.
        let cache = InterpreterCache::new();
        let mut inspected = vec![];
        let mut used = None;
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(sheet) = file.pages.get(index) else { break };
            if beyond(&lock(&done)[..index]) {
                break;
            }
            let mut findings = Findings::new(profile);
            let (ink, work) = inspect(file, sheet, intent, &cache, &mut used, &mut findings);
            lock(&done)[index] = Some(work);
            inspected.push((index, findings, ink));
        }
        inspected
    };
    let mut inspected = in_threads(rayon::current_num_threads().min(file.pages.len()), work);
    inspected.sort_by_key(|&(index, ..)| index);
    let mut inspected = inspected.into_iter();
    let done = lock(&done);
    let mut inks = vec![];
    for (index, sheet) in file.pages.iter().enumerate() {
        if beyond(&done[..index]) {
            let message =
                say!("the file exceeds the processing limit: its later pages were not checked");
            findings.report(
                &rules::WORK,
                At::page(sheet.number),
                message,
                say!("check it in parts"),
            );
            break;
        }
        let Some((_, found, ink)) = inspected.next() else { break };
        findings.absorb(found);
        inks.push(ink);
    }
    inks
}

/// Returns whether the pages done so far have used up the budget for any further page.
fn beyond(pages: &[Option<Work>]) -> bool {
    let done = || pages.iter().flatten();
    done().map(|work| work.walking).sum::<usize>() >= FILE.walking
        || done().map(|work| work.painting).sum::<usize>() >= FILE.painting
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `work` on `count` threads, including this one, and collects the results.
fn in_threads<T: Send>(count: usize, work: impl Fn() -> Vec<T> + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let spawn = |_| {
            let thread = std::thread::Builder::new().name("preflight".into()).stack_size(STACK);
            thread.spawn_scoped(scope, &work).ok()
        };
        let others: Vec<_> = (1..count).filter_map(spawn).collect();
        let mut all = work();
        for thread in others {
            all.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    })
}

fn inspect<'a>(
    file: &File<'a>,
    sheet: &Sheet<'a>,
    intent: Intent,
    cache: &InterpreterCache<'a>,
    used: &mut Option<Plates>,
    findings: &mut Findings,
) -> (PageInk, Work) {
    let mut walking = Budget(PAGE.walking);
    let mut inspector = Inspector {
        sheet,
        intent,
        findings,
        plates: Plates::new(sheet.bled(), used.take()),
        painting: Budget(PAGE.painting),
        masking: 0,
        painted: false,
        exhausted: false,
        doubts: vec![],
    };
    // The plates themselves, and the search on them.
    inspector.painting.spend(inspector.plates.size() * 4);
    let group = sheet.page.raw().get::<Dict<'_>>("Group");
    if let Some(space) = group.and_then(|group| group.get::<Object<'_>>("CS")) {
        let space = Space::read(&space, sheet.page.resources());
        inspector.group(Some(&space), sheet.trimmed());
    }
    page::walk(sheet.page, sheet.media, file.pdf.xref(), cache, &mut inspector, &mut walking);
    if inspector.painting.0 == 0 {
        inspector.exhausted();
    }
    let work =
        Work { walking: PAGE.walking - walking.0, painting: PAGE.painting - inspector.painting.0 };
    let (ink, plates) = inspector.finish();
    *used = Some(plates);
    (ink, work)
}

struct Inspector<'s, 'f, 'p> {
    sheet: &'s Sheet<'s>,
    intent: Intent,
    findings: &'f mut Findings<'p>,
    plates: Plates,
    painting: Budget,
    /// The nesting depth of soft masks around the content.
    masking: usize,
    painted: bool,
    exhausted: bool,
    /// Possible violations to be decided on the finished plates.
    doubts: Vec<Doubt>,
}

impl Inspector<'_, '_, '_> {
    fn finish(self) -> (PageInk, Plates) {
        let at = At::page(self.sheet.number);
        if !self.painted {
            self.findings.report(
                &rules::EMPTY_PAGE,
                at,
                say!("the page is empty"),
                say!("remove the page, or tell the printing house that it is intentional"),
            );
        }
        for doubt in self.doubts {
            if doubt.paper.is_none_or(|region| self.plates.has_paper(region)) {
                self.findings.report(doubt.rule, doubt.at, doubt.message, doubt.hint);
            }
        }
        let side = self.findings.profile.limit(&rules::INK_SQUARE);
        let (ink, place) = self.plates.measure(self.sheet.number, self.sheet.trimmed(), side);
        let limit = self.findings.profile.limit(&rules::INK_PERCENT);
        if ink.worst > limit {
            let message = say!(
                "total ink is {worst} % over a square of {side} mm, above the limit of {limit} %",
                worst = format!("{:.0}", ink.worst),
                side,
                limit
            );
            self.findings.report(
                &rules::INK,
                self.sheet.at(place),
                message,
                say!("use less ink: separate pictures for this paper, lighten dark colours"),
            );
        }
        (ink, self.plates)
    }
}

impl Sink for Inspector<'_, '_, '_> {
    fn mark(&mut self, mark: &Mark) {
        let shape = self.plates.coverage(mark, &mut self.painting);
        if self.masking == 0 {
            let sheet = self.sheet;
            let over_colour = mark.paint.flat().is_some_and(|inks| inks.is_black(0.85))
                && self.plates.has_colour_under(&shape);
            let seen = Seen { sheet, mark, over_colour };
            colour::mark(&seen, self.intent, self.findings);
            typeset::font(&seen, self.findings);
            // Marks of the printer stand outside, and have rules of their own.
            let inside = |area: Rect| mark.bounds.overlaps(area);
            if inside(sheet.bled()) {
                images::mark(&seen, self.findings);
                typeset::mark(&seen, self.findings);
            }
            if inside(sheet.trimmed()) {
                self.doubts.extend(margins::mark(&seen, self.findings));
                let white = mark.paint.flat().is_some_and(|inks| inks.is_white());
                self.painted |= !white || matches!(mark.kind, Kind::Image { .. });
            }
        }
        self.plates.paint(mark, &shape, &mut self.painting);
    }

    fn group(&mut self, space: Option<&Space>, place: Rect) {
        colour::group(space, self.masking > 0, self.sheet, place, self.findings);
    }

    fn begin_mask(&mut self) {
        self.masking += 1;
        self.plates.begin_mask();
    }

    fn end_mask(&mut self, lightness: bool) -> usize {
        self.masking -= 1;
        self.plates.end_mask(lightness)
    }

    fn missing(&mut self, kind: String, name: &str) {
        let message =
            say!("the page uses the {kind} `{name}`, which is missing or damaged", kind, name);
        self.findings.report(
            &rules::CONTENT,
            At::page(self.sheet.number),
            message,
            say!("export the file again: it is damaged"),
        );
    }

    fn exhausted(&mut self) {
        if !std::mem::replace(&mut self.exhausted, true) {
            let message =
                say!("the page content exceeds the processing limit and was not fully checked");
            self.findings.report(
                &rules::WORK,
                At::page(self.sheet.number),
                message,
                say!("simplify the page: something on it is nested or repeated too often"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_given_up_for_what_the_pages_before_it_cost() {
        let work = |walking, painting| Some(Work { walking, painting });
        let (dear, cheap) = (work(FILE.walking / 2, 0), work(1, 1));
        assert!(!beyond(&[dear, cheap]));
        assert!(!beyond(&[dear, None]), "one that is not done says nothing yet");
        assert!(beyond(&[dear, cheap, dear]));
        assert!(beyond(&[work(0, FILE.painting)]));
    }

    #[test]
    fn a_panic_in_a_thread_is_passed_on() {
        let started = AtomicUsize::new(0);
        let work = || match started.fetch_add(1, Ordering::Relaxed) {
            0 => vec![()],
            _ => std::panic::resume_unwind(Box::new("stopped")),
        };
        assert!(std::panic::catch_unwind(|| in_threads(2, work)).is_err());
        started.store(0, Ordering::Relaxed);
        assert_eq!(in_threads(1, work).len(), 1);
    }
}
