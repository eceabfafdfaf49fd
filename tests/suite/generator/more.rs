//! What reports refer to and list: labels, terms, the index, notes of several blocks, turned pages.
//!
//! All of it is drawn by numbers of its own, so that a seed stays the report that it was.

use std::fmt::Write as _;

use super::plan::{Apparatus, Block, Form, Plan};
use super::random::Random;
use super::text::{Author, Must};

/// How many terms the glossary has.
const TERMS: usize = 6;

impl Plan {
    /// Draws what goes beyond the blocks.
    pub(super) fn draw_apparatus(&mut self, seed: u64) {
        let random = &mut Random(seed ^ 0x1313);
        self.footnotes = random.pick(&[
            "",
            "",
            "footnotes: {number: page}\n",
            "footnotes: {number: part}\n",
            "footnotes: {place: part-end}\n",
        ]);
        self.captions = random.pick(&["report", "chapter"]);
        self.apparatus = Apparatus {
            labels: random.one_in(2),
            index: random.one_in(3),
            glossary: random.one_in(3),
            lists: random.one_in(4),
        };
        let places = self.parts.iter_mut().filter(|part| !part.blocks.is_empty());
        for part in places.filter(|part| part.kind.holds_blocks()) {
            if random.one_in(6) {
                let at = random.within(0..=part.blocks.len());
                let size = random.mostly_small(1..=6);
                part.blocks.insert(at, Block { form: Form::Landscape, seed: random.next(), size });
            }
        }
    }
}

impl Author<'_> {
    /// Numbers by chance that leave those of the text as they are.
    pub(super) fn own(&self) -> Random {
        Random(self.manuscript.words.len() as u64)
    }

    /// What follows the first paragraph of a footnote.
    pub(super) fn further(&mut self, note: &mut String) {
        let mut own = self.own();
        if !own.one_in(5) {
            return;
        }
        for _ in 0..own.mostly_small(1..=3) {
            let words = own.mostly_small(1..=8);
            *note += "\n\n";
            *note += &match own.below(4) {
                0 => format!(
                    "    - {}\n    - {}",
                    self.plain(words, Must::Once),
                    self.word(Must::Once)
                ),
                1 => format!("    ```\n    {};\n    ```", self.latin(Must::Once)),
                2 => format!("    > {}", self.plain(words, Must::Once)),
                _ => format!("    {}", self.plain(words, Must::Once)),
            };
        }
    }

    /// A word that the index lists, or a term of the glossary.
    pub(super) fn listed(&mut self, out: &mut String) -> bool {
        let mut own = self.own();
        if self.apparatus.index && own.one_in(8) {
            let word = self.word(Must::Repeat);
            let other = own.pick(&["", "", " key=\"上位!下位\"", " sort=\"da xiao\""]);
            _ = write!(out, "[{word}]{{.index{other}}}");
            return true;
        }
        if self.apparatus.glossary && own.one_in(8) {
            _ = write!(out, "[术语{}]{{.term}}", own.below(TERMS));
            return true;
        }
        false
    }

    /// A label for a figure, a table or a box, as attributes have it, to which the part refers.
    pub(super) fn label(&mut self, prefix: &str) -> String {
        if !(self.apparatus.labels && self.own().one_in(2)) {
            return String::new();
        }
        self.manuscript.labels += 1;
        let label = format!("{prefix}-{}", self.manuscript.labels);
        self.labels.push(label.clone());
        format!("#{label}")
    }

    /// A paragraph that refers to the labels of the part.
    pub(super) fn references_to_labels(&mut self) -> String {
        let labels = std::mem::take(&mut self.labels);
        let mut out = String::new();
        if labels.is_empty() {
            return out;
        }
        let mut own = self.own();
        out += &self.word(Must::Once);
        // As one writes it: letters that touch a number on both sides are one word.
        let gap = if self.chinese { "" } else { " " };
        for label in labels {
            out += gap;
            _ = match own.below(4) {
                0 => write!(out, "[@{label}]"),
                1 => write!(out, "[-@{label}]"),
                2 => write!(out, "[@{label}]{{.page}}"),
                _ => write!(out, " @{label} "),
            };
            out += gap;
            out += &self.word(Must::Once);
        }
        format!("\n{out}\n")
    }

    /// Blocks on a page that is turned.
    pub(super) fn landscape(&mut self, size: usize) -> String {
        const INNER: [Form; 5] =
            [Form::Paragraph, Form::List, Form::Table, Form::Figure, Form::Paragraph];
        let notes = self.manuscript.notes.len();
        let mut blocks = vec![];
        for _ in 0..size.clamp(1, 6) {
            let form = self.random.pick(&INNER);
            let size = self.random.mostly_small(1..=if form == Form::Paragraph { 30 } else { 8 });
            blocks.push(self.block(&Block { form, seed: 0, size }));
        }
        self.manuscript.notes.truncate(notes);
        format!("::: landscape\n{}\n\n:::", blocks.join("\n\n"))
    }

    /// The parts that list something, and what they need.
    pub(super) fn lists(&mut self, settings: &mut String, parts: &mut Vec<String>) {
        if self.apparatus.glossary {
            *settings += "glossary: terms.yaml\n";
            let mut terms = String::new();
            for at in 0..TERMS {
                let (abbr, full) = (self.word(Must::Repeat), self.plain(2, Must::Repeat));
                // It stands where the term is used first, and in the glossary.
                let definition = self.plain(6, Must::Repeat);
                _ = writeln!(
                    terms,
                    "- {{term: 术语{at}, abbr: \"{abbr}\", full: \"{full}\", definition: \"{definition}\"}}"
                );
            }
            let file = "---\ntitle: 大小\nlayout: glossary\n---\n";
            self.manuscript.files.insert("content/terms.yaml".into(), terms.into_bytes());
            self.manuscript.files.insert("content/terms.md".into(), file.into());
            parts.push("terms.md".to_owned());
        }
        if self.apparatus.lists {
            parts.extend(["list-of-figures", "list-of-tables"].map(str::to_owned));
        }
        if self.apparatus.index {
            parts.push("index".to_owned());
        }
    }
}
