//! Annotations that draw: stamps, drawings, filled fields. Sheets have no annotations, so what a
//! page shows of them becomes part of the page (ISO 32000-1, 12.5.5).

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::rect::Rect;

/// The annotations of a page.
#[derive(Default)]
pub(crate) struct Drawn {
    /// The appearances to draw, in order, each with its matrix.
    pub forms: Vec<(ObjectId, [f64; 6])>,
    /// The kinds of those that should draw something, but have no appearance.
    pub lost: Vec<String>,
}

/// Flags of an annotation (table 165).
const HIDDEN: i64 = 2;
const PRINT: i64 = 4;
const NO_VIEW: i64 = 32;

/// The kinds that are for the screen unless they say that they print.
const SCREEN: [&[u8]; 8] =
    [b"Text", b"Link", b"FileAttachment", b"Sound", b"Movie", b"Screen", b"RichMedia", b"3D"];
/// The kinds that never draw on paper.
const NEVER: [&[u8]; 3] = [b"Popup", b"TrapNet", b"PrinterMark"];

/// What an annotation is on paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Printed {
    /// Nothing: it is hidden, for the screen, or empty.
    Nothing,
    /// A form, with the matrix that brings it to its place.
    Form(ObjectId, [f64; 6]),
    /// Something of this kind that nobody knows: it has no appearance.
    Lost(String),
}

/// Returns what the annotations of a page draw.
pub(crate) fn of(document: &Document, page: &Dictionary) -> Drawn {
    let mut drawn = Drawn::default();
    let list = page.get_deref(b"Annots", document).and_then(Object::as_array);
    for annotation in list.into_iter().flatten() {
        let annotation = document.dereference(annotation).map(|(_, object)| object);
        let Ok(annotation) = annotation.and_then(Object::as_dict) else { continue };
        match printed(document, annotation) {
            Printed::Nothing => {}
            Printed::Form(form, matrix) => drawn.forms.push((form, matrix)),
            Printed::Lost(kind) => drawn.lost.push(kind),
        }
    }
    drawn
}

/// Returns what an annotation is on paper.
pub fn printed(document: &Document, annotation: &Dictionary) -> Printed {
    let kind = annotation.get_deref(b"Subtype", document).and_then(Object::as_name);
    let kind = kind.unwrap_or_default();
    let flags = annotation.get_deref(b"F", document).and_then(Object::as_i64).unwrap_or(0);
    let shown = flags & HIDDEN == 0 && (flags & PRINT != 0 || flags & NO_VIEW == 0);
    if !shown || NEVER.contains(&kind) || (flags & PRINT == 0 && SCREEN.contains(&kind)) {
        return Printed::Nothing;
    }
    match appearance(document, annotation) {
        Some(form) => placed(document, annotation, form)
            .map_or(Printed::Nothing, |(form, matrix)| Printed::Form(form, matrix)),
        None if draws(document, annotation, kind) => {
            Printed::Lost(String::from_utf8_lossy(kind).into_owned())
        }
        None => Printed::Nothing,
    }
}

/// Returns the stream that shows an annotation in its present state.
fn appearance(document: &Document, annotation: &Dictionary) -> Option<ObjectId> {
    let looks = annotation.get_deref(b"AP", document).and_then(Object::as_dict).ok()?;
    let normal = looks.get(b"N").ok()?;
    let (id, object) = document.dereference(normal).ok()?;
    match object {
        Object::Stream(_) => id,
        Object::Dictionary(states) => {
            let state = annotation.get_deref(b"AS", document).and_then(Object::as_name).ok()?;
            let (id, object) = document.dereference(states.get(state).ok()?).ok()?;
            object.as_stream().ok()?;
            id
        }
        _ => None,
    }
}

/// Returns whether an annotation without an appearance would draw something all the same: programs
/// make one up.
fn draws(document: &Document, annotation: &Dictionary, kind: &[u8]) -> bool {
    match kind {
        b"Link" | b"" => false,
        b"Widget" => {
            let own = annotation.get_deref(b"V", document).ok();
            // A state that is off has no appearance, and shows none.
            annotation.get(b"AS").is_err()
                && own.is_some_and(|value| match value {
                    Object::String(text, _) => !text.is_empty(),
                    _ => false,
                })
        }
        _ => true,
    }
}

/// Returns a form with the matrix that brings it into the annotation's rectangle.
fn placed(
    document: &Document,
    annotation: &Dictionary,
    form: ObjectId,
) -> Option<(ObjectId, [f64; 6])> {
    let rect = Rect::of(annotation.get(b"Rect").ok()?, document)?;
    let dict = &document.get_object(form).ok()?.as_stream().ok()?.dict;
    let own = Rect::of(dict.get(b"BBox").ok()?, document)?;
    let list = dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
    let numbers: Vec<f64> = list
        .into_iter()
        .flatten()
        .filter_map(|number| document.dereference(number).ok()?.1.as_float().ok())
        .map(f64::from)
        .collect();
    let matrix = <[f64; 6]>::try_from(numbers).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let shown = own.through(matrix);
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return None;
    }
    let scale = |to: f64, from: f64| if from > 0.0 { to / from } else { 1.0 };
    let (x, y) = (scale(rect.width(), shown.width()), scale(rect.height(), shown.height()));
    Some((form, [x, 0.0, 0.0, y, rect.left - shown.left * x, rect.bottom - shown.bottom * y]))
}
