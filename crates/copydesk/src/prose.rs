//! Text as its author wrote it, character by character with its place.

use std::ops::Range;
use std::sync::Arc;

use source::{Place, SourceFile};

/// A placeholder for code, a formula or a URL, which are not read.
pub const OBJECT: char = '\u{FFFC}';

/// What stands for a reference in a Chinese text, of which nothing is known but that it begins with a
/// Chinese character; in a text of another language it is an [`OBJECT`].
pub const REFERENCE: char = '\u{3400}';

/// The kind of a piece of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProseKind {
    /// Running text: a paragraph, an item, a quote, a note.
    #[default]
    Body,
    /// A title or a heading.
    Title,
    /// A line of a title: paired marks may have their partners in another.
    Line,
    /// The text below an image or above a chart.
    Caption,
    /// The source of an image or a chart.
    Source,
    /// A chart's alternative text.
    Alt,
    /// A name, a label, a cell of a table.
    Label,
    /// The title of a Chinese reference.
    Reference,
}

/// A character with the bytes of its file that represent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The character.
    pub c: char,
    /// Its bytes; more than, or different from, the character's own if it is escaped.
    pub at: Range<usize>,
}

/// A piece of text that a reader takes as one, such as a paragraph.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its kind.
    pub kind: ProseKind,
    /// Its characters; citations and footnote marks leave none.
    pub letters: Vec<Letter>,
    /// Characters that a fix must not introduce, since they would be syntax here.
    pub reserved: &'static str,
    /// Whether it quotes somebody: its words are told, and not changed.
    pub quoted: bool,
}

/// Characters that a fix must not introduce into Markdown: its syntax.
const MARKDOWN: &str = "*_`[]<>^~#|$\\";
/// Characters that a fix must not introduce into YAML.
const YAML: &str = ":,#[]{}&*!|>'\"%@`";
/// Characters that a fix must not introduce into CSV.
const CSV: &str = ",\"";

impl Prose {
    /// The text with objects in the place of references.
    pub(crate) fn without_references(&self) -> Self {
        let mut out = self.clone();
        out.letters
            .iter_mut()
            .filter(|letter| letter.c == REFERENCE)
            .for_each(|letter| letter.c = OBJECT);
        out
    }

    /// Creates an empty piece of Markdown text.
    pub fn markdown(file: &Arc<SourceFile>, kind: ProseKind) -> Self {
        Self { file: file.clone(), kind, letters: vec![], reserved: MARKDOWN, quoted: false }
    }

    /// A YAML value that reads `text` and is written at `place`.
    pub fn yaml(place: &Place, kind: ProseKind, text: &str) -> Self {
        let mut prose =
            Self { file: place.file.clone(), kind, letters: vec![], reserved: YAML, quoted: false };
        prose.push(text, &place.range);
        prose
    }

    /// A cell of a table that reads `text` and is written at `place`.
    pub fn cell(place: &Place, text: &str) -> Self {
        let mut prose = Self {
            file: place.file.clone(),
            kind: ProseKind::Label,
            letters: vec![],
            reserved: CSV,
            quoted: false,
        };
        prose.push(text, &place.range);
        prose
    }

    /// Adds text found in `range` of the file.
    pub fn push(&mut self, text: &str, range: &Range<usize>) {
        let written = &self.file.text[range.clone()];
        if written == text {
            let letter = |(at, c): (usize, char)| Letter {
                c,
                at: range.start + at..range.start + at + c.len_utf8(),
            };
            self.letters.extend(text.char_indices().map(letter));
        } else {
            self.letters.extend(align(text, written, range.start));
        }
    }

    /// Adds text found in `range` of the file, its first character behind a backslash.
    pub fn push_escaped(&mut self, text: &str, range: &Range<usize>) {
        let first = self.letters.len();
        self.push(text, range);
        if let Some(letter) = self.letters.get_mut(first) {
            letter.at.start -= '\\'.len_utf8();
        }
    }

    /// Adds a placeholder for something that is not read: code, a formula, a URL.
    pub fn object(&mut self, range: &Range<usize>) {
        self.letters.push(Letter { c: OBJECT, at: range.clone() });
    }

    /// Returns the characters only.
    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.c).collect()
    }

    /// Returns the location of some of the letters; `from` may be one past the last.
    pub fn place(&self, letters: Range<usize>) -> Place {
        let end = self.letters.last().map_or(0, |letter| letter.at.end);
        let start = self.letters.get(letters.start).map_or(end, |letter| letter.at.start);
        let last = letters.end.checked_sub(1).filter(|last| *last >= letters.start);
        let end =
            last.and_then(|last| self.letters.get(last)).map_or(start, |letter| letter.at.end);
        Place::new(&self.file, start..end.max(start))
    }
}

/// Aligns each character of `text` with its bytes in `written`, which begins at `start` of the
/// file.
///
/// White space may be folded, as YAML does with lines; where the two differ otherwise, the whole
/// is named.
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
            Some(next) if c.is_whitespace() && next.is_whitespace() => {
                rest.len() - rest.trim_start().len()
            }
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
