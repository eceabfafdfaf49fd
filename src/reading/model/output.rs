//! What a report is made for.

use serde::Serialize;

/// What a report is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutputProfile {
    /// Reading: sRGB, links, tags, at the trim's size.
    #[default]
    Screen,
    /// Printing: the press's inks, bleed, PDF/X-4.
    Press,
    /// Looking at what will be printed: as for the press, with marks and a slug line.
    Proof,
}

/// What a report is made for, and what stands around its pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Output {
    /// What it is made for.
    pub profile: OutputProfile,
    /// Whether a press sheet has crop marks, registration targets and a colour bar.
    pub marks: bool,
}
