//! Text as its author wrote it, character by character with its place.

use std::ops::Range;
use std::sync::Arc;

use source::{Place, SourceFile};

/// What stands for code, a formula or an address: it is not read.
pub const OBJECT: char = '\u{FFFC}';

/// What a piece of text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Running text: a paragraph, an item, a quote, a note.
    #[default]
    Body,
    /// A title or a heading.
    Title,
    /// A line of a title: marks may have their partners in another.
    Line,
    /// The text under a picture or over a chart.
    Caption,
    /// Where a picture or a chart is from.
    Source,
    /// What a chart shows, for those who cannot see it.
    Alt,
    /// A name, a label, a cell of a table.
    Label,
    /// The title of a Chinese reference.
    Reference,
}

/// A character and the bytes of its file that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The character.
    pub c: char,
    /// Its bytes; more or others than the character's own where it is escaped.
    pub at: Range<usize>,
}

/// A piece of text: what a reader takes as one, such as a paragraph.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The file.
    pub file: Arc<SourceFile>,
    /// What it is.
    pub kind: Kind,
    /// Its characters; a citation or a note's mark leaves none.
    pub letters: Vec<Letter>,
    /// Characters that a change must not bring in, for they would mean something else here.
    pub reserved: &'static str,
}

/// What a change must not bring into Markdown: the marks of its syntax.
const MARKDOWN: &str = "*_`[]<>^~#|$\\";
/// What a change must not bring into YAML.
const YAML: &str = ":,#[]{}&*!|>'\"%@`";
/// What a change must not bring into CSV.
const CSV: &str = ",\"";

impl Prose {
    /// Markdown text, empty at first.
    pub fn markdown(file: &Arc<SourceFile>, kind: Kind) -> Self {
        Self { file: file.clone(), kind, letters: vec![], reserved: MARKDOWN }
    }

    /// A YAML value that reads `text` and is written at `place`.
    pub fn yaml(place: &Place, kind: Kind, text: &str) -> Self {
        let mut prose = Self { file: place.file.clone(), kind, letters: vec![], reserved: YAML };
        prose.push(text, &place.range);
        prose
    }

    /// A cell of a table.
    pub fn cell(place: &Place) -> Self {
        let mut prose = Self { file: place.file.clone(), kind: Kind::Label, letters: vec![], reserved: CSV };
        prose.push(&place.file.text[place.range.clone()], &place.range);
        prose
    }

    /// Adds text that stands in `range` of the file.
    pub fn push(&mut self, text: &str, range: &Range<usize>) {
        let written = &self.file.text[range.clone()];
        if written == text {
            let letter = |(at, c): (usize, char)| Letter { c, at: range.start + at..range.start + at + c.len_utf8() };
            self.letters.extend(text.char_indices().map(letter));
        } else {
            self.letters.extend(align(text, written, range.start));
        }
    }

    /// Adds what is not read: code, a formula, an address.
    pub fn object(&mut self, range: &Range<usize>) {
        self.letters.push(Letter { c: OBJECT, at: range.clone() });
    }

    /// The characters alone.
    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.c).collect()
    }

    /// Where some of the letters stand; `from` may be one beyond the last.
    pub fn place(&self, letters: Range<usize>) -> Place {
        let end = self.letters.last().map_or(0, |letter| letter.at.end);
        let start = self.letters.get(letters.start).map_or(end, |letter| letter.at.start);
        let last = letters.end.checked_sub(1).filter(|last| *last >= letters.start);
        let end = last.and_then(|last| self.letters.get(last)).map_or(start, |letter| letter.at.end);
        Place::new(&self.file, start..end.max(start))
    }
}

/// Each character of `text` with its bytes in `written`, which begins at `start` of the file.
///
/// White space may be folded, as YAML does with lines; where the two differ otherwise, the whole is named.
fn align(text: &str, written: &str, start: usize) -> Vec<Letter> {
    let whole = || text.chars().map(|c| Letter { c, at: start..start + written.len() }).collect();
    // Quotes and a block's indicator stand before the text.
    let first = text.split_whitespace().next().unwrap_or_default();
    let Some(mut at) = written.find(first) else { return whole() };
    let mut out = vec![];
    for c in text.chars() {
        let rest = &written[at..];
        let len = match rest.chars().next() {
            Some(next) if next == c && next != '\n' && !rest.starts_with(" \n") => next.len_utf8(),
            Some(next) if c.is_whitespace() && next.is_whitespace() => rest.len() - rest.trim_start().len(),
            None if c == '\n' => 0,
            _ => return whole(),
        };
        // A line end that YAML folds into a space is a line end to a reader.
        let c = if rest[..len].contains('\n') { '\n' } else { c };
        out.push(Letter { c, at: start + at..start + at + len });
        at += len;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, written: &str) -> Vec<Range<usize>> {
        align(text, written, 0).into_iter().map(|letter| letter.at).collect()
    }

    #[test]
    fn folded_lines_and_quotes_keep_their_places() {
        assert_eq!(places("a b", "\"a\n  b\""), [1..2, 2..5, 5..6]);
        assert_eq!(places("a\n", "|\n  a\n"), [4..5, 5..6]);
        assert_eq!(align("a b", "a\n  b", 0)[1].c, '\n');
    }

    #[test]
    fn what_is_escaped_is_named_whole() {
        assert_eq!(places("a\"b", "\"a\\\"b\""), [0..6, 0..6, 0..6]);
    }
}
