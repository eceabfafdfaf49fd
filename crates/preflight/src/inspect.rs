//! The pass over a page's marks: each is passed to the rules, then painted into the plates.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hayro_interpret::InterpreterCache;
use hayro_syntax::object::{Dict, Object};
use kurbo::Rect;

use super::facts::{Held, Picture};
use super::file::{File, Sheet};
use super::finding::{At, Findings, Region};
use super::ink::{PageInk, Plates};
use super::intent::Intent;
use super::known::{Found, Known, Page};
use super::margins::{self, Doubt};
use super::page::{self, Bound, Budget, Fonts, Kind, Mark, Means, Shown, Sink, SoftMask, Space};
use super::same::{self, Same};
use super::seen::Seen;
use super::spots::Spots;
use super::{Facts, Profile, STACK, colour, images, rules, typeset};
use l10n::say;

/// The work allowed, and the work done; see [`Budget`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Work {
    /// The work on the content of pages.
    walking: usize,
    /// The number of pixels painted.
    painting: usize,
}

impl Work {
    fn times(self, effort: u32) -> Self {
        let times = |work: usize| work.saturating_mul(effort.max(1) as usize);
        Self { walking: times(self.walking), painting: times(self.painting) }
    }

    /// A share of the work, for a page after the file's limit.
    fn share(self, of: usize) -> Self {
        Self { walking: self.walking / of.max(1), painting: self.painting / of.max(1) }
    }
}

/// The limit of a page.
const PAGE: Work = Work { walking: 60_000_000, painting: 600_000_000 };
/// The limit of a whole file. Pages beyond it share a tenth of it.
const FILE: Work = Work { walking: 2_000_000_000, painting: 12_000_000_000 };
/// The bytes that a stream or a picture may unpack to.
const STREAM: usize = 320 << 20;

/// A page's findings and inks, and what they took.
struct Inspected<'p> {
    findings: Findings<'p>,
    ink: PageInk,
    work: Work,
    spots: Spots,
    held: Held,
    /// Whether it was inspected with all the work of a page.
    full: bool,
}

/// How pages are inspected.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    pub(super) intent: Intent,
    pub(super) effort: u32,
    /// Whether what pages look like is kept.
    pub(super) looks: bool,
}

/// Inspects all pages, several at a time; returns their inks.
///
/// A file's limit holds in the order of pages: how much work a page may take depends on what the
/// pages before it cost, never on which of them was ready first.
pub(super) fn check(
    file: &File,
    how: How,
    known: Option<&Known>,
    facts: &mut Facts,
    findings: &mut Findings,
) -> Vec<PageInk> {
    let effort = how.effort;
    let profile = findings.profile;
    let count = file.pages.len();
    let (page, all) = (PAGE.times(effort), FILE.times(effort));
    let small = all.share(10 * count);
    let small = Work {
        walking: small.walking.min(page.walking),
        painting: small.painting.min(page.painting),
    };
    let (next, done) = (AtomicUsize::new(0), Mutex::new(vec![None; count]));
    let known = known.map(|known| {
        let means = format!("{profile:?} {how:?}");
        (known, same::pages(file, &means))
    });
    let run = Run { file, profile, how, page, small, known };
    let work = || {
        // Fonts are read once a thread: the cache cannot be shared.
        let mut kept = OfThread::default();
        let mut inspected = vec![];
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            let full = !beyond(&lock(&done)[..index], all);
            let found = run.page(index, full, &mut kept);
            lock(&done)[index] = Some(found.work);
            inspected.push((index, found));
        }
        inspected
    };
    let mut inspected = in_threads(rayon::current_num_threads().min(count), work);
    inspected.sort_by_key(|&(index, ..)| index);
    let (mut inks, mut costs, mut spots) = (vec![], vec![], Spots::default());
    for (index, mut found) in inspected {
        let full = !beyond(&costs, all);
        if found.full != full {
            // A page before it took longer than this one, and so was not counted.
            found = run.page(index, full, &mut OfThread::default());
        }
        costs.push(Some(found.work));
        findings.absorb(found.findings);
        spots.add(found.spots);
        facts.add(found.held);
        inks.push(found.ink);
    }
    spots.check(findings);
    facts.sort();
    inks
}

/// Returns whether the pages done so far have used up the budget for any further page.
fn beyond(pages: &[Option<Work>], all: Work) -> bool {
    let done = || pages.iter().flatten();
    done().map(|work| work.walking).fold(0, usize::saturating_add) >= all.walking
        || done().map(|work| work.painting).fold(0, usize::saturating_add) >= all.painting
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

/// What all pages are inspected with.
struct Run<'a, 'f, 'p> {
    file: &'f File<'a>,
    profile: &'p Profile,
    how: How,
    page: Work,
    small: Work,
    /// The pages that are known, and the hashes of those of this file.
    known: Option<(&'f Known, Vec<Option<Same>>)>,
}

impl<'a, 'p> Run<'a, '_, 'p> {
    fn page(&self, index: usize, full: bool, kept: &mut OfThread<'a>) -> Inspected<'p> {
        // What a page is given beyond the file's limit depends on the others.
        let known = self.known.as_ref().filter(|_| full);
        let same = known.and_then(|(known, pages)| Some((*known, pages[index]?)));
        let number = self.file.pages[index].number;
        if let Some(page) = same.and_then(|(known, same)| known.page(&same)) {
            let Page { findings, found, work: (walking, painting) } = page;
            let Found { mut ink, spots, held } = found;
            ink.page = number;
            let (held, work) = (held.on(number), Work { walking, painting });
            let findings = Findings::again(self.profile, findings, number);
            return Inspected { findings, ink, work, spots, held, full };
        }
        let mut findings = Findings::new(self.profile);
        let limits = if full { self.page } else { self.small };
        let means = Limited { how: self.how, limits };
        let sheet = &self.file.pages[index];
        let (found, work) = inspect(self.file, sheet, means, kept, &mut findings);
        if let Some((known, same)) = same {
            let (findings, found) = (findings.kept(), found.clone());
            known.keep(same, Page { findings, found, work: (work.walking, work.painting) });
        }
        let Found { ink, spots, held } = found;
        Inspected { findings, ink, work, spots, held, full }
    }
}

/// What a thread keeps from page to page.
#[derive(Default)]
struct OfThread<'a> {
    cache: InterpreterCache<'a>,
    fonts: Fonts,
    plates: Option<Plates>,
}

/// How a page is inspected.
#[derive(Clone, Copy)]
struct Limited {
    how: How,
    limits: Work,
}

fn inspect<'a>(
    file: &File<'a>,
    sheet: &Sheet<'a>,
    means: Limited,
    kept: &mut OfThread<'a>,
    findings: &mut Findings,
) -> (Found, Work) {
    let limits = means.limits;
    let mut walking = Budget(limits.walking);
    let mut inspector = Inspector {
        sheet,
        how: means.how,
        count: file.pages.len(),
        findings,
        plates: Plates::new(sheet.bled(), kept.plates.take()),
        painting: Budget(limits.painting),
        masking: 0,
        painted: false,
        bounds: BTreeSet::new(),
        broken: false,
        doubts: vec![],
        spots: Spots::default(),
        held: Held { page: sheet.number, ..Held::default() },
    };
    // The plates themselves, and the search on them.
    inspector.painting.spend(inspector.plates.size() * 4);
    let group = sheet.page.raw().get::<Dict<'_>>("Group");
    if let Some(space) = group.and_then(|group| group.get::<Object<'_>>("CS")) {
        let space = Space::read(&space, sheet.page.resources());
        inspector.group(Some(&space), sheet.trimmed());
    }
    let stream = STREAM.saturating_mul(means.how.effort.max(1) as usize);
    let means = Means { xref: file.pdf.xref(), cache: &kept.cache, fonts: &kept.fonts, stream };
    // The libraries that read fonts, pictures and functions have faults of their own: what stops
    // them is a fault of the page, and others are read all the same.
    let walked = catch_unwind(AssertUnwindSafe(|| {
        page::walk(sheet.page, sheet.media, &means, &mut inspector, &mut walking);
    }));
    if walked.is_err() {
        inspector.give_up();
    }
    if inspector.painting.0 == 0 {
        inspector.bounded(Bound::Pixels);
    }
    let work = Work {
        walking: limits.walking - walking.0,
        painting: limits.painting - inspector.painting.0,
    };
    let (found, plates) = inspector.finish();
    kept.plates = Some(plates);
    (found, work)
}

struct Inspector<'s, 'f, 'p> {
    sheet: &'s Sheet<'s>,
    how: How,
    /// The number of pages of the file.
    count: usize,
    findings: &'f mut Findings<'p>,
    plates: Plates,
    painting: Budget,
    /// The nesting depth of soft masks around the content.
    masking: usize,
    painted: bool,
    /// The bounds that were reached.
    bounds: BTreeSet<Bound>,
    /// Whether its content could not be read to its end.
    broken: bool,
    /// Possible violations to be decided on the finished plates.
    doubts: Vec<Doubt>,
    /// The spot colours that were met.
    spots: Spots,
    held: Held,
}

impl Inspector<'_, '_, '_> {
    /// Tells that the content cannot be read to its end; what was painted so far may be half a mask.
    fn give_up(&mut self) {
        self.broken = true;
        self.plates = Plates::new(self.sheet.bled(), None);
        self.doubts.clear();
        self.findings.report(
            &rules::DAMAGED,
            At::page(self.sheet.number),
            say!("the page cannot be read to its end: some of it was not checked, and its ink is unknown"),
            say!("export the file again, or send it again: it is damaged"),
        );
    }

    fn finish(self) -> (Found, Plates) {
        let at = At::page(self.sheet.number);
        let complete = self.bounds.is_empty() && !self.broken;
        if !self.painted && complete {
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
        let (mut ink, place) =
            self.plates.measure(self.sheet.number, self.sheet.trimmed(), side, complete);
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
        if self.how.looks {
            let area = Region::of(self.sheet.bled(), self.sheet.trimmed());
            ink.look = Some(self.plates.look(area, self.count));
        }
        (Found { ink, spots: self.spots, held: self.held }, self.plates)
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
            colour::mark(&seen, self.how.intent, self.findings);
            self.spots.mark(&seen);
            // Marks of the printer stand outside, and have rules of their own.
            let inside = |area: Rect| mark.bounds.overlaps(area);
            if inside(sheet.bled()) {
                let ppi = images::mark(&seen, self.findings);
                self.held.pictures.extend(ppi.and_then(|ppi| picture(&seen, ppi)));
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

    fn text(&mut self, shown: &Shown<'_>) {
        if self.masking == 0 {
            typeset::shown(shown, self.sheet, self.findings);
            self.painted |= shown.place.overlaps(self.sheet.trimmed());
        }
    }

    fn font(&mut self, name: &str, kind: &'static str, embedded: bool) {
        self.held.font(name, kind, embedded);
    }

    fn tiled(&mut self, area: Rect) {
        if area.overlaps(self.sheet.trimmed()) {
            self.painted = true;
            self.doubts.extend(margins::tiled(area, self.sheet, self.findings));
        }
    }

    fn begin_knockout(&mut self) {
        let cost = self.plates.begin_knockout(self.painting.0 > 0);
        self.painting.spend(cost);
    }

    fn end_knockout(&mut self) {
        self.plates.end_knockout();
    }

    fn begin_mask(&mut self, area: Rect) {
        self.masking += 1;
        // Where nothing more is painted, no mask is needed either.
        let area = if self.painting.0 == 0 { Rect::ZERO } else { area };
        let cost = self.plates.begin_mask(area);
        self.painting.spend(cost);
    }

    fn end_mask(&mut self, lightness: bool) -> SoftMask {
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

    fn damaged(&mut self, kind: String, name: &str, how: Option<String>) {
        let message = match how {
            Some(how) => {
                say!("the data of the {kind} `{name}` are damaged: {how}", kind, name, how)
            }
            None => {
                say!("the data of the {kind} `{name}` are cut off, or cannot be read", kind, name)
            }
        };
        // What is damaged is no empty page.
        self.painted = true;
        self.findings.report(
            &rules::DAMAGED,
            At::page(self.sheet.number),
            message,
            say!("export the file again, or send it again: it is damaged"),
        );
    }

    fn ring(&mut self) {
        self.findings.report(
            &rules::WORK,
            At::page(self.sheet.number),
            say!("a form is painted within itself"),
            say!("export the file again: it is damaged"),
        );
    }

    fn bounded(&mut self, bound: Bound) {
        if !self.bounds.insert(bound) {
            return;
        }
        let what = match bound {
            Bound::Steps => say!("steps on its content"),
            Bound::Pixels => say!("pixels to paint"),
            Bound::Depth => say!("forms, patterns and glyphs within each other"),
            Bound::Brackets => say!("arrays and dictionaries within each other"),
            Bound::Masks => say!("soft masks within each other"),
            Bound::Tiles => say!("tiles of a pattern"),
            Bound::Bytes => say!("bytes of a picture or of a content stream"),
        };
        let message = say!(
            "the page exceeds the limit on {what}: some of it was not checked, and its ink is unknown",
            what
        );
        let hint = say!("raise the limits with `--effort 4`, or simplify the page");
        self.findings.report(&rules::WORK, At::page(self.sheet.number), message, hint);
    }
}

/// Returns what is told of an image.
fn picture(seen: &Seen, ppi: f64) -> Option<Picture> {
    let Kind::Image { width, height, .. } = seen.mark.kind else { return None };
    let place = Region::of(seen.mark.bounds, seen.sheet.trimmed());
    // What is a pixel wide has no resolution.
    let ppi = if ppi.is_finite() { ppi.round() } else { 0.0 };
    let space = seen.mark.paint.space().name();
    let page = seen.sheet.number;
    (ppi > 0.0).then_some(Picture { page, place, width, height, ppi, space })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_given_up_for_what_the_pages_before_it_cost() {
        let work = |walking, painting| Some(Work { walking, painting });
        let (dear, cheap) = (work(FILE.walking / 2, 0), work(1, 1));
        assert!(!beyond(&[dear, cheap], FILE));
        assert!(!beyond(&[dear, None], FILE), "one that is not done says nothing yet");
        assert!(beyond(&[dear, cheap, dear], FILE));
        assert!(beyond(&[work(0, FILE.painting)], FILE));
        assert!(!beyond(&[work(0, FILE.painting)], FILE.times(2)));
    }

    #[test]
    fn a_panic_in_a_thread_is_passed_on() {
        let started = AtomicUsize::new(0);
        let work = || match started.fetch_add(1, Ordering::Relaxed) {
            0 => vec![()],
            _ => std::panic::resume_unwind(Box::new("stopped")),
        };
        assert!(catch_unwind(|| in_threads(2, work)).is_err());
        started.store(0, Ordering::Relaxed);
        assert_eq!(in_threads(1, work).len(), 1);
    }
}
