//! Charts: the author's settings and the data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::LENGTH;
use super::{
    Anchor, Annotation, Facet, Inlines, Layer, Layered, NumberFormat, Orient, Panel, Province,
    RuleSpec, Ruled, Stack, XType,
};

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
    /// The column of labels, or of numbers or times along an axis.
    pub x: String,
    /// The column of values, or a list of columns.
    pub y: Columns,
    /// The column of short notes beside the values.
    #[serde(default)]
    pub note: Option<String>,
    /// The unit of the values.
    #[serde(default)]
    pub unit: Option<String>,
    /// How values are written: `,` for thousands, `.1f` for one decimal, `.1%` for shares of 1.
    #[serde(default, skip_serializing)]
    pub format: Option<String>,
    /// Whether each value stands beside its point of a line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub values: bool,
    /// How values are spaced along the axis.
    #[serde(default)]
    pub scale: Scale,
    /// Which way bars go.
    #[serde(default)]
    pub orient: Orient,
    /// How several columns of values stand together.
    #[serde(default)]
    pub stack: Option<Stack>,
    /// What the labels along the axis are; if omitted, that is seen from them.
    #[serde(default, rename = "type", skip_serializing)]
    pub x_type: Option<XType>,
    /// The column by whose words points are told apart.
    #[serde(default, skip_serializing)]
    pub color: Option<String>,
    /// Small charts side by side: `true` for one of each column of values, or the name of a column
    /// for one of each of its words.
    #[serde(default, skip_serializing)]
    pub facet: Option<Facet>,
    /// How many small charts stand side by side.
    #[serde(default)]
    #[schemars(range(min = 1, max = 6))]
    pub columns: Option<usize>,
    /// Lines or points over upright bars, with an axis of their own: `{y: column, unit: "%"}`.
    #[serde(default, skip_serializing)]
    pub layer: Option<Layer>,
    /// Reference lines and bands, a list: `[{y: 60, text: …}]`.
    #[serde(default, skip_serializing)]
    pub rule: Vec<RuleSpec>,
    /// Words at single values, a list: `[{x: label, text: …}]`.
    #[serde(default, skip_serializing)]
    pub annotation: Vec<Annotation>,
    /// The labels of a waterfall's sums.
    #[serde(default, skip_serializing)]
    pub total: Option<Columns>,
    /// The source of the numbers.
    #[serde(default)]
    pub source: Option<String>,
    /// Alternative text: what the chart shows, for readers who cannot see it; if omitted, the
    /// title is read out.
    #[serde(default)]
    pub alt: Option<String>,
    /// The label of the row to highlight, or a list of them; of a timeline also what happened.
    #[serde(default)]
    pub highlight: Option<Columns>,
    /// Whether it stands where it is written, between the paragraphs before and behind it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
    /// The title in English, printed below the other one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The height of the drawing, such as `60mm`: without title and source. If omitted, it goes by
    /// what is drawn, and by the room on the page.
    #[serde(default, skip_serializing)]
    #[schemars(regex(pattern = LENGTH))]
    pub height: Option<String>,
    /// The label by which the text refers to it: `fig-` and a name, such as `fig-funding`.
    #[serde(default, skip_serializing)]
    pub label: Option<String>,
}

impl ChartSpec {
    /// Returns whether it has bars that stand upright.
    pub fn is_upright(&self) -> bool {
        self.kind.is_bars() && self.orient == Orient::Vertical
    }
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// The kind of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Bars, lying or upright, one or several for each label.
    Bar,
    /// Bars whose segments add up.
    Stacked,
    /// Lines over an axis of numbers, times or names.
    Line,
    /// Filled areas over an axis of numbers, times or names.
    Area,
    /// Points, by two numbers.
    Point,
    /// A range from a low to a high value, with one value between.
    Range,
    /// Shares of a whole.
    Pie,
    /// A heat map: numbers in rows and columns, shaded by their size.
    Rect,
    /// Values on spokes around a centre.
    Radar,
    /// Changes that lead from one sum to the next.
    Waterfall,
    /// A map of named tiles, one for each province.
    Tiles,
    /// Events in order.
    Timeline,
    /// Words in rows and columns.
    Matrix,
}

impl ChartKind {
    /// Returns whether the columns of values contain words rather than numbers.
    pub fn is_words(self) -> bool {
        matches!(self, Self::Timeline | Self::Matrix)
    }

    /// Returns whether it has bars.
    pub fn is_bars(self) -> bool {
        matches!(self, Self::Bar | Self::Stacked)
    }

    /// Returns whether its labels have places along an axis, if they are numbers or times.
    pub fn has_axis(self) -> bool {
        matches!(self, Self::Line | Self::Area | Self::Point)
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
    /// What the labels along the axis are.
    pub axis: XType,
    /// The places of the labels along the axis of lines, areas and points; empty in others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<f64>,
    /// The notes of the rows; empty if there is no column of notes.
    pub notes: Vec<String>,
    /// The columns of values.
    pub series: Vec<Series>,
    /// How values are written, if not in full.
    pub format: Option<NumberFormat>,
    /// Values that are written with more decimals than they need: `7` as `7.0`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub written: BTreeMap<String, String>,
    /// The height that its author asks for, in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<f64>,
    /// What is drawn over upright bars.
    pub layer: Option<Layered>,
    /// The small charts that it consists of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<Panel>,
    /// Reference lines and bands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Ruled>,
    /// Words at single values: row and column of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<(usize, usize, String)>,
    /// Which rows of a waterfall are sums.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<bool>,
    /// The provinces of a map.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provinces: Vec<Province>,
    /// The source where it cites works, in runs; empty where it does not.
    #[serde(skip)]
    pub cited: Inlines,
}

impl Chart {
    /// Returns whether all labels are printed: along an axis of numbers or times, and under upright
    /// bars of times, as many stand as there is room for.
    pub fn prints_labels(&self) -> bool {
        !(self.spec.kind.has_axis() || self.spec.is_upright()) || self.axis == XType::Ordinal
    }
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
