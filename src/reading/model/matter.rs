//! The front matter of the Markdown parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which kind of part a Markdown file is; without it, the file's name says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A trend.
    Trend,
    /// A preface.
    Foreword,
    /// A partner's page.
    Insert,
    /// Who made the report.
    Colophon,
}

impl PartKind {
    /// The layout of that name.
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
    /// Which kind of part this is.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The title.
    #[schemars(length(min = 1))]
    pub title: String,
    /// The title's lines as they are to break; put together they are the title.
    #[serde(default)]
    pub title_lines: Option<Vec<String>>,
    /// The page budget: how many pages the trend must fill.
    #[serde(default)]
    #[schemars(range(min = 1, max = 64))]
    pub pages: Option<u32>,
    /// The line figure in the band; without it, the template chooses one by the trend's number.
    #[serde(default)]
    pub motif: Option<Motif>,
    /// The voice that closes the trend.
    #[serde(default)]
    pub quote: Option<Quote>,
}

/// A line figure that a template can draw; how is the template's own affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Motif {
    /// Orbits around a nucleus.
    Orbit,
    /// An arm that reaches out.
    Joints,
    /// Threads that run together.
    Confluence,
    /// Power laws.
    Curves,
    /// A globe of meridians.
    Globe,
    /// Cells of a grid.
    Cells,
    /// Pulses that shorten.
    Pulses,
    /// One that becomes many.
    Tree,
    /// Waves that rise.
    Waves,
    /// Shells around a core.
    Shells,
}

/// Somebody's words, or what they said in ours.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Quote {
    /// Who said it.
    pub name: String,
    /// What they are, a line each.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Whether these are the person's own words.
    pub kind: QuoteKind,
    /// What was said.
    pub text: String,
    /// Where it was said: a verbatim quotation must tell.
    #[serde(default)]
    pub source: Option<String>,
    /// A picture below `content/`.
    #[serde(default)]
    pub portrait: Option<String>,
}

/// Whether a quote is the person's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Word for word, with a source.
    Verbatim,
    /// Retold in indirect speech.
    Paraphrase,
}

/// The front matter of a preface.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ForewordMatter {
    /// Which kind of part this is.
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
    /// Which kind of part this is.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The partner's name.
    #[schemars(length(min = 1))]
    pub title: String,
    /// What the partner stands for, in a line.
    #[serde(default)]
    pub claim: Option<String>,
    /// The partner's web address.
    #[serde(default)]
    pub url: Option<String>,
    /// A row of QR codes, each made from its address.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// How to reach the partner, a line each.
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
    /// Which kind of part this is.
    #[serde(default, skip_serializing)]
    pub layout: Option<PartKind>,
    /// The title.
    #[schemars(length(min = 1))]
    pub title: String,
    /// Who made the report, group by group.
    #[serde(default)]
    pub committee: Vec<CommitteeGroup>,
    /// How to reach the publisher, a line each.
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

/// A value with a word before it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Labelled {
    /// The word.
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
    /// The address that the code leads to: it begins with `https://` or `http://`.
    #[schemars(regex(pattern = r"^https?://\S+$"))]
    pub url: String,
    /// The code's modules (ISO/IEC 18004), a row each, `1` for dark; filled in by us.
    #[serde(default, skip_deserializing)]
    #[schemars(skip)]
    pub modules: Vec<String>,
}
