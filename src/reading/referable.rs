//! Labels: what has one, and how they are written.

use super::model::Anchor;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

/// The elements that can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referable {
    Figure,
    Table,
    Section,
    Equation,
    Box,
}

impl Referable {
    const ALL: [Self; 5] = [Self::Figure, Self::Table, Self::Section, Self::Equation, Self::Box];

    /// What a label refers to, by its start; `None` if it is none.
    pub(super) fn of(label: &str) -> Option<Self> {
        let named = |kind: &Self| label.strip_prefix(kind.prefix()).is_some_and(|n| !n.is_empty());
        Self::ALL.into_iter().find(named)
    }

    /// The anchor with a label that stands at `place`, or what is wrong with the label.
    pub(super) fn checked(self, id: &str, place: Place) -> Result<Anchor, Diagnostic> {
        let prefix = self.prefix();
        let fits = id.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty());
        // Behind `@` a hyphen at the end is the sentence's own.
        if fits && id.chars().all(in_label) && !id.ends_with(ENDS) {
            return Ok(Anchor {
                label: Some(id.to_owned()),
                place: Some(place),
                ..Anchor::default()
            });
        }
        let foreign = foreign(id).map(|(_, label)| label);
        let rest = foreign.as_deref().unwrap_or(id);
        let rest = rest.split_once('-').map_or(rest, |(_, rest)| rest);
        let rest: String = rest.chars().filter(|c| in_label(*c)).collect();
        let rest = rest.trim_end_matches(ENDS);
        let name = format!("{prefix}{}", if rest.is_empty() { "name" } else { rest });
        let message = say!("`{id}` cannot be the label of this", id);
        Err(Diagnostic::error(place, message).hint(say!("a label here is `{prefix}` and a name of letters, digits and hyphens that ends with none, such as `{name}`", prefix, name)))
    }

    /// The anchor with the label that is the value of `label` in a file of YAML.
    pub(super) fn written(
        self,
        label: Option<&str>,
        document: &Document,
        problems: &mut Problems,
    ) -> Anchor {
        match label.map(|label| self.checked(label, document.place("/label"))) {
            Some(Ok(anchor)) => anchor,
            Some(Err(problem)) => {
                problems.push(problem);
                Anchor::default()
            }
            None => Anchor::default(),
        }
    }

    /// The start of its labels, as in Quarto.
    fn prefix(self) -> &'static str {
        match self {
            Self::Figure => "fig-",
            Self::Table => "tbl-",
            Self::Section => "sec-",
            Self::Equation => "eq-",
            Self::Box => "box-",
        }
    }
}

/// Whether a character can stand in a label: `#fig-a_2`.
pub(super) fn in_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The characters with which no label ends.
const ENDS: [char; 2] = ['-', '_'];

/// Returns the label at the start of a text, as behind `@`.
pub(super) fn label(text: &str) -> Option<&str> {
    let end = text.find(|c| !in_label(c)).unwrap_or(text.len());
    // A sentence's own marks may follow.
    let label = text[..end].trim_end_matches(ENDS);
    Referable::of(label).map(|_| label)
}

/// The starts of labels elsewhere, in LaTeX and other programs, and of those here.
const FOREIGN: [(&str, &str); 20] = [
    ("fig", "fig-"),
    ("figs", "fig-"),
    ("figure", "fig-"),
    ("图", "fig-"),
    ("圖", "fig-"),
    ("tbl", "tbl-"),
    ("tab", "tbl-"),
    ("table", "tbl-"),
    ("表", "tbl-"),
    ("eq", "eq-"),
    ("eqn", "eq-"),
    ("equation", "eq-"),
    ("式", "eq-"),
    ("公式", "eq-"),
    ("sec", "sec-"),
    ("section", "sec-"),
    ("chap", "sec-"),
    ("box", "box-"),
    ("专栏", "box-"),
    ("專欄", "box-"),
];

/// Returns what is meant by a label that is written as other programs have them: `Fig-a`, `fig:a`,
/// `Table 1`; how long it is, and the label here. `None` if it is none, or one that is right.
pub(super) fn foreign(text: &str) -> Option<(usize, String)> {
    let han = |c: char| cjk::is_han(c) && !cjk::is_invisible(c);
    let word = text.find(|c: char| !(c.is_ascii_alphabetic() || han(c))).unwrap_or(text.len());
    let (_, prefix) = FOREIGN.iter().find(|(start, _)| text[..word].eq_ignore_ascii_case(start))?;
    let behind = &text[word..];
    let rest = behind.strip_prefix([':', '：', '.', '-', '_', '－']).unwrap_or(behind);
    let parted = rest.len() < behind.len();
    let end =
        rest.find(|c: char| !(in_label(c) || c == ':' || c == '.' && parted)).unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches(['-', '_', ':', '.']);
    // `fig1`, but `figma` and `tables` are words.
    if name.is_empty() || !parted && !name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let length = text.len() - rest.len() + name.len();
    let meant = format!("{prefix}{}", name.replace([':', '.'], "-"));
    (meant != text[..length]).then_some((length, meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_other_programs_are_known() {
        for (text, meant) in [
            ("Fig-a所示", Some(("Fig-a", "fig-a"))),
            ("fig:a_b。", Some(("fig:a_b", "fig-a_b"))),
            ("Table-1", Some(("Table-1", "tbl-1"))),
            ("tab:a-2, 又", Some(("tab:a-2", "tbl-a-2"))),
            ("fig.a.", Some(("fig.a", "fig-a"))),
            ("eqn-x", Some(("eqn-x", "eq-x"))),
            ("图1", Some(("图1", "fig-1"))),
            ("表-a", Some(("表-a", "tbl-a"))),
            ("fig2", Some(("fig2", "fig-2"))),
            ("fig_a", Some(("fig_a", "fig-a"))),
            ("fig-a", None),
            ("figma", None),
            ("tables", None),
            ("Table", None),
            ("li2024", None),
            ("fig-", None),
        ] {
            let found = foreign(text).map(|(length, meant)| (text[..length].to_owned(), meant));
            let right = meant.map(|(word, meant)| (word.to_owned(), meant.to_owned()));
            assert_eq!(found, right, "{text}");
        }
    }
}
