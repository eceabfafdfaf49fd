//! Formulas: in the line, and in lines of their own, which break a paragraph.

use std::ops::Range;

use pulldown_cmark::Event;

use super::attributes::Attributes;
use super::inline::shortened;
use super::{Converter, Cursor, Spanned, is_block};
use crate::reading::formula::{self, Fault};
use crate::reading::model::{Equation, Formula, TextBlock};
use crate::reading::referable::Referable;
use crate::reading::text;
use crate::rules;
use l10n::say;

/// Whether a formula in a line of its own stands among the events, in no other mark.
pub(super) fn holds_equation(events: &[Spanned]) -> bool {
    displayed(events).next().is_some()
}

/// How many of the events come before the next block.
pub(super) fn before_block(events: &[Spanned]) -> usize {
    let block = |(event, _): &Spanned| matches!(event, Event::Start(tag) if is_block(tag));
    events.iter().position(block).unwrap_or(events.len())
}

/// The indices of the formulas that stand in no other mark.
fn displayed<'a>(events: &'a [Spanned]) -> impl Iterator<Item = usize> + 'a {
    let mut depth = 0_usize;
    events.iter().enumerate().filter_map(move |(at, (event, _))| match event {
        Event::Start(_) => {
            depth += 1;
            None
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            None
        }
        Event::DisplayMath(_) if depth == 0 => Some(at),
        _ => None,
    })
}

impl Converter<'_, '_> {
    /// Reads a formula, or tells why it cannot be read.
    pub(super) fn formula(&mut self, tex: &str, range: &Range<usize>) -> Option<Formula> {
        match formula::parse(tex, self.context.lang) {
            Ok(formula) => {
                self.print(&formula.letters().concat(), range);
                Some(formula)
            }
            Err(Fault { at, message: why, hint }) => {
                let at = self.within(tex, range, &at);
                let formula = shortened(tex.trim());
                let message =
                    say!("the formula `{formula}` cannot be typeset: {why}", formula, why);
                self.error(&at, message, hint);
                None
            }
        }
    }

    /// Reports `\\|` in a formula of a table: there the backslash keeps the bar from parting cells, and
    /// TeX sees none.
    pub(super) fn report_bars(&mut self, range: &Range<usize>) {
        let at = self.file.text[range.clone()].find("\\|").filter(|_| self.in_cell);
        let Some(at) = at.map(|at| range.start + at) else { return };
        self.warning(
            &rules::LEFT_OVER,
            &(at..at + 2),
            say!("`\\|` is a single bar in a table"),
            say!("write `\\Vert` for a double bar, and `\\vert` for a single one"),
        );
    }

    /// The range of the file at which a range of a formula is written: the lines of one may begin
    /// with the marks of a list or of a quotation.
    fn within(&self, tex: &str, range: &Range<usize>, at: &Range<usize>) -> Range<usize> {
        let written = &self.file.text[range.clone()];
        if let Some(start) = written.find(tex).filter(|_| !at.is_empty()) {
            return range.start + start + at.start..range.start + start + at.end;
        }
        let before = &tex[..at.start];
        let number = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let line = written.split_inclusive('\n').take(number).map(str::len).sum::<usize>();
        let own = tex.lines().nth(number).unwrap_or_default();
        match written[line..].lines().next().and_then(|written| written.find(own)) {
            Some(start) if !at.is_empty() => {
                let start = range.start + line + start + column;
                start..(start + at.len()).min(range.end)
            }
            _ => range.clone(),
        }
    }

    /// Reads a paragraph that holds formulas in lines of their own: the text between them, and them.
    pub(super) fn parted(&mut self, events: &[Spanned]) -> Vec<TextBlock> {
        let mut out = vec![];
        let mut from = 0;
        for at in displayed(events) {
            self.piece(&events[from..at], &mut out);
            from = at + 1;
            let (Event::DisplayMath(tex), range) = &events[at] else { continue };
            let text = &self.file.text;
            let rest = &text[range.end..];
            let open = range.end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let attributes =
                Attributes::read(text, open).filter(Attributes::is_meant).unwrap_or_default();
            let anchor = self.anchor(&attributes, Referable::Equation);
            self.check_attributes(&attributes, &say!("a formula"), &[], &[]);
            self.report_behind(open.max(attributes.range.end));
            // Attributes, and the space before text, are read with the formula.
            self.taken = range.end..open.max(attributes.range.end);
            let line = self.line(range);
            if let Some(formula) = self.formula(tex, range) {
                let equation = Equation { line, anchor, formula };
                out.push(TextBlock::Equation(Box::new(equation)));
            }
        }
        self.piece(&events[from..], &mut out);
        out
    }

    /// Reports what stands behind a displayed formula on its line, and is set below it: a number that is
    /// typed, or the rest of a sentence.
    fn report_behind(&mut self, from: usize) {
        let line = self.file.text[from..].lines().next().unwrap_or_default();
        let written = line.trim();
        let start = from + line.len() - line.trim_start().len();
        let inner = written.strip_prefix(['(', '（']).and_then(|it| it.strip_suffix([')', '）']));
        let is_number = inner.is_some_and(|inner| {
            inner.len() < 8
                && inner.starts_with(|c: char| c.is_ascii_digit())
                && inner.chars().all(|c| c.is_ascii_digit() || "-.－—".contains(c))
        });
        let (length, hint) = if is_number {
            let hint = say!(
                "write `{{#eq-name}}` in its place: the formula is then numbered by itself, and `@eq-name` refers to it"
            );
            (written.len(), hint)
        } else if written.starts_with(|c: char| cjk::is_wide(c) || matches!(c, ',' | '.' | ';')) {
            let length = written.chars().next().map_or(0, char::len_utf8);
            let hint = say!(
                "write a formula in the sentence as `$…$`, or the text behind one of its own on the next line"
            );
            (length, hint)
        } else {
            return;
        };
        let mark = &written[..length];
        let message = say!("`{mark}` is printed on the line below the formula", mark);
        self.warning(&rules::LEFT_OVER, &(start..start + length), message, hint);
    }

    /// Reads the text before, between or behind formulas.
    fn piece(&mut self, events: &[Spanned], out: &mut Vec<TextBlock>) {
        let behind = |(event, range): &&Spanned| {
            !matches!(event, Event::SoftBreak | Event::HardBreak) && range.end > self.taken.end
        };
        let Some((_, first)) = events.iter().find(behind) else {
            self.taken = 0..0;
            return;
        };
        let line = self.line(first);
        let mut body = self.inlines(&mut Cursor { events, at: 0 });
        if body.is_empty() {
            return;
        }
        if out.is_empty() {
            text::open(&mut body);
        }
        let lang = text::language(&body, self.context.lang).beside(self.context.lang);
        let continues = !out.is_empty();
        out.push(TextBlock::Paragraph { line, body, continues, titles: false, lang });
    }
}
