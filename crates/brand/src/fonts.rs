//! The files of fonts that a brand names.

use crate::Brand;
use crate::model::FontFiles;
use crate::unused::SERVICES;

/// A file of a font, and where the brand names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFont {
    /// The family, as roles name it.
    pub family: String,
    /// The file, relative to the brand file.
    pub path: String,
    /// The JSON pointer of its path in the brand file.
    pub at: String,
}

impl Brand {
    /// Returns the files of fonts that the brand names.
    pub fn font_files(&self) -> Vec<NamedFont> {
        let fonts = self.file.typography.fonts.iter().enumerate();
        let files = fonts.flat_map(|(font, source)| {
            source.files.iter().enumerate().map(move |(file, written)| {
                let at = format!("/typography/fonts/{font}/files/{file}");
                let (path, at) = match written {
                    FontFiles::Path(path) => (path, at),
                    FontFiles::File(file) => (&file.path, format!("{at}/path")),
                };
                // Quarto's paths may begin at the brand's folder.
                let path = path.trim_start_matches('/').to_owned();
                NamedFont { family: source.family.clone(), path, at }
            })
        });
        files.collect()
    }

    /// Returns the families that come from a service on the web, each with the service and the JSON
    /// pointer of its name.
    pub fn fetched_fonts(&self) -> impl Iterator<Item = (&str, &str, String)> {
        let fonts = self.file.typography.fonts.iter().enumerate();
        fonts.filter_map(|(index, font)| {
            let service = font.source.as_deref().filter(|name| SERVICES.contains(name))?;
            Some((&*font.family, service, format!("/typography/fonts/{index}/source")))
        })
    }
}
