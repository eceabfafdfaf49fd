//! Matches the pages of two versions: an inserted page shifts those that follow and changes
//! nothing.

use std::collections::BTreeMap;

use super::blocks::best;

/// The minimum share of common words for two pages to count as the same page.
const SAME: f64 = 0.25;
/// The minimum share of common words to recognise a page elsewhere.
const MOVED: f64 = 0.6;
/// The similarity of two pages without words of whose looks nothing is known.
const WORDLESS: f64 = 0.5;

/// How much pages without words look alike, from 0 to 1: of the old version and the new one.
pub(super) type Likeness = BTreeMap<(usize, usize), f64>;

/// A page of the old version, of the new version, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// Its index in the old version.
    pub(super) a: Option<usize>,
    /// Its index in the new version.
    pub(super) b: Option<usize>,
    /// Whether its order differs from that of the pages around it.
    pub(super) moved: bool,
}

/// Matches pages.
///
/// - `common[a][b]`: how many characters of page `a` stand on page `b` too.
/// - `a`, `b`: how many characters each page has.
/// - `looks`: how much those without any look alike.
pub(super) fn align(common: &[Vec<usize>], a: &[usize], b: &[usize], looks: &Likeness) -> Vec<Row> {
    let share = |row: usize, column: usize| match a[row] + b[column] {
        0 => looks.get(&(row, column)).copied().unwrap_or(WORDLESS),
        all => 2.0 * common[row][column] as f64 / all as f64,
    };
    let worth = |row: usize, column: usize| {
        Some(share(row, column)).filter(|worth| *worth >= SAME).unwrap_or(0.0)
    };
    let worths: Vec<Vec<f64>> =
        (0..a.len()).map(|row| (0..b.len()).map(|column| worth(row, column)).collect()).collect();
    let mut rows: Vec<Row> =
        best(&worths, b.len()).into_iter().map(|(a, b)| Row { a, b, moved: false }).collect();
    let gone: Vec<usize> =
        rows.iter().filter(|row| row.b.is_none()).filter_map(|row| row.a).collect();
    for old in gone.into_iter().filter(|&old| a[old] > 0) {
        let found = rows
            .iter()
            .position(|row| row.a.is_none() && row.b.is_some_and(|new| share(old, new) >= MOVED));
        if let Some(at) = found {
            rows[at].a = Some(old);
            rows[at].moved = true;
            rows.retain(|row| row.b.is_some() || row.a != Some(old));
        }
    }
    rewritten(rows)
}

/// Treats equal numbers of removed and added pages between two unchanged ones as the same pages,
/// rewritten.
fn rewritten(rows: Vec<Row>) -> Vec<Row> {
    let mut out = vec![];
    for run in rows.chunk_by(|one, next| {
        (one.a.is_none() || one.b.is_none()) && (next.a.is_none() || next.b.is_none())
    }) {
        let old: Vec<usize> =
            run.iter().filter(|row| row.b.is_none()).filter_map(|row| row.a).collect();
        let new: Vec<usize> =
            run.iter().filter(|row| row.a.is_none()).filter_map(|row| row.b).collect();
        if old.len() == new.len() && !old.is_empty() {
            out.extend(old.into_iter().zip(new).map(|(a, b)| Row {
                a: Some(a),
                b: Some(b),
                moved: false,
            }));
        } else {
            out.extend_from_slice(run);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the rows of `a` and `b`, from 1, with `*` for moved ones; each page is a word of 10
    /// characters, `-` has none.
    fn aligned(a: &str, b: &str) -> String {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        let size = |pages: &[&str]| -> Vec<usize> {
            pages.iter().map(|p| if *p == "-" { 0 } else { 10 }).collect()
        };
        let common = |one: &str, other: &str| {
            let rest = |word: &'_ str| word.chars().skip(1).collect::<String>();
            match one {
                "-" => 0,
                _ if one == other => 10,
                _ if one[..1] == other[..1] && !(rest(one) + &rest(other)).is_empty() => 5,
                _ => 0,
            }
        };
        let table: Vec<Vec<usize>> =
            a.iter().map(|one| b.iter().map(|other| common(one, other)).collect()).collect();
        let show = |page: Option<usize>| page.map_or("_".to_owned(), |page| (page + 1).to_string());
        let rows = align(&table, &size(&a), &size(&b), &Likeness::new());
        let rows = rows
            .iter()
            .map(|r| format!("{}{}{}", show(r.a), show(r.b), if r.moved { "*" } else { "" }));
        rows.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_inserted_page_shifts_the_others() {
        assert_eq!(aligned("a b c", "a x b c"), "11 _2 23 34");
        assert_eq!(aligned("a b c", "a c"), "11 2_ 32");
    }

    #[test]
    fn an_edited_page_stays_itself() {
        assert_eq!(aligned("a b c", "a b' c"), "11 22 33");
        assert_eq!(aligned("a b c", "a b' x c"), "11 22 _3 34");
    }

    #[test]
    fn a_page_at_another_place_has_moved() {
        assert_eq!(aligned("a b c d", "a c d b"), "11 32 43 24*");
    }

    #[test]
    fn a_page_written_anew_is_the_same_page() {
        assert_eq!(aligned("a b c", "a x c"), "11 22 33");
    }

    #[test]
    fn pages_without_words_meet_by_their_looks() {
        // Three scans, of which the new version has one more in front.
        let alike = |a: usize, b: usize| if a + 1 == b { 0.95 } else { 0.4 };
        let looks = (0..3).flat_map(|a| (0..4).map(move |b| ((a, b), alike(a, b)))).collect();
        let rows = align(&vec![vec![0; 4]; 3], &[0; 3], &[0; 4], &looks);
        let told: Vec<_> = rows.iter().map(|row| (row.a, row.b)).collect();
        let wanted = [(None, 0), (Some(0), 1), (Some(1), 2), (Some(2), 3)];
        assert_eq!(told, wanted.map(|(a, b)| (a, Some(b))));
    }

    #[test]
    fn pages_without_words_meet_by_their_place() {
        assert_eq!(aligned("- a b -", "- a x b -"), "11 22 _3 34 45");
        assert_eq!(aligned("- a", "a"), "1_ 21");
    }
}
