//! Changes within a paragraph: Han characters compared one by one, Latin words and numbers as
//! wholes.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use cjk::is_wide;

use crate::read::SOFT;

/// A span of both texts, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Whether it is the same in both.
    pub(super) same: bool,
    /// Its range in the old text.
    pub(super) a: Range<usize>,
    /// Its range in the new text.
    pub(super) b: Range<usize>,
}

/// Splits two texts into pieces, alternately the same and different.
pub(super) fn compare(a: &[char], b: &[char]) -> Vec<Piece> {
    let (tokens_a, tokens_b) = (tokens(a), tokens(b));
    let word = |text: &'_ [char], tokens: &[Range<usize>]| -> Vec<Vec<char>> {
        tokens.iter().map(|range| text[range.clone()].to_vec()).collect()
    };
    let ops = capture_diff_slices(Algorithm::Myers, &word(a, &tokens_a), &word(b, &tokens_b));
    let span = |tokens: &[Range<usize>], range: Range<usize>, end: usize| {
        let start = tokens.get(range.start).map_or(end, |token| token.start);
        start
            ..range
                .end
                .checked_sub(1)
                .filter(|_| !range.is_empty())
                .map_or(start, |last| tokens[last].end)
    };
    let mut out: Vec<Piece> = vec![];
    for op in ops {
        let (range_a, range_b) = (op.old_range(), op.new_range());
        let piece = Piece {
            same: matches!(op, DiffOp::Equal { .. }),
            a: span(&tokens_a, range_a, a.len()),
            b: span(&tokens_b, range_b, b.len()),
        };
        let same = piece.same || is_hyphenation(&a[piece.a.clone()], &b[piece.b.clone()]);
        add(&mut out, Piece { same, ..piece });
    }
    islands(out)
}

fn add(out: &mut Vec<Piece>, piece: Piece) {
    match out.last_mut() {
        Some(last) if last.same == piece.same => {
            last.a.end = piece.a.end;
            last.b.end = piece.b.end;
        }
        _ => out.push(piece),
    }
}

/// Treats a lone unchanged character between two changes as changed too.
fn islands(pieces: Vec<Piece>) -> Vec<Piece> {
    let lone = |at: usize| {
        let piece: &Piece = &pieces[at];
        let around = |at: usize| pieces.get(at).map_or(0, |piece| piece.a.len().max(piece.b.len()));
        piece.same
            && at > 0
            && at + 1 < pieces.len()
            && piece.a.len() < 2
            && around(at - 1) + around(at + 1) > 3
    };
    let mut out = vec![];
    for (at, piece) in pieces.iter().enumerate() {
        add(&mut out, Piece { same: piece.same && !lone(at), ..piece.clone() });
    }
    out
}

/// Splits a text into tokens: single Han characters and marks, runs of letters and digits,
/// numbers with their decimal points.
fn tokens(text: &[char]) -> Vec<Range<usize>> {
    let digit =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_digit);
    let word = |at: usize| {
        let point =
            matches!(text[at], '.' | ',') && digit(at.checked_sub(1)) && digit(Some(at + 1));
        (text[at].is_alphanumeric() || text[at] == SOFT || point) && !is_wide(text[at])
    };
    let mut out: Vec<Range<usize>> = vec![];
    for at in 0..text.len() {
        match out.last_mut() {
            Some(last) if word(at) && word(last.start) => last.end = at + 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}

/// Returns whether two spans differ only in hyphens, one of them introduced by a line end.
fn is_hyphenation(a: &[char], b: &[char]) -> bool {
    let bare = |text: &[char]| -> Vec<char> {
        text.iter().copied().filter(|c| !matches!(c, &SOFT | '-' | '\u{2010}' | ' ')).collect()
    };
    (a.contains(&SOFT) || b.contains(&SOFT)) && bare(a) == bare(b)
}

/// Returns a text's characters and pairs of adjacent characters, sorted: the features that
/// identify it when it has changed.
pub(super) fn features(text: &[char]) -> Vec<[char; 2]> {
    let single = text.iter().map(|c| [*c, '\0']);
    let mut out: Vec<_> = single.chain(text.windows(2).map(|pair| [pair[0], pair[1]])).collect();
    out.sort_unstable();
    out
}

/// Returns the similarity of two texts by their features, from 0 to 1: the share that both have.
pub(super) fn likeness(a: &[[char; 2]], b: &[[char; 2]]) -> f64 {
    let (mut at, mut to, mut common) = (0, 0, 0);
    while at < a.len() && to < b.len() {
        match a[at].cmp(&b[to]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                at += 1;
                to += 1;
            }
        }
    }
    2.0 * f64::from(common) / ((a.len() + b.len()) as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(a: &str, b: &str) -> String {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let text = |chars: &[char]| chars.iter().collect::<String>();
        let show = |piece: &Piece| {
            if piece.same {
                text(&a[piece.a.clone()])
            } else {
                format!("<{}|{}>", text(&a[piece.a.clone()]), text(&b[piece.b.clone()]))
            }
        };
        compare(&a, &b).iter().map(show).collect()
    }

    #[test]
    fn han_changes_by_characters_and_latin_by_words() {
        assert_eq!(
            marked("过去一年，模型变大", "刚刚过去的一年，模型变大"),
            "<|刚刚>过去<|的>一年，模型变大"
        );
        assert_eq!(
            marked("用GPT-4训练了12天", "用GPT-5训练了120天"),
            "用GPT-<4|5>训练了<12|120>天"
        );
        assert_eq!(marked("占63.2，共1,000", "占36.2，共1,200"), "占<63.2|36.2>，共<1,000|1,200>");
        assert_eq!(marked("same text", "same text"), "same text");
        assert_eq!(marked("", "新"), "<|新>");
    }

    #[test]
    fn a_lone_character_between_changes_is_no_island() {
        assert_eq!(marked("甲乙丙丁戊", "子丑丙寅卯"), "<甲乙丙丁戊|子丑丙寅卯>");
    }

    #[test]
    fn a_hyphen_at_a_lines_end_is_no_change() {
        assert_eq!(marked("trans\u{AD}formers win", "transformers win"), "trans\u{AD}formers win");
        assert_eq!(marked("state-of-\u{AD}the-art", "state-of-the-art"), "state-of-\u{AD}the-art");
        assert_eq!(marked("re-cover", "recover"), "<re-cover|recover>");
    }

    #[test]
    fn likeness_is_the_share_of_features() {
        let alike = |a: &str, b: &str| {
            let of = |text: &str| features(&text.chars().collect::<Vec<_>>());
            likeness(&of(a), &of(b))
        };
        assert_eq!(alike("一二三", "一二三"), 1.0);
        assert_eq!(alike("一二三", "四五六"), 0.0);
        assert_eq!(alike("一二三", "一二四"), 0.6);
        assert_eq!(alike("", ""), 0.0);
    }
}
