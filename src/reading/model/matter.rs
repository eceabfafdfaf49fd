//! The front matter of the Markdown parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of part that a Markdown file is; if omitted, the file name decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A trend.
    Trend,
    /// A preface.
    Foreword,
    /// A partner's page.
    Insert,
    /// The colophon: the people who made the report.
    Colophon,
}

impl PartKind {
    /// Returns the layout with this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "trend" => Self::Trend,
            "foreword" => Self::Foreword,
            "insert" => Self::Insert,
            "colophon" => Self::Colophon,
            _ => return None,
        })
    }
}

/// The front matter of a trend.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrendMatter {
    /// The kind of this part.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The title.
    #[schemars(length(min = 1))]
    pub title: String,
    /// The title split into lines; joined, they must equal the title.
    #[serde(default)]
    pub title_lines: Option<Vec<String>>,
    /// The page budget: how many pages the trend must fill.
    #[serde(default)]
    #[schemars(range(min = 1, max = 64))]
    pub pages: Option<u32>,
    /// The line figure in the band; if omitted, the template chooses one by the trend's number.
    #[serde(default)]
    pub motif: Option<String>,
    /// The quotation that closes the trend.
    #[serde(default)]
    pub quote: Option<Quote>,
}

/// A quotation, verbatim or paraphrased.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Quote {
    /// The person quoted.
    pub name: String,
    /// The person's titles, one per line.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Whether this quotation is verbatim or paraphrased.
    pub kind: QuoteKind,
    /// The quoted text.
    pub text: String,
    /// The source of the quotation; required if it is verbatim.
    #[serde(default)]
    pub source: Option<String>,
    /// A picture under `content/`.
    #[serde(default)]
    pub portrait: Option<String>,
}

/// Whether a quotation is verbatim or paraphrased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Word for word, with a source.
    Verbatim,
    /// Paraphrased in indirect speech.
    Paraphrase,
}

/// The front matter of a preface.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ForewordMatter {
    /// The kind of this part.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The title.
    #[schemars(length(min = 1))]
    pub title: String,
    /// The page budget: how many pages the part must fill.
    #[serde(default)]
    #[schemars(range(min = 1, max = 64))]
    pub pages: Option<u32>,
}

/// The front matter of a partner's page.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InsertMatter {
    /// The kind of this part.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The partner's name.
    #[schemars(length(min = 1))]
    pub title: String,
    /// What the partner stands for, in one line.
    #[serde(default)]
    pub claim: Option<String>,
    /// The partner's web address.
    #[serde(default)]
    pub url: Option<String>,
    /// A row of QR codes, each generated from its address.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// Contact details of the partner, one per line.
    #[serde(default)]
    pub contact: Vec<Labelled>,
    /// The page budget: how many pages the part must fill.
    #[serde(default)]
    #[schemars(range(min = 1, max = 64))]
    pub pages: Option<u32>,
}

/// The front matter of the colophon.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColophonMatter {
    /// The kind of this part.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The title.
    #[schemars(length(min = 1))]
    pub title: String,
    /// The people who made the report, in groups.
    #[serde(default)]
    pub committee: Vec<CommitteeGroup>,
    /// Contact details of the publisher, one per line.
    #[serde(default)]
    pub contact: Vec<Labelled>,
    /// The page budget: how many pages the part must fill.
    #[serde(default)]
    #[schemars(range(min = 1, max = 64))]
    pub pages: Option<u32>,
}

/// A group of people with one task.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommitteeGroup {
    /// The task.
    pub role: String,
    /// The people.
    pub names: Vec<String>,
}

/// A labelled value.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Labelled {
    /// The label before the value.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A QR code with a caption.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Code {
    /// The caption.
    pub label: String,
    /// The address that the code points to; it begins with `https://` or `http://`.
    #[schemars(regex(pattern = r"^https?://\S+$"))]
    pub url: String,
    /// The code's modules (ISO/IEC 18004), a row each, `1` for dark; filled in by us.
    #[serde(default, skip_deserializing)]
    #[schemars(skip)]
    pub modules: Vec<String>,
}
