//! Rules about space: gaps, indents, edges, the leading.

use super::super::lines::{Block, Line, Sign};
use super::super::signs::*;
use super::{Tally, breaks};

/// Half of a quarter em: the least gap between Han and Latin.
const LEAST_GAP: f64 = 0.125 - 0.01;

/// The narrowest measure in which every line can be justified: a long Latin word is half of a
/// shorter one.
pub(crate) const LEAST_MEASURE: u32 = 17;

fn wide(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| block.measure >= f64::from(LEAST_MEASURE))
}

/// Plain text on the line.
fn plain(sign: &Sign) -> bool {
    !sign.is_raised() && !sign.is_code() && !sign.font.contains("SourceSerif")
}

/// The empty space between two signs.
fn gap(a: &Sign, b: &Sign) -> f64 {
    b.x - a.end()
}

pub(super) fn han_latin_gap(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            let Some(stretch) = stretch(line) else { continue };
            let most = 0.25 + 2.0 * SLACK + stretch;
            let meet = |a: &Sign, b: &Sign| {
                (han(a) && latin(b) || latin(a) && han(b)) && plain(a) && plain(b)
            };
            for (a, b) in touching(line).filter(|(a, b)| meet(a, b)) {
                let gap = gap(a, b);
                tally.count(
                    (LEAST_GAP..=most).contains(&gap),
                    block,
                    format!("{gap:.2} em in {}", line.text()),
                );
            }
        }
    }
    tally
}

pub(super) fn gap_beside_code(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            // What is raised belongs to what is before it.
            let meet = |a: &Sign, b: &Sign| {
                han(a) && plain(a) && !plain(b) && !b.is_raised() && !han(b)
                    || !plain(a) && !han(a) && han(b) && plain(b)
            };
            for (a, b) in pairs(line).filter(|(a, b)| meet(a, b)) {
                let gap = gap(a, b);
                tally.count(
                    gap >= LEAST_GAP,
                    block,
                    format!("{gap:.2} em at {}{} in {}", a.text, b.text, line.text()),
                );
            }
        }
    }
    tally
}

pub(super) fn no_typed_space(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            // The gap that the converter puts beside code and raised characters is a space to a
            // reader.
            let meet = |a: &Sign, b: &Sign| {
                (han(a) && latin(b) || latin(a) && han(b)) && plain(a) && plain(b)
            };
            for (a, b) in pairs(line).filter(|(a, b)| meet(a, b)) {
                let between = |sign: &&Sign| {
                    sign.x > a.x && sign.x < b.x && matches!(sign.c, ' ' | '\u{A0}' | '\u{3000}')
                };
                tally.count(!line.signs.iter().any(|sign| between(&sign)), block, line.text());
            }
        }
    }
    tally
}

pub(super) fn no_gap_beside_marks(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    let mark = |sign: &Sign| opening(sign) || closing(sign);
    for block in blocks {
        for line in &block.lines {
            let Some(stretch) = stretch(line) else { continue };
            for (a, b) in pairs(line).filter(|(a, b)| mark(a) && latin(b) || latin(a) && mark(b)) {
                tally.count(gap(a, b) <= SLACK + stretch, block, line.text());
            }
        }
    }
    tally
}

pub(super) fn right_edge(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            let over = right_ink(line.last()) - block.measure;
            tally.count(over < 0.03, block, format!("{over:.2} em over: {}", line.text()));
        }
    }
    tally
}

pub(super) fn justified(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in wide(blocks).filter(|block| block.kind == "paragraph") {
        for (at, (line, _)) in breaks(block).enumerate() {
            let left = if at == 0 && !block.continues { 2.0 } else { 0.0 };
            let holds = (left_ink(line.first()) - left).abs() < SLACK
                && (right_ink(line.last()) - block.measure).abs() < SLACK;
            let edges = (left_ink(line.first()) - left, right_ink(line.last()) - block.measure);
            tally.count(holds, block, format!("{edges:.2?} {}", line.text()));
        }
    }
    tally
}

/// The largest gap between two Han characters of a line.
pub(crate) fn largest_han_gap(line: &Line) -> Option<f64> {
    touching(line)
        .filter(|(a, b)| han(a) && han(b) && plain(a) && plain(b))
        .map(|(a, b)| gap(a, b))
        .reduce(f64::max)
}

pub(super) fn han_gaps(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in wide(blocks) {
        for (line, _) in breaks(block) {
            let Some(gap) = largest_han_gap(line) else { continue };
            tally.count(gap <= 0.5, block, format!("{gap:.2} em in {}", line.text()));
        }
    }
    tally
}

pub(super) fn indent(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "paragraph" && !block.continues) {
        let first = block.lines[0].first();
        tally.count((left_ink(first) - 2.0).abs() < SLACK, block, block.lines[0].text());
    }
    tally
}

pub(super) fn no_indent_where_it_goes_on(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    // The paragraph of `texts/mixed.md` that goes on behind a list.
    for block in blocks.iter().filter(|block| block.lines[0].text().starts_with("再回到原来"))
    {
        tally.count(left_ink(block.lines[0].first()).abs() < SLACK, block, block.lines[0].text());
    }
    tally
}

/// Where a point's text begins, in the line that begins the point.
fn point(line: &Line) -> Option<&Sign> {
    match &line.signs[..] {
        [dot, first, ..] if dot.c == '•' => Some(first),
        [number, dot, first, ..] if number.c.is_ascii_digit() && dot.c == '.' => Some(first),
        _ => None,
    }
}

/// The edges of lists and quotations; a paragraph's are those of its column.
pub(super) fn whole_ems(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind != "paragraph") {
        for line in block.lines.iter().skip(1).filter(|line| point(line).is_none()) {
            let left = left_ink(line.first());
            tally.count(
                (left - left.round()).abs() < 0.02,
                block,
                format!("{left:.2} em: {}", line.text()),
            );
        }
    }
    tally
}

pub(super) fn pitch(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "paragraph") {
        for (line, next) in breaks(block) {
            tally.count(
                (next.y - line.y - 1.7).abs() < 0.01,
                block,
                format!("{:.2} em", next.y - line.y),
            );
        }
    }
    tally
}

pub(super) fn hanging(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "list") {
        let mut text = None;
        for line in &block.lines {
            if let Some(first) = point(line) {
                text = Some(left_ink(first));
                tally.count(first.y.abs() < 0.01, block, line.text());
            } else if let Some(text) = text {
                tally.count((left_ink(line.first()) - text).abs() < SLACK, block, line.text());
            }
        }
    }
    tally
}
