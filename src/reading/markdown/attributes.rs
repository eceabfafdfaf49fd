//! Attributes behind an element, as Pandoc writes them: `{#label .class key=value key="two words"}`.

mod words;

use std::ops::Range;

use super::Converter;
use crate::reading::model::Anchor;
use crate::reading::plain;
use crate::reading::referable::Referable;
use crate::rules;
use l10n::say;
use source::nearest;
use words::{closing, unquoted, words};

/// Names that Quarto has for keys with others here: known, and not proposed.
const OF_QUARTO: [&str; 5] = ["fig-pos", "tbl-pos", "fig-alt", "fig-cap", "tbl-cap"];

/// What stands between braces behind an element; all ranges are in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes {
    /// The whole, with its braces; empty if nothing is written.
    pub(super) range: Range<usize>,
    /// The label behind `#`.
    id: Option<(String, Range<usize>)>,
    classes: Vec<(String, Range<usize>)>,
    pairs: Vec<(String, String, Range<usize>)>,
    /// The values of these as they are written, where variables were put into them.
    written: Vec<String>,
    /// The hyphen that is short for `.unnumbered`.
    dash: Option<Range<usize>>,
    /// Words that are none of these.
    others: Vec<Range<usize>>,
}

/// The name of a footnote whose mark stands in a value.
pub(super) fn note_in(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("[^")?;
    rest.split_once(']').map(|(label, _)| label).filter(|label| !label.is_empty())
}

impl Attributes {
    /// Reads the attributes that begin with the brace at `at` and end on its line; `None` if there
    /// are none.
    pub(super) fn read(text: &str, at: usize) -> Option<Self> {
        let end = closing(text[at..].strip_prefix('{')?)?;
        Some(Self::of(text, at, end))
    }

    /// Reads attributes that may go on over lines, as a program breaks them that writes Markdown.
    pub(super) fn read_over_lines(text: &str, at: usize) -> Option<Self> {
        let inner = text[at..].strip_prefix('{')?;
        let paragraph = inner.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = closing(&paragraph)?;
        Some(Self::of(text, at, end))
    }

    fn of(text: &str, at: usize, end: usize) -> Self {
        let inner = &text[at + 1..];
        let start = at + 1;
        let mut out = Self { range: at..start + end + 1, ..Self::default() };
        for word in words(&inner[..end]) {
            let range = start + word.start..start + word.end;
            let word = &text[range.clone()];
            if let Some(id) = word.strip_prefix(['#', '＃']).filter(|id| !id.is_empty()) {
                if out.id.is_some() {
                    out.others.push(range);
                } else {
                    out.id = Some((id.to_owned(), range));
                }
            } else if word == "-" && out.dash.is_none() {
                out.dash = Some(range);
            } else if let Some(class) = word.strip_prefix('.').filter(|class| !class.is_empty()) {
                out.classes.push((class.to_owned(), range));
            } else if let Some((key, value)) =
                word.split_once(['=', '＝']).filter(|(k, _)| !k.is_empty())
            {
                out.pairs.push((key.to_owned(), unquoted(value), range));
            } else {
                out.others.push(range);
            }
        }
        out
    }

    /// A class alone, as in `::: note`.
    pub(super) fn of_class(class: &str, range: Range<usize>) -> Self {
        let classes = vec![(class.trim_start_matches('.').to_owned(), range.clone())];
        Self { range, classes, ..Self::default() }
    }

    /// The label, with where it stands.
    pub(super) fn id(&self) -> Option<(&str, &Range<usize>)> {
        self.id.as_ref().map(|(id, range)| (id.as_str(), range))
    }

    /// Whether any word of them is one that only attributes have: `{1, 2}` is text.
    pub(super) fn is_meant(&self) -> bool {
        self.id.is_some() || !self.classes.is_empty() || !self.pairs.is_empty()
    }

    /// The label, if one is written.
    pub(super) fn label(&self) -> Option<&str> {
        self.id.as_ref().map(|(id, _)| id.as_str())
    }

    /// The classes, with where each stands.
    pub(super) fn classes(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        let dash = self.dash.iter().map(|range| ("unnumbered", range));
        self.classes.iter().map(|(class, range)| (class.as_str(), range)).chain(dash)
    }

    /// The keys and values, with where each pair stands.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str, &Range<usize>)> {
        self.pairs.iter().map(|(key, value, range)| (&**key, &**value, range))
    }

    /// The words that are neither label nor class nor pair.
    pub(super) fn others(&self) -> impl Iterator<Item = &Range<usize>> {
        self.others.iter()
    }

    /// Whether a class is among them.
    pub(super) fn has(&self, class: &str) -> bool {
        self.classes().any(|(name, _)| name == class)
    }

    /// Whether they are `{-}` in a text, short for `.unnumbered`.
    pub(super) fn is_dash(&self, text: &str) -> bool {
        text.get(self.range.clone()) == Some("{-}")
    }

    /// The value of a key, and where key and value stand.
    pub(super) fn value(&self, key: &str) -> Option<(&str, &Range<usize>)> {
        let found = self.pairs.iter().find(|(name, ..)| name == key);
        found.map(|(_, value, range)| (value.as_str(), range))
    }

    /// Whether values of variables were put into these.
    pub(super) fn is_filled(&self) -> bool {
        !self.written.is_empty()
    }

    /// Puts something else in the place of values.
    pub(super) fn fill(&mut self, mut filled: impl FnMut(&str) -> Option<String>) {
        self.written = self.pairs.iter().map(|(_, value, _)| value.clone()).collect();
        for (_, value, _) in &mut self.pairs {
            if let Some(filled) = filled(value) {
                *value = filled;
            }
        }
    }

    /// The value of a key as it is written, and where the value alone stands in the file with this
    /// text.
    pub(super) fn words<'a>(&'a self, key: &str, text: &str) -> Option<(&'a str, Range<usize>)> {
        let at = self.pairs.iter().position(|(name, ..)| name == key)?;
        let (_, value, range) = &self.pairs[at];
        let value = self.written.get(at).unwrap_or(value);
        // A quote behind a backslash is written otherwise than it is read.
        let own = match text[range.clone()].rfind(value.as_str()) {
            Some(at) => range.start + at..range.start + at + value.len(),
            None => range.clone(),
        };
        Some((value, own))
    }
}

impl Converter<'_, '_> {
    /// Reports what is written in attributes and means nothing here; `element` names what they
    /// stand behind.
    pub(super) fn check_attributes(
        &mut self,
        attributes: &Attributes,
        element: &str,
        classes: &[&str],
        keys: &[&str],
    ) {
        for (class, range) in attributes.classes() {
            if !classes.contains(&class) {
                let known = classes.iter().map(|class| format!(".{class}")).collect::<Vec<_>>();
                let written = format!(".{class}");
                self.unknown_attribute(&written, range, element, &known);
            }
        }
        for (key, _, range) in &attributes.pairs {
            if !keys.contains(&key.as_str()) {
                let own = keys.iter().filter(|key| !OF_QUARTO.contains(key));
                let known = own.map(|key| (*key).to_owned()).collect::<Vec<_>>();
                self.unknown_attribute(key, range, element, &known);
            }
        }
        for (at, (key, value, range)) in attributes.pairs.iter().enumerate() {
            if attributes.pairs[..at].iter().any(|(other, ..)| other == key) {
                self.error(
                    range,
                    say!("`{key}` is given twice", key),
                    say!("put both into one value, or remove one"),
                );
            }
            self.report_marks(key, value, range);
        }
        for range in &attributes.others {
            let word = self.file.text[range.clone()].to_owned();
            self.error(
                range,
                say!("`{word}` is no attribute", word),
                say!(
                    "attributes are `#label`, `.class` and `key=value`, with a space between them; a value with spaces stands in quotes"
                ),
            );
        }
    }

    /// Reports Markdown in a value: attributes are plain text.
    fn report_marks(&mut self, key: &str, value: &str, range: &Range<usize>) {
        if let Some(label) = note_in(value).map(str::to_owned) {
            self.error(
                range,
                say!("the footnote `{label}` has its mark in an attribute, which is plain text", label),
                say!(
                    "put the mark into the text; for the title of a box, begin the box with a heading in the place of `title`"
                ),
            );
            self.used.push(label);
            return;
        }
        // References in a source are resolved with those of the text.
        let resolved = ["source", "notes"].contains(&key);
        let written = &self.file.text[range.clone()];
        let cross = plain::cross(written).filter(|_| !resolved);
        let marks = plain::marks(written).into_iter();
        let marks = marks.filter(|mark| !(resolved && written[mark.clone()].starts_with("[@")));
        for mark in marks.chain(cross).collect::<Vec<_>>() {
            let mark = range.start + mark.start..range.start + mark.end;
            let written = self.file.text[mark.clone()].to_owned();
            let hint = match key {
                "title" => say!(
                    "begin the block with a heading in the place of `title`, or remove the marks; digits are raised and lowered as `²` and `₂`"
                ),
                _ => say!("remove the marks; digits are raised and lowered as `²` and `₂`"),
            };
            self.warning(
                &rules::LEFT_OVER,
                &mark,
                say!(
                    "`{mark}` is printed as it stands: there is no Markdown in attributes",
                    mark = written
                ),
                hint,
            );
        }
    }

    fn unknown_attribute(
        &mut self,
        written: &str,
        range: &Range<usize>,
        element: &str,
        known: &[String],
    ) {
        let hint = match nearest(written, known.iter().map(String::as_str)) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None if known.is_empty() => say!("remove it"),
            None => say!("remove it, or write one of `{known}`", known = known.join("`, `")),
        };
        self.error(range, say!("{element} takes no attribute `{written}`", element, written), hint);
    }

    /// Returns the anchor of an element with these attributes, its label checked.
    pub(super) fn anchor(&mut self, attributes: &Attributes, labelled: Referable) -> Anchor {
        let Some((id, range)) = &attributes.id else { return Anchor::default() };
        self.anchor_of(id, range, labelled)
    }

    /// Returns the anchor with a label that stands in `range`.
    pub(super) fn anchor_of(&mut self, id: &str, range: &Range<usize>, kind: Referable) -> Anchor {
        match kind.checked(id, self.place(range)) {
            Ok(anchor) => anchor,
            Err(problem) => {
                self.context.problems.push(problem);
                Anchor::default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_labels_classes_and_pairs() {
        let text = "图{#fig-a .wide width=50% 题=\"甲 乙}\" 余}后";
        let read = Attributes::read(text, "图".len()).expect("attributes");
        assert_eq!(&text[read.range.clone()], "{#fig-a .wide width=50% 题=\"甲 乙}\" 余}");
        assert_eq!(read.id.as_ref().map(|(id, _)| id.as_str()), Some("fig-a"));
        assert_eq!(read.classes().map(|(class, _)| class).collect::<Vec<_>>(), ["wide"]);
        assert_eq!(read.value("width").map(|(value, _)| value), Some("50%"));
        let (value, range) = read.value("题").expect("a value");
        assert_eq!((value, &text[range.clone()]), ("甲 乙}", "题=\"甲 乙}\""));
        assert_eq!(read.others.iter().map(|at| &text[at.clone()]).collect::<Vec<_>>(), ["余"]);
    }

    #[test]
    fn typed_quotes_hold_values_and_a_line_s_end_closes_nothing() {
        let text = "{title=“专栏 1”}";
        let read = Attributes::read(text, 0).expect("attributes");
        assert_eq!(read.value("title").map(|(value, _)| value), Some("专栏 1"));
        assert!(Attributes::read("{#a\n}", 0).is_none());
        assert!(Attributes::read("a{#a}", 0).is_none());
        assert!(Attributes::read("{\"}", 0).is_none());
    }
}
