//! Values of variables in what the parser does not show as text: attributes, and the words around keys.

use std::ops::Range;

use super::Converter;
use super::attributes::Attributes;

impl Converter<'_, '_> {
    /// Attributes with the values of variables in theirs.
    pub(super) fn with_values(&mut self, attributes: &Attributes) -> Attributes {
        let mut out = attributes.clone();
        if !self.context.variables.is_empty() && !out.is_filled() {
            let ranges: Vec<Range<usize>> = out.pairs().map(|(.., at)| at.clone()).collect();
            let mut at = 0;
            out.fill(|value| {
                let range = &ranges[at];
                at += 1;
                value.contains("{{").then(|| self.words_with_values(value, range))
            });
        }
        out
    }

    /// Words at a place with the values of variables in them.
    pub(super) fn words_with_values(&mut self, words: &str, range: &Range<usize>) -> String {
        let variables = self.context.variables;
        if variables.is_empty() || !words.contains("{{") {
            return words.to_owned();
        }
        let place = self.place(range);
        variables.fill(words, &place, self.context.problems)
    }
}
