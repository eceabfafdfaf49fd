//! The brand file as it is written: the structure of `brand.yml`, and what print needs besides.

mod colour;
mod logo;
mod typography;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

pub use colour::{ColourValue, Colours, Swatch};
pub use logo::{
    Cover, CoverMotif, DescribedImage, Ground, Logo, LogoGrounds, LogoImage, LogoSet, LogoSize,
    TitlePlace,
};
pub use typography::{Face, FaceSettings, FontFile, FontFiles, FontSource, Typography, Weight};

/// The look of a house: the file `brand.yaml`, or `_brand.yml` as Quarto reads it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BrandFile {
    /// What the house is called, and where it is found.
    #[serde(default)]
    pub meta: Meta,
    /// The colours: a palette of names, and the roles that they play.
    #[serde(default)]
    pub color: Colours,
    /// The fonts: their files, and the roles that they play.
    #[serde(default)]
    pub typography: Typography,
    /// The logo: one file, a mapping with `path` and `alt`, or its images and sizes.
    #[serde(default)]
    pub logo: Option<Logo>,
    /// The art of covers, unless a report has its own: `{picture: cover.jpg}`, or `{motif: rings}`.
    #[serde(default)]
    pub cover: Option<Cover>,
    /// Settings of programs that make web pages; print has no use for them.
    #[serde(default)]
    pub defaults: Option<Value>,
}

/// What the house is called, and where it is found.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Meta {
    /// The name: one, or a short and a full one.
    #[serde(default)]
    pub name: Option<Name>,
    /// The addresses of the house: one, or several by name.
    #[serde(default)]
    pub link: Option<Links>,
}

/// The house's name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Name {
    /// One name.
    One(String),
    /// A short and a full name.
    Both(Names),
}

/// A short and a full name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Names {
    /// The short name.
    #[serde(default)]
    pub short: Option<String>,
    /// The full name.
    #[serde(default)]
    pub full: Option<String>,
}

/// Addresses of the house.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Links {
    /// One address.
    One(String),
    /// Addresses by name, such as `home`.
    Named(BTreeMap<String, String>),
}

impl Name {
    /// Returns the name in full.
    pub fn full(&self) -> Option<&str> {
        match self {
            Self::One(name) => Some(name),
            Self::Both(names) => names.full.as_deref().or(names.short.as_deref()),
        }
    }
}
