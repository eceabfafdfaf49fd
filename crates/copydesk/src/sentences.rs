//! Repeated sentences.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::prose::{Prose, ProseKind};
use crate::rules;
use crate::width;
use l10n::say;
use source::{Diagnostic, Problems};

/// The minimum length of a sentence that is reported, in characters: shorter ones are phrases.
const MIN_CHARACTERS: usize = 12;

/// Words that begin a source or a note.
const NAMED: [&str; 8] =
    ["注", "资料来源", "数据来源", "来源", "图片来源", "单位", "source", "note"];

/// Reports each sentence that has occurred in the report before.
pub(crate) fn repeated(prose: &[Prose], problems: &mut Problems) {
    let mut seen: BTreeMap<String, (&Prose, Range<usize>)> = BTreeMap::new();
    for piece in prose.iter().filter(|piece| matches!(piece.kind, ProseKind::Body | ProseKind::Alt))
    {
        // The same work may be named in two notes.
        let chars: Vec<char> = piece.letters.iter().map(|letter| letter.c).collect();
        if width::names_kind(&chars) {
            continue;
        }
        for range in sentences(piece) {
            let letters = piece.letters[range.clone()].iter().map(|letter| letter.c);
            let key: String =
                letters.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            // Tables may have one source, and one note.
            let named = NAMED.iter().any(|word| key.starts_with(word));
            if key.chars().count() < MIN_CHARACTERS || named {
                continue;
            }
            match seen.get(&key) {
                Some((first, at)) => {
                    let place = first.place(at.clone());
                    let message = say!("this sentence appears twice in the report");
                    problems.push(
                        Diagnostic::of(&rules::REPEATED_SENTENCE, piece.place(range), message)
                            .hint(say!(
                                "it already appears at {place}: remove one of the two",
                                place
                            )),
                    );
                }
                None => _ = seen.insert(key, (piece, range)),
            }
        }
    }
}

/// Returns the sentences of a piece, without surrounding white space.
fn sentences(piece: &Prose) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut start = 0;
    for (at, letter) in piece.letters.iter().enumerate() {
        let latin = letter.c == '.' && piece.letters.get(at + 1).is_none_or(|next| next.c == ' ');
        if "。！？；".contains(letter.c) || latin || at + 1 == piece.letters.len() {
            let blank = piece.letters[start..=at]
                .iter()
                .take_while(|letter| letter.c.is_whitespace())
                .count();
            out.push(start + blank..at + 1);
            start = at + 1;
        }
    }
    out
}
