//! Citations: `[@first; @second]`.

use std::ops::Range;

use super::Converter;
use crate::reading::model::{Cited, Inline};
use crate::rules;
use l10n::say;
use source::nearest;

impl Converter<'_, '_> {
    /// Reads a citation from the text between its brackets.
    pub(super) fn citation(&mut self, reference: &str, range: &Range<usize>) -> Option<Inline> {
        let mut keys: Vec<String> = vec![];
        for item in reference.split(';').map(str::trim) {
            let key = item.strip_prefix('@').unwrap_or(item);
            if !item.starts_with('@') || key.is_empty() || key.contains(char::is_whitespace) {
                self.error(
                    range,
                    say!("`{item}` is not a citation key", item),
                    say!(
                        "write keys as `[@first; @second]`, with nothing else between the brackets"
                    ),
                );
                continue;
            }
            if keys.iter().any(|k| k == key) {
                self.warning(
                    &rules::CITED_TWICE,
                    range,
                    say!("`{key}` is cited twice in one citation", key),
                    say!("cite it once"),
                );
                continue;
            }
            match self.context.keys {
                Some(known) if !known.iter().any(|k| k == key) => {
                    let hint = match nearest(key, known.iter().map(String::as_str)) {
                        Some(meant) => say!("did you mean `{meant}`?", meant),
                        None if known.is_empty() => {
                            say!(
                                "specify the list of references in report.yaml: `references: {{file: references.yaml}}`"
                            )
                        }
                        None => say!("add it to the references, or remove the citation"),
                    };
                    self.error(
                        &self.key_range(key, range),
                        say!("no reference has the key `{key}`", key),
                        hint,
                    );
                }
                _ => keys.push(key.to_owned()),
            }
        }
        (!keys.is_empty()).then_some(Inline::Cite { cited: Cited { keys, body: vec![] } })
    }

    fn key_range(&self, key: &str, within: &Range<usize>) -> Range<usize> {
        let needle = format!("@{key}");
        match self.file.text[within.clone()].find(&needle) {
            Some(offset) => within.start + offset..within.start + offset + needle.len(),
            None => within.clone(),
        }
    }
}
