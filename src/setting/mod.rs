//! From a [`Report`] to pages: what Typst is given, the layout, and what can be read from its
//! frames.

mod apart;
mod area;
mod around;
mod astray;
mod blame;
mod blank;
mod bounds;
mod broken;
pub mod compile;
mod conservation;
mod covered;
mod depicted;
mod expected;
pub mod explain;
mod filling;
pub mod fingerprint;
mod finish;
pub mod fit;
mod flaws;
pub(crate) mod frames;
pub mod inputs;
mod lines;
mod links;
pub mod look;
mod marked;
pub mod notes;
mod origins;
mod overprint;
mod owned;
pub mod pictures;
mod plan;
mod printed;
mod report;
mod too_wide;
pub mod world;

use std::path::PathBuf;
use std::sync::Arc;

use source::{Diagnostic, Problems};
use typst_layout::PagedDocument;

use crate::reading::Project;
use crate::reading::model::{Output, Report, ReportConfig};
use fit::Mode;
use notes::Declared;
use world::ReportWorld;

pub use area::Area;
pub use flaws::{Flaws, HousePicture, PlacedDrawing, PlacedPicture, SmallWords, Words};
pub use origins::{Origins, Placed, PlacedKind, Spot};
pub use plan::Memory;
pub use report::{LayoutReport, PartLayout, WorstLine};

/// The settings of a run.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The treatment of page budgets.
    pub fit: Mode,
    /// The output settings.
    pub output: Output,
    /// The ICC profile of the press, overriding that of the settings and the built-in one.
    pub icc: Option<PathBuf>,
    /// The name of its printing condition.
    pub condition: Option<String>,
    /// Whether a press file is written without a preflight.
    pub unchecked: bool,
}

/// A report that is laid out, with all that writing it takes.
pub struct Edition {
    /// The pages.
    pub document: PagedDocument,
    /// The layout of its parts.
    pub layout: LayoutReport,
    /// Where the things on its pages were written.
    pub origins: Origins,
    /// The visible flaws on its pages.
    pub flaws: Flaws,
    /// What the template declares of its pages.
    pub declared: Declared,
    /// The settings that it was made with.
    pub config: ReportConfig,
    /// How it was made.
    pub job: Job,
    /// The project that it was made of.
    pub project: Project,
    /// The warnings.
    pub warnings: Vec<Diagnostic>,
    /// The world that it was laid out in: writing may ask it where a fault of the pages stands.
    pub(crate) world: Arc<ReportWorld>,
}

/// Lays a report out in a world that holds its files; `None`, with the reasons in `problems`,
/// where Typst cannot. Returns the world too: it holds the plans then. `memory` keeps them for the
/// next layout; an empty one is as good.
pub fn lay_out(
    project: &Project,
    mut world: ReportWorld,
    report: &Report,
    job: &Job,
    memory: &mut Memory,
    problems: &mut Problems,
) -> (Arc<ReportWorld>, Option<Edition>) {
    let laid = planned(&mut world, report, job, memory, problems).and_then(|laid| {
        let count = laid.document.pages().len();
        let document = filling::fill(&mut world, report, job, laid.document, problems)?;
        let same = document.pages().len() == count;
        let lost = if same { laid.lost } else { conservation::of(&document, report, &world) };
        Some(Laid { document, lost, ..laid })
    });
    let world = Arc::new(world);
    let edition = laid.map(|laid| edition(project, &world, report, job, laid, problems));
    (world, edition)
}

/// Pages as they are planned, how parts fit, and what is lost on them.
struct Laid {
    document: PagedDocument,
    fits: Vec<fit::PartFit>,
    lost: Vec<Diagnostic>,
}

/// How often a report is laid out at most: parts that are loosened may have others lose something.
const TRIES: usize = 3;

/// Lays a report out by its plans; once more where parts lose something: these, with blocks that
/// break wherever they may.
fn planned(
    world: &mut ReportWorld,
    report: &Report,
    job: &Job,
    memory: &mut Memory,
    problems: &mut Problems,
) -> Option<Laid> {
    let mut tries = TRIES;
    loop {
        let (document, fits) = plan::lay_out(world, report, job.fit, memory, problems)?;
        let lost = conservation::of(&document, report, world);
        let parts = memory.tight(broken::parts(&document, report, &lost));
        tries -= 1;
        if parts.is_empty() || tries == 0 {
            return Some(Laid { document, fits, lost });
        }
        memory.loosen(&parts);
    }
}

/// Reads from finished pages what an edition tells of them.
fn edition(
    project: &Project,
    world: &Arc<ReportWorld>,
    report: &Report,
    job: &Job,
    Laid { document, fits, lost }: Laid,
    problems: &mut Problems,
) -> Edition {
    let pages = fit::pages(&document);
    let apart = apart::pages(report, project, &pages, document.pages().len());
    let document = finish::finish(&document, &apart, problems);
    problems.extend(fit::check(report, &pages, &fits, &|part| expected::holds(part, report)));
    let declared = Declared::of(&document);
    problems.extend(lost);
    problems.extend(too_wide::check(&document, report, &pages));
    let lines = lines::read(&document);
    let mut layout = report::measure(report, &lines, &pages, &fits);
    layout.filling = fit::filling(&document);
    layout.blank = blank::pages(&document, &pages);
    layout.blank.retain(|page| !layout.filling.contains(page));
    let origins = Origins::of_pages(&document, report, &pages, declared.ascent);
    let house = look::placed(world.files());
    let flaws = Flaws::of(&document, &lines, &origins, &house);
    Edition {
        document,
        layout,
        origins,
        flaws,
        declared,
        config: report.config.clone(),
        job: job.clone(),
        project: project.clone(),
        warnings: vec![],
        world: world.clone(),
    }
}
