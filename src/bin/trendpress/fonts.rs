//! `fonts`: lists the fonts that a report may use.

use std::process::ExitCode;

use l10n::say;
use trendpress::setting::world::Origin;

use crate::failure::Failure;
use crate::options::ProjectArgs;
use crate::stdout;

pub(crate) fn run(args: &ProjectArgs) -> Result<ExitCode, Failure> {
    let session = args.open()?;
    for (info, origin) in session.fonts().list() {
        let characters = info.coverage.iter().count();
        let origin = match origin {
            Origin::File(path) => path.display().to_string(),
            Origin::BuiltIn(path) => say!("built in: {path}", path),
        };
        stdout::line(&format!(
            "{}\t{:?}\t{}\t{}\t{origin}",
            info.family,
            info.variant.style,
            info.variant.weight.to_number(),
            say!("{characters} characters", characters)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
