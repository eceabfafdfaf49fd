//! The report as a whole: `report.yaml`, its parts, its references.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Block, Code, ColophonMatter, ForewordMatter, Inlines, InsertMatter, TrendMatter};
use source::{Place, Rule};

/// The settings of a report: the file `content/report.yaml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportConfig {
    /// The report's title, as on its cover.
    #[schemars(length(min = 1))]
    pub title: String,
    /// A line under the title.
    #[serde(default)]
    pub subtitle: Option<String>,
    /// Who publishes it.
    pub publisher: Publisher,
    /// The date of publication, such as `2025-01` or `2025-01-31`.
    #[schemars(regex(pattern = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"))]
    pub date: String,
    /// The language of the text, a BCP 47 tag such as `zh-CN`.
    #[serde(default = "default_lang")]
    #[schemars(regex(pattern = r"^[a-z]{2,3}(-[A-Z]{2})?$"))]
    pub lang: String,
    /// Words to find the report by, kept in the PDF's metadata.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The folder of the template below `templates/`.
    #[serde(default = "default_template")]
    pub template: String,
    /// The finished page: width and height, each a length such as `210mm`.
    #[serde(default = "default_trim")]
    #[schemars(inner(regex(pattern = r"^\d+(\.\d+)?(mm|cm|in|pt)$")))]
    pub trim: [String; 2],
    /// The label over a trend's title: `{一}` counts in Chinese numerals, `{1}` in Arabic ones.
    #[serde(default = "default_label")]
    pub label: String,
    /// The label in the running head, counted like `label`.
    #[serde(default = "default_running_label")]
    pub running_label: String,
    /// Where the references are and how they are set.
    #[serde(default)]
    pub references: Option<ReferencesConfig>,
    /// The parts in their order: `cover`, `contents`, `references`, `back-cover`, or Markdown files below `content/`.
    ///
    /// A `*` in a file's name stands for any characters; what it finds is taken in the order of names.
    #[schemars(length(min = 1))]
    pub parts: Vec<String>,
    /// What the back cover shows.
    #[serde(default)]
    pub back_cover: BackCover,
    /// How the file for the press is made.
    #[serde(default)]
    pub press: PressConfig,
    /// How much a rule of `trendpress check` weighs, by its code or name: `error`, `warning` or `off`.
    #[serde(default, skip_serializing)]
    pub check: BTreeMap<String, Weight>,
    /// How the house writes its terms: each with the variants that are not to be used.
    #[serde(default, skip_serializing)]
    pub terms: BTreeMap<String, Vec<String>>,
}

/// How much a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// What it finds stops the report.
    Error,
    /// What it finds is told.
    Warning,
    /// It is not looked at.
    Off,
}

/// What an author asks not to be told of.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rules.
    pub rules: Vec<&'static Rule>,
    /// Where that is written.
    pub place: Place,
    /// The text that it covers.
    pub scope: Vec<Place>,
    /// The files of tables that it covers whole.
    pub tables: Vec<String>,
}

fn default_lang() -> String {
    "zh-CN".into()
}

fn default_template() -> String {
    "report".into()
}

fn default_trim() -> [String; 2] {
    ["210mm".into(), "285mm".into()]
}

fn default_label() -> String {
    "趋势{一}".into()
}

fn default_running_label() -> String {
    "Trend {1}".into()
}

/// Who publishes the report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Publisher {
    /// The full name.
    pub name: String,
    /// The short name, set beside the full one on the cover.
    #[serde(default)]
    pub short: Option<String>,
}

/// Where the references are and how they are set.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReferencesConfig {
    /// A Hayagriva (`.yaml`) or BibLaTeX (`.bib`) file below `content/`.
    pub file: String,
    /// The citation style: a `.csl` file's name in the template's `styles/`, without its ending.
    #[serde(default = "default_style")]
    pub style: String,
    /// Whether entries that are never cited are listed too.
    #[serde(default)]
    pub uncited: bool,
    /// The heading over the list.
    #[serde(default = "default_references_title")]
    pub title: String,
    /// The number of pages that the list must fill.
    #[serde(default)]
    pub pages: Option<u32>,
}

fn default_style() -> String {
    "report".into()
}

fn default_references_title() -> String {
    "参考文献".into()
}

/// What the back cover shows.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BackCover {
    /// QR codes, each made from its address.
    #[serde(default)]
    pub codes: Vec<Code>,
}

/// How the file for the press is made; the command line may say otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PressConfig {
    /// The press's own ICC profile, below `content/`; without it, the built-in one for coated paper (FOGRA39).
    #[serde(default)]
    pub icc: Option<String>,
    /// The name of the printing condition that the profile is made for, such as `FOGRA51`.
    #[serde(default)]
    pub output_condition: Option<String>,
    /// Whether crop marks, registration targets and a colour bar stand around the pages.
    #[serde(default)]
    pub marks: bool,
    /// The spot colours that a template prints beside the four inks, by their names.
    #[serde(default)]
    pub spots: Vec<String>,
}

/// A whole report, ready for a template.
#[derive(Debug)]
pub struct Report {
    /// The settings.
    pub config: ReportConfig,
    /// The parts in the order of pages.
    pub parts: Vec<Part>,
    /// Where the settings list them.
    pub place: Place,
    /// The list of references in its order, formatted.
    pub references: Vec<ReferenceEntry>,
    /// What the author asks not to be told of.
    pub suppressions: Vec<Suppression>,
}

/// A part of the report: it begins on a page of its own.
#[derive(Debug)]
pub struct Part {
    /// A name that is unique in the report and stays the same while text changes: the file's stem.
    pub id: String,
    /// Where it was asked for: the file's beginning, or the entry in `parts`.
    pub place: Place,
    /// How many pages it must fill, and where that is said.
    pub budget: Option<(u32, Place)>,
    /// What it holds.
    pub content: PartContent,
}

/// What a part holds.
#[derive(Debug, Serialize)]
#[serde(tag = "layout", rename_all = "kebab-case")]
pub enum PartContent {
    /// The front cover.
    Cover,
    /// The list of contents.
    Contents,
    /// The list of references.
    References,
    /// The back cover.
    BackCover,
    /// A preface.
    Foreword {
        /// Its fields.
        #[serde(flatten)]
        matter: ForewordMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A trend, the report's unit.
    Trend {
        /// Its fields.
        #[serde(flatten)]
        matter: TrendMatter,
        /// Its place among the trends, from 1.
        number: usize,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A partner's page.
    Insert {
        /// Its fields.
        #[serde(flatten)]
        matter: InsertMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// Who made the report.
    Colophon {
        /// Its fields.
        #[serde(flatten)]
        matter: ColophonMatter,
        /// Its text.
        blocks: Vec<Block>,
    },
}

impl PartContent {
    /// The text of the part, for those that have one.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Cover | Self::Contents | Self::References | Self::BackCover => &[],
            Self::Foreword { blocks, .. }
            | Self::Trend { blocks, .. }
            | Self::Insert { blocks, .. }
            | Self::Colophon { blocks, .. } => blocks,
        }
    }
}

/// One entry of the list of references.
#[derive(Debug, Clone, Serialize)]
pub struct ReferenceEntry {
    /// The key by which it is cited.
    pub key: String,
    /// The number before it, such as `[1]`.
    pub number: String,
    /// The entry's language, a BCP 47 tag.
    pub lang: String,
    /// The formatted entry.
    pub body: Inlines,
    /// Where it was written; a template is given the line.
    #[serde(rename = "line", serialize_with = "line_of")]
    pub place: Option<Place>,
}

fn line_of<S: serde::Serializer>(place: &Option<Place>, serializer: S) -> Result<S::Ok, S::Error> {
    place.as_ref().map(|place| place.line_column().0).serialize(serializer)
}

/// A citation in the text: its keys, and what is printed for them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cited {
    /// The keys in the order written.
    pub keys: Vec<String>,
    /// What is printed, each number with the key that it leads to.
    pub body: Inlines,
}
