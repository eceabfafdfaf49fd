//! Numbers of footnotes, and the notes of a part brought together at its end.
//!
//! Where numbers begin anew on each page, they are given when the pages are seen; and the notes of
//! what stands by itself, as a table does, have letters wherever others are not told from them.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Language;
use crate::reading::model::{
    Block, Endnote, Endnotes, FootnotesConfig, Inline, Inlines, NoteMark, NoteNumbers, NotePlace,
    Part, PartContent,
};

/// Numbers the notes of a report, and moves those that stand at the ends of parts.
pub(in crate::reading) fn arrange(parts: &mut [Part], config: FootnotesConfig, lang: &str) {
    let mut notes = Arranger {
        config,
        language: Language::of(lang),
        count: 0,
        part: String::new(),
        title: String::new(),
        titles: BTreeSet::new(),
        ids: 0,
        known: BTreeMap::new(),
        ends: vec![],
    };
    for part in parts {
        notes.part(part);
    }
}

/// The number of the note that is the `n`th on its page.
pub(crate) fn number_on_page(lang: &str, n: usize) -> String {
    let circled = u32::try_from(n).ok().filter(|n| (1..=20).contains(n));
    match circled.and_then(|n| char::from_u32(0x245F + n)) {
        Some(mark) if Language::of(lang).is_chinese() => mark.to_string(),
        _ => n.to_string(),
    }
}

/// The `n`th letter, from 1; after `z` comes `aa`.
fn letter(mut n: usize) -> String {
    let mut out = vec![];
    while n > 0 {
        n -= 1;
        out.push(b'a' + (n % 26) as u8);
        n /= 26;
    }
    out.iter().rev().map(|&byte| char::from(byte)).collect()
}

struct Arranger {
    config: FootnotesConfig,
    language: Language,
    /// The notes counted so far.
    count: usize,
    /// The part's name and title.
    part: String,
    title: String,
    titles: BTreeSet<String>,
    /// The marks that have a name for their place.
    ids: usize,
    /// What the first mark of a note came to, by the note's name.
    known: BTreeMap<String, Inline>,
    /// The notes at the end of the part.
    ends: Vec<Endnote>,
}

impl Arranger {
    fn part(&mut self, part: &mut Part) {
        self.part.clone_from(&part.id);
        self.title = part.content.title().unwrap_or_default().to_owned();
        if !self.titles.insert(self.title.clone()) {
            // Links are called by the words that a reader knows them by; some parts have one title.
            self.title = format!("{} ({})", self.title, part.id);
        }
        self.ids = 0;
        if self.config.numbers() != NoteNumbers::Report {
            self.count = 0;
        }
        // A colophon is text alone, and has no place for a list of notes.
        let colophon = matches!(part.content, PartContent::Colophon { .. });
        if colophon {
            for runs in part.content.runs_mut() {
                self.runs(runs, &mut None, false);
            }
        }
        let at_end = self.config.place == NotePlace::PartEnd;
        for block in part.content.blocks_mut() {
            let apart = !matches!(block, Block::Text(_))
                && (at_end || self.config.numbers() == NoteNumbers::Page);
            let mut letters = apart.then_some(0);
            for runs in block.runs_mut() {
                self.runs(runs, &mut letters, at_end);
            }
        }
        // A note may be referred to before the mark that has it, as from a title.
        for runs in part.content.runs_mut() {
            self.others(runs);
        }
        let notes = std::mem::take(&mut self.ends);
        if !notes.is_empty() {
            part.content.push(Block::Notes(Endnotes { notes }));
        }
    }

    /// Numbers the notes in runs: by letters, where such are counted.
    fn runs(&mut self, runs: &mut Inlines, letters: &mut Option<usize>, at_end: bool) {
        for run in runs {
            if let Inline::Footnote { mark, .. } = run {
                *mark = self.mark(letters);
            } else {
                if let Some(body) = run.body_mut() {
                    self.runs(body, letters, at_end);
                }
                continue;
            }
            if at_end && letters.is_none() {
                self.move_to_end(run);
            }
            let Inline::Footnote { note: Some(note), mark, .. } = &*run else { continue };
            let again = Inline::NoteAgain { note: note.clone(), mark: mark.clone() };
            self.known.insert(note.clone(), again);
        }
    }

    fn mark(&mut self, letters: &mut Option<usize>) -> NoteMark {
        if let Some(count) = letters {
            *count += 1;
            return NoteMark { number: letter(*count), id: None };
        }
        if self.config.numbers() == NoteNumbers::Page {
            let lang = if self.language.is_chinese() { "zh" } else { "en" };
            return NoteMark { number: number_on_page(lang, 1), id: Some(self.id()) };
        }
        self.count += 1;
        NoteMark { number: self.count.to_string(), id: None }
    }

    /// A name for the place of a mark.
    fn id(&mut self) -> String {
        self.ids += 1;
        format!("{} {}", self.part, self.ids)
    }

    /// Has a link stand in the place of a note, which goes to the end of the part.
    fn move_to_end(&mut self, run: &mut Inline) {
        let Inline::Footnote { note, mark, line, body, more } = run else { return };
        let number = mark.number.clone();
        let (name, back) = self.language.note_and_mark(&number, &self.title);
        let (line, body, more) = (*line, std::mem::take(body), std::mem::take(more));
        let end = Endnote {
            number: number.clone(),
            name: name.clone(),
            back: back.clone(),
            line,
            body,
            more,
        };
        self.ends.push(end);
        if let Some(note) = note {
            let again = Inline::NoteLink { name: name.clone(), back: None, number: number.clone() };
            self.known.insert(note.clone(), again);
        }
        *run = Inline::NoteLink { name, back: Some(back), number };
    }

    /// Numbers the other marks of notes.
    fn others(&mut self, runs: &mut Inlines) {
        for run in runs {
            if let Inline::NoteAgain { note, .. } = run {
                let mut again = self.known.get(note).cloned();
                if let Some(Inline::NoteAgain { mark: NoteMark { id: id @ Some(_), .. }, .. }) =
                    &mut again
                {
                    *id = Some(self.id());
                }
                if let Some(again) = again {
                    *run = again;
                }
            } else if let Some(body) = run.body_mut() {
                self.others(body);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{letter, number_on_page};

    #[test]
    fn numbers_on_a_page_are_circled_in_chinese() {
        assert_eq!([1, 20, 21].map(|n| number_on_page("zh-CN", n)), ["①", "⑳", "21"]);
        assert_eq!(number_on_page("en", 3), "3");
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 52, 53].map(letter), ["a", "z", "aa", "az", "ba"]);
    }
}
