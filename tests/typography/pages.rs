//! Rules about pages: checked on the report's own PDF and, for the foot and head of columns, on
//! columns of many heights.

use std::sync::LazyLock;

use super::TEXTS;
use super::lines::{Block, Frame, Line, lines};
use super::rules::{Tally, largest_han_gap};
use super::signs::*;
use super::sweep::{Change, SIZE};
use crate::report::report;
use crate::specimen::{MAP, at_hand};
use testkit::pdf::{Glyph, Page};

/// The measure of a column, in ems.
const COLUMN: f64 = 23.0;
/// The space between two columns, in ems.
const GUTTER: f64 = 2.189;
/// The size of key points on a page that is not full, in points.
const KEY_POINTS: f64 = 12.0;
/// What a key point's square takes, with the space behind it, in points.
const MARKER: f64 = 16.0;
/// The pitch of lines, in ems.
const PITCH: f64 = 1.7;
/// The pages with running text, from 0: the trends.
const TEXT_PAGES: std::ops::Range<usize> = 3..19;

/// Millimetres in ems of the text.
fn mm(length: f64) -> f64 {
    length / 25.4 * 72.0 / SIZE
}

/// What a page rule looks at.
#[derive(Clone)]
pub(super) struct Pages {
    pages: Vec<Page>,
    bookmarks: Vec<String>,
    /// The first page of each trend, from 1, and how many pages it takes.
    starts: Vec<(usize, usize)>,
}

/// The report as it is printed.
static PRINTED: LazyLock<Pages> = LazyLock::new(|| {
    let file = report().expect("the specimen");
    let ends = MAP.iter().skip(1).copied().chain([TEXT_PAGES.end + 1]);
    Pages {
        pages: file.pages(),
        bookmarks: file.bookmarks().into_iter().map(|bookmark| bookmark.title).collect(),
        starts: MAP.into_iter().zip(ends).map(|(first, next)| (first, next - first)).collect(),
    }
});

/// A text with headings in columns of 5 to 30 lines.
fn columns(change: Change, keep_as: Option<&str>) -> Pages {
    let heights: Vec<u32> = (5..=30).collect();
    Pages {
        pages: TEXTS[0].1.columns(&heights, change, keep_as),
        bookmarks: vec![],
        starts: vec![],
    }
}

static COLUMNS: LazyLock<Pages> = LazyLock::new(|| columns(Change::default(), Some("columns")));
static LOOSE_COLUMNS: LazyLock<Pages> = LazyLock::new(|| {
    let template = &[
        ("sticky: true", "sticky: false"),
        ("costs: (runt: 300%),\n    overhang", "costs: (widow: 0%, orphan: 0%),\n    overhang"),
    ];
    columns(Change { template, ..Change::default() }, None)
});

/// Where a control's pages come from.
#[derive(Clone, Copy)]
enum Source {
    /// The report; the control moves what is on its pages.
    Printed(fn(&mut Pages)),
    /// The columns; the control takes out what keeps lines together.
    Columns,
}

/// A rule that is judged on pages.
pub(super) struct PageRule {
    /// Its number in the list.
    pub number: u8,
    /// Its text.
    pub title: &'static str,
    check: fn(&Pages) -> Tally,
    source: Source,
}

impl PageRule {
    /// The text's name, what it shows, and what the control shows; none where it is the
    /// specimen's, and that is not at hand.
    pub(super) fn results(&self) -> Option<(&'static str, Tally, Tally)> {
        match self.source {
            Source::Columns => {
                Some(("columns", (self.check)(&COLUMNS), (self.check)(&LOOSE_COLUMNS)))
            }
            Source::Printed(spoil) => at_hand().then(|| {
                let mut spoilt = PRINTED.clone();
                spoil(&mut spoilt);
                ("printed", (self.check)(&PRINTED), (self.check)(&spoilt))
            }),
        }
    }
}

/// Every rule of pages.
pub(super) const PAGE_RULES: [PageRule; 11] = {
    const fn rule(
        number: u8,
        title: &'static str,
        check: fn(&Pages) -> Tally,
        source: Source,
    ) -> PageRule {
        PageRule { number, title, check, source }
    }
    use Source::*;
    [
        rule(
            22,
            "90th percentile of gaps at most 0.15 em",
            han_gaps,
            Printed(|pages| pages.shift(|x, c| if c == '的' { x - 6.0 } else { x })),
        ),
        rule(
            23,
            "the measure is a whole number of ems",
            whole_measure,
            Printed(|pages| pages.shift(|x, _| x * 1.02)),
        ),
        rule(26, "no heading at a column's foot", heading_at_foot, Columns),
        rule(27, "no widow, no orphan", widow_on_sheets, Columns),
        rule(27, "the same in print", widow_in_print, Printed(|pages| pages.cut_right_columns())),
        rule(28, "baselines on one grid", grid, Printed(|pages| pages.drop_right(3.0))),
        rule(
            29,
            "last columns end level",
            level,
            Printed(|pages| pages.drop_right(6.0 * PITCH * SIZE)),
        ),
        rule(
            35,
            "the label before its numeral",
            label,
            Printed(|pages| pages.bookmarks = vec!["一趋势".into()]),
        ),
        rule(
            37,
            "`图 1　题`, with its figure",
            caption,
            Printed(|pages| pages.shift(|x, c| if c.is_ascii_digit() { x + 9.0 } else { x })),
        ),
        rule(
            38,
            "folios at the outer edge",
            folio,
            Printed(|pages| pages.pages.insert(0, pages.pages[0].clone())),
        ),
        rule(
            39,
            "a spread opens on a left page",
            spread,
            Printed(|pages| pages.starts.iter_mut().for_each(|start| start.0 += 1)),
        ),
    ]
};

impl Pages {
    /// Pages that are sheets.
    pub(super) fn of(pages: Vec<Page>) -> Self {
        Self { pages, bookmarks: vec![], starts: vec![] }
    }

    pub(super) fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Moves glyphs sideways.
    fn shift(&mut self, to: fn(f64, char) -> f64) {
        for glyph in self.pages.iter_mut().flat_map(|page| &mut page.glyphs) {
            glyph.x = to(glyph.x, glyph.text.chars().next().unwrap_or(' '));
        }
    }

    /// Moves right-hand columns down by points.
    fn drop_right(&mut self, by: f64) {
        for page in &mut self.pages {
            let middle = page.size.0 / 2.0;
            page.glyphs.iter_mut().filter(|glyph| glyph.x > middle).for_each(|glyph| glyph.y += by);
        }
    }

    /// Leaves one line of each right-hand column.
    fn cut_right_columns(&mut self) {
        for page in &mut self.pages {
            let middle = page.size.0 / 2.0;
            let text = |glyph: &Glyph| {
                glyph.x > middle && glyph.font.contains("SerifSC") && glyph.size == SIZE
            };
            let top = page
                .glyphs
                .iter()
                .filter(|glyph| text(glyph))
                .map(|glyph| glyph.y)
                .fold(f64::MAX, f64::min);
            page.glyphs.retain(|glyph| !text(glyph) || glyph.y < top + 1.0);
        }
    }

    /// The lines of running text of a page's columns, each with the column's left edge.
    fn columns(&self) -> Vec<Vec<Line>> {
        let mut out = vec![];
        for index in TEXT_PAGES {
            let page = &self.pages[index];
            let left = if (index + 1) % 2 == 0 { mm(18.0) } else { mm(22.0) };
            let second = COLUMN + GUTTER;
            for (from, to) in [(0.0, COLUMN + 1.0), (second, second + COLUMN + 1.0)] {
                let mut column =
                    lines(page, Frame { left: left + from, gutter: GUTTER / 2.0, size: SIZE });
                column.retain(|line| {
                    let text =
                        line.signs.iter().filter(|sign| sign.font.contains("SerifSC")).count();
                    (-0.6..to - from).contains(&line.first().x) && text * 2 > line.signs.len()
                });
                out.push(column);
            }
        }
        out
    }
}

/// The report's own pages as blocks: the paragraphs of its columns, and its key points.
pub(super) fn printed() -> Vec<Block> {
    let mut out: Vec<Block> = vec![];
    let block = |kind: &str, continues, measure| Block {
        kind: kind.into(),
        continues,
        measure,
        lines: vec![],
        shapes: vec![],
    };
    for column in PRINTED.columns() {
        let mut first = true;
        for line in column {
            let begins = left_ink(line.first()) > 1.0;
            // What begins a column without an indent goes on from the one before.
            if begins || first {
                out.push(block("paragraph", !begins, COLUMN));
            }
            first = false;
            out.last_mut().expect("a block").lines.push(line);
        }
    }
    for index in TEXT_PAGES {
        let page = &PRINTED.pages[index];
        for size in [KEY_POINTS, SIZE] {
            let edge = if (index + 1) % 2 == 0 { mm(18.0) } else { mm(22.0) };
            let left = edge * SIZE + MARKER;
            let measure = (page.size.0 - mm(40.0) * SIZE - MARKER) / size;
            let mut points = block("list", false, measure);
            points.lines = lines(page, Frame { left: left / size, gutter: f64::MAX, size });
            let ours = |font: &str| {
                font.contains("SansSC-Medium") || font.contains("SourceSans3-Semibold")
            };
            points.lines.retain(|line| {
                line.signs.iter().all(|sign| ours(&sign.font)) && left_ink(line.first()).abs() < 0.1
            });
            if !points.lines.is_empty() {
                out.push(points);
            }
        }
    }
    out
}

fn han_gaps(pages: &Pages) -> Tally {
    let mut gaps: Vec<(f64, String)> = vec![];
    for line in pages.columns().iter().flatten() {
        // A paragraph's last line is not justified: it ends before the edge, but for a rare one.
        if right_ink(line.last()) > COLUMN - SLACK {
            gaps.extend(largest_han_gap(line).map(|gap| (gap, line.text())));
        }
    }
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut tally = Tally::default();
    let rank = gaps.len() * 9 / 10;
    for (at, (gap, line)) in gaps.iter().enumerate() {
        let most = if at <= rank { 0.15 } else { 0.5 };
        tally.note(*gap <= most, format!("{gap:.2} em in {line}"));
    }
    tally
}

fn whole_measure(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for column in pages.columns().iter().filter(|column| column.len() > 3) {
        let measure = column.iter().map(|line| right_ink(line.last())).fold(0.0, f64::max);
        tally.note((measure - measure.round()).abs() < SLACK, format!("{measure:.2} em"));
    }
    tally
}

fn is_heading(line: &Line) -> bool {
    line.first().font.contains("Sans")
}

fn page_lines(page: &Page) -> Vec<Line> {
    let mut out = lines(page, Frame::SHEET);
    // A heading is larger than the text, and no line of it for `lines`.
    for glyph in
        page.glyphs.iter().filter(|glyph| glyph.font.contains("SansSC") && glyph.text == "小")
    {
        let mut heading = page.clone();
        heading.glyphs.retain(|other| other.y == glyph.y);
        heading.glyphs.iter_mut().for_each(|other| other.size = SIZE);
        out.extend(lines(&heading, Frame::SHEET));
    }
    out.sort_by(|a, b| a.y.total_cmp(&b.y));
    out
}

fn heading_at_foot(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for page in &pages.pages {
        let lines = page_lines(page);
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_heading(line)) {
            tally.note(at + 1 < lines.len(), line.text());
        }
    }
    tally
}

/// Two lines at least on each side of a column's end, where a paragraph goes on behind it.
fn widow_or_orphan(columns: &[Vec<Line>]) -> Tally {
    let mut tally = Tally::default();
    for pair in columns.windows(2) {
        let begins = |line: &Line| is_heading(line) || left_ink(line.first()) > 1.9;
        let (Some(last), Some(first)) = (pair[0].last(), pair[1].first()) else { continue };
        // A footnote takes its line along to where it has room, alone if need be.
        let note = first.signs.iter().chain(&last.signs).any(|sign| sign.is_raised());
        if begins(first) || note {
            continue;
        }
        tally.note(!begins(last), format!("orphan: {}", last.text()));
        let ends = right_ink(first.last()) < COLUMN - 0.5 || pair[1].get(1).is_none_or(begins);
        tally.note(!ends, format!("widow: {}", first.text()));
    }
    tally
}

pub(super) fn widow_on_sheets(pages: &Pages) -> Tally {
    widow_or_orphan(&pages.pages.iter().map(page_lines).collect::<Vec<_>>())
}

fn widow_in_print(pages: &Pages) -> Tally {
    widow_or_orphan(&pages.columns())
}

fn grid(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for line in pages.columns().iter().flatten() {
        let at = (line.y - mm(24.0) - 0.88) / PITCH;
        tally.note((at - at.round()).abs() < 0.02, line.text());
    }
    tally
}

fn level(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for pair in pages.columns().chunks(2) {
        let bottom = |column: &[Line]| column.iter().map(|line| line.y).fold(0.0, f64::max);
        if pair[0].is_empty() && pair[1].is_empty() {
            continue;
        }
        // An odd number of lines leaves one over.
        let off = (bottom(&pair[0]) - bottom(&pair[1])).abs() / PITCH;
        tally.note(off < 1.01, format!("{off:.1} lines"));
    }
    tally
}

fn label(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for title in pages.bookmarks.iter().filter(|title| title.contains("趋势")) {
        let Some((before, after)) = title.split_once("趋势") else { continue };
        let numeral = |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九十".contains(c));
        if numeral(before.chars().next_back()) || numeral(after.chars().next()) {
            tally.note(numeral(after.chars().next()) && before.is_empty(), title.clone());
        }
    }
    tally
}

fn caption(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for page in &pages.pages {
        let captions = |c: &Line| {
            c.first().c == '图'
                && c.signs.get(1).is_some_and(|sign| sign.c.is_ascii_digit() || space(sign))
        };
        for line in lines(page, Frame { left: 0.0, ..Frame::SHEET }).into_iter().filter(captions) {
            let signs: Vec<_> = line.signs.iter().filter(|sign| !space(sign)).collect();
            let number = signs[1].x - signs[0].end();
            let gap = (2..signs.len())
                .map(|at| left_ink(signs[at]) - signs[at - 1].end())
                .find(|gap| *gap > 0.5);
            let gap = gap.unwrap_or_default();
            let drawn = |y: f64| (0.3..12.0 * PITCH).contains(&(y / SIZE - line.y));
            let figure = page.shapes.iter().any(|shape| drawn(shape.y));
            let holds = (number - 0.25).abs() < SLACK
                && (1.0 - SLACK..1.5 + SLACK).contains(&gap)
                && figure;
            tally.note(holds, format!("{number:.2} em, {gap:.2} em in {}", line.text()));
        }
    }
    tally
}

fn folio(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for (index, page) in pages.pages.iter().enumerate() {
        let foot = page.size.1 - mm(20.0) * SIZE;
        let glyphs: Vec<_> = page
            .glyphs
            .iter()
            .filter(|glyph| {
                glyph.y > foot && (glyph.size - 8.5).abs() < 0.1 && glyph.font.contains("Sans")
            })
            .collect();
        let Some(first) = glyphs.iter().position(|glyph| glyph.text == "p") else { continue };
        let Some(folio) = glyphs.get(first..first + 3) else { continue };
        let edge = mm(18.0) * SIZE;
        let off = if (index + 1) % 2 == 0 {
            folio[0].x - edge
        } else {
            page.size.0 - edge - folio[2].x - folio[2].advance
        };
        tally.note(off.abs() < 0.5, format!("page {}: {off:.1} pt off", index + 1));
    }
    tally
}

fn spread(pages: &Pages) -> Tally {
    let mut tally = Tally::default();
    for (page, count) in pages.starts.iter().filter(|(_, count)| *count == 2) {
        tally.note(page % 2 == 0, format!("{count} pages from page {page}"));
    }
    tally
}
