//! Fonts as they are written.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// The fonts of a house: their files, and the roles that they play.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Typography {
    /// Where fonts come from.
    #[serde(default)]
    pub fonts: Vec<FontSource>,
    /// The face of text: a family, or a mapping with `family`, `chinese` and `weight`.
    #[serde(default)]
    pub base: Option<Face>,
    /// The face of titles and headings.
    #[serde(default)]
    pub headings: Option<Face>,
    /// The face of code.
    #[serde(default)]
    pub monospace: Option<Face>,
    /// The face of code within a line.
    #[serde(default)]
    pub monospace_inline: Option<Face>,
    /// The face of code in blocks.
    #[serde(default)]
    pub monospace_block: Option<Face>,
    /// The look of links.
    #[serde(default)]
    pub link: Option<Value>,
}

/// A font, and where it comes from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FontSource {
    /// The family's name, as roles name it.
    pub family: String,
    /// Where it comes from: `file`, or a service on the web, from which nothing is fetched.
    #[serde(default)]
    pub source: Option<String>,
    /// Its files, relative to the brand file.
    #[serde(default)]
    pub files: Vec<FontFiles>,
    /// The weights that are asked of a service.
    #[serde(default)]
    pub weight: Option<Value>,
    /// The styles that are asked of a service.
    #[serde(default)]
    pub style: Option<Value>,
    /// How a browser shows text before the font is there.
    #[serde(default)]
    pub display: Option<String>,
}

/// A font's file: a path, or a mapping with `path`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FontFiles {
    /// A path.
    Path(String),
    /// A path with the weight and style of its font.
    File(FontFile),
}

/// A font's file with its weight and style.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FontFile {
    /// The file, relative to the brand file.
    pub path: String,
    /// The weight, which the file itself says too.
    #[serde(default)]
    pub weight: Option<Value>,
    /// The style, which the file itself says too.
    #[serde(default)]
    pub style: Option<String>,
}

/// The face of a role: a family, or a mapping with `family`, `chinese` and `weight`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Face {
    /// A family.
    Family(String),
    /// A family with its settings.
    Settings(Box<FaceSettings>),
}

/// A family with its settings.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FaceSettings {
    /// The family of Latin letters; of Chinese too, if it has them.
    #[serde(default)]
    pub family: Option<String>,
    /// The family of Chinese characters.
    #[serde(default)]
    pub chinese: Option<String>,
    /// The weight: a number from 100 to 900, or a name such as `bold`.
    #[serde(default)]
    pub weight: Option<Weight>,
    /// The size on a screen; a template has its own.
    #[serde(default)]
    pub size: Option<Value>,
    /// The height of lines on a screen; a template has its own.
    #[serde(default)]
    pub line_height: Option<Value>,
    /// The style.
    #[serde(default)]
    pub style: Option<Value>,
    /// The colour.
    #[serde(default)]
    pub color: Option<Value>,
    /// The colour behind the text.
    #[serde(default)]
    pub background_color: Option<Value>,
}

/// A weight: a number from 100 to 900, or a name such as `bold`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Weight {
    /// A number.
    Number(#[schemars(range(min = 100, max = 900))] u16),
    /// A name of CSS.
    Name(String),
}

impl Face {
    /// Returns the families of Latin letters and of Chinese, where they are given.
    pub fn families(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Family(name) => (Some(name), None),
            Self::Settings(settings) => (settings.family.as_deref(), settings.chinese.as_deref()),
        }
    }

    /// Returns its settings, if it has some.
    pub fn settings(&self) -> Option<&FaceSettings> {
        match self {
            Self::Family(_) => None,
            Self::Settings(settings) => Some(settings),
        }
    }

    /// Returns the weight as a number; `None` if none is given, or its name means nothing.
    pub fn weight(&self) -> Option<u16> {
        match self.settings()?.weight.as_ref()? {
            Weight::Number(number) => Some(*number),
            Weight::Name(name) => {
                let names = [
                    ("thin", 100),
                    ("extra-light", 200),
                    ("ultra-light", 200),
                    ("light", 300),
                    ("normal", 400),
                    ("regular", 400),
                    ("medium", 500),
                    ("semi-bold", 600),
                    ("demi-bold", 600),
                    ("bold", 700),
                    ("extra-bold", 800),
                    ("ultra-bold", 800),
                    ("black", 900),
                ];
                names.into_iter().find(|(known, _)| known == name).map(|(_, number)| number)
            }
        }
    }
}
