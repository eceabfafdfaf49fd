//! A small report to start from, which renders at once, with settings and schemas for editors.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::error::{Error, RequestError};
use crate::reading;
use l10n::say;

/// The folder of a project with the JSON Schemas, for editors that work offline.
pub const SCHEMAS: &str = "schemas";

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/reading/starter");

/// Writes the starter report, settings for VS Code and the JSON Schemas into a new or empty folder.
pub fn write(folder: &Path) -> Result<(), Error> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(RequestError::NotEmpty(folder.to_owned()).into());
    }
    let schemas = folder.join(SCHEMAS);
    fs::create_dir_all(&schemas).map_err(Error::machine(say!("cannot create"), &schemas))?;
    STARTER.extract(folder).map_err(Error::machine(say!("cannot write"), folder))?;
    for (name, schema) in reading::schemas() {
        let path = schemas.join(format!("{name}.json"));
        #[expect(
            clippy::disallowed_methods,
            reason = "the folder is new or empty: there is nothing to lose"
        )]
        fs::write(&path, format!("{schema:#}\n"))
            .map_err(Error::machine(say!("cannot write"), &path))?;
    }
    Ok(())
}
