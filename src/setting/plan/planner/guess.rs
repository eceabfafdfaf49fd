//! What is planned before it is seen: from the first pass, which has no answers, and from what the
//! template tells of forms that no page has yet. Each saves a layout of all pages.

use std::collections::BTreeMap;

use super::super::choice::Text;
use super::super::part::Plan;
use super::super::seen::{FOOT, Seen};
use super::{Planner, State};

impl Planner {
    /// What to set the parts by first that were not taken up, from pages that have no answers yet of what
    /// they ask of each other, or those of other pages. A part's lines and heights seldom hang on these;
    /// where they do, it is planned anew.
    pub(in crate::setting::plan) fn guess(
        &mut self,
        mut seen: Vec<Seen>,
    ) -> BTreeMap<String, Plan> {
        seen.retain(|part| !self.parts.contains_key(&part.setting.part));
        for part in &seen {
            self.measure(part);
        }
        for group in self.groups(&seen) {
            self.decide(&group);
        }
        let mut plans = self.plans(&seen);
        for part in &seen {
            let id = &part.setting.part;
            let chosen =
                |state: &&mut State| state.chosen.is_some_and(|(text, _)| text == Text::OWN);
            match self.parts.get_mut(id).filter(chosen) {
                Some(state) => state.guessed = Some(part.clone()),
                None => {
                    self.parts.remove(id);
                    plans.remove(id);
                }
            }
        }
        // Which parts face each other is seen on pages with answers.
        self.pairs.clear();
        plans
    }

    /// Takes up the height of a form of the foot that the template told; whether any part has one that
    /// was not taken up yet.
    pub(super) fn knows_foot(&mut self, group: &[&Seen], form: usize) -> bool {
        let mut any = false;
        for seen in group {
            let Some(state) = self.parts.get_mut(&seen.setting.part) else { continue };
            let foot = seen.things.iter().find(|thing| thing.key == FOOT && thing.form + 1 == form);
            let Some(told) = foot.and_then(|foot| foot.next) else { continue };
            for (_, material) in &mut state.materials {
                if let Some(height @ None) = material.feet.get_mut(form) {
                    *height = Some(told);
                    any = true;
                }
            }
        }
        any
    }
}

impl State {
    /// Whether the part is of other matter than what it was planned by at first: then it is planned
    /// anew, from unplanned pages.
    pub(super) fn was_misjudged(&mut self, seen: &Seen) -> bool {
        let misjudged = self.guessed.take().is_some_and(|guessed| !guessed.has_same_matter(seen));
        if misjudged {
            // What its pages were made by says whether they are to be made again.
            *self = Self { plan: std::mem::take(&mut self.plan), ..Self::default() };
        }
        misjudged
    }
}
