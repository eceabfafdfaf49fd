//! The parts that `report.yaml` lists, each read from its Markdown files.

mod entries;
mod matter;
mod numbers;
mod placed;
mod settings;
mod typed;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, SourceFile};

use super::context::Context;
use crate::reading::model::{Anchor, Part, PartContent, PartKind, ReportConfig};
use entries::Entry;
pub(super) use settings::check_settings;

/// Reads the parts in order; `document` holds the settings.
pub(super) fn read(config: &ReportConfig, document: &Document, context: &mut Context) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![];
    let mut origins: Vec<(Place, String)> = vec![];
    for (index, name) in config.parts.iter().enumerate() {
        let asked = document.place(&format!("/parts/{index}"));
        let entries = match entries::of(name, context.project, &asked) {
            Ok(entries) => entries,
            Err(problem) => {
                context.problems.push(problem);
                continue;
            }
        };
        for entry in entries {
            let (part, path) = match entry {
                Entry::Made(kind) => {
                    written::holds(kind, name, &asked, context);
                    (made(kind, config, document, &asked), name.clone())
                }
                Entry::Written(source) => {
                    (written::read(&source, &asked, context), source.path.clone())
                }
            };
            if let Some(part) = part {
                origins.push((asked.clone(), path));
                parts.push(part);
            }
        }
    }
    tell_apart(&mut parts, &origins, context);
    count(&mut parts);
    numbers::number(&mut parts, config);
    typed::report(&parts, context.problems);
    parts
}

/// Reads the texts of a file that holds a part, or some of one, whatever part it is.
pub(super) fn reread(file: &Arc<SourceFile>, context: &mut Context) {
    written::reread(file, context);
}

fn made(kind: PartKind, config: &ReportConfig, document: &Document, asked: &Place) -> Option<Part> {
    let (content, pages) = match kind {
        PartKind::Cover => (PartContent::Cover, None),
        PartKind::Contents => (PartContent::Contents, None),
        PartKind::ListOfFigures => (PartContent::ListOfFigures, None),
        PartKind::ListOfTables => (PartContent::ListOfTables, None),
        PartKind::Lists => (PartContent::Lists, None),
        PartKind::Index => (PartContent::Index, None),
        PartKind::References => {
            let settings = config.references.as_ref();
            (PartContent::References, settings.and_then(|references| references.pages))
        }
        PartKind::BackCover => (PartContent::BackCover, None),
        _ => return None,
    };
    Some(Part {
        id: kind.name().to_owned(),
        place: asked.clone(),
        files: vec![],
        budget: pages.map(|pages| (pages, document.place("/references/pages"))),
        number: None,
        mark: None,
        label: None,
        running_label: None,
        anchor: Anchor::default(),
        listed: kind.entry().listed,
        content,
    })
}

/// Gives parts of one name in several folders their paths as names, and reports parts that are
/// listed twice.
fn tell_apart(parts: &mut [Part], origins: &[(Place, String)], context: &mut Context) {
    let mut paths: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (part, (_, path)) in parts.iter().zip(origins) {
        paths.entry(part.id.clone()).or_default().insert(path);
    }
    for (part, (_, path)) in parts.iter_mut().zip(origins) {
        if paths[&part.id].len() > 1 {
            part.id = path.trim_end_matches(".md").replace('/', "-");
        }
    }
    for (at, part) in parts.iter().enumerate() {
        if parts[..at].iter().any(|earlier| earlier.id == part.id) {
            context.problems.push(
                Diagnostic::error(
                    origins[at].0.clone(),
                    say!("the part `{id}` appears twice in the report", id = part.id),
                )
                .hint(say!("list each part once, and give each file a unique name")),
            );
        }
    }
}

/// Counts the parts of each kind that are numbered.
fn count(parts: &mut [Part]) {
    let mut counts: BTreeMap<PartKind, usize> = BTreeMap::new();
    for part in parts {
        let kind = part.content.kind();
        if let Some(number) = &mut part.number {
            let count = counts.entry(kind).or_default();
            *count += 1;
            *number = *count;
        }
    }
}
