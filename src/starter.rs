//! A small report that renders at once, to begin from.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::error::{Error, UsageError};

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/starter");

/// Writes the starter report into a new or empty folder.
pub fn write(folder: &Path) -> Result<(), Error> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(UsageError::NotEmpty(folder.to_owned()).into());
    }
    fs::create_dir_all(folder).map_err(Error::machine("cannot make", folder))?;
    STARTER.extract(folder).map_err(Error::machine("cannot write", folder))
}
