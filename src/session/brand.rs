//! A report's brand by itself: its sheet, its check, and the beginning of one.

use std::fs;
use std::path::{Path, PathBuf};

use brand::tone::Rgb;
use brand::{Press, begin as written, chosen, css};
use l10n::say;
use source::Diagnostic;

use super::Session;
use crate::error::{Error, RequestError};
use crate::output::Outputs;
use crate::reading::{self, CONTENT, colours_of};
use crate::setting::look::most_ink;
use crate::writing::{self, Request, Written};

/// The file that is begun, below `content/`.
const FILE: &str = "brand.yaml";

/// What was written to begin a brand.
#[derive(Debug)]
pub struct Begun {
    /// The brand file.
    pub file: PathBuf,
    /// The logo, where one was copied.
    pub logo: Option<PathBuf>,
}

impl Session {
    /// Draws the report's brand on one sheet, and writes it.
    pub fn brand_sheet(&mut self, request: &Request) -> Result<Written, Error> {
        let edition = self.compile()?;
        let name = reading::house_name(&self.project);
        let name = name.unwrap_or_else(|| edition.config.publisher.name.clone());
        let sheet = writing::sheet::of(edition, &name)?;
        self.write(&sheet, request)
    }

    /// Returns all that is found in the report's brand file.
    pub fn check_brand(&mut self) -> Result<Vec<Diagnostic>, Error> {
        let Some(file) = reading::brand_file(&self.project) else {
            return Err(no_brand());
        };
        let findings = self.check();
        let here =
            |found: &Diagnostic| found.place.as_ref().is_some_and(|place| place.file.path == file);
        Ok(findings.list.into_iter().filter(here).collect())
    }
}

fn no_brand() -> Error {
    Error::Content(vec![
        Diagnostic::general(say!("the report has no brand"))
            .hint(say!("`trendpress brand init` begins one")),
    ])
}

/// Begins a brand in a project's content, from a logo's colours or from given ones. Nothing that is
/// there is replaced.
pub fn begin(project: &Path, logo: Option<&Path>, colours: &[String]) -> Result<Begun, Error> {
    let content = project.join(CONTENT);
    if !content.is_dir() {
        return Err(RequestError::NoFolder(content).into());
    }
    let file = content.join(FILE);
    let mut outputs = vec![];
    let mut given: Vec<Rgb> = vec![];
    for text in colours {
        match css::read(text) {
            Some((colour, 1.0)) => given.push(colour),
            _ => return Err(RequestError::NotAColour(text.clone()).into()),
        }
    }
    let mut copied = None;
    let mut name = None;
    if let Some(logo) = logo {
        let bytes = fs::read(logo).map_err(Error::machine(say!("cannot read"), logo))?;
        if given.is_empty() {
            let all = colours_of(logo).map_err(Error::machine(say!("cannot read"), logo))?;
            given = chosen(&all);
        }
        let own = logo.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let target = content.join(&own);
        if !target.exists() {
            outputs.push((target.clone(), bytes));
            copied = Some(target);
        }
        name = Some(own);
    }
    if file.exists() {
        return Err(RequestError::BrandIsThere(file).into());
    }
    let press = Press::new(pdfx::COATED, most_ink())?;
    let text = written(&given, name.as_deref(), &press);
    outputs.push((file.clone(), text.into_bytes()));
    Outputs::into_sources().write(&outputs, &[])?;
    Ok(Begun { file, logo: copied })
}
