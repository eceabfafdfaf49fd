//! The settings of `trendpress check`: severities, lists of words, what a house chooses in English.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The settings of `trendpress check`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct CheckConfig {
    /// The house's lists of words: CSV files under `content/` with the columns `wrong`, `right`
    /// and `note`.
    #[serde(default)]
    pub lists: Vec<String>,
    /// How the house writes English, where there is more than one right way.
    #[serde(default)]
    pub english: EnglishConfig,
    /// The severity of each rule, by its code or name.
    #[serde(flatten)]
    pub weights: BTreeMap<String, Weight>,
}

/// How the house writes English, where there is more than one right way.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EnglishConfig {
    /// The comma before `and` or `or` in a list: `always` (red, white, and blue) or `never`.
    #[serde(default)]
    pub serial_comma: Option<SerialComma>,
    /// The dashes in a sentence: `em` (so—it seems—it was) or `en` (so – it seems – it was).
    #[serde(default)]
    pub dashes: Option<Dashes>,
    /// The space before a per cent sign: `closed` (5%) or `spaced` (5 %).
    #[serde(default)]
    pub percent: Option<Percent>,
}

/// The comma before the last item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SerialComma {
    /// There is one.
    Always,
    /// There is none.
    Never,
}

/// The dashes in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dashes {
    /// Em dashes without spaces.
    Em,
    /// En dashes with spaces.
    En,
}

/// The space before a per cent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Percent {
    /// There is none.
    Closed,
    /// There is one.
    Spaced,
}

/// The severity of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Findings are errors, and no report is produced.
    Error,
    /// Findings are reported as warnings.
    Warning,
    /// The rule is disabled.
    Off,
}
