//! Images, charts, and unused files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::reading::model::{Block, Report};
use crate::reading::{CONTENT, Loaded, Project, SETTINGS, matches, shown, table_file};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Place, Problems};

/// Checks for images, charts and tables of data without a source, and charts without alternative text.
pub(super) fn figures(report: &Report, problems: &mut Problems) {
    let parts = report.parts.iter();
    for (part, block) in
        parts.flat_map(|part| part.content.illustrations().map(move |block| (part, block)))
    {
        let (line, source, alt, picture) = match block {
            // What only decorates has no line to say it in.
            Block::Figure(figure) if figure.unnumbered && figure.caption.is_empty() => continue,
            Block::Figure(figure) => (figure.line, figure.source.is_some(), true, true),
            // The line of a chart is that of its first key; its fence stands before it.
            Block::Chart(chart) => {
                (chart.line - 1, chart.spec.source.is_some(), chart.spec.alt.is_some(), false)
            }
            Block::Table(table) if table.data.is_some() => {
                (table.line - 1, table.source.is_some(), true, false)
            }
            _ => continue,
        };
        let place = part.line(line);
        if !source {
            let (message, hint) = if picture {
                (
                    say!("this picture has no source"),
                    match report.config.lang.starts_with("zh") {
                        true => {
                            say!("write it after the path: `![caption](figures/a.png \"来源：…\")`")
                        }
                        false => say!(
                            "write it after the path: `![caption](figures/a.png \"Source: …\")`"
                        ),
                    },
                )
            } else {
                (
                    if matches!(block, Block::Table(_)) {
                        say!("this table has no source")
                    } else {
                        say!("this chart has no source")
                    },
                    say!("add `source:`; if it is your own work, say so"),
                )
            };
            problems.push(Diagnostic::of(&rules::NO_SOURCE, place.clone(), message).hint(hint));
        }
        if !alt {
            problems.push(
                Diagnostic::of(&rules::NO_ALT, place, say!("this chart has no alternative text"))
                    .hint(say!("add `alt:` with a sentence or two on what it shows")),
            );
        }
    }
}

/// Checks for files below `content/` that the report does not use; hidden ones are ignored.
pub(super) fn unused(project: &Project, loaded: &Loaded, problems: &mut Problems) {
    let report = &loaded.report;
    let mut used: BTreeSet<String> = [shown(SETTINGS)].into();
    let files = report.parts.iter().flat_map(|part| &part.files);
    used.extend(files.map(|file| file.file.path.clone()));
    used.extend(report.config.references.iter().map(|references| shown(&references.file)));
    used.extend(report.config.glossary.iter().map(|file| shown(file)));
    used.extend(report.config.check.lists.iter().map(|file| shown(file)));
    used.extend(report.config.press.icc.iter().map(|file| shown(file)));
    // Files of the house in the content are the brand's concern.
    let of_house = |path: &str| {
        let folder = loaded.house.as_ref().and_then(|house| house.shown.rsplit_once('/'));
        folder
            .is_some_and(|(folder, _)| folder != CONTENT && path.starts_with(&format!("{folder}/")))
    };
    used.extend(loaded.art.pictures().map(|picture| shown(picture.name.trim_start_matches("./"))));
    used.extend(loaded.house.iter().map(|house| house.shown.clone()));
    used.extend(loaded.pictures.names.iter().map(|name| shown(name)));
    for part in &report.parts {
        used.extend(part.content.illustrations().filter_map(|block| match block {
            Block::Chart(chart) => Some(shown(table_file(&chart.spec.data))),
            Block::Table(table) => table.data.as_ref().map(|data| shown(table_file(data))),
            _ => None,
        }));
    }
    let mut there = vec![];
    walk(&project.root().join(CONTENT), CONTENT, &mut there);
    // Other editions may use what this one does not.
    let patterns = loaded.variables.patterns();
    let elsewhere = |path: &String| {
        let name = path.strip_prefix("content/").unwrap_or(path);
        patterns.iter().any(|pattern| matches(pattern, name))
            || loaded.texts.hidden.iter().any(|text| text.contains(name))
    };
    for path in
        there.into_iter().filter(|path| !used.contains(path) && !of_house(path) && !elsewhere(path))
    {
        let name = path.strip_prefix("content/").unwrap_or(&path).to_owned();
        problems.push(
            Diagnostic::of(
                &rules::UNUSED_FILE,
                Place::start_of(path),
                say!("the report does not use `{name}`", name),
            )
            .hint(say!("use it where it belongs, or move it out of `content/`")),
        );
    }
}

fn walk(folder: &Path, prefix: &str, out: &mut Vec<String>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &path, out),
            _ => out.push(path),
        }
    }
}
