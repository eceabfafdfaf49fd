//! Rules about marks, faces and breaks.

use super::super::lines::{Block, Frame, Line, Sign, lines};
use super::super::pages::Pages;
use super::super::rules::Tally;
use super::super::sweep::SIZE;

/// Signs that are not spaces.
fn solid(line: &Line) -> Vec<&Sign> {
    line.signs.iter().filter(|sign| !sign.c.is_whitespace()).collect()
}

fn is_han(sign: &Sign) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&sign.c)
}

/// Each line with the one after it.
fn breaks(block: &Block) -> impl Iterator<Item = (&Line, &Line)> {
    block.lines.windows(2).map(|pair| (&pair[0], &pair[1]))
}

pub(super) fn quotes(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            for (at, sign) in line.signs.iter().enumerate() {
                let (before, after) =
                    (at.checked_sub(1).map(|at| &line.signs[at]), line.signs.get(at + 1));
                let letter =
                    |sign: Option<&Sign>| sign.is_some_and(|sign| sign.c.is_alphanumeric());
                match sign.c {
                    '"' | '\'' => tally.count(false, block, line.text()),
                    '“' | '‘' => tally.count(
                        letter(after) || after.is_some_and(|after| after.c == '‘'),
                        block,
                        line.text(),
                    ),
                    '”' | '’' => {
                        let elided =
                            sign.c == '’' && after.is_some_and(|after| after.c.is_ascii_digit());
                        let holds =
                            elided || before.is_some_and(|before| !before.c.is_whitespace());
                        tally.count(holds, block, line.text());
                    }
                    _ => {}
                }
            }
        }
    }
    tally
}

pub(super) fn faces(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for sign in block.lines.iter().flat_map(solid).filter(|sign| !is_han(sign) && sign.c != '•')
        {
            let western = sign.font.contains("SourceSerif");
            tally.count(western, block, format!("{} in {}", sign.text, sign.font));
        }
    }
    tally
}

pub(super) fn italic(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        let words: String = block.lines.iter().map(Line::text).collect();
        if words.contains("judgement") {
            let slanted: String = block
                .lines
                .iter()
                .flat_map(solid)
                .filter(|sign| sign.font.contains("It"))
                .map(|sign| sign.text.replace('-', ""))
                .collect();
            tally.count(slanted == "judgementand", block, slanted);
        }
    }
    tally
}

pub(super) fn openings(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (before, line) in breaks(block) {
            let first = solid(line)[0].c;
            tally.count(
                !".,;:!?)]”–—%".contains(first),
                block,
                format!("{} | {}", before.text(), line.text()),
            );
        }
    }
    tally
}

pub(super) fn pieces(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for (before, line) in breaks(block) {
            let (end, start) = (before.text(), line.text());
            let (end, start) = (end.trim_end(), start.trim_start());
            let unit = ["kg", "V", "min"].iter().any(|unit| {
                start
                    .strip_prefix(unit)
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            });
            let number = end.ends_with(|c: char| c.is_ascii_digit());
            let named = ["Figure", "Table"].iter().any(|name| end.ends_with(name))
                && start.starts_with(|c: char| c.is_ascii_digit());
            let range = end.ends_with('–') && start.starts_with(|c: char| c.is_ascii_digit());
            tally.count(!(unit && number || named || range), block, format!("{end} | {start}"));
        }
    }
    tally
}

pub(super) fn notes(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        let words: String = block.lines.iter().map(Line::text).collect();
        // A note's mark has a figure of its own, which is as large as others.
        for before in ["at once.", "the stop"] {
            let Some((_, behind)) = words.split_once(before) else { continue };
            let behind = behind.trim_start_matches(',');
            let holds = behind.starts_with(|c: char| c.is_ascii_digit());
            tally.count(holds, block, behind.chars().take(12).collect::<String>());
        }
    }
    tally
}

pub(super) fn citations(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks {
        for line in &block.lines {
            for (at, _) in line.signs.iter().enumerate().filter(|(_, sign)| sign.c == '[') {
                let before = at.checked_sub(1).map(|at| &line.signs[at]);
                let holds = at > 1 && before.is_some_and(|before| before.c == ' ');
                tally.count(holds, block, line.text());
            }
        }
    }
    tally
}

/// The most lines in a row that end with a hyphen.
const LADDER: usize = 3;

pub(super) fn ladders(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.measure >= 18.0) {
        let mut rungs = 0;
        for line in &block.lines {
            rungs = if line.last().c == '-' { rungs + 1 } else { 0 };
            tally.count(rungs <= LADDER, block, line.text());
        }
    }
    tally
}

pub(super) fn runts(blocks: &[Block]) -> Tally {
    let mut tally = Tally::default();
    for block in blocks.iter().filter(|block| block.kind == "paragraph" && block.lines.len() > 2) {
        let Some(last) = block.lines.last() else { continue };
        let width = last.last().end() - last.first().x;
        let words = last.text().split_whitespace().count();
        tally.count(words > 1 || width >= 3.0, block, last.text());
    }
    tally
}

/// The first lines of paragraphs behind a heading begin at the measure's edge.
pub(super) fn indents(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for page in pages.pages() {
        let mut heading = None;
        for glyph in &page.glyphs {
            // Headings are bold, and of the other face.
            if glyph.font.contains("Bold") {
                heading = Some(glyph.y);
            } else if heading.is_some_and(|y| glyph.y > y + 1.0) {
                let left = lines(page, Frame::SHEET)
                    .iter()
                    .map(|line| line.first().x)
                    .fold(f64::MAX, f64::min);
                let x = glyph.x / SIZE - super::super::sweep::MARGIN;
                tally.note((x - left).abs() < 0.3, format!("{x:.2} em"));
                heading = None;
            }
        }
    }
    tally
}
