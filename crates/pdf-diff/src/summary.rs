//! A summary of the comparison in a few lines, readable without colour: `[-removed-]`,
//! `{+added+}`.

use std::fmt::{self, Write};

use super::{Change, ChangeKind, Comparison, Op, PageRow, PartChange, Words};
use l10n::say;

/// The number of characters shown around a change.
const AROUND: usize = 12;
/// The number of characters shown of an added or removed paragraph.
const SHOWN: usize = 60;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.undrawn.is_empty() {
            let pages = self.undrawn.join(", ");
            writeln!(
                f,
                "{}",
                say!("looks not compared, as lines there are too intricate: {pages}", pages)
            )?;
        }
        if self.same() {
            return writeln!(f, "{}", say!("no differences"));
        }
        for part in self.parts.iter() {
            writeln!(f, "{}", part_line(part))?;
        }
        for line in self.page_lines() {
            writeln!(f, "{line}")?;
        }
        let mut part = None;
        for change in self.changes.iter().filter(|change| change.kind != ChangeKind::Renumbered) {
            if part != Some(&change.part) {
                part = Some(&change.part);
                let title = title(&change.part);
                writeln!(f, "\n{title}")?;
            }
            writeln!(f, "  {}", change_line(change))?;
            let words = excerpt(&change.words);
            if !words.is_empty() && change.kind != ChangeKind::Look {
                writeln!(f, "    {words}")?;
            }
        }
        if !self.references.is_empty() {
            let moved: Vec<_> = self
                .references
                .iter()
                .map(|one| format!("[{}] → [{}]", one.from, one.to))
                .collect();
            writeln!(f, "\n{}", say!("references renumbered: {moved}", moved = moved.join(", ")))?;
        }
        writeln!(f, "\n{}", self.counts())
    }
}

impl Comparison {
    /// Returns which pages were added, removed or moved: a page without words has no other line.
    pub(super) fn page_lines(&self) -> Vec<String> {
        let labels = |of: &dyn Fn(&PageRow) -> Option<String>| {
            let found: Vec<String> = self.pages.iter().filter_map(of).collect();
            (!found.is_empty()).then(|| found.join(", "))
        };
        let added = labels(&|row| row.to.clone().filter(|_| row.from.is_none()));
        let removed = labels(&|row| row.from.clone().filter(|_| row.to.is_none()));
        let moved = labels(&|row| {
            let (from, to) = row.from.as_ref().zip(row.to.as_ref()).filter(|_| row.moved)?;
            Some(format!("{from} → {to}"))
        });
        let lines = [
            added.map(|pages| say!("pages added: {pages}", pages)),
            removed.map(|pages| say!("pages removed: {pages}", pages)),
            moved.map(|pages| say!("pages moved: {pages}", pages)),
        ];
        lines.into_iter().flatten().collect()
    }

    /// Returns a one-line count of the changes.
    pub fn counts(&self) -> String {
        let count =
            |kind: ChangeKind| self.changes.iter().filter(|change| change.kind == kind).count();
        let words = [
            (ChangeKind::Changed, say!("changed")),
            (ChangeKind::Added, say!("added")),
            (ChangeKind::Removed, say!("removed")),
            (ChangeKind::Moved, say!("moved")),
            (ChangeKind::Resized, say!("resized")),
            (ChangeKind::Renumbered, say!("renumbered")),
            (ChangeKind::Look, say!("visually different")),
        ];
        let told =
            words.iter().map(|(kind, word)| (count(*kind), word)).filter(|(count, _)| *count > 0);
        let mut line: Vec<String> =
            told.map(|(count, word)| say!("{count} {word}", count, word)).collect();
        // A page that was taken out and one that was put in are two rows, and one page of each.
        let count = |of: fn(&PageRow) -> &Option<String>, all: bool| {
            let own = self.pages.iter().filter(|row| of(row).is_some());
            own.filter(|row| all || row.differs()).count()
        };
        let (old, new) = (count(|row| &row.from, true), count(|row| &row.to, true));
        let pages = count(|row| &row.from, false).max(count(|row| &row.to, false));
        line.push(match (old, new) {
            (1, 1) => say!("{pages} of 1 page differs", pages),
            (old, new) if old != new && pages == 1 => {
                say!("1 page differs, of {old} before and {new} now", old, new)
            }
            (old, new) if old != new => {
                say!("{pages} pages differ, of {old} before and {new} now", pages, old, new)
            }
            (all, _) => say!("{pages} of {all} pages differ", pages, all),
        });
        line.join(&say!(", "))
    }
}

/// Returns a part's title; the part before the first bookmark has none.
pub(super) fn title(title: &str) -> String {
    if title.is_empty() { say!("before the first bookmark") } else { title.to_owned() }
}

/// Describes the change of a part.
pub(super) fn part_line(part: &PartChange) -> String {
    let mut line = title(&part.title);
    match (&part.from, &part.to) {
        (Some(from), Some(to)) if from != to => _ = write!(line, ": {from} → {to}"),
        (Some(from), None) => _ = write!(line, ": {}", say!("removed, was {from}", from)),
        (None, Some(to)) => _ = write!(line, ": {}", say!("added, {to}", to)),
        _ => {}
    }
    if let Some(was) = &part.was {
        _ = write!(line, " {}", say!("(was `{was}`)", was));
    }
    line
}

/// Describes the kind and location of a change.
pub(super) fn change_line(change: &Change) -> String {
    let mut line = match (change.kind, change.figure) {
        (ChangeKind::Look, false) => say!("page looks different"),
        (ChangeKind::Look, true) => say!("figure looks different"),
        (ChangeKind::Changed, false) => say!("changed"),
        (ChangeKind::Changed, true) => say!("figure changed"),
        (ChangeKind::Added, false) => say!("added"),
        (ChangeKind::Added, true) => say!("figure added"),
        (ChangeKind::Removed, false) => say!("removed"),
        (ChangeKind::Removed, true) => say!("figure removed"),
        (ChangeKind::Moved, false) => say!("moved"),
        (ChangeKind::Moved, true) => say!("figure moved"),
        (ChangeKind::Resized, _) => say!("figure resized"),
        (ChangeKind::Renumbered, _) => say!("citations renumbered"),
    };
    match (&change.from, &change.to) {
        (Some(from), Some(to)) if from != to => _ = write!(line, ", {from} → {to}"),
        (_, Some(page)) | (Some(page), None) => _ = write!(line, ", {page}"),
        (None, None) => {}
    }
    if let (Some(file), Some(number)) = (&change.file, change.line) {
        _ = write!(line, ", {file}:{number}");
    }
    if let Some(alt) = &change.alt {
        _ = write!(line, ": {}", shortened(alt));
    }
    if let Some(told) = &change.told {
        _ = write!(line, ": {told}");
    }
    line
}

/// Returns the changed words with a little context.
fn excerpt(words: &[Words]) -> String {
    let mut out = String::new();
    // A figure may have none.
    if words.iter().all(|piece| piece.text.is_empty()) {
        return out;
    }
    if words.iter().all(|piece| piece.op == Op::Same) {
        let text: String = words.iter().map(|piece| piece.text.as_str()).collect();
        return shortened(&text);
    }
    let last = words.len() - 1;
    for (at, piece) in words.iter().enumerate() {
        let text = piece.text.as_str();
        match piece.op {
            Op::Removed => _ = write!(out, "[-{}-]", shortened(text)),
            Op::Added => _ = write!(out, "{{+{}+}}", shortened(text)),
            Op::Same => {
                let chars: Vec<char> = text.chars().collect();
                let head = if at == 0 { 0 } else { AROUND };
                let tail = if at == last { 0 } else { AROUND };
                if chars.len() <= head + tail + 1 {
                    out += text;
                } else {
                    out.extend(&chars[..head]);
                    out.push('…');
                    out.extend(&chars[chars.len() - tail..]);
                }
            }
        }
    }
    out
}

/// Shortens a long text to its beginning and end.
pub(super) fn shortened(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= SHOWN {
        return text.to_owned();
    }
    let half = SHOWN / 2;
    chars[..half].iter().chain(&['…']).chain(&chars[chars.len() - half..]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_keeps_what_is_near_a_change() {
        let words = |op, text: &str| Words { op, text: text.into() };
        let long = "一二三四五六七八九十一二三四五六七八九十";
        assert_eq!(
            excerpt(&[
                words(Op::Same, long),
                words(Op::Removed, "旧"),
                words(Op::Added, "新"),
                words(Op::Same, long)
            ]),
            "…九十一二三四五六七八九十[-旧-]{+新+}一二三四五六七八九十一二…"
        );
        assert_eq!(excerpt(&[words(Op::Same, "短"), words(Op::Added, "加")]), "短{+加+}");
    }
}
