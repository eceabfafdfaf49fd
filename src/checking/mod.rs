//! Checks of a report's content, reported at its own lines: the copy desk, references, images,
//! layout.
//!
//! Rules, with their codes and pages, are in [`rules`](crate::rules). The checks are here, one
//! file per area; [`weigh`] then gives each finding the severity that report.yaml asks for and
//! drops suppressed ones.

mod files;
mod layout;
mod mend;
mod references;
mod report;
mod weigh;

pub use layout::layout;
pub use mend::{FileChange, changes};
pub use references::fields;
pub use report::Findings;
pub use weigh::{idle, weigh};

use crate::reading::model::{Block, Report, Weight};
use crate::reading::{Loaded, Project};
use source::{Place, Problems};

/// Runs the checks on content that can be read at all; `whole` says that none of it is missing.
pub fn content(project: &Project, loaded: &Loaded, whole: bool, problems: &mut Problems) {
    let config = &loaded.report.config;
    let off = config
        .check
        .iter()
        .filter(|(_, weight)| **weight == Weight::Off)
        .map(|(name, _)| name.clone())
        .collect();
    let settings = copydesk::Settings { terms: config.terms.clone(), off };
    copydesk::read(&loaded.texts.prose, &settings, problems);
    if let Some(references) = &loaded.references {
        references::addresses(references, problems);
        references::uncited(references, &loaded.report, problems);
    }
    files::figures(&loaded.report, problems);
    if whole {
        files::unused(project, loaded, problems);
    }
}

/// Returns the report's blocks, including nested ones, each with its part's file.
fn blocks(report: &Report) -> Vec<(&Place, &Block)> {
    fn walk<'a>(blocks: &'a [Block], place: &'a Place, out: &mut Vec<(&'a Place, &'a Block)>) {
        for block in blocks {
            out.push((place, block));
            match block {
                Block::List { items, .. } => items.iter().for_each(|item| walk(item, place, out)),
                Block::Quote { blocks } => walk(blocks, place, out),
                _ => {}
            }
        }
    }
    let mut out = vec![];
    for part in &report.parts {
        walk(part.content.blocks(), &part.place, &mut out);
    }
    out
}
