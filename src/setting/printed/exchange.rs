//! Runs that change places: where a text stands once alone, and what took its characters, such as a
//! number like one of its own, stands elsewhere too, that one makes room.
//!
//! This is the search for an augmenting path in a matching. It can lose nothing that was found: if one
//! of the runs that make room finds no other place, all of them go back.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Found, Index, KEY, Piece, Printed};

/// How many runs may make room for one another in a row.
const DEPTH: usize = 4;
/// The number of places at which each text is tried.
const PLACES: usize = 32;
/// The number of places that are tried on some pages in all: of much that is lost, not all is sought
/// so well.
const STEPS: usize = 4_000;

/// What a search for other places knows.
pub(super) struct Exchange<'a> {
    index: &'a Index,
    runs: &'a [Vec<char>],
    /// The runs that may move: those that are sought on the same pages.
    movable: BTreeSet<usize>,
    steps: usize,
    /// The places that were tried for the present text: a second try would end as the first did.
    tried: BTreeSet<(usize, usize)>,
    /// What was given (true) and taken away: it may have to be undone.
    changes: Vec<(bool, Piece, usize)>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(index: &'a Index, runs: &'a [Vec<char>], movable: BTreeSet<usize>) -> Self {
        let (tried, changes) = (BTreeSet::new(), vec![]);
        Self { index, runs, movable, steps: STEPS, tried, changes }
    }
}

impl Printed<'_> {
    /// Gives a piece a free place, or one that others can leave.
    pub(super) fn settle(
        &mut self,
        exchange: &mut Exchange,
        piece: &Piece,
        found: &mut [Found],
    ) -> bool {
        exchange.tried.clear();
        exchange.changes.clear();
        self.moved(exchange, piece, found, DEPTH)
    }

    fn moved(
        &mut self,
        exchange: &mut Exchange,
        piece: &Piece,
        found: &mut [Found],
        depth: usize,
    ) -> bool {
        let run = &exchange.runs[piece.run];
        let text = &run[piece.range.clone()];
        let is_whole = text.len() == run.len();
        // A whole run stands behind the template's words at least; a part ends where items end.
        let fit = match is_whole {
            true => [false, text.len() < KEY],
            false => [piece.range.start > 0, piece.range.end < run.len()],
        };
        let untried = |at: usize| !exchange.tried.contains(&(at, text.len()));
        let mut free = self.places(exchange.index, text, fit).into_iter();
        if let Some(at) = free.find(|at| untried(*at)) {
            self.change(exchange, true, piece.clone(), at, found);
            return true;
        }
        if depth == 0 {
            return false;
        }
        let places = self.stands(exchange.index, text, fit, untried);
        for at in places.into_iter().take(PLACES) {
            let range = at..at + text.len();
            if exchange.steps == 0 || !exchange.tried.insert((at, text.len())) {
                continue;
            }
            exchange.steps -= 1;
            let Some(holders) = holders(exchange, range, found) else { continue };
            let mark = exchange.changes.len();
            for (holder, place) in &holders {
                self.change(exchange, false, holder.clone(), *place, found);
            }
            self.change(exchange, true, piece.clone(), at, found);
            let is_done = holders.iter().all(|(it, _)| self.moved(exchange, it, found, depth - 1));
            if is_done {
                return true;
            }
            self.undo(exchange, mark, found);
        }
        self.parted(exchange, piece, found, depth)
    }

    /// Gives a piece its characters in parts, as where a line ends within it: the longest that is
    /// free, and what stands on both sides of it.
    fn parted(
        &mut self,
        exchange: &mut Exchange,
        piece: &Piece,
        found: &mut [Found],
        depth: usize,
    ) -> bool {
        if piece.range.len() < KEY || exchange.steps == 0 {
            return false;
        }
        exchange.steps -= 1;
        let Some((part, at)) = self.longest(exchange.index, exchange.runs, piece, true) else {
            return false;
        };
        let mark = exchange.changes.len();
        let sides = [piece.range.start..part.start, part.end..piece.range.end];
        let run = piece.run;
        self.change(exchange, true, Piece { run, range: part }, at, found);
        let is_done = sides
            .into_iter()
            .filter(|side| !side.is_empty())
            .all(|range| self.moved(exchange, &Piece { run, range }, found, depth - 1));
        if !is_done {
            self.undo(exchange, mark, found);
        }
        is_done
    }

    /// Takes back what was changed since `mark`.
    fn undo(&mut self, exchange: &mut Exchange, mark: usize, found: &mut [Found]) {
        while exchange.changes.len() > mark {
            let Some((given, piece, at)) = exchange.changes.pop() else { break };
            self.set(!given, &piece, at, found);
        }
    }

    fn change(
        &mut self,
        exchange: &mut Exchange,
        given: bool,
        piece: Piece,
        at: usize,
        found: &mut [Found],
    ) {
        self.set(given, &piece, at, found);
        exchange.changes.push((given, piece, at));
    }

    fn set(&mut self, given: bool, piece: &Piece, at: usize, found: &mut [Found]) {
        if given {
            return self.give(piece, at, found);
        }
        self.taken[at..at + piece.range.len()].fill(false);
        let places = &mut found[piece.run].places;
        places.retain(|(range, place)| (range, *place) != (&piece.range, at));
    }
}

/// The pieces that have taken characters in a range, if all of them may move.
fn holders(
    exchange: &Exchange,
    range: Range<usize>,
    found: &[Found],
) -> Option<Vec<(Piece, usize)>> {
    let mut out = vec![];
    for (run, found) in found.iter().enumerate() {
        for (part, at) in &found.places {
            if *at < range.end && range.start < at + part.len() {
                if !exchange.movable.contains(&run) {
                    return None;
                }
                out.push((Piece { run, range: part.clone() }, *at));
            }
        }
    }
    Some(out)
}
