//! The content of a `table` block.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The content of a `table` block: a table whose cells are those of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableSpec {
    /// The table, under `content/`: a CSV file, or a workbook such as `a.xlsx#sheet!A3:D20`.
    pub data: String,
    /// The title, without the word before it and its number.
    #[serde(default)]
    pub title: Option<String>,
    /// The title in English, printed below the other one.
    #[serde(default)]
    pub en: Option<String>,
    /// The label by which the text refers to it: `tbl-` and a name, such as `tbl-funding`.
    #[serde(default)]
    pub label: Option<String>,
    /// Whether it is counted among the report's tables, if it has a title.
    #[serde(default = "yes")]
    pub numbered: bool,
    /// The number of rows above the table's head.
    #[serde(default)]
    pub skip_rows: usize,
    /// The columns to print, by their names and in this order; all of them if omitted.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub columns: Option<Vec<String>>,
    /// The shares of the columns in the table's width, such as `[20, 30, 50]`.
    #[serde(default)]
    pub widths: Option<Vec<f64>>,
    /// The number of rows in its head.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 99))]
    pub head: usize,
    /// The number of rows at its end that are totals.
    #[serde(default)]
    #[schemars(range(max = 99))]
    pub total: usize,
    /// Whether a row with nothing but its first cell names the rows that follow.
    #[serde(default)]
    pub groups: bool,
    /// The unit of all numbers, printed above the table.
    #[serde(default)]
    pub unit: Option<String>,
    /// The source of the numbers, printed below the table.
    #[serde(default)]
    pub source: Option<String>,
    /// Remarks on the table, printed below it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Whether it is turned onto a page of its own; if omitted, where it is too wide.
    #[serde(default)]
    pub landscape: Option<bool>,
}

fn one() -> usize {
    1
}

fn yes() -> bool {
    true
}
