//! The declaration of a variable, as its author writes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value of YAML that is neither a list nor a mapping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A number.
    Number(serde_json::Number),
    /// A truth.
    Boolean(bool),
}

impl Scalar {
    /// The value as it is written.
    pub fn text(&self) -> String {
        match self {
            // Braces in a value are its own: the settings were read with others in their place.
            Self::Text(text) => crate::mark::restore(text),
            Self::Number(number) => number.to_string(),
            Self::Boolean(truth) => truth.to_string(),
        }
    }
}

/// What the values of a variable are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A date, such as `2025-01` or `2025-01-31`.
    Date,
    /// `true` or `false`.
    Boolean,
    /// A file under `content/`.
    File,
}

/// A variable: its type, its default, an example.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spec {
    /// What its values are: `text`, `number`, `date`, `boolean` or `file`; if omitted, what the
    /// default is.
    #[serde(default, rename = "type")]
    pub kind: Option<Kind>,
    /// The value that it has unless another is set.
    #[serde(default)]
    pub default: Option<Scalar>,
    /// The value that `check`, `preview` and `watch` show where none is set.
    #[serde(default)]
    pub example: Option<Scalar>,
    /// The only values that it can have.
    #[serde(default)]
    pub values: Vec<String>,
    /// What it is for.
    #[serde(default)]
    pub about: Option<String>,
}

impl Spec {
    /// What its values are.
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or_else(|| match self.default.as_ref().or(self.example.as_ref()) {
            Some(Scalar::Number(_)) => Kind::Number,
            Some(Scalar::Boolean(_)) => Kind::Boolean,
            Some(Scalar::Text(_)) | None => Kind::Text,
        })
    }
}

/// The declaration of a variable: its default alone, or all that is to be said.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Declaration {
    /// Its default.
    Default(Scalar),
    /// More.
    Spec(Spec),
}

impl Declaration {
    /// The declaration in full.
    pub fn spec(self) -> Spec {
        match self {
            Self::Default(value) => Spec { default: Some(value), ..Spec::default() },
            Self::Spec(spec) => spec,
        }
    }
}
