//! References in what is no running text: the title of a chart, the source of a table.

use std::ops::Range;

use super::references::Resolver;
use super::words;
use crate::reading::markdown::cited_in;
use crate::reading::model::{Block, Inline, Inlines, Part, PartFile};
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
                    let texts = [Some(&mut spec.title), spec.alt.as_mut()];
                    texts.into_iter().flatten().for_each(|text| self.string(text, || at(line)));
                    self.source(&mut spec.source, &mut chart.cited, || at(line));
                }
                Block::Table(table) => {
                    let line = table.caption_line;
                    self.source(&mut table.source, &mut table.cited, || at(line));
                    // The words of a block of data are no Markdown, and remarks never are.
                    let title = table.data.is_some().then_some(&mut table.caption);
                    for run in title.into_iter().chain(&mut table.notes).flatten() {
                        if let Inline::Text { v } = run {
                            self.string(v, || at(line));
                        }
                    }
                }
                Block::Box(boxed) => self.strings_in(&mut boxed.blocks, at),
                Block::Figures(group) => self.strings_in(&mut group.figures, at),
                Block::Figure(figure) => {
                    let line = figure.line;
                    figure.notes.iter_mut().for_each(|text| self.string(text, || at(line)));
                    self.source(&mut figure.source, &mut figure.cited, || at(line));
                }
                Block::Kpi(kpi) => {
                    let line = kpi.line;
                    self.source(&mut kpi.source, &mut kpi.cited, || at(line));
                }
                Block::Notes(_) | Block::Text(_) => {}
            }
        }
    }

    /// A source may cite works besides: `cited` is then what it is made of.
    fn source(
        &mut self,
        text: &mut Option<String>,
        cited: &mut Inlines,
        place: impl Fn() -> Place,
    ) {
        let Some(text) = text else { return };
        *cited = citing(text, self.keys);
        if cited.is_empty() {
            return self.string(text, place);
        }
        for run in cited {
            if let Inline::Text { v } = run {
                self.string(v, &place);
            }
        }
    }

    fn string(&mut self, text: &mut String, place: impl Fn() -> Place) {
        let mut out = String::new();
        let mut from = 0;
        for (at, mark) in text.match_indices('@') {
            // In a mail address, letters stand before it; of a bracket, all is read at once.
            let within =
                text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "._-".contains(c));
            let Some(label) = label(&text[at + mark.len()..]).filter(|_| !within && at >= from)
            else {
                continue;
            };
            // Behind a backslash it is the mark itself.
            if let Some(before) = text[from..at].strip_suffix('\\') {
                out += before;
                from = at;
                continue;
            }
            let bracket = bracket(text, at).filter(|bracket| bracket.start >= from);
            let (start, end) = match &bracket {
                Some(bracket) => (bracket.start, bracket.end),
                None => (at, at + mark.len() + label.len()),
            };
            let said = match bracket {
                Some(bracket) => self.said(&text[bracket.start + 1..bracket.end - 1], &place()),
                None => self.named(label, &place()),
            };
            out += text[from..start].trim_end_matches(|c| self.is_chinese() && c == ' ');
            out += &words::plain(&said);
            from = end;
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

    /// What a bracket of references says: `见 @fig-a`, `@fig-a; @tbl-b`.
    fn said(&mut self, bracket: &str, place: &Place) -> String {
        let mut out = String::new();
        let mut rest = bracket;
        while let Some((before, behind)) = rest.split_once('@') {
            let Some(label) = label(behind) else { break };
            let between = !out.is_empty() && before.trim().trim_matches(PARTING).is_empty();
            let before = before.trim_end_matches('-').trim_end();
            match between {
                true => out += if self.is_chinese() { "、" } else { ", " },
                false => out += before,
            }
            if !self.is_chinese() && !between && !before.is_empty() {
                out.push(' ');
            }
            out += &self.named(label, place);
            rest = &behind[label.len()..];
        }
        out + rest
    }
}

/// The marks that part the labels of a bracket.
const PARTING: [char; 6] = [';', '；', ',', '，', '、', ' '];

/// The bracket around the sign at `at`, if all that is referred to in it are labels.
fn bracket(text: &str, at: usize) -> Option<Range<usize>> {
    let open = text[..at].rfind(['[', ']']).filter(|open| text[*open..].starts_with('['))?;
    let length = text[at..].find(']')?;
    let inner = &text[open..at + length];
    let labels = inner.match_indices('@').all(|(at, _)| label(&inner[at + 1..]).is_some());
    labels.then_some(open..at + length + 1)
}

/// A text with citations in brackets as runs; empty if it has none of works that are known.
fn citing(text: &str, keys: &[String]) -> Inlines {
    let mut out = vec![];
    let mut rest = text;
    while let Some((at, end)) = rest.find('[').and_then(|at| Some((at, at + rest[at..].find(']')?)))
    {
        let Some(cited) = cited_in(&rest[at + 1..end], keys) else { break };
        out.extend((at > 0).then(|| Inline::text(&rest[..at])));
        out.push(Inline::Cite { cited });
        rest = &rest[end + 1..];
    }
    if !out.is_empty() && !rest.is_empty() {
        out.push(Inline::text(rest));
    }
    out
}

/// A citation in brackets.
fn citation(text: &str) -> Option<&str> {
    let from = text.find("[@")?;
    let length = text[from..].find(']')?;
    Some(&text[from..=from + length])
}
