//! The list of references: entries whose number changed.

use std::collections::BTreeMap;

use super::blocks::{Pair, bare};
use super::version::Passage;

/// The minimum length of an entry, in characters: anything shorter is a citation.
const ENTRY: usize = 15;

/// Returns the bracketed numbers, old to new, of the entries in both versions.
pub(super) fn numbers(pairs: &[Pair], a: &[Passage], b: &[Passage]) -> BTreeMap<usize, usize> {
    let entry = |pair: &Pair| {
        let (old, new) = (&a[pair.a?].text, &b[pair.b?].text);
        let long = old.len() >= ENTRY && bare(old) == bare(new);
        long.then(|| Some((number(old)?, number(new)?))).flatten()
    };
    pairs.iter().filter_map(entry).collect()
}

/// Returns whether two texts differ only in citation numbers that still lead to the same entries.
pub(super) fn follow(a: &[char], b: &[char], numbers: &BTreeMap<usize, usize>) -> bool {
    bare(a) == bare(b) && {
        let (old, new) = (cited(a), cited(b));
        old.len() == new.len()
            && old.iter().zip(&new).all(|(old, new)| old == new || numbers.get(old) == Some(new))
    }
}

/// Returns the number that an entry begins with.
fn number(text: &[char]) -> Option<usize> {
    if text.first() != Some(&'[') {
        return None;
    }
    cited(text).first().copied()
}

/// Returns all bracketed numbers.
fn cited(text: &[char]) -> Vec<usize> {
    let digits =
        |at: usize| text[at..].iter().take_while(|c| c.is_ascii_digit()).collect::<String>();
    let starts = (1..text.len()).filter(|&at| text[at - 1] == '[');
    let closed = |at: usize, digits: &str| text.get(at + digits.len()) == Some(&']');
    starts
        .filter_map(|at| Some(digits(at)).filter(|digits| closed(at, digits))?.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_citation_follows_its_entry() {
        let numbers = BTreeMap::from([(1, 1), (2, 3)]);
        assert!(follow(&chars("见[1][2]。"), &chars("见[1][3]。"), &numbers));
        assert!(!follow(&chars("见[2]。"), &chars("见[1]。"), &numbers));
        assert!(!follow(&chars("见[2]。"), &chars("参见[3]。"), &numbers));
    }

    #[test]
    fn entries_are_known_by_their_words() {
        let block = |text: &str| Passage { text: chars(text), ..Passage::default() };
        let a = [
            block("[1] 某某. 某书的名字很长. 某社, 2020."),
            block("[2] 另一条文献的名字也很长, 2021."),
        ];
        let b = [
            block("[1] 新的一条文献放在最前面, 2022."),
            block("[2] 某某. 某书的名字很长. 某社, 2020."),
        ];
        let pair = |a, b| Pair { a, b, moved: false };
        let pairs = [pair(None, Some(0)), pair(Some(0), Some(1)), pair(Some(1), None)];
        assert_eq!(numbers(&pairs, &a, &b), BTreeMap::from([(1, 2)]));
    }
}
