//! Names with inconsistent spellings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::Settings;
use crate::prose::{Prose, ProseKind};
use crate::rules;
use cjk::is_han;
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// Each spelling with its locations, in order.
type Spellings = BTreeMap<String, Vec<Place>>;

/// Checks for Latin names that differ only in capitals, hyphens or spaces.
pub(crate) fn spellings(prose: &[Prose], settings: &Settings, problems: &mut Problems) {
    let mut names: BTreeMap<String, Spellings> = BTreeMap::new();
    let mut phrases: BTreeSet<String> = BTreeSet::new();
    for piece in prose.iter().filter(|piece| piece.kind != ProseKind::Reference) {
        let words = words(piece);
        for (at, word) in words.iter().enumerate() {
            // In small letters beside others it is a word of English: `hearing aids`.
            let beside = |other: Option<&Range<usize>>| {
                other
                    .is_some_and(|other| is_small(piece, other) && are_adjacent(piece, other, word))
            };
            let phrase = is_small(piece, word)
                && (beside(at.checked_sub(1).and_then(|at| words.get(at)))
                    || beside(words.get(at + 1)));
            let mut add = |range: Range<usize>| {
                let text = text_of(piece, &range);
                let key: String = text
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric())
                    .map(|c| c.to_ascii_lowercase())
                    .collect();
                if key.len() >= 4 && key.chars().any(|c| c.is_ascii_alphabetic()) {
                    names.entry(key).or_default().entry(text).or_default().push(piece.place(range));
                }
            };
            add(word.clone());
            if phrase {
                phrases.insert(text_of(piece, word));
            }
            if let Some(next) = words.get(at + 1).filter(|next| next.start == word.end + 1)
                && piece.letters[word.end].c == ' '
            {
                add(word.start..next.end);
            }
        }
    }
    let set: BTreeSet<&String> =
        settings.terms.iter().flat_map(|(term, variants)| variants.iter().chain([term])).collect();
    for spellings in names.into_values() {
        let mut ways: Vec<(String, Vec<Place>)> =
            spellings.into_iter().filter(|(text, _)| !set.contains(text)).collect();
        // The first of those that stand most often is right.
        ways.sort_by_key(|(text, places)| (std::cmp::Reverse(places.len()), text.clone()));
        let Some((usual, _)) = ways.first().cloned() else { continue };
        // A word that is spelt as an abbreviation is: `hearing aids` and `AIDS`.
        let is_word = |small: &str, capitals: &str| {
            phrases.contains(small) && capitals.chars().all(|c| c.is_ascii_uppercase())
        };
        let slips = ways.into_iter().skip(1).filter(|(text, _)| {
            is_slip(text, &usual) && !is_word(text, &usual) && !is_word(&usual, text)
        });
        for (text, places) in slips {
            for place in places {
                problems.push(
                    Diagnostic::of(
                        &rules::SPELLING,
                        place,
                        say!("`{text}` is written `{usual}` elsewhere", text, usual),
                    )
                    .hint(say!(
                        "use one spelling throughout, or define it in report.yaml under `terms`"
                    )),
                );
            }
        }
    }
}

fn text_of(piece: &Prose, word: &Range<usize>) -> String {
    piece.letters[word.clone()].iter().map(|letter| letter.c).collect()
}

fn is_small(piece: &Prose, word: &Range<usize>) -> bool {
    piece.letters[word.clone()].iter().all(|letter| letter.c.is_ascii_lowercase())
}

/// Whether nothing but a space stands between two words.
fn are_adjacent(piece: &Prose, a: &Range<usize>, b: &Range<usize>) -> bool {
    let between = if a.end <= b.start { a.end..b.start } else { b.end..a.start };
    between.len() == 1 && piece.letters[between.start].c == ' '
}

/// Returns whether two spellings are of one name: they differ in more than the first letter of
/// common words.
fn is_slip(a: &str, b: &str) -> bool {
    let lower = |text: &str| {
        text.split([' ', '-'])
            .map(|word| {
                let mut chars = word.chars();
                chars
                    .next()
                    .map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
            })
            .collect::<Vec<_>>()
    };
    let inner = |text: &str| {
        text.split([' ', '-']).any(|word| word.chars().skip(1).any(|c| c.is_ascii_uppercase()))
    };
    // `agent` and `Agent`, `Scaling Law` and `scaling law` are words at their places.
    if lower(a) == lower(b) && a.matches('-').count() == b.matches('-').count() {
        return false;
    }
    // `pre training` is two words, `Pre-Training` a name; all in small letters says nothing.
    let capital = |text: &str| text.chars().any(|c| c.is_ascii_uppercase());
    inner(a) || inner(b) || capital(a) && capital(b)
}

/// Returns the Latin words of a piece: letters, digits and hyphens, beginning with a letter.
fn words(piece: &Prose) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut at = 0;
    let letters = &piece.letters;
    let inside = |c: char| c.is_ascii_alphanumeric() || "-_.@/:".contains(c);
    while at < letters.len() {
        let end = at + letters[at..].iter().take_while(|letter| inside(letter.c)).count();
        let text: String = letters[at..end].iter().map(|letter| letter.c).collect();
        let length = text.trim_end_matches(['-', '.', ':', '/']).len();
        // Files, addresses and versions are no names.
        let plain = text[..length].chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push(at..at + length);
        }
        at = end.max(at + 1);
    }
    out
}

/// The minimum length of a name that is compared, in characters.
const MIN_NAME: usize = 6;
/// The maximum number of characters in which two names of one thing differ: a word.
const MAX_CHANGED: usize = 2;

/// Checks for titles repeated in the text, and names in title marks or quotes, that differ by a
/// word in the middle.
pub(crate) fn near(prose: &[Prose], problems: &mut Problems) {
    let mut names: Vec<(Vec<char>, &Prose, Range<usize>)> = vec![];
    for piece in prose {
        let found = match piece.kind {
            ProseKind::Title => clauses(piece),
            ProseKind::Reference => vec![],
            _ => marked(piece),
        };
        names.extend(found.into_iter().map(|range| (chars(piece, &range), piece, range)));
    }
    let mut told: BTreeSet<(String, usize)> = BTreeSet::new();
    let mut tell = |piece: &Prose,
                    range: Range<usize>,
                    other: (&[char], Place),
                    problems: &mut Problems| {
        let place = piece.place(range.clone());
        if told.insert((place.file.path.clone(), place.range.start)) {
            let (written, name): (String, String) =
                (chars(piece, &range).iter().collect(), other.0.iter().collect());
            problems.push(
                Diagnostic::of(
                    &rules::NEAR_NAME,
                    place,
                    say!("`{written}` is almost the same as `{name}`", written, name),
                )
                .hint(say!("the other is at {other}: write both the same way", other = other.1)),
            );
        }
    };
    for (at, (name, first, from)) in names.iter().enumerate() {
        for (other, piece, range) in &names[at + 1..] {
            // A title is right: what repeats it is told.
            if differs_within(name, other) {
                if piece.kind == ProseKind::Title && first.kind != ProseKind::Title {
                    tell(first, from.clone(), (other, piece.place(range.clone())), problems)
                } else {
                    tell(piece, range.clone(), (name, first.place(from.clone())), problems)
                }
            }
        }
    }
    let titles: Vec<_> = names
        .iter()
        .filter(|(name, piece, _)| piece.kind == ProseKind::Title && name.len() >= 8)
        .collect();
    for piece in prose
        .iter()
        .filter(|piece| matches!(piece.kind, ProseKind::Body | ProseKind::Alt | ProseKind::Caption))
    {
        let text: Vec<char> = piece.letters.iter().map(|letter| letter.c).collect();
        for (title, first, from) in &titles {
            for (at, window) in text.windows(title.len()).enumerate() {
                if differs_within(title, window) {
                    tell(piece, at..at + title.len(), (title, first.place(from.clone())), problems);
                }
            }
        }
    }
}

/// Returns whether two names have the same length, beginning and end, and differ in a word in
/// between.
fn differs_within(a: &[char], b: &[char]) -> bool {
    if a.len() != b.len() || a.len() < MIN_NAME || a[0] != b[0] || a[1] != b[1] {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if head == a.len() {
        return false;
    }
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let changed = a.len() - head - tail;
    // Numbers and letters tell things apart: `GPT-4o发布` and `GPT-4V发布` are two.
    let han = a[head..a.len() - tail]
        .iter()
        .chain(&b[head..b.len() - tail])
        .all(|&c| is_han(c) && !"一二三四五六七八九十上下前后左右东南西北".contains(c));
    changed <= MAX_CHANGED && head >= 2 && tail >= 2 && han
}

fn chars(piece: &Prose, range: &Range<usize>) -> Vec<char> {
    piece.letters[range.clone()].iter().map(|letter| letter.c).collect()
}

/// Returns the clauses of a title: the text between its marks.
fn clauses(piece: &Prose) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut start = 0;
    for at in 0..=piece.letters.len() {
        if piece.letters.get(at).is_none_or(|letter| "，。：；！？、,:".contains(letter.c)) {
            if at - start >= MIN_NAME {
                out.push(start..at);
            }
            start = at + 1;
        }
    }
    out
}

/// Returns the text within title marks or quotes.
fn marked(piece: &Prose) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut open = None;
    for (at, letter) in piece.letters.iter().enumerate() {
        match letter.c {
            '《' | '“' | '「' => open = Some(at + 1),
            '》' | '”' | '」' => out
                .extend(open.take().map(|start| start..at).filter(|range| range.len() >= MIN_NAME)),
            _ => {}
        }
    }
    out
}
