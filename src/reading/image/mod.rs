//! Pictures: what they are, their size, and what of them goes to the pages.

mod cmyk;
mod frames;
mod kind;
pub(super) mod leaf;
mod pixels;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use l10n::say;
use placed::{Area, Single};
use source::{Diagnostic, Place, SourceFile};

use super::Printed;
use super::drawing::{self, Drawing, Faces, Why};
use super::project::{CONTENT, Project, shown};
use crate::rules;
use frames::More;
use kind::Kind;

pub use pixels::{Pixels, Purpose, Ready};

/// The pictures of a report that need more than their file as it is.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Those of pixels, all of them: each is decoded before it is set.
    pub pixels: Vec<Pixels>,
    /// Drawings written anew: path and text.
    pub drawings: Vec<(String, Arc<str>)>,
    /// Pages of PDFs: path, and the page by itself.
    pub leaves: Vec<(String, Arc<Single>)>,
    /// Where drawings are shown first, by their files' paths as messages show them.
    pub uses: BTreeMap<String, Place>,
    /// The names of all files below `content/`.
    pub names: BTreeSet<String>,
}

/// A picture that can be set.
pub(super) struct Picture {
    /// Its path from the project's root, with a leading `/`.
    pub path: String,
    /// The ratio of its width to its height.
    pub ratio: f64,
    /// The text in a drawing.
    pub printed: Vec<Printed>,
    /// What of its file no page shows.
    pub told: Option<Diagnostic>,
    /// What goes to the pages.
    kept: Kept,
}

enum Kept {
    Pixels(Pixels),
    /// A drawing as it was written anew.
    Drawing(Arc<str>),
    /// A page of a PDF.
    Leaf(Arc<Single>),
    /// The author's file serves as it is.
    File,
}

impl Picture {
    /// Returns the page of a PDF that it is, if it is one.
    pub(super) fn leaf(&self) -> Option<&Single> {
        match &self.kept {
            Kept::Leaf(single) => Some(single),
            _ => None,
        }
    }

    /// Returns what goes to the pages: pixels, or the bytes of a drawing; `own` are those of its file.
    pub(super) fn made(self, own: Vec<u8>) -> Made {
        match self.kept {
            Kept::Pixels(pixels) => Made::Pixels(pixels),
            Kept::Drawing(text) => Made::Drawing(text.as_bytes().to_vec()),
            Kept::Leaf(single) => Made::Leaf(single),
            Kept::File => Made::Drawing(own),
        }
    }
}

/// A picture as it goes to the pages.
#[derive(Debug, Clone)]
pub enum Made {
    /// Pixels, which are decoded first.
    Pixels(Pixels),
    /// The bytes of a drawing.
    Drawing(Vec<u8>),
    /// A page of a PDF.
    Leaf(Arc<Single>),
}

impl Pictures {
    /// Adds a picture that was read.
    pub(super) fn add(&mut self, picture: &Picture) {
        match &picture.kept {
            Kept::Pixels(pixels) => self.pixels.push(pixels.clone()),
            Kept::Drawing(text) => self.drawings.push((picture.path.clone(), text.clone())),
            Kept::Leaf(single) => self.leaves.push((picture.path.clone(), single.clone())),
            Kept::File => {}
        }
    }
}

/// The path at which an author's file is served as it is.
fn served(name: &str) -> String {
    format!("/{CONTENT}/{name}")
}

/// The path of what is made of an author's file.
fn made(name: &str, ending: &str) -> String {
    format!("/pictures/{name}.{ending}")
}

/// What is asked for: a file by its name, and a page where it has several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The file.
    pub name: &'a str,
    /// The page of a PDF, from 1, where one is named.
    pub page: Option<usize>,
    /// How much of a page of a PDF is shown.
    pub area: Area,
}

impl<'a> Asked<'a> {
    /// Asks for a file's picture, or for its first page as it is when it is cut.
    pub(super) fn file(name: &'a str) -> Self {
        Self { name, page: None, area: Area::Trim }
    }
}

/// Checks a picture: that it exists, what it is, that it can be drawn as its author sees it.
pub(super) fn check(
    project: &Project,
    (faces, lang): (&Faces, &str),
    Asked { name, page, area }: Asked,
    asked: &Place,
) -> Result<Picture, Diagnostic> {
    let bytes = project.bytes(name, asked)?;
    let kind = kind::of(&bytes);
    if page.is_some() && matches!(kind, Ok(Kind::Pixels(_) | Kind::Drawing)) {
        let message = say!("`{name}` is one picture, and has no pages to choose from", name);
        return Err(Diagnostic::error(asked.clone(), message).hint(say!("leave `page` out")));
    }
    match kind {
        Ok(Kind::Pages) => {
            let leaf = leaf::read(&bytes, name, (page.unwrap_or(1), area), asked)?;
            let (width, height) = leaf.single.shown;
            let pages = leaf::count(&bytes, name, asked)?;
            let many = page.is_none() && pages > 1;
            let told = leaf.told.or_else(|| many.then(|| first_page(pages, name, asked)));
            let (path, kept) = (leaf.path, Kept::Leaf(leaf.single));
            Ok(Picture { path, ratio: width / height, printed: vec![], told, kept })
        }
        Ok(Kind::Pixels(format)) => {
            let pixels = Pixels::read(&bytes, format, name, asked)?;
            let (path, ratio) = (pixels.path.clone(), pixels.ratio());
            let told =
                frames::beyond_first(&bytes, format).map(|more| only_first(more, name, asked));
            Ok(Picture { path, ratio, printed: vec![], told, kept: Kept::Pixels(pixels) })
        }
        Ok(Kind::Drawing) => {
            let drawing =
                drawing::read(&bytes, faces, lang).map_err(|why| told(why, name, asked))?;
            Ok(of_drawing(&drawing, name))
        }
        Err(foreign) => {
            let message = match foreign.name {
                Some(kind) => {
                    say!("`{name}` is a file of the kind {kind}, which cannot be set", name, kind)
                }
                None => say!("`{name}` is not a picture", name),
            };
            Err(Diagnostic::error(asked.clone(), message).hint(foreign.hint))
        }
    }
}

fn of_drawing(drawing: &Drawing, name: &str) -> Picture {
    let file = Arc::new(SourceFile { path: shown(name), text: drawing.text.clone() });
    let printed = drawing
        .printed
        .iter()
        .map(|(text, range)| Printed {
            text: text.clone(),
            place: Place::new(&file, range.clone()),
        })
        .collect();
    let (path, kept) = match &drawing.written {
        Some(written) => (made(name, "svg"), Kept::Drawing(written.clone())),
        // Typst goes by a file's name.
        None if !name.to_lowercase().ends_with(".svg") => {
            (made(name, "svg"), Kept::Drawing(drawing.text.as_str().into()))
        }
        None => (served(name), Kept::File),
    };
    Picture { path, ratio: drawing.ratio, printed, told: None, kept }
}

/// Tells of a PDF of several pages that the first is placed.
fn first_page(pages: usize, name: &str, asked: &Place) -> Diagnostic {
    let message = say!("`{name}` has {pages} pages: only the first is printed", name, pages);
    Diagnostic::of(&rules::FIRST_FRAME, asked.clone(), message)
        .hint(say!("name the page that is meant, such as `page=1` behind a figure"))
}

/// Tells of a file of several pictures that one is printed.
fn only_first(more: More, name: &str, asked: &Place) -> Diagnostic {
    let (message, hint) = match more {
        More::Frames => (
            say!("`{name}` moves: only its first frame is printed", name),
            say!("save the frame that is meant as PNG"),
        ),
        More::Pages(pages) => (
            say!("`{name}` has {pages} pages: only the first is printed", name, pages),
            say!("save each page that is meant as a file of its own"),
        ),
    };
    Diagnostic::of(&rules::FIRST_FRAME, asked.clone(), message).hint(hint)
}

fn told(why: Why, name: &str, asked: &Place) -> Diagnostic {
    let message = if why.refused {
        say!("`{name}` cannot be drawn as it is meant: {why}", name, why = why.message)
    } else {
        say!("`{name}` is not an SVG picture: {why}", name, why = why.message)
    };
    Diagnostic::error(asked.clone(), message).hint(why.hint)
}
