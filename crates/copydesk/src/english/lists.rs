//! Lists in a sentence, and the comma before their last item.

use super::house::{House, SerialComma};
use crate::draft::Draft;
use crate::rules;
use l10n::say;

/// The most words of an item.
const WORDS: usize = 3;

/// Words before a comma that begin a sentence rather than a list.
const OPENERS: &str = "abroad left right above below next inside outside nowadays hence however today instead \
    finally then now here there thus moreover meanwhile still first second third yet indeed \
    again later earlier recently often usually overall together yes no well also therefore \
    nevertheless similarly consequently elsewhere";

/// Checks the comma before the last item of a list, as the house has it.
pub(crate) fn serial_commas(draft: &mut Draft, house: &House) {
    let Some(wanted) = house.serial_comma else { return };
    let words = words(draft.chars());
    for (at, word) in words.iter().enumerate() {
        if !matches!(word.text.as_str(), "and" | "or") || at < 2 {
            continue;
        }
        let comma = words[at - 1].comma;
        // The commas of the items before; a list of two has none.
        let commas = items_before(&words, at, comma);
        let place = words[at - 1].end..word.start + word.text.chars().count();
        match wanted {
            SerialComma::Always
                if !comma && commas >= 1 && !goes_on(&words, at) && !phrase(&words, at) =>
            {
                let message = say!("no comma stands before the last item of this list");
                let hint = say!("write `, {word}`", word = word.text);
                draft.tell(&rules::SERIAL_COMMA, place, message, hint);
            }
            // Two clauses are joined with a comma in every house: only a list of three items or
            // more has two.
            SerialComma::Never if comma && commas >= 2 => {
                let message = say!("a comma stands before the last item of this list");
                draft.tell(&rules::SERIAL_COMMA, place, message, say!("remove it"));
            }
            _ => {}
        }
    }
}

/// Words that begin a phrase or a clause before the comma of a sentence, so that what stands behind it
/// is no item of a list: `In practice, people and firms agree.`
const LEADS: &str = "in at by with from for on under among after before since until till while when whenever \
    if unless as although though because where wherever once unlike like despite during \
    through throughout without within to of between beyond besides beside given than upon \
    over across along amid against towards toward into about so but whereas whether";

/// Words that begin a clause behind a comma, or an apposition.
const GOES_ON: &str = "which who whose whom that where when while but so it they we he she you this these those \
    there not i";

/// Words that name a time before the comma: `This year, firms and banks agreed.`
const TIMES: &str = "year years month months week weeks day days quarter quarters decade decades time january \
    february march april june july august september october november december morning monday";

/// Whether the list goes on behind the word `at`, which joins two things within one of its items:
/// `agents and apps, safety`.
fn goes_on(words: &[Word], at: usize) -> bool {
    words[at + 1..].iter().take(WORDS).take_while(|word| !word.begins).any(|word| word.comma)
}

/// Whether the last comma before the word `at` parts a phrase from its sentence, or a name from what it
/// is, rather than two items.
fn phrase(words: &[Word], at: usize) -> bool {
    let Some(comma) = (0..at).rev().find(|index| words[*index].comma) else { return false };
    let is = |index: usize, list: &str| among(&words[index].text, list);
    let first = (0..=comma).rev().take(WORDS + 1).find(|index| words[*index].begins);
    let first = first.unwrap_or(comma.saturating_sub(WORDS));
    let capital = |index: usize| words[index].text.starts_with(char::is_uppercase);
    let named = capital(comma) && !words[comma].begins && !(comma + 1..at).any(capital);
    (first..=comma).any(|index| is(index, LEADS))
        || is(comma, TIMES)
        || is(comma + 1, GOES_ON)
        || is(comma + 1, LEADS)
        || named
}

/// Whether a word is one of a list of words with spaces between them.
fn among(word: &str, list: &str) -> bool {
    let word = word.to_lowercase();
    list.split(' ').any(|one| one == word)
}

/// A word, and where it ends.
struct Word {
    text: String,
    start: usize,
    end: usize,
    /// Whether a comma and a space follow it.
    comma: bool,
    /// Whether it begins a sentence, or stands behind another mark.
    begins: bool,
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut out: Vec<Word> = vec![];
    let mut at = 0;
    let mut begins = true;
    while at < chars.len() {
        let inside = |c: &char| c.is_alphanumeric() || "'’-".contains(*c);
        let length = chars[at..].iter().take_while(|c| inside(c)).count();
        if length == 0 {
            begins |= !matches!(chars[at], ' ' | '\n' | ',');
            at += 1;
            continue;
        }
        let end = at + length;
        let comma =
            chars.get(end) == Some(&',') && chars.get(end + 1).is_some_and(|c| c.is_whitespace());
        out.push(Word { text: chars[at..end].iter().collect(), start: at, end, comma, begins });
        begins = false;
        at = end;
    }
    out
}

/// How many commas end items of a few words each before the word `at`, which joins the last one.
fn items_before(words: &[Word], at: usize, comma: bool) -> usize {
    let mut commas = usize::from(comma);
    let mut length = 0;
    let mut index = if comma { at - 1 } else { at };
    while index > 0 {
        index -= 1;
        let word = &words[index];
        // The comma behind the word ends an item: the one counted so far is whole.
        if word.comma {
            if length == 0 && !(comma && commas == 1) || length > WORDS {
                return commas;
            }
            let year = word.text.chars().all(|c| c.is_ascii_digit());
            let opens = word.begins && among(&word.text, OPENERS);
            let lone = word.begins && word.text.ends_with("ly");
            if year || opens || lone {
                return commas;
            }
            commas += 1;
            length = 0;
        }
        length += 1;
        if word.begins {
            return commas;
        }
        if length > WORDS {
            // With one comma this may be a clause and what follows it.
            return if commas == 1 { 0 } else { commas };
        }
    }
    commas
}
