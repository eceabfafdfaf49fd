//! Lines that begin or end a fenced div: `::: {.box title="…"}`, `::: note`, `:::`.
//!
//! The parser does not know them. It is shown a thematic break in their place, which ends whatever
//! stands before it as a fence does; among the events each is known again by where it stands.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::attributes::Attributes;

/// What a fence's line says; all ranges are in the text in which the line stands.
pub(in crate::reading::markdown) struct Fence {
    /// The colons before everything.
    pub(super) colons: Range<usize>,
    /// What stands behind them, without the colons that may end the line; empty if nothing does.
    pub(super) rest: Range<usize>,
}

impl Fence {
    /// Reads the line of a text that begins at `start`; `None` if it is no fence.
    pub(super) fn at(text: &str, start: usize) -> Option<Self> {
        let line = text[start..].split('\n').next().unwrap_or_default().trim_end();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let behind = line[indent..].trim_start_matches([':', '：']);
        let length = line.len() - indent - behind.len();
        let marks = line[indent..indent + length].chars().count();
        // Indented by four spaces it is code.
        if indent > 3 || marks < 3 {
            return None;
        }
        let colons = start + indent..start + indent + length;
        let rest = behind.trim_end_matches([':', '：']).trim_end();
        let at = colons.end + rest.len() - rest.trim_start().len();
        Some(Self { colons, rest: at..at + rest.trim().len() })
    }

    /// Whether it begins a div: one that ends one has nothing behind its colons.
    pub(super) fn opens(&self) -> bool {
        !self.rest.is_empty()
    }

    /// The attributes behind the colons; `None` if what stands there is none.
    pub(super) fn attributes(&self, text: &str) -> Option<Attributes> {
        let rest = &text[self.rest.clone()];
        if !rest.starts_with('{') {
            let is_word = !rest.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}'));
            return is_word.then(|| Attributes::of_class(rest, self.rest.clone()));
        }
        let read = Attributes::read(text, self.rest.start)?;
        (read.range.end == self.rest.end).then_some(read)
    }
}

/// The fences of a text: lines without their line ends, in order.
#[derive(Debug, Default)]
pub(in crate::reading::markdown) struct Lines {
    /// Those that begin and end divs.
    pub(in crate::reading::markdown) fences: Vec<Range<usize>>,
    /// Those behind the marks of a list, a quotation or a note, which can hold none.
    pub(super) held: Vec<Range<usize>>,
}

/// Returns the lines of a text that are fences.
pub(in crate::reading::markdown) fn lines(text: &str, options: Options) -> Lines {
    let mut out = Lines::default();
    if !(text.contains(":::") || text.contains("：：") || text.contains(":：")) {
        return out;
    }
    let mut start = 0;
    // How many of those that are held have not come to an end.
    let mut open = 0_usize;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        let behind = start + behind_marks(line);
        if Fence::at(text, start).is_some() {
            out.fences.push(range);
        } else if let Some(fence) = Fence::at(text, behind) {
            // One that ends is told where it begins.
            let told = fence.opens() || open == 0;
            open = if fence.opens() { open + 1 } else { open.saturating_sub(1) };
            if told {
                out.held.push(behind..range.end);
            }
        }
        start += line.len();
    }
    if !(out.fences.is_empty() && out.held.is_empty()) {
        let verbatim = verbatim(text, options);
        keep_prose(&mut out.fences, &verbatim);
        keep_prose(&mut out.held, &verbatim);
    }
    out
}

/// How long the marks of lists, quotations and notes are with which a line begins.
fn behind_marks(line: &str) -> usize {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = match rest.strip_prefix("[^").and_then(|note| note.split_once("]:")) {
            Some((_, behind)) => Some(behind),
            None if number.len() < rest.len() => number.strip_prefix(['.', ')']),
            None => rest.strip_prefix(['-', '*', '+']),
        };
        match behind {
            Some(behind) if behind.starts_with([' ', '\t']) => rest = behind,
            _ => return line.len() - rest.len(),
        }
    }
}

/// Keeps those lines that are not verbatim. Both are in order, and do not overlap.
fn keep_prose(lines: &mut Vec<Range<usize>>, verbatim: &[Range<usize>]) {
    let mut verbatim = verbatim.iter().peekable();
    lines.retain(|line| {
        while verbatim.next_if(|range| range.end <= line.start).is_some() {}
        verbatim.peek().is_none_or(|range| line.start < range.start)
    });
}

/// The stretches of a text that are code or HTML, in order.
fn verbatim(text: &str, options: Options) -> Vec<Range<usize>> {
    let parser = Parser::new_ext(text, options).into_offset_iter();
    let is_verbatim = |event: &Event| {
        matches!(
            event,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
                | Event::Code(_)
                | Event::InlineHtml(_)
        )
    };
    parser.filter(|(event, _)| is_verbatim(event)).map(|(_, range)| range).collect()
}

/// Returns the text with a thematic break in the place of each of these lines, every other byte
/// where it was.
pub(in crate::reading::markdown) fn masked(text: &str, lines: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in lines {
        let indent = text[line.clone()].len() - text[line.clone()].trim_start_matches(' ').len();
        out.push_str(&text[at..line.start + indent]);
        out.push_str("***");
        out.extend(std::iter::repeat_n(' ', line.len() - indent - 3));
        at = line.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_found_but_in_code_and_comments() {
        let text = "::: note\n正文\n\n```\n::: a\n```\n\n<!--\n::: b\n-->\n\n    ::: c\n\n   ::::\n\\::: d\n：：：\n:: e\n";
        let found = lines(text, Options::empty());
        assert!(found.held.is_empty());
        let found: Vec<&str> = found.fences.into_iter().map(|line| &text[line]).collect();
        assert_eq!(found, ["::: note", "   ::::", "：：："]);
        let masked = masked(text, &lines(text, Options::empty()).fences);
        assert_eq!(masked.len(), text.len());
        assert!(masked.starts_with("***     \n正文"));
    }

    #[test]
    fn fences_behind_the_marks_of_other_blocks_are_known() {
        let text = "> ::: note\n> 甲\n> :::\n\n- 1. :::: {.box}\n\n[^1]: ::: tip\n";
        let found = lines(text, Options::empty());
        assert!(found.fences.is_empty());
        let found: Vec<&str> = found.held.into_iter().map(|line| &text[line]).collect();
        assert_eq!(found, ["::: note", ":::: {.box}", "::: tip"]);
    }

    #[test]
    fn what_stands_behind_the_colons_is_attributes() {
        let class = |line: &str| {
            let attributes = Fence::at(line, 0)?.attributes(line)?;
            attributes.classes().next().map(|(class, _)| class.to_owned())
        };
        assert_eq!(class("::: note").as_deref(), Some("note"));
        assert_eq!(class(":::: tip ::::").as_deref(), Some("tip"));
        assert_eq!(class(":::{.box title=\"甲 乙\"}").as_deref(), Some("box"));
        assert_eq!(class("::: tip 标题"), None);
        assert_eq!(class("::: {.box} 标题"), None);
        assert!(!Fence::at("::::: ", 0).expect("a fence").opens());
        assert!(Fence::at(":: note", 0).is_none());
    }
}
