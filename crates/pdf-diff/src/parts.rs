//! Matches the parts of two versions, and compares the pages they are on.

use super::PartChange;
use super::blocks::Pair;
use super::version::{Section, Version};

/// Returns, for each part of the new version, the index of its counterpart in the old one.
pub(super) fn matched(a: &Version, b: &Version, pairs: &[Pair]) -> Vec<Option<usize>> {
    let mut taken = vec![false; a.parts.len()];
    let mut found: Vec<Option<usize>> = vec![None; b.parts.len()];
    for (new, part) in b.parts.iter().enumerate() {
        let same = a
            .parts
            .iter()
            .enumerate()
            .find(|(old, other)| !taken[*old] && other.title == part.title);
        if let Some((old, _)) = same {
            taken[old] = true;
            found[new] = Some(old);
        }
    }
    // A part with a new title is known by its text.
    for new in (0..b.parts.len()).filter(|&new| found[new].is_none()).collect::<Vec<_>>() {
        let mut shared = vec![0; a.parts.len()];
        for pair in pairs {
            if let (Some(old), Some(now)) = (pair.a, pair.b)
                && b.part_of(b.blocks[now].page()) == new
            {
                shared[a.part_of(a.blocks[old].page())] += b.blocks[now].text.len();
            }
        }
        let free = shared.iter().enumerate().filter(|(old, shared)| !taken[*old] && **shared > 0);
        if let Some((old, _)) = free.max_by_key(|(_, shared)| **shared) {
            taken[old] = true;
            found[new] = Some(old);
        }
    }
    found
}

/// Returns the parts that were added, removed, retitled or moved to other pages.
pub(super) fn changes(a: &Version, b: &Version, matched: &[Option<usize>]) -> Vec<PartChange> {
    let mut out = vec![];
    for (part, old) in b.parts.iter().zip(matched) {
        let old = old.map(|old| &a.parts[old]);
        let (from, to) = (old.map(|old| pages(a, old)), Some(pages(b, part)));
        let was = old.filter(|old| old.title != part.title).map(|old| old.title.clone());
        if from != to || was.is_some() {
            out.push(PartChange { title: part.title.clone(), was, from, to });
        }
    }
    let gone = a.parts.iter().enumerate().filter(|(old, _)| !matched.contains(&Some(*old)));
    out.extend(gone.map(|(_, part)| PartChange {
        title: part.title.clone(),
        was: None,
        from: Some(pages(a, part)),
        to: None,
    }));
    out
}

/// Returns the labels of a part's pages.
fn pages(version: &Version, part: &Section) -> String {
    let label = |page: usize| version.pages.get(page).map_or("", |page| page.label.as_str());
    match part.count {
        1 => label(part.first).to_owned(),
        count => format!("{}–{}", label(part.first), label(part.first + count - 1)),
    }
}
