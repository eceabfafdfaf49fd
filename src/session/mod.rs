//! A project kept open: the world stays warm, and only what changed is done again.

mod beside;
pub mod brand;
pub mod compare;
mod read;
pub mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use source::{Diagnostic, Problems};
use variables::Given;

use crate::checking::{self, Count, Findings};
use crate::error::Error;
use crate::output::Outputs;
pub use crate::output::SOURCE_FOLDERS;
use crate::progress::{self, Progress, Step};
use crate::reading::model::{OutputProfile, Report};
use crate::reading::{self, Project};
use crate::setting::fit::Mode;
use crate::setting::inputs::Prepared;
use crate::setting::world::{Files, Fonts, ReportWorld};
use crate::setting::{self, Edition, Job};
use crate::writing::{self, Request, Written};
use read::Reading;

/// The number of compilations for which a cached result may go unused before it is dropped: what an
/// edit leaves is used by the next one, and what was undone comes back. Ten of them took a quarter more
/// memory, and made it grow twice as much over hundreds of edits.
const KEPT_GENERATIONS: usize = 3;

/// An open project.
pub struct Session {
    project: Project,
    fonts: Arc<Fonts>,
    world: Option<Arc<ReportWorld>>,
    /// The plans of the last layout.
    memory: setting::Memory,
    job: Job,
    progress: Box<dyn Progress>,
}

impl Session {
    /// Opens the project in a folder; `system_fonts` allows the machine's fonts in addition to the
    /// project's.
    pub fn open(folder: impl Into<PathBuf>, system_fonts: bool) -> Result<Self, Error> {
        let project = Project::new(folder);
        let house = reading::house_fonts(&project);
        let fonts = Arc::new(Fonts::of(project.root(), house.as_ref(), system_fonts)?);
        Ok(Self {
            project,
            fonts,
            world: None,
            memory: setting::Memory::default(),
            job: Job::default(),
            progress: Box::new(|_| {}),
        })
    }

    /// Sets values of variables, and of keys of `report.yaml` by their dotted names.
    pub fn set(&mut self, given: impl Into<Arc<[Given]>>) {
        self.project = self.project.clone().with(given);
    }

    /// Says that this session lays its report out once: nothing is kept for another layout.
    pub fn set_once(&mut self) {
        self.memory = setting::Memory::of_one();
    }

    /// Lets variables without a value have that of their example, as in a draft.
    pub fn use_examples(&mut self) {
        self.project = self.project.clone().with_examples();
    }

    /// Sets the job settings.
    pub fn set_job(&mut self, job: Job) {
        self.job = job;
    }

    /// Opens the same project again, with the fonts that are read already: a session for another
    /// thread.
    pub fn beside(&self) -> Self {
        Self {
            project: self.project.clone(),
            fonts: self.fonts.clone(),
            world: None,
            memory: setting::Memory::default(),
            job: self.job.clone(),
            progress: Box::new(|_| {}),
        }
    }

    /// Sets the progress listener.
    pub fn set_progress(&mut self, progress: impl Progress + 'static) {
        self.progress = Box::new(progress);
    }

    /// Returns the fonts available to the report.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Reads the content and the template, without a layout.
    pub fn prepare(&self) -> Result<Prepared, Error> {
        let mut found = Problems::default();
        let Reading { report, made } = self.read(false, &mut found);
        let warnings = self.weighed(found, report.as_ref());
        let warnings = warnings.map(checking::folded).map_err(checking::folded);
        let warnings = warnings.map_err(Error::Content)?;
        match report.zip(made) {
            Some((report, (files, main))) => Ok(Prepared { report, files, main, warnings }),
            None => Err(Error::Content(warnings)),
        }
    }

    /// Lays out the report from its current files.
    pub fn compile(&mut self) -> Result<Edition, Error> {
        let mut found = Problems::default();
        let (report, edition) = self.run(Passes { desk: false, pages: true }, &mut found);
        let warnings = self.weighed(found, report.as_ref());
        let warnings = warnings.map(checking::folded).map_err(checking::folded);
        let warnings = warnings.map_err(Error::Content)?;
        match edition {
            Some(edition) => Ok(Edition { warnings, ..edition }),
            None => Err(Error::Content(warnings)),
        }
    }

    /// Runs all checks on the report's current files: its content, then its pages.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # trendpress::reading::starter::write(folder.path())?;
    /// let mut session = trendpress::Session::open(folder.path(), false)?;
    /// let findings = session.check();
    /// assert!(findings.passes());
    /// for finding in &findings.list {
    ///     assert!(finding.rule().code.starts_with("TP"));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&mut self) -> Findings {
        self.find(true)
    }

    /// Runs the checks that need no layout, which takes a few milliseconds.
    pub fn check_content(&mut self) -> Findings {
        self.find(false)
    }

    fn find(&mut self, pages: bool) -> Findings {
        let mut found = Problems::default();
        let (report, edition) = self.run(Passes { desk: true, pages }, &mut found);
        if let Some(report) = &report {
            let idle = checking::idle(found.list(), report, edition.is_some());
            found.extend(idle);
        }
        let (Ok(list) | Err(list)) = self.weighed(found, report.as_ref());
        let count = report.map(|report| Count::of(&report, &list));
        Findings { list, pages: edition.map(|edition| edition.flaws.pages), count }
    }

    /// Reads, and lays out what can be laid out; findings are only ever added.
    fn run(&mut self, passes: Passes, found: &mut Problems) -> (Option<Report>, Option<Edition>) {
        let Reading { report, made } = self.read(passes.desk, found);
        let sound = report.as_ref().zip(made).filter(|_| passes.pages);
        let edition =
            sound.and_then(|(report, (files, main))| self.lay_out(report, files, &main, found));
        match (&edition, &report) {
            (Some(edition), Some(report)) if passes.desk => {
                checking::layout(&edition.flaws, &edition.declared.colours(), &report.place, found);
            }
            // The preflight tells it of what goes to the press.
            (Some(edition), _) if self.job.output.profile == OutputProfile::Screen => {
                checking::coarse(&edition.flaws, edition.config.screen_ppi, found);
            }
            _ => {}
        }
        (report, edition)
    }

    fn read(&self, thorough: bool, found: &mut Problems) -> Reading {
        progress::begins();
        self.progress.begins(Step::Reading);
        read::read(&self.project, &self.fonts, &self.job, thorough, found)
    }

    fn lay_out(
        &mut self,
        report: &Report,
        files: Files,
        main: &str,
        found: &mut Problems,
    ) -> Option<Edition> {
        self.progress.begins(Step::LayingOut);
        progress::at(|| {
            let own = main.trim_start_matches('/');
            let is_own = self.root().join(own).is_file();
            format!("{}:1:1", if is_own { own } else { "content/report.yaml" })
        });
        // An edition that is kept keeps its world: then the next one has a world of its own.
        let world = match self.world.take().and_then(Arc::into_inner) {
            Some(mut world) => {
                world.update(files, main);
                world
            }
            None => ReportWorld::new(self.fonts.clone(), files, main),
        };
        let (world, edition) =
            setting::lay_out(&self.project, world, report, &self.job, &mut self.memory, found);
        self.world = Some(world);
        // What is no longer used goes while the pages are written: nobody waits for it. Pages that are
        // made once have none to wait for, but memory.
        if !self.memory.drop_unused() {
            rayon::spawn(|| comemo::evict(KEPT_GENERATIONS));
        }
        edition
    }

    /// The one place where what was found is weighed: what is left is worth a look, or all of it
    /// is the error.
    fn weighed(
        &self,
        mut found: Problems,
        report: Option<&Report>,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        if let Some(report) = report {
            checking::weigh(&mut found, report, self.job.fit == Mode::Strict);
        }
        let failed = found.has_errors();
        let found = found.sorted();
        if failed { Err(found) } else { Ok(found) }
    }

    /// Lays out the report and writes it: [`compile`](Self::compile) and [`write`](Self::write) in
    /// one.
    pub fn render(&mut self, request: &Request) -> Result<(Edition, Written), Error> {
        let edition = self.compile()?;
        let written = self.write(&edition, request)?;
        Ok((edition, written))
    }

    /// Writes an edition to a file, or to one file per page; the old files stay until the new ones
    /// are complete.
    pub fn write(&self, edition: &Edition, request: &Request) -> Result<Written, Error> {
        self.write_with(edition, request, vec![])
    }

    /// Like [`write`](Self::write), with other files that appear together with the edition's.
    pub fn write_with(
        &self,
        edition: &Edition,
        request: &Request,
        others: Vec<(PathBuf, Vec<u8>)>,
    ) -> Result<Written, Error> {
        let mut outputs = self.outputs();
        writing::check(&request.path, &mut outputs)?;
        for (path, _) in &others {
            outputs.ask(path)?;
        }
        writing::write_with(edition, request, others, &outputs, &*self.progress)
    }

    /// What a run over this project may write.
    fn outputs(&self) -> Outputs {
        let mut outputs = Outputs::of_project(self.root());
        // A brand that several reports share lies elsewhere.
        if let Some(house) = reading::house_file(&self.project) {
            outputs = outputs.keeping(&house);
        }
        match &self.job.icc {
            Some(icc) => outputs.keeping(icc),
            None => outputs,
        }
    }

    /// Returns the project's folder.
    pub fn root(&self) -> &Path {
        self.project.root()
    }
}

/// The passes of a run over what is read and laid out.
#[derive(Clone, Copy)]
struct Passes {
    /// Whether the copy desk reads the content and looks at the pages.
    desk: bool,
    /// Whether pages are made.
    pages: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::CONTENT;
    use crate::reading::template::TEMPLATES;
    use crate::setting::world::FONTS;

    #[test]
    fn what_is_read_is_what_is_kept() {
        assert_eq!(SOURCE_FOLDERS, [CONTENT, TEMPLATES, FONTS]);
    }
}
