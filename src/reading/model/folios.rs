//! The numbers printed on pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The numbers of the pages before the body, which begins with the first trend, chapter or divider.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FrontFolios {
    /// As those of the body, which goes on counting: 1, 2, 3.
    #[default]
    Arabic,
    /// Small Roman numerals: i, ii, iii. The body begins with page 1.
    Roman,
    /// Large Roman numerals: I, II, III. The body begins with page 1.
    RomanCapitals,
}

impl FrontFolios {
    /// Returns the pattern of the numerals; `None` where pages are counted through.
    pub fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Arabic => None,
            Self::Roman => Some("i"),
            Self::RomanCapitals => Some("I"),
        }
    }
}
