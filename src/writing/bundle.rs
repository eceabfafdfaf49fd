//! Exports a report's data and template, so that the stock `typst` makes the same pages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::{Outputs, write_folder};
use crate::reading::model::{Block, PartContent};
use crate::setting::inputs::Prepared;
use crate::setting::world::{FONTS, Fonts};
use l10n::say;

/// Writes everything that a template reads to a new or empty folder, including the project's fonts
/// and the built-in ones in use; returns the path of its main file.
pub fn write(
    prepared: &Prepared,
    fonts: &Fonts,
    project: &Path,
    folder: &Path,
) -> Result<PathBuf, Error> {
    let mut files = vec![];
    let mut put = |path: &str, bytes: Vec<u8>| {
        files.push((PathBuf::from(path.trim_start_matches('/')), bytes));
    };
    for (path, bytes) in prepared.files.kept() {
        put(path, bytes.to_vec());
    }
    for picture in pictures(prepared) {
        let source = project.join(picture.trim_start_matches('/'));
        let bytes = fs::read(&source).map_err(Error::machine(say!("cannot read"), &source))?;
        put(&picture, bytes);
    }
    for (path, bytes) in fonts.built_in() {
        put(&format!("{FONTS}/{path}"), bytes.to_vec());
    }
    let own: BTreeSet<&Path> = fonts.own(project).collect();
    for path in own {
        let bytes = fs::read(path).map_err(Error::machine(say!("cannot read"), path))?;
        let name = match path.strip_prefix(project) {
            Ok(own) => own.to_string_lossy().into_owned(),
            // The house's, from wherever it lies.
            Err(_) => {
                format!("{FONTS}/house/{}", path.file_name().unwrap_or_default().to_string_lossy())
            }
        };
        put(&name, bytes);
    }
    write_folder(&Outputs::of_project(project), folder, &files)?;
    Ok(folder.join(prepared.main.trim_start_matches('/')))
}

fn pictures(prepared: &Prepared) -> Vec<String> {
    let mut out: Vec<String> = prepared
        .report
        .parts
        .iter()
        .flat_map(|part| {
            let figures = part.content.illustrations().flat_map(|block| match block {
                Block::Figure(figure) => vec![figure.path.clone()],
                Block::Table(table) => table.pictures().map(str::to_owned).collect(),
                _ => vec![],
            });
            let portrait = match &part.content {
                PartContent::Trend { matter, .. } => {
                    matter.quote.as_ref().and_then(|quote| quote.portrait.clone())
                }
                _ => None,
            };
            let signed = part.content.blocks().iter().flat_map(|block| match block {
                Block::Box(boxed) => boxed.pictures().map(str::to_owned).collect(),
                _ => vec![],
            });
            figures.chain(portrait).chain(signed)
        })
        .collect();
    // What was made of a file is kept already.
    out.retain(|path| !prepared.files.kept().any(|(kept, _)| kept == path));
    out.sort();
    out.dedup();
    out
}
