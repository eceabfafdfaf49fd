//! An edit to a source file that fixes a problem.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, SourceFile};

/// A range of bytes and its replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes, in the file of the diagnostic's location.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

/// Collects the edits of the diagnostics' fixes, by the path of the file they change.
///
/// Of fixes that touch the same bytes the first is taken: the others are for another time.
pub fn edits(diagnostics: &[Diagnostic]) -> BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)> {
    let mut files: BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)> = BTreeMap::new();
    let mut taken: BTreeMap<String, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| !diagnostic.fix.is_empty()) {
        let Some(place) = &diagnostic.place else { continue };
        let (_, edits) =
            files.entry(place.file.path.clone()).or_insert_with(|| (place.file.clone(), vec![]));
        let taken = taken.entry(place.file.path.clone()).or_default();
        if diagnostic.fix.iter().all(|edit| is_free(taken, &edit.range)) {
            taken.extend(diagnostic.fix.iter().map(|edit| (edit.range.start, edit.range.end)));
            edits.extend(diagnostic.fix.iter().cloned());
        }
    }
    files
}

/// Applies edits to a text; they must not overlap.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a range touches none of those that are taken, which touch none of each other.
fn is_free(taken: &BTreeSet<(usize, usize)>, range: &Range<usize>) -> bool {
    // Those that begin before its end, from the last one; further back, none reaches to it.
    let before = taken.range(..=(range.end, usize::MAX)).rev();
    let near = before.take_while(|(_, end)| *end >= range.start);
    near.map(|&(start, end)| start..end).all(|other| !overlap(range, &other))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a == b || a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_the_order_of_places() {
        let edit = |range, text: &str| Edit { range, text: text.into() };
        assert_eq!(apply("a,b c", vec![edit(3..4, ""), edit(1..2, "，")]), "a，bc");
        assert!(overlap(&(1..3), &(2..4)) && !overlap(&(1..2), &(2..3)));
    }
}
