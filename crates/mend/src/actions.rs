//! Actions and scripts: a press does not click.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Done, MendError, Outcome};

/// The maximum number of outline items to follow: a ring would have no end.
const ITEMS: usize = 100_000;

/// Takes out what acts; entries of the outline keep the places that they lead to.
pub(crate) fn take_out(document: &mut Document, out: &mut Outcome) -> Result<(), MendError> {
    let mut count = 0;
    for id in document.page_iter().collect::<Vec<ObjectId>>() {
        count += usize::from(document.get_dictionary_mut(id)?.remove(b"AA").is_some());
    }
    let names = document.catalog()?.get_deref(b"Names", document).and_then(Object::as_dict);
    let names = names.ok().cloned().filter(|names| names.has(b"JavaScript"));
    // A destination in its place is no action.
    let opens = document.catalog()?.get_deref(b"OpenAction", document);
    let acts = opens.is_ok_and(|action| action.as_dict().is_ok());
    let catalog = document.catalog_mut()?;
    count += usize::from(catalog.remove(b"AA").is_some());
    if acts {
        catalog.remove(b"OpenAction");
        count += 1;
    }
    if let Some(mut names) = names {
        names.remove(b"JavaScript");
        catalog.set("Names", names);
        count += 1;
    }
    let (led, others) = outline(document)?;
    count += others;
    if count > 0 {
        out.done.push(Done::Actions(count));
    }
    if led > 0 {
        out.done.push(Done::Destinations(led));
    }
    Ok(())
}

/// Gives entries of the outline destinations; returns how many have one, and how many had an action
/// that leads elsewhere.
fn outline(document: &mut Document) -> Result<(usize, usize), MendError> {
    let (mut led, mut others) = (0, 0);
    let root = document.catalog()?.get_deref(b"Outlines", document).and_then(Object::as_dict);
    let next = |dict: &Dictionary, key: &[u8]| dict.get(key).and_then(Object::as_reference).ok();
    let mut waiting: Vec<ObjectId> =
        root.ok().and_then(|root| next(root, b"First")).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if seen.len() > ITEMS || !seen.insert(id) {
            continue;
        }
        let Ok(item) = document.get_dictionary(id) else { continue };
        waiting.extend(next(item, b"First"));
        waiting.extend(next(item, b"Next"));
        let Ok(action) = item.get_deref(b"A", document).and_then(Object::as_dict) else { continue };
        let goes = action.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"GoTo");
        let place = action.get(b"D").ok().filter(|_| goes).cloned();
        let item = document.get_dictionary_mut(id)?;
        item.remove(b"A");
        match place {
            Some(place) => {
                item.set("Dest", place);
                led += 1;
            }
            None => others += 1,
        }
    }
    Ok((led, others))
}
