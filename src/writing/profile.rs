//! The profile of the press, and the condition that it is made for.

use l10n::say;
use pdfx::{COATED, COATED_CONDITION};
use source::Place;

use crate::error::{Error, RequestError};
use crate::reading::bounded::{self, MAX_FILE};
use crate::reading::{SETTINGS, shown};
use crate::setting::Edition;

/// Returns the output profile and its condition: from the command line, from `report.yaml`, or
/// built in.
pub(super) fn of(edition: &Edition) -> Result<(Vec<u8>, String), Error> {
    let (config, job) = (&edition.config, &edition.job);
    let condition = job.condition.clone().or_else(|| config.press.output_condition.clone());
    let profile = match (&job.icc, &config.press.icc) {
        (Some(path), _) => {
            bounded::read(path, MAX_FILE).map_err(Error::machine(say!("cannot read"), path))?
        }
        (None, Some(name)) => edition.project.bytes(name, &Place::start_of(shown(SETTINGS)))?,
        (None, None) => {
            return Ok((COATED.to_vec(), condition.unwrap_or_else(|| COATED_CONDITION.to_owned())));
        }
    };
    // A profile does not say for which condition it was made: its maker does.
    Ok((profile, condition.ok_or(RequestError::NoCondition)?))
}
