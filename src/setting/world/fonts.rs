//! Fonts: the project's own, the built-in ones, and the system's only on request.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontPath, FontSource, FontStore};

use crate::reading::bounded::MAX_FILE;
use crate::reading::{Families, HouseFonts};
use l10n::say;
use source::{Diagnostic, Place};

/// The folder below the project's that holds its fonts.
pub const FONTS: &str = "fonts";

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// All fonts that a report may use, in a fixed order.
pub struct Fonts {
    store: FontStore,
    origins: Vec<Origin>,
    /// The folder of the house's fonts, where that is none of the project's.
    house: Option<PathBuf>,
    /// The files that the house's brand names.
    named: BTreeSet<PathBuf>,
    /// One bit per code point that any font covers: every character of a report is looked up at
    /// each edit.
    covered: OnceLock<Vec<u64>>,
    families: OnceLock<Families>,
}

/// The origin of a font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file of the project or of the system.
    File(PathBuf),
    /// A font built into the program.
    BuiltIn(&'static str),
}

struct BuiltIn(&'static [u8]);

impl FontSource for BuiltIn {
    fn load(&self) -> Option<Font> {
        Font::new(Bytes::new(self.0), 0)
    }
}

impl Fonts {
    /// Loads the fonts of a project: those in its `fonts/`, those in the `fonts/` of its `house`'s
    /// folder and those that its brand names, then the built-in families missing there, then, if
    /// `system` is set, the machine's.
    pub fn of(
        project: &Path,
        house: Option<&HouseFonts>,
        system: bool,
    ) -> Result<Self, Diagnostic> {
        let mut fonts = Self::none();
        let own = project.join(FONTS);
        let mut families = fonts.add_folder(&own)?;
        let folder = house.map(|house| house.folder.join(FONTS)).filter(|folder| folder.is_dir());
        if let Some(folder) =
            folder.filter(|folder| folder.canonicalize().ok() != own.canonicalize().ok())
        {
            families.extend(fonts.add_folder(&folder)?);
            fonts.house = Some(folder);
        }
        families.extend(fonts.add_named(house.map_or(&[], |house| &house.named))?);
        fonts.add_built_in(Some(project), &mut families);
        if system {
            let mut database = fontdb::Database::new();
            #[expect(clippy::disallowed_methods, reason = "the user asked for them")]
            database.load_system_fonts();
            fonts.add_database(&database, &families);
        }
        Ok(fonts)
    }

    /// Loads the built-in fonts alone.
    pub fn of_program() -> Self {
        let mut fonts = Self::none();
        fonts.add_built_in(None, &mut BTreeSet::new());
        fonts
    }

    fn none() -> Self {
        Self {
            store: FontStore::new(),
            origins: vec![],
            house: None,
            named: BTreeSet::new(),
            covered: OnceLock::new(),
            families: OnceLock::new(),
        }
    }

    /// Returns Typst's catalogue of all fonts.
    pub fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    /// Returns the font at an index of the book.
    pub fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// Returns the information on each font, and its origin.
    pub fn list(&self) -> impl Iterator<Item = (&FontInfo, &Origin)> {
        self.origins
            .iter()
            .enumerate()
            .filter_map(|(index, origin)| Some((self.book().info(index)?, origin)))
    }

    /// Returns the built-in fonts in use: their paths below `fonts/`, and their bytes.
    pub fn built_in(&self) -> impl Iterator<Item = (&'static str, &'static [u8])> {
        self.origins.iter().filter_map(|origin| match origin {
            Origin::BuiltIn(path) => Some((*path, BUILT_IN.get_file(path)?.contents())),
            Origin::File(_) => None,
        })
    }

    /// Returns the files of the project's own fonts and of its house's.
    pub fn own<'a>(&'a self, project: &Path) -> impl Iterator<Item = &'a Path> {
        let folder = project.join(FONTS);
        self.origins.iter().filter_map(move |origin| match origin {
            Origin::File(path)
                if path.starts_with(&folder)
                    || self.named.contains(path)
                    || self.house.as_ref().is_some_and(|house| path.starts_with(house)) =>
            {
                Some(path.as_path())
            }
            _ => None,
        })
    }

    /// Returns the first font of a file.
    pub fn of_file(&self, path: &Path) -> Option<&FontInfo> {
        let wanted = path.canonicalize().ok()?;
        let is_wanted = |path: &Path| path.canonicalize().is_ok_and(|path| path == wanted);
        let mut all = self.list();
        all.find_map(|(info, origin)| match origin {
            Origin::File(path) if is_wanted(path) => Some(info),
            _ => None,
        })
    }

    /// Returns whether any font has the character.
    pub fn covers(&self, c: char) -> bool {
        let place = |point: u32| (point as usize / 64, 1 << (point % 64));
        let covered = self.covered.get_or_init(|| {
            let mut covered = vec![0; place(u32::from(char::MAX)).0 + 1];
            for point in self.list().flat_map(|(info, _)| info.coverage.iter()) {
                let (word, bit) = place(point);
                covered[word] |= bit;
            }
            covered
        });
        let (word, bit) = place(u32::from(c));
        covered[word] & bit != 0
    }

    /// Returns the families with their characters, for text in drawings.
    pub fn families(&self) -> &Families {
        self.families.get_or_init(|| {
            let mut families = Families::default();
            for (info, _) in self.list() {
                families.add(&info.family, info.coverage.iter());
            }
            families
        })
    }

    fn add_folder(&mut self, folder: &Path) -> Result<BTreeSet<String>, Diagnostic> {
        let mut files = vec![];
        font_files(folder, &mut files);
        files.sort();
        let placed = files.into_iter().map(|file| {
            let name = file.strip_prefix(folder.parent().unwrap_or(folder)).unwrap_or(&file);
            let place = Place::start_of(name.to_string_lossy());
            (file, place)
        });
        self.add_files(placed.collect())
    }

    /// Adds the files that a brand names, but those that are known. One that is not there is told
    /// where the brand is read.
    fn add_named(&mut self, named: &[(PathBuf, Place)]) -> Result<BTreeSet<String>, Diagnostic> {
        let new = named.iter().filter(|(path, _)| path.is_file() && is_font(path));
        let new: Vec<_> = new.filter(|(path, _)| self.of_file(path).is_none()).cloned().collect();
        self.named = new.iter().map(|(path, _)| path.clone()).collect();
        self.add_files(new)
    }

    fn add_files(&mut self, files: Vec<(PathBuf, Place)>) -> Result<BTreeSet<String>, Diagnostic> {
        let mut database = fontdb::Database::new();
        for (file, place) in files {
            let place = || place.clone();
            let found = std::fs::metadata(&file);
            if found.is_ok_and(|found| !found.is_file() || found.len() > MAX_FILE) {
                let most = MAX_FILE / 1_000_000;
                let message = say!("not a file of at most {most} MB (the limit `size`)", most);
                return Err(Diagnostic::error(place(), message)
                    .hint(say!("remove the file from `fonts/`, or copy it there again")));
            }
            let before = database.len();
            let loaded = database.load_font_file(&file);
            if loaded.is_err() || database.len() == before {
                return Err(Diagnostic::error(place(), say!("not a font"))
                    .hint(say!("remove the file from `fonts/`, or copy it there again")));
            }
            let new: Vec<_> = database.faces().skip(before).map(|face| face.id).collect();
            let why_not = |bytes: &[u8], index| {
                ttf_parser::Face::parse(bytes, index).ok().and_then(|face| forbidden(&face))
            };
            let mut forbidden =
                new.into_iter().filter_map(|id| database.with_face_data(id, why_not)?);
            if let Some(why) = forbidden.next() {
                return Err(Diagnostic::error(place(), why).hint(say!(
                    "use a font under a free licence, such as one of the Noto family"
                )));
            }
        }
        Ok(self.add_database(&database, &BTreeSet::new()))
    }

    /// Adds the fonts that are not of the families in `known`; returns the families added.
    fn add_database(
        &mut self,
        database: &fontdb::Database,
        known: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut families = BTreeSet::new();
        for face in database.faces() {
            let (fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _)) = &face.source
            else {
                continue;
            };
            let Some(info) = database.with_face_data(face.id, FontInfo::new).flatten() else {
                continue;
            };
            let family = info.family.to_lowercase();
            if known.contains(&family) {
                continue;
            }
            families.insert(family);
            self.origins.push(Origin::File(path.clone()));
            self.store.push((FontPath { path: path.clone(), index: face.index }, info));
        }
        families
    }

    fn add_built_in(&mut self, project: Option<&Path>, families: &mut BTreeSet<String>) {
        let mut files: Vec<_> = BUILT_IN.dirs().flat_map(Dir::files).collect();
        files.sort_by_key(|file| file.path());
        let known = families.clone();
        for file in files {
            let path = file.path().to_str().unwrap_or_default();
            // Reading a face takes a while: one that the project has a copy of is known already.
            let copied = |project: &Path| project.join(FONTS).join(path).is_file();
            if !is_font(file.path()) || project.is_some_and(copied) {
                continue;
            }
            let Some(info) = FontInfo::new(file.contents(), 0) else { continue };
            let family = info.family.to_lowercase();
            if known.contains(&family) {
                continue;
            }
            families.insert(family);
            self.origins.push(Origin::BuiltIn(path));
            self.store.push((BuiltIn(file.contents()), info));
        }
    }
}

/// What a font's maker forbids to do with it and every report does: to embed its outlines, those of
/// the letters that are used, in a file that others read (OpenType, `fsType` of `OS/2`). A font that
/// says nothing allows it.
pub fn forbidden(face: &ttf_parser::Face) -> Option<String> {
    face.tables().os2?;
    if face.permissions() == Some(ttf_parser::Permissions::Restricted) {
        return Some(say!("its maker forbids to embed this font"));
    }
    if !face.is_outline_embedding_allowed() {
        return Some(say!("its maker forbids to embed the outlines of this font, only bitmaps"));
    }
    if !face.is_subsetting_allowed() {
        return Some(say!(
            "its maker forbids to embed a part of this font, and a report holds the letters that it uses"
        ));
    }
    None
}

/// Whether a file is a font that can be read, by its ending.
pub fn is_font(path: &Path) -> bool {
    let ending =
        path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    ["otf", "ttf", "otc", "ttc"].contains(&ending.as_str())
}

fn font_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        // A link to a folder may lead back.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            font_files(&path, out);
        } else if is_font(&path) && !path.is_dir() {
            out.push(path);
        }
    }
}
