//! Rules about spaces: between letters, between words, above one another.

use super::super::lines::{Block, Line, Sign};
use super::super::rules::Tally;

/// The widest space between words that a line of a column may have, in ems: its own is 0.24.
const WIDEST: f64 = 0.85;
/// The median of all spaces at most, in ems.
const MEDIAN: f64 = 0.34;
/// A space is part of a river if it is so wide, in ems.
const WIDE: f64 = 0.42;
/// So many lines make one.
const RIVER: usize = 4;
/// From this measure on, in ems, a text is set in a column; narrower ones leave no choice.
const COLUMN: f64 = 22.0;

/// The spaces of a line between words on one baseline: where each begins and ends.
fn gaps(line: &Line) -> Vec<(f64, f64)> {
    let mut out = vec![];
    let mut last: Option<&Sign> = None;
    let mut blank = false;
    for sign in &line.signs {
        if sign.c.is_whitespace() {
            blank = true;
            continue;
        }
        if let (Some(before), true) = (last, blank) {
            out.push((before.end(), sign.x));
        }
        (last, blank) = (Some(sign), false);
    }
    out
}

/// Lines that are filled.
fn filled(block: &Block) -> impl Iterator<Item = &Line> {
    block.lines.iter().take(block.lines.len().saturating_sub(1))
}

pub(super) fn letters(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in filled(block) {
            let letter = |sign: &Sign| sign.c.is_ascii_alphabetic() && !sign.is_raised();
            for pair in line.signs.windows(2).filter(|pair| pair.iter().all(letter)) {
                // Kerning draws letters together by more than this; nothing draws them apart so far.
                let apart = pair[1].x - pair[0].end();
                tally.count(apart < 0.03, block, format!("{apart:.3} em: {}", line.text()));
            }
        }
    }
    tally
}

pub(super) fn words(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    let mut all = vec![];
    for block in blocks.iter().filter(|block| block.measure >= COLUMN && block.kind == "paragraph")
    {
        for line in filled(block) {
            let gaps: Vec<f64> = gaps(line).iter().map(|(start, end)| end - start).collect();
            let widest = gaps.iter().copied().fold(0.0, f64::max);
            tally.count(widest <= WIDEST, block, format!("{widest:.2} em: {}", line.text()));
            all.extend(gaps);
        }
    }
    all.sort_by(f64::total_cmp);
    let median = all.get(all.len() / 2).copied().unwrap_or(0.0);
    tally.note(median <= MEDIAN, format!("the median is {median:.3} em"));
    tally
}

pub(super) fn rivers(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.measure >= COLUMN) {
        // The length of the river that ends in each gap of the line before.
        let mut above: Vec<((f64, f64), usize)> = vec![];
        for line in filled(block) {
            let wide = gaps(line).into_iter().filter(|(start, end)| end - start > WIDE);
            let here: Vec<_> = wide
                .map(|gap| {
                    let meets =
                        |other: &&((f64, f64), usize)| other.0.0 < gap.1 && gap.0 < other.0.1;
                    let longest = above.iter().filter(meets).map(|(_, length)| *length).max();
                    (gap, longest.unwrap_or(0) + 1)
                })
                .collect();
            let longest = here.iter().map(|(_, length)| *length).max().unwrap_or(0);
            tally.count(longest < RIVER, block, format!("{longest} lines: {}", line.text()));
            above = here;
        }
    }
    tally
}

pub(super) fn han(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    let is_han = |sign: &Sign| ('\u{4E00}'..='\u{9FFF}').contains(&sign.c);
    for block in blocks {
        for line in filled(block) {
            for pair in line.signs.windows(2).filter(|pair| pair.iter().all(is_han)) {
                let apart = pair[1].x - pair[0].end();
                tally.count(apart.abs() < 0.02, block, format!("{apart:.2} em: {}", line.text()));
            }
        }
    }
    tally
}

pub(super) fn justified(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "paragraph") {
        for line in filled(block) {
            let end = line.last().end();
            tally.count(
                (end - block.measure).abs() < 0.3,
                block,
                format!("{end:.2} em: {}", line.text()),
            );
        }
    }
    tally
}
