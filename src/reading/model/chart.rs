//! Charts: the author's settings and the data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Anchor;

/// The content of a `chart` block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChartSpec {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The title: it states what the chart shows.
    pub title: String,
    /// The table, under `content/`: a CSV file, or a workbook such as `a.xlsx#sheet!A3:D20`.
    pub data: String,
    /// The number of rows above the table's head.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skip_rows: usize,
    /// The column of labels, or of numbers or times in a line chart.
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
    /// The source of the numbers.
    #[serde(default)]
    pub source: Option<String>,
    /// Alternative text: what the chart shows, for readers who cannot see it; if omitted, the
    /// title is read out.
    #[serde(default)]
    pub alt: Option<String>,
    /// The label of the value to highlight.
    #[serde(default)]
    pub highlight: Option<String>,
    /// The label by which the text refers to it: `fig-` and a name, such as `fig-funding`.
    #[serde(default, skip_serializing)]
    pub label: Option<String>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// The kind of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// A bar for each value.
    Bar,
    /// Bars whose segments add up.
    Stacked,
    /// Lines over a numeric axis.
    Line,
    /// A range from a low to a high value, with one value between.
    Range,
    /// Shares of a whole.
    Pie,
    /// Events in order.
    Timeline,
    /// Words in rows and columns.
    Matrix,
}

impl ChartKind {
    /// Returns the keys of a chart block that have no effect for this kind.
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

    /// Returns whether the columns of values contain words rather than numbers.
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
    /// Returns the names in order.
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
    /// Its number and its label.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// The author's settings.
    #[serde(flatten)]
    pub spec: ChartSpec,
    /// The labels of the rows.
    pub labels: Vec<String>,
    /// The places of the labels along the axis of a line chart; empty in others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<f64>,
    /// The notes of the rows; empty if there is no column of notes.
    pub notes: Vec<String>,
    /// The columns of values.
    pub series: Vec<Series>,
}

/// A column of values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// The column's name.
    pub name: String,
    /// The numbers, one per row, `None` where the cell is empty; empty in a chart of words.
    pub values: Vec<Option<f64>>,
    /// The words, one per row; empty in a chart of numbers.
    pub words: Vec<String>,
}

impl Series {
    /// Returns whether any row has a number.
    pub fn has_values(&self) -> bool {
        self.values.iter().any(Option::is_some)
    }
}
