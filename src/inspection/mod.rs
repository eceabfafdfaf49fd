//! What a preflight found in PDFs, as a report that people send on: a page for each file, as a PDF
//! set by the kit or as a web page. Its words are those of the process's language.

mod html;
mod look;
mod sheet;
mod told;

use l10n::counts;
use l10n::say;
use preflight::{Preflight, Profile};
use source::Severity;

pub use html::html;
pub use sheet::pdf;

/// A file, and what came of its preflight.
#[derive(Debug)]
pub struct Inspected {
    /// Its name.
    pub name: String,
    /// What was found, with the [looks](preflight::Look) of its pages; or why it was not read.
    pub outcome: Result<Preflight, String>,
    /// What was mended in it before, a sentence each.
    pub mended: Vec<String>,
}

impl Inspected {
    /// Whether it is fit to print.
    pub fn passes(&self) -> bool {
        self.outcome.as_ref().is_ok_and(Preflight::passes)
    }
}

/// The title of a report: the file's name, or how many are fit to print.
fn title(files: &[Inspected]) -> String {
    match files {
        [file] => file.name.clone(),
        _ => summary(files),
    }
}

/// Says how many files are fit to print.
fn summary(files: &[Inspected]) -> String {
    let (passed, all) = (files.iter().filter(|file| file.passes()).count(), files.len());
    say!("{passed} of {all} files are fit to print", passed, all)
}

/// Counts errors and warnings.
fn counts(report: &Preflight) -> String {
    let errors = counts::errors(report.count(Severity::Error));
    let warnings = counts::warnings(report.count(Severity::Warning));
    say!("{errors}, {warnings}", errors, warnings)
}

/// Names the profile that files were held to.
fn standard(profile: &Profile) -> String {
    let title = match &*profile.name {
        "x4" => say!("PDF/X-4 alone"),
        "x1a" => say!("PDF/X-1a alone"),
        "x3" => say!("PDF/X-3 alone"),
        "gwg-sheetfed" => say!("GWG 2022, sheet-fed offset, CMYK"),
        "gwg-web" => say!("GWG 2022, heatset web offset, CMYK"),
        "gwg-newspaper" => say!("GWG 2022, newspapers, CMYK"),
        "gwg-digital" => say!("GWG 2022, digital printing, CMYK"),
        "house" => say!("norms of Chinese printing houses, sheet-fed, coated paper"),
        // The title of a printing house's own, in its own words.
        _ => profile.title.clone(),
    };
    say!("checked by the profile `{name}`: {title}", name = profile.name, title)
}
