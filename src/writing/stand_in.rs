//! Pages of finished PDFs on the pages of an edition. The exporter refuses them in archives, and
//! would write those of newer versions into no press file: so pictures stand for them, in whose
//! place the pages are set when the file is written.

use std::borrow::Cow;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use l10n::say;
use placed::{Area, Ground, Refusal};
use rayon::prelude::*;
use source::Diagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Content, Smart};
use typst::layout::{Frame, FrameItem, Point, Sides, Size};
use typst::model::Document;
use typst::syntax::Span;
use typst::utils::Scalar;
use typst::visualize::{ExchangeFormat, Image, ImageKind, PdfImage, RasterImage};
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use crate::error::Error;

/// The resolution of a page that a screen shows as a picture, in pixels an inch.
const PPI: f64 = 220.0;

/// A document in which pictures stand for pages of PDFs.
pub(super) struct StandIns<'a> {
    /// The document.
    pub document: Cow<'a, PagedDocument>,
    /// The pages, each a PDF by itself.
    pages: Vec<Vec<u8>>,
}

impl StandIns<'_> {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Sets the pages in their places in the file that was made of the document.
    pub(super) fn put(&self, pdf: Vec<u8>, ground: Ground) -> Result<Vec<u8>, Error> {
        if self.is_empty() {
            return Ok(pdf);
        }
        let pages: Vec<&[u8]> = self.pages.iter().map(Vec::as_slice).collect();
        placed::put(&pdf, &pages, ground).map_err(|error| {
            let message = say!("a placed page cannot be written: {error}", error);
            Error::Content(vec![Diagnostic::general(message)])
        })
    }
}

/// Has pictures stand for pages of PDFs. For a `screen`, a page that no archive takes is drawn in
/// pixels.
pub(super) fn of(document: &PagedDocument, screen: bool) -> StandIns<'_> {
    if !document.pages().iter().any(|page| holds(&page.frame)) {
        return StandIns { document: Cow::Borrowed(document), pages: vec![] };
    }
    let made: Vec<(Page, Vec<Vec<u8>>)> = document
        .pages()
        .par_iter()
        .map(|page| {
            let (mut page, mut pages) = (page.clone(), vec![]);
            swap(&mut page.frame, screen, &mut pages);
            (page, pages)
        })
        .collect();
    let (pages, placed): (EcoVec<Page>, Vec<Vec<Vec<u8>>>) = made.into_iter().unzip();
    let mut placed: Vec<Vec<u8>> = placed.into_iter().flatten().collect();
    placed.sort();
    placed.dedup();
    let document = PagedDocument::new(pages, document.info().clone());
    StandIns { document: Cow::Owned(document), pages: placed }
}

fn holds(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => holds(&group.frame),
        FrameItem::Image(image, ..) => matches!(image.kind(), ImageKind::Pdf(_)),
        _ => false,
    })
}

/// Replaces pages in a frame. Frames without any stay shared with Typst's own.
fn swap(frame: &mut Frame, screen: bool, pages: &mut Vec<Vec<u8>>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if holds(&group.frame) => swap(&mut group.frame, screen, pages),
            FrameItem::Image(image, size, _) => {
                let ImageKind::Pdf(page) = image.kind() else { return true };
                let made = match single(page) {
                    Ok((bytes, fit)) if fit || !screen => {
                        let sign = sign(&bytes);
                        pages.push(bytes);
                        sign
                    }
                    _ => drawn(image, *size),
                };
                if let Some(made) = made {
                    *image = Image::new(made, image.alt().map(Into::into), Smart::Auto);
                }
            }
            _ => {}
        }
        true
    });
}

/// The page by itself, and whether an archive takes it. Those of the content are so already; a
/// template may have others.
fn single(page: &PdfImage) -> Result<(Vec<u8>, bool), Refusal> {
    let data = page.document().pdf().data().as_ref();
    let single = placed::take(data, page.page_index() + 1, Area::Trim)?;
    Ok((single.bytes, single.unfit.is_none()))
}

/// The picture that stands for a page.
fn sign(page: &[u8]) -> Option<RasterImage> {
    let pixels = placed::sign(page);
    let mut png = vec![];
    let width = u32::try_from(pixels.len()).ok()?;
    PngEncoder::new(&mut png).write_image(&pixels, width, 1, ExtendedColorType::L8).ok()?;
    RasterImage::plain(Bytes::new(png), ExchangeFormat::Png).ok()
}

/// A page in pixels.
fn drawn(image: &Image, size: Size) -> Option<RasterImage> {
    let mut frame = Frame::hard(size);
    frame.push(Point::zero(), FrameItem::Image(image.clone(), size, Span::detached()));
    let page = Page {
        frame,
        bleed: Sides::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: 1,
    };
    let options = RenderOptions { pixel_per_pt: Scalar::new(PPI / 72.0), render_bleed: false };
    let png = typst_render::render(&page, &options).encode_png().ok()?;
    RasterImage::plain(Bytes::new(png), ExchangeFormat::Png).ok()
}
