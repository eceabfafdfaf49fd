//! What is kept between layouts: an edit plans its own part alone.
//!
//! A part's plan follows from its own data, and that of a part which it faces. So where neither
//! changed, planning takes up where it came to; and where that would give other pairs of facing
//! parts, it starts anew. What comes out is what a cold run gives.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use super::planner::State;
use crate::setting::fit::Mode;
use crate::setting::world::Files;

/// The folder of the parts' data.
const PARTS: &str = "/data/parts/";
/// The folder of their plans.
const PLANS: &str = "/data/plans/";

/// The plans of the last layout, and what they were made of.
#[derive(Debug, Default)]
pub struct Memory {
    mode: Mode,
    /// All files but those of single parts.
    around: BTreeMap<String, Bytes>,
    /// Each part's data.
    data: BTreeMap<String, Bytes>,
    parts: BTreeMap<String, State>,
    /// The parts that are set like the one before them.
    pairs: BTreeSet<String>,
    pages: Option<PagedDocument>,
}

fn id(path: &str) -> Option<&str> {
    path.strip_prefix(PARTS)?.strip_suffix(".json")
}

impl Memory {
    /// The parts, in the report's `order`, of which all is as it was.
    pub(super) fn same(&self, files: &Files, mode: Mode, order: &[&str]) -> Vec<(String, State)> {
        let (around, data) = sorted(files);
        if self.mode != mode || self.around != around {
            return vec![];
        }
        let changed = |id: &str| self.data.get(id) != data.get(id) || !self.parts.contains_key(id);
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

    /// The pages of the last layout.
    pub(super) fn pages(&self) -> Option<&PagedDocument> {
        self.pages.as_ref()
    }

    /// Keeps what a layout came to.
    pub(super) fn keep(
        &mut self,
        files: &Files,
        mode: Mode,
        (parts, pairs): (BTreeMap<String, State>, BTreeSet<String>),
        pages: &PagedDocument,
    ) {
        let (around, data) = sorted(files);
        *self = Self { mode, around, data, parts, pairs, pages: Some(pages.clone()) };
    }

    /// Whether the same parts face each other as before, of those that are taken up.
    pub(super) fn has_pairs(&self, pairs: &BTreeSet<String>, taken: &[(String, State)]) -> bool {
        taken.iter().all(|(id, _)| self.pairs.contains(id) == pairs.contains(id))
    }
}

/// The files of all parts together, and those of each.
fn sorted(files: &Files) -> (BTreeMap<String, Bytes>, BTreeMap<String, Bytes>) {
    let (mut around, mut data) = (BTreeMap::new(), BTreeMap::new());
    for (path, bytes) in files.all() {
        match id(path) {
            Some(id) => _ = data.insert(id.to_owned(), bytes.clone()),
            None if path.starts_with(PLANS) => {}
            None => _ = around.insert(path.to_owned(), bytes.clone()),
        }
    }
    (around, data)
}
