//! The index: words of the text, in their order, with where they stand.

use std::collections::BTreeMap;

use l10n::say;
use source::{Diagnostic, Place, Problems, nearest};

use super::order::Order;
use crate::reading::model::{IndexEntry, IndexMark, Inline, Inlines, Part};

/// A mark in the text, and the name of links to it.
pub(super) struct Named {
    name: String,
    mark: IndexMark,
    /// Where it is written.
    pub(super) place: Place,
}

/// Names the marks of a report, in the order of its text, and returns them.
pub(super) fn marks(parts: &mut [Part]) -> Vec<Named> {
    let mut out = vec![];
    for runs in parts.iter_mut().flat_map(|part| part.content.runs_mut()) {
        named(runs, &mut out);
    }
    out
}

fn named(runs: &mut Inlines, out: &mut Vec<Named>) {
    for run in runs {
        if let Inline::Index { mark, name, .. } = run {
            *name = format!("index {}", out.len() + 1);
            let (name, mark) = (name.clone(), mark.clone());
            out.push(Named { name, place: mark.place.clone(), mark });
        }
        for body in run.within_mut() {
            named(body, out);
        }
    }
}

/// An entry while it is collected: those below it by their words.
#[derive(Default)]
struct Node {
    entry: IndexEntry,
    /// How it is read, if its author says so.
    sort: Option<String>,
    below: BTreeMap<String, Node>,
    /// The range that has begun and not ended: its place among the places, and where it began.
    open: Option<(usize, Place)>,
}

/// Collects the entries of the index.
pub(super) fn entries(marks: &[Named], order: &Order, problems: &mut Problems) -> Vec<IndexEntry> {
    let mut root = Node::default();
    for Named { name, mark, .. } in marks {
        let mut node = &mut root;
        for words in &mark.path {
            node = node.below.entry(words.clone()).or_default();
            node.entry.words.clone_from(words);
            node.entry.place.get_or_insert_with(|| mark.place.clone());
        }
        if node.sort.is_none() {
            node.sort.clone_from(&mark.sort);
        }
        note(node, name, mark, problems);
    }
    told(&root, problems);
    for Named { mark, .. } in marks {
        for words in mark.see.iter().chain(&mark.see_also) {
            if !found(&root, words) {
                unknown(words, &mark.place, &root, problems);
            }
        }
    }
    sorted(root, order, true)
}

/// Notes a mark at its entry.
fn note(node: &mut Node, name: &str, mark: &IndexMark, problems: &mut Problems) {
    let entry = &mut node.entry;
    for (words, list) in [(&mark.see, &mut entry.see), (&mark.see_also, &mut entry.see_also)] {
        list.extend(
            words.iter().filter(|words| !list.contains(words)).cloned().collect::<Vec<_>>(),
        );
    }
    if mark.see.is_some() {
        return;
    }
    match (mark.range, node.open.take()) {
        (Some(false), Some((at, _))) => entry.places[at].1 = Some(name.to_owned()),
        (Some(false), None) => {
            let message = say!("a range ends here that began nowhere");
            let hint = say!("write `range=start` at the same entry where it begins");
            problems.push(Diagnostic::error(mark.place.clone(), message).hint(hint));
        }
        (Some(true), Some(open)) => {
            let message = say!("a range begins here before the one at the same entry has ended");
            let hint = say!("write `range=end` at the same entry where it ends");
            problems.push(Diagnostic::error(mark.place.clone(), message).hint(hint));
            node.open = Some(open);
        }
        (Some(true), None) => {
            node.open = Some((entry.places.len(), mark.place.clone()));
            entry.places.push((name.to_owned(), None));
        }
        (None, open) => {
            node.open = open;
            entry.places.push((name.to_owned(), None));
        }
    }
}

/// Reports ranges that do not end.
fn told(node: &Node, problems: &mut Problems) {
    if let Some((_, place)) = &node.open {
        let message = say!("the range that begins here does not end");
        let hint = say!("write `range=end` at the same entry where it ends");
        problems.push(Diagnostic::error(place.clone(), message).hint(hint));
    }
    node.below.values().for_each(|below| told(below, problems));
}

/// Whether the index has an entry: `模型` or `模型!大模型`.
fn found(root: &Node, words: &str) -> bool {
    let mut node = root;
    words.split('!').all(|words| match node.below.get(words.trim()) {
        Some(below) => {
            node = below;
            true
        }
        None => false,
    })
}

fn unknown(words: &str, place: &Place, root: &Node, problems: &mut Problems) {
    let hint = match nearest(words, root.below.keys().map(String::as_str)) {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None => say!("mark `[{words}]{{.index}}` where the text speaks of it", words),
    };
    let message = say!("the index has no entry `{words}`", words);
    problems.push(Diagnostic::error(place.clone(), message).hint(hint));
}

fn sorted(node: Node, order: &Order, top: bool) -> Vec<IndexEntry> {
    let keyed = |node: Node| (order.key(&node.entry.words, node.sort.as_deref()), node);
    let mut below: Vec<(String, Node)> = node.below.into_values().map(keyed).collect();
    below.sort_by(|(a, one), (b, other)| {
        order.compare(a, b).then_with(|| one.entry.words.cmp(&other.entry.words))
    });
    let entry = |(key, mut node): (String, Node)| {
        let mut entry = std::mem::take(&mut node.entry);
        if top {
            entry.group = order.group(&key);
        }
        entry.entries = sorted(node, order, false);
        entry
    };
    below.into_iter().map(entry).collect()
}
