//! Columns that end level: which way is tried next.

use super::super::level;
use super::super::placing::Levelled;
use super::super::seen::Seen;
use super::Planner;

/// How much lower text may begin so that it ends level, in lines.
const LIFT: usize = 3;

impl Planner {
    /// Tries the next way to bring a part's last columns level, once it is set as planned.
    pub(super) fn level(&mut self, seen: &Seen) {
        let plan = self.plan(seen);
        let Some(state) = self.parts.get_mut(&seen.setting.part) else { return };
        let Some((text, outcome)) = state.chosen else { return };
        if state.plan.lines.is_none() || !state.plan.has_foot() || seen.setting.columns == 1 {
            return;
        }
        // A line more may be one too many; otherwise it is judged when nothing else is to change.
        let failed = state.way().is_some() && seen.pages != outcome.pages;
        let settled = seen.pages == outcome.pages && plan == state.plan;
        match &mut state.levelled {
            // A line more, in case they go together.
            Some(levelled)
                if levelled.lines > 0
                    && (levelled.is_too_much(seen) || seen.pages > outcome.pages) =>
            {
                levelled.yield_a_line();
                return;
            }
            None if settled => {
                state.levelled = Levelled::of(seen);
                if state.levelled.is_some() {
                    return;
                }
            }
            _ => {}
        }
        if failed || (settled && seen.apart() > 0) {
            // Above text that ends before the last page, there is room to share.
            let lift = seen.last_text().filter(|(page, _)| page + 1 < seen.pages).map(
                |(page, columns)| {
                    let level = columns.iter().sum::<usize>().div_ceil(columns.len());
                    (page, columns.iter().max().unwrap_or(&0) - level)
                },
            );
            if let (Some((page, lines @ 1..=LIFT)), None) = (lift, state.lift) {
                state.lift = Some((page, lines));
                return;
            }
            match &state.ways {
                None => state.ways = Some(level::ways(seen, text)),
                Some(_) => state.way += 1,
            }
        }
    }
}
