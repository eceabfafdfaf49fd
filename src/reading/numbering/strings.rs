//! References in what is no running text: the title of a chart, the source of a table.

use super::references::Resolver;
use super::words;
use crate::reading::model::{Block, Part, PartFile};
use crate::reading::referable::label;
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place};

impl Resolver<'_> {
    /// Puts what each reference says in its place, without a link.
    pub(super) fn strings(&mut self, part: &mut Part) {
        let (files, place) = (&part.files, &part.place);
        let at = |line| PartFile::line(files, place, line);
        self.strings_in(part.content.blocks_mut(), &at);
    }

    fn strings_in(&mut self, blocks: &mut [Block], at: &dyn Fn(usize) -> Place) {
        for block in blocks {
            match block {
                Block::Chart(chart) => {
                    let (spec, line) = (&mut chart.spec, chart.line);
                    let texts = [Some(&mut spec.title), spec.source.as_mut(), spec.alt.as_mut()];
                    texts.into_iter().flatten().for_each(|text| self.string(text, || at(line)));
                }
                Block::Table(table) => {
                    let line = table.caption_line;
                    table.source.iter_mut().for_each(|text| self.string(text, || at(line)));
                }
                Block::Box(boxed) => self.strings_in(&mut boxed.blocks, at),
                Block::Figures(group) => self.strings_in(&mut group.figures, at),
                Block::Figure(figure) => {
                    let line = figure.line;
                    figure.source.iter_mut().for_each(|text| self.string(text, || at(line)));
                }
                Block::Kpi(kpi) => {
                    let line = kpi.line;
                    kpi.source.iter_mut().for_each(|text| self.string(text, || at(line)));
                }
                Block::Notes(_) | Block::Text(_) => {}
            }
        }
    }

    fn string(&mut self, text: &mut String, place: impl Fn() -> Place) {
        let mut out = String::new();
        let mut from = 0;
        for (at, mark) in text.match_indices('@') {
            // In a mail address, letters stand before it.
            let within =
                text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "._-".contains(c));
            let Some(label) = label(&text[at + mark.len()..]).filter(|_| !within) else {
                continue;
            };
            // Behind a backslash it is the mark itself.
            if let Some(before) = text[from..at].strip_suffix('\\') {
                out += before;
                from = at;
                continue;
            }
            let said = self.named(label, &place());
            out += text[from..at].trim_end_matches(|c| self.is_chinese() && c == ' ');
            out += &words::plain(&said);
            from = at + mark.len() + label.len();
        }
        if from > 0 {
            out += &text[from..];
            *text = out;
        }
        if let Some(mark) = citation(text) {
            let message = say!("`{mark}` is printed as it stands: this is no running text", mark);
            let hint =
                say!("write the citation in the text that speaks of it, and the work's name here");
            self.problems.push(Diagnostic::of(&rules::LEFT_OVER, place(), message).hint(hint));
        }
    }
}

/// A citation in brackets.
fn citation(text: &str) -> Option<&str> {
    let from = text.find("[@")?;
    let length = text[from..].find(']')?;
    Some(&text[from..=from + length])
}
