//! A template's files: the project's own, or those built into the program.

use std::borrow::Cow;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::bounded::{self, MAX_FILE};
use super::model::default_template;
use super::project::{Project, decode, unreadable};
use super::styles;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems, SourceFile, nearest};

/// The folder below the project's that holds its templates.
pub const TEMPLATES: &str = "templates";

/// What a template that declares nothing has, in the form of a declaration.
pub const NEUTRAL: &str = include_str!("../../templates/neutral.yaml");

/// The folder beside the templates with what they share; it is no template.
pub const KIT: &str = "kit";

/// The file of a template's design tokens, and the kit's for a template without one.
const THEME: &str = "theme.typ";
const NO_THEME: &str = "none.typ";

/// What every template may import as `/templates/flow.typ`: parts in columns.
const FLOW: (&str, &[u8]) = ("flow.typ", include_bytes!("../../templates/flow.typ"));

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Returns what every template of a project may import, by its path below `/templates/`: `flow.typ`
/// and the kit. A file of the project's own `templates/kit/` takes the place of the kit's.
pub fn shared(project: &Path) -> Vec<(String, Cow<'static, [u8]>)> {
    let kit = BUILT_IN.get_dir(KIT).expect("the kit is built in");
    let own = Template::at(project, KIT);
    let mut files = vec![(FLOW.0.to_owned(), Cow::Borrowed(FLOW.1))];
    for template in [Template::built_in_at(kit, KIT), own] {
        for path in template.paths() {
            if let Some(bytes) = template.file(&path) {
                files.push((format!("{KIT}/{path}"), bytes));
            }
        }
    }
    files
}

/// Returns the kit as it is built in, by its paths below `/templates/`: for pages of no project.
pub fn built_in_kit() -> Vec<(String, Cow<'static, [u8]>)> {
    let kit = Template::built_in_at(BUILT_IN.get_dir(KIT).expect("the kit is built in"), KIT);
    let paths = kit.paths().into_iter();
    paths.filter_map(|path| Some((format!("{KIT}/{path}"), kit.file(&path)?))).collect()
}

/// A template: a folder with `main.typ`, its parts, and citation styles in `styles/`.
#[derive(Debug, Clone)]
pub struct Template {
    name: String,
    origin: Origin,
}

#[derive(Debug, Clone)]
enum Origin {
    Folder(PathBuf),
    BuiltIn(&'static Dir<'static>),
}

impl Template {
    /// Finds the template that a project's settings name; reports one that does not exist.
    ///
    /// A name that is no text is the schema's to report.
    pub fn named_in(
        settings: &Document,
        project: &Project,
        problems: &mut Problems,
    ) -> Option<Self> {
        let name = match settings.value.get("template") {
            Some(name) => name.as_str()?.to_owned(),
            None => default_template(),
        };
        Self::find(project.root(), &name, &settings.place("/template"))
            .map_err(|problem| problems.push(problem))
            .ok()
    }

    /// Finds a template by name: in the project first, then among the built-in ones.
    pub fn find(project: &Path, name: &str, asked: &Place) -> Result<Self, Diagnostic> {
        let own = Self::at(project, name);
        if is_plain(name) && own.folder().is_some_and(Path::is_dir) {
            return own.readable();
        }
        if let Some(template) = Self::built_in(name) {
            return Ok(template);
        }
        let mut known: Vec<_> = fs::read_dir(project.join(TEMPLATES))
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .chain(BUILT_IN.dirs().filter_map(|dir| Some(dir.path().to_str()?.to_owned())))
            .collect();
        known.retain(|name: &String| is_plain(name));
        known.sort();
        known.dedup();
        let hint = match nearest(name, known.iter().map(String::as_str)) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!("available: `{known}`", known = known.join("`, `")),
        };
        Err(Diagnostic::error(asked.clone(), say!("there is no template `{name}`", name))
            .hint(hint))
    }

    /// Returns the built-in template with this name.
    pub fn built_in(name: &str) -> Option<Self> {
        let dir = BUILT_IN.get_dir(name).filter(|_| is_plain(name))?;
        Some(Self::built_in_at(dir, name))
    }

    fn built_in_at(dir: &'static Dir, name: &str) -> Self {
        Self { name: name.into(), origin: Origin::BuiltIn(dir) }
    }

    fn at(project: &Path, name: &str) -> Self {
        Self { name: name.into(), origin: Origin::Folder(project.join(TEMPLATES).join(name)) }
    }

    /// Returns the path by which the kit reads its theme: its own `theme.typ`, or the kit's empty one.
    pub fn theme(&self) -> String {
        let (folder, file) = match self.file(THEME) {
            Some(_) => (&*self.name, THEME),
            None => (KIT, NO_THEME),
        };
        format!("/{TEMPLATES}/{folder}/{file}")
    }

    /// Returns the template's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the folder it is read from, unless it is built in.
    pub fn folder(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Folder(folder) => Some(folder),
            Origin::BuiltIn(_) => None,
        }
    }

    /// Returns the bytes of one of its files, by its path within the template.
    pub fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        match &self.origin {
            Origin::Folder(folder) => {
                bounded::read(&folder.join(path), MAX_FILE).ok().map(Cow::Owned)
            }
            Origin::BuiltIn(dir) => {
                dir.get_file(dir.path().join(path)).map(|file| Cow::Borrowed(file.contents()))
            }
        }
    }

    /// Returns one of its text files; `None` if it has no such file.
    pub fn text(&self, path: &str) -> Option<Result<Arc<SourceFile>, Diagnostic>> {
        let shown = format!("{TEMPLATES}/{}/{path}", self.name);
        let bytes = match &self.origin {
            Origin::Folder(folder) => match bounded::read(&folder.join(path), MAX_FILE) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
                Err(error) => {
                    return Some(Err(unreadable(&shown, &error, &Place::start_of(&*shown))));
                }
            },
            Origin::BuiltIn(_) => self.file(path)?.into_owned(),
        };
        Some(decode(shown, &bytes))
    }

    /// Returns the template, or which of its files cannot be read.
    fn readable(self) -> Result<Self, Diagnostic> {
        let mut all = vec![];
        if let Origin::Folder(folder) = &self.origin {
            walk(folder, "", &|_| true, &mut all);
            for path in all {
                let shown = format!("{TEMPLATES}/{}/{path}", self.name);
                bounded::check(&folder.join(path), MAX_FILE)
                    .map_err(|error| unreadable(&shown, &error, &Place::start_of(&*shown)))?;
            }
        }
        Ok(self)
    }

    /// Returns the paths of all its files within the template, sorted.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = vec![];
        match &self.origin {
            Origin::Folder(folder) => walk(folder, "", &|kind| kind.is_file(), &mut paths),
            Origin::BuiltIn(dir) => list(dir, dir.path(), &mut paths),
        }
        paths.sort();
        paths
    }

    /// Returns the citation style with this name, as CSL: the template's own, or one of the kit's;
    /// `asked` is the location of its name in the report.
    pub fn style(&self, name: &str, asked: &Place) -> Result<String, Diagnostic> {
        let kit = BUILT_IN.get_dir(KIT).map(|dir| Self::built_in_at(dir, KIT));
        let places = || [Some(self), kit.as_ref()].into_iter().flatten();
        if let Some(bytes) = places().find_map(|at| at.file(&format!("styles/{name}.csl"))) {
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
        match styles::archived(name) {
            Some(Ok(csl)) => return Ok(csl),
            Some(Err(message)) => {
                let hint = say!(
                    "choose one whose citations stand in the text, such as `apa`, `chicago` or `gb-7714-2025`"
                );
                return Err(Diagnostic::error(asked.clone(), message).hint(hint));
            }
            None => {}
        }
        let mut paths: Vec<_> = places().flat_map(Self::paths).collect();
        paths.sort();
        paths.dedup();
        let known: Vec<_> = paths
            .iter()
            .filter_map(|path| path.strip_prefix("styles/")?.strip_suffix(".csl"))
            .collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(meant) => say!("did you mean `{meant}`?", meant),
            None => say!(
                "write one of `{known}`, or a name of the CSL project such as `apa`, `chicago`, `ieee`; a file `{name}.csl` goes into `styles/` of a template of your own",
                known = known.join("`, `"),
                name = name.strip_suffix(".csl").unwrap_or(name)
            ),
        };
        Err(Diagnostic::error(asked.clone(), say!("there is no citation style `{name}`", name))
            .hint(hint))
    }
}

/// Returns whether a name can be that of a template: of a folder right below the templates'.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name != KIT && !name.starts_with('.') && !name.contains(['/', '\\'])
}

/// Lists what is in a folder and those within it, but for folders, if it is of the right kind.
fn walk(folder: &Path, prefix: &str, is_right: &dyn Fn(FileType) -> bool, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &format!("{path}/"), is_right, out),
            Ok(kind) if is_right(kind) => out.push(path),
            _ => {}
        }
    }
}

fn list(dir: &Dir, root: &Path, out: &mut Vec<String>) {
    for file in dir.files() {
        if let Some(path) = file.path().strip_prefix(root).ok().and_then(Path::to_str) {
            out.push(path.to_owned());
        }
    }
    dir.dirs().for_each(|dir| list(dir, root, out));
}
