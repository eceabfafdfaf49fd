//! Charts and pictures that are lowered so that what stands behind them comes onto their page: where no text
//! is left to fill it, it would else be half empty.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::lines_of;
use super::part::Planned;
use super::placing::{floats, free, key};
use super::seen::{FOOT, Seen, Thing};

/// How much of a page is empty, as a share, that is to be filled.
const EMPTY: f64 = 0.25;
/// How often things of a part are lowered at most: each time its pages are made again.
const TIMES: usize = 6;

/// What is lowered in a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Lowered {
    /// Its lines, by its key.
    lines: BTreeMap<String, usize>,
    /// What comes onto the page of the thing before it for that.
    brought: Vec<(String, String)>,
    /// What would not come.
    stays: BTreeSet<String>,
    times: usize,
}

/// A thing on a page that is filled.
struct Placed {
    key: String,
    /// The lines that are planned for it, and the fewest.
    lines: usize,
    least: usize,
    /// What it takes of the page, with its notes and the gap that parts it from the text.
    taken: f64,
}

impl Placed {
    fn of(thing: &Thing, planned: &BTreeMap<String, Planned>, seen: &Seen) -> Self {
        let all = lines_of(thing.height, seen.setting.pitch);
        let lines = planned.get(&thing.key).and_then(|planned| planned.lines);
        let (lines, least) = thing.bounds.map_or((all, all), |[least, ideal, _]| {
            let lines = lines.unwrap_or(ideal);
            (lines, least.min(lines))
        });
        let gap = if thing.gapped { seen.setting.vary.gap[0] } else { 0 };
        Self { key: thing.key.clone(), lines, least, taken: (all + gap) as f64 }
    }

    fn spare(&self) -> usize {
        self.lines - self.least
    }
}

impl Lowered {
    /// Whether a thing is lowered: its height does not vary any more.
    pub(super) fn has(&self, key: &str) -> bool {
        self.lines.contains_key(key)
    }

    /// Tells the plan.
    pub(super) fn tell(&self, things: &mut BTreeMap<String, Planned>) {
        for (key, lines) in &self.lines {
            things.entry(key.clone()).or_default().lines = Some(*lines);
        }
    }

    /// Lowers what stands on pages with room for more, once all else is settled, or leaves what would not
    /// come; returns whether anything is to be set otherwise.
    pub(super) fn fill(&mut self, seen: &Seen, planned: &BTreeMap<String, Planned>) -> bool {
        if self.give_up(seen) {
            return true;
        }
        if self.times == TIMES {
            return false;
        }
        let found = (0..seen.pages).find_map(|page| {
            let filled = self.filled(seen, planned, page);
            (!filled.1.is_empty()).then_some(filled)
        });
        let Some((lines, brought)) = found else { return false };
        self.times += 1;
        self.lines.extend(lines);
        self.brought.extend(brought);
        true
    }

    /// Takes back what was lowered in vain: what was to come stands on a later page, or before what it
    /// is written behind.
    fn give_up(&mut self, seen: &Seen) -> bool {
        let thing = |key: &str| seen.things.iter().find(|thing| thing.key == key);
        let came = |(own, before): &(String, String)| match (thing(own), thing(before)) {
            (Some(own), Some(before)) => own.page == before.page && own.top > before.top,
            _ => false,
        };
        let (came, failed): (Vec<_>, Vec<_>) = self.brought.drain(..).partition(came);
        let any = !failed.is_empty();
        if any {
            self.stays.extend(failed.into_iter().map(|(own, _)| own));
            self.lines.clear();
            self.times += 1;
        } else {
            self.brought = came;
        }
        any
    }

    /// What to lower from a page on, and what comes onto the page of another for it.
    fn filled(
        &self,
        seen: &Seen,
        planned: &BTreeMap<String, Planned>,
        page: usize,
    ) -> (BTreeMap<String, usize>, Vec<(String, String)>) {
        let mut out = (BTreeMap::new(), vec![]);
        let has_text = |page: usize| seen.columns[page].iter().any(|lines| *lines > 0);
        let height = seen.setting.lines as f64;
        // A line that text leaves has no room for a thing.
        let mut room = free(seen, page) - if has_text(page) { 1.0 } else { 0.0 };
        if room <= EMPTY * height {
            return out;
        }
        let place = |thing: &Thing| Placed::of(thing, planned, seen);
        let own = seen.things.iter().filter(|thing| thing.page == page && thing.key != FOOT);
        let mut placed: Vec<Placed> = own.map(place).collect();
        // What stands behind it, up to where text goes on.
        let end = (page + 1..seen.pages).find(|page| has_text(*page)).unwrap_or(seen.pages);
        let behind = seen.things.iter().filter(|thing| thing.page > page && thing.page <= end);
        for thing in behind {
            let next = place(thing);
            let missing = (next.taken - room).ceil().max(0.0) as usize;
            let spare = placed.iter().chain([&next]).map(Placed::spare).sum();
            let comes = self.may_come(thing, seen, page) && !placed.is_empty();
            if !comes || (missing > 0 && (room <= EMPTY * height || missing > spare)) {
                // It begins a page of its own.
                room = height - next.taken;
                placed = vec![next];
                continue;
            }
            room -= next.taken;
            if missing > 0 {
                let before = placed.last().map(|before| before.key.clone()).unwrap_or_default();
                out.1.push((next.key.clone(), before));
                placed.push(next);
                out.0.extend(shared(&placed, missing, spare));
                (room, placed) = (0.0, vec![]);
            } else {
                placed.push(next);
            }
        }
        out
    }

    /// Whether a thing may stand on this page: it floats whole, and its section begins no later.
    fn may_come(&self, thing: &Thing, seen: &Seen, page: usize) -> bool {
        let begins = seen.barriers.iter().any(|barrier| {
            let own = if barrier.section { thing.section } else { thing.boxes };
            barrier.page > page && own.is_some_and(|own| barrier.number <= own)
        });
        let parted =
            seen.things.iter().any(|other| other.key != thing.key && key(other) == key(thing));
        floats(&thing) && !begins && !parted && !self.stays.contains(&thing.key)
    }
}

/// The lines of things that give so many of what they can spare, each its share.
fn shared(placed: &[Placed], missing: usize, spare: usize) -> BTreeMap<String, usize> {
    let mut left = missing;
    let mut out = BTreeMap::new();
    let mut rest = spare;
    for thing in placed {
        // What is left of the lines, by what is left to give them.
        let given = if rest == 0 { 0 } else { (left * thing.spare()).div_ceil(rest) };
        let given = given.min(left).min(thing.spare());
        (left, rest) = (left - given, rest - thing.spare());
        if thing.spare() > 0 {
            out.insert(thing.key.clone(), thing.lines - given);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Placed, shared};

    #[test]
    fn each_gives_its_share_and_no_more_than_it_has() {
        let placed = |all: &[(usize, usize)]| -> Vec<Placed> {
            let of = |(at, (lines, least)): (usize, &(usize, usize))| Placed {
                key: at.to_string(),
                lines: *lines,
                least: *least,
                taken: 0.0,
            };
            all.iter().enumerate().map(of).collect()
        };
        for (all, missing, right) in [
            (vec![(20, 12), (20, 12)], 6, vec![17, 17]),
            (vec![(20, 12), (16, 16), (20, 18)], 5, vec![16, 19]),
            (vec![(20, 18), (20, 12)], 10, vec![18, 12]),
        ] {
            let all = placed(&all);
            let spare = all.iter().map(Placed::spare).sum();
            let lowered = shared(&all, missing, spare);
            let taken: usize =
                all.iter().filter_map(|one| Some(one.lines - lowered.get(&one.key)?)).sum();
            assert_eq!(taken, missing);
            assert_eq!(lowered.into_values().collect::<Vec<_>>(), right);
        }
    }
}
