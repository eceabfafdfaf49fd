//! Where figures, tables and boxes stand that no column of text holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where figures, charts, tables, large numbers and wide boxes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Floats {
    /// Where they are written, if they are no wider than a column.
    Here,
    /// At the head or the foot of a page, before the next heading `##`.
    Section,
    /// At the head or the foot of a page, also behind headings.
    Free,
}
