//! The order of reading: content, references, template, and what the template is given.

use std::collections::BTreeMap;

use l10n::say;
use source::{Diagnostic, Edit, Place, Problems};
use typst::foundations::Bytes;

use crate::checking;
use crate::reading::model::{OutputProfile, Report};
use crate::reading::template::{TEMPLATES, shared};
use crate::reading::{
    self, CONTENT, Loaded, Printed, Project, Purpose, SETTINGS, bibliography, shown,
};
use crate::rules;
use crate::setting::Job;
use crate::setting::world::{Files, Fonts};
use crate::setting::{inputs, look, pictures};

/// The outcome of reading a project.
pub(super) struct Reading {
    /// The report; `None` if it is not usable.
    pub(super) report: Option<Report>,
    /// All files that its template may read, and the template's first one; `None` where something
    /// forbids a layout.
    pub(super) made: Option<(Files, String)>,
}

/// Reads a project's content and template; with the copy desk's rules where it is to be
/// `thorough`. What is found is not weighed yet.
pub(super) fn read(
    project: &Project,
    fonts: &Fonts,
    job: &Job,
    thorough: bool,
    problems: &mut Problems,
) -> Reading {
    let Some(mut loaded) = reading::load(project, fonts.families(), problems) else {
        return Reading { report: None, made: None };
    };
    checking::lengths(&mut loaded.texts.prose, problems);
    let mut desk = Problems::default();
    if thorough {
        checking::content(project, &loaded, !problems.has_errors(), &mut desk);
    }
    let made = assemble(project, fonts, job, &mut loaded, thorough, problems);
    // What the desk finds forbids to write, and not to lay out.
    let made = made.filter(|_| !problems.has_errors());
    problems.extend(desk.sorted());
    name_uses(&loaded.pictures.uses, problems);
    Reading { report: Some(loaded.report), made }
}

fn assemble(
    project: &Project,
    fonts: &Fonts,
    job: &Job,
    loaded: &mut Loaded,
    thorough: bool,
    problems: &mut Problems,
) -> Option<(Files, String)> {
    let Loaded {
        report, references, texts, style_place, template, pictures: read, house, art, ..
    } = loaded;
    report_missing_characters(fonts, &texts.printed, problems);
    checking::letters(&texts.printed, problems);
    let template = template.as_ref()?;
    if let (Some(settings), Some(references)) = (&report.config.references, &references) {
        let style = settings.style.clone();
        match template.style(&style, style_place) {
            Ok(csl) => {
                if thorough {
                    checking::fields(references, &csl, problems);
                }
                let done = bibliography::typeset(report, references, &csl);
                for entry in &mut report.references {
                    entry.place = references.place(&entry.key).cloned();
                }
                if done.is_ok() {
                    references.unprinted(&report.references, problems);
                }
                if let Err(why) = done {
                    let message =
                        say!("the citation style `{style}` cannot be read: {why}", style, why);
                    problems.push(Diagnostic::error(style_place.clone(), message).hint(say!(
                        "the template's `styles/` must contain independent CSL 1.0.2 styles"
                    )));
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
    for (path, bytes) in shared(project.root()) {
        files.keep(format!("/{TEMPLATES}/{path}"), Bytes::new(bytes));
    }
    inputs::template(template, &report.config.lang, &mut files);
    files.serve(format!("/{CONTENT}/"), project.root().join(CONTENT));
    inputs::write(report, job.fit, job.output, &mut files);
    // A profile that cannot be read is told when it is asked for.
    let icc = report.config.press.icc.as_ref();
    let press = icc.and_then(|name| project.bytes(name, &Place::start_of(shown(SETTINGS))).ok());
    let purpose = Purpose {
        screen: job.output.profile == OutputProfile::Screen,
        press: press.as_deref().unwrap_or(pdfx::COATED),
        // What is told of a picture's resolution is that of the author's file.
        most: (!thorough).then(|| pictures::most(&report.config.trim, report.config.screen_ppi)),
    };
    let publisher = &report.config.publisher.name;
    let trim = pictures::points(&report.config.trim);
    let facts = (publisher.as_str(), trim);
    look::write((house.as_ref(), art), facts, fonts, purpose, &mut files, problems);
    pictures::supply(read, project, purpose, &mut files, problems);
    Some((files, format!("/{TEMPLATES}/{}/main.typ", template.name())))
}

/// Says of what is told within a drawing where the content shows it.
fn name_uses(uses: &BTreeMap<String, Place>, problems: &mut Problems) {
    problems.retain(|found| {
        let path = found.place.as_ref().map(|place| place.file.path.as_str());
        if let Some(shown) = path.and_then(|path| uses.get(path)) {
            let (line, column) = shown.line_column();
            let place = format!("`{}:{line}:{column}`", shown.file.path);
            found.hints.push(say!("it is shown at {place}", place));
        }
        true
    });
}

/// Reports characters that no font has, which would print as a box or not at all.
fn report_missing_characters(fonts: &Fonts, printed: &[Printed], problems: &mut Problems) {
    for run in printed {
        for (offset, c) in run.text.char_indices() {
            let covered = fonts.covers(c) && !is_private(c) && !encloses(c);
            if covered || cjk::is_invisible(c) || cjk::is_stray(c) {
                continue;
            }
            let place = run.place_of(offset);
            let fix = if is_shown(c) { bullet(c, &place) } else { deleted(c, &place) };
            let (name, hint) = if is_shown(c) && !fix.is_empty() {
                (
                    format!("U+{:04X}", u32::from(c)),
                    say!("it is a bullet of Word's: write `- `, as `trendpress check --fix` does"),
                )
            } else if ('\u{F000}'..='\u{F0FF}').contains(&c) {
                (
                    format!("U+{:04X}", u32::from(c)),
                    say!(
                        "it is a sign of Word's symbol fonts: write `- ` for a list's bullet, or the sign itself"
                    ),
                )
            } else if is_private(c) {
                (
                    format!("U+{:04X}", u32::from(c)),
                    say!(
                        "it has a meaning in the font alone that it was made for: write another character, or use a picture"
                    ),
                )
            } else if is_shown(c) {
                (
                    format!("`{c}` (U+{:04X})", u32::from(c)),
                    say!(
                        "use another character, or add a font that has it: `trendpress fonts add FILE`"
                    ),
                )
            } else {
                (
                    format!("U+{:04X}", u32::from(c)),
                    say!("it is invisible: delete the text here and retype it"),
                )
            };
            let message = say!("no font has the character {name}", name);
            let found = Diagnostic::of(&rules::MISSING_CHARACTER, place, message);
            problems.push(Diagnostic { fix, ..found.hint(hint) });
        }
    }
}

/// The bullets of Word, which Symbol and Wingdings have where Unicode has nothing.
const BULLETS: [char; 6] = ['\u{F0B7}', '\u{F0A7}', '\u{F0D8}', '\u{F0FC}', '\u{F06C}', '\u{F06E}'];

/// Makes a list's item of a line that a bullet begins.
fn bullet(c: char, place: &Place) -> Vec<Edit> {
    let (text, range) = (&place.file.text, &place.range);
    let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
    let written = text.get(range.clone()).is_some_and(|written| written.chars().eq([c]));
    if !BULLETS.contains(&c)
        || !written
        || !place.file.path.ends_with(".md")
        || !line.chars().all(|c| c.is_whitespace() || c == '>')
    {
        return vec![];
    }
    let rest = &text[range.end..];
    let gap = rest.find(|c: char| c == '\n' || !c.is_whitespace()).unwrap_or(rest.len());
    vec![Edit { range: range.start..range.end + gap, text: "- ".into() }]
}

/// Takes away a character that nobody sees, where it is written as such.
fn deleted(c: char, place: &Place) -> Vec<Edit> {
    let written = place.file.text.get(place.range.clone());
    let is_itself = written.is_some_and(|written| written.chars().eq([c]));
    let edit = || Edit { range: place.range.clone(), text: String::new() };
    is_itself.then(edit).into_iter().collect()
}

/// Whether Unicode gives a character no meaning; no archive may hold it.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Whether a character goes around the one before it, which no face of letters can do.
fn encloses(c: char) -> bool {
    matches!(c, '\u{20DD}'..='\u{20E0}' | '\u{20E2}'..='\u{20E4}')
}

/// Whether a message can show the character.
fn is_shown(c: char) -> bool {
    let blank =
        matches!(c, '\u{61C}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' | '\u{E0001}'..='\u{E007F}');
    !blank
        && !cjk::acts_on_terminal(c)
        && !matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
}
