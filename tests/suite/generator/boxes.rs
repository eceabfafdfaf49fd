//! Boxes and other divs, with what they hold.

use std::fmt::Write as _;

use super::plan::{Block, Form};
use super::text::{Author, Must};

/// What a box can hold: mostly text.
const INNER: [Form; 9] = [
    Form::Paragraph,
    Form::Paragraph,
    Form::Paragraph,
    Form::List,
    Form::List,
    Form::Quote,
    Form::Code,
    Form::Table,
    Form::Figure,
];

impl Author<'_> {
    /// A box of a class with so many blocks.
    pub(super) fn boxed(&mut self, class: &str, size: usize) -> String {
        let mut attributes = format!(".{class}");
        if self.random.one_in(4) {
            attributes += " .wide";
        }
        if class == "quote" {
            let (name, titles) = (self.plain(1, Must::Once), self.plain(3, Must::Once));
            _ = write!(attributes, " name=\"{name}\" titles=\"{titles}\"");
        } else if self.random.one_in(2) {
            let words = self.random.mostly_small(1..=20);
            // It stands again where the box goes on.
            _ = write!(attributes, " title=\"{}\"", self.plain(words, Must::Repeat));
        }
        if class == "box" {
            let label = self.label("box");
            _ = write!(attributes, " {label}");
        }
        // Notes of a box stand at its end, which may be pages on.
        let notes = self.manuscript.notes.len();
        let mut blocks = vec![];
        for _ in 0..size.clamp(1, 8) {
            let form = self.random.pick(&INNER);
            let size = self.random.mostly_small(1..=if form == Form::Paragraph { 40 } else { 12 });
            blocks.push(self.block(&Block { form, seed: 0, size }));
        }
        self.manuscript.notes.truncate(notes);
        let marks = ":".repeat(self.random.within(3..=6));
        format!("{marks} {{{attributes}}}\n{}\n\n:::", blocks.join("\n\n"))
    }

    /// Large numbers.
    pub(super) fn kpi(&mut self, size: usize) -> String {
        let mut out = "::: kpi\n".to_owned();
        for _ in 0..size.clamp(1, 12) {
            let value =
                self.random.pick(&["12.5亿元", "约3,200人", "+8.3%", "第1位", "1234567890"]);
            let words = self.random.mostly_small(1..=4);
            _ = write!(out, "- {value} | ");
            if self.random.one_in(2) {
                _ = write!(out, "{} | ", self.plain(1, Must::Once));
            }
            _ = writeln!(out, "{}", self.plain(words, Must::Once));
        }
        out + ":::"
    }

    /// Pictures side by side.
    pub(super) fn figures(&mut self, size: usize) -> String {
        let label = self.label("fig");
        let mut out = format!("::: {{.figures {label}}}\n");
        for _ in 0..size.clamp(2, 12) {
            let (width, height) =
                self.random.pick(&[(800, 100), (400, 300), (300, 300), (100, 300)]);
            let path = self.picture(width, height, true);
            let words = self.random.mostly_small(1..=4);
            _ = writeln!(out, "![{}]({path})\n", self.plain(words, Must::Once));
        }
        out + &self.plain(3, self.titles()) + "\n:::"
    }
}
