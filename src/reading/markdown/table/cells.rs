//! What stands in a cell: text with line breaks, lists, small pictures.

use std::ops::Range;

use l10n::say;
use pulldown_cmark::{CowStr, Event, Tag};

use super::caption::cut;
use crate::reading::markdown::wide::address;
use crate::reading::markdown::{Converter, Cursor, Spanned};
use crate::reading::model::{CellBlock, Inline};
use crate::reading::text;
use copydesk::ProseKind;

/// Whether a tag breaks the line: `<br>`, in any writing.
pub(in crate::reading::markdown) fn is_break(html: &str) -> bool {
    let inner = html.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| inner.trim().trim_end_matches('/').trim().eq_ignore_ascii_case("br"))
}

/// The mark of a list's item: a bullet, or a number.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Bullet,
    Number(u64),
}

/// The mark with which a line begins, and its length with the space behind it.
fn mark(line: &str) -> Option<(Mark, usize)> {
    let rest = line.trim_start();
    let before = line.len() - rest.len();
    if let Some(after) = rest.strip_prefix(['-', '*', '+', '•', '·']) {
        let text = after.trim_start();
        let parted = text.len() < after.len() || rest.starts_with(['•', '·']);
        return (parted && !text.is_empty()).then(|| (Mark::Bullet, line.len() - text.len()));
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|at| (1..4).contains(at))?;
    let number = rest[..digits].parse().ok()?;
    let after = rest[digits..].strip_prefix(['.', ')', '、', '．'])?;
    let text = after.trim_start();
    let wide = rest[digits..].starts_with(['、', '．']);
    let parted = (text.len() < after.len() || wide) && !text.is_empty();
    parted.then(|| (Mark::Number(number), before + rest.len() - text.len()))
}

impl Converter<'_, '_> {
    /// Reads the contents of a cell.
    pub(super) fn cell(&mut self, cell: &Cursor) -> Vec<CellBlock> {
        let lines = lines(cell.events);
        let marks: Vec<_> = lines.iter().map(|line| line_mark(line)).collect();
        let mut out: Vec<CellBlock> = vec![];
        let mut at = 0;
        while at < lines.len() {
            let items = in_a_list(&marks[at..]);
            if items > 1 {
                out.push(self.list_in_cell(&lines[at..at + items], &marks[at..at + items]));
                at += items;
                continue;
            }
            match picture(lines[at]) {
                Some(picture) => out.extend(self.picture_in_cell(picture, lines[at])),
                None => self.text_in_cell(lines[at], &mut out),
            }
            at += 1;
        }
        out.retain(|block| !matches!(block, CellBlock::Text { body } if body.is_empty()));
        out
    }

    /// Lines of text after each other are one piece.
    fn text_in_cell(&mut self, line: &[Spanned], out: &mut Vec<CellBlock>) {
        self.prose.kind = ProseKind::Label;
        let body = self.inlines(&mut Cursor { events: line, at: 0 });
        match out.last_mut() {
            Some(CellBlock::Text { body: before }) if !before.is_empty() => {
                before.push(Inline::Break);
                before.extend(body);
            }
            _ => out.push(CellBlock::Text { body }),
        }
    }

    fn list_in_cell(&mut self, lines: &[&[Spanned]], marks: &[Option<(Mark, usize)>]) -> CellBlock {
        let mut items = vec![];
        for (line, mark) in lines.iter().zip(marks) {
            let start = line.first().map_or(0, |(_, range)| range.start);
            let end = line.last().map_or(start, |(_, range)| range.end);
            let line = cut(line, start + mark.map_or(0, |(_, length)| length)..end);
            self.prose.kind = ProseKind::Label;
            items.push(self.inlines(&mut Cursor { events: &line, at: 0 }));
        }
        let start = match marks.first().copied().flatten() {
            Some((Mark::Number(start), _)) => Some(start),
            _ => None,
        };
        CellBlock::List { start, items }
    }

    fn picture_in_cell(
        &mut self,
        (dest, title, range): (&CowStr, &CowStr, &Range<usize>),
        line: &[Spanned],
    ) -> Option<CellBlock> {
        let at =
            line.iter().position(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
        let mut caption = Cursor { events: line, at: at? + 1 }.inside();
        self.prose.kind = ProseKind::Alt;
        let alt = text::plain(&self.inlines(&mut caption));
        if alt.trim().is_empty() {
            self.error(
                range,
                say!("the picture says nothing to readers who cannot see it"),
                say!("write what it shows between the brackets: `![…](…)`"),
            );
        }
        if !title.is_empty() {
            self.error(
                range,
                say!("the source of a picture in a cell is not printed: `{title}`", title),
                say!("write it in the table's own source: `: title {{source=\"…\"}}` below it"),
            );
        }
        let written = &self.file.text[range.clone()];
        let (name, place) = match address(written, dest) {
            Some((name, at)) if !name.is_empty() => {
                let start = range.start + at;
                (name, self.place(&(start..start + name.len())))
            }
            _ => (&**dest, self.place(range)),
        };
        let picture = self.context.picture(name, &place);
        let picture = picture.map_err(|problem| self.context.problems.push(problem)).ok()?;
        Some(CellBlock::Picture { path: picture.path, alt, ratio: picture.ratio })
    }
}

/// The lines of a cell, between the breaks outside of all marks.
fn lines<'a, 'e>(events: &'a [Spanned<'e>]) -> Vec<&'a [Spanned<'e>]> {
    let (mut out, mut start, mut depth) = (vec![], 0, 0);
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::InlineHtml(html) if depth == 0 && is_break(html) => {
                out.push(&events[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&events[start..]);
    out
}

fn line_mark(line: &[Spanned]) -> Option<(Mark, usize)> {
    match line.first() {
        Some((Event::Text(text), _)) if line.len() > 1 => {
            // Behind a bullet comes what is not text.
            mark(&format!("{text}…"))
        }
        Some((Event::Text(text), _)) => mark(text),
        _ => None,
    }
}

/// How many of these lines, from the first, are the items of one list.
fn in_a_list(marks: &[Option<(Mark, usize)>]) -> usize {
    let Some(Some((first, _))) = marks.first() else { return 0 };
    let goes_on = |(at, mark): (usize, &Option<(Mark, usize)>)| match (first, mark) {
        (Mark::Bullet, Some((Mark::Bullet, _))) => true,
        (Mark::Number(first), Some((Mark::Number(number), _))) => *number == first + at as u64,
        _ => false,
    };
    marks.iter().enumerate().take_while(|(at, mark)| goes_on((*at, mark))).count()
}

type Picture<'a, 'e> = (&'a CowStr<'e>, &'a CowStr<'e>, &'a Range<usize>);

/// The picture that is all of a line.
fn picture<'a, 'e>(line: &'a [Spanned<'e>]) -> Option<Picture<'a, 'e>> {
    let (mut found, mut depth) = (None, 0);
    for (event, range) in line {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) if depth == 0 && found.is_none() => {
                found = Some((dest_url, title, range));
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(text) if depth == 0 && text.trim().is_empty() => {}
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    let alone = line.iter().all(|(event, range)| {
        found.is_some_and(|(.., picture)| picture.start <= range.start && range.end <= picture.end)
            || matches!(event, Event::Text(text) if text.trim().is_empty())
    });
    found.filter(|_| alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_and_marks_are_known_in_any_writing() {
        for html in ["<br>", "<br/>", "<BR />", "< br >"] {
            assert!(is_break(html), "{html}");
        }
        assert!(!is_break("<b>") && !is_break("br"));
        assert_eq!(mark("- 甲").map(|(_, length)| length), Some(2));
        assert_eq!(mark("•甲").map(|(_, length)| length), Some("•".len()));
        assert!(matches!(mark("12) 甲"), Some((Mark::Number(12), 4))));
        assert!(matches!(mark("1、甲"), Some((Mark::Number(1), 4))));
        for text in ["-", "- ", "-5", "1.5", "2024 年", "甲", ""] {
            assert!(mark(text).is_none(), "{text}");
        }
    }
}
