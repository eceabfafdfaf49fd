//! What a page is made of: a hash of all objects that it leads to, without their numbers.

use std::collections::BTreeMap;

use hayro_syntax::object::{Dict, MaybeRef, Object, ObjectIdentifier};
use sha2::{Digest, Sha256};

use super::file::{File, Sheet};

/// The hash of a page and of how it is inspected.
pub(super) type Same = [u8; 32];

/// Returns the hash of each page, and of the `means` with which it is inspected; `None` where it
/// depends on more than what it leads to, or leads back to itself.
pub(super) fn pages(file: &File, means: &str) -> Vec<Option<Same>> {
    // Layers are switched on and off for all pages.
    if file.catalog.contains_key("OCProperties") {
        return vec![None; file.pages.len()];
    }
    let mut reader = Reader { file, known: BTreeMap::new(), ring: false };
    let hashes: Vec<_> = file.pages.iter().map(|sheet| reader.sheet(sheet, means)).collect();
    // What is within a ring has no hash of its own.
    if reader.ring { vec![None; hashes.len()] } else { hashes }
}

struct Reader<'f, 'a> {
    file: &'f File<'a>,
    /// The hashes of objects; `None` while one is read.
    known: BTreeMap<ObjectIdentifier, Option<Same>>,
    ring: bool,
}

impl Reader<'_, '_> {
    fn sheet(&mut self, sheet: &Sheet, means: &str) -> Option<Same> {
        let page = sheet.page.raw();
        // What it has from the tree of pages is no object of its own.
        if !page.contains_key("Resources") {
            return None;
        }
        let mut hasher = Sha256::new();
        add(&mut hasher, means.as_bytes());
        let Sheet { media, crop, bleed, trim, art, rotated, .. } = sheet;
        add(&mut hasher, format!("{:?}", (media, crop, bleed, trim, art, rotated)).as_bytes());
        self.dict(page, &mut hasher, b"Parent");
        Some(hasher.finalize().into())
    }

    fn dict(&mut self, dict: &Dict, hasher: &mut Sha256, except: &[u8]) {
        hasher.update(b"<");
        for (name, value) in dict.entries() {
            if name.as_ref() != except {
                add(hasher, name.as_ref());
                self.value(value, hasher);
            }
        }
        hasher.update(b">");
    }

    fn value(&mut self, value: MaybeRef<Object>, hasher: &mut Sha256) {
        match value {
            MaybeRef::Ref(id) => hasher.update(self.object(id.into())),
            MaybeRef::NotRef(object) => self.direct(&object, hasher),
        }
    }

    fn object(&mut self, id: ObjectIdentifier) -> Same {
        match self.known.get(&id) {
            Some(Some(known)) => return *known,
            Some(None) => {
                self.ring = true;
                return Same::default();
            }
            None => {}
        }
        self.known.insert(id, None);
        let mut hasher = Sha256::new();
        match self.file.pdf.xref().get::<Object<'_>>(id) {
            Some(object) => self.direct(&object, &mut hasher),
            None => hasher.update(b"-"),
        }
        let hash: Same = hasher.finalize().into();
        self.known.insert(id, Some(hash));
        hash
    }

    fn direct(&mut self, object: &Object, hasher: &mut Sha256) {
        match object {
            Object::Dict(dict) => self.dict(dict, hasher, b""),
            Object::Array(array) => {
                hasher.update(b"[");
                array.raw_iter().for_each(|item| self.value(item, hasher));
                hasher.update(b"]");
            }
            Object::Stream(stream) => {
                hasher.update(b"s");
                self.dict(stream.dict(), hasher, b"");
                add(hasher, &stream.raw_data());
            }
            Object::Name(name) => {
                hasher.update(b"/");
                add(hasher, name.as_ref());
            }
            Object::String(text) => {
                hasher.update(b"(");
                add(hasher, text.as_bytes());
            }
            // A whole number is not the same as a real one of its value.
            plain => add(hasher, format!("{plain:?}").as_bytes()),
        }
    }
}

/// Adds bytes with their length: `ab`, `c` is not `a`, `bc`.
fn add(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}
