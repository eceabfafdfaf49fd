//! One page of a PDF as a file of its own.

use impose::Rect;
use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::archive::{self, Unfit};
use crate::refusal::Refusal;
use crate::{fonts, layers, walk};

/// How much of a page is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// The page as it is when it is cut.
    Trim,
    /// The page with its bleed.
    Bleed,
}

/// A page by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Single {
    /// A PDF of this page alone.
    pub bytes: Vec<u8>,
    /// The width and height of what it shows, in points.
    pub shown: (f64, f64),
    /// The width and height of the page when it is cut, in points.
    pub trim: (f64, f64),
    /// How far what it shows reaches beyond the trim, at the left and at the top, in points.
    pub beyond: (f64, f64),
    /// What keeps it out of an archive (PDF/A).
    pub unfit: Option<Unfit>,
}

/// Returns how many pages a PDF has.
pub fn count(bytes: &[u8]) -> Result<usize, Refusal> {
    Ok(impose::pages(&mut open(bytes)?)?.len())
}

/// Takes a page, counted from 1, out of a PDF: same input, same bytes.
pub fn take(bytes: &[u8], page: usize, area: Area) -> Result<Single, Refusal> {
    let mut document = open(bytes)?;
    let ids = impose::pages(&mut document)?;
    let id = page.checked_sub(1).and_then(|index| ids.get(index).copied());
    let id = id.ok_or(Refusal::NoPage(ids.len()))?;
    if let Some(names) = layers::hidden(&document) {
        return Err(Refusal::Layers(names));
    }
    let drawn = impose::form(&mut document, id, page, impose::limit(1))?;
    if let Some(kind) = drawn.lost.first() {
        return Err(Refusal::Annotation(kind.clone()));
    }
    let reached = walk::reached(&document, drawn.form);
    if walk::is_circular(&document, drawn.form) {
        return Err(Refusal::Limit);
    }
    document.objects.retain(|id, _| reached.contains(id));
    walk::unmark(&mut document)?;
    if let Some(font) = fonts::missing(&document)? {
        return Err(Refusal::Font(font));
    }
    let unfit = archive::unfit(&document)?;
    let (width, height) = drawn.size;
    let trim = Rect { left: 0.0, bottom: 0.0, right: width, top: height };
    let shown = match area {
        Area::Trim => trim,
        Area::Bleed => drawn.bleed,
    };
    write(&mut document, &drawn, shown)?;
    let mut out = vec![];
    document.save_to(&mut out).map_err(lopdf::Error::from)?;
    Ok(Single {
        bytes: out,
        shown: (shown.right - shown.left, shown.top - shown.bottom),
        trim: drawn.size,
        beyond: (-shown.left, shown.top - height),
        unfit,
    })
}

fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    door::inspect(bytes, &door::Limits::default()).map_err(|_| Refusal::Limit)?;
    let mut document = Document::load_mem(bytes)?;
    if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
        return Err(Refusal::Encrypted);
    }
    document.encryption_state = None;
    // Where the table of objects had to be guessed, objects may be missing.
    if document.xref_recovery == Some(XrefRecovery::Reconstructed) {
        return Err(Refusal::Damaged);
    }
    Ok(document)
}

/// Makes the document one of a page that shows an area.
fn write(document: &mut Document, drawn: &impose::Page, shown: Rect) -> Result<(), Refusal> {
    let tree = document.try_new_object_id()?;
    let matrix = drawn.matrix.map(|part| part.to_string()).join(" ");
    let content = Stream::new(Dictionary::new(), format!("q {matrix} cm /P Do Q").into_bytes());
    let content = document.try_add_object(content)?;
    let sides = [shown.left, shown.bottom, shown.right, shown.top];
    let page = document.try_add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => sides.map(|side| Object::Real(side as f32)).to_vec(),
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => drawn.form } },
        "Contents" => content,
    })?;
    let kids = vec![Object::Reference(page)];
    document.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 });
    let catalog = document.try_add_object(dictionary! { "Type" => "Catalog", "Pages" => tree })?;
    document.trailer = dictionary! { "Root" => catalog };
    // Readers that compare versions take it everywhere.
    document.version = "1.4".into();
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    document.renumber_objects();
    Ok(())
}
