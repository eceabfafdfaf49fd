//! Words: each with a number of five digits that stands in the report once, so that it can be found
//! on the pages.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::plan::Apparatus;
use super::random::Random;

/// How a word has to stand on the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Must {
    /// Once, on a page with a folio.
    Once,
    /// Once or more often: heads and lists repeat it, or the table goes on.
    Repeat,
    /// On a cover at least, which has no folio.
    Cover,
}

/// A report as its author hands it in, with all that must come of it.
#[derive(Default)]
pub(super) struct Manuscript {
    /// By their paths in the project.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// The words by their numbers.
    pub(super) words: BTreeMap<u32, Must>,
    /// The word before each footnote's mark, and the note's first.
    pub(super) notes: Vec<(u32, u32)>,
    /// How many parts open on a left-hand page, so that the page before may be blank.
    pub(super) spreads: usize,
    /// The entries of the references that are cited.
    pub(super) cited: Vec<bool>,
    /// How many labels there are.
    pub(super) labels: usize,
}

/// The author of one part.
pub(super) struct Author<'m> {
    pub(super) manuscript: &'m mut Manuscript,
    pub(super) random: Random,
    pub(super) chinese: bool,
    /// How words of headings must stand: the contents may repeat them.
    pub(super) headings: Must,
    /// The footnotes of the file so far.
    pub(super) notes: Vec<String>,
    /// The labels to which the part has not referred yet.
    pub(super) labels: Vec<String>,
    /// What the report refers to and lists.
    pub(super) apparatus: Apparatus,
    /// Where notes may stand: not in notes.
    pub(super) may_note: bool,
}

/// What stands between words, whose characters are the same in both Chinese scripts.
const BETWEEN: [&str; 8] =
    ["的文字很多", "，在此年之前，", "。因此", "可以知道", "上有", "。", "、", "，大小不同，"];
const BETWEEN_LATIN: [&str; 8] =
    [" ", " of the many ", ", and before that, ", ". So ", " is known as ", " ", ". ", ", "];

/// Marks and signs that have rules of their own.
const ODD: [&str; 16] = [
    "“大小”",
    "《上下·文字》",
    "（此前）",
    "——",
    "……",
    "？！",
    "3.5亿元",
    "100%",
    "2025年1月",
    "3×4",
    "C++与C#",
    "It's",
    "\\*",
    "&amp;",
    "a_b_c",
    "1 < 2",
];

impl Author<'_> {
    /// How words of titles must stand: a list of figures repeats them.
    pub(super) fn titles(&self) -> Must {
        if self.apparatus.lists { Must::Repeat } else { Must::Once }
    }

    fn number(&mut self, must: Must) -> u32 {
        let number = self.manuscript.words.len() as u32 + 1;
        self.manuscript.words.insert(number, must);
        number
    }

    pub(super) fn latin(&mut self, must: Must) -> String {
        format!("w{:05}x", self.number(must))
    }

    pub(super) fn word(&mut self, must: Must) -> String {
        match self.chinese && !self.random.one_in(4) {
            true => format!("第{:05}句", self.number(must)),
            false => self.latin(must),
        }
    }

    fn between(&mut self) -> &'static str {
        self.random.pick(if self.chinese { &BETWEEN } else { &BETWEEN_LATIN })
    }

    /// So many words and what stands between them, without marks.
    pub(super) fn plain(&mut self, words: usize, must: Must) -> String {
        let mut out = self.word(must);
        for _ in 1..words {
            out += self.between();
            out += &self.word(must);
        }
        out
    }

    /// A title of about so many characters; short ones have no number.
    pub(super) fn title(&mut self, length: usize, must: Must) -> String {
        if length < 7 {
            let letters = if self.chinese { "大小上下文字" } else { "Titles" };
            return letters.chars().take(length).collect();
        }
        self.plain(length.div_ceil(12), must)
    }

    /// Running text with all that can stand in a line.
    pub(super) fn rich(&mut self, words: usize) -> String {
        let mut out = self.plain(1, Must::Once);
        for _ in 1..words {
            out += self.between();
            if !self.listed(&mut out) {
                self.run(&mut out);
            }
        }
        out + if self.chinese { "。" } else { "." }
    }

    fn run(&mut self, out: &mut String) {
        let once = Must::Once;
        _ = match self.random.below(24) {
            0 => write!(out, "**{}**", self.word(once)),
            1 => write!(out, "*{}*", self.word(once)),
            2 => write!(out, "`{}`", self.latin(once)),
            3 => write!(out, "[{}](https://example.org/a)", self.word(once)),
            4 => write!(out, "{}H~2~O10^29^", self.word(once)),
            5 => {
                let formula = self.formula();
                write!(out, "{}${formula}$", self.word(once))
            }
            6 if self.chinese => write!(out, "[{}]{{.dots}}", self.word(once)),
            7 => {
                let path: Vec<_> =
                    (0..self.random.mostly_small(1..=6)).map(|_| self.latin(once)).collect();
                write!(out, "<https://example.org/{}>", path.join("/"))
            }
            8 if self.random.one_in(4) => {
                let long: String =
                    (0..self.random.mostly_small(2..=20)).map(|_| self.latin(once)).collect();
                let mark = if self.random.one_in(2) { "`" } else { "" };
                write!(out, "{mark}{long}{mark}")
            }
            9 if !self.manuscript.cited.is_empty() => {
                let key = self.random.below(self.manuscript.cited.len());
                self.manuscript.cited[key] = true;
                write!(out, "{}[@key{key}]", self.word(once))
            }
            10..=12 if self.may_note => {
                self.noted(out, Must::Once);
                Ok(())
            }
            13 if self.random.one_in(4) => writeln!(out, "{}\\", self.word(once)),
            14 | 15 => write!(out, "{}{}", self.random.pick(&ODD), self.word(once)),
            _ => write!(out, "{}", self.word(once)),
        };
    }

    /// A formula with a word or two in it.
    pub(super) fn formula(&mut self) -> String {
        let once = Must::Once;
        let word = self.latin(once);
        match self.random.below(8) {
            0 => format!("x_1 + y^2 = \\mathrm{{{word}}}"),
            1 => format!("\\frac{{\\text{{{word}}}}}{{1 + \\sqrt{{x}}}}"),
            2 => format!("\\sum_{{i=1}}^n \\text{{{word}}}_i"),
            3 => format!(
                "\\begin{{pmatrix}} a & \\text{{{word}}} \\\\ \\hat{{c}} & d' \\end{{pmatrix}}"
            ),
            4 => format!(
                "f(x) = \\begin{{cases}} 1 & \\text{{{word}}} \\\\ 0 & x < 0 \\end{{cases}}"
            ),
            5 => format!("\\left( \\frac{{a}}{{b}} \\middle| \\text{{{word}}} \\right)^2"),
            6 => format!("\\overbrace{{a + b}}^{{\\text{{{word}}}}} \\in \\mathbb{{R}}"),
            _ => format!("\\int_0^\\infty e^{{-x^2}} \\, \\mathrm{{d}}x \\le \\text{{{word}}}"),
        }
    }

    /// A word with a footnote, or with two.
    pub(super) fn noted(&mut self, out: &mut String, must: Must) {
        *out += &self.word(must);
        let before = self.manuscript.words.len() as u32;
        self.may_note = false;
        for _ in 0..if self.random.one_in(6) { 2 } else { 1 } {
            let label = self.notes.len() + 1;
            let first = self.manuscript.words.len() as u32 + 1;
            let most = if self.random.one_in(16) { 120 } else { 12 };
            let words = self.random.mostly_small(1..=most);
            let text = self.rich(words).replace("\\\n", "");
            let mut note = format!("[^{label}]: {text}");
            self.further(&mut note);
            self.notes.push(note);
            self.manuscript.notes.push((before, first));
            _ = write!(out, "[^{label}]");
        }
        self.may_note = true;
    }

    /// A few words for a cell or a caption, now and then with a note.
    pub(super) fn short(&mut self, words: usize) -> String {
        let mut out = self.plain(words, self.titles());
        if self.may_note && self.random.one_in(12) {
            out += if self.chinese { "，" } else { ", " };
            self.noted(&mut out, self.titles());
        }
        out
    }
}
