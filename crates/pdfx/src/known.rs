//! Streams that were converted before. Files of one maker share pages: editions of a report, a draft
//! and the next one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Document, ObjectId, Stream};
use sha2::{Digest, Sha256};

use super::PressError;
use super::inks::{Inks, Token};

/// For how many files a stream is kept that none of them had.
const KEPT: u64 = 64;

/// The most bytes of a stream that is kept.
const LARGEST: usize = 8 << 20;

/// What a stream is made of, with all that its conversion hangs on.
pub(crate) type Key = [u8; 32];

/// What streams became, by what they were, and the converter of colours that was used last. A stream
/// becomes what it became before.
#[derive(Debug)]
pub struct Known(Mutex<Streams>);

#[derive(Debug)]
struct Streams {
    /// The number of files so far.
    files: u64,
    inks: Option<(Key, Arc<Inks>)>,
    /// What became of each, and the last file that had it.
    made: BTreeMap<Key, (Made, u64)>,
    /// How many streams were known.
    met: usize,
}

/// What a stream became.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// Its data as it is written.
    content: Vec<u8>,
    /// Whether they are deflated.
    deflated: bool,
    /// Whether it asks for overprinting.
    pub(crate) overprint: bool,
}

impl Known {
    /// Knows no stream yet.
    pub const fn new() -> Self {
        Self(Mutex::new(Streams { files: 0, inks: None, made: BTreeMap::new(), met: 0 }))
    }

    /// Returns how many streams were known when files were converted.
    pub fn met(&self) -> usize {
        self.with(|streams| streams.met)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Streams) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins with a file, and forgets the streams that none had for long.
    pub(crate) fn begin<'a>(
        &'a self,
        profile: &[u8],
        tokens: &[Token],
    ) -> Result<Desk<'a>, PressError> {
        let means = hash(&[profile, format!("{tokens:?}").as_bytes()]);
        let known = self.with(|streams| {
            streams.files += 1;
            let oldest = streams.files.saturating_sub(KEPT);
            streams.made.retain(|_, (_, last)| *last >= oldest);
            streams.inks.clone().filter(|(key, _)| *key == means)
        });
        let inks = match known {
            Some((_, inks)) => inks,
            None => {
                let inks = Arc::new(Inks::new(profile, tokens)?);
                self.with(|streams| streams.inks = Some((means, inks.clone())));
                inks
            }
        };
        Ok(Desk { known: self, inks, means, open: vec![] })
    }
}

impl Default for Known {
    fn default() -> Self {
        Self::new()
    }
}

/// The conversion of one file.
pub(crate) struct Desk<'a> {
    known: &'a Known,
    pub(crate) inks: Arc<Inks>,
    means: Key,
    /// The streams that were converted now, which are kept once they are as they are written.
    open: Vec<(ObjectId, Key, bool)>,
}

impl Desk<'_> {
    /// What a stream is made of.
    pub(crate) fn key(&self, parts: &[&[u8]]) -> Key {
        hash(&[&[&self.means[..]], parts].concat())
    }

    /// What a stream became before.
    pub(crate) fn made(&self, key: &Key) -> Option<Made> {
        self.known.with(|streams| {
            let (made, last) = streams.made.get_mut(key)?;
            *last = streams.files;
            streams.met += 1;
            Some(made.clone())
        })
    }

    /// Says what a stream was that is converted now.
    pub(crate) fn keep(&mut self, id: ObjectId, key: Key, overprint: bool) {
        self.open.push((id, key, overprint));
    }

    /// Keeps the streams of a file as they are written.
    pub(crate) fn done(self, document: &Document) {
        self.known.with(|streams| {
            for (id, key, overprint) in self.open {
                let stream = document.get_object(id).and_then(|object| object.as_stream());
                if let Some(stream) = stream.ok().filter(|one| one.content.len() <= LARGEST) {
                    let deflated = stream.dict.has(b"Filter");
                    let made = Made { content: stream.content.clone(), deflated, overprint };
                    streams.made.insert(key, (made, streams.files));
                }
            }
        });
    }
}

impl Made {
    /// Has a stream, whose filters are gone, hold what it became; returns whether it asks for
    /// overprinting.
    pub(crate) fn put(self, stream: &mut Stream) -> bool {
        stream.set_content(self.content);
        if self.deflated {
            stream.dict.set("Filter", "FlateDecode");
        }
        self.overprint
    }
}

/// A hash of parts, each with its length.
fn hash(parts: &[&[u8]]) -> Key {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{COATED, COATED_CONDITION, PressSettings, finish};
    use lopdf::{Object, dictionary};

    /// A page with a form and a picture, whose colours have these names.
    fn a_pdf(content: &str, space: &str) -> Vec<u8> {
        let mut document = Document::with_version("1.6");
        let parent = document.new_object_id();
        let spaces = dictionary! { "c" => space };
        let form = document.add_object(Stream::new(
            dictionary! {
                "Subtype" => "Form", "BBox" => [0, 0, 9, 9].map(Object::from).to_vec(),
                "Resources" => dictionary! { "ColorSpace" => spaces.clone() },
            },
            b"/c cs 0.2 0.4 0.1 0.3 sc 0 0 9 9 re f".to_vec(),
        ));
        let picture = document.add_object(Stream::new(
            dictionary! {
                "Subtype" => "Image", "Width" => 30, "Height" => 30, "BitsPerComponent" => 8,
                "ColorSpace" => "DeviceRGB",
            },
            [200, 40, 40].repeat(900),
        ));
        let contents =
            document.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => parent, "Contents" => contents,
            "MediaBox" => [0, 0, 300, 400].map(Object::from).to_vec(),
            "Resources" => dictionary! {
                "ColorSpace" => spaces,
                "XObject" => dictionary! { "f" => form, "p" => picture },
            },
        });
        let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        document.objects.insert(parent, tree.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
        document.trailer.set("Root", catalog);
        let mut bytes = vec![];
        document.save_to(&mut bytes).expect("a PDF");
        bytes
    }

    #[test]
    fn what_was_converted_before_becomes_the_same_bytes() {
        let known = Known::new();
        let long = "1 0 0 rg 0 0 9 9 re f ".repeat(40);
        let token = Token { screen: [255, 0, 0], inks: [0.0, 0.9, 0.8, 0.1] };
        let mut before = vec![];
        for (content, space, tokens, met) in [
            ("/c cs 0.2 0.4 0.1 0.3 sc 0 0 9 9 re f", "DeviceRGB", vec![], 0),
            ("/c cs 0.2 0.4 0.1 0.3 sc 0 0 9 9 re f", "DeviceRGB", vec![], 3),
            // Another page with the same form and picture.
            (&long, "DeviceRGB", vec![], 2),
            // The same words mean other colours.
            ("/c cs 0.2 0.4 0.1 0.3 sc 0 0 9 9 re f", "DeviceCMYK", vec![], 1),
            // A house's inks.
            (&long, "DeviceRGB", vec![token], 0),
            ("0 g BT 9 0 0 9 0 0 Tm (a) Tj ET", "DeviceRGB", vec![], 2),
            ("0 g BT 9 0 0 9 0 0 Tm (a) Tj ET", "DeviceRGB", vec![], 3),
        ] {
            let settings = PressSettings {
                profile: COATED.to_vec(),
                condition: COATED_CONDITION.to_owned(),
                bleed: 0.0,
                tokens,
                title: String::new(),
                date: (2025, 1, 31),
            };
            let (pdf, met_before) = (a_pdf(content, space), known.met());
            let made = finish(&pdf, &settings, &known).expect("a press file");
            let alone = finish(&pdf, &settings, &Known::new()).expect("a press file");
            assert!(made == alone, "{content} in {space}");
            assert_eq!(known.met() - met_before, met, "{content} in {space}");
            before.push(made);
        }
        assert_eq!(before[0], before[1]);
        assert_ne!(before[2], before[4]);
    }
}
