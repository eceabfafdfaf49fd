//! Numbers of figures and tables, and what refers to them.
//!
//! All of it is known once the parts are read, and none of it asks for a page: a template prints
//! numbers as they are given, and no text is set twice for them.

mod anchors;
mod doubled;
mod labels;
mod notes;
mod references;
mod strings;
mod titles;
mod words;

use std::collections::BTreeMap;

use super::model::{Anchor, Captions, Inline, Numbered, NumberedKind, Part, PartFile, PartKind};
use crate::rules;
use anchors::{Anchored, anchors, unmarked};
use l10n::say;
use labels::Labels;
pub(super) use notes::arrange;
pub(crate) use notes::number_on_page;
use source::{Diagnostic, Place, Problems};
use words::{Language, Named};

/// What the report's numbers go by.
pub(super) struct Rules<'a> {
    /// How figures and tables are counted.
    pub captions: Captions,
    /// The report's language, a BCP 47 tag.
    pub lang: &'a str,
    /// The keys that can be cited.
    pub keys: &'a [String],
}

/// What can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Figure,
    Table,
    Box,
    Equation,
    Section,
}

impl Kind {
    /// The kind of what is counted; sections are not.
    fn counted(self) -> Option<NumberedKind> {
        match self {
            Self::Figure => Some(NumberedKind::Figure),
            Self::Table => Some(NumberedKind::Table),
            Self::Box => Some(NumberedKind::Box),
            Self::Equation => Some(NumberedKind::Equation),
            Self::Section => None,
        }
    }
}

/// Numbers what has a number, and resolves what refers to it; returns what is counted.
pub(super) fn number(parts: &mut [Part], rules: &Rules, problems: &mut Problems) -> Vec<Numbered> {
    let language = Language::of(rules.lang);
    let mut labels = Labels::default();
    let mut counts = BTreeMap::new();
    let mut counted = vec![];
    for part in parts.iter_mut() {
        // A mark that ends a label parts it from the title: 一、 is referred to as 一.
        let label = part
            .label
            .as_deref()
            .map(|label| label.trim_end_matches(['、', '．', '.', '：', ':', ' ']));
        let named = match (label.filter(|label| !label.is_empty()), part.content.title()) {
            (Some(label), _) => Some(Named::Part(label.to_owned())),
            (None, title) => title.map(|title| Named::Titled(title.to_owned())),
        };
        if let Some(named) = named {
            labels.add(&part.anchor, named, problems);
        }
        let chapter = match rules.captions {
            Captions::Report => None,
            Captions::Chapter => part.mark.clone(),
        };
        for Anchored { kind, title, anchor, letter, line } in anchors(&mut part.content) {
            let named = if kind == Kind::Section {
                section(anchor, &title)
            } else if let Some(letter) = letter {
                // A picture within the group that is counted before it.
                let count = counts.get(&(kind, chapter.clone())).copied().unwrap_or(0);
                anchor.number = Some(letter.to_string());
                Named::Piece(kind, chapter.clone(), count, letter.to_string())
            } else {
                let count = counts.entry((kind, chapter.clone())).or_insert(0_usize);
                *count += 1;
                anchor.number = Some(language.number(chapter.as_deref(), *count));
                let named = Named::Counted(kind, chapter.clone(), *count);
                counted.push(named.clone());
                let printed = words::plain(&language.whole(&named));
                let place = line.map(|line| PartFile::line(&part.files, &part.place, line));
                let title = super::text::plain(&title);
                let typed = place.and_then(|place| titles::typed_before(&title, &printed, place));
                problems.extend(typed);
                named
            };
            labels.add(anchor, named, problems);
        }
    }
    titles::take_off(parts, language, problems);
    references::resolve(parts, &mut labels, (language, rules.keys), problems);
    let listed: Vec<(&[NumberedKind], Place)> = parts.iter().filter_map(lists).collect();
    let mut counted = counted.into_iter();
    let mut numbered = vec![];
    for part in parts {
        let target = part.anchor.label.as_ref().and_then(|label| labels.known.get(label));
        part.anchor.name = target.filter(|target| target.used).map(|target| target.name(language));
        for Anchored { kind, title, anchor, letter, .. } in anchors(&mut part.content) {
            let target = anchor.label.as_ref().and_then(|label| labels.known.get(label));
            anchor.name = target.filter(|target| target.used).map(|target| target.name(language));
            let Some(kind) = kind.counted().filter(|_| letter.is_none()) else { continue };
            let Some(named) = counted.next() else { continue };
            let words = words::plain(&language.whole(&named));
            if listed.iter().any(|(listed, _)| listed.contains(&kind)) {
                anchor.name = Some(words.clone());
            }
            let (number, label) = (anchor.number.clone().unwrap_or_default(), anchor.label.clone());
            numbered.push(Numbered { kind, number, words, title: unmarked(&title), label });
        }
    }
    labels.tell_unused(problems);
    for (kinds, place) in listed {
        if !numbered.iter().any(|block| kinds.contains(&block.kind)) {
            problems.push(
                Diagnostic::of(&rules::NO_TEXT, place, say!("this list has no entries"))
                    .hint(say!("remove it from `parts`, or give figures and tables their titles")),
            );
        }
    }
    numbered
}

/// What a part lists, and where it is asked for.
fn lists(part: &Part) -> Option<(&'static [NumberedKind], Place)> {
    let kinds: &[NumberedKind] = match part.content.kind() {
        PartKind::ListOfFigures => &[NumberedKind::Figure],
        PartKind::ListOfTables => &[NumberedKind::Table],
        PartKind::Lists => &[NumberedKind::Figure, NumberedKind::Table],
        _ => return None,
    };
    Some((kinds, part.place.clone()))
}

/// What a label of a section names.
fn section(anchor: &Anchor, title: &[Inline]) -> Named {
    let plain = |number: &&String| {
        let decimal = number.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        decimal && number.contains('.') && !number.ends_with('.')
    };
    match anchor.number.as_ref().filter(plain) {
        Some(number) => Named::Section(number.clone()),
        // 一、 and （一） number the sections of one part: with its title, such a section is found.
        None => {
            let number = anchor.number.as_deref().unwrap_or_default();
            let gap = if number.ends_with('.') { " " } else { "" };
            Named::Titled(format!("{number}{gap}{}", super::text::plain(title)))
        }
    }
}
