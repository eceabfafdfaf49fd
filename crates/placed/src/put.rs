//! Pages set in the place of the pictures that stand for them.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, SaveOptions, Stream, dictionary};

use crate::archived;

/// What the file is for.
#[derive(Debug, Clone, Copy)]
pub enum Ground<'a> {
    /// A press: inks stay what they are.
    Press,
    /// An archive (PDF/A) for screens, in which inks are those of this profile.
    Archive(&'a [u8]),
}

/// What marks the pixels of a picture that stands for a page.
const MARK: &[u8; 8] = b"placed: ";

/// Returns the pixels, in one row of grays, of the picture that stands for a page.
pub fn sign(page: &[u8]) -> Vec<u8> {
    let hash = page.iter().fold(START, |hash, &byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    [&MARK[..], &hash.to_be_bytes()].concat()
}

/// FNV-1a.
const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;

/// Sets pages, as [`crate::take`] made them, in the place of their pictures: same input, same bytes.
pub fn put(pdf: &[u8], pages: &[&[u8]], ground: Ground) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    let signs: BTreeMap<Vec<u8>, &[u8]> = pages.iter().map(|page| (sign(page), *page)).collect();
    let pictures: Vec<(ObjectId, &[u8])> = document
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let pixels = pixels(object.as_stream().ok()?)?;
            Some((*id, *signs.get(&pixels)?))
        })
        .collect();
    let mut profile = None;
    for (id, page) in pictures {
        let form = import(&mut document, page, ground, &mut profile)?;
        document.objects.insert(id, form.into());
    }
    document.prune_objects();
    let mut out = vec![];
    // As compact as it came.
    let options = SaveOptions::builder()
        .use_object_streams(matches!(ground, Ground::Archive(_)))
        .use_xref_streams(matches!(ground, Ground::Archive(_)))
        .build();
    document.save_with_options(&mut out, options)?;
    Ok(out)
}

/// Returns the pixels of a picture that has as many as a sign.
fn pixels(stream: &Stream) -> Option<Vec<u8>> {
    let number = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).ok();
    let size = (number(b"Width")?, number(b"Height")?);
    let own = (MARK.len() + 16) as i64;
    if size != (own, 1) {
        return None;
    }
    let data = stream.get_plain_content_with_limit(1 << 10).ok()?;
    data.starts_with(MARK).then_some(data)
}

/// Brings a page's objects into a document; returns the form that draws it on a square of one unit,
/// as pictures are drawn.
fn import(
    document: &mut Document,
    page: &[u8],
    ground: Ground,
    profile: &mut Option<ObjectId>,
) -> Result<Stream, lopdf::Error> {
    if let Ground::Archive(inks) = ground {
        let packed = || {
            let mut stream = Stream::new(dictionary! { "N" => 4 }, inks.to_vec());
            _ = stream.compress();
            stream
        };
        profile.get_or_insert_with(|| document.add_object(packed()));
    }
    let mut own = Document::load_mem(page)?;
    own.renumber_objects_with(document.max_id + 1);
    let id = own.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let content = own.get_page_content(id);
    let dict = own.get_dictionary(id)?;
    let sides = dict.get(b"MediaBox").and_then(Object::as_array)?.iter();
    let sides: Vec<f32> = sides.filter_map(|side| side.as_float().ok()).collect();
    let &[left, bottom, right, top] = &sides[..] else {
        return Err(lopdf::Error::PageNumberNotFound(1));
    };
    let resources = dict.get(b"Resources")?.clone();
    if let Some(profile) = *profile {
        archived::prepare(&mut own, profile);
    }
    document.max_id = document.max_id.max(own.max_id);
    document.objects.extend(own.objects);
    let (x, y) = (1.0 / (right - left), 1.0 / (top - bottom));
    let matrix = [x, 0.0, 0.0, y, -left * x, -bottom * y].map(Object::Real).to_vec();
    Ok(Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => sides.iter().map(|side| Object::Real(*side)).collect::<Vec<_>>(),
            "Matrix" => matrix,
            "Resources" => resources,
        },
        content,
    ))
}
