//! The attributes of a table, behind its title.

use std::ops::Range;

use l10n::say;

use crate::reading::grid::{self, Shape};
use crate::reading::markdown::attributes::Attributes;
use crate::reading::markdown::{Converter, here};
use crate::reading::{Printed, text, variables};
use copydesk::{Prose, ProseKind};

/// The classes and keys that a table takes; Quarto's name for widths is known too.
const CLASSES: [&str; 3] = ["unnumbered", "landscape", here::CLASS];
const KEYS: [&str; 12] = [
    "unit",
    "source",
    "notes",
    "en",
    "widths",
    "tbl-colwidths",
    "head",
    "total",
    "groups",
    "landscape",
    here::KEYS[0],
    here::KEYS[1],
];

/// What is said of a table behind its title.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) unit: Option<String>,
    pub(super) source: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) en: Option<String>,
    pub(super) landscape: Option<bool>,
    pub(super) here: bool,
    pub(super) unnumbered: bool,
    pub(super) shape: Shape,
}

impl Converter<'_, '_> {
    pub(super) fn table_keys(&mut self, attributes: &Attributes, columns: usize) -> Keys {
        self.check_attributes(attributes, &say!("a table"), &CLASSES, &KEYS);
        let attributes = &self.with_values(attributes);
        let has = |name: &str| attributes.classes().any(|(class, _)| class == name);
        let landscape = self.yes_or_no(attributes, "landscape");
        Keys {
            unit: self.words_of(attributes, "unit", ProseKind::Label),
            source: self.words_of(attributes, "source", ProseKind::Source),
            notes: self.words_of(attributes, "notes", ProseKind::Body),
            en: self
                .attribute(attributes, "en", ProseKind::Caption)
                .map(|(en, _)| text::tidy_plain(&en, "en")),
            landscape: landscape.or_else(|| has("landscape").then_some(true)),
            here: self.stands_here(attributes),
            unnumbered: has("unnumbered"),
            shape: Shape {
                head: self.count_of(attributes, "head").unwrap_or(1),
                total: self.count_of(attributes, "total").unwrap_or(0),
                groups: self.yes_or_no(attributes, "groups").unwrap_or(false),
                widths: self.widths_of(attributes, columns),
                aligns: vec![],
            },
        }
    }

    /// A value that is printed.
    fn words_of(&mut self, attributes: &Attributes, key: &str, kind: ProseKind) -> Option<String> {
        let (_, range) = attributes.words(key, &self.file.text)?;
        let (value, _) = attributes.value(key)?;
        let mut prose = Prose::markdown(self.file, kind);
        prose.push(&self.file.text[range.clone()], &range);
        self.context.texts.prose.push(variables::hide(prose, self.context.variables));
        let place = self.place(&range);
        self.context.texts.printed.push(Printed { text: value.to_owned(), place });
        Some(text::tidy_plain(value, self.context.lang)).filter(|value| !value.is_empty())
    }

    fn yes_or_no(&mut self, attributes: &Attributes, key: &str) -> Option<bool> {
        let (value, range) = attributes.value(key)?;
        match value {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.wrong(key, value, range, say!("write `{key}=true` or `{key}=false`", key));
                None
            }
        }
    }

    fn count_of(&mut self, attributes: &Attributes, key: &str) -> Option<usize> {
        let (value, range) = attributes.value(key)?;
        let count = value.parse().ok().filter(|count| (1..100).contains(count));
        if count.is_none() {
            self.wrong(key, value, range, say!("write a number of rows: `{key}=1`", key));
        }
        count
    }

    /// The shares of the columns: `widths="20,30,50"`.
    fn widths_of(&mut self, attributes: &Attributes, columns: usize) -> Option<Vec<f64>> {
        let given = ["widths", "tbl-colwidths"].into_iter();
        let (key, value, range) =
            given.filter_map(|key| attributes.value(key).map(|(v, r)| (key, v, r))).next()?;
        let numbers = value.trim_matches(['[', ']', ' ']).split([',', '，', ' ', ';']);
        let numbers = numbers.filter(|word| !word.is_empty());
        let shares: Option<Vec<f64>> = numbers
            .map(|word| word.trim_end_matches(['%', '％']).parse::<f64>().ok())
            .map(|share| share.filter(|share| *share > 0.0 && share.is_finite()))
            .collect();
        let shares = shares.filter(|shares| shares.len() == columns);
        if shares.as_ref().is_some_and(|shares| grid::has_vanishing(shares)) {
            self.wrong(key, value, range, grid::vanishing());
            return None;
        }
        if shares.is_none() {
            let example = vec![(100 / columns.max(1)).to_string(); columns].join(",");
            self.wrong(
                key,
                value,
                range,
                say!("write a share for each of its columns: `{key}=\"{example}\"`", key, example),
            );
        }
        let all: f64 = shares.iter().flatten().sum();
        shares.map(|shares| shares.into_iter().map(|share| share / all).collect())
    }

    fn wrong(&mut self, key: &str, value: &str, range: &Range<usize>, hint: String) {
        self.error(range, say!("`{key}` of a table cannot be `{value}`", key, value), hint);
    }
}
