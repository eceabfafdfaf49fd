//! What a template declares to the program: the file `template.yaml` in its folder.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::report::LENGTH;
use super::{Captions, Numbering, PartKind};

/// The declaration of a template: the file `template.yaml` in its folder.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Declaration {
    /// Defaults for keys of `report.yaml`, named and nested as there.
    #[serde(default)]
    pub defaults: Defaults,
    /// The motifs that the template draws: each name with a description, which editors show.
    #[serde(default)]
    pub motifs: BTreeMap<String, String>,
    /// The kinds of parts that the template can hold; if omitted, those that every template had to
    /// hold before there were others.
    #[serde(default)]
    #[schemars(schema_with = "super::kinds::any_kind")]
    pub parts: Vec<PartKind>,
    /// The families of text in drawings (SVG), whatever family their programs named.
    #[serde(default)]
    pub faces: FaceLists,
}

/// The families of text in drawings: of each list, the first is for Latin letters, the last for
/// Chinese.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FaceLists {
    /// The families of a sans serif, such as `[Source Sans 3, Report Sans SC]`.
    #[serde(default)]
    pub sans: Vec<String>,
    /// The families of a serif.
    #[serde(default)]
    pub serif: Vec<String>,
    /// The families of a fixed width.
    #[serde(default)]
    pub mono: Vec<String>,
}

/// Defaults for keys of `report.yaml`; they apply where the author leaves them out.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Defaults {
    /// The trim size: width and height, each a length such as `210mm`.
    #[serde(default)]
    #[schemars(inner(regex(pattern = LENGTH)))]
    pub trim: Option<[String; 2]>,
    /// The number of columns of text on a page: 1, 2 or 3.
    #[serde(default)]
    #[schemars(range(min = 1, max = 3))]
    pub columns: Option<u8>,
    /// The label above a trend's title: `{一}` is its number in Chinese numerals, `{1}` in Arabic
    /// ones.
    #[serde(default)]
    pub label: Option<Words>,
    /// The label in the running head, numbered like `label`.
    #[serde(default)]
    pub running_label: Option<Words>,
    /// The labels of other parts that are numbered.
    #[serde(default)]
    pub labels: LabelsDefaults,
    /// How headings in the text are numbered.
    #[serde(default)]
    pub numbering: Option<Numbering>,
    /// How figures and tables are numbered.
    #[serde(default)]
    pub captions: Option<Captions>,
    /// Defaults for keys of `contents`.
    #[serde(default)]
    pub contents: ContentsDefaults,
    /// Defaults for keys of `references`.
    #[serde(default)]
    pub references: ReferencesDefaults,
}

/// Defaults for keys of `labels`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LabelsDefaults {
    /// The label of a chapter.
    #[serde(default)]
    pub chapter: Option<Words>,
    /// The label of a divider.
    #[serde(default)]
    pub divider: Option<Words>,
    /// The label of an appendix.
    #[serde(default)]
    pub appendix: Option<Words>,
}

/// Defaults for keys of `contents`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContentsDefaults {
    /// How deep the list goes: 1 for parts, 2 and 3 for the headings within them.
    #[serde(default)]
    #[schemars(range(min = 1, max = 3))]
    pub depth: Option<u8>,
}

/// Defaults for keys of `references`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReferencesDefaults {
    /// The citation style: the name of a `.csl` file in `styles/` of the template or of the kit,
    /// without its extension; one, or one for each language.
    #[serde(default)]
    pub style: Option<Words>,
    /// The heading above the list of references.
    #[serde(default)]
    pub title: Option<Words>,
}

/// Words for print: one text, or one for each language, such as `{zh: 参考文献, en: References}`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Words {
    /// One text, whatever the report's language.
    Same(String),
    /// A text for each language, by BCP 47 tags such as `zh-TW`, `zh` or `en`.
    ByLanguage(BTreeMap<String, String>),
}
