//! Annotations that draw: stamps, drawings, filled fields. Sheets have no annotations, so what a
//! page shows of them becomes part of the page (ISO 32000-1, 12.5.5).

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::attributes::{inherited, quarter_turns};
use super::rect::Rect;

/// The annotations of a page.
#[derive(Default)]
pub(crate) struct Drawn {
    /// The appearances to draw, in order.
    pub looks: Vec<Appearance>,
    /// The kinds of those that should draw something, but have no appearance.
    pub lost: Vec<String>,
}

/// Flags of an annotation (table 165).
const HIDDEN: i64 = 2;
const PRINT: i64 = 4;
const NO_ROTATE: i64 = 16;
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
    /// What it looks like.
    Look(Appearance),
    /// Something of this kind that nobody knows: it has no appearance.
    Lost(String),
}

/// The appearance of an annotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Appearance {
    form: ObjectId,
    matrix: [f64; 6],
    /// The layer that the annotation belongs to.
    layer: Option<Object>,
}

impl Appearance {
    /// Makes the appearance a form that can be drawn outside of an annotation; returns it with the
    /// matrix that brings it to its place.
    pub fn settle(self, document: &mut Document) -> Result<(ObjectId, [f64; 6]), lopdf::Error> {
        let Self { form, matrix, layer } = self;
        let fields =
            document.catalog().and_then(|catalog| catalog.get_deref(b"AcroForm", document));
        let shared = fields.and_then(Object::as_dict).and_then(|fields| fields.get(b"DR")).cloned();
        let stream = document.get_object_mut(form).and_then(Object::as_stream_mut)?;
        // A form that is one by its place alone must say so elsewhere.
        stream.dict.set("Type", "XObject");
        stream.dict.set("Subtype", "Form");
        if let (false, Ok(shared)) = (stream.dict.has(b"Resources"), shared) {
            // Fields share the resources of their form (12.7.3.3).
            stream.dict.set("Resources", shared);
        }
        let Some(layer) = layer else { return Ok((form, matrix)) };
        let dict = stream.dict.clone();
        let area = extent(document, &dict).map_or(Object::Null, Rect::object);
        let around = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => area,
            "OC" => layer,
            "Resources" => dictionary! { "XObject" => dictionary! { "Form" => form } },
        };
        let around = document.try_add_object(Stream::new(around, b"/Form Do".to_vec()))?;
        Ok((around, matrix))
    }
}

/// Returns what the annotations of a page draw.
pub(crate) fn of(document: &Document, page: &Dictionary) -> Drawn {
    let mut drawn = Drawn::default();
    let list = page.get_deref(b"Annots", document).and_then(Object::as_array);
    for annotation in list.into_iter().flatten() {
        let annotation = document.dereference(annotation).map(|(_, object)| object);
        let Ok(annotation) = annotation.and_then(Object::as_dict) else { continue };
        match printed(document, page, annotation) {
            Printed::Nothing => {}
            Printed::Look(look) => drawn.looks.push(look),
            Printed::Lost(kind) => drawn.lost.push(kind),
        }
    }
    drawn
}

/// Returns what an annotation of a page is on paper.
pub fn printed(document: &Document, page: &Dictionary, annotation: &Dictionary) -> Printed {
    let kind = annotation.get_deref(b"Subtype", document).and_then(Object::as_name);
    let kind = kind.unwrap_or_default();
    let flags = annotation.get_deref(b"F", document).and_then(Object::as_i64).unwrap_or(0);
    let shown = flags & HIDDEN == 0 && (flags & PRINT != 0 || flags & NO_VIEW == 0);
    if !shown || NEVER.contains(&kind) || (flags & PRINT == 0 && SCREEN.contains(&kind)) {
        return Printed::Nothing;
    }
    match appearance(document, annotation) {
        Some(form) => {
            let upright = flags & NO_ROTATE != 0;
            let turns = if upright { quarter_turns(document, page) } else { 0 };
            placed(document, annotation, form, turns).map_or(Printed::Nothing, |matrix| {
                let layer = annotation.get(b"OC").ok().cloned();
                Printed::Look(Appearance { form, matrix, layer })
            })
        }
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
            let state = annotation.get_deref(b"AS", document).ok();
            let state = state.or_else(|| value(document, annotation))?.as_name().ok()?;
            let (id, object) = document.dereference(states.get(state).ok()?).ok()?;
            object.as_stream().ok()?;
            id
        }
        _ => None,
    }
}

/// Returns the value of a field, which a parent may have for several (12.7.3.1).
fn value<'a>(document: &'a Document, annotation: &'a Dictionary) -> Option<&'a Object> {
    let own = inherited(document, annotation, b"V")?;
    document.dereference(own).ok().map(|(_, object)| object)
}

/// Returns whether an annotation without an appearance would draw something all the same: programs
/// make one up.
fn draws(document: &Document, annotation: &Dictionary, kind: &[u8]) -> bool {
    match kind {
        b"Link" | b"" => false,
        b"Widget" => {
            // A state that is off has no appearance, and shows none.
            annotation.get(b"AS").is_err()
                && value(document, annotation).is_some_and(|value| match value {
                    Object::String(text, _) => !text.is_empty(),
                    Object::Array(chosen) => !chosen.is_empty(),
                    Object::Name(state) => state != b"Off",
                    _ => false,
                })
        }
        _ => true,
    }
}

/// Returns the area that a form draws in, in the space that it is drawn from.
fn extent(document: &Document, form: &Dictionary) -> Option<Rect> {
    let own = Rect::of(form.get(b"BBox").ok()?, document)?;
    let list = form.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
    let numbers: Vec<f64> = list
        .into_iter()
        .flatten()
        .filter_map(|number| document.dereference(number).ok()?.1.as_float().ok())
        .map(f64::from)
        .collect();
    Some(own.through(<[f64; 6]>::try_from(numbers).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])))
}

/// Returns the matrix that brings a form into the annotation's rectangle, turned about its upper
/// left corner by `turns` quarter turns against the page's own.
fn placed(
    document: &Document,
    annotation: &Dictionary,
    form: ObjectId,
    turns: i64,
) -> Option<[f64; 6]> {
    let rect = Rect::of(annotation.get(b"Rect").ok()?, document)?;
    let shown = extent(document, &document.get_object(form).ok()?.as_stream().ok()?.dict)?;
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return None;
    }
    let scale = |to: f64, from: f64| if from > 0.0 { to / from } else { 1.0 };
    let (x, y) = (scale(rect.width(), shown.width()), scale(rect.height(), shown.height()));
    let (left, bottom) = (rect.left - shown.left * x, rect.bottom - shown.bottom * y);
    let (cos, sin) = match turns {
        0 => (1.0, 0.0),
        1 => (0.0, 1.0),
        2 => (-1.0, 0.0),
        _ => (0.0, -1.0),
    };
    let (across, up) = (left - rect.left, bottom - rect.top);
    Some([
        x * cos,
        x * sin,
        -y * sin,
        y * cos,
        rect.left + across * cos - up * sin,
        rect.top + across * sin + up * cos,
    ])
}
