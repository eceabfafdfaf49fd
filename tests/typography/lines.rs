//! A page's glyphs as lines, measured in ems from the text's left edge.

use serde_json::Value;

use super::sweep::{MARGIN, SIZE};
use testkit::pdf::{Page, Shape};

/// A glyph in a line; all lengths in ems of the text.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    /// What it stands for, joiners aside.
    pub text: String,
    /// Its first character.
    pub c: char,
    /// Where it begins, from the left edge of the text.
    pub x: f64,
    /// Where its baseline lies below the line's: below zero for what is raised.
    pub y: f64,
    /// Its own width, as the font has it.
    pub width: f64,
    /// Its size.
    pub size: f64,
    /// The font's name.
    pub font: String,
}

impl Sign {
    /// Where its own width ends.
    pub(super) fn end(&self) -> f64 {
        self.x + self.width
    }

    /// Whether it is set above or below the line.
    pub(super) fn is_raised(&self) -> bool {
        self.size < 0.8
    }

    /// Whether it is code.
    pub(super) fn is_code(&self) -> bool {
        self.font.contains("Mono")
    }
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its glyphs from left to right; the spaces that Typst keeps at its end have no width.
    pub signs: Vec<Sign>,
    /// Where its baseline lies on the page.
    pub y: f64,
}

impl Line {
    /// Its first glyph.
    pub(super) fn first(&self) -> &Sign {
        &self.signs[0]
    }

    /// Its last glyph that is no space.
    pub(super) fn last(&self) -> &Sign {
        self.signs.iter().rev().find(|sign| !sign.c.is_whitespace()).unwrap_or(self.first())
    }

    /// Its characters.
    pub(super) fn text(&self) -> String {
        self.signs.iter().map(|sign| sign.text.as_str()).collect()
    }
}

/// A block set in one measure.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// `paragraph`, `list` or `quote`.
    pub kind: String,
    /// Whether it goes on with a sentence that something interrupted.
    pub continues: bool,
    /// The measure, in ems.
    pub measure: f64,
    /// Its lines from top to bottom.
    pub lines: Vec<Line>,
    /// What is filled on its page, in ems from the text's left edge and the page's upper one.
    pub shapes: Vec<Shape>,
}

/// The block on a sheet's page.
pub(super) fn block(page: &Page, measure: u32, block: &Value) -> Block {
    let ems = |points: f64| points / SIZE;
    let shapes = page.shapes.iter().map(|shape| Shape {
        x: ems(shape.x) - MARGIN,
        y: ems(shape.y),
        width: ems(shape.width),
        height: ems(shape.height),
    });
    Block {
        kind: block["block"].as_str().unwrap_or_default().to_owned(),
        continues: block["continues"] == true,
        measure: f64::from(measure),
        lines: lines(page, Frame::SHEET),
        shapes: shapes.collect(),
    }
}

/// Where text lies on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Its left edge, in ems.
    pub left: f64,
    /// Text that begins so many ems behind another stands in another column.
    pub gutter: f64,
    /// Its size in points: the em.
    pub size: f64,
}

impl Frame {
    /// A sheet's.
    pub(super) const SHEET: Self = Self { left: MARGIN, gutter: f64::MAX, size: SIZE };
}

/// The lines of text of the frame's size; footnotes and what else is smaller are left out.
pub(super) fn lines(page: &Page, frame: Frame) -> Vec<Line> {
    let mut out: Vec<Line> = vec![];
    let Frame { left, gutter, size } = frame;
    for glyph in &page.glyphs {
        let text = glyph.text.replace(['\u{2060}', '\u{200B}'], "");
        let Some(c) = text.chars().next() else { continue };
        let y = glyph.y / size;
        let mut sign = Sign {
            text,
            c,
            x: glyph.x / size - left,
            y: 0.0,
            width: glyph.advance / size,
            size: glyph.size / size,
            font: glyph.font.clone(),
        };
        match out.last_mut() {
            // What is raised or lowered belongs to the line it stands in; another column does not.
            Some(line)
                if (y - line.y).abs() < 0.7
                    && line.signs.last().is_none_or(|last| sign.x - last.end() < gutter) =>
            {
                sign.y = y - line.y;
                line.signs.push(sign);
            }
            _ => out.push(Line { signs: vec![sign], y }),
        }
    }
    // A raised glyph that begins a line gives it its baseline; the first one on the line corrects
    // that.
    for line in &mut out {
        let base = line.signs.iter().find(|sign| !sign.is_raised()).map_or(0.0, |sign| sign.y);
        line.y += base;
        line.signs.iter_mut().for_each(|sign| sign.y -= base);
    }
    out.retain(|line| line.signs.iter().any(|sign| (sign.size - 1.0).abs() < 0.01));
    out
}
