//! The boxes of pages, where a trim and a bleed are given (ISO 32000-1, 14.11.2).

use impose::{Rect, inherited};
use lopdf::{Dictionary, Document, ObjectId};

use super::{Done, Left, MendError, Options, Outcome};

/// The number of points in a millimetre.
const MM: f64 = 72.0 / 25.4;
/// What a sheet may be smaller than a trim by, for programs that round: half a tenth of a
/// millimetre.
const SAME: f64 = 0.05 * MM;

/// Sets boxes that are missing, and takes off those that a TrimBox makes idle.
pub(crate) fn set(
    document: &mut Document,
    options: &Options,
    out: &mut Outcome,
) -> Result<(), MendError> {
    let (mut trims, mut bleeds, mut cut) = (0, 0, 0);
    let (mut art, mut crop) = (0, 0);
    for (id, number) in document.page_iter().collect::<Vec<ObjectId>>().into_iter().zip(1..) {
        let page = document.get_dictionary(id)?;
        let own = |key: &[u8]| page.get(key).ok().and_then(|object| Rect::of(object, document));
        let media = inherited(document, page, b"MediaBox");
        let Some(media) = media.and_then(|object| Rect::of(object, document)) else { continue };
        // Either of the two says where the page is cut.
        let (had, art_box) = (own(b"TrimBox"), own(b"ArtBox"));
        let said = had.or(art_box);
        let made = options.trim.filter(|_| said.is_none()).and_then(|size| {
            let made = centred(media, size, is_turned(document, page));
            if made.is_none() {
                out.left.push(Left::SmallSheet(number));
            }
            made
        });
        let trim = said.or(made);
        let bleed = trim.filter(|_| own(b"BleedBox").is_none()).zip(options.bleed);
        let bleed = bleed.map(|(trim, width)| (trim.grown(width), trim.grown(width).within(media)));
        let redundant = had.is_some() && art_box.is_some();
        let cropped = trim.is_some()
            && inherited(document, page, b"CropBox")
                .and_then(|object| Rect::of(object, document))
                .is_some_and(|crop| crop != media);
        let page = document.get_dictionary_mut(id)?;
        if let Some(made) = made {
            page.set("TrimBox", made.object());
            trims += 1;
        }
        if let Some((wanted, reached)) = bleed {
            page.set("BleedBox", reached.object());
            bleeds += 1;
            cut += usize::from(wanted != reached);
        }
        if redundant {
            page.remove(b"ArtBox");
            art += 1;
        }
        if cropped {
            page.remove(b"CropBox");
            crop += 1;
            let page = document.get_dictionary(id)?;
            if inherited(document, page, b"CropBox").is_some() {
                // One of its own hides what it inherits.
                document.get_dictionary_mut(id)?.set("CropBox", media.object());
            }
        }
    }
    if let Some((width, height)) = options.trim.filter(|_| trims > 0) {
        out.done.push(Done::Trim { pages: trims, size: (width / MM, height / MM) });
    }
    if let Some(width) = options.bleed.filter(|_| bleeds > 0) {
        out.done.push(Done::Bleed { pages: bleeds, width: width / MM });
    }
    for (name, pages) in [("ArtBox", art), ("CropBox", crop)] {
        if pages > 0 {
            out.done.push(Done::BoxOff { name, pages });
        }
    }
    if cut > 0 {
        out.left.push(Left::Bleed(cut));
    }
    Ok(())
}

/// Returns whether a page is shown turned by a quarter.
fn is_turned(document: &Document, page: &Dictionary) -> bool {
    let turn = inherited(document, page, b"Rotate");
    let turn = turn.and_then(|object| document.dereference(object).ok()?.1.as_i64().ok());
    turn.is_some_and(|turn| turn.rem_euclid(180) == 90)
}

/// Returns a trim in the middle of a sheet: upright as the page is seen, or turned where it fits
/// in no other way.
fn centred(media: Rect, size: (f64, f64), turned: bool) -> Option<Rect> {
    let swapped = (size.1, size.0);
    let ways = if turned { [swapped, size] } else { [size, swapped] };
    let fits = |&(width, height): &(f64, f64)| {
        width <= media.width() + SAME && height <= media.height() + SAME
    };
    let (width, height) = ways.into_iter().find(fits)?;
    let (left, bottom) = (
        media.left + (media.width() - width) / 2.0,
        media.bottom + (media.height() - height) / 2.0,
    );
    Some(Rect::at(left, bottom, width, height).within(media))
}
