//! A piece of text under correction, each of its characters with the bytes it came from.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::Settings;
use crate::addresses::addresses;
use crate::code;
use crate::prose::{OBJECT, Prose};
use cjk::is_han;
use l10n::say;
use source::{Diagnostic, Edit, Place, Rule};

/// A character of the draft.
#[derive(Debug, Clone)]
struct Glyph {
    c: char,
    /// The bytes it came from.
    at: Range<usize>,
    /// Whether those bytes are exactly this character.
    exact: bool,
    /// The finding that put it here.
    owner: Option<usize>,
}

/// A finding and the bytes it changes.
struct Found {
    diagnostic: Diagnostic,
    /// The byte ranges that its text replaces: the whole text goes to the first.
    bytes: Vec<Range<usize>>,
}

/// A piece of text under correction.
pub(crate) struct Draft<'a> {
    prose: &'a Prose,
    settings: &'a Settings,
    glyphs: Vec<Glyph>,
    /// The characters of the glyphs, for the passes to read.
    chars: Vec<char>,
    found: Vec<Found>,
    /// The bytes that findings are about.
    told: BTreeSet<(usize, usize)>,
    changes: usize,
}

impl<'a> Draft<'a> {
    /// Creates the draft of a piece of text; addresses and code in it are skipped.
    pub(crate) fn new(prose: &'a Prose, settings: &'a Settings) -> Self {
        let glyphs = prose.letters.iter().map(|letter| {
            let written = &prose.file.text[letter.at.clone()];
            // A backslash goes with the mark that it escapes.
            let exact = written.strip_prefix('\\').unwrap_or(written).chars().eq([letter.c])
                || written.chars().eq([letter.c]);
            Glyph { c: letter.c, at: letter.at.clone(), exact, owner: None }
        });
        let mut draft = Self {
            prose,
            settings,
            glyphs: glyphs.collect(),
            chars: vec![],
            found: vec![],
            told: BTreeSet::new(),
            changes: 0,
        };
        let chars: Vec<char> = prose.letters.iter().map(|letter| letter.c).collect();
        for range in addresses(&chars).into_iter().chain(code::code(&chars)) {
            draft.glyphs[range]
                .iter_mut()
                .for_each(|glyph| (glyph.c, glyph.exact) = (OBJECT, false));
        }
        draft.chars = draft.glyphs.iter().map(|glyph| glyph.c).collect();
        draft
    }

    /// Returns the characters in their current state.
    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Returns the character at an index, counted from 0.
    pub(crate) fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    /// Returns the character before an index.
    pub(crate) fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    /// Returns whether a character stands behind a backslash.
    pub(crate) fn is_escaped(&self, index: usize) -> bool {
        self.glyphs.get(index).is_some_and(|glyph| {
            self.prose.file.text[glyph.at.clone()].starts_with('\\') && glyph.c != '\\'
        })
    }

    /// Returns whether the text contains Chinese characters.
    pub(crate) fn has_han(&self) -> bool {
        self.chars.iter().any(|&c| is_han(c))
    }

    /// Returns the number of changes made.
    pub(crate) fn changes(&self) -> usize {
        self.changes
    }

    /// Returns the location of a range of characters.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        let glyphs = &self.glyphs[range];
        let start = glyphs.iter().map(|glyph| glyph.at.start).min().unwrap_or(0);
        let end = glyphs.iter().map(|glyph| glyph.at.end).max().unwrap_or(start);
        Place::new(&self.prose.file, start..end)
    }

    /// Returns whether the report has a rule switched on.
    pub(crate) fn wants(&self, rule: &Rule) -> bool {
        !self.settings.off.contains(rule.code) && !self.settings.off.contains(rule.name)
    }

    /// Reports a finding about a range of characters, once, and changes nothing.
    pub(crate) fn tell(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        message: String,
        hint: String,
    ) {
        let diagnostic = Diagnostic::of(rule, self.place(range), message).hint(hint);
        let place = diagnostic.place.as_ref().map(|place| (place.range.start, place.range.end));
        if self.wants(rule) && self.told.insert(place.unwrap_or_default()) {
            self.found.push(Found { diagnostic, bytes: vec![] });
        }
    }

    /// Replaces characters and reports a finding; where the file's own syntax stands in the way,
    /// only reports it.
    pub(crate) fn mend(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        new: &str,
        message: String,
        hint: String,
    ) -> bool {
        if !self.wants(rule) {
            return false;
        }
        let reserved = new.contains(|c| self.prose.reserved.contains(c));
        // What is escaped stays so.
        let bare = self.glyphs[range.clone()]
            .iter()
            .any(|glyph| glyph.at.len() > glyph.c.len_utf8() && new.contains(glyph.c));
        if reserved
            || bare
            || self.glyphs[range.clone()].iter().any(|glyph| !glyph.exact && glyph.owner.is_none())
        {
            self.tell(rule, range, message, hint);
            return false;
        }
        self.changes += 1;
        let old = &self.glyphs[range.clone()];
        let own = |glyph: &&Glyph| glyph.owner.is_none();
        let mut bytes: Vec<Range<usize>> = vec![];
        for glyph in old.iter().filter(own) {
            match bytes.last_mut() {
                Some(last) if last.end == glyph.at.start => last.end = glyph.at.end,
                _ => bytes.push(glyph.at.clone()),
            }
        }
        // What another finding has changed already stays its own.
        let owner = if bytes.is_empty() {
            old.first().and_then(|glyph| glyph.owner)
        } else {
            Some(self.found.len())
        };
        let at = old
            .iter()
            .find(|glyph| bytes.is_empty() || own(glyph))
            .map_or(0..0, |glyph| glyph.at.clone());
        if !bytes.is_empty() {
            let place = self.place(range.clone());
            self.told.insert((place.range.start, place.range.end));
            let diagnostic = Diagnostic::of(rule, place, message).hint(hint);
            self.found.push(Found { diagnostic, bytes });
        }
        let glyphs = new.chars().map(|c| Glyph { c, at: at.clone(), exact: true, owner });
        self.glyphs.splice(range.clone(), glyphs);
        self.chars.splice(range, new.chars());
        true
    }

    /// Whether the glyph at an index is raised or lowered, and the one before it is not: a mark of
    /// Markdown for that stands between them.
    pub(crate) fn is_scripted(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| self.glyphs.get(before)) else {
            return false;
        };
        let Some(after) = self.glyphs.get(index) else { return false };
        let between = self.prose.file.text.get(before.at.end..after.at.start);
        between.is_some_and(|between| between.starts_with(['~', '^']))
    }

    /// Whether a citation or a footnote's mark stands between a character and the one before it.
    pub(crate) fn is_apart(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| self.glyphs.get(before)) else {
            return false;
        };
        let Some(after) = self.glyphs.get(index) else { return false };
        let between = self.prose.file.text.get(before.at.end..after.at.start).unwrap_or_default();
        // Words may stand before the key: `[参见 @key]`.
        let cites = |(open, _): (usize, &str)| {
            let inner = between[open + 1..].split(']').next().unwrap_or_default();
            inner.starts_with('^') || inner.contains('@')
        };
        between.match_indices('[').any(cites)
    }

    /// [Replaces](Self::mend) characters by those that the hint says to write.
    pub(crate) fn rewrite(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        new: &str,
        message: String,
    ) -> bool {
        self.mend(rule, range, new, message, say!("write `{new}`", new = new.trim()))
    }

    /// Returns all findings, each with its fix.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        let Self { glyphs, found, .. } = self;
        let mut texts = vec![String::new(); found.len()];
        for glyph in &glyphs {
            if let Some(text) = glyph.owner.and_then(|owner| texts.get_mut(owner)) {
                text.push(glyph.c);
            }
        }
        let mut fixed = |index: usize, bytes: Vec<Range<usize>>| {
            let mut text = std::mem::take(&mut texts[index]);
            bytes.into_iter().map(|range| Edit { range, text: std::mem::take(&mut text) }).collect()
        };
        found
            .into_iter()
            .enumerate()
            .map(|(index, Found { diagnostic, bytes })| Diagnostic {
                fix: fixed(index, bytes),
                ..diagnostic
            })
            .collect()
    }
}
