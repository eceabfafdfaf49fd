//! Charts: what the author asks for, and the numbers beside it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a `chart` block says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChartSpec {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The title: it says what the chart finds.
    pub title: String,
    /// The CSV file, below `content/`.
    pub data: String,
    /// The column of labels, or of years in a line chart.
    pub x: String,
    /// The column of values, or a list of columns.
    pub y: Columns,
    /// The column of short notes beside the values.
    #[serde(default)]
    pub note: Option<String>,
    /// The unit of the values.
    #[serde(default)]
    pub unit: Option<String>,
    /// How values are spaced along the axis.
    #[serde(default)]
    pub scale: Scale,
    /// Where the numbers are from.
    #[serde(default)]
    pub source: Option<String>,
    /// What the chart shows, for those who cannot see it; without it, the title is read out.
    #[serde(default)]
    pub alt: Option<String>,
    /// The label of the value to stress.
    #[serde(default)]
    pub highlight: Option<String>,
}

/// The kind of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// A bar for each value.
    Bar,
    /// Bars whose pieces add up.
    Stacked,
    /// Lines over a numeric axis.
    Line,
    /// From a low to a high value, with one between.
    Range,
    /// Shares of a whole.
    Pie,
    /// Events in their order.
    Timeline,
    /// Words in rows and columns.
    Matrix,
}

impl ChartKind {
    /// The keys of a chart block that this kind draws nothing for.
    pub fn idle_keys(self) -> &'static [&'static str] {
        match self {
            Self::Bar => &["note", "scale"],
            Self::Stacked | Self::Pie => &["note", "scale", "highlight"],
            Self::Line => &["highlight"],
            Self::Range => &["note", "highlight"],
            Self::Timeline => &["unit", "scale"],
            Self::Matrix => &["note", "unit", "scale", "highlight"],
        }
    }

    /// Whether the columns of values hold words rather than numbers.
    pub fn is_words(self) -> bool {
        matches!(self, Self::Timeline | Self::Matrix)
    }
}

/// How values are spaced along an axis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// By their differences.
    #[default]
    Linear,
    /// By their ratios.
    Log,
}

/// The name of a column, or a list of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Columns {
    /// One column.
    One(String),
    /// Several columns.
    Many(Vec<String>),
}

impl Columns {
    /// The names in their order.
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

/// A chart with its data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// The line of its file on which its block begins, from 1.
    pub line: usize,
    /// What the author asked for.
    #[serde(flatten)]
    pub spec: ChartSpec,
    /// The labels of the rows.
    pub labels: Vec<String>,
    /// The notes of the rows; empty without a column of notes.
    pub notes: Vec<String>,
    /// The columns of values.
    pub series: Vec<Series>,
}

/// A column of values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// The column's name.
    pub name: String,
    /// The numbers, a row each, `None` where the cell is empty; in a chart of words there are none.
    pub values: Vec<Option<f64>>,
    /// The words, a row each; in a chart of numbers there are none.
    pub words: Vec<String>,
}
