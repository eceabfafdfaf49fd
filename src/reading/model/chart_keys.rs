//! The values of a chart's keys, and what is read from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Columns, Series};

/// Which way bars go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Orient {
    /// From left to right, one under another.
    #[default]
    Horizontal,
    /// Upright, one beside another.
    Vertical,
}

/// How several columns of values stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stack {
    /// Each by itself.
    None,
    /// They add up.
    Zero,
    /// As shares of their sum.
    Normalize,
}

/// What labels along an axis are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum XType {
    /// Names, one after another, as far apart as each other.
    #[default]
    Ordinal,
    /// Numbers, each in its place.
    Quantitative,
    /// Times, each in its place.
    Temporal,
}

/// `true` for a small chart of each column of values, or the name of a column for one of each of its
/// words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Facet {
    /// Each column of values.
    Series(bool),
    /// Each word of this column.
    Column(String),
}

/// What is drawn over upright bars: `{y: column, unit: "%"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Layer {
    /// Lines or points.
    #[serde(default)]
    pub kind: LayerKind,
    /// The column of values, or a list of columns.
    pub y: Columns,
    /// The unit of these values.
    #[serde(default)]
    pub unit: Option<String>,
    /// How these values are written.
    #[serde(default)]
    pub format: Option<String>,
    /// Whether each value stands beside its point.
    #[serde(default)]
    pub values: bool,
}

/// What a layer consists of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// Lines with a mark at each value.
    #[default]
    Line,
    /// Points.
    Point,
}

/// A reference line, or a band: of `x` and `y` one is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSpec {
    /// The place along the axis of labels, or the two ends of a band.
    #[serde(default)]
    pub x: Option<Ends>,
    /// The value, or the two ends of a band.
    #[serde(default)]
    pub y: Option<Ends>,
    /// What is written at it.
    #[serde(default)]
    pub text: String,
}

/// A place along an axis, or the two ends of a band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Ends {
    /// One.
    One(Label),
    /// Two.
    Two([Label; 2]),
}

impl Ends {
    /// Returns the ends in order.
    pub fn list(&self) -> &[Label] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Two(two) => two,
        }
    }
}

/// A label or a number; of a band, two of them: `[40, 60]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Label {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Words at a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Annotation {
    /// The label of the row.
    pub x: Label,
    /// The column of values; if omitted, the first.
    #[serde(default)]
    pub y: Option<String>,
    /// What is written.
    pub text: String,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NumberFormat {
    /// Whether positive numbers have a sign.
    pub sign: bool,
    /// Whether thousands are parted.
    pub comma: bool,
    /// The number of decimals, if it is given.
    pub decimals: Option<u32>,
    /// Whether the number is a share of 1, written in per cent.
    pub percent: bool,
}

/// A layer with its data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Layered {
    /// What it consists of.
    pub kind: LayerKind,
    /// The unit of its values.
    pub unit: Option<String>,
    /// How its values are written, if not in full.
    pub format: Option<NumberFormat>,
    /// Whether each stands beside its point.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub values: bool,
    /// Its columns of values.
    pub series: Vec<Series>,
}

/// One of the small charts: its name, and which rows and columns of values it shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// Its name.
    pub name: String,
    /// The rows.
    pub rows: Vec<usize>,
    /// The columns.
    pub series: Vec<usize>,
}

/// A reference line or band: where it begins and ends along an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ruled {
    /// `x` or `y`.
    pub axis: char,
    /// Where it is, or begins.
    pub from: f64,
    /// Where a band ends.
    pub to: Option<f64>,
    /// What is written at it.
    pub text: String,
}

/// A province on a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Province {
    /// Its code of two letters.
    pub code: &'static str,
    /// Its name, as it is printed.
    pub name: String,
    /// The row of the data, if it has one.
    pub row: Option<usize>,
}
