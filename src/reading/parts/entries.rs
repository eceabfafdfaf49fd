//! What an entry of `parts` stands for: a part that is made, or files that an author wrote.

use std::fs;

use l10n::say;
use source::{Diagnostic, Place, nearest};

use crate::reading::model::{KINDS, PartKind};
use crate::reading::project::{CONTENT, Project, shown};

/// The file that begins a part of several, and holds its front matter.
pub(super) const INDEX: &str = "index.md";

/// A part as an entry of `parts` names it.
pub(super) enum Entry {
    /// It is made of what other files hold.
    Made(PartKind),
    /// It is written.
    Written(Source),
}

/// Where a written part stands, by paths below `content/`.
pub(super) struct Source {
    /// The file, or the folder of several.
    pub path: String,
    /// The files, in order.
    pub files: Vec<String>,
}

/// Returns the parts that an entry names; `asked` is its location.
pub(super) fn of(name: &str, project: &Project, asked: &Place) -> Result<Vec<Entry>, Diagnostic> {
    if let Some(kind) = PartKind::named(name).filter(|kind| kind.entry().is_made()) {
        return Ok(vec![Entry::Made(kind)]);
    }
    if name.contains('*') {
        let found = project.glob(name, asked)?;
        return found.into_iter().map(|path| written(path, project, asked)).collect();
    }
    let is_folder = || {
        let path = project.locate(name, asked).ok()?;
        project.root().join(CONTENT).join(&path).is_dir().then_some(path)
    };
    if let Some(folder) = is_folder() {
        return Ok(vec![written(folder, project, asked)?]);
    }
    if name.ends_with(".md") {
        return Ok(vec![written(name.to_owned(), project, asked)?]);
    }
    let made = || KINDS.iter().filter(|entry| entry.is_made()).map(|entry| entry.name);
    let hint = if let Some(meant) = nearest(name, made()) {
        say!("did you mean `{meant}`?", meant)
    } else if PartKind::named(name).is_some() {
        say!(
            "parts of this kind are written: list a Markdown file such as `{name}.md`, with `layout: {name}` in its front matter",
            name
        )
    } else {
        let known = made().collect::<Vec<_>>().join("`, `");
        say!("specify a Markdown file, a folder with an `index.md`, or one of `{known}`", known)
    };
    Err(Diagnostic::error(asked.clone(), say!("there is no part `{name}`", name)).hint(hint))
}

fn written(path: String, project: &Project, asked: &Place) -> Result<Entry, Diagnostic> {
    let folder = project.root().join(CONTENT).join(&path);
    if !folder.is_dir() {
        let files = vec![path.clone()];
        return Ok(Entry::Written(Source { path, files }));
    }
    let path = path.trim_end_matches('/').to_owned();
    let mut files = vec![];
    texts_in(project, &path, &mut files);
    if files.first().is_none_or(|first| *first != format!("{path}/{INDEX}")) {
        let shown = shown(&path);
        let problem =
            Diagnostic::error(asked.clone(), say!("the folder `{shown}` has no `index.md`", shown));
        return Err(problem.hint(if files.is_empty() {
            say!("write the part's front matter and text into `{path}/index.md`", path)
        } else {
            say!(
                "write the part's front matter into `{path}/index.md`; or list `{path}/*.md`, if each file is a part",
                path
            )
        }));
    }
    Ok(Entry::Written(Source { path, files }))
}

/// Collects the Markdown files of a folder and of those within it: `index.md` first, others by
/// name.
fn texts_in(project: &Project, folder: &str, out: &mut Vec<String>) {
    let entries = fs::read_dir(project.root().join(CONTENT).join(folder)).into_iter().flatten();
    let mut found: Vec<(bool, String, bool)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let is_folder = entry.file_type().ok()?.is_dir();
            let name = entry.file_name().into_string().ok()?;
            (!name.starts_with('.')).then_some((name != INDEX, name, is_folder))
        })
        .collect();
    found.sort();
    for (_, name, is_folder) in found {
        let path = format!("{folder}/{name}");
        if is_folder {
            texts_in(project, &path, out);
        } else if name.ends_with(".md") {
            out.push(path);
        }
    }
}
