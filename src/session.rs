//! A project kept open: one warm world, and only what changed is done again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::content::{CONTENT, Project};
use crate::error::Error;
use crate::fit::Mode;
use crate::output::{self, Request, Written};
use crate::pipeline::{self, Edition, Prepared};
use crate::template::TEMPLATES;
use crate::world::{FONTS, Fonts, ReportWorld};

/// The folders of a project whose files make the report.
pub const SOURCE_FOLDERS: [&str; 3] = [CONTENT, TEMPLATES, FONTS];

/// How many compilations a cached result may go unused before it is dropped.
const KEPT_GENERATIONS: usize = 10;

/// An open project.
pub struct Session {
    project: Project,
    fonts: Arc<Fonts>,
    world: Option<ReportWorld>,
    title: String,
    mode: Mode,
}

impl Session {
    /// Opens the project in a folder; `system_fonts` allows the machine's fonts beside the project's.
    pub fn open(folder: impl Into<PathBuf>, system_fonts: bool) -> Result<Self, Error> {
        let project = Project::new(folder);
        let fonts = Arc::new(Fonts::of(project.root(), system_fonts)?);
        Ok(Self { project, fonts, world: None, title: String::new(), mode: Mode::default() })
    }

    /// Says how parts are brought to their page budgets.
    pub fn set_fit(&mut self, mode: Mode) {
        self.mode = mode;
    }

    /// The fonts that the report may use.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Reads the content and the template, without a layout.
    pub fn prepare(&self) -> Result<Prepared, Error> {
        pipeline::prepare(&self.project, &self.fonts, self.mode)
    }

    /// Lays the report out as its files are now.
    pub fn compile(&mut self) -> Result<Edition, Error> {
        let Prepared { report, files, main, warnings, .. } = self.prepare()?;
        let world = match self.world.take() {
            Some(mut world) => {
                world.update(files, &main);
                world
            }
            None => ReportWorld::new(self.fonts.clone(), files, &main),
        };
        let edition = pipeline::lay_out(&world, &report, self.mode, warnings);
        self.world = Some(world);
        self.title = report.config.title;
        typst::comemo::evict(KEPT_GENERATIONS);
        edition
    }

    /// Writes an edition to a file, or to a file a page; what was there stays until the new one is whole.
    pub fn write(&self, edition: &Edition, request: &Request) -> Result<Written, Error> {
        output::refuse_inside(&request.path, &SOURCE_FOLDERS.map(|name| self.root().join(name)))?;
        match &self.world {
            Some(world) => output::write(world, edition, &self.title, request),
            None => Err(Error::Content(vec![])),
        }
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        self.project.root()
    }
}
