//! The output settings of a report.

use serde::Serialize;

/// The purpose of an output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutputProfile {
    /// For reading: sRGB, links, tags, at trim size.
    #[default]
    Screen,
    /// For printing: CMYK inks, bleed, PDF/X-4.
    Press,
    /// For proofing: as for the press, with marks and a slug line.
    Proof,
}

/// The purpose of an output, and the marks around its pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Output {
    /// Its purpose.
    pub profile: OutputProfile,
    /// Whether a press sheet has crop marks, registration targets and a colour bar.
    pub marks: bool,
}
