//! The files available to a template: its own, the data, and the author's images.

use std::collections::BTreeMap;
use std::path::{Component, PathBuf};

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};
use typst_kit::files::FileLoader;

use crate::reading::bounded::{self, MAX_FILE};
use crate::reading::model::PartFile;
use source::Place;

/// Files by their path from the root, with a leading `/`: those kept in memory, and those below
/// one folder on disk.
#[derive(Debug, Clone, Default)]
pub struct Files {
    kept: BTreeMap<String, Bytes>,
    written: BTreeMap<String, Written>,
    /// The path prefix and the folder on disk of `/content/`.
    content: Option<(String, PathBuf)>,
}

/// Where an author wrote what a part's data holds.
#[derive(Debug, Clone)]
pub struct Written {
    /// The part.
    pub place: Place,
    /// Its files.
    pub files: Vec<PartFile>,
    /// The entries of a list of references.
    pub entries: Vec<Option<Place>>,
}

impl Files {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a file under a path.
    pub fn keep(&mut self, path: impl Into<String>, bytes: Bytes) {
        self.kept.insert(path.into(), bytes);
    }

    /// Says where the data that is kept under a path was written.
    pub fn trace(&mut self, path: impl Into<String>, written: Written) {
        self.written.insert(path.into(), written);
    }

    /// Returns where the data under a path was written.
    pub fn written(&self, path: &str) -> Option<&Written> {
        self.written.get(path)
    }

    /// Serves the files below `folder` under paths that begin with `prefix`.
    ///
    /// Nothing outside of the folder is served, through `..` or a symbolic link.
    pub fn serve(&mut self, prefix: impl Into<String>, folder: PathBuf) {
        self.content = Some((prefix.into(), folder));
    }

    /// Returns the kept files and their paths.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.kept.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Returns the kept files themselves.
    pub(in crate::setting) fn all(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.kept.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    fn load_from_disk(&self, path: &str) -> FileResult<Bytes> {
        let missing = || FileError::NotFound(path.into());
        let (prefix, folder) = self.content.as_ref().ok_or_else(missing)?;
        let relative = PathBuf::from(path.strip_prefix(prefix.as_str()).ok_or_else(missing)?);
        if relative.components().any(|component| !matches!(component, Component::Normal(_))) {
            return Err(FileError::AccessDenied);
        }
        let real = folder
            .join(&relative)
            .canonicalize()
            .map_err(|error| FileError::from_io(error, &relative))?;
        let root = folder.canonicalize().map_err(|error| FileError::from_io(error, folder))?;
        if !real.starts_with(root) {
            return Err(FileError::AccessDenied);
        }
        bounded::read(&real, MAX_FILE)
            .map(Bytes::new)
            .map_err(|error| FileError::from_io(error, &relative))
    }
}

impl FileLoader for Files {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let rooted = id.get();
        if let VirtualRoot::Package(spec) = rooted.root() {
            // Templates are whole in themselves: no network, no packages.
            return Err(FileError::Package(PackageError::NotFound(spec.clone())));
        }
        let path = rooted.vpath().get_with_slash();
        self.kept.get(path).cloned().map_or_else(|| self.load_from_disk(path), Ok)
    }
}

/// Returns the id of a path with a leading `/`.
pub(super) fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a template's name is a plain folder's");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
