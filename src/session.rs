//! A project kept open: one warm world, and only what changed is done again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{self, Findings};
use crate::content::{CONTENT, Project};
use crate::diagnostic::Problems;
use crate::error::Error;
use crate::model::{Profile, Report, ReportConfig};
use crate::output::{self, Request, Written};
use crate::pdf;
use crate::pipeline::{self, Edition, Job, Prepared};
use crate::progress::{Progress, Step};
use crate::template::TEMPLATES;
use crate::world::{FONTS, Files, Fonts, ReportWorld};

/// The folders of a project whose files make the report.
pub const SOURCE_FOLDERS: [&str; 3] = [CONTENT, TEMPLATES, FONTS];

/// How many compilations a cached result may go unused before it is dropped.
const KEPT_GENERATIONS: usize = 10;

/// An open project.
pub struct Session {
    project: Project,
    fonts: Arc<Fonts>,
    world: Option<ReportWorld>,
    config: Option<ReportConfig>,
    job: Job,
    progress: Box<dyn Progress>,
}

impl Session {
    /// Opens the project in a folder; `system_fonts` allows the machine's fonts beside the project's.
    pub fn open(folder: impl Into<PathBuf>, system_fonts: bool) -> Result<Self, Error> {
        let project = Project::new(folder);
        let fonts = Arc::new(Fonts::of(project.root(), system_fonts)?);
        Ok(Self { project, fonts, world: None, config: None, job: Job::default(), progress: Box::new(|_| {}) })
    }

    /// Says how the report is to be made.
    pub fn set_job(&mut self, job: Job) {
        self.job = job;
    }

    /// Says who is told of each step.
    pub fn set_progress(&mut self, progress: impl Progress + 'static) {
        self.progress = Box::new(progress);
    }

    /// The fonts that the report may use.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Reads the content and the template, without a layout.
    pub fn prepare(&self) -> Result<Prepared, Error> {
        self.progress.begins(Step::Reading);
        pipeline::prepare(&self.project, &self.fonts, &self.job)
    }

    /// Lays the report out as its files are now.
    pub fn compile(&mut self) -> Result<Edition, Error> {
        let Prepared { report, files, main, warnings, .. } = self.prepare()?;
        let mut edition = match self.lay_out(&report, files, &main) {
            // What content was warned of is told with what stopped the layout.
            Err(Error::Content(errors)) => return Err(Error::Content(errors.into_iter().chain(warnings).collect())),
            done => done?,
        };
        let mut found = Problems::default();
        found.extend(std::mem::take(&mut edition.warnings));
        check::weigh(&mut found, &report);
        let failed = found.has_errors();
        edition.warnings = warnings.into_iter().chain(found.sorted()).collect();
        self.config = Some(report.config);
        if failed { Err(Error::Content(edition.warnings)) } else { Ok(edition) }
    }

    /// Everything that can be wrong with the report, as its files are now: its content, then its pages.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # trendpress::starter::write(folder.path())?;
    /// let mut session = trendpress::session::Session::open(folder.path(), false)?;
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

    /// The same without a layout: it takes some milliseconds.
    pub fn check_content(&mut self) -> Findings {
        self.find(false)
    }

    fn find(&mut self, pages: bool) -> Findings {
        self.progress.begins(Step::Reading);
        let reading = pipeline::read(&self.project, &self.fonts, &self.job, true);
        let (mut problems, prepared) = reading.split();
        let mut count = None;
        let report = match prepared {
            Err(report) => report,
            Ok(Prepared { report, files, main, .. }) => {
                match pages.then(|| self.lay_out(&report, files, &main)) {
                    Some(Ok(edition)) => {
                        count = Some(edition.flaws.pages);
                        problems.extend(edition.warnings);
                        let tokens = pipeline::press::tokens(&edition.document);
                        check::layout(&edition.flaws, &tokens, &report.place, &mut problems);
                    }
                    Some(Err(Error::Content(found))) => problems.extend(found),
                    _ => {}
                }
                Some(report)
            }
        };
        if let Some(report) = &report {
            let idle = check::idle(problems.list(), report, count.is_some());
            problems.extend(idle);
            check::weigh(&mut problems, report);
        }
        Findings { list: problems.sorted(), pages: count }
    }

    fn lay_out(&mut self, report: &Report, files: Files, main: &str) -> Result<Edition, Error> {
        self.progress.begins(Step::LayingOut);
        let world = match self.world.take() {
            Some(mut world) => {
                world.update(files, main);
                world
            }
            None => ReportWorld::new(self.fonts.clone(), files, main),
        };
        let edition = pipeline::lay_out(&world, report, self.job.fit, vec![]);
        self.world = Some(world);
        // What is no longer used goes while the pages are written: nobody waits for it.
        rayon::spawn(|| typst::comemo::evict(KEPT_GENERATIONS));
        edition
    }

    /// Lays the report out and writes it: [`compile`](Self::compile) and [`write`](Self::write) in one.
    pub fn render(&mut self, request: &Request) -> Result<(Edition, Written), Error> {
        let edition = self.compile()?;
        let written = self.write(&edition, request)?;
        Ok((edition, written))
    }

    /// Writes an edition to a file, or to a file a page; what was there stays until the new one is whole.
    pub fn write(&self, edition: &Edition, request: &Request) -> Result<Written, Error> {
        output::refuse_inside(&request.path, &SOURCE_FOLDERS.map(|name| self.root().join(name)))?;
        let (Some(world), Some(config)) = (&self.world, &self.config) else { return Err(Error::Content(vec![])) };
        self.progress.begins(Step::Writing);
        output::write(edition, request, self.job.output.profile, |pages| match self.job.output.profile {
            Profile::Screen => {
                let bytes = pdf::export(world, &edition.document, &config.title, pages).map_err(Error::Content)?;
                Ok((bytes, vec![]))
            }
            Profile::Press | Profile::Proof => {
                pipeline::press::file(world, edition, &self.project, config, &self.job, pages, &*self.progress)
            }
        })
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        self.project.root()
    }
}
