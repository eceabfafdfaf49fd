//! The pictures of a house: its logo, and the picture of a cover.

use std::fs;

use brand::model::Cover;
use l10n::say;
use source::{Diagnostic, Place, Problems, nearest};

use super::House;
use crate::reading::drawing::Faces;
use crate::reading::image::{self, Made};
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
}

/// The picture of a cover, with what is said of it.
#[derive(Debug)]
pub struct ArtCover {
    /// Where it lies, and how the title stands on it.
    pub settings: Cover,
    /// The picture.
    pub picture: ArtPicture,
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
            for (ground, file) in [("light", pair.light), ("dark", pair.dark)] {
                let Some(file) = file else { continue };
                let place = house.brand.place(&file.at);
                let picture = reader.read(&files, &file.path, place, true);
                art.logos.extend(
                    picture.map(|picture| (size, ground, ArtPicture { alt: file.alt, ..picture })),
                );
            }
        }
    }
    let own = config.cover.clone().map(|cover| {
        let files = Project::of_house(project.root().join(CONTENT));
        (cover, files, settings.place("/cover/picture"))
    });
    let of_house = || {
        let house = house?;
        let cover = house.brand.file.cover.clone()?;
        let place = house.brand.place("/cover/picture");
        Some((cover, Project::of_house(&house.folder), place))
    };
    if let Some((cover, files, place)) = own.or_else(of_house) {
        let picture = reader.read(&files, &cover.picture, place, false);
        art.cover = picture.map(|picture| ArtCover { settings: cover, picture });
    }
    art
}

struct Reader<'a> {
    faces: &'a Faces,
    lang: &'a str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn read(
        &mut self,
        files: &Project,
        name: &str,
        place: Place,
        logo: bool,
    ) -> Option<ArtPicture> {
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
        let read = image::check(files, (self.faces, self.lang), name, &place)
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
        Some(ArtPicture { name, ratio, alt: None, place, files, made })
    }
}
