//! The comparison in a few lines for people, readable without colour: `[-gone-]`, `{+new+}`.

use std::fmt::{self, Write};

use super::{Change, Comparison, Kind, Op, PartChange, Words};

/// How many characters are shown around a change.
const AROUND: usize = 12;
/// How many of an added or removed paragraph.
const SHOWN: usize = 60;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.same() {
            return writeln!(f, "no difference");
        }
        for part in self.parts.iter() {
            writeln!(f, "{}", part_line(part))?;
        }
        let mut part = None;
        for change in self.changes.iter().filter(|change| change.kind != Kind::Renumbered) {
            if part != Some(&change.part) {
                part = Some(&change.part);
                let title = title(&change.part);
                writeln!(f, "\n{title}")?;
            }
            writeln!(f, "  {}", change_line(change))?;
            let words = excerpt(&change.words);
            if !words.is_empty() && change.kind != Kind::Look {
                writeln!(f, "    {words}")?;
            }
        }
        if !self.references.is_empty() {
            let moved: Vec<_> = self.references.iter().map(|one| format!("[{}] → [{}]", one.from, one.to)).collect();
            writeln!(f, "\nreferences renumbered: {}", moved.join(", "))?;
        }
        writeln!(f, "\n{}", self.counts())
    }
}

impl Comparison {
    /// How much changed, in a line.
    pub fn counts(&self) -> String {
        let count = |kind: Kind| self.changes.iter().filter(|change| change.kind == kind).count();
        let words = [
            (Kind::Changed, "changed"),
            (Kind::Added, "added"),
            (Kind::Removed, "removed"),
            (Kind::Moved, "moved"),
            (Kind::Resized, "resized"),
            (Kind::Renumbered, "renumbered"),
            (Kind::Look, "with another look"),
        ];
        let told = words.iter().map(|(kind, word)| (count(*kind), word)).filter(|(count, _)| *count > 0);
        let mut line: Vec<String> = told.map(|(count, word)| format!("{count} {word}")).collect();
        let pages = self.pages.iter().filter(|row| row.differs()).count();
        let noun = if self.pages.len() == 1 { "page" } else { "pages" };
        line.push(format!("{pages} of {} {noun} differ", self.pages.len()));
        line.join(", ")
    }
}

/// A part's title; what stands before the first bookmark has none.
pub(super) fn title(title: &str) -> &str {
    if title.is_empty() { "before the first bookmark" } else { title }
}

/// What became of a part.
pub(super) fn part_line(part: &PartChange) -> String {
    let mut line = title(&part.title).to_owned();
    match (&part.from, &part.to) {
        (Some(from), Some(to)) if from != to => _ = write!(line, ": {from} → {to}"),
        (Some(from), None) => _ = write!(line, ": removed, was {from}"),
        (None, Some(to)) => _ = write!(line, ": added, {to}"),
        _ => {}
    }
    if let Some(was) = &part.was {
        _ = write!(line, " (was `{was}`)");
    }
    line
}

/// What kind of change, where.
pub(super) fn change_line(change: &Change) -> String {
    let what = match (change.kind, change.figure) {
        (Kind::Look, false) => "page looks different",
        (Kind::Look, true) => "figure looks different",
        (Kind::Changed, false) => "changed",
        (Kind::Changed, true) => "figure changed",
        (Kind::Added, false) => "added",
        (Kind::Added, true) => "figure added",
        (Kind::Removed, false) => "removed",
        (Kind::Removed, true) => "figure removed",
        (Kind::Moved, false) => "moved",
        (Kind::Moved, true) => "figure moved",
        (Kind::Resized, _) => "figure resized",
        (Kind::Renumbered, _) => "citations renumbered",
    };
    let mut line = what.to_owned();
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
    line
}

/// The changed words with a little of what is around them.
fn excerpt(words: &[Words]) -> String {
    let mut out = String::new();
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

/// The beginning and the end of a long text.
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
            excerpt(&[words(Op::Same, long), words(Op::Removed, "旧"), words(Op::Added, "新"), words(Op::Same, long)]),
            "…九十一二三四五六七八九十[-旧-]{+新+}一二三四五六七八九十一二…"
        );
        assert_eq!(excerpt(&[words(Op::Same, "短"), words(Op::Added, "加")]), "短{+加+}");
    }
}
