//! What is kept between layouts: an edit plans its own part alone.
//!
//! A part's plan follows from its own data, and that of a part which it faces. So where neither
//! changed, planning takes up where it came to; and where that would give other pairs of facing
//! parts, it starts anew. What comes out is what a cold run gives.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::Bytes;
use typst::utils::hash128;

use super::noted::Numbers;
use super::planner::{Known, State};
use crate::setting::compile::Answers;
use crate::setting::fit::Mode;
use crate::setting::inputs;
use crate::setting::world::Files;

/// The plans of the last layout, and what they were made of.
#[derive(Debug, Default)]
pub struct Memory {
    mode: Mode,
    data: Data,
    /// The numbers of notes that hang on pages.
    numbers: Numbers,
    parts: BTreeMap<String, State>,
    /// The parts that are set like the one before them.
    pairs: BTreeSet<String>,
    /// The parts whose blocks break wherever they may.
    loose: BTreeSet<String>,
    /// What its pages answer.
    answers: Option<Answers>,
    /// Whether no other layout follows.
    once: bool,
}

fn id(path: &str) -> Option<&str> {
    path.strip_prefix(inputs::PARTS)?.strip_suffix(".json")
}

impl Memory {
    /// The memory of one layout that no other follows: what Typst keeps of passes over the pages is
    /// dropped as soon as no pass of this one needs it.
    pub fn of_one() -> Self {
        Self { once: true, ..Self::default() }
    }

    /// Begins a pass: what it uses of what Typst keeps is told from what it leaves.
    pub(crate) fn age(&self) {
        if self.once {
            comemo::evict(usize::MAX);
        }
    }

    /// Drops what was used neither since the last of these calls nor since the one before it; returns
    /// whether that is for this memory to say.
    pub(crate) fn drop_unused(&self) -> bool {
        if self.once {
            comemo::evict(1);
        }
        self.once
    }

    /// The parts, in the report's `order`, of which all is as it was.
    pub(super) fn same(&self, data: &Data, mode: Mode, order: &[&str]) -> Vec<(String, State)> {
        if self.mode != mode || self.data.around != data.around {
            return vec![];
        }
        let own = &self.data.parts;
        let changed = |id: &str| own.get(id) != data.parts.get(id) || !self.parts.contains_key(id);
        let faces = |at: usize| order.get(at).is_some_and(|id| self.pairs.contains(*id));
        let same = |at: &usize| {
            let partner = if faces(*at) {
                at.checked_sub(1)
            } else if faces(at + 1) {
                Some(at + 1)
            } else {
                None
            };
            !changed(order[*at]) && partner.is_none_or(|at| !changed(order[at]))
        };
        let own = |at: usize| (order[at].to_owned(), self.parts[order[at]].clone());
        (0..order.len()).filter(same).map(own).collect()
    }

    /// Forgets all but which parts were loosened since the last layout: a cold run knows no more.
    pub(super) fn forget(&mut self) {
        let Self { mode, data, mut loose, parts, once, .. } = std::mem::take(self);
        loose.retain(|id| !parts.contains_key(id));
        *self = Self { mode, data, loose, once, ..Self::default() };
    }

    /// Has parts be planned anew, with blocks that break wherever they may: as they are, they lose what
    /// stands at a break.
    pub(in crate::setting) fn loosen(&mut self, parts: &BTreeSet<String>) {
        self.parts.retain(|id, _| !parts.contains(id));
        self.loose.extend(parts.iter().cloned());
    }

    /// Which of these parts are not loose yet.
    pub(in crate::setting) fn tight(&self, mut parts: BTreeSet<String>) -> BTreeSet<String> {
        parts.retain(|id| !self.loose.contains(id));
        parts
    }

    /// The loose parts of which all is as it was.
    pub(super) fn loose(&self, data: &Data, mode: Mode) -> BTreeSet<String> {
        if self.mode != mode || self.data.around != data.around {
            return BTreeSet::new();
        }
        let own = &self.data.parts;
        let same = |id: &&String| own.get(*id) == data.parts.get(*id);
        self.loose.iter().filter(same).cloned().collect()
    }

    /// The numbers of notes in the last layout, as far as they hang on pages.
    pub(super) fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// What the pages of the last layout answer.
    pub(super) fn answers(&self) -> Option<&Answers> {
        self.answers.as_ref()
    }

    /// Keeps what a layout came to.
    pub(super) fn keep(
        &mut self,
        data: Data,
        mode: Mode,
        Known { parts, pairs, loose }: Known,
        numbers: Numbers,
        answers: Answers,
    ) {
        let once = self.once;
        *self = Self { mode, data, numbers, parts, pairs, loose, answers: Some(answers), once };
    }

    /// Whether the same parts face each other as before, of those that are taken up.
    pub(super) fn has_pairs(&self, pairs: &BTreeSet<String>, taken: &[(String, State)]) -> bool {
        taken.iter().all(|(id, _)| self.pairs.contains(id) == pairs.contains(id))
    }
}

/// What a layout is made of, but for the plans.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// All files but those of single parts.
    around: BTreeMap<String, Bytes>,
    /// Each part's data.
    parts: BTreeMap<String, PartData>,
}

/// The data of a part. It is the same where only the numbers of notes are others, as an edit before
/// it may make them.
#[derive(Debug)]
struct PartData {
    bytes: Bytes,
    /// All of it but those numbers, hashed.
    hash: u128,
}

impl PartialEq for PartData {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl PartData {
    fn of(bytes: &Bytes) -> Self {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut lines: Vec<&str> = vec![];
        for line in text.lines() {
            // A run's kind stands right behind its number.
            let of_note = matches!(line.trim(), r#""t": "footnote""# | r#""t": "note-again""#);
            if of_note && lines.last().is_some_and(|last| last.trim().starts_with("\"number\"")) {
                lines.pop();
            }
            lines.push(line);
        }
        Self { bytes: bytes.clone(), hash: hash128(&lines) }
    }
}

impl Data {
    pub(super) fn of(files: &Files) -> Self {
        let mut out = Self::default();
        for (path, bytes) in files.all() {
            match id(path) {
                Some(id) => _ = out.parts.insert(id.to_owned(), PartData::of(bytes)),
                None if path.starts_with(inputs::PLANS) => {}
                None => _ = out.around.insert(path.to_owned(), bytes.clone()),
            }
        }
        out
    }

    /// The files of the parts' data.
    pub(super) fn parts(&self) -> impl Iterator<Item = (String, Bytes)> {
        self.parts.iter().map(|(id, part)| (inputs::part(id), part.bytes.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_loosened_last_stays_so_when_all_is_planned_anew() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
        let parts = ["a", "b", "c"].map(|id| (id.to_owned(), State::default()));
        let mut memory = Memory { parts: parts.into(), loose: ids(&["a"]), ..Memory::of_one() };
        assert_eq!(memory.tight(ids(&["a", "b"])), ids(&["b"]));
        memory.loosen(&ids(&["b"]));
        memory.forget();
        assert!(memory.once && memory.parts.is_empty());
        assert_eq!(memory.loose(&Data::default(), Mode::default()), ids(&["b"]));
    }
}
