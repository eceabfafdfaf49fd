//! Matches the blocks of two versions.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::version::Passage;
use super::words::{features, likeness};

/// The minimum similarity for two blocks to count as one with changes.
const ALIKE: f64 = 0.4;
/// The minimum similarity to recognise a block elsewhere.
const MOVED: f64 = 0.75;
/// The minimum length of a block, in characters, to recognise it elsewhere.
const LONG: usize = 8;

/// A block of the old version, of the new version, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its index in the old version.
    pub(super) a: Option<usize>,
    /// Its index in the new version.
    pub(super) b: Option<usize>,
    /// Whether its order differs from that of the blocks around it.
    pub(super) moved: bool,
}

/// Matches all blocks of both versions, in the new version's order; removed blocks stay in their
/// old position.
pub(super) fn pair(a: &[Passage], b: &[Passage]) -> Vec<Pair> {
    let mut out = vec![];
    let (old, new): (Vec<_>, Vec<_>) = (a.iter().map(key).collect(), b.iter().map(key).collect());
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (old, new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => {
                out.extend(old.zip(new).map(|(a, b)| Pair {
                    a: Some(a),
                    b: Some(b),
                    moved: false,
                }));
            }
            _ => gap(a, b, old, new, &mut out),
        }
    }
    find_moved(&known(a), &known(b), &mut out);
    out
}

/// A block with the features that identify it when it has changed.
struct Known<'a> {
    block: &'a Passage,
    features: Vec<[char; 2]>,
}

fn known(blocks: &[Passage]) -> Vec<Known<'_>> {
    blocks.iter().map(|block| Known { block, features: features(&block.text) }).collect()
}

/// Returns the identity of a block: its words, without citation numbers, and its figure.
fn key(block: &Passage) -> (bool, String, &str) {
    let figure = block.figure.as_ref();
    (figure.is_some(), bare(&block.text), figure.map_or("", |figure| &figure.alt))
}

/// Replaces each number in brackets by `[]`: an inserted reference renumbers all that follow.
pub(super) fn bare(text: &[char]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((&c, after)) = rest.split_first() {
        out.push(c);
        rest = after;
        if c == '[' {
            let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            if digits > 0 && rest.get(digits) == Some(&']') {
                rest = &rest[digits..];
            }
        }
    }
    out
}

/// Matches the blocks between identical ones: in order, with the highest total similarity.
fn gap(
    a: &[Passage],
    b: &[Passage],
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
    out: &mut Vec<Pair>,
) {
    let (rows, columns) = (old.len(), new.len());
    let (a, b) = (known(&a[old.clone()]), known(&b[new.clone()]));
    let worth = |row: usize, column: usize| {
        let worth = alike(&a[row], &b[column]);
        if worth >= ALIKE { worth } else { 0.0 }
    };
    let worths: Vec<Vec<f64>> =
        (0..rows).map(|row| (0..columns).map(|column| worth(row, column)).collect()).collect();
    for (row, column) in best(&worths, columns) {
        out.push(Pair {
            a: row.map(|row| old.start + row),
            b: column.map(|column| new.start + column),
            moved: false,
        });
    }
}

/// Pairs the rows and columns of a score table in order, so that the sum is largest; a score of 0
/// leaves both unpaired.
pub(super) fn best(worths: &[Vec<f64>], columns: usize) -> Vec<(Option<usize>, Option<usize>)> {
    let rows = worths.len();
    let mut sums = vec![vec![0.0f64; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let apart = sums[row + 1][column].max(sums[row][column + 1]);
            sums[row][column] = apart.max(worths[row][column] + sums[row + 1][column + 1]);
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut out = vec![];
    while row < rows && column < columns {
        if worths[row][column] > 0.0
            && sums[row][column] == worths[row][column] + sums[row + 1][column + 1]
        {
            out.push((Some(row), Some(column)));
            row += 1;
            column += 1;
        } else if sums[row][column] == sums[row + 1][column] {
            out.push((Some(row), None));
            row += 1;
        } else {
            out.push((None, Some(column)));
            column += 1;
        }
    }
    out.extend((row..rows).map(|row| (Some(row), None)));
    out.extend((column..columns).map(|column| (None, Some(column))));
    out
}

/// Returns the similarity of two blocks, from 0 to 1.
fn alike(a: &Known<'_>, b: &Known<'_>) -> f64 {
    let words = || likeness(&a.features, &b.features);
    match (&a.block.figure, &b.block.figure) {
        (None, None) => words(),
        (Some(own), Some(its)) => {
            let same = |same: bool| if same { 0.9 } else { 0.0 };
            let alt = same(!own.alt.is_empty() && own.alt == its.alt);
            let drawn = same(!own.shapes.is_empty() && (own.equals(its) || own.resized(its)));
            words().max(alt).max(drawn)
        }
        _ => 0.0,
    }
}

/// Matches removed blocks with added ones elsewhere that are nearly identical.
fn find_moved(a: &[Known<'_>], b: &[Known<'_>], pairs: &mut Vec<Pair>) {
    let long = |known: &Known<'_>| known.block.text.len() >= LONG || known.block.figure.is_some();
    let gone: Vec<usize> =
        pairs.iter().filter(|pair| pair.b.is_none()).filter_map(|pair| pair.a).collect();
    for old in gone.into_iter().filter(|&old| long(&a[old])) {
        let free = pairs.iter().enumerate().filter(|(_, pair)| pair.a.is_none());
        let worth = |(at, pair): (usize, &Pair)| pair.b.map(|new| (alike(&a[old], &b[new]), at));
        let near = free.filter_map(worth).filter(|(worth, _)| *worth >= MOVED);
        let nearest = near.fold(None, |best: Option<(f64, usize)>, one| match best {
            Some(best) if best.0 >= one.0 => Some(best),
            _ => Some(one),
        });
        if let Some((_, at)) = nearest {
            pairs[at].a = Some(old);
            pairs[at].moved = true;
            pairs.retain(|pair| pair.b.is_some() || pair.a != Some(old));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<Passage> {
        texts
            .iter()
            .map(|text| Passage { text: text.chars().collect(), ..Passage::default() })
            .collect()
    }

    fn paired(a: &[&str], b: &[&str]) -> Vec<(Option<usize>, Option<usize>, bool)> {
        pair(&blocks(a), &blocks(b)).iter().map(|pair| (pair.a, pair.b, pair.moved)).collect()
    }

    #[test]
    fn an_edit_an_addition_and_a_loss_are_told_apart() {
        let old = ["第一段没有变。", "第二段的文字会改动一处。", "第三段会消失。", "末段没有变。"];
        let new =
            ["第一段没有变。", "第二段的文字改动了一处。", "末段没有变。", "这是新的一段话。"];
        assert_eq!(
            paired(&old, &new),
            [
                (Some(0), Some(0), false),
                (Some(1), Some(1), false),
                (Some(2), None, false),
                (Some(3), Some(2), false),
                (None, Some(3), false)
            ]
        );
    }

    #[test]
    fn what_is_added_between_two_that_stay_is_there() {
        assert_eq!(
            paired(&["甲段。", "乙段。"], &["甲段。", "新的一段。", "乙段。"]),
            [(Some(0), Some(0), false), (None, Some(1), false), (Some(1), Some(2), false)]
        );
        assert_eq!(paired(&[], &["甲段。"]), [(None, Some(0), false)]);
    }

    #[test]
    fn what_stands_elsewhere_has_moved() {
        let old = ["会搬走的一段文字在这里。", "甲段不动不动。", "乙段不动不动不动。"];
        let new = ["甲段不动不动。", "乙段不动不动不动。", "会搬走的一段文字在这里。"];
        assert_eq!(
            paired(&old, &new),
            [(Some(1), Some(0), false), (Some(2), Some(1), false), (Some(0), Some(2), true)]
        );
    }

    #[test]
    fn numbers_of_citations_tell_no_blocks_apart() {
        let text: Vec<char> = "见[12]与[a]，[3".chars().collect();
        assert_eq!(bare(&text), "见[]与[a]，[3");
        assert_eq!(paired(&["见[1]。"], &["见[2]。"]), [(Some(0), Some(0), false)]);
    }
}
