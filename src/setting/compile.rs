//! The only caller of `typst::compile`; rewrites its diagnostics in our own words.

use std::sync::Arc;

use typst::diag::{SourceDiagnostic, Warned};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;

use crate::rules;
use crate::setting::world::ReportWorld;
use l10n::say;
use source::{Diagnostic, Place, Problems, Severity, SourceFile};

/// Lays the report out; `None`, with the faults in `problems`, where that fails. Warnings go
/// there too.
pub fn compile(world: &ReportWorld, problems: &mut Problems) -> Option<PagedDocument> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    problems.extend(warnings.iter().map(|warning| explain(world, warning)));
    output.map_err(|errors| problems.extend(errors.iter().map(|error| explain(world, error)))).ok()
}

/// Converts a Typst diagnostic. The author's input has been checked before: any error that Typst
/// still finds is the template's.
pub fn explain(world: &ReportWorld, diagnostic: &SourceDiagnostic) -> Diagnostic {
    let place = diagnostic.span.id().and_then(|id| {
        let range = world.range(diagnostic.span)?;
        let text = match world.source(id) {
            Ok(source) => source.text().to_owned(),
            Err(_) => String::from_utf8_lossy(&world.file(id).ok()?).into_owned(),
        };
        let path = id.get().vpath().get_without_slash().to_owned();
        Some(Place::new(&Arc::new(SourceFile { path, text }), range))
    });
    let severity = match diagnostic.severity {
        typst::diag::Severity::Error => Severity::Error,
        typst::diag::Severity::Warning => Severity::Warning,
    };
    let mut hints: Vec<String> = diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect();
    let own = place.as_ref().is_some_and(|place: &Place| place.file.path.starts_with("content/"));
    hints.push(if own {
        say!("export the picture again as plain SVG, with everything embedded in the one file")
    } else {
        say!("the cause is the template, not your text")
    });
    let rule = (severity == Severity::Warning).then_some(&rules::TEMPLATE);
    Diagnostic {
        severity,
        message: diagnostic.message.to_string(),
        place,
        hints,
        rule,
        fix: vec![],
    }
}
