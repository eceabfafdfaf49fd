//! What a press would lay on each page: the report is made for the press, and its plates are measured.

use std::path::Path;

use crate::error::Error;
use crate::setting::fit::Mode;
use crate::reading::model::{self, Output};
use crate::writing::Request;
use crate::setting::Job;
use preflight::{PageInk, Profile};
use crate::session::Session;
use l10n::say;

/// The inks of every page, and the limit of their sum in percent.
pub struct Inks {
    /// The pages in their order.
    pub pages: Vec<PageInk>,
    /// From here on a press may refuse a page.
    pub limit: f64,
}

/// The inks of the report in `project`, as its files are now.
pub fn measure(project: &Path, system_fonts: bool, fit: Mode) -> Result<Inks, Error> {
    let folder =
        tempfile::tempdir().map_err(Error::machine(say!("cannot make a folder for"), say!("the press file")))?;
    let path = folder.path().join("press.pdf");
    let mut session = Session::open(project, system_fonts)?;
    let output = Output { profile: model::OutputProfile::Press, marks: false };
    session.set_job(Job { fit, output, unchecked: true, ..Job::default() });
    let edition = session.compile()?;
    session.write(&edition, &Request { path: path.clone(), pages: None, ppi: 72.0 })?;
    let bytes = std::fs::read(&path).map_err(Error::machine(say!("cannot read"), &path))?;
    let profile = Profile::house();
    let limit = profile.limit(&preflight::rules::INK_PERCENT);
    Ok(Inks { pages: preflight::check(&bytes, &profile).pages, limit })
}
