//! Rules about line breaks: what may not be separated.

use super::super::lines::{Block, Sign};
use super::super::signs::*;
use super::{Tally, breaks};

pub(super) fn citation(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (at, line) in block.lines.iter().enumerate() {
            for (index, sign) in line.signs.iter().enumerate() {
                // A note's mark is raised and stands behind Chinese; no other number does.
                let note = |before: Option<&Sign>| {
                    before.is_none_or(|before| han(before) || closing(before))
                };
                let raised = sign.is_raised()
                    && sign.c.is_ascii_digit()
                    && note(index.checked_sub(1).map(|i| &line.signs[i]));
                if sign.c == '[' || raised {
                    tally.count(index > 0 || at == 0, block, line.text());
                }
            }
        }
    }
    tally
}

/// Two neighbours, and whether a line ends between them; spaces aside.
fn neighbours(block: &Block) -> Vec<(&Sign, &Sign, bool, bool)> {
    let mut out = vec![];
    let mut last: Option<(&Sign, usize)> = None;
    let mut spaced = false;
    for (at, line) in block.lines.iter().enumerate() {
        for sign in &line.signs {
            if space(sign) {
                spaced = true;
                continue;
            }
            if let Some((before, on)) = last {
                out.push((before, sign, spaced, on != at));
            }
            last = Some((sign, at));
            spaced = false;
        }
    }
    out
}

pub(super) fn mark_behind_code(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (a, b, _, broken) in neighbours(block) {
            let special =
                a.is_code() || a.is_raised() || a.font.contains("SourceSerif") || a.c == ']';
            if special && closing(b) {
                tally.count(!broken, block, format!("{} | {}", a.text, b.text));
            }
        }
    }
    tally
}

pub(super) fn middle_dot(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (a, _, _, broken) in neighbours(block).into_iter().filter(|(_, b, ..)| b.c == '·') {
            tally.count(!broken, block, format!("{} | ·", a.text));
        }
    }
    tally
}

pub(super) fn number(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    let digit = |sign: &Sign| sign.c.is_ascii_digit();
    for block in blocks {
        for (a, b, spaced, broken) in neighbours(block) {
            let whole = digit(a) && (digit(b) || "%‰℃.,".contains(b.c))
                || "￥$±−.".contains(a.c) && digit(b);
            if whole && !spaced {
                tally.count(!broken, block, format!("{} | {}", a.text, b.text));
            }
        }
    }
    tally
}

/// The units in the texts; the program's own list is longer.
const UNITS: [&str; 15] =
    ["GHz", "Hz", "kHz", "min", "GB/s", "W", "V", "A", "ms", "kg", "m³", "bit", "dB", "h", "%"];

pub(super) fn number_and_unit(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    let digit = |sign: &Sign| sign.c.is_ascii_digit();
    for block in blocks {
        let all = neighbours(block);
        let word = |from: usize| -> String {
            let glued = |at: usize| all.get(at).is_some_and(|(_, _, spaced, _)| !spaced);
            let mut at = from;
            let mut out = String::new();
            while let Some((_, sign, ..)) = all.get(at) {
                if han(sign) || closing(sign) || (at > from && !glued(at)) {
                    break;
                }
                out.push_str(&sign.text);
                at += 1;
            }
            out
        };
        for (at, (a, b, spaced, broken)) in all.iter().enumerate() {
            let next_is_digit = all.get(at + 1).is_some_and(|(_, next, ..)| digit(next));
            let before_is_digit =
                at > 0 && (digit(all[at - 1].0) || "%℃".contains(all[at - 1].0.c));
            let unit = *spaced && digit(a) && UNITS.contains(&word(at).as_str());
            let named = *spaced
                && digit(b)
                && is_name(&all[..=at].iter().map(|(a, ..)| *a).collect::<Vec<_>>());
            let dash = |sign: &Sign| "—–~～".contains(sign.c) && sign.text.chars().count() == 1;
            let range = dash(b) && (digit(a) || "%℃".contains(a.c)) && next_is_digit
                || dash(a) && digit(b) && before_is_digit;
            let magnitude = digit(a) && "万亿".contains(b.c);
            if unit || named || range || magnitude {
                tally.count(!broken, block, format!("{} | {}", a.text, word(at)));
            }
        }
    }
    tally
}

/// Whether signs end with a Latin word that begins in upper case.
fn is_name(signs: &[&Sign]) -> bool {
    let word: Vec<char> = signs
        .iter()
        .rev()
        .map(|sign| sign.c)
        .take_while(|c| c.is_ascii_alphabetic() || *c == '/')
        .collect();
    word.last().is_some_and(char::is_ascii_uppercase)
}

pub(super) fn runt(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "paragraph" && block.lines.len() > 1) {
        let Some((_, last)) = breaks(block).last() else { continue };
        let signs = last.signs.iter().filter(|sign| !closing(sign) && !space(sign)).count();
        tally.count(signs > 1, block, last.text());
    }
    tally
}
