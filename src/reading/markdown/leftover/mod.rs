//! Marks that would be printed as they stand, although their author meant something by them.
//!
//! What other Markdown has and this one has not, and what is written nearly right. Marks that are
//! escaped, or in code, are meant as they are.

mod foreign;
mod joined;
mod labels;
mod lines;
mod links;
mod pairs;
mod pictures;
mod tex;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use joined::Mark;

pub(super) use pictures::{is_picture, mended};

use super::Converter;
use super::emphasis::is_escaped;
use crate::rules;
use copydesk::{OBJECT, Prose, ProseKind};
use l10n::say;
use source::Diagnostic;
use variables::Variables;

/// The characters with which marks begin that are syntax throughout.
const SYNTAX: &[char] =
    &['!', '！', '[', ']', '【', '［', '{', '｛', '\\', '^', '|', '`', '｀', '@', ':', '\'', '+'];

/// How far the end of a mark is looked for, in characters: further on, it is another's.
const REACH: usize = 2_000;

/// A left-over mark.
struct Found {
    /// The characters to name.
    range: Range<usize>,
    /// The message; `None` if it says no more than that the mark is printed.
    message: Option<String>,
    hint: String,
    /// Whether what is meant is lost, and not only its looks.
    error: bool,
}

impl Found {
    fn mark(range: Range<usize>, hint: String) -> Option<Self> {
        Some(Self { range, message: None, hint, error: false })
    }
}

/// A piece of text in which marks are looked for.
struct Reader<'a> {
    prose: &'a Prose,
    /// Its characters; [`OBJECT`] for those that stand for themselves.
    chars: Vec<char>,
    /// The variables of the report.
    variables: &'a Variables,
    /// The marks of the items of typed lists, and the numbers such as `1.2`, once they are asked for.
    items: OnceCell<Vec<Mark>>,
    decimals: OnceCell<BTreeSet<(u32, u32)>>,
}

impl Converter<'_, '_> {
    /// Reports the marks left over in a piece of text, and hides from the copy desk those whose
    /// characters are no prose: it would make other marks of them.
    pub(super) fn report_left_over(&mut self, prose: &mut Prose) {
        let mut hidden = vec![];
        for Found { range, message, hint, error } in Reader::of(prose, self.context.variables).all()
        {
            let place = prose.place(range.clone());
            let mark = &self.file.text[place.range.clone()];
            if mark.starts_with(SYNTAX) {
                hidden.push(range);
            }
            let message = message.unwrap_or_else(|| say!("`{mark}` is printed as it stands", mark));
            let told = if error {
                Diagnostic::error(place, message)
            } else {
                Diagnostic::of(&rules::LEFT_OVER, place, message)
            };
            self.context.problems.push(told.hint(hint));
        }
        for range in hidden {
            prose.letters[range].iter_mut().for_each(|letter| letter.c = OBJECT);
        }
    }
}

impl<'a> Reader<'a> {
    fn of(prose: &'a Prose, variables: &'a Variables) -> Self {
        let text = &prose.file.text;
        let mut entity = [0; 4];
        let mut read = |letter: &copydesk::Letter| {
            let written = &text[letter.at.clone()];
            let exact = *written == *letter.c.encode_utf8(&mut entity) || letter.c == '\n';
            let meant = letter.c.is_ascii_punctuation() && is_escaped(text, letter.at.start);
            if exact && !meant { letter.c } else { OBJECT }
        };
        let chars = prose.letters.iter().map(&mut read).collect();
        Self { prose, chars, variables, items: OnceCell::new(), decimals: OnceCell::new() }
    }

    /// Returns all left-over marks, in order.
    fn all(&self) -> Vec<Found> {
        let mut out: Vec<Found> = vec![];
        let mut at = 0;
        let mut table = false;
        while at < self.chars.len() {
            let starts_line = at == 0 || self.chars[at - 1] == '\n';
            let body = self.prose.kind == ProseKind::Body;
            let mut found = None;
            if starts_line && body {
                found = self.line_mark(at).or_else(|| self.joined_item(at));
                found = found.or_else(|| self.abbreviation(at));
                if found.is_none() && !table {
                    found = self.table_row(at).or_else(|| self.joined_row(at));
                    table = found.is_some();
                }
            }
            let found = found
                .or_else(|| self.closing_signs(at))
                .or_else(|| self.picture(at))
                .or_else(|| self.attributes_of_link(at))
                .or_else(|| self.inline_mark(at));
            match found {
                Some(found) => {
                    at = found.range.end.max(at + 1);
                    out.push(found);
                }
                None => at += 1,
            }
        }
        out
    }

    /// Returns the character at an index; [`OBJECT`] beyond the ends.
    fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(OBJECT)
    }

    /// Returns the character before an index; a line's end at the start.
    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.at(at))
    }

    fn starts(&self, at: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(offset, c)| self.at(at + offset) == c)
    }

    /// Returns where a text begins that stands from `at` on, in the same line.
    fn find(&self, at: usize, text: &str) -> Option<usize> {
        let first = text.chars().next()?;
        let line = self.chars[at..].iter().take(REACH).take_while(|c| **c != '\n');
        let mut begins = line.enumerate().filter(|(_, c)| **c == first);
        begins.find(|(offset, _)| self.starts(at + offset, text)).map(|(offset, _)| at + offset)
    }

    /// Returns the end of the line with an index, or what lies too far from it.
    fn line_end(&self, at: usize) -> usize {
        let length = self.chars[at..].iter().take(REACH).take_while(|c| **c != '\n').count();
        at + length
    }

    /// Returns the number of times that the character at an index stands in a row.
    fn run(&self, at: usize) -> usize {
        let c = self.at(at);
        self.chars[at..].iter().take_while(|other| **other == c).count()
    }

    fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// Returns the line of the file from the character at an index on.
    fn written(&self, at: usize) -> &str {
        let start = self.prose.place(at..at + 1).range.start;
        let line = self.prose.file.text[start..].lines().next().unwrap_or_default();
        &line[..line.floor_char_boundary(REACH)]
    }
}
