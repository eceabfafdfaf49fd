//! What the readers of Markdown and charts share.

use source::{Diagnostic, Place, Problems};
use variables::Variables;

use super::declaration::Motif;
use super::drawing::Faces;
use super::image::{self, Asked, Picture, Pictures};
use super::model::PartKind;
use super::{Project, Texts, shown};

/// The surroundings of a part that is read, and what is found in it.
pub(super) struct Context<'a> {
    /// The project that holds images and data.
    pub project: &'a Project,
    /// The keys that can be cited; `None` if the references could not be read.
    pub keys: Option<&'a [String]>,
    /// The motifs that the template declares; `None` if its declaration could not be read.
    pub motifs: Option<&'a [Motif]>,
    /// The kinds of parts that the template can hold; `None` if its declaration could not be read.
    pub kinds: Option<&'a [PartKind]>,
    /// The problems found.
    pub problems: &'a mut Problems,
    /// All text that was read.
    pub texts: &'a mut Texts,
    /// The variables, with their values.
    pub variables: &'a Variables,
    /// The report's language.
    pub lang: &'a str,
    /// The faces of text in drawings.
    pub faces: &'a Faces,
    /// The pictures that were read.
    pub pictures: &'a mut Pictures,
    /// The width and height of a page, in millimetres.
    pub trim: (f64, f64),
}

impl Context<'_> {
    /// Reads a picture, and keeps its text and what its pages need of it.
    pub(super) fn picture(&mut self, name: &str, asked: &Place) -> Result<Picture, Diagnostic> {
        self.picture_of(Asked::file(name), asked)
    }

    /// Reads a picture, or a page of a PDF.
    pub(super) fn picture_of(
        &mut self,
        wanted: Asked,
        asked: &Place,
    ) -> Result<Picture, Diagnostic> {
        let name = &*self.project.locate(wanted.name, asked)?;
        self.pictures.names.insert(name.to_owned());
        self.pictures.uses.entry(shown(name)).or_insert_with(|| asked.clone());
        let wanted = Asked { name, ..wanted };
        let mut picture = image::check(self.project, (self.faces, self.lang), wanted, asked)?;
        self.texts.printed.append(&mut picture.printed);
        self.problems.extend(picture.told.take());
        self.pictures.add(&picture);
        Ok(picture)
    }
}
