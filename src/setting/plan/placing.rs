//! Where things stand that float: within their section, before the boxes that follow them, and right
//! below the text where a page has more room than it needs.

use std::collections::BTreeMap;

use super::part::{Planned, rounded};
use super::seen::{Barrier, FOOT, Seen, Thing};

/// The lines that a page may leave empty in each column before a section, since lines that belong
/// together are not parted.
const SPARE: f64 = 3.0;
/// Before how many blocks a thing is put at most.
const EARLY: usize = 6;
/// How often things of a part are put in earlier at most: each time its pages are made again.
const HASTENED: usize = 8;
/// The lines between the text and a thing at a page's foot that are seen as a hole.
const HOLE: f64 = 1.5;

/// How often less space is tried below a page's text.
const TRIES: usize = 3;

/// What is found out of where a thing is to stand.
#[derive(Debug, Clone, Default, PartialEq)]
struct Place {
    /// At the head of its page.
    top: bool,
    /// So many blocks before where it is written.
    early: usize,
    /// In the text.
    here: bool,
    /// Whether no place before has room for it.
    stays: bool,
}

/// Where the things of a part are to stand, by their keys, as far as that is not the template's to
/// say.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    things: BTreeMap<String, Place>,
    /// How often one was put in earlier.
    hastened: usize,
}

/// Whether a thing is written before a barrier, and so must not stand behind it.
fn precedes(thing: &Thing, barrier: &Barrier) -> bool {
    let own = if barrier.section { thing.section } else { thing.boxes };
    own.is_some_and(|own| own < barrier.number)
}

/// What may be moved.
pub(super) fn floats(thing: &&Thing) -> bool {
    !thing.head && !thing.inline && thing.key != FOOT
}

/// The lines that a page has for text in each of its columns.
fn room(seen: &Seen, page: usize) -> f64 {
    let setting = &seen.setting;
    let things = seen.things.iter().filter(|thing| thing.page == page);
    let taken = things.map(|thing| {
        let gap = if thing.gapped { 1.0 } else { 0.0 };
        (thing.height / setting.pitch - 0.01).ceil() + gap
    });
    setting.lines as f64 - taken.sum::<f64>()
}

/// The lines that a page leaves empty in each of its columns.
pub(super) fn free(seen: &Seen, page: usize) -> f64 {
    let text = seen.columns.get(page).map_or(0, |columns| columns.iter().sum::<usize>());
    room(seen, page) - text as f64 / seen.setting.columns as f64
}

/// Space at the foot of a page on which the text ends before things that stand on the next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Levelled {
    /// The first of these.
    pub(super) key: String,
    /// The page, from 0, and that of the thing.
    page: usize,
    stood: usize,
    pub(super) lines: usize,
    /// How often it was too much.
    tries: usize,
}

impl Levelled {
    /// The space that brings the columns level; `None` where they are, or the text goes on.
    pub(super) fn of(seen: &Seen) -> Option<Self> {
        let (page, columns) = seen.last_text().filter(|(page, _)| page + 1 < seen.pages)?;
        let behind = |thing: &&Thing| thing.page > page && floats(thing);
        let first = seen.things.iter().find(behind)?;
        // What does not break leaves its column no lower, and has a line above it.
        let unbroken = seen.unbroken.iter().filter(|(at, _)| *at == page);
        let highest = unbroken.map(|(_, high)| (high / seen.setting.pitch).ceil() as usize + 1);
        let level = columns.iter().sum::<usize>().div_ceil(columns.len());
        let level = level.max(highest.max().unwrap_or(0));
        let lines = (room(seen, page).floor() as usize).checked_sub(level)?;
        (seen.apart() > 1 && lines > 0).then(|| Self {
            key: key(first),
            page,
            stood: first.page,
            lines,
            tries: 0,
        })
    }

    /// The space in points, a little less than its lines: what fills a page to the last point does not
    /// fit.
    pub(super) fn space(&self, pitch: f64) -> Option<f64> {
        (self.lines > 0).then(|| rounded(self.lines as f64 * pitch - 1.0))
    }

    /// Makes it less, and nothing in the end.
    pub(super) fn yield_a_line(&mut self) {
        self.tries += 1;
        self.lines = if self.tries > TRIES { 0 } else { self.lines - 1 };
    }

    /// Whether the text ran over to the next page for it, or it went there itself, and the things to the
    /// one behind.
    pub(super) fn is_too_much(&self, seen: &Seen) -> bool {
        let later = |thing: &Thing| key(thing) == self.key && thing.page > self.stood;
        seen.last_text().is_some_and(|(page, _)| page > self.page)
            || seen.things.iter().find(|thing| key(thing) == self.key).is_some_and(later)
    }
}

impl Places {
    /// Has what stands below the next section on its page stand at the page's head.
    pub(super) fn lift(&mut self, seen: &Seen) {
        for thing in seen.things.iter().filter(floats) {
            let below = |barrier: &Barrier| {
                precedes(thing, barrier) && barrier.page == thing.page && barrier.top < thing.top
            };
            if seen.barriers.iter().any(below) {
                self.things.entry(key(thing)).or_default().top = true;
            }
        }
    }

    /// Puts a thing before which a page was left empty, since its section ends there, a block earlier
    /// into the text: then it stands on that page. Returns whether one was.
    pub(super) fn hasten(&mut self, seen: &Seen) -> bool {
        if self.hastened == HASTENED {
            return false;
        }
        for barrier in seen.barriers.iter().filter(|barrier| barrier.page > 0) {
            if free(seen, barrier.page - 1) <= SPARE {
                continue;
            }
            let late = |thing: &&Thing| thing.page == barrier.page && precedes(thing, barrier);
            for thing in seen.things.iter().filter(floats).filter(late) {
                let place = self.things.entry(key(thing)).or_default();
                if place.stays {
                    continue;
                }
                self.hastened += 1;
                place.early += 1;
                if place.early > EARLY {
                    *place = Place { stays: true, ..Place::default() };
                }
                return true;
            }
        }
        false
    }

    /// Has a thing that stands at a page's foot, with a hole above it, follow the text; returns whether
    /// one does.
    pub(super) fn close(&mut self, seen: &Seen, gap: usize) -> bool {
        let pitch = seen.setting.pitch;
        for thing in seen.things.iter().filter(floats) {
            let place = self.things.entry(key(thing)).or_default();
            if place.here || place.top || place.early > 0 {
                continue;
            }
            let text = seen.reach.get(thing.page).copied().unwrap_or(0.0);
            let above = seen.things.iter().filter(|other| {
                other.page == thing.page && other.top < thing.top && other.key != thing.key
            });
            let ends = above.map(|other| other.top + other.height).fold(text, f64::max);
            if thing.top - ends <= (gap as f64 + HOLE) * pitch {
                continue;
            }
            if text == 0.0 && ends > 0.0 {
                place.top = true;
                return true;
            }
            if seen.setting.columns == 1 && text > 0.0 {
                place.here = true;
                return true;
            }
        }
        false
    }

    /// Has what stands between a part's title and the text that is written before it stand where it is
    /// written, in one column, where its page has room for all that follows too: it floats for nothing.
    /// Returns whether something does.
    pub(super) fn sink(&mut self, seen: &Seen) -> bool {
        let pitch = seen.setting.pitch;
        let opens = seen.things.iter().any(|thing| thing.head && thing.page == 0);
        if seen.setting.columns > 1 || !opens || free(seen, 0) < SPARE {
            return false;
        }
        let text = seen.reach.first().copied().unwrap_or(0.0);
        // Keys count blocks: where all before it are things, no text is.
        let follows = |thing: &Thing| {
            let number = |thing: &Thing| thing.key.parse::<usize>().ok();
            let own = number(thing).unwrap_or(0);
            seen.things.iter().filter(|other| number(other).is_some_and(|at| at < own)).count()
                < own
        };
        let over = |thing: &&Thing| {
            thing.page == 0 && thing.top + thing.height < text - pitch && follows(thing)
        };
        let mut any = false;
        for thing in seen.things.iter().filter(floats).filter(over) {
            let place = self.things.entry(key(thing)).or_default();
            any |= !place.here;
            place.here = true;
        }
        any
    }

    /// Tells the plan.
    pub(super) fn tell(&self, things: &mut BTreeMap<String, Planned>) {
        for (key, place) in self.things.iter().filter(|(_, place)| **place != Place::default()) {
            let planned = things.entry(key.clone()).or_default();
            planned.at = place.top.then_some("top");
            planned.early = Some(place.early).filter(|early| *early > 0);
            planned.here = place.here;
        }
    }
}

/// The key of a whole thing: one that is set in parts moves with its first.
pub(super) fn key(thing: &Thing) -> String {
    thing.key.split('.').next().unwrap_or(&thing.key).to_owned()
}
