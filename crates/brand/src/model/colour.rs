//! Colours as they are written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// The colours of a house: a palette of names, and the roles that they play.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Colours {
    /// The house's colours by name: each a colour in quotes, the name of another, or a mapping with
    /// `value`, `ink` and `spot`.
    #[serde(default)]
    pub palette: BTreeMap<String, ColourValue>,
    /// The colour of titles and dark grounds, unless `dark` is given: a colour in quotes, or a name
    /// of the palette. Text is black ink alone.
    #[serde(default)]
    pub foreground: Option<ColourValue>,
    /// The colour behind text on a screen; in print it is the paper's.
    #[serde(default)]
    pub background: Option<ColourValue>,
    /// The main colour: a colour in quotes, or a name of the palette.
    #[serde(default)]
    pub primary: Option<ColourValue>,
    /// The second colour, which charts use beside the first.
    #[serde(default)]
    pub secondary: Option<ColourValue>,
    /// The third colour.
    #[serde(default)]
    pub tertiary: Option<ColourValue>,
    /// The colour of tips.
    #[serde(default)]
    pub success: Option<ColourValue>,
    /// The colour of notes.
    #[serde(default)]
    pub info: Option<ColourValue>,
    /// The colour of warnings.
    #[serde(default)]
    pub warning: Option<ColourValue>,
    /// The colour of values below zero, and of warnings where a template has one tone for both.
    #[serde(default)]
    pub danger: Option<ColourValue>,
    /// The palest colour: the grounds of boxes.
    #[serde(default)]
    pub light: Option<ColourValue>,
    /// The darkest colour: titles and dark grounds.
    #[serde(default)]
    pub dark: Option<ColourValue>,
    /// The colour of links and of other coloured text.
    #[serde(default)]
    pub link: Option<ColourValue>,
    /// The colours of series in charts, in their order, at most twelve.
    #[serde(default)]
    #[schemars(length(max = 12))]
    pub data: Vec<ColourValue>,
    /// The tones of a template by their own names, which are taken as they are.
    #[serde(default)]
    pub tokens: BTreeMap<String, ColourValue>,
}

/// A colour: `"#00594C"` in quotes, a name of the palette or of CSS, or a mapping with `value`,
/// `ink` and `spot`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ColourValue {
    /// A colour or a name.
    Text(String),
    /// A colour with its inks.
    Mixed(Swatch),
}

/// A colour with what the press needs.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Swatch {
    /// The colour on a screen, such as `"#00594C"`; if omitted, what the inks look like.
    #[serde(default)]
    pub value: Option<String>,
    /// The inks in per cent: cyan, magenta, yellow, black.
    #[serde(default)]
    #[schemars(inner(range(min = 0, max = 100)))]
    pub ink: Option<[f32; 4]>,
    /// The name of a spot colour, which gets a plate of its own.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub spot: Option<String>,
    /// The colour on a light screen: print takes this one.
    #[serde(default)]
    pub light: Option<String>,
    /// The colour on a dark screen.
    #[serde(default)]
    pub dark: Option<String>,
}

impl Colours {
    /// Returns the roles that are given, by their names.
    pub fn roles(&self) -> impl Iterator<Item = (&'static str, &ColourValue)> {
        [
            ("foreground", &self.foreground),
            ("background", &self.background),
            ("primary", &self.primary),
            ("secondary", &self.secondary),
            ("tertiary", &self.tertiary),
            ("success", &self.success),
            ("info", &self.info),
            ("warning", &self.warning),
            ("danger", &self.danger),
            ("light", &self.light),
            ("dark", &self.dark),
            ("link", &self.link),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_ref()?)))
    }
}
