//! Typst's view of the outside world: files, fonts, and no clock. Each method is a single line.

mod files;
mod fonts;
mod sources;

pub use files::{Files, Written};
pub use fonts::{FONTS, Fonts, Origin, forbidden, is_font};

use std::sync::Arc;

use typst::diag::FileResult;
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::FileStore;

use sources::Sources;

/// The world of one report. Kept over several compilations, so that only what changed is done
/// again.
pub struct ReportWorld {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    files: FileStore<Files>,
    sources: Sources,
    main: FileId,
}

impl ReportWorld {
    /// Creates a world with these fonts and files, whose main file is `main` (a path with a leading
    /// `/`).
    pub fn new(fonts: Arc<Fonts>, files: Files, main: &str) -> Self {
        let main = files::id(main);
        // No inputs: they are part of the library, and a changed library compiles everything anew.
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            files: FileStore::new(files),
            sources: Sources::default(),
            main,
        }
    }

    /// Creates a world with the same fonts and other files.
    #[must_use]
    pub fn like(&self, files: Files, main: &str) -> Self {
        Self::new(self.fonts.clone(), files, main)
    }

    /// Returns the fonts.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Returns the bytes of a file by its path, with a leading `/`.
    pub(in crate::setting) fn bytes(&self, path: &str) -> Option<Bytes> {
        self.files.file(files::id(path)).ok()
    }

    /// Adds files, or replaces those of the same path.
    pub fn keep(&mut self, files: impl IntoIterator<Item = (String, Bytes)>) {
        for (path, bytes) in files {
            self.files.loader_mut().keep(path, bytes);
        }
        self.reset();
    }

    /// Returns the files.
    pub fn files(&self) -> &Files {
        self.files.loader()
    }

    /// Replaces the files; sources are edited in place.
    pub fn update(&mut self, files: Files, main: &str) {
        *self.files.loader_mut() = files;
        self.reset();
        self.main = files::id(main);
    }

    fn reset(&mut self) {
        self.files.reset();
        self.sources.age();
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(id, || self.files.file(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// Returns no date: a report's date is what its author wrote, on whatever day it is made.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
