//! Turns matched blocks into changes: edited text, moved blocks, and their locations on the page.

use std::collections::BTreeMap;

use kurbo::Rect;

use super::blocks::Pair;
use super::pages::{self, Likeness, Row};
use super::references;
use super::version::{At, Passage, Version};
use super::words::{self, Piece};
use super::{Change, ChangeKind, Op, Words};

/// Matches the pages of both versions by their common words; `looks` tells how much those without
/// words are alike.
pub(super) fn rows(a: &Version, b: &Version, pairs: &[Pair], looks: &Likeness) -> Vec<Row> {
    let mut common = vec![vec![0; b.pages.len()]; a.pages.len()];
    for pair in pairs {
        let (Some(old), Some(new)) =
            (pair.a.map(|a_block| &a.blocks[a_block]), pair.b.map(|b_block| &b.blocks[b_block]))
        else {
            continue;
        };
        for piece in words::compare(&old.text, &new.text).into_iter().filter(|piece| piece.same) {
            for (from, to) in old.places[piece.a].iter().zip(&new.places[piece.b]) {
                common[from.page][to.page] += 1;
            }
        }
    }
    let sizes = |version: &Version| {
        let mut sizes = vec![0; version.pages.len()];
        version.blocks.iter().flat_map(|block| &block.places).for_each(|at| sizes[at.page] += 1);
        sizes
    };
    pages::align(&common, &sizes(a), &sizes(b), looks)
}

/// Returns the changes of all blocks.
pub(super) fn of(
    a: &Version,
    b: &Version,
    pairs: &[Pair],
    rows: &[Row],
    numbers: &BTreeMap<usize, usize>,
) -> Vec<Change> {
    let judge = Judge { a, b, rows, numbers };
    pairs.iter().filter_map(|pair| judge.change(pair)).collect()
}

struct Judge<'a> {
    a: &'a Version,
    b: &'a Version,
    rows: &'a [Row],
    numbers: &'a BTreeMap<usize, usize>,
}

impl Judge<'_> {
    fn change(&self, pair: &Pair) -> Option<Change> {
        let (old, new) = (pair.a.map(|at| &self.a.blocks[at]), pair.b.map(|at| &self.b.blocks[at]));
        match (old, new) {
            (Some(old), Some(new)) => self.both(old, new, pair.moved),
            (Some(old), None) => {
                let mut change = self.describe(ChangeKind::Removed, Some(old), None, &[]);
                change.words = vec![Words { op: Op::Removed, text: old.text.iter().collect() }];
                change.marks_a = whole(old);
                Some(change)
            }
            (None, Some(new)) => {
                let mut change = self.describe(ChangeKind::Added, None, Some(new), &[]);
                change.words = vec![Words { op: Op::Added, text: new.text.iter().collect() }];
                change.marks_b = whole(new);
                Some(change)
            }
            (None, None) => None,
        }
    }

    fn both(&self, old: &Passage, new: &Passage, moved: bool) -> Option<Change> {
        let pieces = words::compare(&old.text, &new.text);
        let edited = pieces.iter().any(|piece| !piece.same);
        let (redrawn, resized, recoloured) = match (&old.figure, &new.figure) {
            (Some(own), Some(its)) => {
                let resized = own.resized(its);
                (!resized && !own.equals(its) || own.alt != its.alt, resized, own.recoloured(its))
            }
            _ => (false, false, false),
        };
        let kind = if self.elsewhere(old, new, moved) {
            ChangeKind::Moved
        } else if edited && references::follow(&old.text, &new.text, self.numbers) {
            ChangeKind::Renumbered
        } else if edited || redrawn {
            ChangeKind::Changed
        } else if resized {
            ChangeKind::Resized
        } else if recoloured {
            ChangeKind::Look
        } else {
            return None;
        };
        let mut change = self.describe(kind, Some(old), Some(new), &pieces);
        if kind == ChangeKind::Moved || redrawn || resized || recoloured {
            change.marks_a = whole(old);
            change.marks_b = whole(new);
        } else {
            for piece in pieces.iter().filter(|piece| !piece.same) {
                change.marks_a.extend(marks(old, piece.a.clone()));
                change.marks_b.extend(marks(new, piece.b.clone()));
            }
        }
        Some(change)
    }

    /// Returns whether a block is on a page other than its old page's counterpart, or in another
    /// order there.
    fn elsewhere(&self, old: &Passage, new: &Passage, moved: bool) -> bool {
        let row = self.rows.iter().find(|row| row.b == Some(new.page()));
        let stays = row.is_some_and(|row| row.a == Some(old.page()));
        // What stays on a page that has moved is told with the page.
        !stays || moved && !row.is_some_and(|row| row.moved)
    }

    fn describe(
        &self,
        kind: ChangeKind,
        old: Option<&Passage>,
        new: Option<&Passage>,
        pieces: &[Piece],
    ) -> Change {
        let label = |version: &Version, block: &Passage| version.pages[block.page()].label.clone();
        let (version, block) = match (old, new) {
            (_, Some(new)) => (self.b, Some(new)),
            (old, None) => (self.a, old),
        };
        let first = pieces.iter().find(|piece| !piece.same).map_or(0, |piece| piece.b.start);
        let source = block.and_then(|block| version.sources.find(&block.text, first)).unzip();
        let alt = block.and_then(|block| block.figure.as_ref()).map(|figure| figure.alt.clone());
        Change {
            kind,
            figure: block.is_some_and(|block| block.figure.is_some()),
            part: block.map_or(String::new(), |block| {
                version.parts[version.part_of(block.page())].title.clone()
            }),
            from: old.map(|old| label(self.a, old)),
            to: new.map(|new| label(self.b, new)),
            file: source.0,
            line: source.1,
            alt: alt.filter(|alt| !alt.is_empty()),
            told: None,
            words: old.zip(new).map_or(vec![], |(old, new)| words_of(old, new, pieces)),
            marks_a: vec![],
            marks_b: vec![],
        }
    }
}

/// Returns the text with its removals and additions, without soft hyphens, which line ends have
/// introduced.
fn words_of(old: &Passage, new: &Passage, pieces: &[Piece]) -> Vec<Words> {
    let text =
        |chars: &[char]| chars.iter().filter(|c| **c != super::read::SOFT).collect::<String>();
    let mut out = vec![];
    for piece in pieces {
        let (was, is) = (text(&old.text[piece.a.clone()]), text(&new.text[piece.b.clone()]));
        if piece.same {
            out.push(Words { op: Op::Same, text: is });
        } else {
            out.extend((!was.is_empty()).then_some(Words { op: Op::Removed, text: was }));
            out.extend((!is.is_empty()).then_some(Words { op: Op::Added, text: is }));
        }
    }
    out
}

/// Returns the extent of a block: a figure's frame, or its text, one rectangle per column.
fn whole(block: &Passage) -> Vec<At> {
    match &block.figure {
        Some(figure) => vec![figure.at],
        None => columns(lines(&block.places)),
    }
}

/// Merges lines below each other into one rectangle per column.
fn columns(lines: Vec<At>) -> Vec<At> {
    let mut out: Vec<At> = vec![];
    for line in lines {
        let below = |last: &&mut At| {
            let (above, own) = (last.rect, line.rect);
            let gap = own.y0 - above.y1;
            last.page == line.page
                && (-own.height()..own.height()).contains(&gap)
                && own.x0 < above.x1
                && above.x0 < own.x1
        };
        match out.last_mut().filter(below) {
            Some(last) => last.rect = last.rect.union(line.rect),
            None => out.push(line),
        }
    }
    out
}

/// Returns the rectangles of some characters, one per line, or a thin bar where something is
/// missing between two characters.
fn marks(block: &Passage, range: std::ops::Range<usize>) -> Vec<At> {
    if !range.is_empty() {
        return lines(&block.places[range]);
    }
    let bar =
        |at: &At, x: f64| At { rect: Rect::new(x - 0.75, at.rect.y0, x + 0.75, at.rect.y1), ..*at };
    let before = range
        .start
        .checked_sub(1)
        .and_then(|last| block.places.get(last))
        .map(|at| bar(at, at.rect.x1));
    let after = || block.places.get(range.start).map(|at| bar(at, at.rect.x0));
    before.or_else(after).into_iter().collect()
}

/// Merges characters in a row into one rectangle per line.
fn lines(places: &[At]) -> Vec<At> {
    let mut out: Vec<At> = vec![];
    for at in places {
        let goes_on = |last: &&mut At| {
            let height = last.rect.height().max(at.rect.height());
            let gap = at.rect.x0 - last.rect.x1;
            last.page == at.page
                && (last.rect.center().y - at.rect.center().y).abs() < 0.6 * height
                && (-height..1.5 * height).contains(&gap)
        };
        match out.last_mut().filter(goes_on) {
            Some(last) => last.rect = last.rect.union(at.rect),
            None => out.push(*at),
        }
    }
    out
}
