//! Annotations: what they draw becomes part of their pages, and they go.

use impose::{Appearance, Printed, numbers, printed};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::content::{free, kind, parts, resources};
use super::{Done, Left, MendError, Outcome};

/// The kinds that a file for the press may have (ISO 15930-7, 6.11).
const KEPT: [&[u8]; 2] = [b"TrapNet", b"PrinterMark"];

/// Takes annotations out of all pages.
pub(crate) fn take_out(document: &mut Document, out: &mut Outcome) -> Result<(), MendError> {
    let (mut idle, mut drawn) = (0, 0);
    let mut fields_stay = false;
    for (id, number) in document.page_iter().collect::<Vec<ObjectId>>().into_iter().zip(1..) {
        let page = document.get_dictionary(id)?;
        let list = page.get_deref(b"Annots", document).and_then(Object::as_array).cloned();
        let Ok(list) = list else { continue };
        let (mut stay, mut looks, mut gone) = (vec![], vec![], vec![]);
        for entry in list {
            let annotation = document.dereference(&entry).ok();
            let Some((own, Ok(dict))) = annotation.map(|(id, object)| (id, object.as_dict()))
            else {
                continue;
            };
            let subtype = dict.get_deref(b"Subtype", document).and_then(Object::as_name);
            let subtype = subtype.unwrap_or_default();
            if KEPT.contains(&subtype) {
                stay.push(entry);
                continue;
            }
            match printed(document, page, dict) {
                Printed::Nothing => idle += 1,
                Printed::Look(look) => {
                    looks.push(look);
                    drawn += 1;
                }
                Printed::Lost(kind) => {
                    fields_stay |= kind == "Widget";
                    out.left.push(Left::Annotation(number, kind));
                    stay.push(entry);
                    continue;
                }
            }
            gone.extend(own);
        }
        draw(document, id, looks)?;
        let page = document.get_dictionary_mut(id)?;
        if stay.is_empty() {
            page.remove(b"Annots");
        } else {
            page.set("Annots", stay);
        }
        // The structure of the text may refer to them, and they to their actions.
        for id in gone {
            document.objects.insert(id, Object::Null);
        }
    }
    if idle + drawn > 0 && !fields_stay {
        document.catalog_mut()?.remove(b"AcroForm");
    }
    if idle > 0 {
        out.done.push(Done::Annotations(idle));
    }
    if drawn > 0 {
        out.done.push(Done::Drawn(drawn));
    }
    Ok(())
}

/// Draws appearances over a page's content.
fn draw(document: &mut Document, id: ObjectId, looks: Vec<Appearance>) -> Result<(), MendError> {
    if looks.is_empty() {
        return Ok(());
    }
    let page = document.get_dictionary(id)?;
    let (mut resources, parts) = (resources(document, page), parts(document, page));
    let mut objects = kind(document, &resources, b"XObject");
    // What the page's content leaves set does not reach them.
    let mut text = String::from("\nQ\n");
    for look in looks {
        let (form, matrix) = look.settle(document)?;
        let name = free(&objects, "Annotation");
        text += &format!("q {} cm /{name} Do Q\n", numbers(&matrix));
        objects.set(name, form);
    }
    resources.set("XObject", objects);
    let before = document.try_add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()))?;
    let after = document.try_add_object(Stream::new(Dictionary::new(), text.into_bytes()))?;
    let contents: Vec<Object> =
        std::iter::once(before.into()).chain(parts).chain([after.into()]).collect();
    let page = document.get_dictionary_mut(id)?;
    page.set("Contents", contents);
    page.set("Resources", resources);
    Ok(())
}
