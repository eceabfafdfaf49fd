//! Named resources of content streams: colour spaces, graphics states, shadings (ISO 32000-1,
//! 7.8.3).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::inks::{Inks, of_gray};

/// The graphics state with which a stream overprints.
pub(crate) const OVERPRINTS: &str = "TpOverprint";
/// The graphics state with which a stream knocks out.
pub(crate) const KNOCKS_OUT: &str = "TpKnockout";

/// The interpretation of a colour's components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    /// Shades of grey.
    Gray,
    /// Red, green and blue, taken as sRGB.
    Rgb,
    /// CMYK inks.
    Cmyk,
    /// A pattern, a spot colour, or another space, left unchanged.
    Other,
}

/// Resolves the name of a colour space in a stream.
pub(crate) fn space(document: &Document, resources: &Dictionary, name: &[u8]) -> Space {
    let named = resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict);
    match named.and_then(|spaces| spaces.get_deref(name, document)) {
        Ok(object) => space_of(document, object),
        Err(_) => device(name),
    }
}

/// Classifies a colour space (ISO 32000-1, 8.6).
pub(crate) fn space_of(document: &Document, object: &Object) -> Space {
    match object {
        Object::Name(name) => device(name),
        Object::Reference(id) => {
            document.get_object(*id).map_or(Space::Other, |object| space_of(document, object))
        }
        Object::Array(array) => match array.first().and_then(|name| name.as_name().ok()) {
            Some(b"ICCBased") => {
                let stream = array.get(1).and_then(|stream| document.dereference(stream).ok());
                let parts = stream
                    .and_then(|(_, stream)| stream.as_stream().ok())
                    .and_then(|stream| stream.dict.get(b"N").and_then(Object::as_i64).ok());
                match parts {
                    Some(1) => Space::Gray,
                    Some(3) => Space::Rgb,
                    Some(4) => Space::Cmyk,
                    _ => Space::Other,
                }
            }
            Some(b"CalRGB") => Space::Rgb,
            Some(b"CalGray") => Space::Gray,
            Some(name) => device(name),
            None => Space::Other,
        },
        _ => Space::Other,
    }
}

fn device(name: &[u8]) -> Space {
    match name {
        b"DeviceGray" | b"G" => Space::Gray,
        b"DeviceRGB" | b"RGB" => Space::Rgb,
        b"DeviceCMYK" | b"CMYK" => Space::Cmyk,
        _ => Space::Other,
    }
}

/// Returns a page's resources, its own or inherited.
pub(crate) fn of_page(document: &Document, page: ObjectId) -> Dictionary {
    let mut node = document.get_dictionary(page).ok();
    // The tree is as deep as its author made it: a cycle ends here.
    for _ in 0..64 {
        let Some(dict) = node else { break };
        if let Ok(resources) = dict.get_deref(b"Resources", document).and_then(Object::as_dict) {
            return resources.clone();
        }
        node = dict.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    Dictionary::new()
}

/// Returns the resources of a form or a pattern.
pub(crate) fn of_stream(document: &Document, dict: &Dictionary) -> Dictionary {
    dict.get_deref(b"Resources", document).and_then(Object::as_dict).cloned().unwrap_or_default()
}

/// Returns the forms drawn as soft masks.
pub(crate) fn masks(document: &Document) -> BTreeSet<ObjectId> {
    let states = document.objects.values().filter_map(|object| object.as_dict().ok());
    let nested = states.flat_map(|dict| {
        std::iter::once(dict).chain(dict.iter().filter_map(|(_, v)| v.as_dict().ok()))
    });
    nested
        .filter(|dict| {
            dict.get(b"S")
                .and_then(Object::as_name)
                .is_ok_and(|kind| kind == b"Luminosity" || kind == b"Alpha")
        })
        .filter_map(|dict| dict.get(b"G").and_then(Object::as_reference).ok())
        .collect()
}

/// Adds the graphics states for overprinting and knocking out (ISO 32000-1, 8.6.7).
pub(crate) fn add_states(resources: &mut Dictionary, document: &Document) {
    let mut states = resources
        .get_deref(b"ExtGState", document)
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    for (name, on) in [(OVERPRINTS, true), (KNOCKS_OUT, false)] {
        states.set(
            name,
            dictionary! { "Type" => "ExtGState", "OP" => on, "op" => on, "OPM" => i64::from(on) },
        );
    }
    resources.set("ExtGState", states);
}

/// Removes screen colour spaces from a stream's resources: nothing refers to them any more.
pub(crate) fn strip(resources: &mut Dictionary, document: &Document) {
    let Ok(spaces) = resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict) else {
        return;
    };
    let kept: Dictionary = spaces
        .iter()
        .filter(|(_, object)| space_of(document, object) == Space::Other)
        .map(|(name, object)| (name.clone(), object.clone()))
        .collect();
    if kept.is_empty() {
        resources.remove(b"ColorSpace");
    } else {
        resources.set("ColorSpace", kept);
    }
}

/// Converts shadings and the colour spaces of transparency groups to inks.
pub(crate) fn convert(document: &mut Document, inks: &Inks) {
    let masks = masks(document);
    let shadings: Vec<(ObjectId, Space)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let dict = dict_of(object)?;
            let space = dict.has(b"ShadingType").then(|| dict.get(b"ColorSpace").ok())??;
            Some((*id, space_of(document, space)))
        })
        .collect();
    for (id, space) in shadings {
        if matches!(space, Space::Gray | Space::Rgb) {
            shading(document, id, space, inks);
        }
    }
    for (id, object) in &mut document.objects {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        if let Ok(group) = dict.get_mut(b"Group").and_then(Object::as_dict_mut) {
            group.set("CS", if masks.contains(id) { "DeviceGray" } else { "DeviceCMYK" });
        }
    }
}

fn dict_of(object: &Object) -> Option<&Dictionary> {
    object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict)).ok()
}

/// Converts a shading's functions (type 2 between two colours, type 3 over several) to inks.
fn shading(document: &mut Document, id: ObjectId, space: Space, inks: &Inks) {
    let Some(dict) = document.get_object(id).ok().and_then(dict_of) else { return };
    let mut open: Vec<ObjectId> =
        dict.get(b"Function").and_then(Object::as_reference).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(function) = open.pop() {
        let Ok(dict) = document.get_dictionary_mut(function) else { continue };
        if !seen.insert(function) {
            continue;
        }
        for key in [b"C0", b"C1"] {
            let parts = dict.get(key).and_then(Object::as_array).map(|parts| {
                parts.iter().filter_map(|part| part.as_float().ok()).collect::<Vec<f32>>()
            });
            let made = match (space, parts.as_deref()) {
                (Space::Rgb, Ok(&[r, g, b])) => inks.of_rgb([r, g, b]),
                (Space::Gray, Ok(&[gray])) => of_gray(gray),
                _ => continue,
            };
            dict.set(&key[..], made.map(Object::Real).to_vec());
        }
        if let Ok(parts) = dict.get(b"Functions").and_then(Object::as_array) {
            open.extend(parts.iter().filter_map(|part| part.as_reference().ok()));
        }
    }
    if let Ok(object) = document.get_object_mut(id) {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => return,
        };
        dict.set("ColorSpace", "DeviceCMYK");
    }
}
