//! Pictures: what they are, their size, and what of them goes to the pages.

mod cmyk;
mod kind;
mod pixels;

use std::collections::BTreeSet;
use std::sync::Arc;

use l10n::say;
use source::{Diagnostic, Place, SourceFile};

use super::context::Context;
use super::drawing;
use super::project::{CONTENT, shown};
use kind::Kind;

pub use pixels::{Pixels, Purpose, Ready};

/// The pictures of a report that need more than their file as it is.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Those of pixels, all of them: each is decoded before it is set.
    pub pixels: Vec<Pixels>,
    /// Drawings written anew: path and text.
    pub drawings: Vec<(String, Arc<str>)>,
    /// The names of all files below `content/`.
    pub names: BTreeSet<String>,
}

/// A picture that can be set.
pub(super) struct Picture {
    /// Its path from the project's root, with a leading `/`.
    pub path: String,
    /// The ratio of its width to its height.
    pub ratio: f64,
}

/// The path at which an author's file is served as it is.
fn served(name: &str) -> String {
    format!("/{CONTENT}/{name}")
}

/// The path of what is made of an author's file.
fn made(name: &str, ending: &str) -> String {
    format!("/pictures/{name}.{ending}")
}

/// Checks a picture: that it exists, what it is, that it can be drawn as its author sees it.
pub(super) fn check(
    context: &mut Context,
    name: &str,
    asked: &Place,
) -> Result<Picture, Diagnostic> {
    let bytes = context.project.bytes(name, asked)?;
    context.pictures.names.insert(name.to_owned());
    match kind::of(&bytes) {
        Ok(Kind::Pixels(format)) => {
            let pixels = Pixels::read(&bytes, format, name, asked)?;
            let picture = Picture { path: pixels.path.clone(), ratio: pixels.ratio() };
            context.pictures.pixels.push(pixels);
            Ok(picture)
        }
        Ok(Kind::Drawing) => drawing_of(&bytes, context, name, asked),
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

fn drawing_of(
    bytes: &[u8],
    context: &mut Context,
    name: &str,
    asked: &Place,
) -> Result<Picture, Diagnostic> {
    let drawing = drawing::read(bytes, context.faces, context.lang).map_err(|why| {
        let message = match why.refused {
            true => say!("`{name}` cannot be drawn as it is meant: {why}", name, why = why.message),
            false => say!("`{name}` is not an SVG picture: {why}", name, why = why.message),
        };
        Diagnostic::error(asked.clone(), message).hint(why.hint)
    })?;
    let file = Arc::new(SourceFile { path: shown(name), text: drawing.text.to_string() });
    context.texts.printed.extend(drawing.printed.iter().map(|(text, range)| super::Printed {
        text: text.clone(),
        place: Place::new(&file, range.clone()),
    }));
    let path = match &drawing.written {
        Some(written) => {
            let path = made(name, "svg");
            context.pictures.drawings.push((path.clone(), written.clone()));
            path
        }
        None => served(name),
    };
    Ok(Picture { path, ratio: drawing.ratio })
}
