//! Rules about punctuation marks: their width, shared space, and permitted positions.

use super::super::lines::{Block, Line, Sign};
use super::super::signs::*;
use super::{Tally, breaks};

pub(super) fn no_closing_mark_opens_a_line(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (_, line) in breaks(block) {
            let c = line.first().c;
            tally.count(!"，。、；：？！）》〉」』】〕”’％%…·".contains(c), block, line.text());
        }
    }
    tally
}

pub(super) fn no_opening_mark_closes_a_line(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (line, _) in breaks(block) {
            tally.count(!"（《〈「『【〔“‘￥$".contains(line.last().c), block, line.text());
        }
    }
    tally
}

/// A mark of two characters: 2 em from its beginning to its end, and never over a line's end.
fn double(blocks: &[Block], mark: char) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            let slack = SLACK + stretch(line).unwrap_or_default();
            for sign in line
                .signs
                .iter()
                .filter(|sign| sign.text.chars().filter(|c| *c == mark).count() == 2)
            {
                tally.count((sign.width - 2.0).abs() < 0.01, block, line.text());
            }
            for (a, b) in touching(line)
                .filter(|(a, b)| a.c == mark && b.c == mark && a.text.chars().count() == 1)
            {
                // Two dots may be tracked; of a dash the halves would part.
                tally.count(mark == '…' && (b.end() - a.x - 2.0).abs() < slack, block, line.text());
            }
        }
        for (line, next) in breaks(block) {
            if line.last().c == mark && next.first().c == mark {
                tally.count(false, block, format!("{} | {}", line.text(), next.text()));
            }
        }
    }
    tally
}

pub(super) fn double_dash(blocks: &[Block]) -> Tally {
    double(blocks, '—')
}

pub(super) fn ellipsis(blocks: &[Block]) -> Tally {
    double(blocks, '…')
}

pub(super) fn adjacent_marks(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    let half_empty = |sign: &Sign| opening(sign) || closing(sign);
    for block in blocks {
        for line in &block.lines {
            let Some(stretch) = stretch(line) else { continue };
            for (a, b) in touching(line).filter(|(a, b)| half_empty(a) && half_empty(b)) {
                tally.count(b.x - a.x <= 0.5 + SLACK + stretch, block, line.text());
            }
        }
    }
    tally
}

pub(super) fn mark_at_line_end(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "paragraph") {
        for (line, _) in breaks(block).filter(|(line, _)| closing(line.last())) {
            let over = line.last().end() - block.measure;
            tally.count((over - 0.5).abs() < SLACK, block, line.text());
        }
    }
    tally
}

pub(super) fn bracket_at_line_start(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind != "list") {
        let left = if block.kind == "quote" { 2.0 } else { 0.0 };
        for (at, line) in block.lines.iter().enumerate().filter(|(_, line)| opening(line.first())) {
            let indent = if at == 0 && !block.continues { 2.0 } else { 0.0 };
            let off = left_ink(line.first()) - left - indent;
            tally.count(off.abs() < SLACK, block, line.text());
        }
    }
    tally
}

pub(super) fn chinese_quotes(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            for (at, sign) in
                line.signs.iter().enumerate().filter(|(_, sign)| "“”‘’".contains(sign.c))
            {
                if !is_apostrophe(line, at) {
                    tally.count((sign.width - 1.0).abs() < 0.01, block, line.text());
                }
            }
        }
    }
    tally
}

fn is_apostrophe(line: &Line, at: usize) -> bool {
    let letter = |at: usize| line.signs.get(at).is_some_and(|sign| sign.c.is_ascii_alphabetic());
    line.signs[at].c == '’' && at > 0 && letter(at - 1) && letter(at + 1)
}

pub(super) fn apostrophe(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            for at in (0..line.signs.len()).filter(|&at| is_apostrophe(line, at)) {
                tally.count(line.signs[at].width < 0.5, block, line.text());
            }
        }
    }
    tally
}

pub(super) fn cry(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            for trio in line
                .signs
                .windows(3)
                .filter(|trio| trio[..2].iter().all(|sign| "？！".contains(sign.c)))
            {
                tally.count((trio[2].x - trio[0].x - 1.0).abs() < SLACK, block, line.text());
            }
        }
    }
    tally
}

/// The words with dots in `texts/mixed.md`.
const DOTTED: &str = "须逐字核对";
/// The stressed words in it.
const STRESSED: &str = "强调的文字";

/// The signs of a phrase of a block's, wherever its lines break.
fn phrase<'a>(block: &'a Block, words: &str) -> Vec<(&'a Line, &'a Sign)> {
    let all: Vec<_> = block
        .lines
        .iter()
        .flat_map(|line| line.signs.iter().map(move |sign| (line, sign)))
        .collect();
    let words: Vec<char> = words.chars().collect();
    let at = all
        .windows(words.len())
        .position(|part| part.iter().map(|(_, sign)| sign.c).eq(words.iter().copied()));
    at.map(|at| all[at..at + words.len()].to_vec()).unwrap_or_default()
}

pub(super) fn dots(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        let dotted = phrase(block, DOTTED);
        for (line, sign) in &dotted {
            let under = |shape: &&testkit::pdf::Shape| {
                let (x, y) = (shape.x + shape.width / 2.0, shape.y + shape.height / 2.0);
                (x - sign.x - 0.5).abs() < 0.02
                    && (0.12..0.6).contains(&(y - line.y))
                    && shape.width < 0.2
            };
            tally.count(block.shapes.iter().filter(under).count() == 1, block, sign.text.clone());
        }
        if !dotted.is_empty() && block.shapes.len() > dotted.len() {
            tally.count(false, block, "dots under something else");
        }
    }
    tally
}

pub(super) fn emphasis(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (_, sign) in phrase(block, STRESSED) {
            tally.count(
                sign.font.contains("Kai"),
                block,
                format!("{} in {}", sign.text, sign.font),
            );
        }
    }
    tally
}

pub(super) fn numeral(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            let Some(stretch) = stretch(line) else { continue };
            let signs: Vec<&Sign> = line.signs.iter().filter(|sign| !space(sign)).collect();
            for trio in signs
                .windows(3)
                .filter(|trio| "一二三四五六七八九十".contains(trio[0].c) && trio[1].c == '、')
            {
                tally.count(trio[2].x - trio[1].x <= 1.0 + SLACK + stretch, block, line.text());
            }
        }
    }
    tally
}

/// ASCII marks between Han; those within Latin and numbers are Latin.
pub(super) fn marks_of_the_language(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            for (a, b) in pairs(line).filter(|(a, b)| han(a) && !han(b) && !latin(b)) {
                tally.count(
                    !",.;:?!()\"'".contains(b.c),
                    block,
                    format!("{}{} in {}", a.text, b.text, line.text()),
                );
            }
        }
    }
    tally
}
