//! The inks a press would print on each page: the report is made for the press, and its plates
//! are measured.

use std::path::Path;

use crate::error::Error;
use crate::output::Scratch;
use crate::reading::model::{self, Output};
use crate::session::Session;
use crate::setting::Job;
use crate::setting::fit::Mode;
use crate::writing::Request;
use l10n::say;
use preflight::{PageInk, Profile};

/// The inks of every page, and the total ink limit in percent.
pub struct InkView {
    /// The pages in order.
    pub pages: Vec<PageInk>,
    /// The total ink above which a press may refuse a page.
    pub limit: f64,
}

/// Measures the inks of the report in `project`, from its current files.
pub fn measure(project: &Path, system_fonts: bool, fit: Mode) -> Result<InkView, Error> {
    let folder = Scratch::new().map_err(Error::machine(
        say!("cannot create a temporary folder for"),
        say!("the press file"),
    ))?;
    let path = folder.path().join("press.pdf");
    let mut session = Session::open(project, system_fonts)?;
    let output = Output { profile: model::OutputProfile::Press, marks: false };
    session.set_job(Job { fit, output, unchecked: true, ..Job::default() });
    let edition = session.compile()?;
    session.write(&edition, &Request { path: path.clone(), pages: None, ppi: 72.0 })?;
    let bytes = std::fs::read(&path).map_err(Error::machine(say!("cannot read"), &path))?;
    let profile = Profile::house();
    let limit = profile.limit(&preflight::rules::INK_PERCENT);
    Ok(InkView { pages: preflight::check(&bytes, &profile).pages, limit })
}
