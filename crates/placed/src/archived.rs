//! A page as an archive file for screens takes it (ISO 19005-2): inks by a profile, nothing that
//! only a press does.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::walk::each_dictionary;

/// What a press does, and what leads out of the file (6.2.4.2, 6.2.5, 6.2.8, 6.2.9).
const FORBIDDEN: [&[u8]; 13] = [
    b"OP",
    b"op",
    b"OPM",
    b"TR2",
    b"HT",
    b"HTP",
    b"BG",
    b"BG2",
    b"UCR",
    b"UCR2",
    b"OPI",
    b"Alternates",
    b"Interpolate",
];

/// Prepares all objects of a page; `profile` is that of its inks.
pub(crate) fn prepare(document: &mut Document, profile: ObjectId) {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in ids {
        let Some(mut object) = document.objects.remove(&id) else { continue };
        let dict = match &mut object {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&mut stream.dict),
            _ => None,
        };
        if let Some(dict) = dict {
            let resources =
                dict.get_deref(b"Resources", document).and_then(Object::as_dict).cloned();
            if let Ok(resources) = resources {
                dict.set("Resources", with_inks(resources, document, profile));
            }
        }
        clean(&mut object, profile);
        document.objects.insert(id, object);
    }
}

/// The array that names inks by their profile.
fn inks(profile: ObjectId) -> Vec<Object> {
    vec![Object::Name(b"ICCBased".to_vec()), Object::Reference(profile)]
}

/// Resources in which inks are those of a profile (ISO 32000-1, 8.6.5.6).
fn with_inks(mut resources: Dictionary, document: &Document, profile: ObjectId) -> Dictionary {
    let spaces = resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict).cloned();
    let mut spaces = spaces.unwrap_or_default();
    if !spaces.has(b"DefaultCMYK") {
        spaces.set("DefaultCMYK", inks(profile));
    }
    resources.set("ColorSpace", spaces);
    resources
}

/// Takes out what archives forbid, wherever it stands in an object.
fn clean(object: &mut Object, profile: ObjectId) {
    each_dictionary(object, &mut |dict| {
        for key in FORBIDDEN {
            dict.remove(key);
        }
        let is = |key: &[u8], name: &[u8]| {
            dict.get(key).and_then(Object::as_name).is_ok_and(|it| it == name)
        };
        // A soft mask may have one.
        let is_mask = is(b"S", b"Luminosity") || is(b"S", b"Alpha");
        let is_form = is(b"Subtype", b"Form");
        let blends_inks = is(b"S", b"Transparency") && is(b"CS", b"DeviceCMYK");
        if !is_mask {
            dict.remove(b"TR");
        }
        if is_form {
            dict.remove(b"PS");
            dict.remove(b"Ref");
        }
        if blends_inks {
            dict.set("CS", inks(profile));
        }
    });
}
