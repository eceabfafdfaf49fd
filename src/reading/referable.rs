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
        let rest = id.split_once('-').map_or(id, |(_, rest)| rest);
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
