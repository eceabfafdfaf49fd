//! The files of fonts that a house's brand names.

use std::fs;
use std::path::{Path, PathBuf};

use brand::{Brand, NamedFont};
use l10n::say;
use source::{Diagnostic, Place, Problems};

use super::{decode, house_file, shown};
use crate::reading::project::Project;

/// The endings of fonts that can be read, and of those that only browsers read.
const READ: [&str; 4] = ["otf", "ttf", "otc", "ttc"];
const OF_THE_WEB: [&str; 3] = ["woff", "woff2", "eot"];

/// The fonts that a house brings along.
#[derive(Debug, Clone)]
pub struct HouseFonts {
    /// The folder of its brand file, which may have a folder of fonts.
    pub folder: PathBuf,
    /// The files that the brand names, each with the place where it does.
    pub named: Vec<(PathBuf, Place)>,
}

/// Returns the fonts of a report's brand, without a word on what is wrong with it.
pub fn house_fonts(project: &Project) -> Option<HouseFonts> {
    let path = house_file(project)?;
    let folder = path.parent()?.to_owned();
    let file = fs::read(&path).ok().and_then(|bytes| decode(shown(project, &path), &bytes).ok());
    let brand = file.and_then(|file| Brand::read(&file, &mut Problems::default()));
    let files = Project::of_house(&folder);
    let named = brand.iter().flat_map(|brand| {
        let here = brand.font_files().into_iter().map(|font| (brand.place(&font.at), font));
        here.filter(|(place, font)| why_not(font, &files, place).is_none())
            .map(|(place, font)| (folder.join(font.path), place))
    });
    let named = named.collect();
    Some(HouseFonts { folder, named })
}

/// Tells of files that a brand names and that no report can have.
pub(super) fn check(brand: &Brand, folder: &Path, problems: &mut Problems) {
    let files = Project::of_house(folder);
    for font in brand.font_files() {
        problems.extend(why_not(&font, &files, &brand.place(&font.at)));
    }
}

fn why_not(font: &NamedFont, files: &Project, place: &Place) -> Option<Diagnostic> {
    let name = &*font.path;
    let of_screens = |message| {
        let found = Diagnostic::of(&brand::rules::UNUSED, place.clone(), message);
        Some(found.hint(say!("name the font's `.otf` or `.ttf` file, beside the brand file")))
    };
    if name.contains("://") {
        return of_screens(say!("`{name}` is not fetched: nothing is fetched from the web", name));
    }
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_lowercase();
    if OF_THE_WEB.contains(&&*ending) {
        return of_screens(say!("`{name}` is a font for browsers: print cannot read it", name));
    }
    if !READ.contains(&&*ending) {
        return Some(
            Diagnostic::error(place.clone(), say!("`{name}` is no file of a font", name))
                .hint(say!("name the font's `.otf` or `.ttf` file, beside the brand file")),
        );
    }
    if !files.root().join(name).exists() {
        return Some(
            Diagnostic::error(place.clone(), say!("the file `{name}` is missing", name))
                .hint(say!("paths of a brand count from the folder of its file")),
        );
    }
    files.locate(name, place).err()
}
