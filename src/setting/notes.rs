//! Notes that the template leaves in the pages for the program: metadata under labels.

use std::collections::BTreeMap;

use serde::Deserialize;
use typst::ecow::{EcoVec, eco_vec};
use typst::foundations::{Content, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// Returns what is labelled `label` in document order.
pub(super) fn elements(document: &PagedDocument, label: &str) -> EcoVec<Content> {
    let label = Label::new(PicoStr::intern(label));
    label.map_or(eco_vec![], |label| document.introspector().query(&Selector::Label(label)))
}

/// Returns the metadata labelled `label` in document order, each with its page from 1.
fn labelled(document: &PagedDocument, label: &str) -> Vec<(Value, usize)> {
    let introspector = document.introspector();
    elements(document, label)
        .iter()
        .filter_map(|content| {
            let page = introspector.page(content.location()?)?;
            Some((content.to_packed::<MetadataElem>()?.value.clone(), page.get()))
        })
        .collect()
}

/// Returns the elements labelled `label`: the text of their metadata, and their page from 1.
pub fn marks(document: &PagedDocument, label: &str) -> Vec<(String, usize)> {
    let text = |(value, page)| match value {
        Value::Str(text) => Some((text.to_string(), page)),
        _ => None,
    };
    labelled(document, label).into_iter().filter_map(text).collect()
}

/// Returns the values of the metadata labelled `label` as JSON.
pub fn values(document: &PagedDocument, label: &str) -> Vec<serde_json::Value> {
    labelled(document, label)
        .iter()
        .filter_map(|(value, _)| serde_json::to_value(value).ok())
        .collect()
}

/// Returns the values of the metadata labelled `label` that have this shape, each with its page
/// from 1.
pub(super) fn placed<T: serde::de::DeserializeOwned>(
    document: &PagedDocument,
    label: &str,
) -> Vec<(T, usize)> {
    let read = |(value, page)| {
        let value = serde_json::to_value(&value).ok()?;
        Some((serde_json::from_value(value).ok()?, page))
    };
    labelled(document, label).into_iter().filter_map(read).collect()
}

/// The template's declaration of its pages: the note `<output>`. All lengths are in points.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Declared {
    /// How far colour reaches beyond the trim.
    pub bleed: f64,
    /// Colours as `#RRGGBB`, and their inks in per cent: cyan, magenta, yellow, black.
    pub tokens: Vec<(String, [f32; 4])>,
    /// Those that a template has without a house: drawings that were made for it are in them.
    #[serde(default)]
    pub plain: Vec<(String, [f32; 4])>,
    /// From the trim's edges to the text; none for a template that does not say.
    pub margins: Option<Margins>,
    /// The height of a line's box above its baseline, in ems.
    pub ascent: f64,
}

/// From the trim's edges to the text.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Margins {
    /// Beside the fold.
    pub inside: f64,
    /// At the fore edge.
    pub outside: f64,
    /// At the head.
    pub top: f64,
    /// At the foot.
    pub bottom: f64,
}

impl Default for Declared {
    fn default() -> Self {
        // Typst's own `top-edge` is the capitals' height; Han characters reach about as high as
        // this.
        Self { bleed: 0.0, tokens: vec![], plain: vec![], margins: None, ascent: 0.88 }
    }
}

impl Declared {
    /// The declaration in a document's pages; the defaults where there is none of this shape.
    pub(super) fn of(document: &PagedDocument) -> Self {
        let mut notes = values(document, "output").into_iter();
        notes.find_map(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }

    /// Returns the colours that the template declares: red, green, blue; and of how many inks each is.
    pub fn colours(&self) -> BTreeMap<[u8; 3], usize> {
        let inks = |inks: &[f32; 4]| inks.iter().filter(|share| **share > 0.0).count();
        self.tokens.iter().filter_map(|(screen, of)| Some((rgb(screen)?, inks(of)))).collect()
    }
}

/// Parses `#RRGGBB` into three bytes.
pub(crate) fn rgb(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
mod tests {
    use super::rgb;

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(rgb("#00216B"), Some([0, 33, 107]));
        assert_eq!(rgb("00216B"), None);
        assert_eq!(rgb("#00216"), None);
        assert_eq!(rgb("#00216Z"), None);
    }
}
