//! The house's look: which brand file a report has, and what it says.

mod art;
mod fonts;
mod logo_colours;

use std::fs;
use std::path::{Component, Path, PathBuf};

use brand::Brand;
use l10n::say;
use source::yaml::Document;
use source::{Diagnostic, Place, Problems};

pub(super) use art::read as read_art;
pub use art::{Art, ArtCover, ArtPicture};
pub use fonts::{HouseFonts, house_fonts};
pub use logo_colours::colours_of;

use super::SETTINGS;
use super::model::ReportConfig;
use super::project::{CONTENT, Project, decode, unreadable};

/// The names under which a brand file is found without being named.
const NAMES: [&str; 6] =
    ["brand.yaml", "brand.yml", "_brand.yml", "_brand.yaml", "brand.tokens.json", "brand.tokens"];

/// The folder of fonts beside a brand file.
const FONTS: &str = "fonts";

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
    if config.brand.is_none() {
        idle(project, problems);
    }
    let asked = settings.place("/brand");
    let path = find(project, config.brand.as_deref(), &asked)
        .map_err(|problem| problems.push(problem))
        .ok()
        .flatten()?;
    let shown = shown(project, &path);
    let bytes = fs::read(&path).map_err(|error| unreadable(&shown, &error, &asked));
    let file = bytes.and_then(|bytes| decode(shown.clone(), &bytes));
    let file = file.map_err(|problem| problems.push(problem)).ok()?;
    let brand = Brand::read(&file, problems)?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    fonts::check(&brand, &folder, problems);
    Some(House { brand, folder, shown })
}

/// Returns the file of a report's brand, without a word on what is wrong with it.
pub fn house_file(project: &Project) -> Option<PathBuf> {
    let start = Place::start_of(super::shown(SETTINGS));
    let file = project.text(SETTINGS, &start).ok()?;
    let settings = Document::parse(&file, 0..file.text.len(), &mut Problems::default())?;
    find(project, settings.value["brand"].as_str(), &start).ok().flatten()
}

/// Returns the files that a report's brand is made of, whether they are there or not: its own, those
/// that it names, and its fonts. Only what is in the brand's folder counts.
pub fn house_files(project: &Project) -> Vec<PathBuf> {
    let Some(path) = house_file(project) else {
        // One may come.
        return NAMES.iter().map(|name| project.root().join(name)).collect();
    };
    let Some(folder) = path.parent() else { return vec![path] };
    let shown = shown(project, &path);
    let file = fs::read(&path).ok().and_then(|bytes| decode(shown, &bytes).ok());
    let document =
        file.and_then(|file| Document::parse(&file, 0..file.text.len(), &mut Problems::default()));
    let named = document.iter().flat_map(Document::texts).filter_map(|(_, text, _)| {
        // A name that leads out of the folder is no file of the brand's.
        let plain = Path::new(text).components().all(|part| matches!(part, Component::Normal(_)));
        (plain && text.contains('.')).then(|| folder.join(text))
    });
    let mut out: Vec<PathBuf> = named.collect();
    let mut open = vec![folder.join(FONTS)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                _ => out.push(entry.path()),
            }
        }
    }
    out.push(path);
    out.sort();
    out.dedup();
    out
}

/// Returns the house's name in full, where a report's brand says it.
pub fn house_name(project: &Project) -> Option<String> {
    let path = house_file(project)?;
    let file = decode(shown(project, &path), &fs::read(&path).ok()?).ok()?;
    let brand = Brand::read(&file, &mut Problems::default())?;
    Some(brand.file.meta.name?.full()?.to_owned())
}

/// Returns the spot colours that a project's report prints with: those of its settings, and those of
/// its brand.
pub fn spots(project: &Project) -> Result<Vec<String>, Diagnostic> {
    let file = project.text(SETTINGS, &Place::start_of(super::shown(SETTINGS)))?;
    let settings = Document::parse(&file, 0..file.text.len(), &mut Problems::default());
    let named = settings.as_ref().and_then(|settings| settings.value.pointer("/press/spots"));
    let named = named.and_then(|named| named.as_array()).into_iter().flatten();
    let mut out: Vec<String> = named.filter_map(|name| name.as_str().map(str::to_owned)).collect();
    if let Some(path) = house_file(project) {
        let asked = Place::start_of(shown(project, &path));
        let bytes =
            fs::read(&path).map_err(|error| unreadable(&asked.file.path, &error, &asked))?;
        let file = decode(shown(project, &path), &bytes)?;
        out.extend(Brand::read(&file, &mut Problems::default()).iter().flat_map(Brand::spots));
    }
    Ok(out)
}

/// Returns the path of a report's brand file as messages show it.
pub fn brand_file(project: &Project) -> Option<String> {
    house_file(project).map(|path| shown(project, &path))
}

/// Finds the brand file that `report.yaml` names, or that has one of the names; there may be none.
fn find(
    project: &Project,
    name: Option<&str>,
    asked: &Place,
) -> Result<Option<PathBuf>, Diagnostic> {
    match name {
        Some(NONE) => Ok(None),
        Some(name) => named(project, name, asked).map(Some),
        None => Ok(beside(project)),
    }
}

/// Returns the brand file that a project has without naming one.
fn beside(project: &Project) -> Option<PathBuf> {
    let folders = [project.root().join(CONTENT), project.root().to_owned()];
    folders.iter().find_map(|folder| in_folder(folder))
}

/// Tells of brand files that lie where a report's own does, and are not read.
fn idle(project: &Project, problems: &mut Problems) {
    let Some(used) = beside(project) else { return };
    let folders = [project.root().join(CONTENT), project.root().to_owned()];
    let all = folders.iter().flat_map(|folder| NAMES.iter().map(|name| folder.join(name)));
    for path in all.filter(|path| path.is_file() && *path != used) {
        let message =
            say!("this file is not read: `{used}` is the brand", used = shown(project, &used));
        let place = Place::start_of(shown(project, &path));
        problems.push(Diagnostic::of(&brand::rules::UNUSED, place, message).hint(say!(
            "remove one of the two, or name the one that is meant: `brand:` in report.yaml"
        )));
    }
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
