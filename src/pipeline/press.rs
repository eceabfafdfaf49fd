//! From an edition to a press file: the profile, the colours that the template declares, the pass.

use serde::Deserialize;
use typst::layout::PageRanges;
use typst_layout::PagedDocument;

use super::{Edition, Job, preflight};
use crate::content::Project;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, UsageError};
use crate::model::{Profile, ReportConfig};
use crate::pdf;
use crate::press::{self, COATED, COATED_CONDITION, Settings, Token};
use crate::progress::{Progress, Step};
use crate::words::say;
use crate::world::ReportWorld;

/// What a template says of its press output: the note `<output>` in its pages.
#[derive(Debug, Default, Deserialize)]
struct Declared {
    /// How far colour reaches beyond the trim, in points.
    bleed: f64,
    /// Colours as `#RRGGBB`, and their inks in per cent.
    tokens: Vec<(String, [f32; 4])>,
}

impl Declared {
    fn of(document: &PagedDocument) -> Self {
        let mut notes = pdf::values(document, "output").into_iter();
        notes.find_map(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }
}

/// The colours that the template declares: red, green, blue.
pub fn tokens(document: &PagedDocument) -> Vec<[u8; 3]> {
    Declared::of(document).tokens.iter().filter_map(|(screen, _)| rgb(screen)).collect()
}

/// The bytes of an edition as PDF/X-4, and what the preflight warns of; what it forbids is an error.
pub fn file(
    world: &ReportWorld,
    edition: &Edition,
    project: &Project,
    config: &ReportConfig,
    job: &Job,
    pages: Option<PageRanges>,
    progress: &dyn Progress,
) -> Result<(Vec<u8>, Vec<Diagnostic>), Error> {
    let chosen = |index: &usize| pages.as_ref().is_none_or(|pages| pages.includes_page_index(*index));
    let held: Vec<usize> = (0..edition.document.pages().len()).filter(chosen).collect();
    let bytes = pdf::export_press(world, &edition.document, &config.title, pages).map_err(Error::Content)?;
    let declared = Declared::of(&edition.document);
    let tokens = declared
        .tokens
        .iter()
        .filter_map(|(screen, inks)| Some(Token { screen: rgb(screen)?, inks: inks.map(|share| share / 100.0) }))
        .collect();
    let (profile, condition) = profile(project, config, job)?;
    let mut date = config.date.split('-').filter_map(|number| number.parse::<u16>().ok());
    let date = (
        date.next().unwrap_or(1),
        date.next().and_then(|month| month.try_into().ok()).unwrap_or(1),
        date.next().and_then(|day| day.try_into().ok()).unwrap_or(1),
    );
    let settings = Settings { profile, condition, bleed: declared.bleed, tokens, title: config.title.clone(), date };
    let bytes = press::finish(&bytes, &settings).map_err(Error::Press)?;
    // A proof is looked at: its marks are no fault, and what it shows is told when it is printed.
    if job.unchecked || job.output.profile != Profile::Press {
        return Ok((bytes, vec![]));
    }
    progress.begins(Step::Checking);
    let found = preflight::findings(&bytes, edition, &held, &config.press.spots);
    if found.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(Error::Content(found));
    }
    Ok((bytes, found))
}

/// The output profile and its condition: of the command line, of `report.yaml`, or the built-in one.
fn profile(project: &Project, config: &ReportConfig, job: &Job) -> Result<(Vec<u8>, String), Error> {
    let condition = job.condition.clone().or_else(|| config.press.output_condition.clone());
    let profile = match (&job.icc, &config.press.icc) {
        (Some(path), _) => std::fs::read(path).map_err(Error::machine(say!("cannot read"), path))?,
        (None, Some(name)) => {
            let asked = crate::diagnostic::Place::start_of(crate::content::shown(crate::content::SETTINGS));
            project.bytes(name, &asked)?
        }
        (None, None) => return Ok((COATED.to_vec(), condition.unwrap_or_else(|| COATED_CONDITION.to_owned()))),
    };
    // A profile does not say for which condition it was made: its maker does.
    Ok((profile, condition.ok_or(UsageError::NoCondition)?))
}

/// `#RRGGBB` as three bytes.
fn rgb(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
mod tests {
    use super::rgb;

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(rgb("#00216B"), Some([0, 33, 107]));
        assert_eq!(rgb("00216B"), None);
        assert_eq!(rgb("#00216"), None);
        assert_eq!(rgb("#00216Z"), None);
    }
}
