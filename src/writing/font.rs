//! Brings a font into a project: the file with its licence, checked so that a report can hold it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use icu_properties::props::{EnumeratedProperty, NamedEnumeratedProperty, Script};
use l10n::say;
use ttf_parser::{Face, name_id};
use typst::text::{FontInfo, FontStyle};

use crate::error::{Error, RequestError};
use crate::output::Outputs;
use crate::reading::bounded;
use crate::setting::world::{FONTS, Fonts, forbidden};

/// The largest file of a font, in bytes.
const MOST_BYTES: u64 = 100_000_000;
/// The fewest characters of a script for which a font is one of that script.
const FEWEST: usize = 20;

/// A font that was brought into a project.
#[derive(Debug)]
pub struct Added {
    /// Its file, from the project's folder.
    pub file: PathBuf,
    /// The file of its licence, from the project's folder.
    pub licence: PathBuf,
    /// Its faces.
    pub faces: Vec<AddedFace>,
    /// Whether all faces of a built-in family give way to it.
    pub replaces_built_in: bool,
}

/// A face of a font that was brought into a project.
#[derive(Debug)]
pub struct AddedFace {
    /// Its family, by which a template names it.
    pub family: String,
    /// Its weight, from 100 to 900.
    pub weight: u16,
    /// Whether it is upright.
    pub upright: bool,
    /// The scripts that it has, by name, each with the number of its characters, most first.
    pub scripts: Vec<(String, usize)>,
    /// How many of its characters no built-in font has.
    pub new: usize,
}

/// Copies a font and its licence into a project's `fonts/`. Without `licence`, the licence is the
/// file beside the font that is named so, or what the font says of it.
pub fn add(project: &Path, font: &Path, licence: Option<&Path>) -> Result<Added, Error> {
    let bytes = read(font)?;
    let faces: Vec<FontInfo> = FontInfo::iter(&bytes).collect();
    let Some(info) = faces.first() else {
        return Err(RequestError::NotAFont(font.to_owned()).into());
    };
    let parsed = |index: usize| Face::parse(&bytes, index as u32).ok();
    let why = (0..faces.len()).filter_map(parsed).find_map(|face| forbidden(&face));
    if let Some(why) = why {
        return Err(RequestError::NotEmbeddable(font.to_owned(), why).into());
    }
    let (licence_name, licence_text) = match licence {
        Some(path) => (name_of(path), read(path)?),
        None => match beside(font) {
            Some(path) => (name_of(&path), read(&path)?),
            None => {
                let said = parsed(0).and_then(|face| said(&face));
                let said = said.ok_or_else(|| RequestError::NoLicence(font.to_owned()))?;
                ("LICENCE.txt".into(), said.into_bytes())
            }
        },
    };
    let built_in = Fonts::of_program();
    let replaces_built_in =
        built_in.list().any(|(known, _)| known.family.eq_ignore_ascii_case(&info.family));
    let added = faces.iter().map(|info| face_of(info, &built_in)).collect();
    let folder = Path::new(FONTS).join(folder_name(&info.family));
    let (file, licence) = (folder.join(name_of(font)), folder.join(licence_name));
    let outputs = [(&file, bytes), (&licence, licence_text)];
    for (path, bytes) in &outputs {
        // What is there with other bytes belongs to another font, or is another's licence.
        let known = fs::read(project.join(path));
        if known.is_ok_and(|known| known != *bytes) {
            return Err(RequestError::FontIsThere(project.join(path)).into());
        }
    }
    let folder = project.join(&folder);
    fs::create_dir_all(&folder).map_err(Error::machine(say!("cannot create"), &folder))?;
    let outputs = outputs.map(|(path, bytes)| (project.join(path), bytes));
    Outputs::into_sources().write(&outputs, &[])?;
    Ok(Added { file, licence, faces: added, replaces_built_in })
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = || Error::machine(say!("cannot read"), path);
    if fs::metadata(path).map_err(failed())?.len() > MOST_BYTES {
        return Err(RequestError::NotAFont(path.to_owned()).into());
    }
    bounded::read(path, MOST_BYTES).map_err(failed())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A family's name as that of a folder.
fn folder_name(family: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    family.chars().map(plain).collect::<String>().trim_matches('-').to_owned()
}

/// The licence beside a font, or one folder up, as packages have it. One of the fonts comes before
/// one of the package.
fn beside(font: &Path) -> Option<PathBuf> {
    let font = font.canonicalize().ok()?;
    font.ancestors().skip(1).take(2).find_map(|folder| {
        let mut all: Vec<_> = fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file() && rank(&name_of(path)).is_some())
            .collect();
        all.sort_by_key(|path| (rank(&name_of(path)), name_of(path)));
        all.into_iter().next()
    })
}

/// How well a file's name says that it is a font's licence; the least is best.
fn rank(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let text = !name.contains('.') || name.ends_with(".txt") || name.ends_with(".md");
    let heads = ["ofl", "license_font", "license-font", "license", "licence", "copying"];
    heads.iter().position(|head| name.starts_with(head)).filter(|_| text)
}

/// What a font says of its licence.
fn said(face: &Face) -> Option<String> {
    let text = |id: u16| {
        let names = face.names().into_iter().filter(|name| name.name_id == id);
        names.filter_map(|name| name.to_string()).find(|text| !text.trim().is_empty())
    };
    let licence = text(name_id::LICENSE).or_else(|| text(name_id::LICENSE_URL))?;
    let lines = [text(name_id::COPYRIGHT_NOTICE), Some(licence), text(name_id::LICENSE_URL)];
    let mut lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.dedup();
    Some(lines.join("\n\n") + "\n")
}

fn face_of(info: &FontInfo, built_in: &Fonts) -> AddedFace {
    let mut scripts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut new = 0;
    for c in info.coverage.iter().filter_map(char::from_u32) {
        new += usize::from(!built_in.covers(c));
        let name = if is_emoji(c) { "Emoji" } else { Script::for_char(c).long_name() };
        *scripts.entry(name).or_default() += 1;
    }
    let mut scripts: Vec<(String, usize)> = scripts
        .into_iter()
        .filter(|(name, count)| {
            *count >= FEWEST && !["Common", "Inherited", "Unknown"].contains(name)
        })
        .map(|(name, count)| (name.to_owned(), count))
        .collect();
    scripts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    AddedFace {
        family: info.family.clone(),
        weight: info.variant.weight.to_number(),
        upright: info.variant.style == FontStyle::Normal,
        scripts,
        new,
    }
}

/// Whether a character is a picture that phones have: the blocks of Unicode that hold them.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F300}'..='\u{1FAFF}')
}
