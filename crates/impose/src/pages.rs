//! Pages as form XObjects, with their trim and bleed.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::ImposeError;
use super::annotations::{self, Appearance};
use super::attributes::{inherited, quarter_turns};
use super::rect::{Rect, numbers};

/// The tolerance within which page sizes count as equal, in points: programs round A4 in their
/// own ways.
const TOLERANCE: f64 = 0.5;

/// The maximum size of a page's content, in bytes; a file that declares more would only fill the
/// memory.
pub(crate) const LIMIT: usize = 1 << 28;

/// Returns the maximum size of a page's content, in bytes, with limits that are `effort` times as
/// high.
pub fn limit(effort: u32) -> usize {
    LIMIT.saturating_mul(effort.max(1) as usize)
}

/// A page ready to be placed.
#[derive(Debug)]
pub struct Page {
    /// The form XObject that draws it.
    pub form: ObjectId,
    /// The matrix from the form's space to that of the upright page, whose trim begins at the
    /// origin.
    pub matrix: [f64; 6],
    /// The trimmed width and height.
    pub size: (f64, f64),
    /// The area it is drawn in, around its trim.
    pub bleed: Rect,
    /// The kinds of annotations that it should show, but that have no appearance.
    pub lost: Vec<String>,
}

impl Page {
    /// Returns the largest distance by which the bleed extends beyond the trim.
    pub(crate) fn overhang(&self) -> f64 {
        let Rect { left, bottom, right, top } = self.bleed;
        [-left, -bottom, right - self.size.0, top - self.size.1].into_iter().fold(0.0, f64::max)
    }
}

/// Reads all pages, of one size and in order; their forms are added to the document.
pub(crate) fn read(document: &mut Document, limit: usize) -> Result<Vec<Page>, ImposeError> {
    let mut pages: Vec<Page> = vec![];
    for (index, id) in all(document)?.into_iter().enumerate() {
        let page = form(document, id, index + 1, limit)?;
        let first = pages.first().map_or(page.size, |first| first.size);
        let differs = |a: f64, b: f64| (a - b).abs() > TOLERANCE;
        if differs(page.size.0, first.0) || differs(page.size.1, first.1) {
            return Err(ImposeError::Sizes { page: index + 1, size: page.size, first });
        }
        pages.push(page);
    }
    if pages.is_empty() { Err(ImposeError::NoPages) } else { Ok(pages) }
}

/// Returns all pages in order. Those that stand in their tree themselves, where references should
/// (7.7.3.2), become objects of their own; a tree that leads back to itself ends there.
pub fn all(document: &mut Document) -> Result<Vec<ObjectId>, lopdf::Error> {
    let root = document.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference());
    let (mut open, mut seen, mut out) = (vec![], BTreeSet::new(), vec![]);
    open.extend(root);
    while let Some(id) = open.pop() {
        let Ok(node) = document.get_dictionary(id) else { continue };
        let kids = node.get_deref(b"Kids", document).and_then(Object::as_array).cloned();
        let Ok(mut kids) = kids else {
            out.extend(Some(id).filter(|_| !node.has_type(b"Pages")));
            continue;
        };
        if !seen.insert(id) {
            continue;
        }
        let mut moved = false;
        for kid in &mut kids {
            if let Object::Dictionary(_) = kid {
                *kid = document.try_add_object(std::mem::replace(kid, Object::Null))?.into();
                moved = true;
            }
        }
        open.extend(kids.iter().rev().filter_map(|kid| kid.as_reference().ok()));
        if moved {
            document.get_dictionary_mut(id)?.set("Kids", kids);
        }
    }
    Ok(out)
}

/// Makes a page, of this number from 1, a form that is added to its document; its content may have
/// `limit` bytes.
pub fn form(
    document: &mut Document,
    id: ObjectId,
    number: usize,
    limit: usize,
) -> Result<Page, ImposeError> {
    let page = document.get_dictionary(id)?;
    let (trim, bleed) = boxes(document, page).ok_or(ImposeError::NoArea(number))?;
    let matrix = upright(document, page, trim);
    let drawn = annotations::of(document, page);
    let mut form = content(document, page, limit).map_err(|error| match error {
        ImposeError::Pdf(lopdf::Error::Decompress(
            lopdf::DecompressError::MemoryLimitExceeded { .. },
        )) => ImposeError::Content(number),
        error => error,
    })?;
    form.dict.extend(&dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => bleed.object(),
        "Resources" => inherited(document, page, b"Resources").cloned().unwrap_or_else(|| Dictionary::new().into()),
    });
    let group = page.get_deref(b"Group", document).and_then(Object::as_dict).ok().cloned();
    if !drawn.looks.is_empty() {
        form = with(document, form, bleed, drawn.looks)?;
    }
    if let Some(mut group) = group {
        // A page's group is isolated whatever it says (11.4.7); a form's must say so.
        group.set("I", true);
        form.dict.set("Group", group);
    }
    let size = (trim.through(matrix).width(), trim.through(matrix).height());
    let (form, bleed) = (document.try_add_object(form)?, bleed.through(matrix));
    Ok(Page { form, matrix, size, bleed, lost: drawn.lost })
}

/// Returns a form that draws a page, and annotations over it.
fn with(
    document: &mut Document,
    page: Stream,
    bleed: Rect,
    looks: Vec<Appearance>,
) -> Result<Stream, ImposeError> {
    let page = document.try_add_object(page)?;
    let mut forms = dictionary! { "Page" => page };
    let mut text = String::from("/Page Do\n");
    for (index, look) in looks.into_iter().enumerate() {
        let (form, matrix) = look.settle(document)?;
        let name = format!("A{index}");
        text += &format!("q {} cm /{name} Do Q\n", numbers(&matrix));
        forms.set(name, form);
    }
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => bleed.object(),
        "Resources" => dictionary! { "XObject" => forms },
    };
    Ok(Stream::new(dict, text.into_bytes()))
}

/// Returns trim and bleed in the page's space, with the defaults for missing boxes (14.11.2). An
/// ArtBox stands for a missing TrimBox, as PDF/X lets it (ISO 15930-7, 6.5).
fn boxes(document: &Document, page: &Dictionary) -> Option<(Rect, Rect)> {
    let media = Rect::of(inherited(document, page, b"MediaBox")?, document)?;
    let within = |object: Option<&Object>, default: Rect| {
        object
            .and_then(|object| Rect::of(object, document))
            .map_or(default, |rect| rect.within(media))
    };
    let crop = within(inherited(document, page, b"CropBox"), media);
    let trim = within(page.get(b"TrimBox").or_else(|_| page.get(b"ArtBox")).ok(), crop);
    let bleed = within(page.get(b"BleedBox").ok(), crop).around(trim);
    (trim.width() > 0.0 && trim.height() > 0.0).then_some((trim, bleed))
}

/// Returns the matrix that turns a page by its `Rotate` and scales it by its `UserUnit`.
fn upright(document: &Document, page: &Dictionary, trim: Rect) -> [f64; 6] {
    let unit = page.get_deref(b"UserUnit", document).and_then(Object::as_float).ok();
    let unit = unit.map(f64::from).filter(|unit| *unit > 0.0).unwrap_or(1.0);
    let Rect { left, bottom, right, top } = trim;
    let matrix = match quarter_turns(document, page) {
        0 => [1.0, 0.0, 0.0, 1.0, -left, -bottom],
        1 => [0.0, -1.0, 1.0, 0.0, -bottom, right],
        2 => [-1.0, 0.0, 0.0, -1.0, right, top],
        _ => [0.0, 1.0, -1.0, 0.0, top, -left],
    };
    matrix.map(|part| part * unit)
}

/// Returns the content of a page. A single stream is taken unchanged; several are joined so that
/// words do not run together (7.8.2).
fn content(document: &Document, page: &Dictionary, limit: usize) -> Result<Stream, ImposeError> {
    let Ok(contents) = page.get(b"Contents") else {
        return Ok(Stream::new(Dictionary::new(), vec![]));
    };
    let parts = match document.dereference(contents)?.1 {
        Object::Stream(stream) => {
            let mut dict = Dictionary::new();
            for key in [&b"Filter"[..], b"DecodeParms"] {
                if let Ok(value) = stream.dict.get(key) {
                    dict.set(key, value.clone());
                }
            }
            return Ok(Stream::new(dict, stream.content.clone()));
        }
        Object::Null => &[],
        parts => parts.as_array()?.as_slice(),
    };
    let mut whole = vec![];
    for part in parts {
        let stream = document.dereference(part)?.1.as_stream()?;
        whole.extend(stream.get_plain_content_with_limit(limit.saturating_sub(whole.len()))?);
        whole.push(b'\n');
    }
    let mut stream = Stream::new(Dictionary::new(), whole);
    stream.compress()?;
    Ok(stream)
}
