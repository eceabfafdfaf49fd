//! `--report`: what was found as a web page, or as a PDF with a page for each file.

use std::path::{Path, PathBuf};

use l10n::say;
use preflight::Profile;
use trendpress::inspection::{self, Inspected};
use trendpress::output::Outputs;

use crate::failure::Failure;

/// Takes the name of a report.
pub(super) fn report(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let known = is(&path, "html") || is(&path, "pdf");
    if known {
        Ok(path)
    } else {
        Err(say!("the report is a web page or a PDF: use the extension `.html` or `.pdf`"))
    }
}

fn is(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// Makes the report on files, of the kind that its name asks for.
pub(super) fn bytes(
    out: &Path,
    files: &[Inspected],
    profile: &Profile,
) -> Result<Vec<u8>, Failure> {
    if is(out, "pdf") {
        return Ok(inspection::pdf(files, profile)?);
    }
    Ok(inspection::html(files, profile).into_bytes())
}

/// Writes the report on files.
pub(super) fn write(
    out: &Path,
    files: &[Inspected],
    profile: &Profile,
    outputs: &Outputs,
) -> Result<(), Failure> {
    outputs.write(&[(out.to_owned(), bytes(out, files, profile)?)], &[])?;
    Ok(())
}
