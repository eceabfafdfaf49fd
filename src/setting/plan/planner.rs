//! The course of planning: which part is measured at which setting, what is chosen for it, and
//! whether the pages came out so.

mod guess;
mod levelling;
mod settled;

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{self, Material, Member, Outcome, Text, choose};
use super::level::Way;
use super::list;
use super::lowering::Lowered;
use super::part::{self, Plan};
use super::placing::{Levelled, Places};
use super::seen::{FOOT, Seen, Thing};
use crate::reading::model::Report;
use crate::setting::fit::{Mode, PartFit};

/// By how many lines the text of a last page may take more than arithmetic says, since lines that
/// belong together are not parted.
const EXTRA: usize = 4;
/// By how many lines more at a time, where pictures in its columns leave room that no line can share.
const FURTHER: usize = 4;
/// The lines above and below what does not break, in the box that it stands in.
const AROUND: usize = 3;
/// Before how many paragraphs of a part columns break for the sake of notes.
const BREAKS: usize = 24;
/// How many lines of text are kept to spare at most.
const SPARE: usize = 8;
/// A last page that holds less than this share, of a part without a budget, is taken in if it can
/// be.
const POOR: f64 = 0.16;

pub(super) struct Planner {
    free: bool,
    budgets: BTreeMap<String, usize>,
    parts: BTreeMap<String, State>,
    /// The parts that are set like the one before them, which they face.
    pairs: BTreeSet<String>,
    /// The parts whose blocks break wherever they may.
    loose: BTreeSet<String>,
    /// Whether something was found out that may change what is chosen.
    stirred: bool,
}

/// What is known in the end.
pub(super) struct Known {
    /// Each part.
    pub(super) parts: BTreeMap<String, State>,
    /// The parts that are set like the one before them, which they face.
    pub(super) pairs: BTreeSet<String>,
    /// The parts whose blocks break wherever they may.
    pub(super) loose: BTreeSet<String>,
}

/// What is known of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    materials: Vec<(Text, Material)>,
    /// The part in pages that had no answers yet, by which it is planned first.
    guessed: Option<Seen>,
    /// The setting of its text and the form of its foot that are measured now.
    measuring: Option<(Text, usize)>,
    /// The number of pages that it is to fill, if that was found out.
    target: Option<usize>,
    chosen: Option<(Text, Outcome)>,
    plan: Plan,
    /// The plan before this one.
    before: Plan,
    extra: usize,
    /// Lines of text to spare, where arithmetic alone had the part run over.
    spare: usize,
    /// Whether its columns end as they come: where they would end level, what is below them found no
    /// room, and stood on a page of its own.
    ragged: bool,
    /// Whether its last page had no line to give.
    full: bool,
    /// The lines by which text is lower that ends level on a page, from 0, before the last one.
    lift: Option<(usize, usize)>,
    /// The ways to bring its last columns level, and which of them is tried.
    ways: Option<Vec<Way>>,
    way: usize,
    /// Before which paragraphs columns break.
    breaks: BTreeSet<usize>,
    /// Of which paragraphs lines may stand alone.
    alone: BTreeSet<usize>,
    /// What was moved into the columns.
    moved: BTreeSet<String>,
    /// Where tables are parted.
    rows: BTreeMap<String, Vec<usize>>,
    /// Where what floats is to stand.
    places: Places,
    /// What is lowered for what stands behind it.
    lowered: Lowered,
    /// The space below text that ends before the last page.
    levelled: Option<Levelled>,
}

impl State {
    /// Forgets what was measured, but not where things are to stand.
    fn begin_anew(&mut self) {
        // What its pages were made by says whether they are to be made again.
        let Self { moved, rows, places, lowered, plan, .. } = std::mem::take(self);
        *self = Self { moved, rows, places, lowered, plan, ..Self::default() };
    }

    /// Whether columns that run over may end lower still: space is kept below them for no foot.
    fn may_deepen(&self, seen: &Seen) -> bool {
        let foot = self.plan.things.get(FOOT).filter(|foot| foot.form.is_none());
        let lines = foot.and_then(|foot| foot.above).unwrap_or(0.0) / seen.setting.pitch;
        seen.setting.columns > 1 && self.way().is_none() && lines > FURTHER as f64
    }

    /// The way to level columns that is tried now.
    fn way(&self) -> Option<Way> {
        self.ways.as_ref()?.get(self.way).copied()
    }
}

impl Planner {
    /// Takes up what is known of a part whose data is what it was; returns the plan that it came to.
    pub(super) fn take_up(&mut self, id: &str, state: &State) -> Plan {
        self.parts.insert(id.to_owned(), state.clone());
        state.plan.clone()
    }

    pub(super) fn known(self) -> Known {
        Known { parts: self.parts, pairs: self.pairs, loose: self.loose }
    }

    pub(super) fn new(report: &Report, mode: Mode, loose: BTreeSet<String>) -> Self {
        let budget = |part: &crate::reading::model::Part| {
            Some((part.id.clone(), part.budget.as_ref()?.0 as usize))
        };
        Self {
            free: mode != Mode::Off,
            budgets: report.parts.iter().filter_map(budget).collect(),
            parts: BTreeMap::new(),
            pairs: BTreeSet::new(),
            loose,
            stirred: false,
        }
    }

    /// What to set the parts by next, from what is seen of them; `None` if nothing changes.
    pub(super) fn next(&mut self, seen: &[Seen]) -> Option<BTreeMap<String, Plan>> {
        for part in seen {
            self.measure(part);
        }
        loop {
            self.stirred = false;
            for group in self.groups(seen) {
                self.decide(&group);
            }
            let changed = self.plans(seen);
            if !changed.is_empty() {
                return Some(changed);
            }
            if !self.stirred && !self.is_mended(seen) {
                return None;
            }
        }
    }

    /// The plans of parts that are to be set otherwise than they are.
    fn plans(&mut self, seen: &[Seen]) -> BTreeMap<String, Plan> {
        let mut changed = BTreeMap::new();
        for part in seen {
            if self.free {
                self.level(part);
            }
            let (id, plan) = (part.setting.part.clone(), self.plan(part));
            let state = self.parts.entry(id.clone()).or_default();
            state.full = state.chosen.is_some() && !plan.has_foot();
            // Notes at the feet of two columns take other lines than those of one, and so the room that
            // is left hangs on itself: of two plans that ask for each other, what fits stays.
            let fits = state.chosen.is_some_and(|(_, outcome)| part.pages <= outcome.pages);
            let rests = fits && plan == state.before && plan.differs_by_room(&state.plan);
            if state.plan != plan && !rests {
                state.before = std::mem::replace(&mut state.plan, plan.clone());
                changed.insert(id, plan);
            }
        }
        changed
    }

    /// The parts that are set alike, since they face each other; every other one is alone. Those that
    /// have been a pair once stay one: what they are set by moves the parts behind them.
    fn groups<'a>(&mut self, seen: &'a [Seen]) -> Vec<Vec<&'a Seen>> {
        let mut out: Vec<Vec<&Seen>> = vec![];
        let single = |part: &Seen| part.setting.vary.facing && part.pages == 1;
        for part in seen {
            let id = &part.setting.part;
            let left = out.last().filter(|group| group.len() == 1).map(|group| group[0]);
            let faces = left.is_some_and(|left| {
                single(left) && left.first % 2 == 0 && single(part) && part.first == left.first + 1
            });
            if faces {
                self.pairs.insert(id.clone());
            }
            match out.last_mut() {
                Some(group) if left.is_some() && self.pairs.contains(id) => group.push(part),
                _ => out.push(vec![part]),
            }
        }
        out
    }

    /// Takes down what a part takes at the setting that it was made with.
    fn measure(&mut self, seen: &Seen) {
        let state = self.parts.entry(seen.setting.part.clone()).or_default();
        if state.was_misjudged(seen) {
            return;
        }
        let page = seen.setting.lines as f64 * seen.setting.pitch;
        // What cannot stand on a page goes into the columns, or is parted: then all is new.
        let mut fresh = false;
        let mut above = 0.0;
        for thing in &seen.things {
            if thing.breaks && above + thing.height > page && state.moved.insert(thing.key.clone())
            {
                fresh = true;
            }
            let piece = |other: &&Thing| {
                other
                    .key
                    .strip_prefix(&thing.key)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            if !thing.rows.is_empty()
                && !thing.key.contains('.')
                && !state.rows.contains_key(&thing.key)
            {
                let pieces: Vec<&Thing> = seen.things.iter().filter(piece).collect();
                state.rows.insert(thing.key.clone(), part::parted(&pieces, seen));
                fresh = true;
            }
            above += thing.height;
        }
        if fresh {
            state.begin_anew();
            return;
        }
        state.places.lift(seen);
        // What stands on another page from here on may have the part be chosen for otherwise.
        if state.places.hasten(seen) {
            state.begin_anew();
            return;
        }
        let (text, _) = *state.measuring.get_or_insert((Text::OWN, 0));
        if state.materials.iter().all(|(own, _)| *own != text) {
            let mut material = Material::of(seen, |key| state.lowered.has(key));
            if let Some((_, known)) = state.materials.first() {
                material.feet.clone_from(&known.feet);
            }
            state.materials.push((text, material));
        }
        let foot = seen.things.iter().find(|thing| thing.key == FOOT);
        if let (Some(foot), None) = (foot, state.chosen) {
            for (_, material) in &mut state.materials {
                if let Some(height) = material.feet.get_mut(foot.form) {
                    height.get_or_insert(foot.height);
                }
            }
        }
    }

    /// Chooses for parts that are set alike.
    fn decide(&mut self, group: &[&Seen]) {
        let ready = |seen: &&Seen| {
            self.parts.get(&seen.setting.part).is_some_and(|state| !state.materials.is_empty())
        };
        if !group.iter().all(ready) {
            return;
        }
        for seen in group {
            self.aim(seen);
        }
        let members = self.members(group);
        let budgeted = group.iter().all(|seen| self.budgets.contains_key(&seen.setting.part));
        let taken_in = group.iter().any(|seen| self.is_taken_in(seen));
        let free = self.free && (budgeted || taken_in);
        let Some((text, outcomes)) = choose(&members, free) else { return };
        let good = outcomes.iter().all(|outcome| outcome.good);
        let list = group[0].setting.vary.space.is_some();
        // A smaller foot first, then the text.
        let unseen = (!good && !list)
            .then(|| {
                members.iter().find_map(|m| m.materials[0].1.feet.iter().position(Option::is_none))
            })
            .flatten();
        if unseen.is_some_and(|form| self.knows_foot(group, form)) {
            return self.decide(group);
        }
        let members = self.members(group);
        let next = (free && budgeted && !good && !list && unseen.is_none())
            .then(|| {
                let long = outcomes.iter().any(|outcome| outcome.slack < 0);
                let steps = Text::steps(&group[0].setting, if long { -1.0 } else { 1.0 });
                let tried = |text: &Text| {
                    members.iter().all(|m| m.materials.iter().any(|(own, _)| own == text))
                };
                steps.into_iter().find(|text| !tried(text))
            })
            .flatten();
        // A part that misses its pages whatever is done is set as the template has it.
        let misses = |(seen, outcome): (&&Seen, &Outcome)| outcome.pages != self.target(seen);
        let (text, outcomes) = if next.is_none() && group.iter().zip(&outcomes).any(misses) {
            choose(&members, false).unwrap_or((text, outcomes))
        } else {
            (text, outcomes)
        };
        for (seen, outcome) in group.iter().zip(outcomes) {
            let Some(state) = self.parts.get_mut(&seen.setting.part) else { continue };
            match next.map(|text| (text, 0)).or(unseen.map(|form| (Text::OWN, form))) {
                Some(next) => {
                    state.measuring = Some(next);
                    state.chosen = None;
                }
                None => {
                    let found = Some((text, outcome));
                    let same = state.chosen.map(|(text, found)| (text, found.choice))
                        == found.map(|(text, found)| (text, found.choice));
                    if !same {
                        (state.extra, state.ways, state.way, state.lift) = (0, None, 0, None);
                        (state.ragged, state.levelled) = (false, None);
                    } else if seen.pages > outcome.pages
                        && state.plan.lines.is_some()
                        && state.way().is_none()
                    {
                        // The lines that ran over are counted; one more, in case they go together.
                        if state.extra >= EXTRA && seen.is_bare(outcome.pages) {
                            self.stirred |= !state.ragged;
                            state.ragged = true;
                        } else if state.extra < EXTRA {
                            state.extra += 1;
                            // A plan that this leaves as it is takes no layout to judge.
                            self.stirred = true;
                        } else if state.may_deepen(seen) {
                            state.extra += FURTHER;
                            self.stirred = true;
                        }
                        if state.full && state.spare < SPARE {
                            state.spare += 1;
                            self.stirred = true;
                        }
                    }
                    state.chosen = found;
                }
            }
        }
    }

    fn members<'a>(&'a self, group: &[&'a Seen]) -> Vec<Member<'a>> {
        let member = |seen: &&'a Seen| {
            let state = &self.parts[&seen.setting.part];
            Member {
                setting: &seen.setting,
                materials: &state.materials,
                target: self.target(seen),
                spare: state.spare,
            }
        };
        group.iter().map(member).collect()
    }

    /// Finds out how many pages a part without a budget is to fill.
    fn aim(&mut self, seen: &Seen) {
        let id = &seen.setting.part;
        if self.budgets.contains_key(id) {
            return;
        }
        let free = self.free;
        let Some(state) = self.parts.get_mut(id) else { return };
        let missed = |target| target < seen.pages && !seen.is_bare(target);
        let given_up = state.extra >= EXTRA && !state.may_deepen(seen);
        if given_up && state.target.is_some_and(missed) {
            state.target = Some(seen.pages);
            state.extra = 0;
        }
        if state.target.is_some() {
            return;
        }
        let Some((_, material)) = state.materials.first() else { return };
        let own = choice::own(&seen.setting, material);
        let plain = choice::outcome(&seen.setting, material, own, 1, 0);
        let mut target = plain.pages;
        let foot = usize::from(seen.things.iter().any(|thing| thing.key == FOOT));
        if free && target > 1 && foot == 0 {
            let at = choice::outcome(&seen.setting, material, own, target, 0);
            if at.fill < POOR {
                let materials = &state.materials;
                let member =
                    Member { setting: &seen.setting, materials, target: target - 1, spare: 0 };
                let fits = choose(&[member], true).is_some_and(|(_, all)| all[0].slack >= 0);
                target -= usize::from(fits);
            }
        }
        state.target = Some(target);
    }

    fn target(&self, seen: &Seen) -> usize {
        let id = &seen.setting.part;
        let found = self.parts.get(id).and_then(|state| state.target);
        self.budgets.get(id).copied().or(found).unwrap_or(seen.pages)
    }

    /// Whether a part without a budget is set closer, so that its last page is not nearly empty.
    fn is_taken_in(&self, seen: &Seen) -> bool {
        let Some(state) = self.parts.get(&seen.setting.part) else { return false };
        let Some((_, material)) = state.materials.first() else { return false };
        let own = choice::own(&seen.setting, material);
        let plain = choice::outcome(&seen.setting, material, own, 1, 0).pages;
        state.target.is_some_and(|target| target < plain)
    }

    /// A part's plan before its pages are seen.
    pub(super) fn bare(&self, id: &str) -> Plan {
        Plan { loose: self.loose.contains(id), ..Plan::default() }
    }

    fn plan(&self, seen: &Seen) -> Plan {
        Plan { loose: self.loose.contains(&seen.setting.part), ..self.tight(seen) }
    }

    /// A part's plan, but for how its blocks break.
    fn tight(&self, seen: &Seen) -> Plan {
        let Some(state) = self.parts.get(&seen.setting.part) else { return Plan::default() };
        let mut plan = match state.chosen {
            Some(_) if seen.setting.vary.space.is_some() => self.spaced(seen),
            Some((text, outcome)) => {
                let Some((_, material)) = state.materials.iter().find(|(own, _)| *own == text)
                else {
                    return Plan::default();
                };
                let free = self.free_lines(seen, state, material, &outcome);
                Plan::of(seen, material, (text, outcome.choice), free, state.lift)
            }
            None => {
                let (text, form) = state.measuring.unwrap_or((Text::OWN, 0));
                Plan::measuring(text, form)
            }
        };
        match state.way().filter(|_| state.chosen.is_some()) {
            Some(Way::Paragraph(line, tracking)) => _ = plan.tracked.insert(line, tracking),
            Some(Way::All(text)) => plan.set_text(text),
            None => {}
        }
        plan.breaks.clone_from(&state.breaks);
        plan.alone.clone_from(&state.alone);
        for key in &state.moved {
            plan.things.entry(key.clone()).or_default().columns = true;
        }
        state.places.tell(&mut plan.things);
        state.lowered.tell(&mut plan.things);
        if let Some(levelled) = state.levelled.as_ref().filter(|_| state.chosen.is_some()) {
            let before = levelled.space(seen.setting.pitch);
            plan.things.entry(levelled.key.clone()).or_default().before = before;
        }
        for (key, rows) in &state.rows {
            plan.things.entry(key.clone()).or_default().rows.clone_from(rows);
        }
        plan
    }

    fn spaced(&self, seen: &Seen) -> Plan {
        let budget = self.budgets.get(&seen.setting.part).copied().filter(|_| self.free);
        let space = seen.setting.vary.space.map(|space| list::spaced(seen, space, budget).space);
        Plan { space, ..Plan::default() }
    }

    /// What is free on the last page below the text, which ends level in all columns.
    fn free_lines(
        &self,
        seen: &Seen,
        state: &State,
        material: &Material,
        outcome: &Outcome,
    ) -> Option<usize> {
        let foot = material.foot(outcome.choice.form);
        if (seen.setting.columns == 1 || state.ragged) && foot.is_none() {
            return None;
        }
        let Outcome { choice, slack, pages: taken, .. } = *outcome;
        // A part that misses its budget is set as it comes.
        if slack < 0 || taken > self.target(seen) {
            return None;
        }
        let target = taken;
        let packed = material.packed(&choice);
        // What stands in the text is where it is now, not where it was when it was measured.
        let wide = seen.things.iter().filter(|thing| thing.key != FOOT);
        let pages = wide
            .zip(&packed.pages)
            .map(|(thing, page)| if thing.head { *page } else { thing.page });
        let pages: Vec<usize> = pages.collect();
        let spanning = |page: usize| -> usize {
            let things = material.wide.iter().zip(&pages).zip(&packed.holes);
            things
                .filter(|((_, at), _)| (**at).min(target - 1) == page)
                .map(|((wide, _), hole)| wide.with_gap(&choice) + hole)
                .sum()
        };
        let columns = seen.setting.columns;
        let planned = state.plan.lines == Some(choice.lines);
        let text = if planned && seen.pages >= target {
            // What ran over is to come back.
            seen.columns[target - 1..].iter().flatten().sum()
        } else {
            let before: usize = (0..target - 1)
                .map(|page| columns * choice.lines.saturating_sub(spanning(page)))
                .sum();
            seen.text().saturating_sub(before)
        };
        // A page that holds nothing has nothing to level: space on it would keep it.
        if text + spanning(target - 1) == 0 && foot.is_none() {
            return None;
        }
        // What does not break takes the lines of a column, with those around it.
        let whole = match seen.highest(target - 1) {
            0.0 => 0,
            height => choice::lines_of(height, seen.setting.pitch) + AROUND,
        };
        let taken = text.div_ceil(columns).max(whole) + state.extra + spanning(target - 1);
        let free = choice.lines.checked_sub(taken)?;
        let needs =
            foot.map_or(0, |height| choice::lines_of(height, seen.setting.pitch) + choice.gap);
        (free >= needs).then_some(free)
    }

    /// How each part was set, from the finished pages.
    pub(super) fn fits(&self, seen: &[Seen]) -> Vec<PartFit> {
        seen.iter().filter_map(|part| self.fit(part)).collect()
    }

    fn fit(&self, seen: &Seen) -> Option<PartFit> {
        let setting = &seen.setting;
        let state = self.parts.get(&setting.part)?;
        let (text, outcome) = state.chosen?;
        let budget = self.budgets.get(&setting.part).copied();
        // A line that is cut is a full one: last lines of paragraphs say nothing of it.
        let (characters, width) = seen
            .paragraphs
            .iter()
            .fold((0, 0.0), |(all, width), one| (all + one.characters, width + one.width));
        let measure = setting.column / setting.size;
        let per_em = if width < measure { 1.0 } else { characters as f64 / width };
        let per_line = measure * per_em;
        let (mut fill, mut excess) = (outcome.fill, Some(0));
        if let Some(space) = setting.vary.space {
            let spaced = list::spaced(seen, space, budget.filter(|_| self.free));
            (fill, excess) = (spaced.fill, Some(spaced.excess));
        } else if self.free && budget.is_some() {
            let target = self.target(seen);
            excess = Member { setting, materials: &state.materials, target, spare: state.spare }
                .excess();
        }
        Some(PartFit {
            id: setting.part.clone(),
            name: setting.name.clone(),
            pages: seen.pages,
            fill,
            apart: seen.apart(),
            excess,
            characters_per_line: (per_line * 10.0).round() / 10.0,
            lines: setting.lines,
            leading: (setting.pitch * 1000.0).round() / 1000.0,
            size: setting.size,
            tracking: state.plan.tracking.unwrap_or(text.tracking),
            gap: outcome.choice.gap,
            figures: outcome.choice.stretch,
            tuned: state.plan.tracked.len(),
            limits: setting.limits,
        })
    }
}
