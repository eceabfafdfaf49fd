//! The pictures of a house: its logo, and the picture of a cover.

use std::collections::BTreeMap;
use std::fs;

use brand::LogoFile;
use brand::model::{Cover, TitlePlace};
use brand::tone::Rgb;
use l10n::say;
use placed::Area;
use source::{Diagnostic, Place, Problems, nearest};

use super::House;
use super::logo_colours::colours_of;
use crate::reading::drawing::Faces;
use crate::reading::image::{self, Asked, Made};
use crate::reading::model::ReportConfig;
use crate::reading::project::{CONTENT, Project};
use source::yaml::Document;

/// The pictures of a house, as a template places them.
#[derive(Debug, Default)]
pub struct Art {
    /// The logo by its size and ground, such as `large` and `dark`.
    pub logos: Vec<(&'static str, &'static str, ArtPicture)>,
    /// The picture of the cover.
    pub cover: Option<ArtCover>,
    /// The logos of the report's partners.
    pub partners: Vec<ArtPicture>,
}

impl Art {
    /// Returns all pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &ArtPicture> {
        let cover = self.cover.iter().filter_map(|cover| cover.picture.as_ref());
        self.logos.iter().map(|(.., picture)| picture).chain(cover).chain(&self.partners)
    }
}

/// The picture of a cover, with what is said of it.
#[derive(Debug)]
pub struct ArtCover {
    /// Where it lies, and how the title stands on it.
    pub settings: Cover,
    /// The picture; a motif has none.
    pub picture: Option<ArtPicture>,
}

impl ArtCover {
    /// Whether the picture has the title.
    pub fn is_finished(&self) -> bool {
        self.settings.title == TitlePlace::None
    }
}

/// A picture of a house.
#[derive(Debug, Clone)]
pub struct ArtPicture {
    /// Its path from the folder that it lies in.
    pub name: String,
    /// The ratio of its width to its height.
    pub ratio: f64,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// Where it is named.
    pub place: Place,
    /// The files that it is one of.
    pub files: Project,
    /// What goes to the pages.
    pub made: Made,
    /// The colours of a logo that is one for all grounds, by the area that each covers.
    pub colours: BTreeMap<Rgb, f32>,
}

/// Reads a house's logos and the cover's picture; that of the report takes the place of the house's.
pub(in crate::reading) fn read(
    project: &Project,
    house: Option<&House>,
    (config, settings): (&ReportConfig, &Document),
    faces: &Faces,
    problems: &mut Problems,
) -> Art {
    let mut reader = Reader { faces, lang: &config.lang, problems };
    let mut art = Art::default();
    if let Some(house) = house {
        let files = Project::of_house(&house.folder);
        for (size, pair) in house.brand.logo() {
            let path = |file: &Option<LogoFile>| file.as_ref().map(|file| file.path.clone());
            let is_one = path(&pair.light) == path(&pair.dark);
            for (ground, file) in [("light", pair.light), ("dark", pair.dark)] {
                let Some(file) = file else { continue };
                let place = house.brand.place(&file.at);
                let picture = reader.read(&files, Asked::file(&file.path), place, true);
                art.logos.extend(picture.map(|picture| {
                    let colours = is_one.then(|| colours_of(&files.root().join(&picture.name)));
                    // Pages of PDFs do not tell theirs.
                    let colours = colours.and_then(Result::ok).unwrap_or_default();
                    (size, ground, ArtPicture { alt: file.alt, colours, ..picture })
                }));
            }
        }
    }
    let own = config.cover.clone().map(|cover| {
        let files = Project::of_house(project.root().join(CONTENT));
        let place = |key: &str| settings.place(&format!("/cover{key}"));
        let places =
            [place("/picture"), place("/motif"), place("/title"), settings.key_place("/cover")];
        let idle = idle(&cover, |key| settings.key_place(&format!("/cover/{key}")));
        (cover, files, places, idle)
    });
    let of_house = || {
        let house = house?;
        let cover = house.brand.file.cover.clone()?;
        let place = |key: &str| house.brand.place(&format!("/cover{key}"));
        let places =
            [place("/picture"), place("/motif"), place("/title"), house.brand.key_place("/cover")];
        let idle = idle(&cover, |key| house.brand.key_place(&format!("/cover/{key}")));
        Some((cover, Project::of_house(&house.folder), places, idle))
    };
    if let Some((cover, files, places, idle)) = own.or_else(of_house) {
        reader.problems.extend(idle);
        art.cover = reader.cover(cover, &files, places);
    }
    let files = Project::of_house(project.root().join(CONTENT));
    for (index, partner) in config.partners.iter().enumerate() {
        let place = settings.place(&format!("/partners/{index}/logo"));
        let picture = reader.read(&files, Asked::file(&partner.logo), place, false);
        art.partners.extend(
            picture.map(|picture| ArtPicture { alt: Some(partner.name.clone()), ..picture }),
        );
    }
    art
}

/// Tells of keys of a cover that others of its keys leave no use for.
fn idle(cover: &Cover, place: impl Fn(&str) -> Place) -> Vec<Diagnostic> {
    let motif = cover.motif.is_some() && cover.picture.is_none();
    let finished = cover.title == TitlePlace::None;
    let keys = [
        ("seed", cover.seed.is_some() && cover.motif.is_none(), "motif: rings"),
        ("focus", cover.focus.is_some() && motif, "picture: cover.jpg"),
        ("page", cover.page.is_some() && motif, "picture: cover.pdf"),
        ("alt", cover.alt.is_some() && !finished, "title: none"),
    ];
    keys.into_iter()
        .filter(|(_, idle, _)| *idle)
        .map(|(key, _, wants)| {
            let message = say!("the cover has no use for `{key}` without `{wants}`", key, wants);
            Diagnostic::of(&brand::rules::UNUSED, place(key), message).hint(say!("leave it out"))
        })
        .collect()
}

struct Reader<'a> {
    faces: &'a Faces,
    lang: &'a str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    /// Reads the art of a cover; `places` are those of its picture, its motif, its title and itself.
    fn cover(
        &mut self,
        cover: Cover,
        files: &Project,
        [picture, motif, title, whole]: [Place; 4],
    ) -> Option<ArtCover> {
        let fault = match (&cover.picture, cover.motif) {
            (None, None) => Some((
                whole,
                say!("the cover has neither a picture nor a motif"),
                say!("name one: `picture: cover.jpg`, or `motif: rings`"),
            )),
            (Some(_), Some(_)) => Some((
                motif,
                say!("the cover has a picture and a motif"),
                say!("leave one of them out"),
            )),
            (None, Some(_)) if cover.title == TitlePlace::None => Some((
                title,
                say!("a motif says nothing: the cover would have no title"),
                say!("write `title: top` or `title: bottom`"),
            )),
            _ => None,
        };
        if let Some((place, message, hint)) = fault {
            self.problems.push(Diagnostic::error(place, message).hint(hint));
            return None;
        }
        let Some(name) = &cover.picture else {
            return Some(ArtCover { settings: cover, picture: None });
        };
        let page = cover.page.map(|page| page as usize);
        let wanted = Asked { name, page, area: Area::Bleed };
        let picture = self.read(files, wanted, picture, false)?;
        Some(ArtCover { settings: cover, picture: Some(picture) })
    }

    fn read(
        &mut self,
        files: &Project,
        wanted: Asked,
        place: Place,
        logo: bool,
    ) -> Option<ArtPicture> {
        // Quarto's paths may begin at the brand's folder.
        let name = wanted.name.trim_start_matches('/');
        let wanted = Asked { name, ..wanted };
        if name.contains("://") {
            let message = say!("`{name}` is an address", name);
            self.problems.push(Diagnostic::error(place, message).hint(say!(
                "nothing is fetched from the web: copy the file beside the brand file"
            )));
            return None;
        }
        // A file of the same folder that is named otherwise is the likeliest.
        if !files.root().join(name).exists() {
            let names = fs::read_dir(files.root())
                .into_iter()
                .flatten()
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
            let mut names: Vec<String> = names.collect();
            names.sort();
            let hint = match nearest(name, names.iter().map(String::as_str)) {
                Some(meant) => say!("did you mean `{meant}`?", meant),
                None if logo => say!("paths of a brand count from the folder of its file"),
                None => say!("paths count from the folder of this file"),
            };
            let message = say!("the file `{name}` is missing", name);
            self.problems.push(Diagnostic::error(place, message).hint(hint));
            return None;
        }
        let read = image::check(files, (self.faces, self.lang), wanted, &place)
            .and_then(|picture| Ok((picture, files.bytes(name, &place)?)));
        let (mut picture, own) = match read {
            Ok(read) => read,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        self.problems.extend(picture.told.take());
        let ratio = picture.ratio;
        let made = picture.made(own);
        let (name, files) = (name.to_owned(), files.clone());
        let colours = BTreeMap::new();
        Some(ArtPicture { name, ratio, alt: None, place, files, made, colours })
    }
}
