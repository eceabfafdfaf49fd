//! Which files a run may write, and the writing itself.

use std::path::{Path, PathBuf};

use l10n::say;

use super::place::Place;
use super::stage::Stage;
use super::{SETTINGS, SOURCE_FOLDERS};
use crate::error::{Error, RequestError};

/// The outputs of a run, and what they must leave alone.
#[derive(Debug, Default)]
pub struct Outputs {
    /// Folders that nothing is written to.
    sources: Vec<PathBuf>,
    /// Files that are read.
    inputs: Vec<PathBuf>,
    /// The files that were asked for.
    asked: Vec<Place>,
    /// Whether sources are what is written.
    into_sources: bool,
}

impl Outputs {
    /// Outputs of a run that reads the project in a folder, or its content folder.
    pub fn of_project(root: &Path) -> Self {
        Self::default().beside(root)
    }

    /// Changes to a project's own files, such as fixes.
    pub fn into_sources() -> Self {
        Self { into_sources: true, ..Self::default() }
    }

    /// Also keeps the sources of another project.
    pub fn beside(mut self, root: &Path) -> Self {
        self.sources.extend(SOURCE_FOLDERS.map(|name| root.join(name)));
        let settings = Path::new(SETTINGS).file_name().unwrap_or_default();
        if root.join(settings).is_file() {
            self.sources.push(root.to_owned());
        }
        self
    }

    /// Also keeps a file that is read.
    pub fn keeping(mut self, input: &Path) -> Self {
        self.inputs.push(input.to_owned());
        self
    }

    /// Checks that a file may be written, before the work is done; each file can be asked for
    /// once.
    pub fn ask(&mut self, path: &Path) -> Result<(), Error> {
        let place = self.allowed(path)?;
        if self.asked.iter().any(|asked| asked.is(&place)) {
            return Err(RequestError::TwoOutputs(path.to_owned()).into());
        }
        self.asked.push(place);
        Ok(())
    }

    /// Writes all files, or none: each appears as a whole, with the mode of the one that it
    /// replaces. `gone` are files of an earlier run that are taken away with it.
    pub fn write(&self, files: &[(PathBuf, Vec<u8>)], gone: &[PathBuf]) -> Result<(), Error> {
        let mut stages: Vec<Stage> = vec![];
        let mut written: Vec<Place> = vec![];
        for (path, bytes) in files {
            let failed = || Error::machine(say!("cannot write"), path);
            let place = self.allowed(path)?;
            if written.iter().any(|other| other.is(&place)) {
                return Err(RequestError::TwoOutputs(path.clone()).into());
            }
            let stage = Stage::among(&mut stages, &place.folder).map_err(failed())?;
            stage.file(&place.name, place.existing.as_ref(), bytes).map_err(failed())?;
            written.push(place);
        }
        for path in gone {
            let place = self.allowed(path)?;
            if written.iter().all(|other| !other.is(&place)) {
                let failed = Error::machine(say!("cannot remove"), path);
                Stage::among(&mut stages, &place.folder)
                    .and_then(|stage| stage.gone(&place.name))
                    .map_err(failed)?;
            }
        }
        Stage::commit(stages)
            .map_err(|(path, error)| Error::machine(say!("cannot write"), path)(error))
    }

    /// Checks that a folder which is to be made is not among a project's sources.
    pub fn allow_folder(&self, folder: &Path) -> Result<(), Error> {
        if self.is_among_sources(folder) {
            return Err(RequestError::InsideContent(folder.to_owned()).into());
        }
        Ok(())
    }

    fn allowed(&self, path: &Path) -> Result<Place, Error> {
        let place = Place::of(path)?;
        if !self.into_sources && self.is_among_sources(&place.folder) {
            return Err(RequestError::InsideContent(path.to_owned()).into());
        }
        let is_read =
            |input: &PathBuf| input.canonicalize().is_ok_and(|input| input == place.path());
        if self.inputs.iter().any(is_read) {
            return Err(RequestError::IsInput(path.to_owned()).into());
        }
        Ok(place)
    }

    /// Whether a folder, of which the last parts need not exist, is among the sources of this
    /// run's project or of any other.
    fn is_among_sources(&self, folder: &Path) -> bool {
        let existing = folder.ancestors().find_map(|above| {
            let here = above.as_os_str().is_empty();
            if here { Path::new(".") } else { above }.canonicalize().ok()
        });
        let Some(existing) = existing else { return false };
        let known = |source: &PathBuf| {
            source.canonicalize().is_ok_and(|source| existing.starts_with(source))
        };
        let of_any_project = || {
            let mut parents = existing.ancestors().skip(1).zip(existing.ancestors());
            parents.any(|(root, folder)| {
                let name = folder.file_name().unwrap_or_default();
                SOURCE_FOLDERS.iter().any(|source| name == *source) && root.join(SETTINGS).is_file()
            })
        };
        self.sources.iter().any(known) || of_any_project()
    }
}
