//! The characters on finished pages, and which run of the content each of them prints.
//!
//! Pages are one row of characters in the order in which they are drawn. A run of the content
//! takes its characters from that row, and no two runs take the same one: so a text that is
//! written twice must be printed twice. Runs are taken whole where they can be. Where something
//! stands between the parts of one, such as notes at a page's foot, each part ends where an item of
//! text ends. A text that finds its characters taken has them back, where others can stand elsewhere.

mod exchange;

use std::ops::Range;

use typst::introspection::Location;
use typst::layout::{Abs, FrameItem, Point, Size};
use typst::text::TextItem;
use typst_layout::PagedDocument;
use unicode_normalization::UnicodeNormalization;

use self::exchange::Exchange;
use super::area::Area;
use super::around::Around;
use super::expected::letters;
use super::frames::{self, Stance};

/// The number of characters by which places are found; 21 bits each, they fill 126 of 128.
const KEY: usize = 6;
/// So many characters within a run may be found one by one.
const FEW: usize = 2 * KEY;
/// How far a character may reach over an edge, in points: what is drawn there is hardly cut.
const SLACK: f64 = 1.0;
/// The number of places at which a piece of a run is tried.
const TRIES: usize = 256;

/// An item of text that is no head, no folio and no ornament.
pub(super) struct Item<'a> {
    pub(super) text: &'a TextItem,
    pub(super) stance: Stance,
    /// Its page, from 1.
    pub(super) page: usize,
    /// Its characters in the row of all.
    letters: Range<usize>,
    /// Whether it stands in a thing that spans the columns.
    pub(super) spans: bool,
    /// The footnote in which it stands: where its mark is.
    pub(super) note: Option<Location>,
}

/// The characters on the pages.
pub(super) struct Printed<'a> {
    /// The items of text.
    pub(super) items: Vec<Item<'a>>,
    letters: Vec<char>,
    /// Whether a reader can see each.
    seen: Vec<bool>,
    /// Whether a run has taken it.
    taken: Vec<bool>,
    /// Whether an item of text begins here, and so ends before it.
    edges: Vec<bool>,
    /// Where each page begins.
    pages: Vec<usize>,
    /// The pictures that are no ornaments.
    pub(super) pictures: Vec<Picture>,
}

/// A picture on a page.
pub(super) struct Picture {
    /// Its page, from 1.
    pub(super) page: usize,
    /// What of it can be seen.
    pub(super) area: Area,
    /// How many of the items of text are drawn before it.
    pub(super) after: usize,
    /// Whether it stands in a thing that spans the columns.
    pub(super) spans: bool,
}

/// A piece of a run that is sought.
#[derive(Clone)]
pub(super) struct Piece {
    /// The run's number.
    pub(super) run: usize,
    /// Which of its characters.
    pub(super) range: Range<usize>,
}

/// What was found of a run.
#[derive(Default, Clone)]
pub(super) struct Found {
    /// Where its pieces stand.
    pub(super) places: Vec<(Range<usize>, usize)>,
}

/// Characters as they are compared: a template may print capitals, and quotes of another kind.
fn folded(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => {
            let c = plain_letter(c);
            c.to_lowercase().next().unwrap_or(c)
        }
    }
}

/// A letter of the alphabets of formulas as the letter that it is.
fn plain_letter(c: char) -> char {
    if !matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{2100}'..='\u{214f}' | 'ϐ'..='ϵ') {
        return c;
    }
    let mut letters = c.nfkd();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => c,
    }
}

/// A run's characters as they are compared.
pub(super) fn fold(text: &[char]) -> Vec<char> {
    text.iter().copied().map(folded).collect()
}

/// The places of the characters of some pages, sorted by what follows.
struct Index {
    range: Range<usize>,
    entries: Vec<(u128, usize)>,
}

fn key(text: &[char]) -> u128 {
    let bits = |(at, c): (usize, &char)| u128::from(u32::from(*c)) << (21 * (KEY - 1 - at));
    text.iter().take(KEY).enumerate().map(bits).sum()
}

impl<'a> Printed<'a> {
    /// Reads the pages; heads and folios, which the template marks, are no content.
    pub(super) fn of(document: &'a PagedDocument) -> Self {
        let (letters, seen, taken) = (vec![], vec![], vec![]);
        let (items, pages, pictures) = (vec![], vec![], vec![]);
        let mut out = Self { items, letters, seen, taken, edges: vec![], pages, pictures };
        let mut around = Around::new();
        for page in document.pages() {
            out.pages.push(out.letters.len());
            let number = out.pages.len();
            let size = page.frame.size();
            let trim = Area { x: 0.0, y: 0.0, width: size.x.to_pt(), height: size.y.to_pt() };
            frames::visit(&page.frame, &mut |item, stance| match item {
                FrameItem::Text(text) if !around.aside => {
                    let letters = out.text(text, stance, &trim);
                    if !letters.is_empty() && !around.is_ornament() {
                        let (spans, note) = (around.thing, around.note());
                        out.items.push(Item { text, stance, page: number, letters, spans, note });
                    }
                }
                FrameItem::Image(_, size, _) if !around.aside && !around.is_ornament() => {
                    let area = stance.area(Point::zero(), *size).common(&trim);
                    let area = stance.clip.map_or(area, |clip| clip.common(&area));
                    let (after, spans) = (out.items.len(), around.thing);
                    out.pictures.push(Picture { page: number, area, after, spans });
                }
                FrameItem::Tag(tag) => around.pass(tag),
                _ => {}
            });
        }
        out.edges.push(true);
        out.taken.resize(out.letters.len(), false);
        out
    }

    /// For each item of text, the run that it prints.
    pub(super) fn owners(&self, found: &[Found]) -> Vec<Option<usize>> {
        let mut owners = vec![None; self.letters.len()];
        for (run, found) in found.iter().enumerate() {
            for (range, at) in &found.places {
                owners[*at..at + range.len()].fill(Some(run));
            }
        }
        let owner = |item: &Item| owners[item.letters.clone()].iter().find_map(|owner| *owner);
        self.items.iter().map(owner).collect()
    }

    fn text(&mut self, text: &TextItem, stance: Stance, trim: &Area) -> Range<usize> {
        let around = stance.clip.map_or(*trim, |clip| clip.common(trim));
        // What a reader needs of a character: from its baseline to over its middle.
        let shows = |x: Abs, width: Abs| {
            let body = Size::new(width, text.size * 0.6);
            around.holds(&stance.area(Point::new(x, text.size * -0.6), body), SLACK)
        };
        let mut hidden: Vec<Range<usize>> = vec![];
        if !shows(Abs::zero(), text.width()) {
            let mut x = Abs::zero();
            for glyph in &text.glyphs {
                let width = glyph.x_advance.at(text.size);
                if !shows(x, width) {
                    hidden.push(glyph.range());
                }
                x += width;
            }
        }
        let start = self.letters.len();
        for (at, c) in text.text.char_indices() {
            if letters(c.encode_utf8(&mut [0; 4])).next().is_some() {
                self.edges.push(self.letters.len() == start);
                self.letters.push(folded(c));
                self.seen.push(!hidden.iter().any(|range| range.contains(&at)));
            }
        }
        start..self.letters.len()
    }

    /// The page of a character, from 1.
    pub(super) fn page(&self, at: usize) -> usize {
        self.pages.partition_point(|start| *start <= at)
    }

    /// Whether a reader can see a character.
    pub(super) fn is_seen(&self, at: usize) -> bool {
        self.seen[at]
    }

    /// Whether any character on a page, from 1, prints the content, and can be seen.
    pub(super) fn has_content(&self, page: usize) -> bool {
        let mut letters = self.span(page..page + 1);
        letters.any(|at| self.taken[at] && self.seen[at])
    }

    /// The characters of pages, from 1.
    fn span(&self, pages: Range<usize>) -> Range<usize> {
        let start = |page: usize| self.pages.get(page - 1).copied().unwrap_or(self.letters.len());
        start(pages.start)..start(pages.end)
    }

    /// Lets pieces of runs take their characters on some pages, from 1; what is missing comes back.
    pub(super) fn take(
        &mut self,
        pages: Range<usize>,
        runs: &[Vec<char>],
        mut pieces: Vec<Piece>,
        found: &mut [Found],
    ) -> Vec<Piece> {
        let index = self.index(self.span(pages));
        // The longest first, which have the least choice; equal ones beside each other.
        let sort = |pieces: &mut Vec<Piece>| {
            pieces.sort_by(|a, b| {
                let text = |piece: &Piece| &runs[piece.run][piece.range.clone()];
                b.range.len().cmp(&a.range.len()).then_with(|| text(a).cmp(text(b)))
            });
        };
        sort(&mut pieces);
        let movable = pieces.iter().map(|piece| piece.run).collect();
        let mut exchange = Exchange::new(&index, runs, movable);
        let mut rest = vec![];
        let text = |piece: &Piece| &runs[piece.run][piece.range.clone()];
        for equal in pieces.chunk_by(|a, b| text(a) == text(b)) {
            let text = text(&equal[0]);
            // Whole items only, where a few characters could belong to anything.
            let few = text.len() < KEY;
            let mut places = self.places(&index, text, [few, few]).into_iter();
            for piece in equal {
                match places.find(|&at| !self.taken[at..at + text.len()].contains(&true)) {
                    Some(at) => self.give(piece, at, found),
                    None if few => rest.push(piece.clone()),
                    None => self.piecemeal(&index, runs, piece.clone(), found, &mut rest, true),
                }
            }
        }
        sort(&mut rest);
        let mut missing = vec![];
        for piece in rest {
            // Shorter texts may stand where this one belongs.
            let is_found = self.settle(&mut exchange, &piece, found)
                || self.halves(&index, runs, &piece, found);
            if !is_found {
                missing.push(piece);
            }
        }
        // Of text that repeats itself, runs may have taken each other's characters: what is left
        // of it need not end where items end.
        let (long, mut short): (Vec<_>, Vec<_>) =
            missing.into_iter().partition(|piece| piece.range.len() >= KEY);
        for piece in long {
            self.piecemeal(&index, runs, piece, found, &mut short, false);
        }
        short.retain(|piece| {
            let text = text(piece);
            // A whole run stands behind the template's words at least, such as a number like its own.
            let whole = text.len() == runs[piece.run].len();
            let place = if text.len() < KEY {
                self.places(&index, text, [false, whole]).first().copied()
            } else {
                None
            };
            place.inspect(|at| self.give(piece, *at, found)).is_none()
        });
        short.retain(|piece| !self.settle(&mut exchange, piece, found));
        short.retain(|piece| !self.scattered(&index, runs, piece, found));
        short
    }

    /// Lets a few characters within a run take theirs one by one, wherever they are left: of words
    /// that are written again and again, runs took those of each other. On pages that lose nothing,
    /// only the template's own words are left over.
    fn scattered(
        &mut self,
        index: &Index,
        runs: &[Vec<char>],
        piece: &Piece,
        found: &mut [Found],
    ) -> bool {
        let run = &runs[piece.run];
        if piece.range.len() > FEW || piece.range.len() == run.len() {
            return false;
        }
        let mut places: Vec<usize> = vec![];
        for letter in piece.range.clone() {
            let free = |at: &usize| {
                self.letters[*at] == run[letter]
                    && self.seen[*at]
                    && !self.taken[*at]
                    && !places.contains(at)
            };
            let Some(at) = index.range.clone().find(free) else { return false };
            places.push(at);
        }
        for (letter, at) in piece.range.clone().zip(places) {
            self.give(&Piece { run: piece.run, range: letter..letter + 1 }, at, found);
        }
        true
    }

    /// Lets a piece take its characters as a whole, or in two, as where a column ends within a few
    /// characters.
    fn halves(
        &mut self,
        index: &Index,
        runs: &[Vec<char>],
        piece: &Piece,
        found: &mut [Found],
    ) -> bool {
        let run = &runs[piece.run];
        let Range { start, end } = piece.range;
        let place = |range: Range<usize>| {
            let fit = [range.start > 0, range.end < run.len()];
            let at = *self.places(index, &run[range.clone()], fit).first()?;
            Some((range, at))
        };
        let whole = place(start..end).map(|whole| vec![whole]);
        let few = end - start < KEY;
        let found_at = whole.or_else(|| {
            let mut middles = (start + 1..end).filter(|_| few);
            middles.find_map(|middle| Some(vec![place(start..middle)?, place(middle..end)?]))
        });
        // Both halves of a repetition could have been found in the same place.
        let apart = |halves: &[(Range<usize>, usize)]| match halves {
            [(a, at), (b, to)] => at + a.len() <= *to || to + b.len() <= *at,
            _ => true,
        };
        let Some(pieces) = found_at.filter(|pieces| apart(pieces)) else { return false };
        for (range, at) in pieces {
            self.give(&Piece { run: piece.run, range }, at, found);
        }
        true
    }

    fn give(&mut self, piece: &Piece, at: usize, found: &mut [Found]) {
        self.taken[at..at + piece.range.len()].fill(true);
        found[piece.run].places.push((piece.range.clone(), at));
    }

    fn index(&self, range: Range<usize>) -> Index {
        let mut entries: Vec<_> =
            range.clone().map(|at| (key(&self.letters[at..range.end]), at)).collect();
        entries.sort_unstable();
        Index { range, entries }
    }

    /// The places of a text that no run has taken, the best first: what can be seen, and whole
    /// items. Where it must `fit`, an item of text begins where it begins and ends where it ends.
    fn places(&self, index: &Index, text: &[char], fit: [bool; 2]) -> Vec<usize> {
        self.stands(index, text, fit, |at| !self.taken[at..at + text.len()].contains(&true))
    }

    /// The places of a text that a test lets through, the best first.
    fn stands(
        &self,
        index: &Index,
        text: &[char],
        fit: [bool; 2],
        test: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let length = text.len();
        let mut out: Vec<(bool, bool, usize)> = index
            .of(text)
            .filter(|&at| {
                at + length <= index.range.end
                    && self.letters[at..at + length] == *text
                    && (!fit[0] || self.edges[at])
                    && (!fit[1] || self.edges[at + length])
                    && test(at)
            })
            .map(|at| {
                let whole = self.edges[at] && self.edges[at + length];
                (self.seen[at..at + length].contains(&false), !whole, at)
            })
            .collect();
        out.sort_unstable();
        out.into_iter().map(|(.., at)| at).collect()
    }

    /// Lets the pieces of a run take their characters where it does not stand as a whole; what is
    /// too short to be told from others is left for later.
    fn piecemeal(
        &mut self,
        index: &Index,
        runs: &[Vec<char>],
        piece: Piece,
        found: &mut [Found],
        rest: &mut Vec<Piece>,
        fit: bool,
    ) {
        let mut open = vec![piece];
        while let Some(piece) = open.pop() {
            let best =
                if piece.range.len() < KEY { None } else { self.longest(index, runs, &piece, fit) };
            let Some((range, at)) = best else {
                rest.push(piece);
                continue;
            };
            let Range { start, end } = piece.range;
            self.give(&Piece { run: piece.run, range: range.clone() }, at, found);
            let sides = [start..range.start, range.end..end].into_iter();
            open.extend(
                sides.filter(|r| !r.is_empty()).map(|range| Piece { run: piece.run, range }),
            );
        }
    }

    /// The longest part of a piece that stands around its first characters that stand anywhere, or
    /// around one of the next few: fewer than are sought at once may stand alone, where a line ends.
    fn longest(
        &self,
        index: &Index,
        runs: &[Vec<char>],
        piece: &Piece,
        fit: bool,
    ) -> Option<(Range<usize>, usize)> {
        let last = piece.range.end - KEY;
        let around = |from| self.around(index, &runs[piece.run], piece, from, fit);
        let (first, found) =
            (piece.range.start..=last).find_map(|from| Some((from, around(from)?)))?;
        let next = (first + 1..last.min(first + KEY - 1) + 1).filter_map(around);
        std::iter::once(found)
            .chain(next)
            .max_by_key(|(range, at)| (range.len(), std::cmp::Reverse(*at)))
    }

    /// The longest part of a piece that stands around the characters that begin at `from`.
    fn around(
        &self,
        index: &Index,
        run: &[char],
        piece: &Piece,
        from: usize,
        fit: bool,
    ) -> Option<(Range<usize>, usize)> {
        let Range { start, end } = piece.range;
        let fits = |at: usize, letter: usize| {
            index.range.contains(&at) && !self.taken[at] && self.letters[at] == run[letter]
        };
        let free = |at: &usize| !self.taken[*at..*at + KEY].contains(&true);
        let tries = index.of(&run[from..from + KEY]).filter(free).take(TRIES);
        let stretches = tries.filter_map(|at| {
            let back = (1..=from - start)
                .take_while(|by| at.checked_sub(*by).is_some_and(|at| fits(at, from - by)))
                .count();
            let on = (0..end - from).take_while(|by| fits(at + by, from + by)).count();
            let (mut range, mut at) = (from - back..from + on, at - back);
            // It ends where an item ends, unless the run itself ends there.
            while fit && range.start > 0 && !range.is_empty() && !self.edges[at] {
                range.start += 1;
                at += 1;
            }
            while fit && range.end < run.len() && !range.is_empty() && !self.edges[at + range.len()]
            {
                range.end -= 1;
            }
            (!range.is_empty()).then_some((range, at))
        });
        stretches.max_by_key(|(range, at)| (range.len(), std::cmp::Reverse(*at)))
    }
}

impl Index {
    /// The places at which the first characters of a text stand.
    fn of(&self, text: &[char]) -> impl Iterator<Item = usize> {
        let low = key(text);
        let high = low + (1 << (21 * (KEY - text.len().min(KEY))));
        let start = self.entries.partition_point(|(key, _)| *key < low);
        self.entries[start..].iter().take_while(move |(key, _)| *key < high).map(|(_, at)| *at)
    }
}
