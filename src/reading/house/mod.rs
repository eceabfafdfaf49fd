//! The house's look: which brand file a report has, and what it says.

mod art;

use std::fs;
use std::path::{Component, Path, PathBuf};

use brand::Brand;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

pub(super) use art::read as read_art;
pub use art::{Art, ArtCover, ArtPicture};

use super::model::ReportConfig;
use super::project::{CONTENT, Project, decode, unreadable};

/// The names under which a brand file is found without being named.
const NAMES: [&str; 4] = ["brand.yaml", "brand.yml", "_brand.yml", "_brand.yaml"];

/// What `brand` says where a report has none.
const NONE: &str = "none";

/// The house of a report: its brand file as read.
#[derive(Debug)]
pub struct House {
    /// What the file says.
    pub brand: Brand,
    /// The folder of the file, from which its paths count.
    pub folder: PathBuf,
    /// The file's path as messages show it.
    pub shown: String,
}

/// Reads the brand that a report names, or the one that lies beside `report.yaml` or beside
/// `content/`.
pub(super) fn read(
    project: &Project,
    config: &ReportConfig,
    settings: &Document,
    problems: &mut Problems,
) -> Option<House> {
    let asked = settings.place("/brand");
    let path = match config.brand.as_deref() {
        Some(NONE) => return None,
        Some(name) => match named(project, name, &asked) {
            Ok(path) => path,
            Err(problem) => {
                problems.push(problem);
                return None;
            }
        },
        None => beside(project)?,
    };
    let shown = shown(project, &path);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(unreadable(&shown, &error, &asked));
            return None;
        }
    };
    let file = match decode(shown.clone(), &bytes) {
        Ok(file) => file,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let brand = Brand::read(&file, problems)?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    Some(House { brand, folder, shown })
}

/// Returns the brand file that a project has without naming one.
fn beside(project: &Project) -> Option<PathBuf> {
    let folders = [project.root().join(CONTENT), project.root().to_owned()];
    let in_folder = |folder: &PathBuf| in_folder(folder);
    folders.iter().find_map(in_folder)
}

fn in_folder(folder: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// Finds the file of a name: from `content/`, or from the project's folder. It is the one that may
/// lie outside of the project, so that several reports share it.
fn named(project: &Project, name: &str, asked: &Place) -> Result<PathBuf, Diagnostic> {
    if Path::new(name).is_absolute() {
        return Err(Diagnostic::error(
            asked.clone(),
            say!("`{name}` is a path of this machine alone", name),
        )
        .hint(say!("write it from `content/`, such as `../house/brand.yaml`")));
    }
    let bases = [project.root().join(CONTENT), project.root().to_owned()];
    let found = bases.iter().map(|base| base.join(name)).find_map(|path| {
        if path.is_dir() { in_folder(&path) } else { path.is_file().then_some(path) }
    });
    found.ok_or_else(|| {
        let hint = match beside(project) {
            Some(path) => say!("did you mean `{meant}`?", meant = shown(project, &path)),
            None => say!("paths are relative to `{content}/`", content = CONTENT),
        };
        Diagnostic::error(asked.clone(), say!("the file `{name}` is missing", name)).hint(hint)
    })
}

/// Returns a path as messages show it: from the project's folder, without detours.
fn shown(project: &Project, path: &Path) -> String {
    let path = path.strip_prefix(project.root()).unwrap_or(path);
    let mut names: Vec<String> = vec![];
    for component in path.components() {
        match component {
            Component::ParentDir if names.last().is_some_and(|name| name != "..") => {
                names.pop();
            }
            Component::CurDir => {}
            other => names.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    names.join("/")
}
