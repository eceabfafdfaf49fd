//! Which way a straight quote faces; apostrophes, feet and inches.

use super::{OBJECT, Turned, is_blank};

/// The words that begin with an apostrophe, for letters that are left out.
const SHORTENED: [&str; 14] = [
    "tis", "twas", "twere", "twill", "em", "til", "cause", "n", "round", "bout", "cuz", "neath",
    "tween", "nuff",
];

/// What a straight quote stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Opens,
    Closes,
    Apostrophe,
    Prime,
    Unsure,
}

/// Reads the straight quotes of a paragraph: those that are sure, and the places of all others.
pub(crate) fn read(text: &[char]) -> (Vec<Turned>, Vec<usize>) {
    let last_close = (0..text.len()).rev().find(|at| closes(text, *at));
    let mut reader = Reader { text, last_close, open: vec![], depth: [0; 2], slips: 0 };
    let (mut turned, mut unsure) = (vec![], vec![]);
    for (at, &c) in text.iter().enumerate() {
        match c {
            '"' | '\'' => {
                let sense = reader.sense(at, c);
                match shape(c, sense) {
                    Some(shape) => {
                        turned.push(Turned { range: at..at + 1, text: shape.into() });
                        reader.pass(c, sense);
                    }
                    None => {
                        reader.slips += usize::from(c == '"');
                        unsure.push(at);
                    }
                }
            }
            // Those that face their way already.
            '“' => reader.open('"'),
            '‘' => reader.open('\''),
            '”' => reader.close('"'),
            '’' if !reader.letters(at) => reader.close('\''),
            _ => {}
        }
    }
    (turned, unsure)
}

fn shape(c: char, sense: Sense) -> Option<&'static str> {
    Some(match (c, sense) {
        (_, Sense::Unsure) => return None,
        ('"', Sense::Opens) => "“",
        ('"', Sense::Prime) => "″",
        ('"', _) => "”",
        (_, Sense::Opens) => "‘",
        (_, Sense::Prime) => "′",
        _ => "’",
    })
}

struct Reader<'a> {
    text: &'a [char],
    /// The last single quote that can close one.
    last_close: Option<usize>,
    /// The quotes that are open, outermost first.
    open: Vec<char>,
    /// How many of them are double ones, and single ones.
    depth: [usize; 2],
    /// How many double quotes were not sure.
    slips: usize,
}

impl Reader<'_> {
    fn at(&self, at: Option<usize>) -> Option<char> {
        at.and_then(|at| self.text.get(at)).copied()
    }

    fn pass(&mut self, c: char, sense: Sense) {
        match sense {
            Sense::Opens => self.open(c),
            Sense::Closes => self.close(c),
            _ => {}
        }
    }

    fn open(&mut self, c: char) {
        self.open.push(c);
        self.depth[usize::from(c == '\'')] += 1;
    }

    /// Closes the innermost quote of a kind, and those that are open within it.
    fn close(&mut self, c: char) {
        while self.is_open(c)
            && let Some(inner) = self.open.pop()
        {
            self.depth[usize::from(inner == '\'')] -= 1;
            if inner == c {
                break;
            }
        }
    }

    fn is_open(&self, c: char) -> bool {
        self.depth[usize::from(c == '\'')] > 0
    }

    /// Whether letters stand on both sides.
    fn letters(&self, at: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        letter(self.at(at.checked_sub(1))) && letter(self.at(Some(at + 1)))
    }

    fn sense(&self, at: usize, c: char) -> Sense {
        let (before, after) = (self.at(at.checked_sub(1)), self.at(Some(at + 1)));
        let digit = before.is_some_and(|c| c.is_ascii_digit() || "½¼¾".contains(c));
        if c == '\'' {
            return self.single(at, before, after, digit);
        }
        if digit && self.is_measure(at, c, after) {
            return Sense::Prime;
        }
        let faces = faces(before, after);
        match faces {
            // A quotation within a quotation has quotes of the other kind; one that begins anew in
            // an open one is a slip, and so is what closes it.
            Sense::Opens if self.open.last() == Some(&'"') => Sense::Unsure,
            Sense::Closes if !self.is_open('"') || self.slips % 2 == 1 => Sense::Unsure,
            Sense::Unsure if self.is_open('"') && before.is_some_and(|c| !is_blank(c)) => {
                Sense::Closes
            }
            faces => faces,
        }
    }

    fn single(&self, at: usize, before: Option<char>, after: Option<char>, digit: bool) -> Sense {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == OBJECT);
        if before.is_some_and(char::is_alphabetic) && word(after) {
            return Sense::Apostrophe;
        }
        // The end of a strand of DNA: `3'UTR`.
        let capital = |at: usize| self.at(Some(at)).is_some_and(|c| c.is_ascii_uppercase());
        if digit && capital(at + 1) && capital(at + 2) {
            return Sense::Prime;
        }
        if digit && after.is_some_and(char::is_alphabetic) {
            return Sense::Apostrophe;
        }
        // The possessive of what is quoted, or of code.
        let possessive = after == Some('s') && !word(self.at(Some(at + 2)));
        if possessive && before.is_some_and(|c| "\"”’)].".contains(c) || c == OBJECT) {
            return Sense::Apostrophe;
        }
        if digit && self.is_measure(at, '\'', after) {
            return Sense::Prime;
        }
        if self.is_shortened(at, before) {
            return Sense::Apostrophe;
        }
        match faces(before, after) {
            Sense::Opens if self.has_close(at) => Sense::Opens,
            // A letter left out, of a word that is not known; or half a pair of quotes.
            Sense::Opens => Sense::Unsure,
            // The apostrophe has the same shape: `the models' size`.
            Sense::Closes if self.open.last() == Some(&'\'') => Sense::Closes,
            Sense::Closes if before.is_some_and(|c| c.is_alphabetic() || c == OBJECT) => {
                Sense::Apostrophe
            }
            Sense::Closes if self.is_open('\'') => Sense::Closes,
            _ => Sense::Unsure,
        }
    }

    /// Whether letters are left out here: `'90s`, `'tis`.
    fn is_shortened(&self, at: usize, before: Option<char>) -> bool {
        if before.is_some_and(char::is_alphanumeric) {
            return false;
        }
        let rest = &self.text[at + 1..];
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits == 2 {
            let next = rest.get(2).copied();
            let decade = next == Some('s') && !rest.get(3).is_some_and(|c| c.is_alphanumeric());
            return decade || next.is_none_or(|c| !c.is_alphanumeric() && c != '\'');
        }
        let word: String =
            rest.iter().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        let follows = rest.get(word.chars().count()).copied();
        // 'n' has one on either side.
        SHORTENED.contains(&word.as_str()) && (follows != Some('\'') || word == "n")
    }

    /// Whether a quote that opens here is closed in the paragraph.
    fn has_close(&self, at: usize) -> bool {
        self.last_close.is_some_and(|last| last > at)
    }

    /// Whether the mark behind a number stands for feet or inches (minutes or seconds), rather than
    /// for the end of what is quoted.
    fn is_measure(&self, at: usize, c: char, after: Option<char>) -> bool {
        if after.is_some_and(char::is_alphabetic) {
            return false;
        }
        if !self.is_open(c) {
            return true;
        }
        // Within quotes of its own kind it is one if another is left to close them.
        let rest = &self.text[at + 1..];
        let mut quotes = rest.iter().enumerate().filter(|(_, other)| **other == c);
        quotes.next().is_some_and(|(next, _)| {
            let next = at + 1 + next;
            let (before, after) = (self.at(next.checked_sub(1)), self.at(Some(next + 1)));
            matches!(faces(before, after), Sense::Closes)
        })
    }
}

/// Whether a single quote stands behind a word and before none.
fn closes(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text[before]);
    let after = text.get(at + 1);
    matches!(text[at], '\'' | '’')
        && before.is_some_and(|c| !is_blank(c))
        && !after.is_some_and(|c| c.is_alphanumeric() || *c == OBJECT)
}

/// Which way a quote faces by its neighbours.
fn faces(before: Option<char>, after: Option<char>) -> Sense {
    let opening = |c: char| matches!(c, '(' | '[' | '{' | '“' | '‘' | '"' | '\'' | '/' | '¿' | '¡');
    let dash = |c: char| matches!(c, '—' | '–' | '-' | '=');
    let ends = |c: char| {
        is_blank(c)
            || matches!(
                c,
                ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '…' | '”' | '’' | '"'
            )
    };
    let free_before = before.is_none_or(is_blank);
    let free_after = after.is_none_or(ends);
    match (free_before, free_after) {
        (true, _) if after.is_none_or(is_blank) => Sense::Unsure,
        (true, _) => Sense::Opens,
        // A quote before another one: `('"No."')`, `he said, 'Go!'"`.
        (false, true) => match (before, after) {
            (Some(c), Some('"' | '”' | '’')) if opening(c) => Sense::Opens,
            _ => Sense::Closes,
        },
        (false, false) if before.is_some_and(|c| opening(c) || dash(c)) => Sense::Opens,
        // Before a dash, a slash or another quote.
        (false, false) if after.is_some_and(|c| dash(c) || matches!(c, '/' | '\'')) => {
            Sense::Closes
        }
        _ => Sense::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use crate::{marks, set};

    fn unsure(text: &str) -> usize {
        marks(&text.chars().collect::<Vec<_>>()).unsure.len()
    }

    #[test]
    fn quotes_face_what_they_quote() {
        for (typed, right) in [
            ("He said \"no\" -- it's fine.", "He said “no” – it’s fine."),
            ("\"Scale,\" she wrote, \"is all.\"", "“Scale,” she wrote, “is all.”"),
            ("(\"small\") and [\"large\"]", "(“small”) and [“large”]"),
            ("it broke---\"again\"---and held", "it broke—“again”—and held"),
            ("a \"fast\"-\"slow\" pair", "a “fast”-“slow” pair"),
            ("\"He told me, 'Go!'\" she said", "“He told me, ‘Go!’” she said"),
            ("'He told me, \"Go!\"' she said", "‘He told me, “Go!”’ she said"),
            ("\"'No' means no,\" he said", "“‘No’ means no,” he said"),
            ("either/or: \"and\"/\"or\"", "either/or: “and”/“or”"),
            ("\"I thought---\" he began", "“I thought—” he began"),
            ("“half \"inner\" done”", "“half \"inner\" done”"),
        ] {
            assert_eq!(set(typed), right);
        }
    }

    #[test]
    fn an_apostrophe_is_no_quote() {
        for (typed, right) in [
            ("it's, don't, O'Neill's", "it’s, don’t, O’Neill’s"),
            ("the models' size and the boss' desk", "the models’ size and the boss’ desk"),
            ("the '90s and '08, the 1990's", "the ’90s and ’08, the 1990’s"),
            ("'tis 'twas rock 'n' roll, get 'em", "’tis ’twas rock ’n’ roll, get ’em"),
            ("\"Emu\"'s size and \"it\"'s", "“Emu”’s size and “it”’s"),
            ("the 'small' models' size", "the ‘small’ models’ size"),
            ("a Ph.D.'s work at Ink Inc.'s press", "a Ph.D.’s work at Ink Inc.’s press"),
        ] {
            assert_eq!(set(typed), right);
        }
    }

    #[test]
    fn feet_and_inches_are_primes() {
        for (typed, right) in [
            ("a 5' 11\" door and a 12\" disk", "a 5′ 11″ door and a 12″ disk"),
            ("6'2\" tall", "6′2″ tall"),
            ("the 5'UTR of the 1990's", "the 5′UTR of the 1990’s"),
            ("at 40°26'46\" north", "at 40°26′46″ north"),
            (
                "called \"version 2\" and then \"version 3\"",
                "called “version 2” and then “version 3”",
            ),
            ("\"a 12\" disk\" it was", "“a 12″ disk” it was"),
            ("in \"2024\"", "in “2024”"),
        ] {
            assert_eq!(set(typed), right);
        }
    }

    #[test]
    fn what_is_not_sure_stays_and_is_told() {
        for text in [
            "a \" b",
            "an end\" without a beginning",
            "a\"b",
            "'cello and bass",
            "say \"one \"two\"",
        ] {
            assert!(unsure(text) > 0, "{text}");
        }
        for text in ["say \"one\"", "\"A paragraph that goes on", "it's 6' long"] {
            assert_eq!(unsure(text), 0, "{text}");
        }
    }

    #[test]
    fn a_text_that_is_set_stays() {
        for text in ["“It’s” – the ’90s…", "6′ 2″", "‘a’ “b” c’s"] {
            assert_eq!(set(text), text);
            assert_eq!(unsure(text), 0);
        }
    }
}
