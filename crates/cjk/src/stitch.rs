//! Decides what goes between two characters: a space, a non-breaking space, a joiner, a gap, or
//! nothing.

use crate::classes::*;
use crate::units::is_unit;

/// A character of a paragraph, independent of its run.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// The character; a space if it has none.
    pub c: char,
    /// Its kind.
    pub kind: CellKind,
}

/// The kind of a cell; the number is the index of its run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text on the baseline.
    Text(usize),
    /// Superscript or subscript text.
    Raised(usize),
    /// Code or a formula's variable, which is set unchanged.
    Fixed {
        /// Whether it is superscript or subscript.
        raised: bool,
    },
    /// A citation or a footnote mark, which attaches to the character before it.
    Hanging,
    /// A line break requested by the author.
    Break,
}

impl Cell {
    fn run(&self) -> Option<usize> {
        match self.kind {
            CellKind::Text(run) | CellKind::Raised(run) => Some(run),
            _ => None,
        }
    }

    fn is_blank(&self) -> bool {
        self.run().is_some() && is_blank(self.c)
    }
}

/// Returns the text of `count` runs, in order.
pub fn stitch(cells: &[Cell], count: usize) -> Vec<String> {
    stitched(cells, count, space, |before, after| needs_gap(before, after).then_some(QUARTER_SPACE))
}

/// Returns the text of `count` runs of a western paragraph, in order: words in other letters are
/// parted from their neighbours as all words are, by the space that is typed.
///
/// ```
/// use cjk::stitch::{Cell, CellKind, stitch_western};
///
/// let cells: Vec<_> =
///     "by 张伟 (5 GHz)".chars().map(|c| Cell { c, kind: CellKind::Text(0) }).collect();
/// assert_eq!(stitch_western(&cells, 1), ["by 张伟 (5 \u{2060}GHz)"]);
/// ```
pub fn stitch_western(cells: &[Cell], count: usize) -> Vec<String> {
    stitched(cells, count, word_space, before_dash)
}

fn stitched(
    cells: &[Cell],
    count: usize,
    space: fn(&[Cell], usize, usize) -> Option<&'static str>,
    between: fn(&Cell, &Cell) -> Option<char>,
) -> Vec<String> {
    let mut out = vec![String::new(); count];
    let mut at = 0;
    // The last cell that is set, unless a space follows it.
    let mut before: Option<usize> = None;
    while let Some(cell) = cells.get(at) {
        if let (true, Some(run)) = (cell.is_blank(), cell.run()) {
            let end = at + cells[at..].iter().take_while(|cell| cell.is_blank()).count();
            if let Some(space) = space(cells, at, end) {
                out[run].push_str(space);
                before = None;
            }
            at = end;
            continue;
        }
        if let Some((last, glue)) = before.and_then(|last| Some((last, glue(cells, last, at, between)?)))
            // A joiner belongs to the character before it: at a run's start it would hide the next
            // one's class from Typst. A gap stands on the line, not in a raised run.
            && let Some(run) = match (cells[last].kind, cell.kind) {
                (CellKind::Raised(_), CellKind::Text(run)) if glue == QUARTER_SPACE => Some(run),
                _ => cells[last].run().or(cell.run()),
            }
        {
            out[run].push(glue);
        }
        if let Some(run) = cell.run() {
            out[run].push(cell.c);
        }
        before = Some(at);
        at += 1;
    }
    out
}

/// Returns the blanks within a line that leave nothing behind.
pub fn idle_spaces(cells: &[Cell]) -> Vec<std::ops::Range<usize>> {
    let mut out = vec![];
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        let count = cells[at..].iter().take_while(|cell| cell.is_blank()).count();
        let end = at + count.max(1);
        if cell.is_blank()
            && space(cells, at, end).is_none()
            && cells[at..end].iter().all(|cell| cell.c == ' ')
        {
            out.push(at..end);
        }
        at = end;
    }
    out
}

/// Returns the replacement for the blanks in `start..end`.
fn space(cells: &[Cell], start: usize, end: usize) -> Option<&'static str> {
    let line_end = cells[start..end].iter().any(|cell| cell.c == '\n');
    let before = cells[..start].iter().rev().find(|cell| cell.kind != CellKind::Hanging)?;
    let after = cells.get(end)?;
    // A mark that hangs on the word before it takes no space.
    if before.kind == CellKind::Break
        || before.is_blank()
        || matches!(after.kind, CellKind::Break | CellKind::Hanging)
    {
        return None;
    }
    if !keeps_space(latin_if_fixed(before), latin_if_fixed(after), line_end) {
        return stands_apart(cells, start, end).then_some("\u{2005}");
    }
    Some(breaking(cells, before, start, end))
}

/// Returns the replacement for the blanks in `start..end` of a western paragraph.
fn word_space(cells: &[Cell], start: usize, end: usize) -> Option<&'static str> {
    // What is typed before a mark that hangs leaves nothing; what is typed behind it is a space.
    let solid = |cell: &&Cell| cell.kind != CellKind::Hanging && !cell.is_blank();
    let before = cells[..start].iter().rev().find(solid)?;
    let after = cells.get(end)?;
    let nothing =
        before.kind == CellKind::Break || matches!(after.kind, CellKind::Break | CellKind::Hanging);
    // The end of a line between two Chinese characters is none.
    let wrapped = cells[start..end].iter().any(|cell| cell.c == '\n')
        && is_cjk(latin_if_fixed(before))
        && is_cjk(latin_if_fixed(after))
        && !(is_shared(before.c) || is_shared(after.c));
    // A dash ends a line rather than beginning one.
    let dash = matches!(after.c, '–' | '—') && cells.get(end + 1).is_some_and(Cell::is_blank);
    (!nothing && !wrapped)
        .then(|| if dash { " \u{2060}" } else { breaking(cells, before, start, end) })
}

/// The space between two words: no line ends between a number and its unit, or a name and its
/// number.
fn breaking(cells: &[Cell], before: &Cell, start: usize, end: usize) -> &'static str {
    let after = &cells[end];
    let unit = before.c.is_ascii_digit() && is_unit(&word(cells[end..].iter()));
    let number = after.c.is_ascii_digit() && is_name(&word(cells[..start].iter().rev()));
    // Not U+00A0: who searches the PDF types a plain space.
    if unit || number { " \u{2060}" } else { " " }
}

/// Returns whether the author separated Chinese from a Latin comma or similar, beside which Typst
/// leaves no gap: `say, 说`.
fn stands_apart(cells: &[Cell], start: usize, end: usize) -> bool {
    let sign = |at: usize| {
        cells.get(at).is_some_and(|cell| cell.c != '·' && !is_cjk(cell.c) && !is_latin(cell.c))
    };
    let latin = |at: usize| cells.get(at).is_some_and(|cell| is_latin(cell.c));
    let han = |at: usize| cells.get(at).is_some_and(|cell| is_han(cell.c));
    // A sign belongs to the Latin on its other side; between Chinese it is a slip for a Chinese
    // mark.
    let behind = start > 1 && sign(start - 1) && latin(start - 2) && han(end);
    let ahead = start > 0 && han(start - 1) && sign(end) && latin(end + 1);
    behind || ahead
}

/// Returns a cell's character for classification: code and formulas count as Latin.
fn latin_if_fixed(cell: &Cell) -> char {
    if matches!(cell.kind, CellKind::Fixed { .. }) { 'x' } else { cell.c }
}

fn keeps_space(before: char, after: char, line_end: bool) -> bool {
    // Quotes and dashes that Latin shares are Chinese beside Chinese.
    if is_shared(before) && !is_cjk(after) || is_shared(after) && !is_cjk(before) {
        return true;
    }
    match (is_cjk(before), is_cjk(after)) {
        (false, false) => true,
        // A typed space between two Chinese words, as in a list of names, is meant.
        (true, true) => !line_end && !is_mark(before) && !is_mark(after),
        _ => false,
    }
}

/// Returns the characters up to the next blank or Chinese one.
fn word<'a>(cells: impl Iterator<Item = &'a Cell>) -> String {
    let inside = |cell: &&Cell| {
        matches!(cell.kind, CellKind::Text(_) | CellKind::Raised(_))
            && !is_blank(cell.c)
            && !(is_cjk(cell.c) && cell.c != '％')
    };
    cells
        .take_while(inside)
        .map(|cell| cell.c)
        .collect::<String>()
        .trim_end_matches([',', '.', ';', ')'])
        .to_owned()
}

/// Returns whether a word, read backwards, is a name that a number belongs to: `GB/T`, `ISO`,
/// `Claude`.
fn is_name(backwards: &str) -> bool {
    backwards.starts_with(|c: char| c.is_ascii_alphabetic())
        && backwards.ends_with(|c: char| c.is_ascii_uppercase())
        && backwards.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '-' | '&'))
}

/// Returns the character to insert between two adjacent cells.
fn glue(
    cells: &[Cell],
    last: usize,
    at: usize,
    between: fn(&Cell, &Cell) -> Option<char>,
) -> Option<char> {
    let (before, after) = (&cells[last], &cells[at]);
    let joined = after.kind == CellKind::Hanging && before.kind != CellKind::Break
        || after.run().is_some() && (after.c == '·' || is_number_pair(cells, last, at));
    if joined {
        return Some(WORD_JOINER);
    }
    between(before, after)
}

/// Returns the joiner before a dash in a western paragraph, since a line ends behind it; and beside
/// a thin space within a number.
fn before_dash(before: &Cell, after: &Cell) -> Option<char> {
    const THIN: char = '\u{2009}';
    let dash = matches!(after.c, '–' | '—');
    let number = before.c.is_ascii_digit() && after.c == THIN
        || before.c == THIN && after.c.is_ascii_digit();
    let joins = (dash || number) && before.run().is_some() && after.run().is_some();
    joins.then_some(WORD_JOINER)
}

/// Returns whether two cells are parts of one number, or of a range of numbers.
fn is_number_pair(cells: &[Cell], last: usize, at: usize) -> bool {
    let (before, after) = (cells[last].c, cells[at].c);
    if is_magnitude(after) {
        return cells[..=last]
            .iter()
            .rev()
            .find(|cell| !is_magnitude(cell.c) && !is_blank(cell.c))
            .is_some_and(|cell| cell.c.is_ascii_digit());
    }
    if is_range_dash(after) {
        return ends_a_quantity(before)
            && cells.get(at + 1).is_some_and(|next| next.c.is_ascii_digit());
    }
    is_range_dash(before)
        && after.is_ascii_digit()
        && last > 0
        && ends_a_quantity(cells[last - 1].c)
}

/// Returns whether Typst leaves no gap here between Chinese and Latin: after superscripts and
/// subscripts, and at code or a formula whose edge is a sign.
fn needs_gap(before: &Cell, after: &Cell) -> bool {
    let text = |cell: &Cell| matches!(cell.kind, CellKind::Text(_)) && is_han(cell.c);
    let sign = |cell: &Cell| {
        matches!(cell.kind, CellKind::Fixed { .. }) && !is_cjk(cell.c) && !is_latin(cell.c)
    };
    let raised = matches!(before.kind, CellKind::Raised(_) | CellKind::Fixed { raised: true })
        && is_latin(before.c);
    text(after) && (raised || sign(before)) || text(before) && sign(after)
}
