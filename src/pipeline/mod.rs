//! The order of things: content, references, data, layout. Nothing else knows it.

mod preflight;
pub mod press;

use std::path::PathBuf;

use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use crate::check as desk;
use crate::content::{self, CONTENT, Loaded, Printed, Project};
use crate::diagnostic::{Diagnostic, Problems, Severity, rules};
use crate::error::Error;
use crate::fit::{self, Mode};
use crate::layout::{self, Flaws, Layout, Origins};
use crate::model::{Output, Report};
use crate::template::{TEMPLATES, Template};
use crate::words::say;
use crate::world::{Files, Fonts, ReportWorld};
use crate::{bibliography, compile, data};

/// A report whose content is sound, and all files that its template may read.
pub struct Prepared {
    /// The report.
    pub report: Report,
    /// Its template.
    pub template: Template,
    /// The template's files, the data, and the author's pictures.
    pub files: Files,
    /// The path of the template's first file.
    pub main: String,
    /// What is worth a look.
    pub warnings: Vec<Diagnostic>,
}

/// How a report is to be made.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// How parts are brought to their page budgets.
    pub fit: Mode,
    /// What the report is made for.
    pub output: Output,
    /// The ICC profile of the press, in the place of the settings' or the built-in one.
    pub icc: Option<PathBuf>,
    /// The name of its printing condition.
    pub condition: Option<String>,
    /// Whether a press file is written without a preflight.
    pub unchecked: bool,
}

/// What was read of a project.
pub struct Reading {
    /// The report; `None` where there is none to speak of.
    pub report: Option<Report>,
    /// What was found, not yet weighed.
    pub problems: Problems,
    /// Whether nothing found forbids to lay it out.
    pub sound: bool,
    made: Option<(Template, Files)>,
}

impl Reading {
    /// What was found, and the report: with its files where it can be laid out, else alone.
    pub fn split(self) -> (Problems, Result<Prepared, Option<Report>>) {
        let made = self.made.filter(|_| self.sound);
        let prepared = match (self.report, made) {
            (Some(report), Some((template, files))) => {
                let main = format!("/{TEMPLATES}/{}/main.typ", template.name());
                Ok(Prepared { report, template, files, main, warnings: vec![] })
            }
            (report, _) => Err(report),
        };
        (self.problems, prepared)
    }
}

/// Reads a project's content and template.
pub fn prepare(project: &Project, fonts: &Fonts, job: &Job) -> Result<Prepared, Error> {
    let mut reading = read(project, fonts, job, false);
    if let Some(report) = &reading.report {
        desk::weigh(&mut reading.problems, report);
    }
    let failed = reading.problems.has_errors();
    let (problems, prepared) = reading.split();
    match prepared {
        Ok(prepared) if !failed => Ok(Prepared { warnings: problems.sorted(), ..prepared }),
        _ => Err(Error::Content(problems.sorted())),
    }
}

/// Reads a project's content and template; with the copy desk's rules where it is to be `thorough`.
pub fn read(project: &Project, fonts: &Fonts, job: &Job, thorough: bool) -> Reading {
    let mut problems = Problems::default();
    let Some(mut loaded) = content::load(project, &mut problems) else {
        return Reading { report: None, problems, sound: false, made: None };
    };
    let mut told = Problems::default();
    if thorough {
        desk::content(project, &loaded, !problems.has_errors(), &mut told);
    }
    let made = assemble(project, fonts, job, &mut loaded, thorough, &mut problems);
    let sound = !problems.has_errors();
    problems.extend(told.sorted());
    Reading { report: Some(loaded.report), problems, sound, made }
}

fn assemble(
    project: &Project,
    fonts: &Fonts,
    job: &Job,
    loaded: &mut Loaded,
    thorough: bool,
    problems: &mut Problems,
) -> Option<(Template, Files)> {
    let Loaded { report, references, texts, style_place, template_place } = loaded;
    report_missing_characters(fonts, &texts.printed, problems);
    let template = Template::find(project.root(), &report.config.template, template_place)
        .map_err(|problem| problems.push(problem))
        .ok()?;
    if let (Some(settings), Some(references)) = (&report.config.references, &references) {
        let style = settings.style.clone();
        match template.style(&style, style_place) {
            Ok(csl) => {
                if thorough {
                    desk::fields(references, &csl, problems);
                }
                let done = bibliography::typeset(report, &references.library, &csl);
                for entry in &mut report.references {
                    entry.place = references.place(&entry.key).cloned();
                }
                if let Err(why) = done {
                    let message = say!("the citation style `{style}` cannot be read: {why}", style, why);
                    problems.push(
                        Diagnostic::error(style_place.clone(), message)
                            .hint(say!("the template's `styles/` holds independent CSL 1.0.2 styles")),
                    );
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut files = Files::new();
    for path in template.paths() {
        if let Some(bytes) = template.file(&path) {
            files.keep(format!("/{TEMPLATES}/{}/{path}", template.name()), Bytes::new(bytes));
        }
    }
    files.serve(format!("/{CONTENT}/"), project.root().join(CONTENT));
    data::write(report, job.fit, job.output, &mut files);
    Some((template, files))
}

/// A character that no font has would print as a box, or not at all.
fn report_missing_characters(fonts: &Fonts, printed: &[Printed], problems: &mut Problems) {
    for run in printed {
        for (offset, c) in run.text.char_indices() {
            if fonts.covers(c) || is_invisible(c) {
                continue;
            }
            let (name, hint) = match is_drawn(c) {
                true => (
                    format!("`{c}` (U+{:04X})", u32::from(c)),
                    say!("write another, or put a font that has it into `fonts/`"),
                ),
                false => (
                    format!("U+{:04X}", u32::from(c)),
                    say!("it is invisible: delete what stands here and type it anew"),
                ),
            };
            problems.push(
                Diagnostic::of(
                    &rules::MISSING_CHARACTER,
                    run.place_of(offset),
                    say!("no font has the character {name}", name),
                )
                .hint(hint),
            );
        }
    }
}

/// Whether a message can show the character: a control or a mark of direction would act on the terminal.
fn is_drawn(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
}

/// White space and joiners print nothing (Unicode's default ignorable code points).
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// A report that is laid out.
pub struct Edition {
    /// The pages.
    pub document: PagedDocument,
    /// How its parts were set.
    pub layout: Layout,
    /// Where what stands on its pages was written.
    pub origins: Origins,
    /// What an eye would stop at on its pages.
    pub flaws: Flaws,
    /// What is worth a look.
    pub warnings: Vec<Diagnostic>,
}

/// Lays a report out in a world that holds its files.
pub fn lay_out(
    world: &ReportWorld,
    report: &Report,
    mode: Mode,
    mut warnings: Vec<Diagnostic>,
) -> Result<Edition, Error> {
    let failed = |mut errors: Vec<Diagnostic>, warnings| {
        errors.extend(warnings);
        errors.sort_by_key(|d| d.severity != Severity::Error);
        Err(Error::Content(errors))
    };
    let (document, found) = match compile::compile(world) {
        Ok(done) => done,
        Err(errors) => return failed(errors, warnings),
    };
    warnings.extend(found);
    let pages = fit::pages(&document);
    let fits = fit::read(&document);
    let missed = fit::check(report, &pages, &fits, mode);
    if mode == Mode::Strict {
        let mut told = Problems::default();
        told.extend(missed.iter().cloned());
        desk::weigh(&mut told, report);
        let mut told = told.sorted();
        if !told.is_empty() {
            told.iter_mut().for_each(|problem| problem.severity = Severity::Error);
            return failed(told, warnings);
        }
    }
    warnings.extend(missed);
    let (layout, origins, flaws) = layout::measure(&document, report, &pages, &fits);
    Ok(Edition { document, layout, origins, flaws, warnings })
}
