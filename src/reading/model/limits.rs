//! The limits of the work on a report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The limits of the work on a report, for one that is larger than most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LimitsConfig {
    /// Seconds of the processor after which the report is given up; by default as its size
    /// requires.
    #[serde(default)]
    #[schemars(range(min = 1, max = 86_400))]
    pub time: Option<u64>,
    /// Memory above which the report is given up, in MB; by default as its size requires.
    #[serde(default)]
    #[schemars(range(min = 100, max = 1_000_000))]
    pub memory: Option<u64>,
}
