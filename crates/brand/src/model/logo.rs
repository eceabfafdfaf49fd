//! Logos and covers as they are written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The logo: one file, a mapping with `path` and `alt`, or its images and sizes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Logo {
    /// One file for all sizes, relative to the brand file.
    File(String),
    /// Images and sizes.
    Set(Box<LogoSet>),
}

/// The images of a logo, and the sizes that they are for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LogoSet {
    /// One file for all sizes that are not given, relative to the brand file.
    #[serde(default)]
    pub path: Option<String>,
    /// What that file shows, for those who do not see it.
    #[serde(default)]
    pub alt: Option<String>,
    /// The images by name: each a file relative to the brand file, or a mapping with `path` and
    /// `alt`.
    #[serde(default)]
    pub images: BTreeMap<String, LogoImage>,
    /// The logo of running heads: a name of `images`, a file, a mapping with `path` and `alt`, or one
    /// of `light` and `dark`.
    #[serde(default)]
    pub small: Option<LogoSize>,
    /// The logo of back covers and colophons.
    #[serde(default)]
    pub medium: Option<LogoSize>,
    /// The logo of covers.
    #[serde(default)]
    pub large: Option<LogoSize>,
    /// The space that the logo keeps free around it, as a share of its height.
    #[serde(default)]
    #[schemars(range(min = 0, max = 2))]
    pub safe: Option<f32>,
    /// The least height of the logo in print, such as `6mm`: where a page has less for it, it is left
    /// out there.
    #[serde(default)]
    #[schemars(regex(pattern = r"^\d+(\.\d+)?(mm|cm|in|pt)$"))]
    pub least: Option<String>,
}

/// An image of a logo: a file, or a mapping with `path` and `alt`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LogoImage {
    /// A file, relative to the brand file.
    Path(String),
    /// A file with a text for those who do not see it.
    Described(DescribedImage),
}

/// A file with a text for those who do not see it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedImage {
    /// The file, relative to the brand file.
    pub path: String,
    /// What it shows.
    #[serde(default)]
    pub alt: Option<String>,
}

/// A logo of a size: a name of `images`, a file, a mapping with `path` and `alt`, or one of `light`
/// and `dark`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LogoSize {
    /// One for all grounds.
    One(String),
    /// One for light grounds, and one for dark ones.
    Both(LogoGrounds),
}

/// A logo for light grounds, and one for dark ones; or one for both.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LogoGrounds {
    /// The logo on all grounds that have none of their own, relative to the brand file.
    #[serde(default)]
    pub path: Option<String>,
    /// What that file shows, for those who do not see it.
    #[serde(default)]
    pub alt: Option<String>,
    /// The logo on light grounds.
    #[serde(default)]
    pub light: Option<LogoImage>,
    /// The logo on dark grounds, and on pictures that are dark.
    #[serde(default)]
    pub dark: Option<LogoImage>,
}

/// The art of a cover: a picture over all of it, and where the title stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cover {
    /// A picture that fills the cover beyond its trim: pixels, a drawing, or a page of a PDF.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub picture: Option<String>,
    /// The page of a PDF, counted from 1; the first if omitted.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub page: Option<u32>,
    /// A figure that the template draws in the place of a picture: `rings`, `tiles` or `waves`.
    #[serde(default)]
    pub motif: Option<CoverMotif>,
    /// The number that a motif is drawn from: each gives another figure.
    #[serde(default)]
    #[schemars(range(max = 1_000_000))]
    pub seed: Option<u32>,
    /// What a cover without a title says and shows, for those who do not see it.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub alt: Option<String>,
    /// The point of the picture that stays in sight on any page: from its left and from its upper
    /// edge, in per cent.
    #[serde(default)]
    #[schemars(inner(range(min = 0, max = 100)))]
    pub focus: Option<[f32; 2]>,
    /// Where the title stands: `top`, `bottom`, or `none` where the picture is a finished cover.
    #[serde(default)]
    pub title: TitlePlace,
    /// Whether the title stands on a `dark` ground or on a `light` one.
    #[serde(default)]
    pub ground: Ground,
}

/// A figure that a template draws on a cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CoverMotif {
    /// Rings around three points.
    Rings,
    /// Quarters of circles in a grid.
    Tiles,
    /// Waves over each other.
    Waves,
}

/// Where a cover's title stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TitlePlace {
    /// At the head.
    #[default]
    Top,
    /// At the foot.
    Bottom,
    /// In the picture.
    None,
}

/// The ground of a cover's title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// A dark ground, under white text.
    #[default]
    Dark,
    /// A light ground, under dark text.
    Light,
}

impl LogoImage {
    /// Returns the file and the text for those who do not see it.
    pub fn parts(&self) -> (&str, Option<&str>) {
        match self {
            Self::Path(path) => (path, None),
            Self::Described(image) => (&image.path, image.alt.as_deref()),
        }
    }
}
