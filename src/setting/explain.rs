//! What Typst and its exporter tell, in our words and at the author's lines.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::diag::{SourceDiagnostic, Warned};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;

use super::blame;
use crate::rules;
use crate::setting::world::ReportWorld;
use l10n::say;
use source::{Diagnostic, Place, Severity, SourceFile};

/// What Typst tells of a report: its errors, or else its warnings.
fn messages(world: &ReportWorld) -> BTreeSet<String> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    let errors = output.err().unwrap_or_default();
    warnings.iter().chain(&errors).map(|found| found.message.to_string()).collect()
}

/// What Typst tells while a report is laid out, in our words and at the author's lines.
pub(super) fn explained<'a>(
    world: &ReportWorld,
    found: impl IntoIterator<Item = &'a SourceDiagnostic>,
) -> Vec<Diagnostic> {
    let found = found.into_iter().filter(|found| !is_of_font(found));
    found.flat_map(|found| explain(world, found, &messages)).collect()
}

/// Whether Typst speaks of the face for formulas alone: its long arrows are put together from parts
/// that meet closely, and look right.
fn is_of_font(found: &SourceDiagnostic) -> bool {
    found.message.starts_with("glyph has assembly parts")
}

/// Converts a Typst diagnostic, once for each of the author's blocks that brings it up; `told` says
/// what is told of another report in the same way. What no block brings up is the template's.
pub fn explain(
    world: &ReportWorld,
    diagnostic: &SourceDiagnostic,
    told: &dyn Fn(&ReportWorld) -> BTreeSet<String>,
) -> Vec<Diagnostic> {
    let place = place(world, diagnostic);
    let severity = match diagnostic.severity {
        typst::diag::Severity::Error => Severity::Error,
        typst::diag::Severity::Warning => Severity::Warning,
    };
    let is_picture = place.as_ref().is_some_and(|place| place.file.path.starts_with("content/"));
    let causes = blame::causes(world, &diagnostic.message, told);
    let rule = (severity == Severity::Warning).then_some(&rules::TEMPLATE);
    let found = |message: String, place: Option<Place>, hints: Vec<String>| Diagnostic {
        severity,
        message,
        place,
        hints,
        rule,
        fix: vec![],
    };
    let said = diagnostic.message.to_string();
    let said_hints = diagnostic.hints.iter().map(|hint| hint.v.to_string());
    if is_picture {
        let hint =
            say!("export the picture again as plain SVG, with everything embedded in the one file");
        let shown = causes.iter().map(|cause| say!("it is shown at {place}", place = at(cause)));
        return vec![found(said, place, said_hints.chain([hint]).chain(shown).collect())];
    }
    if causes.is_empty() {
        let hint = say!("the cause is the template, not your text");
        return vec![found(said, place, said_hints.chain([hint]).collect())];
    }
    let known = known(&said);
    causes
        .into_iter()
        .map(|cause| match &known {
            Some((message, hint)) => found(message.clone(), Some(cause), vec![hint.clone()]),
            None => {
                let template = place
                    .as_ref()
                    .map(|place| say!("the template sets it at {place}", place = at(place)));
                let hint = say!("change or remove what stands here: it alone brings this up");
                let hints = said_hints.clone().chain([hint]).chain(template).collect();
                found(said.clone(), Some(cause), hints)
            }
        })
        .collect()
}

/// A place as messages name it.
fn at(place: &Place) -> String {
    let (line, column) = place.line_column();
    format!("`{}:{line}:{column}`", place.file.path)
}

/// Where a diagnostic points: into the template, or into a drawing.
fn place(world: &ReportWorld, diagnostic: &SourceDiagnostic) -> Option<Place> {
    let id = diagnostic.span.id()?;
    let range = world.range(diagnostic.span)?;
    let text = match world.source(id) {
        Ok(source) => source.text().to_owned(),
        Err(_) => String::from_utf8_lossy(&world.file(id).ok()?).into_owned(),
    };
    let path = id.get().vpath().get_without_slash().to_owned();
    Some(Place::new(&Arc::new(SourceFile { path, text }), range))
}

/// What an author can bring up in the exporter, in words that speak of what the author sees.
fn known(message: &str) -> Option<(String, String)> {
    let has = |part: &str| message.contains(part);
    Some(if has("q nesting") {
        (
            say!("this nests clipping paths deeper than a PDF may"),
            say!(
                "flatten the drawing's groups and clipping paths, or save it as PNG with at least 300 pixels per inch"
            ),
        )
    } else if has("CMYK profile") {
        (
            say!("this holds colours in inks (CMYK), which a file for the screen cannot hold"),
            say!("convert the pictures within the drawing to RGB"),
        )
    } else if has("floating point number") {
        (
            say!("this holds a number that is larger than a PDF may have"),
            say!("scale the drawing down in the program that made it"),
        )
    } else if has("heading title") {
        (say!("the heading has no text"), say!("write its text, or delete the line"))
    } else {
        return None;
    })
}
