//! What is done once all else is settled: parts of a table that share a page are joined, notes that
//! went astray are brought home, holes are closed.

use super::super::placing::key;
use super::super::seen::Seen;
use super::{BREAKS, Planner};

impl Planner {
    /// Mends what is left to mend; returns whether there was something.
    pub(super) fn is_mended(&mut self, seen: &[Seen]) -> bool {
        self.join_parts(seen)
            || self.bring_home(seen)
            || self.close_holes(seen)
            || self.fill_pages(seen)
    }

    /// Joins the parts of a table, or of a box, that came to stand on one page: it was parted for what a
    /// page before had left, but stands on the next. What a page holds with a title between, it holds
    /// without.
    fn join_parts(&mut self, seen: &[Seen]) -> bool {
        let mut stirred = false;
        for part in seen {
            let Some(state) = self.parts.get_mut(&part.setting.part) else { continue };
            let mut joined = false;
            for (own, rows) in &mut state.rows {
                let pages = part.things.iter().filter(|thing| key(thing) == *own);
                let pages: Vec<usize> = pages.map(|thing| thing.page).collect();
                // Pages by another plan say nothing of these parts.
                if pages.len() != rows.len() {
                    continue;
                }
                for at in (1..rows.len()).rev().filter(|at| pages[at - 1] == pages[*at]) {
                    rows[at - 1] += rows.remove(at);
                    joined = true;
                }
            }
            if joined {
                state.begin_anew();
                stirred = true;
            }
        }
        stirred
    }

    /// Breaks columns before paragraphs whose notes went astray, once all else is settled. Where that
    /// is of no use, as in one that is longer than a page, a line of it may stand alone: Typst keeps a
    /// note beside its line, but not where another line goes with that one.
    fn bring_home(&mut self, seen: &[Seen]) -> bool {
        let mut stirred = false;
        for part in seen {
            let Some(state) = self.parts.get_mut(&part.setting.part) else { continue };
            let new = part.astray.iter().find(|line| !state.alone.contains(line));
            if let (Some(line), true) = (new, state.breaks.len() + state.alone.len() < BREAKS) {
                let is_broken = state.breaks.remove(line);
                let to = if is_broken { &mut state.alone } else { &mut state.breaks };
                stirred |= to.insert(*line);
            }
        }
        stirred
    }

    /// Has what stands below a hole, or floats for nothing, follow the text, once all else is settled.
    fn close_holes(&mut self, seen: &[Seen]) -> bool {
        let mut stirred = false;
        for part in seen {
            let Some(state) = self.parts.get_mut(&part.setting.part) else { continue };
            let gap = state.plan.gap.unwrap_or(part.setting.vary.gap[0]);
            stirred |= state.places.close(part, gap) | state.places.sink(part);
        }
        stirred
    }

    /// Lowers charts for what stands behind them, in parts that have no number of pages to fill.
    fn fill_pages(&mut self, seen: &[Seen]) -> bool {
        let mut stirred = false;
        if !self.free {
            return stirred;
        }
        for part in seen {
            let id = &part.setting.part;
            if self.budgets.contains_key(id) {
                continue;
            }
            let Some(state) = self.parts.get_mut(id) else { continue };
            let mut lowered = std::mem::take(&mut state.lowered);
            let filled = lowered.fill(part, &state.plan.things);
            state.lowered = lowered;
            if filled {
                state.begin_anew();
                stirred = true;
            }
        }
        stirred
    }
}
